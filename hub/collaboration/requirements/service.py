"""Proposing new requirements of an open request, bringing them into force and taking a proposal back."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.collaboration.acting import holding_as_requester
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import VERSIONS
from hub.collaboration.models import (
    CollaborationRequest,
    Requirement,
    RequirementsVersion,
    VersionStatus,
)
from hub.collaboration.models.requirement import REQUIREMENT_LENGTH, WHY_LENGTH
from hub.collaboration.queries import requirements_of
from hub.collaboration.review.parties import free_coordinators, parties_of
from hub.collaboration.telling import tell_at_times, tell_concerned
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member

MOST_OF_A_KIND = 15
"""The most essential requirements, and the most that are nice to have."""


def propose_requirements(
    actor: Member,
    request: CollaborationRequest,
    *,
    essential: Sequence[str],
    nice_to_have: Sequence[str],
    why: str,
    based_on: int | None = None,
) -> RequirementsVersion:
    """Propose other requirements for a request that takes responses.

    Those of a request to named receivers are in force at once; those of an open call once a coordinator approved.

    Args:
        actor: somebody of the requester's side.
        request: what takes responses.
        essential: what each response must answer, in order; at least one.
        nice_to_have: what a response may answer.
        why: what changed and why, which responders read.
        based_on: number of the version in force that was read; None for whichever is.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: it takes no responses, others wait for review, or others came into force meanwhile.
        InvalidError: something cannot be stored, or nothing differs.
    """
    viewer = holding_as_requester(actor, request)
    if not request.takes_responses:
        raise ConflictError(
            N_("This request takes no responses now, so nobody could answer other requirements.")
        )
    if proposed_version(request) is not None:
        raise ConflictError(N_("Other requirements wait for a coordinator. Take these back first."))
    if based_on is not None and based_on != request.requirements_number:
        raise ConflictError(
            N_("Other requirements came into force after you opened this. Look at them, then decide again.")
        )
    rows = checked_rows(essential, nice_to_have)
    if not why.strip():
        raise InvalidError(N_("Tell responders what changed and why."), field="why")
    check_text("why", why.strip(), WHY_LENGTH)
    if rows == [(each.words, each.is_essential) for each in requirements_of(request).requirements]:
        raise InvalidError(N_("Nothing differs from the requirements in force."), field="essential")
    version = _stored(actor, request, rows, why.strip())
    record(viewer, Event.REQUIREMENTS_PROPOSE, version.subject, after=requirements_snapshot(version))
    if request.is_open_call:
        told = free_coordinators(parties_of(request))
        tell_at_times(told, "requirements_proposed", request.subject, tlp=request.tlp, by=actor.id)
    else:
        bring_into_force(viewer, request, version)
    return version


def checked_rows(essential: Sequence[str], nice_to_have: Sequence[str]) -> list[tuple[str, bool]]:
    """Return requirements without empty rows, as words and whether each is essential.

    Raises:
        InvalidError: none is essential, there are too many, or one is too long or there twice.
    """
    kinds = {"essential": essential, "nice_to_have": nice_to_have}
    rows: list[tuple[str, bool]] = []
    for field, typed in kinds.items():
        words = [each.strip() for each in typed if each.strip()]
        if len(words) > MOST_OF_A_KIND:
            raise InvalidError(
                N_("Give at most %(limit)s requirements of a kind."), field=field, limit=MOST_OF_A_KIND
            )
        for each in words:
            check_text(field, each, REQUIREMENT_LENGTH)
            if each in {said for said, _ in rows}:
                raise InvalidError(
                    N_("This requirement stands there twice: %(words)s"), field=field, words=each
                )
            rows.append((each, field == "essential"))
    if not any(is_essential for _, is_essential in rows):
        raise InvalidError(N_("Enter at least one essential requirement."), field="essential")
    return rows


def _stored(
    actor: Member, request: CollaborationRequest, rows: Sequence[tuple[str, bool]], why: str
) -> RequirementsVersion:
    latest = session().scalar(
        select(func.max(RequirementsVersion.number)).where(RequirementsVersion.request_id == request.id)
    )
    version = RequirementsVersion(
        request_id=request.id,
        number=(latest or 0) + 1,
        status=VersionStatus.PROPOSED,
        why=why,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
        requirements=[
            Requirement(position=place, is_essential=is_essential, words=words)
            for place, (words, is_essential) in enumerate(rows)
        ],
    )
    session().add(version)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError from None
    session().expire(request, ["requirement_versions"])
    return version


def bring_into_force(
    viewer: Viewer, request: CollaborationRequest, version: RequirementsVersion, **decided: object
) -> None:
    """Let proposed requirements count from now on; those before them are superseded, and responders told.

    Args:
        viewer: who decided; the caller has made sure that they may.
        request: whose requirements; held by the caller.
        version: the proposed ones.
        decided: further columns of the decision, such as `decided_by_id`.

    Raises:
        ConflictError: they are not proposed any more.
    """
    before = requirements_of(request)
    VERSIONS.move(version, "approve", in_force_at=clock.now(), **decided)
    VERSIONS.move(before, "supersede")
    session().execute(
        update(CollaborationRequest)
        .where(CollaborationRequest.id == request.id)
        .values(requirements_number=version.number, version=CollaborationRequest.version + 1),
        execution_options={"synchronize_session": False},
    )
    session().refresh(request)
    session().expire(request, ["requirement_versions"])
    record(
        viewer,
        Event.REQUIREMENTS_CHANGE,
        request.subject,
        before=requirements_snapshot(before),
        after=requirements_snapshot(version),
    )
    queue_request(request)
    tell_concerned("requirements_changed", request, by=version.proposed_by_id)


def withdraw_requirements(actor: Member, request: CollaborationRequest) -> None:
    """Take back the proposed requirements, before a coordinator decided.

    Raises:
        NotFoundError: the request is not the actor's to see, or nothing is proposed.
        ForbiddenError: the actor does not act for the requester.
    """
    viewer = holding_as_requester(actor, request)
    if proposed_version(request) is None:
        raise NotFoundError
    drop_proposals(viewer, request)


def drop_proposals(viewer: Viewer, request: CollaborationRequest) -> None:
    """Take back what is proposed for a request, also when it ends: no coordinator need decide about it then.

    Args:
        viewer: whose act led to this.
        request: whose requirements; held by the caller.
    """
    version = proposed_version(request)
    if version is not None:
        VERSIONS.move(version, "withdraw", taken_by_id=None, taken_at=None)
        record(viewer, Event.REQUIREMENTS_WITHDRAW, version.subject)


def proposed_version(request: CollaborationRequest) -> RequirementsVersion | None:
    """Return the requirements that wait for a coordinator, if any do."""
    return session().scalar(
        select(RequirementsVersion)
        .where(
            RequirementsVersion.request_id == request.id, RequirementsVersion.status == VersionStatus.PROPOSED
        )
        .execution_options(populate_existing=True)
    )


def requirements_snapshot(version: RequirementsVersion) -> dict[str, object]:
    """Return a version as the audit log compares it."""
    return {
        "number": version.number,
        "status": version.status.value,
        "why": version.why,
        "requirements": [[each.words, each.is_essential] for each in version.requirements],
    }
