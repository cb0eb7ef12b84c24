"""A new draft with the words and settings of an earlier showcase: no dates, entries, registrations, sponsors."""

from sqlalchemy import select

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.making.details import Measure, Place, ShowcaseDetails
from hub.showcases.making.origins import origin_of
from hub.showcases.making.service import new_draft
from hub.showcases.making.snapshots import snapshot
from hub.showcases.making.writing import write
from hub.showcases.models import Room, Showcase, Track
from hub.showcases.permissions import is_on_team
from hub.showcases.queries import showcase_by_slug


def copy_showcase(
    actor: Member, showcase: Showcase, *, name: str, host_event: str, language: str, place: Place
) -> Showcase:
    """Begin a draft that says what an earlier showcase says, under another name and at another place.

    Args:
        actor: a coordinator who sees the earlier one.
        showcase: the earlier one. Its address for joining online is never copied; rooms and tracks are where they
            were published, or where the actor is on its team.
        name: of the new one.
        host_event: the conference it is part of.
        language: BCP 47 tag of its texts.
        place: where it takes place.

    Raises:
        NotFoundError: the earlier one is not the actor's to see.
        ForbiddenError: the actor is no coordinator.
        InvalidError: something typed can never be true; names the field.
    """
    viewer = viewer_of(actor)
    showcase_by_slug(showcase.public_id, viewer)
    begun = ShowcaseDetails(name=name, host_event=host_event, language=language, place=place)
    copied = new_draft(viewer, begun, copied_from=origin_of(showcase))
    copied.call_words = showcase.call_words
    copied.capacity = showcase.capacity
    copied.needs_approval = showcase.needs_approval
    copied.asks_access_needs = showcase.asks_access_needs
    said = ShowcaseDetails(
        summary=showcase.summary,
        description=showcase.description,
        accessibility=showcase.accessibility,
        languages=showcase.languages,
        criteria=tuple(
            Measure(name=each.name, explanation=each.explanation, weight=each.weight)
            for each in showcase.criteria
        ),
    )
    write(copied, said)
    if showcase.label_rows:
        write(copied, ShowcaseDetails(readership=showcase.readership))
    if showcase.is_programme_public or is_on_team(viewer, showcase):
        _copy_programme(showcase, copied)
    session().flush()
    record(viewer, Event.SHOWCASE_DRAFT, copied.subject, after=snapshot(copied))
    return copied


def _copy_programme(showcase: Showcase, copied: Showcase) -> None:
    """Copy rooms and tracks; when a room is free was a matter of the former days."""
    rooms = select(Room).where(Room.showcase_id == showcase.id).order_by(Room.position, Room.id)
    for room in session().scalars(rooms):
        session().add(
            Room(
                showcase_id=copied.id,
                name=room.name,
                seats=room.seats,
                access_words=room.access_words,
                position=room.position,
            )
        )
    tracks = select(Track).where(Track.showcase_id == showcase.id).order_by(Track.position, Track.id)
    for track in session().scalars(tracks):
        session().add(Track(showcase_id=copied.id, name=track.name, position=track.position))
