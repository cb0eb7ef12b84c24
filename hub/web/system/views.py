"""Liveness, readiness, and the language switch."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from hub.core.heartbeats import WORKER, age
from hub.core.outbox import count_waiting
from hub.search.queries import lag
from hub.web.access import public
from hub.web.i18n import choose_language
from hub.web.redirects import own_path, safe_next
from hub.web.runtime import runtime

system = Blueprint("system", __name__)

LATEST_BEAT = timedelta(seconds=30)

LARGEST_LAG = 1_000
"""Changes that the index may be behind before this node counts as not ready."""

LONGEST_WAIT = timedelta(minutes=10)
"""A mail that waits longer is counted; the mail server is somebody else's, so the hub stays ready."""


@system.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Say that this process answers; asks nothing else."""
    return Response("ok\n", mimetype="text/plain")


@system.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether database, index and worker do their part: 200 if all do, else 503."""
    try:
        beat_age = age(WORKER)
        behind = lag(runtime().search)
        mail_waiting = count_waiting(LONGEST_WAIT)
        has_database = True
    except SQLAlchemyError:
        beat_age, behind, mail_waiting, has_database = None, None, None, False
    is_working = beat_age is not None and beat_age < LATEST_BEAT
    is_indexed = behind is not None and behind <= LARGEST_LAG
    is_ready = has_database and is_working and is_indexed
    answer = jsonify(
        ready=is_ready,
        database=has_database,
        index_lag=behind,
        mail_waiting=mail_waiting,
        worker_heartbeat_age=round(beat_age.total_seconds(), 1) if beat_age is not None else None,
    )
    answer.status_code = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return answer


@system.post("/language")
@public
def set_language() -> ResponseReturnValue:
    """Keep the chosen language for this browser and go back to the page; an unknown one changes nothing."""
    choose_language(request.form.get("language", ""))
    target = request.form.get("next")
    return redirect(safe_next(target) if target else own_path(request.referrer), code=303)
