"""Sends visitors' pages compressed. What may hold something of an account goes out plain.

The length of a compressed answer can betray what is in it (BREACH, https://breachattack.com).
"""

import gzip

from flask import Flask, Response, request

SMALLEST = 1_024
"""Bytes below which compressing is not worth it."""

LEVEL = 6

KINDS = frozenset({"text/html", "application/json", "application/atom+xml", "text/calendar"})

PERSONAL = ("no-store", "private, no-cache")
"""What is said to caches of answers that hold something of one person."""


def compress(response: Response) -> Response:
    """Compress the answer if it is a visitor's page and the browser takes gzip."""
    is_file = response.direct_passthrough
    if is_file or response.mimetype not in KINDS or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    is_personal = response.headers.get("Cache-Control") in PERSONAL
    if is_personal or not request.accept_encodings["gzip"] or len(response.get_data()) < SMALLEST:
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def configure(app: Flask) -> None:
    """Compress last: Flask runs what was registered first after everything else."""
    app.after_request(compress)
