"""What becomes of somebody's part in commitments when they erase their account, in words."""

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import ngettext

from hub.commitments.departing import OpenCommitments
from hub.commitments.models import Commitment
from hub.commitments.permissions import can_view
from hub.web.account.erasing.fate import MOST_NAMED, Fate, Named
from hub.web.sessions import viewer


def fates_of_commitments(work: OpenCommitments) -> Iterator[Fate]:
    """Yield what becomes of the commitments that somebody answers for, and of offers to and by them."""
    if work.owned:
        number = len(work.owned)
        yield Fate(
            ngettext(
                "%(num)s commitment that you answer for", "%(num)s commitments that you answer for", number
            ),
            ngettext(
                "Nobody answers for it until somebody accepts it; those who keep its record are told. The history"
                " names your institution, not you.",
                "Nobody answers for them until somebody accepts them; those who keep their records are told. The"
                " history names your institution, not you.",
                number,
            ),
            _named(work.owned),
        )
    if work.offered:
        number = len(work.offered)
        yield Fate(
            ngettext(
                "%(num)s commitment that you are asked to take over",
                "%(num)s commitments that you are asked to take over",
                number,
            ),
            ngettext(
                "The offer lapses; who made it is told.",
                "The offers lapse; who made them is told.",
                number,
            ),
            _named(each.commitment for each in work.offered),
        )
    if work.handed_on:
        number = len(work.handed_on)
        yield Fate(
            ngettext(
                "%(num)s commitment that you offered to somebody",
                "%(num)s commitments that you offered to somebody",
                number,
            ),
            ngettext(
                "The offer stands until it is answered, so that the work goes on.",
                "The offers stand until they are answered, so that the work goes on.",
                number,
            ),
            _named(each.commitment for each in work.handed_on),
        )


def _named(commitments: Iterable[Commitment]) -> tuple[Named, ...]:
    somebody = viewer()
    seen = [each for each in commitments if can_view(somebody, each)]
    return tuple(
        Named(f"{each.code} {each.title}", each.language, url_for("commitments.show", code=each.code))
        for each in seen[:MOST_NAMED]
    )
