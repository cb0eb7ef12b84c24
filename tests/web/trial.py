"""Views that only tests have: they fail in every way, so that the frame around real views can be seen at work."""

from dataclasses import asdict

from flask import Blueprint, abort, render_template_string, request
from sqlalchemy.exc import OperationalError

from hub.access.viewer import Role
from hub.core import errors
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.outbox import queue_mail
from hub.core.uploads import StoredFile, accept_file
from hub.web.access import confirmed, members_only, public, role, signed_in
from hub.web.files import send_stored, sent_file, takes_file
from hub.web.runtime import runtime

trial = Blueprint("trial", __name__, url_prefix="/trial")

PAGE = """{% extends 'layouts/base.html' %}{% import 'components/forms.html' as forms %}
{% block title %}Trial{% endblock %}{% block content %}<h1>Trial</h1><p>{{ said }}</p>
<form method="post">{{ forms.csrf() }}<label for="words">Words</label><textarea id="words" name="words"></textarea>
<button>Send</button></form>{% endblock %}"""

FAILURES = {
    "missing": errors.NotFoundError(),
    "forbidden": errors.ForbiddenError("Because of %(reason)s.", reason="a test"),
    "conflict": errors.ConflictError(),
    "invalid": errors.InvalidError(),
    "too_many": errors.TooManyError(retry_after=7),
    "unavailable": errors.UnavailableError(),
    "locked": OperationalError("INSERT", {}, Exception("database is locked")),
    "unforeseen": ZeroDivisionError("secret words"),
}


@trial.route("/page", methods=["GET", "POST"])
@public
def page():
    return render_template_string(PAGE, said=request.values.get("words", "nothing"))


@trial.route("/fail/<kind>", methods=["GET", "POST"])
@public
def fail(kind):
    raise FAILURES[kind]


@trial.get("/network")
@public
def network():
    return request.remote_addr


@trial.get("/abort/<int:status>")
@public
def stop(status):
    abort(status)


@trial.get("/unmarked")
def unmarked():
    return "nobody said who may come in"


@trial.get("/account")
@signed_in
def account():
    return "in"


@trial.route("/members", methods=["GET", "POST"])
@members_only
def members():
    return "in"


@trial.get("/role")
@role(Role.COORDINATOR, Role.ADMINISTRATOR)
def with_role():
    return "in"


@trial.get("/role/<name>")
@role(Role.COORDINATOR)
def with_role_and_name(name):
    return f"in {name}"


@trial.post("/mail")
@public
def mail():
    with transaction():
        queue_mail("has_account", address="ana@test.example", language="en-GB")
    return "queued"


KEPT = {}


@trial.post("/file")
@public
@takes_file
def file():
    sent = sent_file("file")
    if sent is None:
        return "no file"
    accepted = accept_file(runtime().settings.instance, sent.filename, sent.stream)
    KEPT[accepted.name] = accepted
    return {"name": accepted.name, "words": request.form.get("words", "")}


@trial.get("/file/<name>")
@public
def stored(name):
    accepted = KEPT[name]
    return send_stored(StoredFile(**asdict(accepted), stored_at=now()))


@trial.post("/decide")
@members_only
@confirmed
def decide():
    return request.form["words"]
