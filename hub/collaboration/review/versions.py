"""What coordinators decide about new requirements of an open call: they come into force, or the old ones stay."""

from dataclasses import dataclass

from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.lifecycle import VERSIONS
from hub.collaboration.models import Requirement, RequirementsVersion
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import bring_into_force
from hub.collaboration.review.items import request_of
from hub.collaboration.review.taking import check_words, decider, named
from hub.collaboration.telling import tell_requester
from hub.core import clock
from hub.core.errors import InvalidError
from hub.members.models import Member


def approve_version(actor: Member, version: RequirementsVersion) -> None:
    """Let new requirements take the place of the old ones; whoever responded or drafts a response is told.

    Raises:
        NotFoundError: the actor decides nothing here, or may not hear of it.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor did not take it, or it was decided or withdrawn meanwhile.
    """
    viewer = decider(actor, version)
    request = request_of(version)
    bring_into_force(
        viewer,
        request,
        version,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
    )
    tell_requester("requirements_decided", request, but=actor.id)


def decline_version(actor: Member, version: RequirementsVersion, *, words: str) -> None:
    """Refuse new requirements; those in force stay.

    Args:
        actor: the coordinator who took them.
        version: what was proposed.
        words: why; the requester reads it exactly.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for approving.
    """
    viewer = decider(actor, version)
    words = check_words(words)
    VERSIONS.move(
        version,
        "decline",
        RequirementsVersion.taken_by_id == viewer.member_id,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
    )
    record(viewer, Event.REQUIREMENTS_DECLINE, version.subject, reason=words, after=named(version))
    tell_requester("requirements_decided", request_of(version), but=actor.id)


def faults_of(words: str) -> list[InvalidError]:
    """Return what keeps words from standing behind a refusal."""
    try:
        check_words(words)
    except InvalidError as error:
        return [error]
    return []


@dataclass(frozen=True)
class Line:
    """One requirement in the comparison of two versions.

    Args:
        is_essential: whether each response must answer it now, or had to.
        was: its words in the version in force, or None where it is new.
        now: its words in the proposed version, or None where it falls away.
        was_essential: whether it was essential before; None where it is new.
    """

    is_essential: bool
    was: str | None
    now: str | None
    was_essential: bool | None = None

    @property
    def is_same(self) -> bool:
        """Whether nothing about it changes."""
        return self.was == self.now and self.was_essential == self.is_essential


def compared(version: RequirementsVersion) -> list[Line]:
    """Return the requirements of a proposed version beside those in force.

    The same words are paired first, then the rest by their order; what has no partner is new or falls away.
    """
    before = list(requirements_of(request_of(version)).requirements)
    after = list(version.requirements)
    partners: dict[int, Requirement] = {}
    for each in after:
        same = next((old for old in before if old.words == each.words), None)
        if same is not None:
            partners[each.id] = same
            before.remove(same)
    for each in after:
        alike = next((old for old in before if old.is_essential == each.is_essential), None)
        if each.id not in partners and alike is not None:
            partners[each.id] = alike
            before.remove(alike)
    lines = [_line(partners.get(each.id), each) for each in after]
    return [*lines, *(Line(old.is_essential, old.words, None, old.is_essential) for old in before)]


def _line(before: Requirement | None, after: Requirement) -> Line:
    return Line(
        after.is_essential,
        before.words if before else None,
        after.words,
        before.is_essential if before else None,
    )
