"""Checks of what the operator set; none of them opens a file or a connection, but for Redis."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from hub.cli.doctor.findings import Finding, Situation, ok, problem, warning
from hub.web.counting import storage_options

DEBUG_SWITCHES = ("FLASK_DEBUG", "HUB_DEBUG")

MEANS_NO = frozenset({"", "0", "false", "no", "off"})


def base_url(situation: Situation) -> Iterator[Finding]:
    """Look whether links, cookies and the host check have an address to go by."""
    settings = situation.settings
    if "base_url" not in settings.model_fields_set or not settings.base_url.strip():
        yield problem(
            "HUB_BASE_URL is not set.",
            "Set it to the address that people type, such as HUB_BASE_URL=https://hub.example.org,"
            f" or HUB_BASE_URL=http://localhost:{settings.port} for this machine alone.",
        )
        return
    if not settings.base_url.startswith(("http://", "https://")) or not situation.host:
        yield problem(
            f"HUB_BASE_URL={settings.base_url} is no web address.",
            "Write it as https://hub.example.org.",
        )
        return
    if not settings.is_secure and not situation.is_local:
        yield problem(
            f"HUB_BASE_URL={settings.base_url} would send passwords and sign-in cookies unencrypted.",
            "Begin it with https:// and let a proxy in front of the hub speak TLS.",
        )
        return
    rest = urlsplit(settings.base_url)
    if rest.path.strip("/") or rest.query or rest.fragment:
        yield warning(
            f"HUB_BASE_URL={settings.base_url} names more than a host; the hub answers at its root only.",
            "Leave out what follows the host.",
        )
        return
    yield ok(f"People reach the hub at {settings.base_url}.")


def debug(situation: Situation) -> Iterator[Finding]:
    """Look for debug mode, in which errors show code and values."""
    switched_on = [
        name for name in DEBUG_SWITCHES if situation.environment.get(name, "").strip().lower() not in MEANS_NO
    ]
    if not switched_on:
        return
    name = switched_on[0]
    if situation.is_local:
        yield warning(f"Debug mode is on ({name}).", f"Unset {name} before others reach this hub.")
    else:
        yield problem(f"Debug mode is on ({name}) where others reach this hub.", f"Unset {name}.")


def limits(situation: Situation) -> Iterator[Finding]:
    """Look whether somebody took the limits away; off this machine the settings refuse it."""
    if situation.settings.limits == "off":
        yield warning(
            "HUB_LIMITS=off: nobody is slowed down, not even at guessing passwords.",
            "Unset it when the benchmark is over.",
        )


def demo_mode(situation: Situation) -> Iterator[Finding]:
    """Look whether a demonstration would be shown to others."""
    settings = situation.settings
    if not settings.demo:
        return
    if not situation.is_local:
        yield problem(
            f"HUB_DEMO is on, but people reach this hub at {settings.base_url}.",
            "A demonstration is for this machine only: unset HUB_BASE_URL for it. For a real hub unset HUB_DEMO,"
            " and name another HUB_INSTANCE.",
        )
        return
    if settings.trusted_proxies:
        yield warning(
            f"HUB_TRUSTED_PROXIES={settings.trusted_proxies} does nothing here: a demonstration refuses every proxy.",
            "Unset it.",
        )
    yield ok("This is a demonstration, on this machine only.")


def pseudo_language(situation: Situation) -> Iterator[Finding]:
    """Look whether the made-up language is offered to others."""
    if situation.settings.pseudo_language and not situation.is_local:
        yield warning("People are offered the made-up language of testers.", "Unset HUB_PSEUDO_LANGUAGE.")


def proxies(situation: Situation) -> Iterator[Finding]:
    """Look whether visitors can be told apart: without a trusted proxy all have the address of the proxy."""
    if situation.settings.is_secure and not situation.settings.trusted_proxies:
        yield warning(
            "HUB_TRUSTED_PROXIES is 0, but only a proxy can answer at https://:"
            " all visitors share its address, and with it the limits of one network.",
            "Set HUB_TRUSTED_PROXIES=1, or as many proxies as stand one behind another.",
        )


def shared_limits(situation: Situation) -> Iterator[Finding]:
    """Look whether several processes count the same limits, and whether Redis answers."""
    settings = situation.settings
    if not settings.redis_url:
        if settings.workers > 1:
            yield warning(
                f"HUB_WORKERS={settings.workers}, and each process counts limits on its own:"
                f" up to {settings.workers} times as much gets through.",
                "Set HUB_REDIS_URL, or HUB_WORKERS=1.",
            )
        return
    try:
        answers = storage_from_string(settings.redis_url, **storage_options(settings)).check()
    except ConfigurationError:
        yield problem(
            "HUB_REDIS_URL is set, but the Python library for Redis is not installed.",
            "Install the extra `redis`, or unset HUB_REDIS_URL.",
        )
        return
    if answers:
        yield ok("Redis counts the limits.")
    else:
        yield warning(
            "Redis does not answer: each process counts limits on its own until it does.",
            "Start Redis, or mend HUB_REDIS_URL.",
        )


def contact(situation: Situation) -> Iterator[Finding]:
    """Look whether people are told whom to write to when they cannot sign in."""
    if not situation.settings.contact:
        yield warning(
            "HUB_CONTACT is not set: mails name nobody to write to when an account was stolen.",
            "Set it to an address that people read, such as HUB_CONTACT=help@example.org.",
        )


def mail_server(situation: Situation) -> Iterator[Finding]:
    """Look whether mails can leave."""
    settings = situation.settings
    if settings.smtp_url:
        yield ok("There is a mail server to send with.")
    elif settings.demo:
        yield ok("Mails of the demonstration stay on this machine.")
    elif situation.is_local:
        yield warning("HUB_SMTP_URL is not set: no mail leaves.", "Set it to try joining and lost passwords.")
    else:
        yield problem(
            "HUB_SMTP_URL is not set: nobody can join or recover a lost password, because no mail leaves.",
            "Set it, such as HUB_SMTP_URL=smtp://user:password@mail.example.org:587.",
        )
