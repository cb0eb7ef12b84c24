"""What of showcases is one's own: what waits, one's entries, what one presents, and one's registrations."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.showcases.entries.queries import own_entries, presented_entries
from hub.showcases.models import Entry
from hub.showcases.own import ENDS, Matter, matters
from hub.showcases.registrations.queries import own_registrations
from hub.web.access import members_only
from hub.web.catalogue.named import NamedRecord, named_as_approved
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.entry import address_of
from hub.web.start.items import Item
from hub.web.start.presenting import PRESENTING


@dataclass(frozen=True)
class WaitingEntry:
    """One thing that waits, and the entry that it is about."""

    item: Item
    entry: Entry


@showcases.get("/mine")
@members_only
def mine() -> ResponseReturnValue:
    """Show one's part in showcases: first what waits on oneself."""
    somebody = viewer()
    own, presented = own_entries(somebody), presented_entries(somebody)
    by_id = {each.id: each for each in (*own, *presented)}
    return render_template(
        "showcases/mine.html",
        waiting=[
            WaitingEntry(_item(each, by_id[each.entry_id]), by_id[each.entry_id])
            for each in matters(somebody)
            if each.entry_id in by_id
        ],
        own=own,
        presented=presented,
        records=_records(by_id.values()),
        registrations=own_registrations(somebody),
    )


def _item(matter: Matter, entry: Entry) -> Item:
    desk = PRESENTING[matter.kind]
    since = matter.since + desk.after
    return Item(
        title=desk.title(1),
        why=str(desk.why),
        href=address_of(entry),
        action=str(desk.action),
        due=since if matter.kind in ENDS else None,
        since=None if matter.kind in ENDS else since,
    )


def _records(entries: Iterable[Entry]) -> dict[int, NamedRecord]:
    return {each.id: named_as_approved(each.innovation) for each in entries}
