"""Two other doors: an invitation, and a link for a forgotten password; on a phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.outbox import opens_the_mail

OLD, NEW = "eleven quiet herons", "twelve louder herons"
ORGANISATION = "Fictional Centre for Safe Reporting"

WITH_AND_WITHOUT = pytest.mark.parametrize(
    "scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="without scripts")]
)


@WITH_AND_WITHOUT
def test_somebody_joins_by_invitation_and_chooses_another_password(new_person, scripts):
    told = "scripts" if scripts else "plain"
    address, name = f"lena.{told}@centre.example", f"Lena {told} (fictional)"
    representative, invited, coordinator = (new_person(NARROW, scripts=scripts) for _ in range(3))

    representative.signs_in("cso")
    a_representative_invites(representative, address)
    the_invited_person_joins(invited, address, name)
    and_signs_in_and_reads_what_comes_next(invited, address)
    an_invitation_works_once(invited)

    coordinator.signs_in("coordinator3")
    a_coordinator_lets_them_in(coordinator, name)
    they_belong_to_the_organisation(invited)

    invited.signs_out()
    somebody_forgets_their_password(invited, address)
    a_stranger_gets_the_same_answer(invited)
    the_mail_leads_to_a_new_password(invited, address)


def a_representative_invites(representative, address):
    representative.opens("/account/invitations")
    representative.writes("Email address", "not an address")
    representative.presses("Send the invitation")
    expect(representative.main.locator(".govuk-error-summary")).to_be_visible()
    representative.writes("Email address", address)
    representative.presses("Send the invitation")
    representative.sees(address, "Open until")


def the_invited_person_joins(invited, address, name):
    opens_the_mail(invited, address)
    invited.follows(re.compile("join.invitation.token="))
    invited.link = invited.page.url
    invited.sees("Regula F. (fictional)", ORGANISATION)
    expect(invited.main.get_by_label("Email address")).to_have_value(address)
    invited.presses("Accept and apply to join")
    expect(invited.main.locator(".govuk-error-summary")).to_be_visible()
    invited.writes("Password", OLD)
    invited.writes("Name", name)
    invited.ticks("Civil society")
    invited.chooses("Country", "Switzerland")
    invited.writes("Why do you want to join?", "Fictional: I answer the telephone at the centre.")
    invited.ticks("I have read the terms of joining and agree to them")
    invited.presses("Accept and apply to join")


def and_signs_in_and_reads_what_comes_next(invited, address):
    invited.opens("/sign-in")
    if invited.passed[-1] == "/sign-in" and invited.main.get_by_label("Password").count():
        invited.answers_sign_in(address, OLD)
    invited.opens("/account")
    invited.sees(
        "Your account is not approved yet", f"Once you are approved you will belong to {ORGANISATION}"
    )


def an_invitation_works_once(invited):
    invited.opens(invited.link.removeprefix(invited.hub.url))
    invited.sees("This link no longer works")


def a_coordinator_lets_them_in(coordinator, name):
    coordinator.opens("/coordinate/members")
    item = coordinator.main.get_by_role("listitem").filter(has_text=name)
    expect(item).to_contain_text("Invited")
    coordinator.follows(name)
    coordinator.sees("Regula F. (fictional)", f"Once approved they belong to {ORGANISATION}")
    coordinator.presses("Approve")
    coordinator.is_told("Approved.")


def they_belong_to_the_organisation(invited):
    invited.opens("/account")
    invited.sees(ORGANISATION)
    invited.does_not_see("not approved yet")


def somebody_forgets_their_password(invited, address):
    invited.opens("/sign-in")
    invited.follows("Forgotten your password?")
    invited.writes("Email address", address)
    invited.presses("Send the link")
    invited.sees("Look into your mailbox", "If somebody signs in with this address")


def a_stranger_gets_the_same_answer(invited):
    answer = invited.main.inner_text()
    invited.follows("Try another address")
    invited.writes("Email address", "nobody@demo.example")
    invited.presses("Send the link")
    assert invited.main.inner_text() == answer


def the_mail_leads_to_a_new_password(invited, address):
    opens_the_mail(invited, address, "Choose a new password")
    invited.follows(re.compile("reset.choose.token="))
    expect(invited.main.get_by_label("Email address")).to_have_value(address)
    invited.writes("New password", "short")
    invited.presses("Set this password")
    expect(invited.main.locator(".govuk-error-summary")).to_be_visible()
    invited.writes("New password", NEW)
    invited.presses("Set this password")
    invited.opens("/sign-in")
    invited.answers_sign_in(address, OLD)
    expect(invited.main.locator(".govuk-error-summary")).to_be_visible()
    invited.answers_sign_in(address, NEW)
    invited.opens("/account")
    invited.sees(ORGANISATION)
