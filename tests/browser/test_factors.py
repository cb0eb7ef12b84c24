"""Second factors in a real browser: set up, used to sign in, stood in for by a recovery code, reported lost."""

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.authenticator import next_code
from tests.browser.conftest import NARROW, WIDE
from tests.browser.person import Person

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

ACCOUNTS = {WIDE: ("business", "scientist"), NARROW: ("cso", "representative.no")}
"""Who sets up an app and who a passkey; others of these tests go on without second factors."""


def gives_password(person: Person, account: str) -> None:
    """Sign in as far as the password goes."""
    row = person.hub.account(f"{account}@demo.example")
    person.opens("/sign-in")
    person.answers_sign_in(row["email"], row["password"])


def looks_closely(person: Person, width: int) -> None:
    """Look at this page from all sides; once is enough, since the journey on a narrow screen passes it too."""
    if width == WIDE:
        person.looks_from_all_sides()


def removes(person: Person, what: str) -> None:
    """Take a second factor away, so that other tests find the account as it was."""
    person.opens("/account/security")
    person.main.locator("summary").filter(has_text=f"Remove {what}").click()
    person.presses(f"Remove {what}")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_authenticator_app_and_recovery_codes(new_person, width):
    account = ACCOUNTS[width][0]
    person = new_person(width)
    person.signs_in(account)
    person.opens("/account")
    looks_closely(person, width)
    person.follows("Security", at=person.page.locator(".subnav"))
    looks_closely(person, width)
    person.follows("Set it up Authenticator app")
    looks_closely(person, width)
    expect(
        person.main.get_by_role("img", name="QR code; the same secret stands below as text")
    ).to_be_visible()
    secret = pyotp.TOTP(person.main.locator("code.secret").inner_text().replace(" ", ""))

    person.writes("Security code", "000000")
    person.presses("Confirm")
    person.sees("There is a problem", "This code is not right.")
    person.writes("Security code", secret.now())
    person.presses("Confirm")
    codes = person.main.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    person.follows("I have kept them")
    person.sees("10 of ten are left.")

    person.signs_out()
    gives_password(person, account)
    looks_closely(person, width)
    person.main.get_by_text("Use a recovery code instead").click()
    person.writes("Recovery code", codes[0].upper())
    person.presses("Use this recovery code")
    person.is_told("You have 9 recovery codes left.")
    removes(person, "Authenticator app")
    person.is_told("The authenticator app was removed.")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_passkey(new_person, width):
    account = ACCOUNTS[width][1]
    person = new_person(width)
    device = person.page.context.new_cdp_session(person.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    person.signs_in(account)
    person.opens("/account/security")
    person.follows("Add a passkey")
    looks_closely(person, width)
    person.presses("Make the passkey")
    person.sees("There is a problem", "Give the passkey a name")
    person.writes("Name of the passkey", "Work laptop")
    person.presses("Make the passkey")
    person.sees("Your recovery codes")
    person.opens("/account/security")
    person.sees("Work laptop")
    looks_closely(person, width)

    person.signs_out()
    gives_password(person, account)
    looks_closely(person, width)
    person.presses("Use a passkey")
    removes(person, "Work laptop")
    person.is_told("The passkey was removed.")


def test_without_scripts_the_page_says_why_there_is_no_passkey(new_person):
    person = new_person(NARROW, scripts=False)
    person.signs_in("innovator")
    person.opens("/account/security/passkeys/new")
    person.sees("This browser cannot make a passkey: that needs scripts and support for passkeys.")
    expect(person.main.get_by_role("button", name="Make the passkey")).to_be_hidden()


def test_a_lost_factor_is_reported_shown_and_stopped(new_person):
    person, thief = new_person(), new_person(strict=False)
    person.signs_in("officer2")
    gives_password(thief, "officer2")
    thief.follows("I have lost my second factor")
    thief.looks_from_all_sides()
    thief.presses("Report the loss")
    thief.sees("Say how coordinators can make sure that it is you")
    thief.writes("How can coordinators make sure that it is you?", "Call the desk of my unit.")
    thief.presses("Report the loss")
    thief.sees("It is reported that your second factors are lost")
    thief.looks_from_all_sides()
    person.opens("/account")
    expect(person.page.locator(".warnings")).to_contain_text(
        "It was reported that your second factors are lost."
    )
    person.looks_from_all_sides()
    person.follows("Read more, or stop it", at=person.page.locator(".warnings"))
    person.looks_from_all_sides()
    person.presses("Stop this report")
    person.is_told("The report was stopped.")


def test_the_security_code_is_asked_for_and_a_wrong_one_is_explained(new_person):
    person = new_person(NARROW)
    gives_password(person, "integrity")
    person.writes("Security code", "000000")
    person.presses("Sign in")
    person.sees("There is a problem", "This code is not right.")
    person.writes("Security code", next_code(person.hub.account("integrity@demo.example")["totp_secret"]))
    person.presses("Sign in")
    assert person.opens("/account/security") == 200
    person.sees("This one")


def test_another_browser_is_signed_out_from_this_one(new_person):
    here, there = new_person(), new_person(NARROW, strict=False)
    here.signs_in("partner.es")
    there.signs_in("partner.es")
    here.opens("/account/security")
    here.presses("End all others")
    here.is_told("other session")
    there.opens("/account")
    there.sees("Sign in")
