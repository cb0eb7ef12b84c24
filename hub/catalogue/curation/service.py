"""Archiving, problem reports, and proposals that a second coordinator decides."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import VISITOR, Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.caretakers import tell_caretakers
from hub.catalogue.curation.lifecycle import PROBLEMS, PROPOSALS
from hub.catalogue.curation.permissions import (
    can_archive,
    can_end_feature,
    can_propose,
    can_withdraw_proposal,
    is_possible,
)
from hub.catalogue.curation.widening import check_widening
from hub.catalogue.documents import search_document
from hub.catalogue.lifecycle import INNOVATIONS
from hub.catalogue.models import (
    Innovation,
    InnovationProposal,
    OfferStatus,
    OwnershipOffer,
    ProblemReport,
    ProposedAction,
)
from hub.catalogue.models.checking import check_code, check_text
from hub.catalogue.models.curation import DISCLOSURE_LENGTH
from hub.catalogue.ownership.lifecycle import OFFERS
from hub.catalogue.permissions import can_view
from hub.catalogue.queries import readers_snapshot
from hub.catalogue.review.service import show_revision
from hub.catalogue.tasks.service import check_words, decider
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role
from hub.notifications.service import notify
from hub.search.service import queue_document, queue_removal


def archive_innovation(actor: Member, innovation: Innovation, *, words: str) -> None:
    """Mark a published record as kept for what it teaches; its readers stay the same.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        InvalidError: no words on why.
        ConflictError: it is not published.
    """
    viewer = _owner(actor, innovation)
    words = check_words(words)
    INNOVATIONS.move(
        innovation,
        "archive",
        archived_at=clock.now(),
        archived_words=words,
        featured_at=None,
        featured_disclosure=None,
    )
    record(viewer, Event.INNOVATION_ARCHIVE, innovation.subject, reason=words)
    queue_document(search_document(innovation), narrows=False)


def restore_innovation(actor: Member, innovation: Innovation) -> None:
    """Publish an archived record again as it was.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        ConflictError: it is not archived.
    """
    viewer = _owner(actor, innovation)
    INNOVATIONS.move(innovation, "restore", archived_at=None, archived_words=None)
    record(viewer, Event.INNOVATION_RESTORE, innovation.subject)
    queue_document(search_document(innovation), narrows=False)


def report_problem(
    actor: Member | None, innovation: Innovation, *, kind: str, words: str, language: str
) -> ProblemReport:
    """Tell the coordinators what is wrong with a record; anybody who reads it may.

    Args:
        actor: who reports, or None for a visitor.
        innovation: the record.
        kind: code of the problem kinds.
        words: what is wrong.
        language: BCP 47 code of the words.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        InvalidError: no such kind, or no words.
    """
    viewer = viewer_of(actor)
    if not can_view(viewer, innovation):
        raise NotFoundError
    check_code("kind", kind, "problem_kinds")
    report = ProblemReport(
        innovation=innovation,
        kind=kind,
        words=check_words(words),
        language=language,
        reported_by_id=viewer.member_id,
        reported_at=clock.now(),
    )
    session().add(report)
    session().flush()
    # the log says that a problem was reported, not who among the readers did
    record(VISITOR, Event.INNOVATION_REPORT_PROBLEM, innovation.subject, after={"kind": kind})
    return report


def answer_problem(actor: Member, report: ProblemReport, *, words: str) -> None:
    """Answer a problem report; a reporter who signed in reads the answer on the record's page.

    Raises:
        NotFoundError: the actor decides nothing.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it.
        InvalidError: no words.
    """
    viewer = decider(actor, report)
    words = check_words(words)
    PROBLEMS.move(
        report,
        "answer",
        ProblemReport.taken_by_id == actor.id,
        taken_by_id=None,
        taken_at=None,
        answer=words,
        decided_by_id=actor.id,
        decided_at=clock.now(),
    )
    record(viewer, Event.INNOVATION_ANSWER_PROBLEM, report.innovation.subject, reason=words)
    if report.reported_by_id is not None:
        innovation = report.innovation
        notify({report.reported_by_id}, "problem_answered", innovation.subject, tlp=innovation.present_tlp)


def propose(
    actor: Member, innovation: Innovation, action: ProposedAction, *, reason: str, disclosure: str = ""
) -> InnovationProposal:
    """Propose to a second coordinator to take a record down or to feature it.

    Args:
        actor: a coordinator free of conflict.
        innovation: a published or archived record that the actor reads.
        action: what is proposed.
        reason: why; the second coordinator reads it.
        disclosure: to feature, who sponsors it or that nobody does; everybody reads it.

    Raises:
        NotFoundError: the record is not the actor's to see.
        ForbiddenError: the actor may not propose this.
        InvalidError: no reason, or no disclosure where one is needed.
        ConflictError: it is proposed already, or done.
    """
    viewer = viewer_of(actor)
    if not can_view(viewer, innovation):
        raise NotFoundError
    if not is_possible(innovation, action):
        raise ConflictError(N_("The state of this record does not allow this."))
    if not can_propose(viewer, innovation, action):
        raise ForbiddenError(N_("Only a coordinator free of conflict can propose this for this record."))
    reason = check_words(reason, "reason")
    disclosure = disclosure.strip()
    check_text("disclosure", disclosure, DISCLOSURE_LENGTH)
    if action is ProposedAction.FEATURE and not disclosure:
        raise InvalidError(
            N_("Say who sponsors it, or that nobody does. Everybody reads this."), field="disclosure"
        )
    proposal = InnovationProposal(
        innovation=innovation,
        action=action,
        reason=reason,
        disclosure=disclosure,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    session().add(proposal)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("This is proposed already and waits for a second coordinator.")) from None
    record(
        viewer, Event.INNOVATION_PROPOSE, innovation.subject, reason=reason, after={"action": action.value}
    )
    return proposal


def approve_proposal(actor: Member, proposal: InnovationProposal) -> None:
    """Do what another coordinator proposed; a revision that widens its record is published.

    Raises:
        NotFoundError: the actor decides nothing.
        ForbiddenError: the actor proposed it, or has another conflict of interest.
        ConflictError: the actor does not hold it, the record's state does not allow it any more, or what was proposed
            changed meanwhile.
    """
    viewer = decider(actor, proposal)
    innovation = proposal.innovation
    if proposal.action is ProposedAction.WIDEN:
        _widen(viewer, proposal)
        return
    if not is_possible(innovation, proposal.action):
        raise ConflictError(N_("The state of this record does not allow this."))
    if proposal.proposed_by_id not in members_with_role(Role.COORDINATOR, clock.now()):
        raise ConflictError(
            N_("Who proposed this is no longer a coordinator. Decline it, and propose it anew.")
        )
    _decide(viewer, proposal, "approve", "")
    if proposal.action is ProposedAction.TAKE_DOWN:
        INNOVATIONS.move(innovation, "take_down", featured_at=None, featured_disclosure=None)
        record(viewer, Event.INNOVATION_TAKE_DOWN, innovation.subject, reason=proposal.reason)
        _end_offers(innovation)
        queue_removal(innovation.public_id)
        return
    innovation.featured_at, innovation.featured_disclosure = clock.now(), proposal.disclosure
    session().flush()
    record(viewer, Event.INNOVATION_FEATURE, innovation.subject, reason=proposal.reason)


def decline_proposal(actor: Member, proposal: InnovationProposal, *, words: str) -> None:
    """Say no to a proposal, with a reason.

    Raises:
        InvalidError: no reason; the others as for approving.
    """
    viewer = decider(actor, proposal)
    words = check_words(words)
    _decide(viewer, proposal, "decline", words)
    record(viewer, Event.INNOVATION_DECLINE_PROPOSAL, proposal.innovation.subject, reason=words)


def withdraw_proposal(actor: Member, proposal: InnovationProposal) -> None:
    """Take one's own proposal back.

    Raises:
        NotFoundError: it is somebody else's.
        ConflictError: it is decided.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_proposal(viewer, proposal):
        raise NotFoundError
    PROPOSALS.move(proposal, "withdraw", decided_at=clock.now(), taken_by_id=None, taken_at=None)
    record(viewer, Event.INNOVATION_WITHDRAW_PROPOSAL, proposal.innovation.subject)


