"""The hub's own promise: it is handed over, something is done, and its numbers move for everybody."""

import re

from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.catalogue.replications.service import ReplicationDetails, claim_replication, confirm_replication
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.organisations.queries import organisations_spoken_for
from hub.showcases.aftermath.report import digest_of, publish_report
from hub.showcases.models import Showcase
from tests.browser.passing import member_of, writing
from tests.browser.staging import ends
from tests.catalogue.cast import did
from tests.showcases.scenes import published_showcase

KEEP, PROMISE = "/commitments/UK0066/keep", "/commitments/UK0066"
INSTITUTION = "Fictional Office of Open Promises"
OPEN_POINTS = "Fictional: records are there, replications are few."


def test_the_promise_is_handed_over_and_its_numbers_move(hub, new_person):
    amal, marta, visitor = new_person(), new_person(), new_person()
    amal.signs_in("coordinator")
    before = numbers_of(amal)
    offers_it_to(hub, amal, "scientist")
    amal.opens(KEEP)
    amal.sees("That is you, until somebody else accepts it.")

    marta.signs_in("scientist")
    accepts_it(marta)
    a_replication_is_confirmed(hub)
    a_showcase_is_reported(hub)

    after = numbers_of(marta)
    assert after["Confirmed replications"] == before["Confirmed replications"] + 1
    assert after["Showcases held"] == before["Showcases held"] + 1
    visitor.opens(PROMISE)
    visitor.sees(INSTITUTION, OPEN_POINTS)


def numbers_of(person):
    """Return what the milestones count at this moment, by the names of the metrics."""
    person.opens(KEEP)
    told = person.main.inner_text()
    return {
        name: int(re.search(rf"{name}\s+(\d+) of", told).group(1))
        for name in ("Confirmed replications", "Showcases held")
    }


def offers_it_to(hub, amal, account):
    with writing(hub):
        handle = member_of(account).public_id
    amal.opens(KEEP)
    amal.follows("Hand it over")
    amal.writes("Look for a member by name or member id", handle)
    amal.presses("Look for them")
    amal.writes("For which institution would they answer?", INSTITUTION)
    amal.writes("What is done, and what is open", OPEN_POINTS)
    amal.presses("Offer it")
    amal.is_told("Its owner stays the same until they accept")


def accepts_it(marta):
    marta.opens("/start")
    marta.follows("Answer whether you take a commitment over")
    marta.follows("Answer")
    marta.sees(OPEN_POINTS)
    marta.presses("Accept")
    marta.is_told("You answer for this commitment from today")


def a_replication_is_confirmed(hub):
    with writing(hub):
        owner, adopter = member_of("representative.gb"), member_of("representative.es")
        innovation = (
            session().scalars(select(Innovation).where(Innovation.slug == "tender-lens-fictional")).one()
        )
        organisation = organisations_spoken_for(viewer_of(adopter))[0]
        details = ReplicationDetails(adopter_id=organisation.id, country="PT", language="en-GB")
        did(confirm_replication, adopter, did(claim_replication, owner, innovation, details))


def a_showcase_is_reported(hub):
    with writing(hub):
        slug = published_showcase(
            member_of("coordinator"), name="Promised stage (fictional)", slug="promised-stage"
        ).slug
    assert ends(hub, slug) == "closed"
    with writing(hub):
        showcase = session().scalars(select(Showcase).where(Showcase.slug == slug)).one()
        words, over = "Fictional: it was held.", digest_of(showcase.report)
        did(publish_report, member_of("coordinator"), showcase, words, over=over)
