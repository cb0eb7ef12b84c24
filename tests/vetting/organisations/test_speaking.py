"""Who may ask to speak for an organisation that nobody speaks for, and what they are told."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.models import OrganisationStatus
from hub.organisations.people import speakers
from hub.vetting.organisations.queries import organisation_to_ask_for, verifications_of
from hub.vetting.organisations.verification import decline_verification
from tests.factories import make_member, make_organisation
from tests.vetting.conftest import logged
from tests.vetting.organisations.bodies import approved, asked, done, told

pytestmark = pytest.mark.db


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def ledger(coordinator):
    return make_organisation("Open Ledger", status=OrganisationStatus.UNVERIFIED)


def test_nobody_asks_for_what_they_cannot_see(coordinator, ledger):
    stranger = make_member()
    with pytest.raises(NotFoundError):
        organisation_to_ask_for(ledger.slug, viewer_of(stranger))
    with pytest.raises(NotFoundError):
        asked(stranger, ledger)


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.LAPSED, MemberStatus.CONFIRMED])
def test_nobody_takes_the_place_of_a_representative_who_may_come_back(coordinator, ledger, status):
    ledger.status = OrganisationStatus.LAPSED
    make_member(represents=[ledger], status=status)
    stranger, inside = make_member(), make_member(belongs_to=[ledger])
    for member in (stranger, inside):
        with pytest.raises(NotFoundError):
            asked(member, ledger)


def test_a_request_of_who_was_suspended_since_gives_nobody_a_voice(coordinator, ledger):
    head = make_member(represents=[ledger])
    request = asked(head, ledger)
    head.status = MemberStatus.SUSPENDED
    session().commit()
    approved(coordinator, request)
    assert speakers(ledger) == frozenset()
    assert logged("membership:change") == 0


def test_who_asked_to_speak_is_told_of_a_refusal_and_may_read_it(coordinator, ledger):
    ledger.status = OrganisationStatus.LAPSED
    session().commit()
    member = make_member()
    request = asked(member, ledger)
    done(decline_verification, coordinator, request, words="Who are you?")
    assert told("speaking_declined") == [member.id]
    assert told("verification_declined") == []
    # also when somebody else speaks for it by then
    make_member(represents=[ledger])
    assert organisation_to_ask_for(ledger.slug, viewer_of(member)) == ledger
    assert verifications_of(ledger, viewer_of(member)) == [request]
    with pytest.raises(NotFoundError):
        organisation_to_ask_for(ledger.slug, viewer_of(make_member()))
