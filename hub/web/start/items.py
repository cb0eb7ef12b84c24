"""What waits on somebody, in words and in the order in which it is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import ngettext

from hub.access.viewer import Viewer
from hub.alerts.own import OwnOrganisation, OwnRecord
from hub.alerts.piles import Pile
from hub.alerts.waiting import RENEW_BEFORE
from hub.catalogue.models import RevisionStatus
from hub.catalogue.permissions import can_speak_for
from hub.core.clock import now
from hub.web.i18n import translate
from hub.web.start.desks import DESKS, SENT, Desk
from hub.web.start.partnering import PARTNERING
from hub.web.start.presenting import PRESENTING
from hub.web.zones import day_in_zone

ANSWERED_WITHIN = timedelta(days=14)
"""Ten working days, in which the hub promises to answer."""


@dataclass(frozen=True)
class Item:
    """One thing that waits.

    Args:
        title: as a task; `%(name)s` stands for the name.
        why: one line on it.
        href: where it is done.
        action: what the button says.
        due: when it should be done; None where nobody promised anything.
        since: since when it waits; what is due says that instead.
        name: of the record or organisation that it is about, as it is written.
        language: BCP 47 tag of the name, or None where it is a proper name.
        on: the day of what is due on a day, wherever the reader is.
    """

    title: str
    why: str
    href: str
    action: str
    due: datetime | None = None
    since: datetime | None = None
    name: str = ""
    language: str | None = None
    on: date | None = None

    @property
    def day(self) -> date:
        """The date beside it, where the reader is."""
        return self.on or day_in_zone(self.due or self.since or now())

    @property
    def order(self) -> datetime:
        """What is sorted by: when it is due, or would be if it were promised as everything else."""
        return self.due or (self.since or now()) + ANSWERED_WITHIN

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.due is not None and self.due <= now()

    @property
    def when(self) -> str:
        """How long there is, or how long it waits, in words."""
        if self.due is None:
            days = (day_in_zone(now()) - self.day).days
            return ngettext("For %(num)s day", "For %(num)s days", days) if days else translate("New today")
        days = abs((self.day - day_in_zone(now())).days)
        if not days:
            return translate("Due today")
        if self.is_late:
            return str(ngettext("Late by %(num)s day", "Late by %(num)s days", days))
        return str(ngettext("%(num)s day left", "%(num)s days left", days))


def waiting_items(
    somebody: Viewer,
    piles: Mapping[str, Pile],
    records: Iterable[OwnRecord],
    organisations: Iterable[OwnOrganisation],
    further: Iterable[Item] = (),
) -> list[Item]:
    """Return everything that waits on somebody, what is due first at the top; `further` has words already."""
    desks = DESKS | PARTNERING | PRESENTING
    found = [item_of_pile(desks[kind], pile) for kind, pile in piles.items() if kind in desks]
    found += [
        item
        for each in records
        if (item := _of_record(each)) is not None and can_speak_for(somebody, each.innovation)
    ]
    found += [item for each in organisations if (item := _of_organisation(each)) is not None]
    return sorted([*found, *further], key=lambda item: item.order)


def item_of_pile(desk: Desk, pile: Pile) -> Item:
    """Return a pile as one thing to do."""
    since = pile.since + desk.after
    due = since if desk.ends else since + ANSWERED_WITHIN
    is_dated = desk.ends or desk.is_promised
    return Item(
        title=desk.title(pile.number),
        why=str(desk.why),
        href=url_for(desk.endpoint, _anchor=desk.anchor),
        action=str(desk.action),
        due=due if is_dated else None,
        since=None if is_dated else since,
    )


def _of_record(record: OwnRecord) -> Item | None:
    innovation, revision = record.innovation, record.revision
    if innovation.is_confirmation_due:
        return Item(
            title=translate("Confirm %(name)s"),
            why=translate("It was last confirmed a year ago. Is it all still right?"),
            href=url_for("catalogue.show", slug=innovation.slug),
            action=translate("Confirm or edit"),
            due=innovation.review_due_at,
            name=record.name,
            language=record.language,
        )
    if revision.status is RevisionStatus.CHANGES_REQUESTED:
        return Item(
            title=translate("Answer the coordinator about %(name)s"),
            why=translate("Changes were requested; the reasons stand on its page."),
            href=url_for("catalogue.tasks", slug=innovation.slug),
            action=translate("Make the changes"),
            since=revision.decided_at or revision.saved_at,
            name=record.name,
            language=record.language,
        )
    return None


def _of_organisation(own: OwnOrganisation) -> Item | None:
    until = own.organisation.verified_until
    if not own.is_representative or own.is_asked or until is None or until > now() + RENEW_BEFORE:
        return None
    return Item(
        title=translate("Have %(name)s verified again"),
        why=translate("Without it, what rests on its verification ends."),
        href=url_for("organisations.verification", slug=own.organisation.slug),
        action=translate("Ask for it"),
        due=until,
        name=own.organisation.name,
    )


@dataclass(frozen=True)
class SentLine:
    """Something that somebody sent and others have not answered; the name stands for `%(name)s`."""

    words: str
    since: datetime | None
    href: str = ""
    name: str = ""


def sent_lines(piles: Mapping[str, Pile], organisations: Iterable[OwnOrganisation]) -> list[SentLine]:
    """Return what somebody sent and waits for, in words."""
    lines = [
        SentLine(sent.words(pile.number), pile.since, url_for(sent.endpoint) if sent.endpoint else "")
        for kind, sent in SENT.items()
        if (pile := piles.get(kind)) is not None
    ]
    lines += [
        SentLine(translate("The verification of %(name)s"), None, name=each.organisation.name)
        for each in organisations
        if each.is_asked and each.is_representative
    ]
    return lines
