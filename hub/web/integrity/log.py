"""The audit log for integrity officers: every entry, subject and reason only where they may see what it is about."""

from datetime import UTC, date, datetime, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import ROLE_NAMES, Role
from hub.audit.events import Event
from hub.audit.queries import event_counts, log_page
from hub.core.pagination import PageRequest
from hub.web.access import role
from hub.web.fields import CodeField, HubForm, iso_date, text_field
from hub.web.i18n import translate
from hub.web.integrity.blueprint import integrity
from hub.web.integrity.subjects import shown_actors, shown_subjects
from hub.web.sessions import viewer

PER_PAGE = 50
DATE_LENGTH = 10
A_DAY = timedelta(days=1)


def event_options() -> list[tuple[str, str]]:
    """Return (tag, what was done) of everything the log may tell, by its words, after an empty choice."""
    said = sorted(((each.value, translate(each.label)) for each in Event), key=lambda option: option[1])
    return [("", translate("Everything")), *((tag, f"{words} ({tag})") for tag, words in said)]


class LogForm(HubForm):
    """What of the log is shown; sent by address."""

    class Meta(HubForm.Meta):
        """A search changes nothing."""

        csrf = False

    action = CodeField(_l("Action"), choices=event_options)
    since = text_field(_l("From"), DATE_LENGTH, iso_date)
    until = text_field(_l("Until"), DATE_LENGTH, iso_date)


@integrity.get("/log")
@role(Role.INTEGRITY_OFFICER)
def log() -> ResponseReturnValue:
    """Show the log, newest first, with how often each thing was done."""
    form = LogForm(request.args)
    is_valid = form.validate()
    event = Event(form.action.data) if is_valid and form.action.data else None
    since, until = (beginning(form.since.data), end(form.until.data)) if is_valid else (None, None)
    page = log_page(
        PageRequest(request.args.get("page", 1, type=int), PER_PAGE), event=event, since=since, until=until
    )
    counts = event_counts(since, until)
    asked = {name: form[name].data for name in ("action", "since", "until") if form[name].data}
    return render_template(
        "integrity/log.html",
        form=form,
        page=page,
        subjects=shown_subjects(page.items, viewer()),
        actors=shown_actors(page.items, viewer()),
        counts=sorted(counts.items(), key=lambda each: (-each[1], each[0])),
        asked=asked,
        role_names={each.value: translate(ROLE_NAMES[each]) for each in Role},
    )


def beginning(typed: str | None) -> datetime | None:
    """Return the first moment of a day in UTC, or None."""
    return datetime.combine(date.fromisoformat(typed), datetime.min.time(), UTC) if typed else None


def end(typed: str | None) -> datetime | None:
    """Return the first moment after a day in UTC, or None."""
    first = beginning(typed)
    try:
        return first + A_DAY if first else None
    except OverflowError:
        return None
