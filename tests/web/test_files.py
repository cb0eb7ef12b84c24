"""Forms with files: how much a body may be, what a view gets of it, and how a file is sent to people."""

import io
from urllib.parse import quote

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import EnvironBuilder, encode_multipart, run_wsgi_app

from hub.web import security
from tests.core.samples import PDF, SVG
from tests.factories import make_member
from tests.web.trial import KEPT

MEGABYTE = 1024 * 1024


def send(client, content, name="Report.pdf", **fields):
    return post(client, "/trial/file", {"file": FileStorage(io.BytesIO(content), name), **fields})


def post(client, path, data):
    # what the client itself encodes it keeps in a file that it does not close
    boundary, body = encode_multipart({**data, "csrf_token": client.token()})
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def fetch(client, name, **headers):
    return client.get(f"/trial/file/{name}", headers=headers, buffered=True)


def stored(client, content, name="Report.pdf"):
    return fetch(client, send(client, content, name).json["name"], **{"Accept-Encoding": "gzip"})


def test_a_file_and_two_megabytes_of_text_are_taken_together(client):
    answer = send(client, b"x" * (20 * MEGABYTE), "a.txt", words="ა" * (2 * MEGABYTE // 3))
    assert answer.status_code == 200
    assert KEPT[answer.json["name"]].size == 20 * MEGABYTE
    assert len(answer.json["words"]) == 2 * MEGABYTE // 3


def test_a_file_a_little_too_large_is_named(client):
    answer = send(client, b"x" * (21 * MEGABYTE), "a.txt")
    assert answer.status_code == 422
    assert "up to 20 MB" in answer.text


@pytest.mark.parametrize(
    "fields",
    [{"words": "x" * (2 * MEGABYTE + 1)}, {"words": "x" * 1_500_000, "more": "x" * 1_500_000}],
    ids=["one", "two"],
)
def test_the_text_beside_a_file_keeps_its_own_limit(client, fields):
    answer = send(client, PDF, **fields)
    assert answer.status_code == 413
    assert "one of up to 20 MB" in answer.text


def test_a_body_beyond_file_and_text_is_refused(client):
    assert send(client, b"x" * security.MAX_FILE_BODY, "a.txt").status_code == 413


def test_other_views_take_no_more_than_before(client):
    answer = post(client, "/trial/page", {"file": FileStorage(io.BytesIO(b"x" * (7 * MEGABYTE)), "a.txt")})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_only_a_form_with_files_may_be_large(client, kind):
    body = b"words=" + b"x" * (7 * MEGABYTE)
    assert client.post("/trial/file", data=body, content_type=kind).status_code == 413


class Endless(io.RawIOBase):
    """A body of any length, which counts what is read of it."""

    def __init__(self, length):
        self.left, self.taken = length, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self.left)
        self.left -= size
        self.taken += size
        return size


@pytest.mark.parametrize("path", ["/trial/file", "/trial/page", "/no-such-page"])
def test_a_gigabyte_fills_nothing(app, path):
    body = Endless(1024 * MEGABYTE)
    environ = EnvironBuilder(
        path, method="POST", content_type="multipart/form-data; boundary=a"
    ).get_environ()
    environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(body.left)}
    _, status, _ = run_wsgi_app(app, environ, buffered=True)
    assert status.startswith("413")
    assert body.taken <= security.MAX_DRAINED


def test_a_body_without_a_length_is_not_read(client):
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(PDF), "a.pdf")})
    environ = EnvironBuilder("/trial/file", method="POST").get_environ()
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}"}
    environ.pop("CONTENT_LENGTH", None)
    assert client.open(environ).status_code == 400


def test_no_file_is_none(client):
    assert post(client, "/trial/file", {"words": "some"}).text == "no file"
    assert post(client, "/trial/file", {"file": FileStorage(io.BytesIO(b""), "")}).text == "no file"
    assert post(client, "/trial/file", {"file": "words in place of a file"}).text == "no file"


def test_a_file_that_is_refused_says_why(client):
    answer = send(client, SVG, "drawing.svg")
    assert answer.status_code == 422
    assert "Files of this type are not taken" in answer.text


def test_a_file_comes_as_an_attachment(client):
    answer = stored(client, PDF, "Отчёт “2024”; a=b.pdf")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('Отчёт “2024”; a=b.pdf')}" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache, private"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.json", b"{}" + b" " * 2_000 + b"\n{}", "application/json"),
        ("a.md", b"# <script>", "text/markdown; charset=utf-8"),
        ("a.csv", b"a,b\n", "text/csv; charset=utf-8"),
    ],
)
def test_a_file_of_text_arrives_as_it_was_sent(client, name, content, kind):
    answer = stored(client, content, name)
    assert "Content-Encoding" not in answer.headers
    assert (answer.data, answer.headers["Content-Type"]) == (content, kind)


def test_what_signed_in_people_get_is_kept_by_no_cache(client):
    name = send(client, PDF).json["name"]
    client.become(make_member())
    assert fetch(client, name).headers["Cache-Control"] == "no-store"


def test_a_file_is_asked_for_again_and_need_not_be_sent_again(client):
    name = send(client, PDF).json["name"]
    first = fetch(client, name)
    again = fetch(client, name, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part = fetch(client, name, Range="bytes=0-3")
    assert (part.status_code, part.data) == (206, b"%PDF")


def test_a_file_that_is_gone_is_missed_in_words(client, app):
    name = send(client, PDF).json["name"]
    (app.extensions["hub"].settings.instance / "uploads" / name[:2] / name).unlink()
    answer = fetch(client, name)
    assert answer.status_code == 404
    assert "missing on our side" in answer.text
