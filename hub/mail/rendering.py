"""Makes a whole mail out of an outbox row: subject, text and HTML from one template, headers, signed links."""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hub.access.audience import Tlp
from hub.config import Settings
from hub.core.i18n import N_
from hub.core.lookalikes import pieces
from hub.core.outbox import OutboxMessage
from hub.core.sealing import sign
from hub.mail.beginnings import Beginning
from hub.mail.guests import Guest
from hub.mail.headers import POLICY
from hub.mail.kinds import KINDS, Kind
from hub.mail.places import CHOICES, SEARCHES, SUGGESTIONS, UNSUBSCRIBE
from hub.mail.receivers import Receiver
from hub.mail.telling import Telling
from hub.mail.wording import Wording, wording
from hub.notifications.models import Topic
from hub.notifications.unsubscribing import PURPOSE
from hub.showcases.registrations.guests import GUEST_PURPOSE

TEMPLATES = Path(__file__).parent.parent / "templates"

NAME = N_("Anti-Corruption Innovation Hub")

Form = Literal["text", "html"]


def render(message: OutboxMessage, receiver: Receiver, settings: Settings) -> EmailMessage:
    """Return the mail that `receiver` gets for `message`.

    Args:
        message: what waited in the outbox.
        receiver: where it goes, and until when its link works.
        settings: name the sender and the address of the hub, which every link begins with.

    Raises:
        KeyError: no such kind of mail, or a parameter that its words need is missing.
        ValueError: the address cannot stand in a header.
    """
    kind = KINDS[message.kind]
    words = wording(message.language)
    values = _values(message, kind, receiver, settings, words)
    template = f"mail/{message.kind}.html"
    subject = _subject(template, values, words)
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = subject
    mail["From"] = Address(display_name=words.translate(NAME), addr_spec=settings.sender)
    mail["To"] = Address(addr_spec=_ascii_domain(receiver.address))
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{message.public_id}@{settings.mail_host}>"
    mail["Auto-Submitted"] = "auto-generated"
    if "unsubscribe" in values:
        # one click in the mail program is enough (RFC 8058)
        mail["List-Unsubscribe"] = f"<{values['unsubscribe']}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_text(template, values, words), cte="quoted-printable")
    mail.add_alternative(_html(template, subject, values, words), subtype="html", cte="quoted-printable")
    mail["Content-Language"] = words.code
    return mail


def _ascii_domain(address: str) -> str:
    """Return an address with the domain as mail servers know it (IDNA)."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode('ascii')}"


def _values(
    message: OutboxMessage, kind: Kind, receiver: Receiver, settings: Settings, words: Wording
) -> Mapping[str, object]:
    """Return what the words of a mail name, in the receiver's language."""
    given: dict[str, object] = {name: message.parameters[name] for name in kind.needs}
    given |= {name: message.parameters.get(name) or "" for name in kind.takes}
    home = settings.base_url.rstrip("/")
    values = given | {
        "home": home,
        "contact": settings.contact,
        "link": home + kind.path + _token(kind, given, settings),
        "when": words.moment(message.created_at),
        "expires": words.moment(receiver.expires_at) if receiver.expires_at else "",
    }
    if receiver.telling is not None:
        values |= _told(receiver.telling, settings, words)
    if receiver.guest is not None:
        values |= _invited(receiver.guest, words)
    country = str(given.get("country") or "")
    if given.get("role"):
        values["role"] = words.role(str(given["role"]), country)
    if "country" in given:
        values["country"] = words.country(country) if country else ""
    if "factor" in given:
        values["factor"] = words.factor(str(given["factor"]))
    if "reasons" in given:
        reasons = given["reasons"]
        codes = reasons if isinstance(reasons, list) else str(reasons).split()
        # alone, "another reason" says nothing that the words of the mail do not
        values["reasons"] = [] if codes == ["other"] else words.terms(kind.scheme, codes)
    if "at" in given:
        values["at"] = words.moment(datetime.fromisoformat(str(given["at"])))
    if "until" in given:
        values["until"] = words.day(str(given["until"]))
    return values


def _token(kind: Kind, given: Mapping[str, object], settings: Settings) -> str:
    """Return the end of a link that opens something for its receiver alone; nothing for other links."""
    if kind.guests:
        return f"?token={sign(settings.secret_key(), GUEST_PURPOSE, str(given['registration']))}"
    if kind.purpose is not None:
        return f"?token={sign(settings.secret_key(), kind.purpose, str(given['token']))}"
    return ""


