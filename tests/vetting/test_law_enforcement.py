"""Law-enforcement status: asked for, verified by two different coordinators, lost again with the next look."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, RoleGrant, TotpDevice
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus, OrganisationStatus
from hub.organisations.queries import is_in_force
from hub.organisations.service import LAW_ENFORCEMENT_FOR
from hub.vetting.law_enforcement import approve_status, decline_status, request_status, revoke_status
from hub.vetting.organisations.memberships import leave_organisation
from tests.factories import make_member, make_organisation
from tests.vetting.cast import WORDS, Cast, asked, done, supported, verified
from tests.vetting.conftest import logged, mails

pytestmark = pytest.mark.db

ASKED = {"country": "GE", "authority": "Bureau", "reference": "12/26", "words": WORDS}


@pytest.fixture
def cast(database, clock):
    return Cast()


def with_factor(cast):
    """Return a verified status of somebody whose second factor lets it open something."""
    status = verified(cast)
    cast.people["self"] = status.member
    add_factor(status.member)
    return status


def add_factor(member):
    session().add(TotpDevice(member_id=member.id, sealed_secret="unused", created_at=now()))
    session().commit()


def country_of(member):
    return viewer_of(member).law_enforcement_country


def test_two_different_coordinators_verify_for_a_year(cast):
    status = asked(cast)
    done(approve_status, cast["first"], status)
    assert (status.status, status.valid_until) == (LawEnforcementState.SUPPORTED, None)
    with pytest.raises(ForbiddenError), transaction():
        approve_status(cast["first"], status)
    done(approve_status, cast["second"], status)
    assert status.status is LawEnforcementState.VERIFIED
    assert status.valid_until == now() + LAW_ENFORCEMENT_FOR
    assert (status.first_verified_by, status.second_verified_by) == (cast["first"], cast["second"])
    assert mails()[-1:] == ["law_enforcement_verified"]
    assert (logged("member:support_status"), logged("member:verify")) == (1, 1)


def test_one_agreement_opens_nothing(cast):
    status = supported(cast)
    add_factor(status.member)
    assert country_of(status.member) is None


def test_it_opens_nothing_without_a_second_factor(cast):
    status = verified(cast)
    viewer = viewer_of(status.member)
    assert (viewer.law_enforcement_country, viewer.is_withheld) == (None, True)
    add_factor(status.member)
    assert country_of(status.member) == "GE"


def test_it_ends_with_the_year(cast, clock):
    status = with_factor(cast)
    clock.shift(LAW_ENFORCEMENT_FOR - timedelta(seconds=1))
    assert country_of(status.member) == "GE"
    clock.shift(timedelta(seconds=1))
    assert country_of(status.member) is None
    assert not is_in_force(status, now())


def test_it_ends_when_it_is_revoked(cast):
    status = with_factor(cast)
    done(revoke_status, cast["free"], status, "No longer there.")
    assert country_of(status.member) is None
    assert status.decision_words == "No longer there."
    assert mails()[-1:] == ["law_enforcement_ended"]


def test_it_ends_when_the_member_gives_it_up(cast):
    status = with_factor(cast)
    done(revoke_status, status.member, status, "I moved on.")
    assert country_of(status.member) is None


def test_it_ends_with_the_membership_that_it_rests_on(cast):
    status = with_factor(cast)
    done(leave_organisation, status.member, cast.organisation)
    assert country_of(status.member) is None


def test_it_ends_when_the_organisation_lapses(cast):
    status = with_factor(cast)
    cast.organisation.status = OrganisationStatus.LAPSED
    session().commit()
    assert country_of(status.member) is None


def test_without_an_organisation_no_membership_matters(cast):
    member = cast.about(make_member(has_factor=True))
    with transaction():
        status = request_status(member, **ASKED)
    done(approve_status, cast["first"], status)
    done(approve_status, cast["second"], status)
    assert country_of(member) == "GE"


def test_the_word_of_somebody_who_left_the_office_does_not_count(cast):
    status = supported(cast)
    session().execute(update(RoleGrant).where(RoleGrant.member_id == cast["first"].id).values(ended_at=now()))
    session().commit()
    done(approve_status, cast["second"], status)
    assert status.status is LawEnforcementState.SUPPORTED
    assert status.first_verified_by == cast["second"]
    done(approve_status, cast["free"], status)
    assert status.status is LawEnforcementState.VERIFIED


def test_who_agreed_first_may_think_again(cast):
    status = done(decline_status, cast["first"], supported(cast), "The letter is forged.")
    assert status.status is LawEnforcementState.DECLINED
    assert mails()[-1:] == ["law_enforcement_declined"]


def test_nobody_is_verified_who_is_no_member_any_more(cast):
    status = supported(cast)
    status.member.status = MemberStatus.LAPSED
    session().commit()
    with pytest.raises(ConflictError), transaction():
        approve_status(cast["second"], status)


def test_a_request_is_checked(cast):
    member = make_member()
    wrong = [
        {"country": "XX"},
        {"authority": " "},
        {"authority": "x" * 201},
        {"reference": ""},
        {"words": ""},
        {"words": "x" * 2001},
    ]
    for each in wrong:
        with pytest.raises(InvalidError), transaction():
            request_status(member, **{**ASKED, **each})
    with pytest.raises(ForbiddenError), transaction():
        request_status(member, **ASKED, organisation=make_organisation())
    with pytest.raises(ForbiddenError), transaction():
        request_status(make_member(status=MemberStatus.CONFIRMED), **ASKED)


def test_one_request_at_a_time(cast):
    status = asked(cast)
    with pytest.raises(ConflictError), transaction():
        request_status(status.member, **ASKED)


def test_a_new_year_can_be_asked_for_before_the_old_one_ends(cast):
    status = with_factor(cast)
    with transaction():
        request_status(status.member, **{**ASKED, "country": "ID"})
    assert country_of(status.member) == "GE"


def refused_by_the_database(request, **columns):
    with pytest.raises(IntegrityError):
        session().execute(
            update(LawEnforcementStatus).where(LawEnforcementStatus.id == request.id).values(**columns)
        )
    session().rollback()


@pytest.mark.parametrize(
    ("second", "more"),
    [
        ("first", {}),
        ("self", {}),
        (None, {}),
        ("second", {"valid_until": None}),
        ("second", {"verified_at": None}),
    ],
)
def test_the_database_itself_asks_for_two_others(cast, second, more):
    status = supported(cast)
    columns = {
        "status": LawEnforcementState.VERIFIED,
        "second_verified_by_id": cast[second].id if second else None,
        "verified_at": now(),
        "valid_until": now() + timedelta(days=1),
        **more,
    }
    refused_by_the_database(status, **columns)


def test_the_database_itself_asks_who_supported(cast):
    status = asked(cast)
    refused_by_the_database(status, status=LawEnforcementState.SUPPORTED)
    refused_by_the_database(
        status, status=LawEnforcementState.SUPPORTED, first_verified_by_id=status.member_id
    )


def test_the_database_itself_keeps_one_request_open(cast):
    status = asked(cast)
    session().add(
        LawEnforcementStatus(member_id=status.member_id, country="GE", authority="B", reference="1")
    )
    with pytest.raises(IntegrityError):
        session().flush()
    session().rollback()


def test_a_coordinator_with_a_status_of_their_own_asks_two_others(database, clock):
    cast = Cast()
    officer = make_member(roles=[Role.COORDINATOR])
    with transaction():
        status = request_status(officer, **ASKED)
    with pytest.raises(ForbiddenError), transaction():
        approve_status(officer, status)
    done(approve_status, cast["first"], status)
    with pytest.raises(ForbiddenError), transaction():
        approve_status(officer, status)
    done(approve_status, cast["second"], status)
    assert country_of(officer) == "GE"
