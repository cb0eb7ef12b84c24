"""Of which entries a curator hears, said in SQL, in Python and once more by hand: in generated worlds all agree."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from hub.access.viewer import Interest, Role, Viewer
from hub.catalogue.models.content import OrganisationRole
from hub.catalogue.models.details import OrganisationDetails
from hub.core.database import session
from hub.showcases.hearing import may_hear_of
from hub.showcases.models import Entry, EntryStatus, ShowcaseCurator
from hub.showcases.permissions import can_judge, entry_conflict, judged_by
from tests.catalogue.records import make_scene
from tests.factories import make_member, make_organisation
from tests.showcases.scenes import drafted_showcase, proposed_entry, recorded_innovation
from tests.undoing import undone

pytestmark = pytest.mark.db

PEOPLE = ("curator", "proposer", "registrant", "presenter")
AGENCIES = ("proposing", "owning", "third")

PARTNERS = (frozenset(), frozenset({"third"}), frozenset({"proposing", "third"}))
"""Organisations that the record names besides its owner."""

agencies = st.frozensets(st.sampled_from(AGENCIES), max_size=2)


@dataclass(frozen=True)
class Tie:
    """What ties the curator to an entry, beside what they are tied to by name."""

    person: str
    belongs: frozenset[str]
    interests: frozenset[str]
    recused_from_entry: bool
    recused_from_innovation: bool
    recused_from_attempt: bool
    recused_from_other: bool
    is_coordinator: bool
    is_on_team: bool


@dataclass(frozen=True)
class World:
    """One entry with its parties."""

    status: EntryStatus
    proposed_for: str | None
    owned_by: str
    presents: bool
    partners: frozenset[str]


ties = st.builds(
    Tie,
    person=st.sampled_from(("curator", "curator", *PEOPLE)),
    belongs=agencies,
    interests=agencies,
    recused_from_entry=st.booleans(),
    recused_from_innovation=st.booleans(),
    recused_from_attempt=st.booleans(),
    recused_from_other=st.booleans(),
    is_coordinator=st.booleans(),
    is_on_team=st.booleans(),
)
worlds = st.builds(
    World,
    status=st.sampled_from(EntryStatus),
    proposed_for=st.none() | st.sampled_from(AGENCIES),
    owned_by=st.sampled_from(AGENCIES),
    presents=st.booleans(),
    partners=st.sampled_from(PARTNERS),
)


@pytest.fixture
def cast(database):
    """People and organisations by name, and a showcase with an entry that each world changes."""
    scene = make_scene()
    found = {name: make_member() for name in PEOPLE} | {name: make_organisation() for name in AGENCIES}
    # what is published refuses changes: there is one innovation for each set of partners
    found["innovations"] = {
        partners: recorded_innovation(
            scene,
            organisations=tuple(
                OrganisationDetails(OrganisationRole.FUNDER, found[name].name) for name in sorted(partners)
            ),
        )
        for partners in PARTNERS
    }
    innovation = found["innovations"][frozenset()]
    found["showcase"] = drafted_showcase(make_member())
    # what was withdrawn from the same showcase, and what was from another one
    found["attempts"] = {
        partners: proposed_entry(found["showcase"], each, status=EntryStatus.WITHDRAWN)
        for partners, each in found["innovations"].items()
    }
    found["elsewhere"] = proposed_entry(drafted_showcase(make_member()), innovation)
    found["entry"] = proposed_entry(found["showcase"], innovation, found["proposer"], presenters=["Ana Doe"])
    return found


def build(cast, world, tie):
    """Change the entry and its innovation to what the world says, and the team to what the tie says."""
    entry, innovation = cast["entry"], cast["innovations"][world.partners]
    entry.innovation_id = innovation.id
    entry.status = world.status
    entry.organisation_id = world.proposed_for and cast[world.proposed_for].id
    innovation.owner_id = cast[world.owned_by].id
    innovation.registered_by_id = cast["registrant"].id
    entry.presenters[0].member_id = cast["presenter"].id if world.presents else None
    entry.presenters[0].name = "" if world.presents else "Ana Doe"
    team = [tie.person] if tie.is_on_team else []
    cast["showcase"].curators = [ShowcaseCurator(member_id=cast[each].id) for each in team]
    session().commit()
    return entry


def viewer_from(cast, world, tie):
    """Return the Viewer of whoever looks at the entry."""
    recused = (
        (tie.recused_from_entry, cast["entry"].subject),
        (tie.recused_from_innovation, cast["innovations"][world.partners].subject),
        (tie.recused_from_attempt, cast["attempts"][world.partners].subject),
        (tie.recused_from_other, "entry:another"),
        (tie.recused_from_other, cast["elsewhere"].subject),
    )
    return Viewer(
        member_id=cast[tie.person].id,
        public_id=cast[tie.person].public_id,
        roles=frozenset({Role.COORDINATOR} if tie.is_coordinator else ()),
        organisations=frozenset(cast[each].id for each in tie.belongs),
        interests=frozenset(Interest(cast[each].id, "funding") for each in tie.interests),
        recusals=frozenset(subject for is_recused, subject in recused if is_recused),
    )


def has_conflict(world, tie):
    """Say by hand whether somebody has a conflict with the entry."""
    people = {"proposer", "registrant", *(["presenter"] if world.presents else [])}
    parties = {world.proposed_for, world.owned_by, *world.partners} - {None}
    return (
        tie.person in people
        or bool(parties & (tie.belongs | tie.interests))
        or tie.recused_from_entry
        or tie.recused_from_innovation
        or tie.recused_from_attempt
    )


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds, tie=ties)
def test_functions_and_conditions_agree_in_generated_worlds(database, cast, world, tie):
    with undone(database):
        entry, viewer = build(cast, world, tie), viewer_from(cast, world, tie)
        free = not has_conflict(world, tie)
        assert (entry_conflict(viewer, entry) is None) is free
        heard = session().scalars(select(Entry.id).where(may_hear_of(viewer), Entry.id == entry.id)).all()
        assert bool(heard) is free
        judges = free and tie.is_coordinator and tie.is_on_team
        assert can_judge(viewer, entry) is judges
        found = session().scalars(select(Entry.id).where(judged_by(viewer), Entry.id == entry.id)).all()
        assert bool(found) is (judges and world.status is not EntryStatus.DRAFT)
