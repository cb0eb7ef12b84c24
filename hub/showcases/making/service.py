"""Showcases as drafts and later: beginning one, what is said of it, throwing a draft away."""

from sqlalchemy import update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import KEEP
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, StaleVersionError
from hub.core.i18n import N_
from hub.core.ids import new_public_id
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.making.changing import IMPORTANT, changeable
from hub.showcases.making.checking import check_details
from hub.showcases.making.completeness import missing_parts
from hub.showcases.making.details import ShowcaseDetails
from hub.showcases.making.snapshots import snapshot
from hub.showcases.making.telling import tell_everybody
from hub.showcases.making.writing import write
from hub.showcases.models import Showcase, ShowcaseCurator, ShowcaseStatus
from hub.showcases.models.showcase import OVER
from hub.showcases.permissions import can_curate
from hub.showcases.registrations.admitting import admit_all_asked
from hub.showcases.registrations.waiting import fill_places

FIXED = N_("This cannot be changed any more.")
STAYS_FILLED = N_("Its audience sees the showcase, so this cannot be empty any more.")
ALREADY_SHOWN = N_("Only a draft can be discarded. Cancel the showcase instead.")

FIELD_OF = {
    "place": "city",
    "days": "starts_on",
    "sponsors": "are_none",
    "readership": "audience",
    "call": "closes_on",
}
"""The field of its page where a part that is missing has another name."""


def begin_showcase(actor: Member, details: ShowcaseDetails, *, is_compiled: bool = False) -> Showcase:
    """Begin a showcase as a draft that only its team sees; the actor is the first of the team.

    Args:
        actor: who makes it.
        details: what is said so far; name, language and place at least.
        is_compiled: whether it is over and is written down from public sources.

    Raises:
        ForbiddenError: the actor is no coordinator.
        InvalidError: something said can never be true; names the field.
    """
    viewer = viewer_of(actor)
    showcase = new_draft(viewer, details, is_compiled=is_compiled)
    record(viewer, Event.SHOWCASE_DRAFT, showcase.subject, after=snapshot(showcase))
    return showcase


def new_draft(
    viewer: Viewer,
    details: ShowcaseDetails,
    *,
    is_compiled: bool = False,
    copied_from: Showcase | None = None,
) -> Showcase:
    """Store a draft; whoever asks for it logs it, once it says all that it begins with.

    Args:
        viewer: who makes it, the first of its team.
        details: as `begin_showcase` takes them.
        is_compiled: whether it is over and is written down from public sources.
        copied_from: the earlier one that it has its words from.

    Raises:
        ForbiddenError: the viewer is no coordinator.
        InvalidError: something said can never be true; names the field.
    """
    if not can_curate(viewer) or viewer.member_id is None:
        raise ForbiddenError
    for name in ("name", "language", "place"):
        if getattr(details, name) is KEEP:
            raise InvalidError(N_("Enter name, place and language."), field=name)
    check_details(details)
    public_id = new_public_id()
    showcase = Showcase(
        public_id=public_id,
        slug=public_id,
        created_by_id=viewer.member_id,
        copied_from_id=copied_from.id if copied_from else None,
        is_compiled=is_compiled,
        language=details.language,
        name=details.name,
        status=ShowcaseStatus.DRAFT,
        places_taken=0,
        last_number=0,
        curators=[ShowcaseCurator(member_id=viewer.member_id)],
    )
    session().add(showcase)
    session().flush()
    write(showcase, details)
    session().flush()
    return showcase


def save_showcase(actor: Member, showcase: Showcase, details: ShowcaseDetails, *, version: int) -> bool:
    """Store what is said in `details`, if nobody saved since `version` was read; return whether anything changed.

    Once its audience sees it, each change is logged, those who come hear of what matters to them, and whoever waits
    gets the places that are new.

    Raises:
        NotFoundError: the actor is not on its team.
        StaleVersionError: somebody saved it meanwhile.
        ConflictError: its state does not allow it.
        InvalidError: something said cannot be true, or is missing once it is shown; names the field.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.version != version:
        raise StaleVersionError
    if not {name for name, _ in details.said()} <= changeable(showcase):
        raise ConflictError(FIXED)
    check_details(details)
    before, lacked = snapshot(showcase), set(missing_parts(showcase))
    with session().no_autoflush:
        # what is checked is checked before the constraints of the table are
        write(showcase, details)
        if showcase.status is not ShowcaseStatus.DRAFT:
            _require_whole(showcase, lacked)
    session().flush()
    after = snapshot(showcase)
    if after == before:
        return False
    showcase.version, showcase.saved_at = version + 1, clock.now()
    session().flush()
    if showcase.status is ShowcaseStatus.DRAFT:
        return True
    record(viewer, Event.SHOWCASE_CHANGE, showcase.subject, before=before, after=after)
    if showcase.status not in OVER and any(before[name] != after[name] for name in IMPORTANT):
        tell_everybody("showcase_changed", showcase, but=viewer.member_id)
    if before["needs_approval"] and not after["needs_approval"]:
        admit_all_asked(viewer, showcase)
    # more places, or more time in which the waiting list moves
    fill_places(showcase)
    return True


def _require_whole(showcase: Showcase, lacked: set[str]) -> None:
    """Refuse to empty what every showcase needs; what time made past stays as it is."""
    emptied = [name for name in missing_parts(showcase) if name not in lacked]
    if emptied:
        raise InvalidError(STAYS_FILLED, field=FIELD_OF.get(emptied[0], emptied[0]))


def discard_showcase(actor: Member, showcase: Showcase) -> None:
    """Delete a draft; the log keeps that it was there.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: its audience sees it.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.status is not ShowcaseStatus.DRAFT:
        raise ConflictError(ALREADY_SHOWN)
    record(viewer, Event.SHOWCASE_DISCARD, showcase.subject, before=snapshot(showcase))
    session().execute(
        update(Showcase).where(Showcase.copied_from_id == showcase.id).values(copied_from_id=None),
        execution_options={"synchronize_session": False},
    )
    session().delete(showcase)
    session().flush()
