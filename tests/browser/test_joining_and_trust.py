"""Joining and trust, as people meet them: applying, being vetted, counting as law enforcement, and no longer."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.authenticator import next_code
from tests.browser.conftest import NARROW, WIDE
from tests.browser.outbox import opens_the_mail

RESTRICTED = "Invoice cluster search"
"""A record of the demonstration for law enforcement of every country."""

DIARY = "Public works diary (fictional)"
"""One that waits: the second coordinator belongs to its owner, the third worked there until March 2026."""

DELIBERATION = ("who may read the photographs", "workers can be seen", "faces are blurred", "Your decision")
"""What a coordinator asked of it before, what its author answered, and the form to decide with."""

WHY_ENDED = "Fictional: the unit says that nobody of this name works there."

WIDE_AND_NARROW = pytest.mark.parametrize(
    ("width", "scripts"),
    [pytest.param(WIDE, True, id="wide"), pytest.param(NARROW, False, id="narrow without scripts")],
)


@dataclass
class Newcomer:
    """Somebody whom the hub does not know yet."""

    told: str
    password: str = "eleven quiet herons"
    request: str = ""
    """Address of the page on which coordinators decide about their status."""

    @property
    def name(self):
        return f"Noor H., {self.told} (fictional)"

    @property
    def email(self):
        return f"noor.{self.told}@laboratory.example"


@WIDE_AND_NARROW
def test_a_data_scientist_joins_counts_as_law_enforcement_and_no_longer(new_person, width, scripts):
    newcomer = Newcomer("wide" if scripts else "plain")
    scientist, first, second = (new_person(width, scripts=scripts) for _ in range(3))

    a_data_scientist_applies_to_join(scientist, newcomer)
    reads_the_mail_confirms_and_signs_in(scientist, newcomer)
    and_is_not_approved_yet(scientist)

    first.signs_in("coordinator")
    a_coordinator_reads_the_evidence_and_lets_them_in(first, newcomer)
    the_data_scientist_is_a_member_and_sees_nothing_restricted(scientist)

    asks_for_law_enforcement_status(scientist)
    a_coordinator_agrees_as_the_first(first, newcomer)
    that_alone_opens_nothing(scientist)
    second.signs_in("coordinator2")
    another_coordinator_agrees_as_the_second(second, newcomer)

    a_second_factor_is_still_missing(scientist)
    sets_up_an_authenticator_app(scientist)
    and_finds_what_law_enforcement_finds(scientist)

    one_coordinator_ends_it(first, newcomer)
    the_next_click_finds_nothing(scientist)


def looked_at(person):
    """Look at a page from all sides, where this telling has a wide screen and scripts."""
    if person.scripts:
        person.looks_from_all_sides()


def a_data_scientist_applies_to_join(scientist, newcomer):
    scientist.opens("/")
    scientist.goes_to("Join")
    scientist.presses("Apply to join")
    expect(scientist.main.locator(".govuk-error-summary")).to_contain_text("Enter your email address")
    scientist.writes("Email address", newcomer.email)
    scientist.writes("Name", newcomer.name)
    scientist.ticks("Data scientist")
    scientist.chooses("Country", "United Kingdom")
    scientist.writes("Organisation", "Fictional Laboratory for Company Data")
    scientist.writes("Website of the organisation", "https://laboratory.example")
    scientist.writes("Why do you want to join?", "Fictional: I trace companies that exist on paper only.")
    scientist.ticks("I have read the terms of joining and agree to them")
    scientist.presses("Apply to join")
    scientist.sees("Look into your mailbox", "within 24 hours")
    looked_at(scientist)


def reads_the_mail_confirms_and_signs_in(scientist, newcomer):
    opens_the_mail(scientist, newcomer.email, "Confirm your email address")
    looked_at(scientist)
    scientist.follows(re.compile("join.confirm.token="))
    scientist.sees(newcomer.name, "Data scientist", "Fictional: I trace companies")
    link = scientist.page.url
    scientist.presses("Confirm and set this password")
    expect(scientist.main.locator(".govuk-error-summary")).to_be_visible()
    scientist.writes("Password", newcomer.password)
    scientist.presses("Confirm and set this password")
    scientist.is_told("Your address is confirmed.")
    scientist.answers_sign_in(newcomer.email, newcomer.password)

    scientist.opens(link.removeprefix(scientist.hub.url))
    scientist.sees("It was used before")


def and_is_not_approved_yet(scientist):
    scientist.opens("/account")
    scientist.sees("Your account is not approved yet", "A coordinator reads your application")
    looked_at(scientist)
    assert scientist.opens("/account/law-enforcement") == 403
    assert scientist.opens("/coordinate/members") == 403


def a_coordinator_reads_the_evidence_and_lets_them_in(coordinator, newcomer):
    coordinator.goes_to("Review")
    coordinator.follows(re.compile("^People"))
    looked_at(coordinator)
    coordinator.follows(newcomer.name, at=section(coordinator, "Applications"))
    coordinator.sees(
        "Fictional: I trace companies", "laboratory.example", "Fictional Laboratory for Company Data"
    )
    looked_at(coordinator)
    coordinator.presses("Decline")
    expect(coordinator.main.locator(".govuk-error-summary")).to_be_visible()
    coordinator.presses("Approve")
    coordinator.is_told("Approved. The person is told by mail.")


def section(coordinator, name):
    """Return the part of the desk with this heading."""
    return coordinator.main.get_by_role("region", name=name, exact=True)


def the_data_scientist_is_a_member_and_sees_nothing_restricted(scientist):
    scientist.opens("/account")
    scientist.does_not_see("not approved yet")
    finds_nothing_restricted(scientist)


def finds_nothing_restricted(scientist):
    scientist.opens(f"/innovations?q={RESTRICTED}")
    expect(scientist.main.get_by_role("link", name=RESTRICTED)).to_have_count(0)


def asks_for_law_enforcement_status(scientist):
    scientist.opens("/account")
    scientist.follows("Law enforcement", at=scientist.page.get_by_role("navigation", name="Your account"))
    scientist.presses("Ask two coordinators")
    expect(scientist.main.locator(".govuk-error-summary")).to_be_visible()
    looked_at(scientist)
    if scientist.scripts:  # the page was loaded anew
        scientist.presses("Ask two coordinators")
    scientist.chooses("Country of the authority", "United Kingdom")
    scientist.writes("Name of the authority", "Fictional Company Fraud Unit")
    scientist.writes("Reference", "Fictional letter 9/2026")
    scientist.writes("How coordinators can make sure", "Fictional: call the unit and ask for the analysts.")
    scientist.presses("Ask two coordinators")
    scientist.sees("Two coordinators must agree. Nobody has yet.", "Fictional letter 9/2026")


def a_coordinator_agrees_as_the_first(coordinator, newcomer):
    coordinator.opens("/coordinate/members")
    coordinator.follows(newcomer.name, at=section(coordinator, "Law-enforcement status"))
    newcomer.request = coordinator.passed[-1]
    coordinator.sees("Fictional Company Fraud Unit", "Fictional letter 9/2026", "You would be the first")
    looked_at(coordinator)
    coordinator.presses("Agree")
    coordinator.is_told("Another coordinator must agree too.")
    coordinator.opens(newcomer.request)
    coordinator.sees("Another coordinator must agree too.")
    expect(coordinator.main.get_by_role("button", name="Agree")).to_have_count(0)


def that_alone_opens_nothing(scientist):
    scientist.opens("/account/law-enforcement")
    scientist.sees("Another one must agree too.")
    finds_nothing_restricted(scientist)


def another_coordinator_agrees_as_the_second(coordinator, newcomer):
    coordinator.opens("/coordinate/members")
    coordinator.follows(newcomer.name, at=section(coordinator, "Law-enforcement status"))
    coordinator.sees("You would be the second", "Amal B. (fictional)")
    coordinator.presses("Agree")


def a_second_factor_is_still_missing(scientist):
    scientist.opens("/account/law-enforcement")
    scientist.sees("It opens nothing until your account has a second factor.")
    finds_nothing_restricted(scientist)


def sets_up_an_authenticator_app(scientist):
    scientist.opens("/account/security/totp")
    secret = scientist.main.locator("code.secret").inner_text().replace(" ", "")
    scientist.writes("Security code", next_code(secret))
    scientist.presses("Confirm")


def and_finds_what_law_enforcement_finds(scientist):
    scientist.opens(f"/innovations?q={RESTRICTED}")
    scientist.follows(RESTRICTED)
    scientist.sees("TLP:AMBER")
    scientist.opens(f"/innovations?q={RESTRICTED}")


def one_coordinator_ends_it(coordinator, newcomer):
    coordinator.opens(newcomer.request)
    coordinator.presses("Revoke")
    expect(coordinator.main.locator(".govuk-error-summary")).to_be_visible()
    coordinator.writes("In your words", WHY_ENDED)
    coordinator.presses("Revoke")


def the_next_click_finds_nothing(scientist):
    with scientist.page.expect_navigation():
        scientist.main.get_by_role("link", name=RESTRICTED).first.click()
    scientist.sees("There is nothing here")
    finds_nothing_restricted(scientist)
    scientist.opens("/account/law-enforcement")
    scientist.sees("Ended by a coordinator", WHY_ENDED)


@WIDE_AND_NARROW
@pytest.mark.parametrize(
    ("account", "word", "reason"),
    [
        pytest.param(
            "coordinator2",
            "You belong to an organisation that takes part in this.",
            "You belong to Fictional Regional Works Agency of Spain.",
            id="of the same organisation",
        ),
        pytest.param(
            "coordinator3",
            "You declared an interest in an organisation that takes part in this.",
            "until March 2026",
            id="with a declared interest",
        ),
    ],
)
def test_who_has_a_conflict_reads_why_and_nothing_of_the_deliberation(
    new_person, width, scripts, account, word, reason
):
    coordinator, officer = new_person(width, scripts=scripts), new_person(width, scripts=scripts)
    coordinator.signs_in(account)
    the_queue_says_so_before_anything_opens(coordinator, word)
    the_page_says_why_and_hides_what_was_said(coordinator, reason)
    officer.signs_in("integrity")
    the_recusal_is_counted_in_the_audit_log(officer)


def the_queue_says_so_before_anything_opens(coordinator, word):
    coordinator.goes_to("Review")
    diary = coordinator.main.get_by_role("listitem").filter(has_text=DIARY)
    expect(diary).to_contain_text(word)
    expect(diary.get_by_role("button", name="Take")).to_have_count(0)
    coordinator.does_not_see(*DELIBERATION)
    coordinator.follows("Why", at=diary)


def the_page_says_why_and_hides_what_was_said(coordinator, reason):
    coordinator.sees("You have a conflict of interest here", reason, "The audit log counts your recusal.")
    coordinator.does_not_see(*DELIBERATION)
    expect(coordinator.main.get_by_role("button")).to_have_count(0)
    looked_at(coordinator)


def the_recusal_is_counted_in_the_audit_log(officer):
    officer.opens("/integrity")
    looked_at(officer)
    officer.follows(re.compile("recusals? (is|are) in the audit log"))
    assert int(officer.main.locator("h2#entries").inner_text().split()[0]) >= 1
    expect(officer.main.get_by_role("table").locator("tbody tr").first).to_contain_text("Recused")
    looked_at(officer)


def test_who_has_no_conflict_reads_the_deliberation(new_person):
    coordinator = new_person()
    coordinator.signs_in("coordinator")
    coordinator.goes_to("Review")
    diary = coordinator.main.get_by_role("listitem").filter(has_text=DIARY)
    if diary.get_by_role("button", name="Take").count():
        coordinator.presses("Take", at=diary)
    else:
        coordinator.follows(DIARY)
    coordinator.sees("Your decision", "faces are blurred")
    coordinator.presses("Release")
