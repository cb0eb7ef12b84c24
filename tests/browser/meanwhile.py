"""What others do on the hub meanwhile, done at once: how they do it is told by other journeys."""

from sqlalchemy import Engine, select

from hub.config import Settings
from hub.core.database import make_engine, session, session_scope
from hub.jobs.alerts import tell_what_is_new
from hub.jobs.fairness import FOLDER, count_exposure
from hub.matching.index.index import make_match_index
from hub.members.models import Member
from hub.organisations.models import Organisation, OrganisationMembership
from hub.search.engine import make_search_engine
from tests.browser.serving import Hub
from tests.catalogue.records import Scene, published

OWNER, COORDINATOR = "representative.gb@demo.example", "coordinator2@demo.example"


def publishes(hub: Hub, name: str, **details: object) -> None:
    """Have an organisation of the demonstration register an innovation, and a coordinator publish it."""
    engine = _database(hub)
    try:
        with session_scope(engine):
            partner, coordinator = (_member(email) for email in (OWNER, COORDINATOR))
            owner = session().scalars(
                select(Organisation)
                .join(OrganisationMembership, OrganisationMembership.organisation_id == Organisation.id)
                .where(OrganisationMembership.member_id == partner.id)
            )
            published(Scene(owner.first(), partner, coordinator, coordinator), name=name, **details)
    finally:
        engine.dispose()


def tells_what_is_new(hub: Hub) -> None:
    """Do at once what the worker does each minute: tell who saved searches what is new in them."""
    engine = _database(hub)
    try:
        tell_what_is_new(engine, make_search_engine(Settings(instance=hub.instance)))
    finally:
        engine.dispose()


def counts_exposure(hub: Hub) -> None:
    """Do at once what the worker does once a day, some seconds a minute: count whose things are suggested how often."""
    engine, index = _database(hub), make_match_index(Settings(instance=hub.instance))
    try:
        while not count_exposure(engine, index, hub.instance / FOLDER):
            pass
    finally:
        engine.dispose()


def _database(hub: Hub) -> Engine:
    return make_engine(f"sqlite:///{hub.instance / 'hub.sqlite'}")


def _member(email: str) -> Member:
    return session().scalars(select(Member).where(Member.email == email)).one()
