"""Innovations for tests, taken as far along their way as a test needs, through the services that pages use."""

from dataclasses import dataclass

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.catalogue.models import InnovationDetails, SourceDetails
from hub.catalogue.review.service import (
    Opinion,
    decline_revision,
    publish_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import (
    register_innovation,
    revise_innovation,
    save_details,
    submit_revision,
    withdraw_revision,
)
from hub.core.database import transaction
from hub.members.models import Member
from hub.organisations.models import Organisation
from tests.factories import make_member, make_organisation

EVERYBODY = Readership(Audience.PUBLIC, Tlp.CLEAR)
MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)
POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER)
GEORGIAN_POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"}))

OPINION = {
    "request_changes": Opinion(("no_source",), "Please name a source.", {"sources": "One is enough."}),
    "decline": Opinion(("out_of_scope",), "This is about something else."),
}


def named_organisations(*organisations):
    """Return the readership of some organisations."""
    numbers = frozenset(each.id for each in organisations)
    return Readership(Audience.ORGANISATIONS, Tlp.AMBER, organisations=numbers)


@dataclass(frozen=True)
class Scene:
    """Who takes part in the life of one innovation."""

    owner: Organisation
    partner: Member
    coordinator: Member
    colleague: Member


def make_scene(country="GE"):
    """Store an organisation, its representative, and two coordinators without a conflict."""
    owner = make_organisation(country=country)
    return Scene(
        owner=owner,
        partner=make_member(represents=[owner]),
        coordinator=make_member(roles=[Role.COORDINATOR]),
        colleague=make_member(roles=[Role.COORDINATOR]),
    )


def complete(owner, **changes):
    """Return details with everything that a record needs."""
    values = {
        "name": "Ledger of gifts",
        "short_description": "Officials register gifts on the day they get them.",
        "kind": "software",
        "functions": ("detect",),
        "organisation_id": owner.id,
        "countries": ("GE",),
        "sources": (SourceDetails("https://example.org/ledger", "About the ledger"),),
        "readership": EVERYBODY,
        **changes,
    }
    return InnovationDetails(**values)


def draft(scene, **changes):
    """Register an innovation; return its first revision."""
    with transaction():
        innovation = register_innovation(scene.partner, complete(scene.owner, **changes), language="en-GB")
    return innovation.revisions[0]


def submitted(scene, **changes):
    """Register and submit."""
    revision = draft(scene, **changes)
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    return revision


def taken(scene, **changes):
    """Register, submit and take."""
    revision = submitted(scene, **changes)
    with transaction():
        take_revision(scene.coordinator, revision)
    return revision


def published(scene, **changes):
    """Take a record all the way to its audience."""
    revision = taken(scene, **changes)
    with transaction():
        publish_revision(scene.coordinator, revision)
    return revision


def returned(scene, **changes):
    """Take a record until changes are requested."""
    revision = taken(scene, **changes)
    with transaction():
        request_changes(scene.coordinator, revision, OPINION["request_changes"])
    return revision


def declined(scene, **changes):
    """Take a record until it is declined."""
    revision = taken(scene, **changes)
    with transaction():
        decline_revision(scene.coordinator, revision, OPINION["decline"])
    return revision


def withdrawn(scene, **changes):
    """Register, submit and withdraw."""
    revision = submitted(scene, **changes)
    with transaction():
        withdraw_revision(scene.partner, revision)
    return revision


def revised(scene, innovation):
    """Begin a new revision of a record."""
    with transaction():
        return revise_innovation(scene.partner, innovation)


def save(actor, revision, *, version=None, **changes):
    """Save some fields as `actor`."""
    with transaction():
        save_details(
            actor,
            revision,
            InnovationDetails(**changes),
            version=revision.version if version is None else version,
        )


WAYS = {
    "draft": draft,
    "submitted": submitted,
    "in_review": taken,
    "approved": published,
    "changes_requested": returned,
    "declined": declined,
    "withdrawn": withdrawn,
}
"""How a revision gets into each state."""
