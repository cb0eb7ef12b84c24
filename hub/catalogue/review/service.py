"""What coordinators do with submitted revisions: take, release, publish, propose to widen, request changes, decline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Audience, is_within
from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.caretakers import tell_caretakers
from hub.catalogue.curation.widening import basis_of, end_widening, waiting_widening
from hub.catalogue.documents import search_document
from hub.catalogue.evidence.level import store_level
from hub.catalogue.lifecycle import INNOVATIONS, REVISIONS
from hub.catalogue.models import (
    FieldComment,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    ProposedAction,
    ReviewDecision,
)
from hub.catalogue.models.checking import check_text
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.models.innovation import CONFIRMED_FOR
from hub.catalogue.permissions import can_decide, can_review_some, review_conflict
from hub.catalogue.queries import readers_snapshot, snapshot
from hub.catalogue.tasks.service import check_words
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.slugs import slugify
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role
from hub.search.service import queue_document
from hub.vocabularies import vocabulary

REASONS = {"request_changes": "change_reasons", "decline": "decline_reasons"}
"""The vocabulary of reasons for each decision that needs one."""

TOLD = {"request_changes": "changes_requested", "decline": "innovation_declined"}
"""What those who look after the record are told of each."""

RESERVED_SLUGS = frozenset(
    {"new", "mine", "compare", "how-search-works", "import", "export", "offers", "proposals", "members"}
)
"""Words that stand at a slug's place in the hub's own addresses."""


NOT_HELD = N_(
    "You do not hold this review: somebody else took it, it was withdrawn, or it is already decided."
)


@dataclass(frozen=True)
class Opinion:
    """Why a reviewer decides so.

    Args:
        reasons: codes of the list that belongs to the decision.
        words: the reviewer's own words, which the submitter reads exactly.
        comments: words at single fields, by the field's name.
    """

    reasons: tuple[str, ...] = ()
    words: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


def take_revision(actor: Member, revision: InnovationRevision) -> None:
    """Take a submitted revision for review, so that nobody else decides it meanwhile.

    A review whose holder is no longer a coordinator is given back first.

    Raises:
        NotFoundError: the actor does not review.
        ForbiddenError: the actor has a conflict of interest; the message says which.
        ConflictError: somebody else took it, or it was withdrawn.
    """
    viewer = _reviewer(actor, revision)
    now = clock.now()
    if revision.reviewer_id is not None and revision.reviewer_id not in members_with_role(
        Role.COORDINATOR, now
    ):
        _give_back(viewer, revision, "The reviewer is no longer a coordinator.")
    REVISIONS.move(revision, "take", reviewer_id=actor.id, taken_at=now)
    record(viewer, Event.INNOVATION_TAKE, revision.innovation.subject)


def release_revision(actor: Member, revision: InnovationRevision) -> None:
    """Give a taken revision back to the queue, also where a conflict of interest arose since it was taken.

    A proposal to widen by it that still waits ends with that.

    Raises:
        NotFoundError: the actor does not review.
        ConflictError: the actor does not hold it.
    """
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    if revision.reviewer_id != viewer.member_id:
        raise ConflictError(NOT_HELD)
    _give_back(viewer, revision)


def _give_back(viewer: Viewer, revision: InnovationRevision, reason: str = "") -> None:
    held = InnovationRevision.reviewer_id == revision.reviewer_id
    REVISIONS.move(revision, "release", held, reviewer_id=None, taken_at=None)
    record(viewer, Event.INNOVATION_RELEASE, revision.innovation.subject, reason=reason)
    end_widening(viewer, revision, "The revision was given back.")


def publish_revision(actor: Member, revision: InnovationRevision) -> None:
    """Approve a revision and show it to its audience, in place of the one approved before.

    Raises:
        NotFoundError: the actor does not review.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor did not take it, it was decided meanwhile, or it widens its record, which needs a
            second coordinator.
    """
    viewer = _decider(actor, revision)
    if revision.is_widening:
        raise ConflictError(
            N_(
                "This revision would show the record to more people than now, or let readers pass it on to more. "
                "Propose that to a second coordinator."
            )
        )
    show_revision(viewer, revision, reviewer_id=actor.id)
    if revision.innovation.import_source is None:  # imports are published by the hundred; their page says so
        tell_caretakers("innovation_published", revision.innovation, but=actor.id)


def propose_widening(actor: Member, revision: InnovationRevision, *, reason: str) -> InnovationProposal:
    """Approve a revision that widens its record, and propose to a second coordinator to publish it.

    Until that one decides, nobody else decides on the revision; its owner may withdraw it, and the actor may give it
    back or withdraw the proposal.

    Args:
        actor: the coordinator who holds the revision.
        revision: a revision that widens a published or archived record.
        reason: why more people should see it; the second coordinator reads it, and once it is done the owner.

    Raises:
        InvalidError: no reason; NotFoundError, ForbiddenError: as for publishing.
        ConflictError: the actor did not take it, it was decided meanwhile, or it widens nothing.
    """
    viewer = _decider(actor, revision)
    innovation = revision.innovation
    if not revision.is_widening:
        raise ConflictError(N_("This revision shows the record to nobody new. You can publish it alone."))
    reason = check_words(reason, "reason")
    proposal = InnovationProposal(
        innovation=innovation,
        revision=revision,
        action=ProposedAction.WIDEN,
        basis=basis_of(revision),
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    session().add(proposal)
    session().flush()
    record(
        viewer,
        Event.INNOVATION_PROPOSE,
        innovation.subject,
        reason=reason,
        before=readers_snapshot(innovation),
        after={"action": ProposedAction.WIDEN, **readers_snapshot(revision), "revision": revision.number},
    )
    return proposal


def show_revision(viewer: Viewer, revision: InnovationRevision, *, reviewer_id: int) -> None:
    """Do what publishing does; whoever calls this has asked who may and what must hold.

    Args:
        viewer: who decides: the reviewer, or the second coordinator where the revision widens its record.
        revision: the revision.
        reviewer_id: the coordinator who holds it.

    Raises:
        ConflictError: it was decided or given back meanwhile, or another record took its address just now.
    """
    innovation = revision.innovation
    was_shown, former = innovation.is_shown, innovation.labels
    before = snapshot(innovation.published_revision) if innovation.published_revision else None
    now = clock.now()
    held = InnovationRevision.reviewer_id == reviewer_id
    REVISIONS.move(revision, "publish", held, reviewer_id=None, taken_at=None, decided_at=now)
    innovation.set_readership(revision.readership)
    innovation.published_revision = revision
    session().flush()
    try:
        INNOVATIONS.move(
            innovation, "publish", published_at=innovation.published_at or now, slug=_public_slug(innovation)
        )
    except IntegrityError:
        raise ConflictError(N_("Another record took this address just now. Publish again.")) from None
    if innovation.audience is Audience.PUBLIC and innovation.made_public_at is None:
        innovation.made_public_at = now
    innovation.archived_at = innovation.archived_words = None
    if not innovation.is_compiled:
        # what the owner's side submitted today needs no further confirmation for a year
        innovation.confirmed_at, innovation.review_due_at = now, now + CONFIRMED_FOR
    session().add(
        ReviewDecision(
            revision_id=revision.id,
            action="publish",
            reasons=[],
            decided_by_id=viewer.member_id,
            decided_at=now,
        )
    )
    session().flush()
    record(viewer, Event.INNOVATION_PUBLISH, innovation.subject, before=before, after=snapshot(revision))
    store_level(innovation)
    narrows = was_shown and not is_within(former, innovation.labels)
    queue_document(search_document(innovation), narrows=narrows)


def request_changes(actor: Member, revision: InnovationRevision, opinion: Opinion) -> None:
    """Send a revision back to its author with reasons and words.

    Raises:
        InvalidError: no reason or no words; NotFoundError, ForbiddenError, ConflictError: as for publishing.
    """
    _return(actor, revision, "request_changes", Event.INNOVATION_REQUEST_CHANGES, opinion)


def decline_revision(actor: Member, revision: InnovationRevision, opinion: Opinion) -> None:
    """Refuse a revision with reasons and words; what was approved before stays as it is.

    Raises:
        InvalidError: no reason or no words; NotFoundError, ForbiddenError, ConflictError: as for publishing.
    """
    _return(actor, revision, "decline", Event.INNOVATION_DECLINE, opinion)


def _reviewer(actor: Member, revision: InnovationRevision) -> Viewer:
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    conflict = review_conflict(viewer, revision)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    if revision.innovation.status is InnovationStatus.TAKEN_DOWN:
        raise ConflictError(N_("This record was taken down. Nothing is decided about it any more."))
    return viewer


def _decider(actor: Member, revision: InnovationRevision) -> Viewer:
    viewer = _reviewer(actor, revision)
    is_proposed = waiting_widening(revision) is not None
    if not can_decide(viewer, revision):
        raise ConflictError(NOT_HELD)
    if is_proposed:
        raise ConflictError(N_("This waits for a second coordinator. Withdraw your proposal first."))
    return viewer


def _return(actor: Member, revision: InnovationRevision, action: str, event: Event, opinion: Opinion) -> None:
    viewer = _decider(actor, revision)
    for fault in faults_of(action, opinion):
        raise fault
    before = snapshot(revision)
    now = clock.now()
    held = InnovationRevision.reviewer_id == actor.id
    REVISIONS.move(revision, action, held, reviewer_id=None, taken_at=None, decided_at=now)
    session().add(
        ReviewDecision(
            revision_id=revision.id,
            action=action,
            reasons=list(opinion.reasons),
            words=opinion.words,
            decided_by_id=actor.id,
            decided_at=now,
            comments=[FieldComment(field=name, words=words) for name, words in opinion.comments.items()],
        )
    )
    session().flush()
    record(
        viewer,
        event,
        revision.innovation.subject,
        reason=opinion.words,
        before=before,
        after=snapshot(revision),
    )
    tell_caretakers(TOLD[action], revision.innovation, but=actor.id)


def faults_of(action: str, opinion: Opinion) -> Iterator[InvalidError]:
    """Yield what keeps an opinion from standing behind the decision `action`, each with its field."""
    if not opinion.reasons or not set(opinion.reasons) <= vocabulary(REASONS[action]).codes:
        yield InvalidError(N_("Choose at least one reason that fits this decision."), field="reasons")
    if not opinion.words.strip():
        yield InvalidError(N_("Say in your own words what the submitter should know."), field="words")
    for name, words in (("words", opinion.words), *opinion.comments.items()):
        try:
            check_text(name, words, PARAGRAPH_LENGTH)
        except InvalidError as error:
            yield error


def _public_slug(innovation: Innovation) -> str:
    """Return the readable address of a record that becomes public; any other keeps the one it has.

    SQLite lets nobody else write meanwhile; on PostgreSQL a rival's commit of the same slug fails on the unique
    constraint, which is a conflict.
    """
    if innovation.audience is not Audience.PUBLIC or innovation.made_public_at is not None:
        return innovation.slug
    revision = innovation.published_revision
    base = slugify(revision.source_text.name if revision else "") or innovation.public_id
    taken = set(
        session().scalars(
            select(Innovation.slug).where(
                Innovation.slug.startswith(base, autoescape=True), Innovation.id != innovation.id
            )
        )
    )
    taken |= RESERVED_SLUGS
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)
