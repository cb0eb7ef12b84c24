"""Every kind of mail in both parts: whole, escaped, with links of this hub, in the receiver's language."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from hub.config import Settings
from hub.core.sealing import unsign
from hub.mail import wording
from hub.mail.kinds import KINDS
from hub.mail.receivers import Receiver
from hub.mail.rendering import render
from tests.mail.samples import RECEIVER, message_of, parts_of
from tests.web.client import parse, words

PLACEHOLDER = re.compile(r"%\(\w+\)|\{\{|\}\}|\{%|Undefined|\bNone\b")
LONG = "Ця заявка — ні.\n" + "x" * 2_000
LINK = re.compile(r"https?://[^\s\"<]+")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_whole_in_both_parts(settings, kind):
    optional = KINDS[kind].takes
    for without in {frozenset(), optional}:
        mail = render(message_of(kind, without=without), RECEIVER, settings)
        text, html = parts_of(mail)
        page = parse(html)
        assert not PLACEHOLDER.search(mail["Subject"] + text + html)
        assert mail["Subject"] == words(page.find(".//h1")) == words(page.find(".//title"))
        assert page.get("lang") == "en-GB"
        assert page.get("dir") == "ltr"
        assert "never asks for your password" in " ".join(text.split())
        # the same words in both, apart from what marks quotations, lists and links
        plain = re.sub(r"^(> |- |-{20}$)", "", text, flags=re.MULTILINE)
        said = words(page.find("body")).removeprefix(mail["Subject"])
        assert re.sub(r"[\s:]", "", plain) == re.sub(r"[\s:]", "", said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_says_when_and_nothing_in_it_is_loaded(settings, kind):
    text, html = parts_of(render(message_of(kind), RECEIVER, settings))
    assert "2026" in text or "2027" in text
    tags = {each.tag for each in parse(html).iter()}
    assert not tags & {"img", "link", "style", "script", "iframe", "form"}
    assert not re.search(r"\s(style|src|on\w+)=", html)


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_this_hub(settings, kind):
    mail = render(message_of(kind), RECEIVER, settings)
    for part in parts_of(mail):
        links = LINK.findall(part)
        assert links
        assert all(each == settings.base_url or each.startswith(settings.base_url + "/") for each in links)
        assert settings.base_url + KINDS[kind].path in {each.partition("?")[0] for each in links}


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.purpose])
def test_a_token_stands_signed_in_the_link(settings, kind):
    text, _html = parts_of(render(message_of(kind), RECEIVER, settings))
    link = next(each for each in LINK.findall(text) if "?token=" in each)
    signed = link.partition("?token=")[2]
    purpose = KINDS[kind].purpose
    assert unsign(settings.secret_key(), purpose, signed) == "t" * 22
    assert unsign(settings.secret_key(), "another", signed) is None
    assert "22 November 2026, 10:15 UTC" in " ".join(text.split())


def test_headers_say_who_what_and_that_no_person_wrote(settings):
    mail = render(message_of("has_account"), RECEIVER, settings)
    assert mail["From"] == "Anti-Corruption Innovation Hub <hub@test.example>"
    assert mail["To"] == "ana@test.example"
    assert mail["Subject"] == "You already have an account"
    assert mail["Message-ID"] == f"<{'a' * 22}@hub.test.example>"
    assert mail["Date"] == "Sat, 21 Nov 2026 10:15:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en-GB"


def test_a_mail_survives_the_way_over_the_wire(settings):
    mail = render(message_of("application_declined", words=LONG), RECEIVER, settings)
    content = mail.as_bytes()
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 998
    assert parts_of(message_from_bytes(content, policy=default)) == parts_of(mail)


def test_what_people_wrote_is_escaped_in_html_and_marked_in_text(settings):
    text, html = parts_of(render(message_of("application_declined"), RECEIVER, settings))
    assert "> First line.\n> Second <b>line</b>." in text
    assert "<b>" not in html
    assert "Second &lt;b&gt;line&lt;/b&gt;." in html
    text, html = parts_of(render(message_of("role_offered"), RECEIVER, settings))
    assert "Ines <i>C.</i>" in text
    assert "Ines &lt;i&gt;C.&lt;/i&gt;" in html


def test_codes_become_words(settings):
    text = " ".join(parts_of(render(message_of("role_granted"), RECEIVER, settings))[0].split())
    assert "Focal point, Georgia" in text
    text, _html = parts_of(render(message_of("application_declined"), RECEIVER, settings))
    assert "Another reason" not in text  # alone it says nothing
    several = message_of("application_declined", reasons=["purpose", "other"])
    assert "- Another reason" in parts_of(render(several, RECEIVER, settings))[0]
    text, _html = parts_of(render(message_of("recovery_code_used", left=1), RECEIVER, settings))
    assert "1 code is left." in text


def test_mails_name_whom_to_write_to_where_there_is_somebody(settings):
    text = " ".join(parts_of(render(message_of("address_changed"), RECEIVER, settings))[0].split())
    assert "Write to help@test.example at once" in text
    nobody = settings.model_copy(update={"contact": ""})
    for kind in KINDS:
        assert "rite to" not in parts_of(render(message_of(kind), RECEIVER, nobody))[0]


@pytest.mark.parametrize(
    "address",
    [
        "ana@test.example\r\nBcc: all@test.example",
        "ana@test.example, all@test.example",
        "<ana@test.example>",
        "ana",
    ],
)
def test_an_address_cannot_bring_headers_or_receivers_along(settings, address):
    with pytest.raises(Exception, match=r"."):
        render(message_of("has_account"), Receiver(address), settings)


def test_what_people_wrote_cannot_become_a_header(settings):
    evil = "Nino\r\nBcc: all@test.example\r\n\r\nBody"
    mail = render(message_of("invitation", inviter=evil, organisation=evil), RECEIVER, settings)
    assert mail["Bcc"] is None
    headers = mail.as_bytes().partition(b"\r\n\r\n")[0]
    assert b"Bcc" not in headers


def test_a_domain_beyond_ascii_is_written_as_servers_know_it(settings):
    mail = render(message_of("has_account"), Receiver("ana@bücher.example"), settings)
    assert mail["To"] == "ana@xn--bcher-kva.example"


def test_links_come_from_the_settings_whatever_they_end_in(tmp_path):
    settings = Settings(instance=tmp_path, base_url="https://hub.test.example/")
    text, _html = parts_of(render(message_of("has_account"), RECEIVER, settings))
    assert "https://hub.test.example/sign-in" in text
    assert settings.sender == "hub@hub.test.example"


@pytest.fixture
def spanish(tmp_path, monkeypatch):
    """A catalogue with two messages in it."""
    folder = tmp_path / "translations" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="es")
    catalogue.add("You have a new role", "Tiene un nuevo cargo")
    catalogue.add("Focal point", "Punto focal")
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(wording, "TRANSLATIONS", tmp_path / "translations")


def test_a_mail_is_in_the_receivers_language(settings, spanish):
    mail = render(message_of("role_granted", language="es"), RECEIVER, settings)
    text, html = parts_of(mail)
    assert mail["Subject"] == "Tiene un nuevo cargo"
    assert mail["Content-Language"] == "es"
    assert "Punto focal, Georgia" in " ".join(text.split())
    assert "21 de noviembre de 2026" in " ".join(text.split())
    assert parse(html).get("lang") == "es"


@pytest.mark.parametrize("language", ["ar-XB", "xx", "../es", ""])
def test_a_language_without_a_catalogue_falls_back_to_english(settings, spanish, language):
    mail = render(message_of("role_granted", language=language), RECEIVER, settings)
    assert mail["Subject"] == "You have a new role"
    assert mail["Content-Language"] == "en-GB"


def test_who_has_an_account_is_not_asked_to_join_the_hub(settings):
    mail = render(message_of("invitation", is_known=True), RECEIVER, settings)
    assert mail["Subject"] == "You are invited to belong to Bureau"
    text = " ".join(parts_of(mail)[0].split())
    assert "invites you to belong to Bureau" in text
    assert "invites you to join" not in text
