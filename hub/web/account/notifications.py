"""What one was told: the list behind the bell, and marking it as read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext

from hub.access.audience import Tlp, stricter
from hub.alerts.queries import searches_named
from hub.alerts.things import Thing
from hub.collaboration.levels.dating import Detail
from hub.commitments.naming import describe, details_of
from hub.core.database import transaction
from hub.core.pagination import PageRequest
from hub.mail.places import PAGES, path_of
from hub.notifications.kinds import KINDS, dated, names_a_thing
from hub.notifications.models import Notification
from hub.notifications.queries import notifications_of, unread_count
from hub.notifications.service import mark_read
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.account.searches import SavedLine, saved_line
from hub.web.i18n import country_name, language, translate
from hub.web.sessions import actor, viewer
from hub.web.zones import in_zone

PLACEHOLDER = "%(thing)s"


@dataclass(frozen=True)
class NotificationLine:
    """One notification as its receiver may read it at this moment.

    Args:
        notification: what was stored.
        before: the words before the name of the thing.
        after: the words after it.
        name: what the thing is called; empty where the words say no name.
        language: BCP 47 tag of the name, or None where it is a proper name.
        path: where it leads; empty where there is nothing to open.
        tlp: its label now; None where everybody may read it, or it is hidden.
        search: the saved search of its receiver that found it, where one did and it was not deleted.
    """

    notification: Notification
    before: str
    after: str = ""
    name: str = ""
    language: str | None = None
    path: str = ""
    tlp: Tlp | None = None
    search: SavedLine | None = None


@account.get("/account/notifications")
@signed_in
def notifications() -> ResponseReturnValue:
    """List what one was told, the newest first."""
    member = actor()
    is_unread_only = request.args.get("unread") == "1"
    page = notifications_of(
        member.id, PageRequest(request.args.get("page", 1, type=int)), unread_only=is_unread_only
    )
    return render_template(
        "account/notifications.html",
        page=page,
        lines=lines_of(page.items),
        unread=unread_count(member.id),
        is_unread_only=is_unread_only,
    )


@account.post("/account/notifications/read")
@signed_in
def read_notifications() -> ResponseReturnValue:
    """Mark everything as read."""
    with transaction():
        marked = mark_read(actor())
    flash(ngettext("%(num)s marked as read.", "%(num)s marked as read.", marked))
    return redirect(url_for("account.notifications"), code=303)


@account.post("/account/notifications/<public_id>/read")
@signed_in
def read_notification(public_id: str) -> ResponseReturnValue:
    """Mark one notification as read; what is not one's own stays as it is, and nobody learns whether it exists."""
    with transaction():
        mark_read(actor(), [public_id])
    number, unread = (request.form.get(name, type=int) for name in ("page", "unread"))
    return redirect(url_for("account.notifications", page=number, unread=unread), code=303)


def lines_of(notifications: Sequence[Notification]) -> list[NotificationLine]:
    """Return notifications of who asks in words; what they may not know of any more is not named."""
    subjects = {each.subject for each in notifications if each.subject}
    things = describe(subjects, viewer(), language().code)
    details = details_of({(each.kind, each.subject) for each in notifications if each.subject in things})
    searches = searches_named({each.cause for each in notifications if each.cause})
    lines = []
    for each in notifications:
        if each.kind in KINDS:
            search = searches.get((each.member_id, each.cause))
            line = _line(each, things.get(each.subject), details.get((each.kind, each.subject)))
            lines.append(replace(line, search=saved_line(search)) if search else line)
    return lines


def _line(notification: Notification, thing: Thing | None, detail: Detail | None) -> NotificationLine:
    kind = KINDS[notification.kind]
    page = PAGES.get(notification.kind, "")
    if not names_a_thing(notification.kind) or not notification.subject:
        own = None if notification.tlp is Tlp.CLEAR else notification.tlp
        # it names nothing, and leads to the page of what it is about for who may know of that
        path = page.format(key=thing.key) if thing else "" if "{key}" in page else page
        return NotificationLine(notification, translate(kind.veiled), path=path, tlp=own)
    if thing is None:
        return NotificationLine(notification, translate(kind.veiled))
    moment = _moment(detail)
    veiled = dated(notification.kind, translate(kind.veiled), moment, translate)
    label = stricter(notification.tlp, thing.tlp)
    tlp = None if label is Tlp.CLEAR else label
    path = page.format(key=thing.key) or path_of(thing.kind, thing.key)
    if not thing.title:
        return NotificationLine(notification, veiled, path=path, tlp=tlp)
    words = dated(notification.kind, translate(kind.words, thing=PLACEHOLDER), moment, translate)
    before, _, after = words.partition(PLACEHOLDER)
    name = country_name(thing.title) if thing.kind == "country" else thing.title
    return NotificationLine(notification, before, after, name, thing.language, path, tlp)


def _moment(detail: Detail | None) -> str:
    """Return the moment that a notification names, as the reader's clocks show it; empty where it names none."""
    if detail is None or detail.moment is None:
        return ""
    if isinstance(detail.moment, datetime):
        return in_zone(detail.moment)
    return str(format_date(detail.moment, "long"))
