"""Posting requests: drafts, what is said in them, sending them to review or to named receivers, throwing them away."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from hub.access.audience import Readership
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import KEEP, Innovation
from hub.catalogue.permissions import visible_to as innovations_visible_to
from hub.collaboration.acting import holding_as_requester
from hub.collaboration.closing.dates import LONGEST, checked_expiry
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import (
    CollaborationRequest,
    RequestStatus,
    RequestTerm,
    Requirement,
    RequirementsVersion,
)
from hub.collaboration.permissions import can_post, involvement_in
from hub.collaboration.posting.checking import LENGTHS, SCHEMES, check_details
from hub.collaboration.posting.completeness import are_readers_chosen, missing_parts
from hub.collaboration.posting.details import Dates, RequestDetails, Requirements
from hub.collaboration.posting.limits import require_room_to_begin, require_room_to_send
from hub.collaboration.posting.receivers import check_receivers, named_in, send_to
from hub.collaboration.posting.snapshots import snapshot
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import checked_rows
from hub.collaboration.review.parties import free_coordinators
from hub.collaboration.showcases.naming import write_entry, write_showcase
from hub.collaboration.telling import receiver_ids
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, StaleVersionError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.notifications.service import notify
from hub.organisations.models import Organisation

EDITABLE = (RequestStatus.DRAFT, RequestStatus.CHANGES_REQUESTED)
"""States in which everything that a request says can be changed."""

PLAIN = ("type", "language", "is_counted", *LENGTHS)
"""Fields that are columns of the same name."""

INCOMPLETE = N_("Some parts that every request needs are still empty.")
ALREADY_SENT = N_("This request was already sent, so it cannot be changed here.")
STAYS_A_CALL = N_(
    "A coordinator has read this as an open call, so it stays one. Withdraw it to begin another."
)
NOT_YOURS = N_("Choose an organisation that you represent.")
ONLY_WHO_BEGAN = N_("Only who began this request can change for whom it is posted.")
NO_SUCH_INNOVATION = N_("There is no such innovation that you can see.")


def begin_request(actor: Member, details: RequestDetails, *, time_zone: str) -> CollaborationRequest:
    """Begin a request as a draft that only the requester's side sees; the actor stated that it is about no real case.

    Args:
        actor: who posts it.
        details: what is said so far; type, language and title at least.
        time_zone: the actor's, as IANA names it.

    Raises:
        ForbiddenError: the actor is no approved member.
        ConflictError: they have as many drafts as they may have.
        InvalidError: something said can never be true; names the field.
    """
    hold_member(actor.id)
    viewer = viewer_of(actor)
    if not can_post(viewer) or viewer.member_id is None:
        raise ForbiddenError
    for name in ("type", "language", "title"):
        if getattr(details, name) is KEEP:
            raise InvalidError(
                N_("Enter a title, and choose what you look for and the language."), field=name
            )
    check_details(details)
    require_room_to_begin(viewer.member_id)
    request = CollaborationRequest(
        posted_by_id=viewer.member_id,
        posted_by=actor,
        country=actor.country,
        type=details.type,
        language=details.language,
        title=details.title,
        time_zone=time_zone,
        case_checked_at=clock.now(),
        requirement_versions=[RequirementsVersion(number=1, proposed_by_id=viewer.member_id)],
    )
    session().add(request)
    session().flush()
    _write(viewer, request, details)
    session().flush()
    record(viewer, Event.REQUEST_DRAFT, request.subject, after=snapshot(request))
    return request


def save_request(
    actor: Member, request: CollaborationRequest, details: RequestDetails, *, version: int
) -> None:
    """Store what is said in `details`, if nobody saved since `version` was read.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: it was sent, so that it cannot be changed.
        StaleVersionError: somebody saved it meanwhile.
        InvalidError: something said can never be true; names the field.
    """
    viewer = _holding_draft(actor, request, version)
    check_details(details)
    _write(viewer, request, details)
    request.version = version + 1
    request.saved_at = clock.now()
    session().flush()


def submit_request(actor: Member, request: CollaborationRequest, *, version: int) -> None:
    """Send an open call to the coordinators.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ConflictError: its state does not allow it, or somebody saved it after `version` was read.
        InvalidError: a part that every request needs is missing.
        TooManyError: the requester sent as many as a day allows.
    """
    viewer, before = _ready(actor, request, version)
    if not request.is_open_call:
        raise ConflictError
    REQUESTS.move(request, "submit", submitted_at=clock.now(), taken_by_id=None, taken_at=None)
    record(viewer, Event.REQUEST_SUBMIT, request.subject, before=before, after=snapshot(request))
    notify(free_coordinators(involvement_in(request)), "request_submitted", request.subject, tlp=request.tlp)


def send_request(actor: Member, request: CollaborationRequest, *, version: int) -> None:
    """Send a request to its named receivers; nobody reviews it.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ConflictError: its state does not allow it, or somebody saved it after `version` was read.
        InvalidError: a part that every request needs is missing, or somebody can be no receiver.
        TooManyError: the requester sent as many as a day allows.
    """
    viewer, before = _ready(actor, request, version)
    if request.is_open_call:
        raise ConflictError
    check_receivers(viewer, request, named_in(request))
    now = clock.now()
    REQUESTS.move(request, "send", submitted_at=now, opened_at=now)
    requirements_of(request).in_force_at = now
    session().flush()
    record(viewer, Event.REQUEST_SEND, request.subject, before=before, after=snapshot(request))
    notify(receiver_ids(request), "request_received", request.subject, tlp=request.tlp)
    queue_request(request)


def discard_request(actor: Member, request: CollaborationRequest) -> None:
    """Delete a draft that was sent to nobody; the log keeps that it was there.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ConflictError: it was sent, so that others know of it.
    """
    viewer = holding_as_requester(actor, request)
    if request.status is not RequestStatus.DRAFT:
        raise ConflictError(N_("Only what was never sent can be discarded. Withdraw it instead."))
    record(viewer, Event.REQUEST_DISCARD, request.subject, before=snapshot(request))
    session().delete(request)
    session().flush()


def _ready(actor: Member, request: CollaborationRequest, version: int) -> tuple[Viewer, dict[str, Any]]:
    """Return who sends a request that lacks nothing, and its picture for the log."""
    hold_member(request.posted_by_id)
    viewer = _holding_draft(actor, request, version)
    if missing_parts(request) or request.due_at is None:
        raise InvalidError(INCOMPLETE)
    checked_expiry(request.due_at, request.expires_at, clock.now() + LONGEST)
    require_room_to_send(request)
    return viewer, snapshot(request)


def _holding_draft(actor: Member, request: CollaborationRequest, version: int) -> Viewer:
    viewer = holding_as_requester(actor, request)
    if request.status not in EDITABLE:
        raise ConflictError(ALREADY_SENT)
    if request.version != version:
        raise StaleVersionError
    return viewer


def _write(viewer: Viewer, request: CollaborationRequest, details: RequestDetails) -> None:
    """Write what was said, each where it is kept."""
    said = dict(details.said())
    for name in PLAIN:
        if name in said:
            setattr(request, name, said[name])
    for scheme in SCHEMES:
        if scheme in said:
            _write_terms(request, scheme, said[scheme])
    for name, write in WRITES.items():
        if name in said:
            write(viewer, request, said[name])
    if details.traces_checked:
        request.traces_checked_at = clock.now()


def _write_terms(request: CollaborationRequest, scheme: str, codes: tuple[str, ...]) -> None:
    kept = [each for each in request.term_rows if each.scheme != scheme]
    own = {each.code: each for each in request.term_rows if each.scheme == scheme}
    rows = []
    for place, code in enumerate(codes):
        row = own.get(code) or RequestTerm(scheme=scheme, code=code)
        row.position = place
        rows.append(row)
    request.term_rows = [*kept, *rows]


def _write_requirements(_viewer: Viewer, request: CollaborationRequest, requirements: Requirements) -> None:
    version = requirements_of(request)
    rows = checked_rows(requirements.essential, requirements.nice_to_have)
    # positions are unique among the rows of a version: the former ones go first
    version.requirements = []
    session().flush()
    version.requirements = [
        Requirement(position=place, words=words, is_essential=is_essential)
        for place, (words, is_essential) in enumerate(rows)
    ]


def _write_innovation(viewer: Viewer, request: CollaborationRequest, innovation_id: int | None) -> None:
    """Have a request be about an innovation that the viewer may know of; one that stands there already may stay."""
    if innovation_id is None or innovation_id == request.innovation_id:
        request.innovation_id = innovation_id
        return
    found = session().scalar(
        select(Innovation).where(Innovation.id == innovation_id, innovations_visible_to(viewer))
    )
    if found is None or not found.is_shown:
        raise InvalidError(NO_SUCH_INNOVATION, field="innovation")
    request.innovation_id = found.id


def _post_for(viewer: Viewer, request: CollaborationRequest, organisation_id: int | None) -> None:
    """Have a request posted for an organisation of who began it, or for themselves; its country follows."""
    if organisation_id == request.organisation_id:
        return
    if request.posted_by_id != viewer.member_id:
        raise InvalidError(ONLY_WHO_BEGAN, field="organisation_id")
    organisation = session().get(Organisation, organisation_id) if organisation_id is not None else None
    if organisation_id is not None and (organisation is None or organisation.id not in viewer.represents):
        raise InvalidError(NOT_YOURS, field="organisation_id")
    request.organisation = organisation
    request.country = (organisation.country if organisation else None) or request.posted_by.country
    session().flush()
    if not request.is_open_call and are_readers_chosen(request):
        check_receivers(viewer, request, named_in(request))


def _write_readers(viewer: Viewer, request: CollaborationRequest, readers: Any) -> None:  # noqa: ANN401 - Readers
    if isinstance(readers, Readership):
        request.is_open_call = True
        request.receivers = []
        request.set_readership(readers)
        return
    if request.status is not RequestStatus.DRAFT:
        raise InvalidError(STAYS_A_CALL, field="way")
    check_receivers(viewer, request, readers)
    send_to(request, readers)


def _write_dates(_viewer: Viewer, request: CollaborationRequest, dates: Dates) -> None:
    request.time_zone = dates.time_zone
    request.due_at = dates.due_at
    request.expires_at = checked_expiry(dates.due_at, dates.expires_at, clock.now() + LONGEST)


WRITES: Mapping[str, Callable[[Viewer, CollaborationRequest, Any], None]] = MappingProxyType(
    {
        "requirements": _write_requirements,
        "innovation_id": _write_innovation,
        "showcase_id": write_showcase,
        "entry_id": write_entry,
        "organisation_id": _post_for,
        "readers": _write_readers,
        "dates": _write_dates,
    }
)
"""How the fields are written that are more than columns, in order: receivers are checked against it."""
