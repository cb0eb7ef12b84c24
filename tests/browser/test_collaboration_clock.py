"""What the clock does about a request that nobody answers, as it reaches people: by mail, each with a way on."""

import re

from tests.browser.conftest import NARROW
from tests.browser.outbox import opens_the_mail
from tests.browser.passing import asks, passes
from tests.browser.test_collaboration import days_from_now, looked_at

TITLE = "Somebody to test our alarms (fictional)"
REQUESTER, DRAFTING = "representative.ge@demo.example", "innovator@demo.example"
DUE = f"{TITLE} takes responses for less than a week"
SOON = f"{TITLE} takes responses for less than two days"
WAITED = f"{TITLE} has waited for an answer"


def test_nobody_answers_and_everybody_hears_of_it_in_time(hub, new_person):
    monitor, innovator, coordinator = new_person(), new_person(NARROW, scripts=False), new_person()
    georgia = new_person(NARROW, scripts=False)
    public_id = asks(hub, "representative.ge", TITLE, drafting="innovator")
    for person, account in (
        (monitor, "representative.ge"),
        (innovator, "innovator"),
        (georgia, "partner.ge"),
        (coordinator, "coordinator3"),
    ):
        person.signs_in(account)

    passes(hub, public_id, 14)
    the_focal_point_hears_that_something_waits(georgia)

    passes(hub, public_id, 20)
    who_asks_and_who_writes_are_reminded_a_week_before(monitor, innovator, public_id)
    coordinators_find_it_on_the_board(coordinator)

    passes(hub, public_id, 5)
    who_writes_is_reminded_once_more(innovator)

    assert passes(hub, public_id, 45) == "expired"
    it_expires_and_is_opened_again(monitor, public_id)


def the_focal_point_hears_that_something_waits(georgia):
    opens_the_mail(georgia, "partner.ge@demo.example", f"{WAITED} in your country")
    georgia.follows(re.compile("collaboration$"))
    georgia.sees("Georgia")


def who_asks_and_who_writes_are_reminded_a_week_before(monitor, innovator, public_id):
    opens_the_mail(monitor, REQUESTER, DUE)
    opens_the_mail(innovator, DRAFTING, DUE)
    innovator.follows(re.compile(f"{public_id}$"))
    innovator.sees("days left", "Go on with your response")


def coordinators_find_it_on_the_board(coordinator):
    opens_the_mail(coordinator, "coordinator3@demo.example", f"{WAITED} for ten working days")
    coordinator.follows(re.compile("collaboration$"))
    coordinator.sees(TITLE)
    looked_at(coordinator)


def who_writes_is_reminded_once_more(innovator):
    opens_the_mail(innovator, DRAFTING, SOON)


def it_expires_and_is_opened_again(monitor, public_id):
    opens_the_mail(monitor, REQUESTER, f"{TITLE} has expired. You can open it again")
    monitor.follows(re.compile(f"{public_id}$"))
    monitor.sees("It expired on")
    looked_at(monitor)
    monitor.follows("Open it again")
    looked_at(monitor)
    monitor.writes("Last day for responses", days_from_now(21))
    monitor.presses("Open it again")
    monitor.sees("days left")  # 19 after midnight in Tbilisi
