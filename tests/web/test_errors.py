"""Error pages: right status, same house, nothing typed is lost."""

import pytest

from hub.core.database import make_engine
from tests.factories import make_member

OWN = {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/trial/page"}
FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("missing", 404),
        ("forbidden", 403),
        ("conflict", 409),
        ("invalid", 422),
        ("too_many", 429),
        ("unavailable", 503),
        ("locked", 503),
    ],
)
def test_a_failure_has_its_page_and_gives_words_back(client, kind, status):
    assert client.get(f"/trial/fail/{kind}").status_code == status
    answer = client.act(f"/trial/fail/{kind}", {"short_description": "Line 1\r\n<b>2"}, headers=OWN)
    assert answer.status_code == status
    assert "\nLine 1\r\n&lt;b&gt;2</textarea>" in answer.text
    assert "Short description</label>" in answer.text
    assert 'href="/trial/page">Back to the form</a>' in answer.text


def test_own_words_of_a_failure_are_shown(client):
    assert "Because of a test." in client.get("/trial/fail/forbidden").text


def test_too_many_says_when_to_try_again(client):
    assert client.get("/trial/fail/too_many").headers["Retry-After"] == "7"


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 415, 422, 429, 503])
def test_every_status_has_a_page(client, status):
    answer = client.get(f"/trial/abort/{status}")
    assert answer.status_code == status
    assert "Go to the home page" in answer.text


def test_a_button_opened_as_a_page_is_explained(client):
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "The address belongs to a button." in answer.text


def test_an_unforeseen_failure_is_a_page_and_a_log_line_without_words(client, app, monkeypatch, capsys):
    monkeypatch.setattr(app, "testing", False)
    client.become(make_member(display_name="Nino"))
    answer = client.get("/trial/fail/unforeseen?q=searched")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    said = "".join(capsys.readouterr())
    assert "ZeroDivisionError" in said
    assert "secret words" not in said
    assert "searched" not in said


def test_the_page_without_a_database_asks_no_database(client, app, monkeypatch):
    client.become(make_member(display_name="Nino"))
    monkeypatch.setattr(app.extensions["hub"], "bind", make_engine("sqlite:////no/such/folder/hub.sqlite"))
    answer = client.get("/trial/page")
    assert answer.status_code == 503
    assert "Nino" not in answer.text


def test_hidden_and_absent_have_the_same_page(client):
    first = client.get("/innovations/hidden-thing").text
    second = client.get("/innovations/never-was").text
    assert first.replace(client.token(), "") == second.replace(client.token(), "")


@pytest.mark.parametrize("token", [None, "forged", "IjEi.aaaa.bbbb"])
def test_a_form_without_a_valid_token_gives_the_words_back_with_a_button(client, token):
    data = {"words": "An hour of work", "tick": ["a", "b"]} | ({"csrf_token": token} if token else {})
    answer = client.post("/trial/page", data=data, headers=OWN)
    assert answer.status_code == 400
    assert "This form is no longer valid" in answer.text
    assert "\nAn hour of work</textarea>" in answer.text
    assert "Send it again" in answer.text
    again = client.submit(answer)
    assert again.status_code == 200
    assert "<p>An hour of work</p>" in again.text


def test_a_form_of_another_site_is_neither_shown_nor_offered_again(client):
    answer = client.post("/trial/page", data={"words": "made up by them"}, headers=FOREIGN)
    assert answer.status_code == 400
    assert "made up by them" not in answer.text
    assert "Send it again" not in answer.text


def test_without_a_vouching_browser_words_come_back_but_no_button(client):
    answer = client.post("/trial/page", data={"words": "mine"})
    assert answer.status_code == 400
    assert "\nmine</textarea>" in answer.text
    assert "Send it again" not in answer.text


def test_a_password_is_never_shown_again(client):
    answer = client.post(
        "/sign-in", data={"email": "a@test.example", "password": "secret words"}, headers=OWN
    )
    assert answer.status_code == 400
    assert "a@test.example" in answer.text
    assert "secret words" not in answer.text
    assert "Send it again" not in answer.text
