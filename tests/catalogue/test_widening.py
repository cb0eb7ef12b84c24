"""Showing a published record to more people: proposed by its reviewer, agreed to by a second coordinator."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.audit.queries import history_of
from hub.catalogue.curation.queries import open_proposals, proposed_revisions
from hub.catalogue.curation.service import (
    approve_proposal,
    archive_innovation,
    decline_proposal,
    propose,
    withdraw_proposal,
)
from hub.catalogue.curation.widening import waiting_widening
from hub.catalogue.documents import search_documents
from hub.catalogue.models import (
    InnovationProposal,
    InnovationStatus,
    OrganisationDetails,
    ProposedAction,
    RevisionStatus,
)
from hub.catalogue.ownership.service import accept_offer
from hub.catalogue.permissions import can_view
from hub.catalogue.review.queries import review_queue
from hub.catalogue.review.service import (
    propose_widening,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import revise_innovation, withdraw_revision
from hub.catalogue.tasks.queries import task_queue
from hub.catalogue.tasks.service import take_task
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.integrity.permissions import Conflict
from hub.members.models import RoleGrant
from hub.organisations.models import MembershipRole
from hub.organisations.service import add_membership
from hub.search.documents import Document
from hub.search.models import SearchJournal
from tests.catalogue import afterwards, widenings
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    OPINION,
    POLICE,
    named_organisations,
    taken,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

OPEN_TO_MEMBERS = Readership(Audience.MEMBERS, Tlp.CLEAR)

STEPS = [
    (MEMBERS, EVERYBODY), (MEMBERS, OPEN_TO_MEMBERS), (POLICE, MEMBERS), (GEORGIAN_POLICE, POLICE),
    (GEORGIAN_POLICE, Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"ID"}))),
]  # fmt: skip
"""From and to: more people, a lower label, both, more countries, others."""


@pytest.fixture
def cast(database):
    return make_cast()


def events_of(innovation):
    return [each.event.removeprefix("innovation:") for each in history_of(innovation.subject)]


def last_row():
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number.desc())).first()


def end_role(member):
    session().query(RoleGrant).filter_by(member_id=member.id).update({"ended_at": now()})
    session().commit()


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_nobody_publishes_it_alone_and_two_do(cast, before, after):
    innovation = record_of(cast, readership=before)
    revision = widenings.taken_of(cast, innovation, to=after)
    assert (innovation.readership, revision.readership) == (before, after)
    with pytest.raises(ConflictError) as caught:
        did(publish_revision, cast["compiler"], revision)
    assert "Propose that to a second coordinator." in str(caught.value)
    proposal = did(propose_widening, cast["compiler"], revision, reason=widenings.REASON)
    assert innovation.readership == before
    did(approve_proposal, cast["holder"], take(cast, proposal))
    assert innovation.readership == after
    assert innovation.published_revision is revision
    assert (revision.status, revision.reviewer_id) == (RevisionStatus.APPROVED, None)


def test_publishing_is_whole_with_address_index_and_log(cast):
    innovation = record_of(cast, readership=MEMBERS)
    proposal = widenings.taken_widening(cast, innovation, description="By now in a public report.")
    assert innovation.slug == innovation.public_id
    assert Document.from_json(last_row().document).labels == {"member"}
    did(approve_proposal, cast["holder"], proposal)
    assert innovation.slug == "ledger-of-gifts"
    assert innovation.made_public_at is not None
    document = Document.from_json(last_row().document)
    assert (document.labels, last_row().narrows) == ({"public"}, False)
    assert document.text_of("description") == "By now in a public report."
    assert [each.digest for each in search_documents()] == [document.digest]
    assert can_view(cast.viewer("visitor"), innovation)
    assert events_of(innovation)[-4:] == ["propose", "task:take", "publish", "widen"]
    widened = history_of(innovation.subject)[-1]
    assert (widened.actor, widened.reason) == (cast["holder"].public_id, widenings.REASON)
    assert [each.decided_by_id for each in proposal.revision.decisions] == [cast["holder"].id]
    assert (proposal.proposed_by_id, proposal.decided_by_id) == (cast["compiler"].id, cast["holder"].id)


def test_an_archived_record_is_widened_by_two_as_well(cast):
    innovation = afterwards.archived_record(cast, readership=MEMBERS)
    widenings.approved_widening(cast, innovation)
    assert innovation.status is InnovationStatus.PUBLISHED
    assert innovation.readership == EVERYBODY


def test_what_was_never_shown_is_not_widened(cast):
    revision = taken(cast.scene)
    assert not revision.is_widening
    with pytest.raises(ConflictError) as caught:
        did(propose_widening, cast.scene.coordinator, revision, reason="Everybody may.")
    assert "You can publish it alone." in str(caught.value)


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001])
def test_a_reason_is_needed(cast, reason):
    revision = widenings.taken_of(cast)
    with pytest.raises(InvalidError) as caught:
        did(propose_widening, cast["compiler"], revision, reason=reason)
    assert caught.value.field == "reason"
    assert waiting_widening(revision) is None


def test_it_is_proposed_for_a_revision_only(cast):
    with pytest.raises(ConflictError):
        did(propose, cast["free"], record_of(cast), ProposedAction.WIDEN, reason="It is time.")


def test_declined_it_is_again_in_the_hands_of_its_reviewer(cast):
    proposal = widenings.declined_widening(cast)
    revision, innovation = proposal.revision, proposal.innovation
    assert innovation.readership == MEMBERS
    assert (revision.status, revision.reviewer_id) == (RevisionStatus.IN_REVIEW, cast["compiler"].id)
    again = did(propose_widening, cast["compiler"], revision, reason="The thresholds are gone now.")
    did(withdraw_proposal, cast["compiler"], again)
    did(request_changes, cast["compiler"], revision, OPINION["request_changes"])
    assert revision.status is RevisionStatus.CHANGES_REQUESTED


@pytest.mark.parametrize("by", ["partner", "registrar"])
def test_its_owner_withdraws_it_and_the_proposal_ends(cast, by):
    proposal = widenings.taken_widening(cast)
    did(withdraw_revision, cast[by], proposal.revision)
    assert (proposal.status, proposal.taken_by_id, proposal.decided_by_id) == ("withdrawn", None, None)
    assert events_of(proposal.innovation)[-2:] == ["withdraw", "withdraw_proposal"]
    with pytest.raises(ConflictError):
        did(approve_proposal, cast["holder"], proposal)
    assert not can_view(cast.viewer("visitor"), proposal.innovation)


def test_its_reviewer_gives_it_back_and_the_proposal_ends(cast):
    proposal = widenings.taken_widening(cast)
    did(release_revision, cast["compiler"], proposal.revision)
    assert proposal.status == "withdrawn"
    did(take_revision, cast["holder"], proposal.revision)
    did(propose_widening, cast["holder"], proposal.revision, reason="I looked as well.")


def test_taking_over_from_a_former_coordinator_ends_the_proposal(cast):
    proposal = widenings.widening_of(cast)
    end_role(cast["compiler"])
    did(take_revision, cast["free"], proposal.revision)
    assert proposal.status == "withdrawn"
    assert proposal.revision.reviewer_id == cast["free"].id


def archived(cast, innovation):
    did(archive_innovation, cast["partner"], innovation, words="It ended.")


def handed_over(cast, innovation):
    did(accept_offer, cast["adopter"], afterwards.offer_of(cast, innovation))


def changed_past_the_services(_cast, innovation):
    innovation.revisions[-1].kind = "data"
    session().commit()


def narrowed_past_the_services(_cast, innovation):
    innovation.set_readership(POLICE)
    session().commit()


@pytest.mark.parametrize(
    "change", [archived, handed_over, changed_past_the_services, narrowed_past_the_services]
)
def test_what_changed_meanwhile_is_not_approved(cast, change):
    innovation = record_of(cast, readership=MEMBERS)
    proposal = widenings.taken_widening(cast, innovation)
    change(cast, innovation)
    readership = innovation.readership
    with pytest.raises(ConflictError) as caught:
        did(approve_proposal, cast["holder"], proposal)
    assert "changed since this was proposed" in str(caught.value)
    assert innovation.readership == readership
    assert proposal.status == "proposed"
    did(decline_proposal, cast["holder"], proposal, words="It changed.")


def lose_the_role(cast):
    end_role(cast["compiler"])


def join_the_owner(cast):
    did(add_membership, cast.owner, cast["compiler"], MembershipRole.MEMBER)


@pytest.mark.parametrize("change", [lose_the_role, join_the_owner])
def test_both_are_coordinators_free_of_conflict_at_the_end(cast, change):
    proposal = widenings.taken_widening(cast)
    change(cast)
    with pytest.raises(ConflictError) as caught:
        did(approve_proposal, cast["holder"], proposal)
    assert "Who proposed this may not decide it any more" in str(caught.value)
    assert proposal.innovation.readership == MEMBERS


def test_who_takes_part_in_the_revision_alone_has_a_conflict_too(cast):
    partner_of_it = make_organisation("Partner of the ledger")
    concerned = make_member(roles=[Role.COORDINATOR], belongs_to=[partner_of_it])
    taking_part = (OrganisationDetails("funder", "Partner of the ledger"),)
    proposal = widenings.widening_of(cast, organisations=taking_part)
    with pytest.raises(ForbiddenError):
        did(take_task, concerned, proposal)


def test_a_restricted_proposal_has_no_title_until_it_is_taken(cast):
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    proposal = widenings.widening_of(cast, innovation, to=EVERYBODY)
    (item,) = task_queue(cast.viewer("free"))
    assert (item.task, item.name, item.language, item.tlp) == (None, None, None, "AMBER")
    assert not can_view(cast.viewer("free"), innovation)
    assert open_proposals(innovation, cast.viewer("partner")) == []
    take(cast, proposal, by="free")
    assert can_view(cast.viewer("free"), innovation)
    did(decline_proposal, cast["free"], proposal, words="It would warn them.")
    assert not can_view(cast.viewer("free"), innovation)


def test_both_queues_say_that_it_waits(cast):
    proposal = widenings.widening_of(cast)
    assert proposed_revisions() == {proposal.revision_id}
    assert [item.is_proposed for item in review_queue(cast.viewer("compiler"))] == [True]
    (item,) = task_queue(cast.viewer("compiler"))
    assert item.conflict is Conflict.OWN_PROPOSAL
    did(approve_proposal, cast["holder"], take(cast, proposal))
    assert proposed_revisions() == frozenset()


def test_a_choice_of_fewer_and_others_takes_from_the_fewer_at_once(cast):
    first, second, third = (make_organisation() for _ in range(3))
    innovation = record_of(cast, readership=named_organisations(first, second))
    revision = widenings.draft_of(cast, innovation, to=named_organisations(second, third))
    assert innovation.readership == named_organisations(second)
    assert revision.readership == named_organisations(second, third)
    assert last_row().narrows
    assert events_of(innovation)[-1] == "narrow"


def test_a_new_revision_begins_with_the_readers_of_the_record(cast):
    revision = widenings.withdrawn_of(cast)
    innovation = revision.innovation
    assert did(revise_innovation, cast["registrar"], innovation).readership == MEMBERS


@pytest.mark.parametrize(
    "change",
    [
        "action = 'feature', disclosure = 'Nobody.'",
        "revision_id = NULL",
        "basis = NULL",
        "status = 'approved', decided_by_id = proposed_by_id",
        "status = 'approved', decided_by_id = NULL",
    ],
)
def test_the_database_keeps_widening_to_a_revision_and_two_people(cast, change):
    widenings.widening_of(cast)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(f"UPDATE innovation_proposals SET {change}"))


def test_other_proposals_name_no_revision(cast):
    revision = record_of(cast).published_revision
    afterwards.proposal_of(cast)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(f"UPDATE innovation_proposals SET revision_id = {revision.id}"))
    assert session().scalars(select(InnovationProposal.basis)).all() == [None]
