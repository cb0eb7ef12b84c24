"""Registering an organisation through the pages."""

import pytest
from limits import RateLimitItemPerHour
from sqlalchemy import select

from hub.core.database import session
from hub.organisations.models import Organisation, OrganisationStatus
from hub.web.organisations import registering
from tests.factories import make_member, make_organisation

TYPED = {"name": "Watchful Eye", "type": "civil_society", "country": "GE", "description": "Watches."}


@pytest.fixture
def anybody(client, database):
    return client.become(make_member())


def stored(name="Watchful Eye"):
    return session().scalar(select(Organisation).where(Organisation.name == name))


def register(browser, **typed):
    return browser.submit("/organisations/new", {**TYPED, **typed})


def test_a_member_registers_and_speaks_for_it(anybody, text):
    answer = register(anybody)
    found = stored()
    assert answer.location == f"/organisations/{found.slug}/verification"
    assert found.status is OrganisationStatus.UNVERIFIED
    page = text(anybody.get(f"/organisations/{found.slug}"))
    assert "Not verified: only few can see this page" in page
    assert "Watches." in page


def test_similar_organisations_are_shown_before(anybody, text):
    make_organisation("Watchful Eyes", slug="eyes", country="GE")
    page = register(anybody)
    assert page.status_code == 200
    assert "Watchful Eyes" in text(page)
    assert stored() is None
    back = anybody.submit(page, {"name": "Watchful Eye"}, button=("then", "change"))
    assert 'value="Watchful Eye"' in back.text
    assert anybody.submit(page, button=("then", "register")).status_code == 303
    assert stored() is not None


def test_another_script_is_found(anybody, text):
    make_organisation("Прозрачность", slug="prozrachnost", country="UA")
    page = register(anybody, name="Prozrachnost", country="UA")
    assert "Прозрачность" in text(page)
    assert stored("Prozrachnost") is None


def test_the_same_one_is_refused_with_a_link(anybody, text):
    same = make_organisation("Watchful Eye", slug="eye", country="GE")
    make_member(represents=[same])
    answer = register(anybody)
    assert answer.status_code == 409
    assert 'href="/organisations/eye"' in answer.text
    assert "ask somebody who speaks for it to invite you" in text(answer)
    assert ">\nWatches.</textarea>" in answer.text


def test_one_that_nobody_speaks_for_can_be_asked_for(anybody):
    make_organisation("Watchful Eye", slug="eye", country="GE")
    assert 'href="/organisations/eye/verification"' in register(anybody).text


def test_a_hidden_one_is_not_named(anybody, text):
    hidden = make_organisation(
        "WATCHFUL  Eye", slug="hidden-slug", country="GE", status=OrganisationStatus.UNVERIFIED
    )
    make_member(represents=[hidden])
    page = register(anybody)
    assert page.status_code == 200
    assert "An organisation that is not verified yet resembles this one." in text(page)
    assert "WATCHFUL  Eye" not in page.text
    assert "hidden-slug" not in page.text
    # nor does it keep anybody from the name that is theirs
    answer = anybody.submit(page, button=("then", "register"))
    assert answer.status_code == 303
    assert stored() is not None
    assert "hidden-slug" not in anybody.get(answer.location).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Watch\u202eful"},
        {"type": ""},
        {"country": ""},
        {"website": "ftp://x"},
        {"email_domains": "gmail.com"},
        {"email_domains": "co.uk"},
        {"name": "Open https://x"},
        {"identifier": "123"},
        {"identifier_scheme": "GB-COH", "identifier": "no number"},
        {"description": "x" * 5_000},
    ],
)
def test_what_is_wrong_is_said_and_all_is_kept(anybody, wrong):
    answer = register(anybody, funding="Who pays", **wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert ">\nWho pays</textarea>" in answer.text
    assert all(each in answer.text for each in wrong.values())


def test_a_text_of_two_megabytes_comes_back_whole(anybody):
    long = "y" * 1_900_000
    answer = register(anybody, description=long)
    assert answer.status_code == 422
    assert long in answer.text


def test_visitors_sign_in_first(client, database):
    assert "/sign-in" in client.get("/organisations/new").location


def test_comparing_is_limited(anybody, monkeypatch):
    few = RateLimitItemPerHour(2, namespace="comparisons-few")
    monkeypatch.setattr(registering, "COMPARISONS", few)
    make_organisation("Watchful Eyes", slug="eyes", country="GE")
    assert [register(anybody).status_code for _ in range(3)] == [200, 200, 429]


def test_that_a_hidden_one_resembles_it_is_said_in_another_script_too(anybody, text):
    make_organisation("Прозрачность", slug="hidden", country="UA", status=OrganisationStatus.UNVERIFIED)
    page = register(anybody, name="Prozrachnost", country="UA")
    assert "whoever verifies will see both" in text(page)
    assert "Прозрачность" not in page.text
    assert stored("Prozrachnost") is None
    assert anybody.submit(page, button=("then", "register")).status_code == 303
