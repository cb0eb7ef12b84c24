"""Adding evidence and deciding on it; every decision computes the level anew."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.caretakers import tell_caretakers
from hub.catalogue.documents import search_document
from hub.catalogue.evidence.level import store_level
from hub.catalogue.evidence.lifecycle import EVIDENCE
from hub.catalogue.evidence.permissions import (
    can_add_evidence,
    can_reopen_evidence,
    can_view_evidence,
    can_withdraw_evidence,
)
from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, Replication, ReplicationStatus
from hub.catalogue.models.checking import check_address, check_code, check_country, check_text
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.models.evidence import AUTHOR_LENGTH, EVIDENCE_TITLE_LENGTH
from hub.catalogue.models.revision import FIRST_YEAR
from hub.catalogue.permissions import can_view
from hub.catalogue.replications.lifecycle import REPLICATIONS
from hub.catalogue.replications.permissions import can_view_replication
from hub.catalogue.tasks.service import check_words, decider
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import StoredFile
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.search.service import queue_document

MAX_WAITING = 20
"""The most pieces of one member's evidence that wait for a decision on one record."""

LENGTHS = {"title": EVIDENCE_TITLE_LENGTH, "author": AUTHOR_LENGTH, "finding": PARAGRAPH_LENGTH}
"""The most characters of each text."""


@dataclass(frozen=True, kw_only=True)
class EvidenceDetails:
    """What somebody says about a piece of evidence.

    Args:
        type: code of the evidence types.
        title: what it is called.
        finding: what it found, in the adder's words.
        year: the year it tells of.
        is_independent: whether its author is independent of the owner.
        language: BCP 47 code of title and finding.
        url: where it can be read, or None where a file is given.
        author: who made it.
        country: ISO code of the country it is about, or None.
        replication_id: the replication it is about, or None for the innovation itself.
    """

    type: str
    title: str
    finding: str
    year: int
    is_independent: bool
    language: str
    url: str | None = None
    author: str = ""
    country: str | None = None
    replication_id: int | None = None


def add_evidence(
    actor: Member, innovation: Innovation, details: EvidenceDetails, *, file: StoredFile | None = None
) -> Evidence:
    """Add evidence, which waits for a coordinator.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        ForbiddenError: the actor may not add to it.
        InvalidError: something said cannot be accepted.
        ConflictError: too much of what the actor added waits for a decision.
    """
    viewer = viewer_of(actor)
    if not can_view(viewer, innovation):
        raise NotFoundError
    if not can_add_evidence(viewer, innovation):
        raise ForbiddenError(N_("Evidence can be added once the record is published."))
    _check(viewer, details, innovation, has_file=file is not None)
    waiting = [each for each in innovation.evidence if each.added_by_id == actor.id and each.is_waiting]
    if len(waiting) >= MAX_WAITING:
        raise ConflictError(N_("Wait until a coordinator has decided on what you added before."))
    evidence = Evidence(
        innovation=innovation,
        file=file,
        added_by_id=actor.id,
        added_at=clock.now(),
        **vars(details),
    )
    session().add(evidence)
    session().flush()
    record(viewer, Event.EVIDENCE_ADD, evidence.subject, after=evidence_snapshot(evidence))
    return evidence


def withdraw_evidence(actor: Member, evidence: Evidence) -> None:
    """Take evidence back before it is decided.

    Raises:
        NotFoundError: it is not the actor's.
        ConflictError: it is decided.
    """
    viewer = viewer_of(actor)
    if not (can_view_evidence(viewer, evidence) and can_withdraw_evidence(viewer, evidence)):
        raise NotFoundError
    EVIDENCE.move(evidence, "withdraw", taken_by_id=None, taken_at=None)
    record(viewer, Event.EVIDENCE_WITHDRAW, evidence.subject)


def accept_evidence(actor: Member, evidence: Evidence, *, words: str = "") -> None:
    """Accept evidence; the level rises where the rules say so.

    Raises:
        NotFoundError: the actor decides nothing.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it.
        InvalidError: the words are too long.
    """
    viewer = decider(actor, evidence)
    words = words.strip()
    check_text("words", words, PARAGRAPH_LENGTH)
    _decide(viewer, evidence, "accept", Event.EVIDENCE_ACCEPT, words)


def reject_evidence(actor: Member, evidence: Evidence, *, words: str) -> None:
    """Reject evidence with a reason that who added it reads.

    Raises:
        InvalidError: no reason; the others as for accepting.
    """
    viewer = decider(actor, evidence)
    _decide(viewer, evidence, "reject", Event.EVIDENCE_REJECT, check_words(words))


