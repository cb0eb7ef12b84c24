"""What others do on the hub meanwhile, done at once: how they do it is told by other journeys."""

from sqlalchemy import select

from hub.core.database import make_engine, session, session_scope
from hub.members.models import Member
from hub.organisations.models import Organisation, OrganisationMembership
from tests.browser.serving import Hub
from tests.catalogue.records import Scene, published

OWNER, COORDINATOR = "representative.gb@demo.example", "coordinator2@demo.example"


def publishes(hub: Hub, name: str, **details: object) -> None:
    """Have an organisation of the demonstration register an innovation, and a coordinator publish it."""
    engine = make_engine(f"sqlite:///{hub.instance / 'hub.sqlite'}")
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


def _member(email: str) -> Member:
    return session().scalars(select(Member).where(Member.email == email)).one()
