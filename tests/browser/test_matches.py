"""People who find what fits, say what counts for them and meet each other, as the demonstration's people do it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.meanwhile import counts_exposure
from tests.browser.outbox import mails_to
from tests.browser.test_collaboration_pages import address_of, ask
from tests.web.client import TOKEN

WATCH, COMPANIES = "StAR Asset Recovery Watch", "Companies House search"
FOR_POLICE = "StAR-INTERPOL Global Focal Point contact list"
SKILLED = "Join supplier names of five procurement portals"
SEARCHED = "Tools that trace assets across company registers"
FAR_OFF = "Village Budget Boards (fictional)"
GIORGI, CLAIRE = "Giorgi T. (fictional)", "Claire D. (fictional)"
MARTA, REGULA = "Marta V. (fictional)", "Regula F. (fictional)"
NOTE = "Fictional: you know what a court accepts as proof. We trace assets through four registers."
HIS, HERS = "+995 555 0199 (fictional)", "claire@demo.example"


def test_an_officer_finds_tools_that_trace_assets_and_somebody_who_knows_how(hub, new_person):
    giorgi, claire, amal = (new_person() for _ in range(3))
    giorgi.signs_in("officer")
    giorgi.goes_to("Suggestions")
    what_fits_is_told_with_its_words(giorgi)
    the_points_of_a_suggestion_add_up(giorgi)
    what_is_for_people_like_him_counts_more_and_moves_up(giorgi)
    one_is_set_aside_for_a_reason(giorgi)
    whose_page_is_for_fewer_cannot_ask(giorgi)
    claire.signs_in("officer4")
    she_asks_for_him(claire)
    he_accepts(giorgi)
    both_can_reach_each_other(giorgi, claire)
    she_is_invited_to_his_request_with_one_click(hub, giorgi, claire)
    amal.signs_in("coordinator")
    a_coordinator_reads_who_is_suggested_and_who_finds_nothing(amal, hub)


def test_a_scientist_finds_who_needs_her_skill_and_declines_in_silence(hub, new_person):
    marta, regula = (new_person(NARROW, scripts=False) for _ in range(2))
    marta.signs_in("scientist")
    marta.goes_to("Suggestions")
    her_skills_are_named(marta)
    something_far_off_is_explained_as_well(marta)
    regula.signs_in("cso")
    before = what_she_reads(regula, hub)
    declines(marta)
    assert what_she_reads(regula, hub) == before
    regula.opens("/introductions/sent")
    regula.sees(MARTA, "Waits for an answer")


def suggested(person, name):
    """Return the card of something that is suggested on this page."""
    heading = person.page.get_by_role("heading", name=name, exact=True)
    return person.main.locator("li.match").filter(has=heading)


def what_fits_is_told_with_its_words(giorgi):
    card = suggested(giorgi, WATCH)
    expect(card).to_contain_text("It is for what you do: Recover assets")
    expect(card).to_contain_text("You look for: assets")
    expect(card).to_contain_text("Does not fit: It is at home or in use elsewhere: Austria and United States")
    for name in (CLAIRE, "Shell-company trace method (Georgia)"):
        expect(suggested(giorgi, name)).to_have_count(1)


def the_points_of_a_suggestion_add_up(giorgi):
    giorgi.follows(f"Why this one? {WATCH}")
    giorgi.sees("What fits", "Recover assets", "What does not fit", "of 100 points and stands in place")
    rows = giorgi.main.locator("table.parts tbody tr").all()
    points = [float(each.locator("td.n").first.inner_text()) for each in rows]
    together = float(giorgi.main.locator("table.parts tfoot td.n").first.inner_text())
    assert abs(sum(points) - together) <= 0.05 * len(points) + 0.05, points


def order(giorgi):
    """Return the names of the first ten innovations for him."""
    giorgi.opens("/matches/innovations")
    return giorgi.main.locator("li.match h2, li.match h3").all_inner_texts()


def what_is_for_people_like_him_counts_more_and_moves_up(giorgi):
    before = order(giorgi)
    giorgi.follows("Change what counts")
    giorgi.main.get_by_role("group", name="For whom it is meant").get_by_label("More").check(force=True)
    giorgi.presses("Show what would change")
    giorgi.sees("What would change", "Nothing is saved yet.")
    giorgi.presses("Save and see the lists")
    after = order(giorgi)
    assert FOR_POLICE not in before
    assert FOR_POLICE in after


def one_is_set_aside_for_a_reason(giorgi):
    giorgi.follows(re.compile("Set aside"), at=suggested(giorgi, COMPANIES))
    giorgi.ticks("I know it already")
    giorgi.presses("Set aside")
    assert COMPANIES not in order(giorgi)
    giorgi.follows("What you set aside")
    giorgi.sees(COMPANIES, "I know it already")
    giorgi.follows(re.compile("How it fits"))
    giorgi.sees("You set it aside on", "What fits")


def whose_page_is_for_fewer_cannot_ask(giorgi):
    giorgi.opens("/matches/people")
    expect(suggested(giorgi, CLAIRE)).to_contain_text("What one of you looks for, the other offers")
    giorgi.follows(f"Why this one? {CLAIRE}")
    giorgi.follows("Ask for an introduction")
    giorgi.sees("Choose who can read it in your profile.")


def she_asks_for_him(claire):
    claire.opens("/matches/people")
    claire.follows(f"Why this one? {GIORGI}")
    claire.follows("Ask for an introduction")
    claire.writes("Why would you like to be introduced?", NOTE)
    claire.writes("How can they reach you?", HERS)
    claire.presses("Ask to be introduced")
    claire.sees("Waits for an answer", NOTE)
    claire.does_not_see(HIS)


def he_accepts(giorgi):
    giorgi.opens("/introductions")
    giorgi.sees("1 waits for your answer")
    giorgi.follows(CLAIRE)
    giorgi.sees(NOTE)
    giorgi.does_not_see(HERS)
    giorgi.writes("How can they reach you?", HIS)
    giorgi.presses("Accept and share this")


def both_can_reach_each_other(giorgi, claire):
    claire.opens("/introductions/sent")
    claire.follows(GIORGI)
    for person in (giorgi, claire):
        person.sees("You can reach each other now", HIS, HERS)
    giorgi.opens("/matches/people")
    expect(suggested(giorgi, CLAIRE)).to_have_count(0)


def she_is_invited_to_his_request_with_one_click(hub, giorgi, claire):
    giorgi.opens(address_of(hub, SEARCHED))
    giorgi.presses(f"Invite to respond : {CLAIRE}")
    giorgi.is_told(f"{CLAIRE} is invited.")
    claire.opens("/account/notifications")
    claire.sees("You are invited to respond")


def a_coordinator_reads_who_is_suggested_and_who_finds_nothing(amal, hub):
    counts_exposure(hub)
    amal.goes_to("Review")
    amal.follows("What waits on whom in collaboration")
    amal.follows("Fairness of suggestions")
    amal.sees("of an even share", "In force now: The floor is off")
    amal.follows("Needs without matches")
    amal.sees("A team that speaks Georgian for a test.", REGULA)
    amal.follows("Introductions")
    amal.sees("fewer than 5")
    amal.does_not_see(CLAIRE, "four registers")


def her_skills_are_named(marta):
    card = suggested(marta, SKILLED)
    expect(card).to_contain_text("It names what you can do: Data engineering, Record linkage")
    marta.follows(f"Why this one? {SKILLED}")
    marta.sees("What fits", "Record linkage", "The same as numbers")
    marta.follows("Open its page")
    marta.sees(SKILLED)


def something_far_off_is_explained_as_well(marta):
    marta.opens("/matches/innovations")
    marta.main.get_by_label("Why not …?").last.fill(FAR_OFF)
    marta.presses("Look")
    marta.follows(re.compile(rf"Why, or why not\? {re.escape(FAR_OFF)}"))
    marta.sees(FAR_OFF, "What does not fit")


def what_she_reads(regula, hub):
    """Return whatever pages tell who asked, to the byte, and the mails to her."""
    asked = ask(hub, "SELECT public_id FROM members WHERE email = ?", "scientist@demo.example")
    introduction = ask(
        hub,
        "SELECT i.public_id FROM introductions i JOIN members m ON m.id = asked_id WHERE m.public_id = ?",
        asked,
    )
    paths = (
        "/introductions/sent",
        f"/introductions/{introduction}",
        f"/introductions/ask/{asked}",
        f"/members/{asked}",
        "/matches/people",
        "/account/notifications",
    )
    answers = {path: regula.page.request.get(f"{hub.url}{path}") for path in paths}
    assert {each.status for each in answers.values()} == {200}
    pages = {path: TOKEN.sub("", each.text()) for path, each in answers.items()}
    return pages, len(mails_to(hub, "cso@demo.example"))


def declines(marta):
    marta.opens("/introductions")
    marta.follows(REGULA)
    marta.sees("Why they ask")
    marta.presses("Decline")
    marta.is_told("Nobody is told of it")
    marta.follows(REGULA)
    marta.sees("You declined")
