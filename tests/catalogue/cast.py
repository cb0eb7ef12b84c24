"""Everybody who takes part in the life of a whole record, and records in the states that tests begin from."""

from dataclasses import dataclass
from itertools import count

from hub.access.viewer import Role
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import ImportOrigin, register_innovation, submit_revision
from hub.catalogue.tasks.service import take_task
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.organisations.models import Organisation
from tests.catalogue.records import Scene, complete, published
from tests.factories import make_member, make_organisation

_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """The two organisations of a replication, and people by what they are; the visitor is None."""

    owner: Organisation
    adopting: Organisation
    people: dict[str, Member | None]

    def __getitem__(self, name):
        return self.people[name]

    @property
    def scene(self):
        """The same people as the builders of `records` want them; the registrar registers."""
        return Scene(self.owner, self["registrar"], self["reviewer"], self["free"])

    def viewer(self, name):
        """Return what permissions know of one person."""
        return viewer_of(self[name])

    @property
    def viewers(self):
        """What permissions know of each person."""
        return {name: self.viewer(name) for name in self.people}


def make_cast():
    """Store an owner in Georgia, an adopter in Spain, and everybody who may come along."""
    owner, adopting = make_organisation(country="GE"), make_organisation(country="ES")
    coordinator = [Role.COORDINATOR]
    people = {
        "visitor": None,
        "member": make_member(),
        "adder": make_member(),
        "partner": make_member(represents=[owner]),
        "second": make_member(represents=[owner]),
        "mere": make_member(belongs_to=[owner]),
        "registrar": make_member(focal_country="GE"),
        "adopter": make_member(represents=[adopting]),
        "both": make_member(represents=[owner, adopting]),
        "focal": make_member(focal_country="ES"),
        "police": make_member(law_enforcement="GE"),
        "free": make_member(roles=coordinator),
        "conflicted": make_member(roles=coordinator, belongs_to=[owner]),
        "holder": make_member(roles=coordinator),
        "reviewer": make_member(roles=coordinator),
        "compiler": make_member(roles=coordinator),
        "officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
        "admin": make_member(roles=[Role.ADMINISTRATOR]),
    }
    return Cast(owner, adopting, people)


def record_of(cast, **changes):
    """Return a published innovation that the focal point registered for the owner."""
    return published(cast.scene, **changes).innovation


def compiled_draft(cast, *, external_id=None, actor="compiler", **changes):
    """Return the first revision of a record imported from a collection of public sources."""
    with transaction():
        innovation = register_innovation(
            cast[actor],
            complete(cast.owner, **changes),
            language="en-GB",
            origin=ImportOrigin("papers", external_id or f"record-{next(_numbers)}"),
        )
    return innovation.revisions[0]


def compiled_record(cast, **changes):
    """Return a published record that a coordinator compiled about the owner."""
    revision = compiled_draft(cast, **changes)
    with transaction():
        submit_revision(cast["compiler"], revision, version=revision.version)
    publish(cast, revision)
    return revision.innovation


def publish(cast, revision):
    """Take and publish a submitted revision."""
    with transaction():
        take_revision(cast["reviewer"], revision)
    with transaction():
        publish_revision(cast["reviewer"], revision)


def take(cast, task, by="holder"):
    """Have a coordinator take a task; return it."""
    with transaction():
        take_task(cast[by], task)
    return task


def did(service, *arguments, **named):
    """Call a service in a transaction of its own; return what it returned."""
    with transaction():
        return service(*arguments, **named)
