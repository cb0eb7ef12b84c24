"""Every kind of page of showcases and of their teams, narrow and from right to left, without a barrier.

Wide and from left to right the journeys pass most of them.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.core.database import session
from hub.showcases.models import EntryDecision, EntryStatus, RegistrationStatus, ShowcaseStatus, Track
from tests.browser.conftest import NARROW
from tests.browser.passing import member_of, writing
from tests.browser.test_collaboration_pages import ask, opens_all
from tests.browser.test_pages import turn
from tests.showcases.programme.plans import accepted_entry, decided_showcase, empty_slot_in
from tests.showcases.review.judging import decided, under_review
from tests.showcases.scenes import (
    drafted_entry,
    drafted_showcase,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    registered,
)

PARTS = ("about", "place", "days", "access", "sponsors", "audience", "call", "criteria", "registration")
PARIS = "Showcase at the OGP Global Summit in Paris"
COMING, OVER = "Follow the money, together (fictional)", "Evidence day (fictional)"
COUNTER, LENS, MATCHER = "gift-counter-fictional", "tender-lens-fictional", "owner-name-matcher-fictional"


def slug_of(hub, name):
    """Return the slug of a showcase of the demonstration."""
    return ask(hub, "SELECT slug FROM showcases WHERE name = ?", name)


@pytest.fixture(scope="module")
def stages(hub):
    """Return what the demonstration has no example of: addresses of pages, by who opens them."""
    with writing(hub):
        amal, jonas, marta = (member_of(each) for each in ("coordinator", "coordinator2", "scientist"))
        counter, lens, matcher = (_innovation(each) for each in (COUNTER, LENS, MATCHER))
        team = {"curator": amal, "team": [jonas]}
        draft = drafted_showcase(**team, name="A draft (fictional)", slug="pages-draft")
        calling = opened_showcase(**team, name="An open call (fictional)", slug="pages-call")
        begun = drafted_entry(calling, counter, marta, presenters=[marta, "Somebody else"])
        judging = opened_showcase(
            **team, name="Under review (fictional)", slug="pages-review", status=ShowcaseStatus.REVIEW
        )
        judged = [under_review(judging, each, marta) for each in (counter, lens)]
        decided(judged[1], amal, EntryDecision.ACCEPT)
        planning = decided_showcase(**team, name="A plan (fictional)", slug="pages-plan", needs_approval=True)
        answered = [accepted_entry(planning, each, marta) for each in (counter, lens)]
        waiting = proposed_entry(planning, matcher, marta, status=EntryStatus.WAITLISTED, waitlist_position=1)
        room, track = make_room(planning, seats=40), Track(showcase_id=planning.id, name="Data", position=0)
        session().add(track)
        slot = make_slot(planning, answered[0], room=room)
        free = empty_slot_in(planning, after=timedelta(hours=1), room=room)
        asked = registered(planning, marta, status=RegistrationStatus.ASKED, access_needs="A seat in front.")
        own, desk = f"/showcases/{planning.slug}/entries", f"/coordinate/showcases/{planning.slug}"
        return {
            "presenter": [
                f"/showcases/{calling.slug}/entries/{begun.public_id}",
                *(
                    f"/showcases/{calling.slug}/entries/{begun.public_id}/{each}"
                    for each in ("edit", "presenters", "discard")
                ),
                f"/showcases/{judging.slug}/entries/{judged[0].public_id}/withdraw",
                f"{own}/{answered[0].public_id}",
                f"{own}/{answered[0].public_id}/step-back",
                f"{own}/{answered[0].public_id}/materials",
                f"{own}/{answered[0].public_id}/presenters/{answered[0].presenters[0].public_id}/step-back",
                f"{own}/{waiting.public_id}",
            ],
            "maker": [
                *(f"/coordinate/showcases/{draft.slug}/{each}" for each in ("preview", "discard", "leave")),
                f"/coordinate/showcases/{draft.slug}",
                *(f"/coordinate/showcases/{draft.slug}/parts/{each}" for each in PARTS),
                *(
                    f"/coordinate/showcases/{calling.slug}/{each}"
                    for each in ("close-call", "cancel", "narrow")
                ),
                f"/coordinate/showcases/{calling.slug}",
            ],
            "judge": [
                *(
                    f"/coordinate/showcases/{judging.slug}/{each}"
                    for each in ("entries", "progress", "ranking", "decide-several", "send", "reopen-call")
                ),
                f"/coordinate/showcases/{judging.slug}/entries/{judged[0].public_id}",
                f"/coordinate/showcases/{judging.slug}/entries/{judged[0].public_id}/decide?decision=waitlist",
                f"/coordinate/showcases/{judging.slug}/entries/{judged[0].public_id}/recuse",
                f"{desk}/entries/{answered[0].public_id}/feature",
            ],
            "planner": [
                f"{desk}/programme",
                *(f"{desk}/programme/{each}" for each in ("preview", "publish", "rooms", "tracks")),
                *(f"{desk}/programme/slots/{each}" for each in ("new", "every")),
                f"{desk}/programme/rooms/{room.public_id}",
                f"{desk}/programme/tracks/{track.public_id}",
                f"{desk}/programme/slots/{slot.public_id}",
                f"{desk}/programme/slots/{free.public_id}/place",
                f"{desk}/programme/entries/{answered[1].public_id}",
                f"{desk}/registrations",
                f"{desk}/registrations/{asked.public_id}/decline",
            ],
        }


def _innovation(slug):
    return session().scalars(select(Innovation).where(Innovation.slug == slug)).one()


def test_a_visitor_of_showcases_meets_no_barrier(hub, new_person):
    visitor = new_person(NARROW)
    visitor.opens("/showcases")
    turn(visitor, "rtl")
    coming = f"/showcases/{slug_of(hub, COMING)}"
    slot = ask(
        hub, "SELECT public_id FROM showcase_slots WHERE entry_id IS NOT NULL AND capacity IS NOT NULL"
    )
    opens_all(visitor, "/showcases", "/showcases?q=no-such-showcase", "/showcases?state=past")
    opens_all(visitor, coming, f"{coming}/programme", f"{coming}/programme?by=room", f"{coming}/slots/{slot}")
    opens_all(visitor, f"{coming}/register", f"{coming}/register/sent")
    opens_all(visitor, *(f"/showcases/{slug_of(hub, each)}" for each in (PARIS, OVER)))
    opens_all(visitor, f"/showcases/{slug_of(hub, OVER)}/report", f"/showcases/{slug_of(hub, PARIS)}/report")


def test_who_presents_and_who_comes_meets_no_barrier(hub, new_person, stages):
    marta = new_person(NARROW)
    marta.signs_in("scientist")
    turn(marta, "rtl")
    coming, plan = (f"/showcases/{slug}" for slug in (slug_of(hub, COMING), "pages-plan"))
    slot = ask(
        hub, "SELECT public_id FROM showcase_slots WHERE entry_id IS NOT NULL AND capacity IS NOT NULL"
    )
    opens_all(marta, "/showcases/mine", "/account/calendar", f"/showcases/propose?innovation={COUNTER}")
    opens_all(marta, f"/showcases/pages-call/propose?innovation={COUNTER}", *stages["presenter"])
    opens_all(marta, *(f"{coming}/{each}" for each in ("registration", "registration/change", "attendees")))
    opens_all(marta, f"{coming}/registration/cancel", f"{plan}/registration", f"{coming}/slots/{slot}/talk")


def test_a_team_meets_no_barrier(hub, new_person, stages):
    amal = new_person(NARROW)
    amal.signs_in("coordinator")
    turn(amal, "rtl")
    over, coming = (f"/coordinate/showcases/{slug_of(hub, each)}" for each in (OVER, COMING))
    entry = ask(hub, "SELECT public_id FROM showcase_entries WHERE status = 'presented'")
    code = ask(
        hub,
        "SELECT check_in_code FROM registrations JOIN showcases ON showcases.id = showcase_id WHERE name = ?",
        COMING,
    )
    opens_all(amal, "/coordinate/showcases", "/coordinate/showcases/new", "/coordinate/showcases/new?past=1")
    for part in ("maker", "judge", "planner"):
        opens_all(amal, *stages[part])
    opens_all(
        amal, coming, f"{coming}/registrations/print", f"{coming}/check-in?q=a", f"{coming}/check-in/{code}"
    )
    opens_all(amal, f"{over}/presence", f"{over}/presence/{entry}/miss", f"{over}/report", over)
