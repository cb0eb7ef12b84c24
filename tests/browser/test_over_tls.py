"""Behind a proxy that speaks TLS, as in production: cookies are bound to it and forms still arrive."""

from tests.browser.conftest import NARROW


def test_signing_in_saving_and_signing_out_over_tls(new_person, secure_hub):
    partner = new_person(NARROW, at=secure_hub, ignore_https_errors=True)
    partner.opens("/innovations?q=procurement")
    partner.signs_in("partner.id")
    partner.goes_to("Register an innovation")
    partner.writes("What is it called?", "Saved over TLS")
    partner.presses("Start now")
    partner.follows("Problem and what is new")
    partner.writes("Problem addressed", "Nobody could be sure who reads along.")
    partner.presses("Save and continue")

    cookies = {cookie["name"]: cookie for cookie in partner.page.context.cookies()}
    assert set(cookies) == {"__Host-hub", "__Host-hub-form"}
    for cookie in cookies.values():
        assert cookie["secure"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        assert cookie["domain"] == "localhost"

    partner.signs_out()
    assert "__Host-hub" not in {cookie["name"] for cookie in partner.page.context.cookies()}
    assert partner.opens("/account") == 200
    partner.sees("Sign in")


def test_pages_over_tls_tell_browsers_to_stay_with_it(new_person, secure_hub):
    visitor = new_person(NARROW, at=secure_hub, ignore_https_errors=True, strict=False)
    answer = visitor.page.goto(f"{secure_hub.url}/")
    assert answer.header_value("Strict-Transport-Security") == "max-age=31536000"
