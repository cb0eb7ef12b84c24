"""What becomes of somebody's part in showcases when they erase their account, in words."""

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import ngettext

from hub.showcases.departing import OpenShowcases
from hub.showcases.models import Entry, Showcase
from hub.showcases.permissions import can_view, is_on_entry_side, is_presenter
from hub.web.account.erasing.fate import MOST_NAMED, Fate, Named
from hub.web.catalogue.named import named_as_approved
from hub.web.sessions import viewer


def fates_of_showcases(work: OpenShowcases) -> Iterator[Fate]:
    """Yield what becomes of somebody's entries, of what they present, of their teams and registrations."""
    yield from _of_entries(work)
    if work.presented:
        number = len(work.presented)
        yield Fate(
            ngettext("%(num)s entry that you present", "%(num)s entries that you present", number),
            ngettext(
                "Those who proposed it are asked to name somebody else.",
                "Those who proposed them are asked to name somebody else.",
                number,
            ),
            _entries(each.entry for each in work.presented),
        )
    yield from _of_teams(work)
    if work.proposals:
        number = len(work.proposals)
        yield Fate(
            ngettext("%(num)s proposal to feature an entry", "%(num)s proposals to feature entries", number),
            ngettext("It is withdrawn.", "They are withdrawn.", number),
        )
    if work.registrations:
        number = len(work.registrations)
        yield Fate(
            ngettext("%(num)s registration for a showcase", "%(num)s registrations for showcases", number),
            ngettext(
                "It is cancelled, and your place goes to the next on the waiting list.",
                "They are cancelled, and your places go to the next on the waiting lists.",
                number,
            ),
            _showcases(each.showcase for each in work.registrations),
        )


def _of_entries(work: OpenShowcases) -> Iterator[Fate]:
    if work.drafts:
        number = len(work.drafts)
        yield Fate(
            ngettext("%(num)s draft of an entry", "%(num)s drafts of entries", number),
            ngettext("It is deleted.", "They are deleted.", number),
            _entries(work.drafts),
        )
    if work.withdrawn:
        number = len(work.withdrawn)
        yield Fate(
            ngettext(
                "%(num)s entry that waits for an answer", "%(num)s entries that wait for an answer", number
            ),
            ngettext("It is withdrawn.", "They are withdrawn.", number),
            _entries(work.withdrawn),
        )
    if work.stepped_back:
        number = len(work.stepped_back)
        yield Fate(
            ngettext("%(num)s accepted entry", "%(num)s accepted entries", number),
            ngettext(
                "It leaves the programme, and the next on the waiting list moves up. Make a colleague a representative"
                " of the organisation first if it shall go on.",
                "They leave the programme, and the next on the waiting list move up. Make a colleague a representative"
                " of the organisation first if they shall go on.",
                number,
            ),
            _entries(work.stepped_back),
        )


def _of_teams(work: OpenShowcases) -> Iterator[Fate]:
    if work.discarded:
        number = len(work.discarded)
        yield Fate(
            ngettext(
                "%(num)s draft of a showcase that only you prepare",
                "%(num)s drafts of showcases that only you prepare",
                number,
            ),
            ngettext("It is deleted.", "They are deleted.", number),
            _showcases(work.discarded),
        )
    if work.abandoned:
        number = len(work.abandoned)
        yield Fate(
            ngettext(
                "%(num)s showcase that only you prepare", "%(num)s showcases that only you prepare", number
            ),
            ngettext(
                "It stays without a team until another coordinator joins. Ask one to join first.",
                "They stay without a team until other coordinators join. Ask some to join first.",
                number,
            ),
            _showcases(work.abandoned),
        )
    others = [each for each in work.left if each not in work.abandoned]
    if others:
        yield Fate(
            ngettext("%(num)s team of a showcase", "%(num)s teams of showcases", len(others)),
            ngettext("You leave it; the others go on.", "You leave them; the others go on.", len(others)),
            _showcases(others),
        )


def _entries(entries: Iterable[Entry]) -> tuple[Named, ...]:
    """Return those that can be named to who leaves; one outside the audience of a showcase learns numbers only."""
    found, somebody = [], viewer()
    seen = [each for each in entries if is_on_entry_side(somebody, each) or is_presenter(somebody, each)]
    for each in list(dict.fromkeys(seen))[:MOST_NAMED]:
        record = named_as_approved(each.innovation)
        address = url_for("showcases.entry", slug=each.showcase.slug, entry_id=each.public_id)
        found.append(Named(record.name, record.language, address))
    return tuple(found)


def _showcases(showcases: Iterable[Showcase]) -> tuple[Named, ...]:
    somebody = viewer()
    seen = [each for each in showcases if can_view(somebody, each)]
    return tuple(
        Named(each.name, each.language, url_for("showcases.show", slug=each.slug))
        for each in list(dict.fromkeys(seen))[:MOST_NAMED]
    )
