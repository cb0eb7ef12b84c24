"""Files that people send with a form, and files that are sent to them. `hub.core.uploads` decides what is taken."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Response, request, send_file
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import StoredFile, path_of
from hub.web.runtime import runtime

logger = structlog.get_logger("hub.web")

View = TypeVar("View", bound=Callable[..., Any])

MARK = "hub_takes_file"


def takes_file(view: View) -> View:
    """Let a form with a file through to a view; without this mark a large body is refused before the view begins."""
    setattr(view, MARK, True)
    return view


def is_for_files(view: Callable[..., Any]) -> bool:
    """Whether `view` is marked with `takes_file`."""
    return getattr(view, MARK, False)


def sent_file(name: str) -> FileStorage | None:
    """Return the file that was chosen in field `name` of the form, or None if none was."""
    found = request.files.get(name)
    return found if found is not None and found.filename else None


def send_stored(stored: StoredFile) -> Response:
    """Return a stored file as an attachment, never to be shown in the page; the caller has checked who asks.

    Raises:
        NotFoundError: the row is there and the file is not, as after a restored backup without `uploads`.
    """
    path = path_of(runtime().settings.instance.absolute(), stored)
    if not path.is_file():
        logger.error("file missing", stored_file=stored.id)
        raise NotFoundError(N_("This file is missing on our side. Tell a coordinator."))
    answer = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=stored.filename,
        etag=stored.sha256,
        last_modified=stored.stored_at,
    )
    # What visitors get is public; it is asked for again each time, since it may be withdrawn.
    answer.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "no-cache, private"
    return answer
