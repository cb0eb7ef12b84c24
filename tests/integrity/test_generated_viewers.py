"""The Viewer of a member in generated worlds: exactly what the rules, written anew here, expect."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.integrity.models import DeclaredInterest, Recusal
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, Passkey, RecoveryCode, RoleGrant, TotpDevice
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    OrganisationMembership,
    OrganisationStatus,
    name_key,
)
from tests.factories import make_member, make_organisation
from tests.undoing import undone

pytestmark = pytest.mark.db

NAMES = ("Bureau of Ledgers", "Court of Accounts", "Gift Register")
DAY = timedelta(days=1)
FAR = 1_000

days = st.sampled_from([-FAR, -400, -1, 1, 400])
"""Before and after this moment, never at it."""


@dataclass(frozen=True)
class Grant:
    role: Role
    country: str | None
    from_day: int
    to_day: int | None

    @property
    def holds(self):
        return self.from_day < 0 and (self.to_day is None or self.to_day > 0)


@dataclass(frozen=True)
class Membership:
    """A membership; `to_day` is when it ended, where it did."""

    role: MembershipRole
    status: MembershipStatus
    to_day: int


@dataclass(frozen=True)
class Status:
    """A law-enforcement status; `place` is the organisation that it rests on."""

    state: LawEnforcementState
    country: str
    from_day: int
    to_day: int
    place: int | None


@dataclass(frozen=True)
class Interest:
    """A declaration; `name` is as it was typed, `place` which organisation that is, or None."""

    kind: str
    name: str
    place: int | None
    from_day: int | None
    to_day: int | None
    is_struck: bool

    @property
    def binds(self):
        if self.is_struck or (self.from_day is not None and self.from_day > 0):
            return False
        # 24 months are 730 or 731 days
        lasts = 730 if self.kind in {"employer", "funding", "past_employment"} else 0
        return self.to_day is None or self.to_day + lasts > 0


@dataclass(frozen=True)
class World:
    """Everything about one member; `vetted_to` is when the year of the vetting ends."""

    status: MemberStatus
    vetted_to: int | None
    lapsed: frozenset[int]
    grants: tuple[Grant, ...]
    factors: frozenset[str]
    memberships: dict[int, Membership]
    statuses: tuple[Status, ...]
    interests: tuple[Interest, ...]
    recusals: dict[str, Conflict]


@st.composite
def grants(draw):
    role = draw(st.sampled_from(Role))
    country = draw(st.sampled_from(["GE", "ID"])) if role is Role.FOCAL_POINT else None
    began = draw(days)
    ended = draw(
        st.none() | st.sampled_from([each for each in (-400, -1, 1, 400) if each >= began] or [began])
    )
    return Grant(role, country, began, ended)


@st.composite
def statuses(draw):
    began = draw(st.sampled_from([-FAR, -400, -1, 1]))
    ends = draw(st.sampled_from([each for each in (-300, 2, 300) if each > began]))
    place = draw(st.none() | st.sampled_from(range(len(NAMES))))
    state = draw(st.sampled_from(LawEnforcementState))
    return Status(state, draw(st.sampled_from(["GE", "ID"])), began, ends, place)


@st.composite
def interests(draw):
    place = draw(st.none() | st.sampled_from(range(len(NAMES))))
    name = "Some Company" if place is None else draw(spellings(NAMES[place]))
    kind = draw(st.sampled_from(["employer", "funding", "shareholding", "family", "past_employment"]))
    began = draw(st.none() | st.sampled_from([-FAR, 5]))
    ended = draw(
        st.none() | st.sampled_from([each for each in (-900, -600, -1, 30) if each >= (began or -FAR)])
    )
    return Interest(kind, name, place, began, ended, draw(st.booleans()))


def spellings(name):
    return st.sampled_from([name, name.upper(), name.replace(" ", "  "), f" {name.lower()} "])


worlds = st.builds(
    World,
    # most are approved: nothing else sees anything
    status=st.sampled_from([MemberStatus.APPROVED] * 6 + [each for each in MemberStatus if each != "erased"]),
    vetted_to=st.sampled_from([None, 1, 300, 1, 300, -1]),
    lapsed=st.frozensets(st.sampled_from(range(len(NAMES))), max_size=1),
    grants=st.lists(grants(), max_size=4, unique_by=lambda each: (each.role, each.country)).map(tuple),
    factors=st.frozensets(st.sampled_from(["totp", "passkey", "codes"])),
    memberships=st.dictionaries(
        st.sampled_from(range(len(NAMES))),
        st.builds(
            Membership,
            st.sampled_from(MembershipRole),
            st.sampled_from(MembershipStatus),
            st.sampled_from([-900, -600, 0]),
        ),
    ),
    # one request waits at most
    statuses=st.lists(
        statuses(), max_size=3, unique_by=lambda each: each.state in {"requested", "supported"} or each
    ).map(tuple),
    interests=st.lists(interests(), max_size=3).map(tuple),
    recusals=st.dictionaries(st.sampled_from(["innovation:a", "member:b"]), st.sampled_from(Conflict)),
)


@dataclass(frozen=True)
class Expected:
    labels: frozenset[str]
    roles: frozenset[Role]
    is_withheld: bool
    interests: frozenset[int]
    recusals: frozenset[str]


def is_shut_out(world):
    """Whether somebody sees no more than visitors: not approved, or not vetted within the year."""
    is_overdue = world.vetted_to is not None and world.vetted_to < 0
    return world.status is not MemberStatus.APPROVED or is_overdue


def expected(world, member_id, places):
    """What somebody holds, from the rules as trust.md and the domain tell them; `places` are ids of organisations."""
    if is_shut_out(world):
        return Expected(frozenset({"public"}), frozenset(), False, frozenset(), frozenset())
    belongs = {at for at, each in world.memberships.items() if each.status is MembershipStatus.ACTIVE}
    in_force = [
        each
        for each in world.statuses
        if each.state is LawEnforcementState.VERIFIED
        and each.from_day < 0 < each.to_day
        and (each.place is None or (each.place in belongs and each.place not in world.lapsed))
    ]
    latest = max(enumerate(in_force), key=lambda each: (each[1].from_day, each[0]), default=None)
    roles = {each.role for each in world.grants if each.holds}
    privileged = roles - {Role.FOCAL_POINT}
    is_withheld = bool(privileged or latest) and not world.factors & {"totp", "passkey"}
    if is_withheld:
        roles, latest = roles - privileged, None
    labels = {"public", "member", f"person:{member_id}"} | {f"org:{places[at]}" for at in belongs}
    if latest:
        labels |= {"le", f"le:{latest[1].country}"}
    bound = {places[each.place] for each in world.interests if each.binds and each.place is not None}
    # leaving an organisation frees nobody for 24 months
    left = {at: each for at, each in world.memberships.items() if each.status is MembershipStatus.ENDED}
    bound |= {places[at] for at, each in left.items() if each.to_day > -730}
    recused = {subject for subject, conflict in world.recusals.items() if conflict is Conflict.DECLARED}
    return Expected(
        frozenset(labels),
        frozenset(roles),
        is_withheld,
        frozenset(bound) if roles else frozenset(),
        frozenset(recused) if roles else frozenset(),
    )


def build(database, world, another):
    """Store the world; return the member and the organisations."""
    places = [make_organisation(name) for name in NAMES]
    for at in world.lapsed:
        places[at].status = OrganisationStatus.LAPSED
    moment = now()
    vetted_until = None if world.vetted_to is None else moment + world.vetted_to * DAY
    member = make_member(status=world.status, vetted_until=vetted_until)
    today, own = moment.date(), {"member_id": member.id}
    for each in world.grants:
        ended = None if each.to_day is None else moment + max(each.to_day, each.from_day) * DAY
        database.add(
            RoleGrant(
                **own, role=each.role, country=each.country, reason="x",
                granted_at=moment + each.from_day * DAY, ended_at=ended,
            )
        )  # fmt: skip
    for at, each in world.memberships.items():
        database.add(
            OrganisationMembership(
                **own, organisation_id=places[at].id, role=each.role, status=each.status,
                started_at=moment - 3_000 * DAY,
                ended_at=moment + each.to_day * DAY if each.status is MembershipStatus.ENDED else None,
            )
        )  # fmt: skip
    for each in world.statuses:
        is_supported = each.state is LawEnforcementState.SUPPORTED
        database.add(
            LawEnforcementStatus(
                **own, organisation_id=None if each.place is None else places[each.place].id,
                country=each.country, authority="Police", reference="1", status=each.state,
                first_verified_by_id=another.id if is_supported else None,
                verified_at=moment + each.from_day * DAY, valid_until=moment + each.to_day * DAY,
            )
        )  # fmt: skip
    for number, each in enumerate(world.interests):
        database.add(
            DeclaredInterest(
                **own, kind=each.kind, organisation_name=each.name, name_key=name_key(each.name),
                organisation_id=places[each.place].id if each.place is not None and number % 2 else None,
                started_on=_day(today, each.from_day), ended_on=_day(today, each.to_day), declared_at=moment,
                struck_at=moment if each.is_struck else None, struck_by_id=another.id if each.is_struck else None,
            )
        )  # fmt: skip
    for subject, conflict in world.recusals.items():
        database.add(Recusal(**own, subject=subject, conflict=conflict, recorded_at=moment))
    if "totp" in world.factors:
        database.add(TotpDevice(**own, sealed_secret="x", created_at=moment))
    if "passkey" in world.factors:
        database.add(Passkey(**own, name="x", credential_id=b"x", public_key=b"x", created_at=moment))
    if "codes" in world.factors:
        database.add(RecoveryCode(**own, code_hash="x", created_at=moment))
    database.commit()
    return member, places


def _day(today: date, number):
    return None if number is None else today + number * DAY


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds)
def test_a_viewer_holds_what_the_rules_say(database, world):
    with undone(database):
        member, organisations = build(database, world, make_member())
        places = [each.id for each in organisations]
        viewer = viewer_of(member)
        assert (viewer is VISITOR) is is_shut_out(world)
        found = Expected(
            viewer.labels,
            viewer.roles,
            viewer.is_withheld,
            frozenset(each.organisation_id for each in viewer.interests),
            viewer.recusals,
        )
        wanted = expected(world, member.id, places)
        assert found == wanted
        check_conflicts(viewer, wanted, places)


def check_conflicts(viewer, wanted, places):
    """Whoever belongs to a party, declared an interest in it or recused themselves is kept out, and nobody else."""
    for place in places:
        involvement = Involvement(frozenset(), frozenset({place}), "innovation:c")
        is_bound = f"org:{place}" in wanted.labels or place in wanted.interests
        assert (conflict_of(viewer, involvement) is not None) is is_bound
    for subject in ("innovation:a", "member:b", ""):
        conflict = conflict_of(viewer, Involvement(frozenset(), frozenset(), subject))
        assert (conflict is not None) is (subject in wanted.recusals)
    if viewer.member_id is not None:
        own = Involvement(frozenset({viewer.member_id}), frozenset())
        assert conflict_of(viewer, own) is Conflict.OWN_SUBMISSION
