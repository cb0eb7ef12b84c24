"""Merging organisations that are one: what follows, what ends, and what a merge never gives or frees."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.catalogue.ownership.merging import Moves, merge_organisations, what_moves
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.integrity.models import DeclaredInterest
from hub.integrity.permissions import Involvement, conflict_of
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.directory import MovedError, organisation_by_slug
from hub.organisations.models import (
    LawEnforcementState,
    MembershipRole,
    MembershipStatus,
    MergedOrganisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.queries import memberships_of
from hub.organisations.service import add_membership
from hub.search.models import SearchJournal
from hub.vetting.invitations import invite
from hub.vetting.models import VerificationStatus
from hub.vetting.organisations.merging import propose_merge
from hub.vetting.organisations.queries import open_merge
from tests.factories import make_law_enforcement, make_member, make_organisation
from tests.vetting.conftest import logged
from tests.vetting.organisations.bodies import WORDS, asked, told

pytestmark = pytest.mark.db

DAY = timedelta(days=1)


@pytest.fixture
def pair(database):
    return make_organisation("Ledger"), make_organisation("Open Ledger")


def proposed(organisation, into, *, by=None):
    with transaction():
        return propose_merge(by or make_member(roles=[Role.COORDINATOR]), organisation, into, reason=WORDS)


def merged(organisation, into):
    """Merge one organisation into another by two coordinators."""
    merge = proposed(organisation, into)
    with transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)
    session().expire_all()
    return merge


def roles_in(organisation):
    found = session().scalars(
        select(OrganisationMembership).where(
            OrganisationMembership.organisation_id == organisation.id,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
    )
    return {each.member_id: each.role for each in found}


def test_people_follow_and_are_told(pair):
    former, present = pair
    head, member = make_member(represents=[former]), make_member(belongs_to=[former])
    merge = proposed(former, present)
    assert what_moves(merge) == Moves(members=2, leaving=0, innovations=0, replications=0)
    with transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)
    assert roles_in(present) == {
        head.id: MembershipRole.REPRESENTATIVE,
        member.id: MembershipRole.MEMBER,
    }
    assert roles_in(former) == {}
    assert told("organisation_merged") == sorted([head.id, member.id])
    assert logged("organisation:merge") == 1
    assert viewer_of(head).represents == {former.id, present.id}


def test_the_address_leads_on_and_search_forgets_the_former(pair):
    former, present = pair
    merged(former, present)
    with pytest.raises(MovedError):
        organisation_by_slug(former.slug, VISITOR)
    rows = {
        each.document_id: each.document
        for each in session().scalars(select(SearchJournal).order_by(SearchJournal.number))
    }
    assert rows[former.subject] is None
    assert rows[present.subject]["texts"]["en"]["name"] == "Open Ledger"


def test_who_belongs_to_both_keeps_the_wider_role_and_the_longer_time(pair):
    former, present = pair
    member = make_member(represents=[former], belongs_to=[present])
    first, second = sorted(memberships_of(member.id), key=lambda each: each.organisation_id)
    first.started_at = now() - 10 * DAY
    session().commit()
    began = first.started_at
    merged(former, present)
    (membership,) = memberships_of(member.id)
    assert (membership.id, membership.role) == (second.id, MembershipRole.REPRESENTATIVE)
    assert membership.started_at == began


def test_who_left_the_one_and_belongs_to_the_other_belongs(pair):
    former, present = pair
    member = make_member(belongs_to=[former, present])
    left = next(each for each in memberships_of(member.id) if each.organisation_id == present.id)
    left.status, left.ended_at = MembershipStatus.ENDED, now()
    session().commit()
    merged(former, present)
    assert [each.organisation_id for each in memberships_of(member.id)] == [present.id]


LESSER = [
    (OrganisationStatus.UNVERIFIED, OrganisationStatus.VERIFIED),
    (OrganisationStatus.UNVERIFIED, OrganisationStatus.LAPSED),
    (OrganisationStatus.LAPSED, OrganisationStatus.VERIFIED),
]


@pytest.mark.parametrize(("status", "other"), LESSER)
def test_nobody_is_let_in_by_a_merge(database, status, other):
    claimed, present = make_organisation("Ledger", status=status), make_organisation("Real", status=other)
    stranger, follower = make_member(represents=[claimed]), make_member(belongs_to=[claimed])
    both = make_member(represents=[claimed], belongs_to=[present])
    head = make_member(represents=[present])
    merge = proposed(claimed, present)
    assert (what_moves(merge).members, what_moves(merge).leaving) == (0, 3)
    with transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)
    session().expire_all()
    assert roles_in(present) == {both.id: MembershipRole.MEMBER, head.id: MembershipRole.REPRESENTATIVE}
    for each in (stranger, follower):
        assert viewer_of(each).organisations == viewer_of(each).represents == frozenset()
    assert told("merged_without_you") == sorted([stranger.id, follower.id])
    assert told("organisation_merged") == [both.id]
    assert told("organisation_took_in") == [head.id]
    assert logged("membership:end") == 3


def test_what_is_overdue_counts_as_lapsed_before_the_worker_sees_it(pair):
    former, present = pair
    former.verified_until = now() - DAY
    session().commit()
    stranger = make_member(represents=[former])
    merged(former, present)
    assert viewer_of(stranger).organisations == frozenset()


def test_a_status_ends_with_the_membership_that_does_not_follow(database):
    claimed = make_organisation("Ledger", status=OrganisationStatus.UNVERIFIED)
    present = make_organisation("Open Ledger")
    officer = make_member(belongs_to=[claimed, present], has_factor=True)
    status = make_law_enforcement(officer, "GE", organisation_id=claimed.id)
    session().commit()
    assert viewer_of(officer).law_enforcement_country == "GE"
    merged(claimed, present)
    assert status.status is LawEnforcementState.REVOKED
    assert viewer_of(officer).law_enforcement_country is None


@pytest.mark.parametrize(
    ("status", "other"),
    [
        (OrganisationStatus.VERIFIED, OrganisationStatus.UNVERIFIED),
        (OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED),
        (OrganisationStatus.LAPSED, OrganisationStatus.UNVERIFIED),
    ],
)
def test_what_the_hub_vouches_for_stays(database, status, other):
    with pytest.raises(InvalidError):
        proposed(make_organisation(status=status), make_organisation(status=other))


def test_what_lapsed_meanwhile_is_looked_at_again(pair):
    merge = proposed(*pair)
    pair[1].status = OrganisationStatus.LAPSED
    session().commit()
    with pytest.raises(ConflictError), transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)


def test_nothing_is_merged_with_itself_or_twice(pair):
    former, present = pair
    with pytest.raises(InvalidError):
        proposed(present, present)
    proposed(former, present)
    with pytest.raises(ConflictError):
        proposed(former, present)
    third = make_organisation()
    merged(present, third)
    for one, other in ((present, former), (former, present)):
        with pytest.raises(ConflictError):
            proposed(one, other)


def test_of_two_that_cross_one_happens(pair):
    former, present = pair
    first, second = proposed(former, present), proposed(present, former)
    with transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), first)
    assert second.status == "withdrawn"
    with pytest.raises(ConflictError), transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), second)


def test_merges_join_into_one_line(pair):
    former, present = pair
    last, waiting = make_organisation("Last"), make_organisation("Waiting")
    merged(former, present)
    other = proposed(waiting, present)
    merged(present, last)
    rows = session().scalars(select(MergedOrganisation)).all()
    assert {each.organisation_id: each.into_id for each in rows} == {
        former.id: last.id,
        present.id: last.id,
    }
    assert open_merge(waiting) == other
    assert other.into == last


def test_who_may_not_propose_any_more_has_proposed_nothing(pair):
    proposer = make_member(roles=[Role.COORDINATOR])
    merge = proposed(*pair, by=proposer)
    proposer.status = MemberStatus.SUSPENDED
    session().commit()
    with pytest.raises(ConflictError), transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)


def test_a_conflict_with_either_is_one(pair):
    for organisation in pair:
        inside = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
        with pytest.raises(ForbiddenError):
            proposed(*pair, by=inside)


def test_a_merge_frees_nobody_to_decide(pair):
    former, present = pair
    people = {name: make_member(roles=[Role.COORDINATOR]) for name in ("former", "present", "left")}
    with transaction():
        declare_interest(people["former"], Declaration("funding", "Ledger"))
        declare_interest(people["present"], Declaration("funding", "Open Ledger", date(2020, 1, 1)))
        add_membership(former, people["left"], MembershipRole.MEMBER)
    left = memberships_of(people["left"].id)[0]
    left.status, left.ended_at = MembershipStatus.ENDED, now()
    session().commit()
    merged(former, present)
    for member in people.values():
        for number in (former.id, present.id):
            involvement = Involvement(frozenset(), frozenset({number}))
            assert conflict_of(viewer_of(member), involvement) == "interest"
    interests = session().scalars(select(DeclaredInterest.organisation_id)).all()
    assert set(interests) == {present.id}


def test_requests_are_withdrawn_and_invitations_lead_on(pair):
    former, present = pair
    # in the last days of its year, so that it may be asked for
    former.verified_until = now() + 20 * DAY
    session().commit()
    head = make_member(represents=[former])
    request = asked(head, former)
    with transaction():
        invitation = invite(head, "colleague@ledger.example", organisation=former)
    merged(former, present)
    assert request.status is VerificationStatus.WITHDRAWN
    assert invitation.organisation == present


def test_a_status_follows_while_it_is_in_force(pair):
    former, present = pair
    member = make_member(belongs_to=[former, present], has_factor=True)
    for each in memberships_of(member.id):
        each.started_at = now() - (5 if each.organisation_id == former.id else 1) * DAY
    status = make_law_enforcement(member, "GE", organisation_id=former.id)
    status.verified_at = now() - 3 * DAY
    session().commit()
    assert viewer_of(member).law_enforcement_country == "GE"
    merged(former, present)
    assert status.organisation == present
    assert viewer_of(member).law_enforcement_country == "GE"


def test_a_merge_revives_no_status(pair):
    former, present = pair
    member = make_member(belongs_to=[former, present], has_factor=True)
    for each in memberships_of(member.id):
        each.started_at = now() - (5 if each.organisation_id == former.id else 1) * DAY
    # verified, then the person left and came back
    status = make_law_enforcement(member, "GE", organisation_id=present.id)
    status.verified_at = now() - 3 * DAY
    session().commit()
    assert viewer_of(member).law_enforcement_country is None
    merged(former, present)
    assert viewer_of(member).law_enforcement_country is None
    assert status.status is LawEnforcementState.REVOKED


def test_nobody_joins_what_was_merged(pair):
    merged(*pair)
    with pytest.raises(ConflictError), transaction():
        add_membership(pair[0], make_member(), MembershipRole.MEMBER)
