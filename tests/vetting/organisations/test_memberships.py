"""Roles in organisations, leaving them, and what happens when nobody speaks for one any more."""

import pytest

from hub.access.viewer import VISITOR, Role
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.models import (
    LawEnforcementState,
    MembershipRole,
    OrganisationStatus,
)
from hub.organisations.people import (
    is_last_representative,
    is_unspoken,
    membership_of,
    memberships_in,
    own_membership,
    people_shown,
    speakers,
)
from hub.organisations.queries import memberships_of
from hub.organisations.service import add_membership
from hub.vetting.models import VerificationStatus
from hub.vetting.organisations.memberships import (
    change_role,
    end_memberships,
    leave_organisation,
    remove_member,
    show_membership,
)
from tests.factories import make_law_enforcement, make_member, make_organisation
from tests.vetting.conftest import logged, mails
from tests.vetting.organisations.bodies import asked, told

pytestmark = pytest.mark.db


def own(member):
    return memberships_of(member.id)[0]


def done(service, *arguments, **named):
    with transaction():
        service(*arguments, **named)


@pytest.fixture
def ledger(database):
    return make_organisation("Open Ledger")


def test_a_representative_makes_others_representatives_and_back(ledger):
    head, colleague = make_member(represents=[ledger]), make_member(belongs_to=[ledger])
    done(change_role, head, own(colleague), MembershipRole.REPRESENTATIVE)
    assert speakers(ledger) == {head.id, colleague.id}
    done(change_role, colleague, own(head), MembershipRole.MEMBER)
    assert speakers(ledger) == {colleague.id}
    assert told("membership_changed") == sorted([head.id, colleague.id])
    assert logged("membership:change") == 2


def test_the_last_representative_stays_one_or_leaves(ledger):
    head = make_member(represents=[ledger])
    with pytest.raises(ConflictError):
        done(change_role, head, own(head), MembershipRole.MEMBER)


def test_only_approved_members_speak(ledger):
    head = make_member(represents=[ledger])
    suspended = make_member(belongs_to=[ledger], status=MemberStatus.SUSPENDED)
    with pytest.raises(InvalidError):
        done(change_role, head, own(suspended), MembershipRole.REPRESENTATIVE)


def test_nobody_else_decides_who_belongs(ledger):
    head, colleague = make_member(represents=[ledger]), make_member(belongs_to=[ledger])
    others = [
        make_member(),
        colleague,
        make_member(represents=[make_organisation()]),
        make_member(focal_country="GE"),
        make_member(roles=[Role.COORDINATOR]),
    ]
    for other in others:
        with pytest.raises(NotFoundError):
            done(remove_member, other, own(head))
        with pytest.raises(NotFoundError):
            done(change_role, other, own(colleague), MembershipRole.REPRESENTATIVE)


def test_a_representative_removes_others_not_themselves(ledger):
    head, colleague = make_member(represents=[ledger]), make_member(belongs_to=[ledger])
    membership = own(colleague)
    done(remove_member, head, membership)
    assert memberships_of(colleague.id) == []
    assert told("membership_ended") == [colleague.id]
    with pytest.raises(NotFoundError):
        done(remove_member, head, membership)
    with pytest.raises(NotFoundError):
        done(remove_member, head, own(head))


def test_leaving_tells_the_representatives(ledger):
    head, colleague = make_member(represents=[ledger]), make_member(belongs_to=[ledger])
    done(leave_organisation, colleague, ledger)
    assert told("member_left") == [head.id]
    assert ledger.status is OrganisationStatus.VERIFIED


def test_with_the_last_representative_goes_what_the_hub_vouched_for(ledger):
    head, other = make_member(represents=[ledger]), make_member(represents=[ledger])
    officer = make_member(belongs_to=[ledger], has_factor=True)
    status = make_law_enforcement(officer, "GE", organisation_id=ledger.id)
    session().commit()
    coordinator = make_member(roles=[Role.COORDINATOR])
    focal, neighbour = make_member(focal_country="GE"), make_member(focal_country="ID")
    assert not is_last_representative(own(head))
    done(leave_organisation, other, ledger)
    assert ledger.status is OrganisationStatus.VERIFIED
    assert viewer_of(officer).law_enforcement_country == "GE"
    assert is_last_representative(own(head))
    done(leave_organisation, head, ledger)
    assert ledger.status is OrganisationStatus.LAPSED
    assert is_unspoken(ledger)
    assert status.status is LawEnforcementState.REVOKED
    assert mails().count("law_enforcement_ended") == 1
    assert viewer_of(officer).law_enforcement_country is None
    assert told("organisation_unspoken") == sorted([coordinator.id, focal.id])
    assert neighbour.id not in told("organisation_unspoken")
    assert logged("organisation:lapse") == 1


def test_an_unverified_one_stays_unverified_and_its_request_is_withdrawn(database):
    ledger = make_organisation(status=OrganisationStatus.UNVERIFIED)
    head = make_member(represents=[ledger])
    request = asked(head, ledger)
    done(leave_organisation, head, ledger)
    assert ledger.status is OrganisationStatus.UNVERIFIED
    assert request.status is VerificationStatus.WITHDRAWN


def test_a_suspended_representative_speaks_for_nobody(ledger):
    make_member(represents=[ledger], status=MemberStatus.SUSPENDED)
    head = make_member(represents=[ledger])
    assert is_last_representative(own(head))


def test_an_account_that_ends_leaves_everywhere(ledger):
    another = make_organisation()
    head = make_member(represents=[ledger], belongs_to=[another])
    with transaction():
        end_memberships(VISITOR, head, "The account was erased.")
    assert memberships_of(head.id) == []
    assert ledger.status is OrganisationStatus.LAPSED
    assert another.status is OrganisationStatus.VERIFIED


def test_nobody_is_named_who_did_not_agree(ledger):
    head = make_member(represents=[ledger], display_name="Ana")
    suspended = make_member(belongs_to=[ledger])
    assert people_shown(ledger) == []
    for each in (head, suspended):
        done(show_membership, each, own(each), is_shown=True)
    suspended.status = MemberStatus.SUSPENDED
    session().commit()
    assert people_shown(ledger) == [head]
    with pytest.raises(NotFoundError):
        done(show_membership, make_member(), own(head), is_shown=False)


def test_who_comes_back_is_asked_again_whether_to_be_named(ledger):
    make_member(represents=[ledger])
    member = make_member(belongs_to=[ledger])
    done(show_membership, member, own(member), is_shown=True)
    done(leave_organisation, member, ledger)
    with transaction():
        add_membership(ledger, member, MembershipRole.MEMBER)
    assert people_shown(ledger) == []


def test_who_belongs_is_known_inside_and_to_who_oversees(ledger):
    head, colleague = make_member(represents=[ledger]), make_member(belongs_to=[ledger])
    for inside in (head, colleague, make_member(focal_country="GE"), make_member(roles=[Role.COORDINATOR])):
        assert [each.member for each in memberships_in(ledger, viewer_of(inside))] == [head, colleague]
    for outside in (None, make_member(), make_member(focal_country="ID")):
        assert memberships_in(ledger, viewer_of(outside)) == []


def test_a_membership_is_found_while_it_lasts(ledger):
    make_member(represents=[ledger])
    member = make_member(belongs_to=[ledger])
    assert membership_of(ledger, member.public_id) == own_membership(ledger, viewer_of(member))
    done(leave_organisation, member, ledger)
    assert own_membership(ledger, viewer_of(member)) is None
    with pytest.raises(NotFoundError):
        membership_of(ledger, member.public_id)
