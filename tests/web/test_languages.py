"""Languages: choosing one, reading in it, and what every catalogue needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from hub.web.i18n import country_name, direction_of, term, term_description, translate
from hub.web.pseudo import pseudo

ROOT = Path(__file__).resolve().parents[2]


def test_english_is_the_source_language(client):
    page = client.get("/sign-in").text
    assert '<html lang="en-GB" dir="ltr">' in page
    assert "Email address" in page


def test_a_chosen_language_stays_and_runs_right_to_left(client):
    answer = client.act("/language", {"language": "ar-XB", "next": "/sign-in"})
    assert answer.location == "/sign-in"
    page = client.get("/sign-in").text
    assert '<html lang="ar-XB" dir="rtl">' in page
    assert pseudo("Email address") in page
    assert "govuk-frontend.rtl.css" in page


def test_an_unknown_language_changes_nothing(client):
    assert client.act("/language", {"language": "xx"}).location == "/"
    assert 'lang="en-GB"' in client.get("/sign-in").text


def test_the_language_switch_comes_back_to_the_page_but_never_leaves_the_site(client):
    referrer = {"Referer": "http://localhost/sign-in?next=/account"}
    assert (
        client.act("/language", {"language": "en-GB"}, headers=referrer).location == "/sign-in?next=/account"
    )
    assert client.act("/language", {"language": "en-GB", "next": "//evil.test"}).location == "/"
    assert (
        client.act("/language", {"language": "en-GB"}, headers={"Referer": "http://evil.test/x"}).location
        == "/"
    )


@pytest.mark.parametrize("wanted", ["ar", "ar-XB", "fr, *;q=0.1", "en;q=abc", "", "x" * 5000])
def test_a_browser_cannot_ask_for_the_pseudo_language_nor_break_the_page(client, wanted):
    assert 'lang="en-GB"' in client.get("/sign-in", headers={"Accept-Language": wanted}).text


def test_error_pages_speak_the_chosen_language(client):
    client.act("/language", {"language": "ar-XB"})
    assert pseudo("There is nothing here") in client.get("/no-such-page").text


def test_pseudo_words_keep_placeholders_and_markup():
    assert (
        pseudo('Wait <a href="/x">%(wait)s</a> &amp; 100%%') == '[Ŵáíţ <a href="/x">%(wait)s</a> &amp; 100%%]'
    )
    assert pseudo("You have %%{count} left") == "[Ýóû ĥávé %%{count} ļéfţ]"


def test_terms_and_countries_are_translated(app):
    with app.test_request_context():
        assert term("functions", "detect") == "Detect"
        assert term("functions", "no-such") == "no-such"
        assert term_description("functions", "detect")
        assert country_name("GE") == "Georgia"
        assert country_name("EU") == "European Union"
        assert country_name("QQ") == "QQ"
    with app.test_request_context(headers={}) as context:
        context.session["language"] = "ar-XB"
        assert term("functions", "detect") == pseudo("Detect")
        assert term("tlp", "AMBER+STRICT") == "TLP:AMBER+STRICT"
        assert country_name("GE") == "جورجيا"
        assert translate("") == ""


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("fa", "rtl"), ("ka", "ltr"), ("pt-BR", "ltr"), ("x-no", "auto"), ("", "auto")],
)
def test_each_language_has_its_direction(code, direction):
    assert direction_of(code) == direction


def test_the_message_template_is_up_to_date():
    done = subprocess.run(
        [sys.executable, "scripts/messages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
