"""Downloading search results: the public ones among them, as CSV or JSON."""

import io
import tempfile
from dataclasses import replace
from typing import BinaryIO, cast

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue

from hub.access.viewer import VISITOR
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.core.pagination import AllAtOnce
from hub.interchange.exporting import export_pieces
from hub.interchange.reading import FORMATS
from hub.interchange.writing import MEDIA_TYPES
from hub.search.queries import find
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.search import CATALOGUE
from hub.web.finding import asked
from hub.web.limits import EXPORTS, spend
from hub.web.runtime import runtime

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of an export that need no file on the disk."""

TOO_OFTEN = N_(
    "You have downloaded results %(number)s times within an hour, which is the most. Wait a little."
)


@catalogue.get("/export")
@public
def export() -> ResponseReturnValue:
    """Send what a search finds and everybody may read, whoever asks."""
    kind = request.args.get("format", "csv")
    if kind not in FORMATS:
        raise NotFoundError
    spend(EXPORTS, TOO_OFTEN)
    # Made whole before it is sent: who downloads slowly holds neither the database nor a snapshot of it.
    file: BinaryIO = io.BytesIO()
    for piece in export_pieces(kind, runtime().settings.base_url.rstrip("/"), _found_ids()):
        file.write(piece.encode())
        if isinstance(file, io.BytesIO) and file.tell() > IN_MEMORY:
            file = _on_disk(file)
    file.seek(0)
    answer: Response = send_file(
        file,
        mimetype=MEDIA_TYPES[kind],
        as_attachment=True,
        download_name=f"innovations.{kind}",
    )
    answer.headers["Cache-Control"] = "no-cache, private"
    return answer


def _on_disk(content: io.BytesIO) -> BinaryIO:
    """Return a file without a name that holds what was written so far; the answer closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(content.getvalue())
    return cast("BinaryIO", file)


def _found_ids() -> list[str] | None:
    """Return the ids of what the search finds, in its order; None for everything in the order of registration."""
    search = asked(CATALOGUE)
    if not search.typed.strip() and not search.chosen:
        return None
    query = replace(search.query, labels=VISITOR.labels, page=AllAtOnce(), has_counts=False)
    return [*find(runtime().search, query).ids]
