"""What every template may use beside its own data."""

from datetime import date, datetime

from babel import Locale
from flask import Flask, g, request
from flask_babel import format_date, format_decimal, format_percent

from hub.access.viewer import Viewer
from hub.catalogue.permissions import can_register, can_review_some
from hub.core.lookalikes import pieces
from hub.integrity.permissions import can_handle_conflicts
from hub.mail.wording import moment_words
from hub.notifications.queries import unread_count
from hub.vetting.models import FactorReset
from hub.vetting.permissions import can_appoint_some
from hub.vetting.queries import open_reset_of
from hub.web.i18n import (
    by_name,
    country_name,
    language,
    language_name,
    languages,
    listed,
    term,
    term_description,
    translate,
)
from hub.web.markdown import plain_text, render_markdown
from hub.web.runtime import runtime
from hub.web.sessions import current_member, viewer


def frame() -> dict[str, object]:
    """Return what the frame of a page shows; on pages that must do without a database nobody is signed in."""
    somebody: Viewer | None = None if g.get("has_no_account") else viewer()
    return {
        "return_path": _return_path(),
        "language": language(),
        "languages": languages(),
        "viewer": somebody,
        "demo_mode": runtime().settings.demo,
        "contact": runtime().settings.contact,
        "may_register": somebody is not None and can_register(somebody),
        "may_review": somebody is not None and can_review_some(somebody),
        "may_appoint": somebody is not None and can_appoint_some(somebody),
        "may_handle_conflicts": somebody is not None and can_handle_conflicts(somebody),
        "own_reset": own_reset,
        "own_unread": own_unread,
    }


def own_reset() -> FactorReset | None:
    """Return the report that one's own second factors are lost; asked once a request, and only by whole pages."""
    if "own_reset" not in g:
        member = None if g.get("has_no_account") else current_member()
        g.own_reset = open_reset_of(member.id) if member else None
    found: FactorReset | None = g.own_reset
    return found


def own_unread() -> int:
    """Return how many notifications one has not read; asked once a request, and only by whole pages."""
    if "own_unread" not in g:
        member = None if g.get("has_no_account") else current_member()
        g.own_unread = unread_count(member.id) if member else 0
    found: int = g.own_unread
    return found


def _return_path() -> str:
    """Return where the language switch comes back to; empty where the browser knows better.

    Error pages do not say their address: the page of a hidden thing must equal that of a thing that never was.
    """
    if g.get("is_error") or request.method != "GET":
        return ""
    return request.full_path if request.query_string else request.path


def day(moment: date | datetime) -> str:
    """Return a date in words, such as "21 November 2026"."""
    return str(format_date(moment, "long"))


def moment(value: datetime) -> str:
    """Return date and time to the minute in UTC, which is named."""
    return moment_words(value, Locale.parse(language().locale))


def configure(app: Flask) -> None:
    """Give templates the frame, and macros (which see globals only) what they need to show terms and dates."""
    app.context_processor(frame)
    app.jinja_env.globals.update(
        country_name=country_name,
        language_name=language_name,
        term=term,
        term_description=term_description,
        translate=translate,
        render_markdown=render_markdown,
    )
    app.jinja_env.filters.update(
        translate=translate,
        day=day,
        moment=moment,
        number=format_decimal,
        percent=format_percent,
        markdown=render_markdown,
        plain_text=plain_text,
        listed=listed,
        by_name=by_name,
        pieces=pieces,
    )
