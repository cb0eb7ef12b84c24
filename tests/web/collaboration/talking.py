"""Sends messages with files the way a browser does."""

import io

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart


def address(scene, *more):
    """Return the address of a conversation, or of something in it."""
    path = f"/collaboration/{scene.request.public_id}/responses/{scene.response.public_id}/conversation"
    return "/".join([path, *more])


def say(browser, scene, words="", files=(), **fields):
    """Send a message; `files` are pairs of name and content."""
    data = MultiDict({**fields, "words": words, "csrf_token": browser.token()})
    for name, content in files:
        data.add("files", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(data)
    return browser.post(
        address(scene, "message"), data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )
