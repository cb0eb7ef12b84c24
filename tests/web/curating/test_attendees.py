"""The team's pages about who comes: list, approval, file, list on paper, entrance."""

import csv
import io
from datetime import timedelta

import pytest

from hub.core import clock
from hub.showcases.models import RegistrationStatus
from tests.factories import PASSWORD, make_member
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    make_curator,
    opened_showcase,
    published_showcase,
    registered,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words


@pytest.fixture
def queries(app):
    return QueryCount(app.extensions["hub"].bind)


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def page(new_client, curator):
    return new_client().become(curator)


@pytest.fixture
def showcase(curator):
    return published_showcase(curator, starts_in=timedelta(hours=1), capacity=10)


def text_of(answer):
    return words(main_of(answer.text))


def address(showcase, ending):
    return f"/coordinate/showcases/{showcase.slug}/{ending}"


def named(showcase, name, **columns):
    return registered(showcase, make_member(display_name=name), **columns)


def test_the_team_reads_who_registered_in_order_with_their_needs(page, showcase):
    named(showcase, "Zaza", access_needs="A ramp.")
    named(showcase, "Ana", status=RegistrationStatus.WAITING)
    named(showcase, "Gone", status=RegistrationStatus.CANCELLED)
    read = text_of(page.get(address(showcase, "registrations")))
    assert read.index("Zaza") < read.index("Ana")
    assert "A ramp." in read
    assert "Gone" not in read
    assert "1 of 10" in read
    assert "Gone" in text_of(page.get(address(showcase, "registrations?status=cancelled")))
    found = text_of(page.get(address(showcase, "registrations?q=zaz")))
    assert "Zaza" in found
    assert "Ana" not in found


@pytest.mark.parametrize("ending", ["registrations", "registrations/print", "check-in"])
def test_nobody_else_finds_them(new_client, showcase, ending):
    for member in (make_curator(), make_member()):
        assert new_client().become(member).get(address(showcase, ending)).status_code == 404


def test_the_list_asks_no_more_with_more_on_it(page, showcase, queries):
    def count():
        with queries:
            page.get(address(showcase, "registrations"))
        return len(queries)

    registered(showcase)
    count()
    before = count()
    for _ in range(6):
        registered(showcase)
    assert count() == before


def test_approving_and_declining(page, curator):
    showcase = opened_showcase(curator, needs_approval=True, capacity=1)
    first, second, third = (registered(showcase, status=RegistrationStatus.ASKED) for _ in range(3))
    where = "registrations/{}/{}"
    page.get(address(showcase, "registrations"))
    assert page.act(address(showcase, where.format(first.public_id, "approve"))).status_code == 303
    assert page.act(address(showcase, where.format(second.public_id, "approve"))).status_code == 303
    assert (first.status.value, second.status.value) == ("registered", "waiting")
    decline = address(showcase, where.format(third.public_id, "decline"))
    assert page.submit(decline, {"words": ""}).status_code == 422
    assert page.submit(decline, {"words": "It is for judges."}).status_code == 303
    assert third.decision_words == "It is for judges."
    assert page.act(address(showcase, where.format(first.public_id, "approve"))).status_code == 409


def test_the_file_asks_for_the_password_is_labelled_and_runs_no_formula(page, curator, database):
    showcase = opened_showcase(curator, readership=GEORGIAN_POLICE)
    registered(showcase, make_member(display_name="=1+1", law_enforcement="GE"), access_needs="A ramp.")
    asked = page.act(address(showcase, "registrations/export"))
    answer = page.submit(asked, {"confirming_password": PASSWORD}) if asked.status_code == 403 else asked
    assert answer.mimetype == "text/csv"
    assert "TLP-AMBER.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[1][0] == "TLP:AMBER"
    assert not rows[1][2].startswith("=")
    assert "A ramp." not in answer.text
    assert "@" not in answer.text


def test_the_list_on_paper_is_by_name_under_its_label(page, showcase):
    named(showcase, "Zaza")
    named(showcase, "ana")
    named(showcase, "Waits", status=RegistrationStatus.WAITING)
    answer = page.get(address(showcase, "registrations/print"))
    read = text_of(answer)
    assert read.index("ana") < read.index("Zaza")
    assert "Waits" not in read
    assert "TLP:CLEAR" in read


def test_a_code_leads_to_the_person_and_one_press_lets_them_in(page, showcase):
    registration = named(showcase, "Zaza", access_needs="A ramp.")
    where = address(showcase, f"check-in/{registration.check_in_code}")
    opened = page.get(where)
    assert "Zaza" in text_of(opened)
    assert registration.checked_in_at is None
    answer = page.submit(opened, {})
    assert (answer.status_code, answer.location) == (303, f"{where}?now=1")
    assert registration.checked_in_at is not None
    assert "already" not in text_of(page.get(answer.location))
    assert "They are checked in already." in text_of(page.get(where))
    again = page.act(address(showcase, f"registrations/{registration.public_id}/check-in"))
    assert again.status_code == 303
    assert "They are checked in already." in page.get(where).text
    assert page.submit(page.get(where), {}).status_code == 303
    assert registration.checked_in_at is None


def test_the_address_in_the_code_names_the_showcase_by_its_id(page, showcase):
    registration = named(showcase, "Zaza")
    path = f"/coordinate/showcases/{showcase.public_id}/check-in/{registration.check_in_code}"
    assert page.get(path).status_code == 200
    wrong = page.get(address(showcase, "check-in/made-up"))
    assert wrong.status_code == 404
    assert "Find them by name." in text_of(wrong)


def test_who_waits_has_no_button(page, showcase):
    registration = named(showcase, "Zaza", status=RegistrationStatus.WAITING)
    read = page.get(address(showcase, f"check-in/{registration.check_in_code}"))
    assert "They have no place at this showcase." in text_of(read)
    assert "<form" not in read.text.partition("<main")[2].partition("</main>")[0]


def test_once_it_has_begun_who_waits_may_be_given_a_free_place(page, curator):
    showcase = published_showcase(
        curator, starts_in=timedelta(hours=-1), capacity=1, registration_closes_at=clock.now()
    )
    registration = named(showcase, "Zaza", status=RegistrationStatus.WAITING)
    where = address(showcase, f"check-in/{registration.check_in_code}")
    for path in (where, address(showcase, "check-in?q=zaza")):
        assert "Give a free place and check in" in text_of(page.get(path))
    assert page.submit(page.get(where), {}).status_code == 303
    assert (registration.status, registration.checked_in_by_id) == (RegistrationStatus.REGISTERED, curator.id)


def test_somebody_is_found_by_name_and_let_in(page, showcase):
    registration = named(showcase, "Élodie Blanc")
    found = page.get(address(showcase, "check-in?q=elodie"))
    assert "Élodie Blanc" in text_of(found)
    answer = page.act(address(showcase, f"registrations/{registration.public_id}/check-in"), {"q": "elodie"})
    assert answer.location.endswith("/check-in?q=elodie")
    assert registration.checked_in_at is not None


def test_nobody_checks_in_themselves(page, curator, showcase):
    registration = registered(showcase, curator)
    assert "another curator" in text_of(page.get(address(showcase, f"check-in/{registration.check_in_code}")))
    page.get(address(showcase, "check-in"))
    answer = page.act(address(showcase, f"registrations/{registration.public_id}/check-in"))
    assert answer.status_code == 403
