"""Static files: an address that changes with the content, so that browsers may keep them for good; sent compressed."""

import gzip
import hashlib
import mimetypes
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, request, url_for
from werkzeug.security import safe_join

from hub.web.access import public

STATIC = Path(__file__).parent.parent / "static"

A_YEAR = "public, max-age=31536000, immutable"

COMPRESSIBLE = frozenset({".css", ".js", ".svg", ".json", ".txt"})


@dataclass(frozen=True)
class Asset:
    """One static file: its content, a short hash of it, and its compressed form where that helps."""

    content: bytes
    version: str
    packed: bytes | None


@cache
def _read(path: Path, changed: int) -> Asset:
    del changed  # part of the key: an edited file is read again
    content = path.read_bytes()
    packed = gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSIBLE else None
    return Asset(content, hashlib.sha256(content).hexdigest()[:12], packed)


def _find(filename: str) -> Asset:
    path = safe_join(str(STATIC), filename)
    if path is None or not Path(path).is_file():
        raise FileNotFoundError(filename)
    return _read(Path(path), Path(path).stat().st_mtime_ns)


def asset(filename: str) -> str:
    """Return the address of a static file with `v=` and a hash of its content; a change is noticed within a second.

    Raises:
        FileNotFoundError: a template names a file that is not there.
    """
    return _address(filename, int(time.monotonic()))


@lru_cache(maxsize=512)
def _address(filename: str, second: int) -> str:
    """Return the address; each page names a dozen files, whose state on the disk is asked for once a second."""
    del second  # part of the key
    return url_for("static", filename=filename, v=_find(filename).version)


@public
def static(filename: str) -> Response:
    """Send a static file; one asked for by its present hash may be kept for a year.

    A file that is not there is answered in one plain line: caches may keep it, so it must hold nothing of anybody.
    """
    try:
        found = _find(filename)
    except FileNotFoundError:
        return Response("There is no such file.\n", HTTPStatus.NOT_FOUND, mimetype="text/plain")
    packed = found.packed if request.accept_encodings["gzip"] else None
    answer = Response(packed or found.content, mimetype=mimetypes.guess_type(filename)[0])
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{found.version}{'-gzip' if packed else ''}")
    answer.headers["Cache-Control"] = A_YEAR if request.args.get("v") == found.version else "no-cache"
    answer.make_conditional(request)
    return answer


def configure(app: Flask) -> None:
    """Serve the static folder by the view of this module, and give templates `asset()`."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["asset"] = asset