def _told(telling: Telling, settings: Settings, words: Wording) -> Mapping[str, object]:
    """Return what a mail about notifications tells, part by part, and the links that change or end such mails.

    A part is what one saved search found, or all else of one topic.
    """
    home = settings.base_url.rstrip("/")
    ending = partial(_ending, home, settings.secret_key())
    parts: dict[tuple[Topic, str], dict[str, Any]] = {}
    for line in telling.lines:
        search = line.found_by
        key = (line.topic, search.unsubscribe if search else "")
        if key not in parts:
            title = words.saved_search(search) if search else words.topic(line.topic)
            parts[key] = {
                "title": title,
                "end": ending(search.unsubscribe) if search else "",
                "why": home + SUGGESTIONS if line.topic is Topic.MATCHES else "",
                "lines": [],
            }
        told = {
            "label": _label(line.tlp),
            "words": words.notification(line, telling.zone),
            **_where(line.beginning, words),
            "next_step": words.next_step(line),
            "is_urgent": line.is_urgent,
            "quote": words.quote(line),
            "link": home + line.path,
        }
        parts[key]["lines"].append(told)
    return {
        "label": _label(telling.tlp),
        "parts": [*parts.values()],
        "is_search": telling.is_search,
        "count": len(telling.lines) + telling.more,
        "more": telling.more,
        "choices": home + CHOICES,
        "searches": home + SEARCHES if any(part["end"] for part in parts.values()) else "",
        "unsubscribe": ending(telling.unsubscribe),
    }


def _invited(guest: Guest, words: Wording) -> Mapping[str, object]:
    """Return what a mail to a guest of a showcase names; times are the venue's."""
    return {
        "showcase": "".join(each.text for each in pieces(guest.showcase)),
        **_where(Beginning(guest.begins, guest.zone, guest.is_all_day, guest.place), words),
        "answer": guest.answer,
    }


def _where(beginning: Beginning | None, words: Wording) -> Mapping[str, str]:
    """Return when and where something begins, in the time of its venue; empty for nothing."""
    if beginning is None:
        return {"begins": "", "place": ""}
    begins = beginning.begins
    return {
        "begins": words.moment_in(
            begins.astimezone(ZoneInfo(beginning.zone)).date() if beginning.is_all_day else begins,
            beginning.zone,
        ),
        "place": "".join(each.text for each in pieces(beginning.place)),
    }


def _ending(home: str, key: str, scope: str) -> str:
    """Return the link that ends mails, for what it stands for."""
    return f"{home}{UNSUBSCRIBE}?token={sign(key, PURPOSE, scope)}"


def _label(tlp: Tlp) -> str:
    """Return a label as it stands in mails; nothing where everybody may read what it is about."""
    return "" if tlp is Tlp.CLEAR else f"TLP:{tlp.value}"


def _subject(template: str, values: Mapping[str, object], words: Wording) -> str:
    """Return the subject on one line, whatever its template or a translation holds."""
    found = _environment(words, "text").get_template(template)
    return " ".join("".join(found.blocks["subject"](found.new_context(dict(values)))).split())


def _text(template: str, values: Mapping[str, object], words: Wording) -> str:
    body = _environment(words, "text").get_template(template).render(values)
    return body.strip() + "\n"


def _html(template: str, subject: str, values: Mapping[str, object], words: Wording) -> str:
    environment = _environment(words, "html")
    body = Markup(environment.get_template(template).render(values))  # noqa: S704 - rendered with escaping on
    page = environment.get_template("mail/page.html")
    return page.render(subject=subject, body=body, language=words)


@cache
def _environment(words: Wording, form: Form) -> Environment:
    """Return the templates of one language, whose parts (`p`, `go`, …) come out as text or as HTML."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == "html",  # noqa: S701 - plain text has no markup to escape
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["quoted"] = quoted
    parts = made.get_template(f"mail/parts/{form}.html").module
    made.globals.update({name: getattr(parts, name) for name in ("p", "go", "quote", "items", "rule")})
    return made


def quoted(words: str) -> str:
    """Return what somebody wrote, in lines marked as theirs."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())
