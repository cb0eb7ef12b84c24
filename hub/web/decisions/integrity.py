"""What proves the audit log to outsiders: signed checkpoints, the key, the published log. The same for everybody."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from hub.audit.checkpoints.keys import verifier_key_of
from hub.audit.checkpoints.note import keys_text
from hub.audit.checkpoints.queries import (
    all_keys,
    checkpoint_notes,
    checkpoint_page,
    latest_checkpoint,
    links_between,
)
from hub.audit.encoding import START, log_length, log_line
from hub.core.database import session_scope
from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.web.access import public
from hub.web.decisions.blueprint import decisions
from hub.web.i18n import only_of_browser, translate
from hub.web.limits import LOGS, network, spend
from hub.web.runtime import runtime
from hub.web.sessions import only_as_visitor

PER_PAGE = 24
"""Checkpoints on a page: those of a day."""

LINES = 1_000
"""Entries of the log that are held in memory while it is sent."""

MEDIA_TYPE = "text/plain"

TOO_OFTEN = N_(
    "Your network has fetched this %(number)s times within an hour, which is the most. Wait a little."
)
NO_DAY = N_("A day is written as 2026-11-21.")


@decisions.get("/decisions/checkpoints")
@public
def checkpoints() -> ResponseReturnValue:
    """Show the latest checkpoint, how to check the log with it, the keys, and every checkpoint."""
    keys = [verifier_key_of(row) for row in all_keys()]
    return render_template(
        "decisions/checkpoints.html",
        latest=latest_checkpoint(),
        key=next((each for each in keys if each.retired is None), None),
        retired=[each for each in keys if each.retired is not None],
        page=checkpoint_page(PageRequest(request.args.get("page", 1, type=int), PER_PAGE)),
        home=runtime().settings.base_url.rstrip("/"),
    )


@decisions.get("/decisions/checkpoint")
@public
def checkpoint() -> ResponseReturnValue:
    """Send the latest checkpoint, a signed note, as text; nothing before the first."""
    _same_for_everybody()
    latest = latest_checkpoint()
    return _text(latest.note, str(latest.id)) if latest else _text("", "none")


@decisions.get("/decisions/key")
@public
def key() -> ResponseReturnValue:
    """Send the key that signs checkpoints, then the retired ones with the end of each, as text."""
    _same_for_everybody()
    keys = [verifier_key_of(row) for row in all_keys()]
    return _text(keys_text(keys), f"{keys[0].id.hex()}-{len(keys)}" if keys else "none")


@decisions.get("/decisions/checkpoints.txt")
@public
def checkpoints_file() -> ResponseReturnValue:
    """Send every checkpoint, the newest first, with an empty line between two; `since` names the first day wanted."""
    _same_for_everybody()
    try:
        since = _day(request.args.get("since", ""))
    except ValueError:
        return _refusal(NO_DAY, 422)
    latest = latest_checkpoint()
    newest = latest.id if latest else 0
    answer = Response(mimetype=MEDIA_TYPE)
    answer.set_etag(f"{newest}-{since.date() if since else 'all'}")
    return _streamed(answer, lambda bind: _notes(bind, newest, since))


@decisions.get("/decisions/log")
@public
def log() -> ResponseReturnValue:
    """Send the published log, which ends with the latest checkpoint; nothing in it is personal."""
    _same_for_everybody()
    latest = latest_checkpoint()
    entries, head = (latest.entries, latest.head) if latest else (0, START)
    answer = Response(mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = "attachment; filename=audit-log.jsonl"
    answer.set_etag(f"{entries}-{head[:32]}")
    answer.content_length = log_length(entries)
    return _streamed(answer, lambda bind: _log_lines(bind, entries))


def _same_for_everybody() -> None:
    """Answer programs alike whoever sends them: no account is looked up and no cookie read or set."""
    only_as_visitor()
    only_of_browser()


def _day(typed: str) -> datetime | None:
    if not typed:
        return None
    day = date.fromisoformat(typed)
    if typed != day.isoformat():
        raise ValueError(typed)
    return datetime.combine(day, datetime.min.time(), UTC)


def _text(body: str, tag: str) -> Response:
    answer = Response(body, mimetype=MEDIA_TYPE)
    answer.set_etag(tag)
    answer.make_conditional(request)
    return answer


def _refusal(words: str, status: int) -> Response:
    return Response(f"{translate(words)}\n", status, mimetype=MEDIA_TYPE)


def _streamed(answer: Response, pieces: Callable[[Engine | Connection], Iterator[str]]) -> Response:
    """Return `answer` with a body that is read while it is sent, unless who asks has it already.

    A length that is not set stays unsaid: werkzeug would take it from the body that is not there yet, as 0.
    """
    answer.automatically_set_content_length = False
    answer.make_conditional(request)
    if answer.status_code != HTTPStatus.OK:
        return answer
    try:
        spend(LOGS, TOO_OFTEN, key=network())
    except TooManyError as error:
        refused = _refusal(translate(error.message, **error.parameters), error.status)
        refused.headers["Retry-After"] = str(error.retry_after)
        return refused
    answer.response = pieces(runtime().bind)
    return answer


def _log_lines(bind: Engine | Connection, entries: int) -> Iterator[str]:
    """Yield the lines of the log, some at a time, each time with a session of its own: nobody's slow line holds one."""
    for after in range(0, entries, LINES):
        with session_scope(bind):
            links = links_between(after, min(after + LINES, entries))
            lines = "".join(f"{log_line(link)}\n" for link in links)
        yield lines


def _notes(bind: Engine | Connection, newest: int, since: datetime | None) -> Iterator[str]:
    """Yield notes with an empty line between two; while nothing happens they are the same, and stand there once."""
    before, last = newest + 1, ""
    while True:
        with session_scope(bind):
            batch = checkpoint_notes(before, since)
        if not batch:
            return
        before = batch[-1][0]
        different = []
        for _, note in batch:
            if note != last:
                different.append(f"\n{note}" if last else note)
            last = note
        yield "".join(different)
