"""People and innovations for the campaigns, made through the services that pages use."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select

from benchmarks.generator import Generator
from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR, Role
from hub.catalogue.models import Innovation, InnovationDetails, InnovationRevision
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import register_innovation, submit_revision
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, session_scope, transaction
from hub.members.models import Member, SignInSession
from hub.members.queries import member_by_email, token_hash
from hub.members.service import create_member, grant_role
from hub.members.totp import new_secret, store_totp
from hub.organisations.models import MembershipRole, Organisation
from hub.organisations.service import add_membership, add_organisation
from hub.vocabularies import vocabulary

EVERYBODY = Readership(Audience.PUBLIC, Tlp.CLEAR)
MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)

PARTNER = "partner@soak.example"
COORDINATOR = "coordinator{number}@soak.example"
BATCH = 100


@dataclass(frozen=True)
class People:
    """Who acts in a campaign: a representative of one organisation, and coordinators who have no part in it."""

    partner: Member
    coordinators: Sequence[Member]
    owner: Organisation


def prepare(settings: Settings, engine: Engine, coordinators: int) -> None:
    """Make the instance with its schema, one partner and so many coordinators."""
    prepare_instance(settings)
    with session_scope(engine), transaction():
        owner = add_organisation("Fictional Soak Office", country="GE", type="government")
        add_membership(owner, _member(PARTNER), MembershipRole.REPRESENTATIVE)
        for number in range(coordinators):
            coordinator = _member(COORDINATOR.format(number=number))
            store_totp(coordinator, secret=new_secret(), key="of no use in a campaign")
            grant_role(VISITOR, coordinator, Role.COORDINATOR)


def _member(email: str) -> Member:
    return create_member(
        VISITOR, email=email, password_hash=None, display_name="Fictional person", member_type="government"
    )


def people(coordinators: int) -> People:
    """Return the people of a prepared instance; needs an open session."""
    found = [member_by_email(COORDINATOR.format(number=number)) for number in range(coordinators)]
    partner = member_by_email(PARTNER)
    owner = session().scalars(select(Organisation)).one()
    if partner is None:
        message = "this instance was not prepared for a campaign"
        raise LookupError(message)
    return People(partner, [member for member in found if member], owner)


def details(name: str, owner: Organisation, **more: object) -> InnovationDetails:
    """Return a complete record."""
    values: dict[str, object] = {
        "name": name,
        "short_description": "Made by a campaign.",
        "kind": "software",
        "functions": ("detect",),
        "countries": ("GE",),
        "organisation_id": owner.id,
        "readership": EVERYBODY,
    }
    return InnovationDetails(**{**values, **more})  # type: ignore[arg-type]


def submit(team: People, name: str, **more: object) -> InnovationRevision:
    """Register and submit inside the running transaction."""
    innovation = register_innovation(team.partner, details(name, team.owner, **more), language="en-GB")
    (revision,) = innovation.revisions
    submit_revision(team.partner, revision, version=revision.version)
    return revision


def publish(team: People, name: str, **more: object) -> Innovation:
    """Take a record all the way inside the running transaction."""
    revision = submit(team, name, **more)
    take_revision(team.coordinators[0], revision)
    publish_revision(team.coordinators[0], revision)
    return revision.innovation


def fill(engine: Engine, count: int) -> list[str]:
    """Publish `count` generated records, one in ten for members only; return the addresses of all."""
    kinds, functions, countries = (
        [term.code for term in vocabulary(name).terms] for name in ("kinds", "functions", "countries")
    )
    documents = enumerate(Generator(count).documents())
    slugs: list[str] = []
    for _ in range(0, count, BATCH):
        with session_scope(engine), transaction():
            team = people(1)
            for number, document in (next(documents) for _ in range(min(BATCH, count - len(slugs)))):
                innovation = publish(
                    team,
                    f"{document.text_of('name')[:80]} {number}",
                    description=document.text_of("description"),
                    kind=kinds[number % len(kinds)],
                    functions=(functions[number % len(functions)], functions[(number + 3) % len(functions)]),
                    countries=(countries[number % 40], countries[(number + 7) % 40]),
                    readership=MEMBERS if number % 10 == 9 else EVERYBODY,  # noqa: RUF100, PLR2004
                )
                slugs.append(innovation.slug)
    return slugs


def sign_in(member: Member) -> str:
    """Return the token of a new session of `member`, without a password; inside a transaction."""
    token = secrets.token_urlsafe(32)
    session().add(
        SignInSession(
            token_hash=token_hash(token),
            member_id=member.id,
            created_at=now(),
            last_seen_at=now(),
            user_agent="campaign",
        )
    )
    return token
