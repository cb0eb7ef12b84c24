"""What somebody says of an entry, what of it can be stored, and what it lacks to be proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hub.catalogue.models.checking import LANGUAGE_CODE, check_text
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import Entry, EntryFormat, Showcase
from hub.showcases.models.entry import NEEDS_LENGTH, PITCH_LENGTH, STANDING
from hub.showcases.models.showcase import Attendance

MOST_MINUTES = 480
"""The longest that an entry may be meant to take: eight hours, as the table has it."""

NO_PITCH = N_("Say why people should see it.")
NO_PRESENTER = N_("Name at least one person who presents it.")
NO_MINUTES = N_("Enter the minutes as a number from 1 to %(number)s.")
NO_LANGUAGE = N_("Choose the language in which it is presented.")
NOT_ONLINE = N_("This showcase takes place on site only. Choose another format.")
ONLY_ONLINE = N_("This showcase takes place online only. Choose the format “online”.")
EMBARGO_TOO_LATE = N_("The showcase is over by then. Choose an earlier moment, or another showcase.")


@dataclass(frozen=True, kw_only=True)
class EntryDetails:
    """What is proposed.

    Args:
        format: how it is presented.
        minutes: how long it is meant to take.
        language: BCP 47 tag of the language in which it is presented and its pitch is written.
        pitch: why people should see it; published with the programme.
        needs: what it needs at the venue; its side and the team read it.
        embargo_until: before this moment it is neither presented nor named to the audience; None for no embargo.
    """

    format: EntryFormat
    minutes: int
    language: str
    pitch: str = ""
    needs: str = ""
    embargo_until: datetime | None = None


@dataclass(frozen=True)
class Missing:
    """What keeps an entry from being proposed: the page where it is said, and what to do."""

    part: str
    words: str


def check_details(showcase: Showcase, details: EntryDetails) -> None:
    """Refuse what cannot be stored.

    Raises:
        InvalidError: a text is too long, or something does not fit the showcase; names the field.
    """
    check_text("pitch", details.pitch, PITCH_LENGTH)
    check_text("needs", details.needs, NEEDS_LENGTH)
    if not 1 <= details.minutes <= MOST_MINUTES:
        raise InvalidError(NO_MINUTES, field="minutes", number=MOST_MINUTES)
    if not LANGUAGE_CODE.fullmatch(details.language):
        raise InvalidError(NO_LANGUAGE, field="language")
    is_online = details.format is EntryFormat.ONLINE
    if is_online and showcase.attendance is Attendance.ON_SITE:
        raise InvalidError(NOT_ONLINE, field="format")
    if not is_online and showcase.attendance is Attendance.ONLINE:
        raise InvalidError(ONLY_ONLINE, field="format")
    if details.embargo_until and showcase.ends_at and details.embargo_until >= showcase.ends_at:
        raise InvalidError(EMBARGO_TOO_LATE, field="embargo_on")


def missing_in(entry: Entry) -> Iterator[Missing]:
    """Yield what an entry lacks to be proposed, in the order of its page."""
    if not entry.pitch.strip():
        yield Missing("pitch", NO_PITCH)
    if not any(each.status in STANDING for each in entry.presenters):
        yield Missing("presenters", NO_PRESENTER)


def details_of(entry: Entry) -> EntryDetails:
    """Return what is stored of an entry."""
    return EntryDetails(
        format=entry.format,
        minutes=entry.minutes,
        language=entry.language,
        pitch=entry.pitch,
        needs=entry.needs,
        embargo_until=entry.embargo_until,
    )


def snapshot(entry: Entry) -> dict[str, object]:
    """Return all that an entry says, for the audit log; never what its answer will be."""
    return {
        "innovation": entry.innovation_id,
        "organisation": entry.organisation_id,
        "status": str(entry.status),
        "format": str(entry.format),
        "minutes": entry.minutes,
        "language": entry.language,
        "pitch": entry.pitch,
        "needs": entry.needs,
        "embargo_until": entry.embargo_until and entry.embargo_until.isoformat(),
        "presenters": [
            [each.public_id, each.member_id, each.name, str(each.status)] for each in entry.presenters
        ],
    }
