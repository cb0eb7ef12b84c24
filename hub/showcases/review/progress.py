"""How far the curators are with their scores: who still owes which, never what somebody gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.members.models import Member
from hub.showcases.models import Entry, EntryReview, Showcase
from hub.showcases.review.judges import judges_of
from hub.showcases.review.permissions import is_being_reviewed
from hub.showcases.review.queries import entries_judged


class Mark(StrEnum):
    """Where one curator is with one entry."""

    SCORED = "scored"
    BEGUN = "begun"
    OPEN = "open"
    NOT_THEIRS = "not_theirs"
    """They do not judge it."""


@dataclass(frozen=True)
class Column:
    """One curator.

    Args:
        member: who.
        is_own: whether it is the viewer.
        scored: how many of the entries shown they scored.
        of: how many of them they may judge.
    """

    member: Member
    is_own: bool
    scored: int
    of: int


@dataclass(frozen=True)
class Row:
    """One entry, with a mark for each curator.

    Args:
        entry: which one.
        marks: in the order of the columns.
        scored: how many of the curators scored it.
        of: how many may.
    """

    entry: Entry
    marks: Sequence[Mark]
    scored: int
    of: int


@dataclass(frozen=True)
class Progress:
    """The board.

    Args:
        columns: the curators.
        rows: the entries that the viewer may judge and that are being scored.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def scored(self) -> int:
        """How many scores were given."""
        return sum(each.scored for each in self.rows)

    @property
    def of(self) -> int:
        """How many there would be if every curator had scored what they may judge."""
        return sum(each.of for each in self.rows)


def progress_of(showcase: Showcase, viewer: Viewer) -> Progress:
    """Return how far the scoring is, counted over the entries that `viewer` may judge and no others."""
    judges = judges_of(showcase)
    entries = [each for each in entries_judged(showcase, viewer) if is_being_reviewed(each)]
    given = {
        (entry_id, curator_id): submitted_at is not None
        for entry_id, curator_id, submitted_at in session().execute(
            select(EntryReview.entry_id, EntryReview.curator_id, EntryReview.submitted_at)
            .join(Entry, Entry.id == EntryReview.entry_id)
            .where(Entry.showcase_id == showcase.id)
        )
    }

    def mark(entry: Entry, member: Member, entry_ids: frozenset[int]) -> Mark:
        if entry.id not in entry_ids:
            return Mark.NOT_THEIRS
        is_given = given.get((entry.id, member.id))
        # that somebody began is theirs alone to know
        if is_given is False and member.id == viewer.member_id:
            return Mark.BEGUN
        return Mark.SCORED if is_given else Mark.OPEN

    rows = []
    for entry in entries:
        marks = [mark(entry, judge.member, judge.entry_ids) for judge in judges]
        of = sum(each is not Mark.NOT_THEIRS for each in marks)
        rows.append(Row(entry, marks, marks.count(Mark.SCORED), of))
    columns = [
        Column(
            member=judge.member,
            is_own=judge.member.id == viewer.member_id,
            scored=sum(row.marks[place] is Mark.SCORED for row in rows),
            of=sum(row.marks[place] is not Mark.NOT_THEIRS for row in rows),
        )
        for place, judge in enumerate(judges)
    ]
    return Progress(columns, rows)
