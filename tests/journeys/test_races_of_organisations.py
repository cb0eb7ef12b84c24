"""Two people at the same moment: one organisation, one decision, one entry in the log, and nobody left unheard."""

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.audit.queries import stored_entries
from hub.catalogue.ownership.merging import merge_organisations
from hub.core.database import session, session_scope, transaction
from hub.members.models import Member
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationStatus
from hub.organisations.people import speakers
from hub.organisations.queries import memberships_of
from hub.vetting.models import OrganisationMerge, OrganisationVerification
from hub.vetting.organisations.memberships import leave_organisation, remove_member
from hub.vetting.organisations.merging import propose_merge
from hub.vetting.organisations.registration import register_organisation
from hub.vetting.organisations.verification import (
    approve_verification,
    ask_verification,
    decline_verification,
)
from tests.factories import make_member, make_organisation
from tests.journeys.live import at_once
from tests.vetting.organisations.bodies import WORDS, said

pytestmark = pytest.mark.db

ROUNDS = 3


@pytest.fixture
def hub(live_on_both):
    return live_on_both


def stored(hub, make, *arguments):
    """Store something; return what the function says of it, such as ids that each thread loads by itself."""
    with session_scope(hub.engine):
        return make(*arguments)


def acting(hub, member_id, service, table=None, number=None, **named):
    """Prepare a call of a service as one person, in a session of its own."""

    def run():
        with session_scope(hub.engine) as opened, transaction():
            things = () if table is None else (opened.get(table, number),)
            service(opened.get(Member, member_id), *things, **named)
        return "done"

    return run


def outcomes(*acts):
    return sorted(each if isinstance(each, str) else type(each).__name__ for each in at_once(*acts))


def count_of(hub, what, *conditions):
    with session_scope(hub.engine):
        return session().scalar(select(func.count()).select_from(what).where(*conditions))


def test_who_registers_one_organisation_twice_at_once_registers_it_once(hub):
    member = stored(hub, lambda: make_member().id)
    for number in range(ROUNDS):
        acts = [acting(hub, member, register_organisation, details=said(name=f"Body {number}"))] * 2
        assert outcomes(*acts) == ["KnownOrganisationError", "done"]
        assert count_of(hub, Organisation, Organisation.name == f"Body {number}") == 1
    assert count_of(hub, AuditEntry, AuditEntry.tag == "organisation:register") == ROUNDS


def test_two_who_register_one_organisation_both_wait_for_the_desk_which_verifies_one(hub):
    people = [stored(hub, lambda: make_member().id) for _ in range(2)]
    deciders = [stored(hub, lambda: make_member(roles=[Role.COORDINATOR]).id) for _ in range(2)]
    for number in range(ROUNDS):
        name = f"Body {number}"
        acts = [acting(hub, each, register_organisation, details=said(name=name)) for each in people]
        # neither may see what the other registers, and neither keeps the other from it
        assert outcomes(*acts) == ["done", "done"]
        requests = stored(hub, ask_for_all, name)
        approvals = [
            acting(
                hub, decider, approve_verification, OrganisationVerification, request,
                evidence=WORDS, is_article_36_authority=False, version=1,
            )
            for decider, request in zip(deciders, requests, strict=True)
        ]  # fmt: skip
        assert outcomes(*approvals) == ["ConflictError", "done"]
        is_verified = Organisation.status == OrganisationStatus.VERIFIED
        assert count_of(hub, Organisation, Organisation.name == name, is_verified) == 1


def ask_for_all(name):
    with transaction():
        return [
            ask_verification(session().get(Member, min(speakers(each))), each, WORDS).id
            for each in session().scalars(select(Organisation).where(Organisation.name == name)).all()
        ]


def ask(name):
    organisation = make_organisation(name, status=OrganisationStatus.UNVERIFIED)
    member = make_member(represents=[organisation])
    with transaction():
        return ask_verification(member, organisation, WORDS).id


def test_of_two_deciders_one_decides(hub):
    deciders = [
        stored(hub, lambda: make_member(roles=[Role.COORDINATOR]).id),
        stored(hub, lambda: make_member(focal_country="GE").id),
    ]
    for number in range(ROUNDS):
        request = stored(hub, ask, f"Body {number}")
        acts = (
            acting(
                hub, deciders[0], approve_verification, OrganisationVerification, request,
                evidence=WORDS, is_article_36_authority=False, version=1,
            ),
            acting(hub, deciders[1], decline_verification, OrganisationVerification, request, words=WORDS),
        )  # fmt: skip
        assert outcomes(*acts) == ["ConflictError", "done"]
    decided = AuditEntry.tag.in_(["organisation:verify", "organisation:decline"])
    assert count_of(hub, AuditEntry, decided) == ROUNDS
    with session_scope(hub.engine):
        assert list(stored_entries())


def pair(name):
    organisation = make_organisation(name)
    return organisation.id, [make_member(represents=[organisation]).id for _ in range(2)]


def test_two_representatives_who_leave_at_once_leave_nothing_verified(hub):
    for number in range(ROUNDS):
        organisation, people = stored(hub, pair, f"Body {number}")
        acts = [acting(hub, each, leave_organisation, Organisation, organisation) for each in people]
        assert outcomes(*acts) == ["done", "done"]
        with session_scope(hub.engine) as opened:
            assert opened.get(Organisation, organisation).status is OrganisationStatus.LAPSED
    assert count_of(hub, AuditEntry, AuditEntry.tag == "organisation:lapse") == ROUNDS


def test_two_representatives_who_remove_one_another_leave_one(hub):
    def removing(actor, other):
        def run():
            with session_scope(hub.engine) as opened, transaction():
                remove_member(opened.get(Member, actor), memberships_of(other)[0])
            return "done"

        return run

    for number in range(ROUNDS):
        organisation, (one, other) = stored(hub, pair, f"Body {number}")
        found = outcomes(removing(one, other), removing(other, one))
        # the second finds no membership any more, or that it may not end it
        assert found in (["NotFoundError", "done"], ["IndexError", "done"])
        with session_scope(hub.engine) as opened:
            assert len(speakers(opened.get(Organisation, organisation))) == 1


def cross(name):
    one, other = make_organisation(f"{name} one"), make_organisation(f"{name} other")
    proposer = make_member(roles=[Role.COORDINATOR])
    with transaction():
        return [
            propose_merge(proposer, one, other, reason=WORDS).id,
            propose_merge(proposer, other, one, reason=WORDS).id,
        ]


def test_two_merges_that_cross_leave_one_organisation(hub):
    deciders = [stored(hub, lambda: make_member(roles=[Role.COORDINATOR]).id) for _ in range(2)]
    for number in range(ROUNDS):
        merges = stored(hub, cross, f"Body {number}")
        acts = [
            acting(hub, decider, merge_organisations, OrganisationMerge, merge)
            for decider, merge in zip(deciders, merges, strict=True)
        ]
        assert outcomes(*acts) == ["ConflictError", "done"]
        assert count_of(hub, MergedOrganisation) == number + 1