def reopen_evidence(actor: Member, evidence: Evidence, *, words: str) -> None:
    """Have decided evidence decided again; until then it counts for nothing.

    Raises:
        NotFoundError: the evidence is not the actor's to decide.
        InvalidError: no reason.
        ConflictError: it waits already.
    """
    viewer = viewer_of(actor)
    if not can_reopen_evidence(viewer, evidence):
        raise NotFoundError
    words = check_words(words)
    EVIDENCE.move(
        evidence,
        "reopen",
        decided_by_id=None,
        decided_at=None,
        decision_words="",
        taken_by_id=None,
        taken_at=None,
    )
    record(viewer, Event.EVIDENCE_REOPEN, evidence.subject, reason=words)
    _refresh_replication(viewer, evidence)
    refresh_level(evidence.innovation)


def refresh_level(innovation: Innovation) -> None:
    """Compute the level anew, keep it where lists and search find it, and tell the index where it changed.

    On PostgreSQL two decisions on one record may meet: the second waits here and counts what the first decided.
    """
    session().flush()
    session().execute(select(Innovation.id).where(Innovation.id == innovation.id).with_for_update())
    session().expire(innovation, ["evidence", "replications"])
    for kind in (Evidence, Replication):
        same = select(kind).where(kind.innovation_id == innovation.id)
        session().scalars(same, execution_options={"populate_existing": True}).all()
    if store_level(innovation) and innovation.is_shown:
        queue_document(search_document(innovation), narrows=False)


def refresh_support(viewer: Viewer, replication: Replication) -> None:
    """Move a confirmed replication on where it has accepted evidence, and back where it has none any more.

    Args:
        viewer: whose act led to this, for the audit log.
        replication: a replication that was confirmed, or whose evidence was decided.
    """
    innovation = replication.innovation
    session().expire(innovation, ["evidence"])
    has_accepted = any(
        each.status is EvidenceStatus.ACCEPTED
        for each in innovation.evidence
        if each.replication_id == replication.id
    )
    if has_accepted and REPLICATIONS.row("support", replication.status):
        REPLICATIONS.move(replication, "support")
        record(viewer, Event.REPLICATION_SUPPORT, replication.subject)
    elif not has_accepted and REPLICATIONS.row("unsupport", replication.status):
        REPLICATIONS.move(
            replication, "unsupport", verified_by_id=None, verified_at=None, taken_by_id=None, taken_at=None
        )
        record(viewer, Event.REPLICATION_UNSUPPORT, replication.subject)


def evidence_snapshot(evidence: Evidence) -> dict[str, object]:
    """Return all that a piece of evidence says, for the audit log."""
    names = [column.name for column in Evidence.__table__.columns if not column.name.endswith("_at")]
    values = {name: getattr(evidence, name) for name in names}
    return {
        **{name: value if isinstance(value, int | None) else str(value) for name, value in values.items()},
        "file": evidence.file.sha256 if evidence.file else None,
    }


def _decide(viewer: Viewer, evidence: Evidence, action: str, event: Event, words: str) -> None:
    before = evidence_snapshot(evidence)
    EVIDENCE.move(
        evidence,
        action,
        Evidence.taken_by_id == viewer.member_id,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
    )
    record(viewer, event, evidence.subject, reason=words, before=before, after=evidence_snapshot(evidence))
    _refresh_replication(viewer, evidence)
    refresh_level(evidence.innovation)
    tell_caretakers(
        "evidence_decided", evidence.innovation, but=viewer.member_id, also=(evidence.added_by_id,)
    )


def _refresh_replication(viewer: Viewer, evidence: Evidence) -> None:
    if evidence.replication is not None:
        refresh_support(viewer, evidence.replication)


def _check(viewer: Viewer, details: EvidenceDetails, innovation: Innovation, *, has_file: bool) -> None:
    check_code("type", details.type, "evidence_types")
    for name, limit in LENGTHS.items():
        check_text(name, getattr(details, name), limit)
    for name, question in (
        ("title", N_("Enter a title.")),
        ("finding", N_("Say in a sentence or two what it found.")),
    ):
        if not getattr(details, name).strip():
            raise InvalidError(question, field=name)
    if details.url:
        check_address("url", details.url)
    elif not has_file:
        raise InvalidError(N_("Enter a web address or choose a file."), field="url")
    if details.country is not None:
        check_country("country", details.country)
    _check_year(details.year)
    if details.type == "independent_evaluation" and not details.is_independent:
        raise InvalidError(
            N_("An evaluation by the owner is no independent one. Choose another type."), field="type"
        )
    if details.replication_id is not None and details.replication_id not in {
        each.id
        for each in innovation.replications
        if each.status is not ReplicationStatus.WITHDRAWN and can_view_replication(viewer, each)
    }:
        raise InvalidError(N_("Choose from the list."), field="replication_id")


def _check_year(year: int) -> None:
    last = clock.now().year
    if not FIRST_YEAR <= year <= last:
        raise InvalidError(
            N_("Enter a year from %(first)s to %(last)s, such as 2019."),
            field="year",
            first=FIRST_YEAR,
            last=last,
        )