def end_feature(actor: Member, innovation: Innovation) -> None:
    """Feature a record no longer.

    Raises:
        NotFoundError: the record is not the actor's to see, or the actor curates nothing.
        ConflictError: it is not featured.
    """
    viewer = viewer_of(actor)
    if not can_end_feature(viewer, innovation):
        raise NotFoundError
    if innovation.featured_at is None:
        raise ConflictError
    innovation.featured_at = innovation.featured_disclosure = None
    session().flush()
    record(viewer, Event.INNOVATION_END_FEATURE, innovation.subject)


def _widen(viewer: Viewer, proposal: InnovationProposal) -> None:
    """Publish the revision that the proposal names, for more people than before."""
    innovation, revision = proposal.innovation, check_widening(proposal)
    before = readers_snapshot(innovation)
    _decide(viewer, proposal, "approve", "")
    show_revision(viewer, revision, reviewer_id=proposal.proposed_by_id)
    record(
        viewer,
        Event.INNOVATION_WIDEN,
        innovation.subject,
        reason=proposal.reason,
        before=before,
        after=readers_snapshot(innovation),
    )
    tell_caretakers("innovation_published", innovation, but=viewer.member_id)


def _end_offers(innovation: Innovation) -> None:
    """Withdraw what offers the record to somebody who has not answered yet."""
    waiting = session().scalars(
        select(OwnershipOffer).where(
            OwnershipOffer.innovation_id == innovation.id, OwnershipOffer.status == OfferStatus.OFFERED
        )
    )
    for offer in waiting.all():
        OFFERS.move(offer, "withdraw", answered_at=clock.now())


def _owner(actor: Member, innovation: Innovation) -> Viewer:
    viewer = viewer_of(actor)
    if not can_archive(viewer, innovation):
        raise NotFoundError
    return viewer


def _decide(viewer: Viewer, proposal: InnovationProposal, action: str, words: str) -> None:
    PROPOSALS.move(
        proposal,
        action,
        InnovationProposal.taken_by_id == viewer.member_id,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
    )
