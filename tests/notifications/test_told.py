"""Who is told when the other side, an owner, a claimant, a reporter or a new member has to know."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.catalogue.ownership.service import accept_claim
from hub.core.database import session, transaction
from hub.notifications.models import Notification
from hub.organisations.models import MembershipRole
from hub.vetting.applications import start_membership
from tests.catalogue.afterwards import answered_problem, claim_of, declined_claim, offer_of
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.proofs import claimed
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def told(kind):
    """Return who was told this about what, in order of their ids."""
    rows = session().execute(
        select(Notification.member_id, Notification.subject)
        .where(Notification.kind == kind)
        .order_by(Notification.member_id)
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("claimant", "asked"),
    [("partner", ("adopter", "both")), ("adopter", ("partner", "second", "registrar", "both"))],
)
def test_a_claimed_replication_is_told_to_the_other_side(cast, claimant, asked):
    innovation = record_of(cast)
    claimed(cast, innovation, by=claimant)
    assert told("replication_claimed") == sorted((cast[name].id, innovation.subject) for name in asked)


def test_who_reported_a_problem_is_told_that_it_was_answered(cast):
    report = answered_problem(cast, by="member")
    assert told("problem_answered") == [(cast["member"].id, report.innovation.subject)]


def test_an_answered_problem_of_a_visitor_is_told_to_nobody(cast):
    answered_problem(cast, by="visitor")
    assert told("problem_answered") == []


def test_an_offered_record_is_told_to_who_speaks_for_the_receiver(cast):
    offer = offer_of(cast)
    receivers = ("adopter", "both")
    assert told("ownership_offered") == sorted(
        (cast[name].id, offer.innovation.subject) for name in receivers
    )


def test_a_claimant_is_told_of_both_decisions(cast):
    accepted, declined = take(cast, claim_of(cast)), declined_claim(cast)
    did(accept_claim, cast["holder"], accepted)
    assert sorted(told("claim_decided")) == sorted(
        (each.claimed_by_id, each.innovation.subject) for each in (accepted, declined)
    )


def test_a_new_member_of_an_organisation_is_told(database):
    somebody, organisation = make_member(), make_organisation()
    with transaction():
        start_membership(VISITOR, somebody, organisation, MembershipRole.MEMBER)
    assert told("membership_started") == [(somebody.id, organisation.subject)]
