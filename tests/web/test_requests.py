"""What guards every request: sizes, hosts, odd bytes; and the headers of every answer."""

import gzip
from urllib.parse import urlencode

import pytest
from werkzeug.test import EnvironBuilder, encode_multipart

from hub.app import create_app
from hub.config import Settings
from tests.factories import make_member
from tests.web.trial import trial

TWO_MB = 2 * 1024 * 1024
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def secure_app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secure")
    made = create_app(Settings(instance=folder, base_url="https://hub.example", trusted_proxies=1))
    made.register_blueprint(trial)
    return made


@pytest.fixture(scope="module")
def demo_app(tmp_path_factory):
    return create_app(Settings(instance=tmp_path_factory.mktemp("demo"), demo=True))


@pytest.mark.parametrize("text", ["x" * TWO_MB, "ა" * (TWO_MB // 3)], ids=["latin", "georgian"])
def test_two_megabytes_of_text_are_read_whole(client, text):
    client.nags = False
    answer = client.act("/trial/page", {"words": text})
    assert answer.status_code == 200
    assert text in answer.text


@pytest.mark.parametrize(
    "data",
    [
        {"words": "x" * (TWO_MB + 1)},
        {"words": "ა" * (TWO_MB // 3 + 1)},
        {"words": "x" * 1_500_000, "more": "x" * 1_500_000},
        {"words": "x" * 20_000_000},
        {f"field{number}": "" for number in range(1_010)},
    ],
    ids=["latin", "georgian", "two fields", "body", "many fields"],
)
@pytest.mark.parametrize("is_multipart", [False, True], ids=["urlencoded", "multipart"])
def test_more_is_refused_and_the_last_save_is_kept(client, data, is_multipart):
    if is_multipart:
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
    else:
        body, kind = urlencode(data), "application/x-www-form-urlencoded"
    answer = client.post("/trial/page", data=body, content_type=kind)
    assert answer.status_code == 413
    assert "what you saved before is kept" in answer.text


@pytest.mark.parametrize("path", ["/trial/page?words=a%00b", "/trial/page?wo%00rds=ab"])
def test_nul_in_a_query_is_dropped(client, path):
    assert "<p>ab</p>" in client.get(path).text


def test_nul_in_a_form_is_dropped(client):
    assert "<p>ab</p>" in client.act("/trial/page", {"words": "a\x00b"}).text


@pytest.mark.parametrize("path", ["/innovations/a%00b", "/%00", "/trial/role/%00", "/static/%00"])
def test_nul_in_a_path_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["q=\xff", "q=%ff", "q=%", "\xe1\x83", "&&&=&", "q=%ED%A0%80"])
def test_odd_queries_are_answered(client, query):
    builder = EnvironBuilder("/trial/page")
    environ = builder.get_environ()
    environ["QUERY_STRING"] = query
    assert client.open(environ).status_code == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nnothing"),
        ("application/json", b"{"),
        ("text/plain", b"\xff"),
        ("application/x-www-form-urlencoded", b"\xff=\xff&%"),
        ("", b"words=1"),
    ],
)
def test_odd_bodies_are_refused_for_their_token(client, kind, body):
    assert client.post("/trial/page", data=body, content_type=kind).status_code == 400


def test_every_answer_carries_the_security_headers(client):
    for path in ("/trial/page", "/sign-in", "/account", "/no-such-page", "/healthz", "/static/css/base.css"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == CSP
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers


def test_pages_of_signed_in_people_are_kept_by_no_cache(client):
    assert client.get("/trial/page").headers["Cache-Control"] == "no-cache, private"
    client.become(make_member())
    assert client.get("/trial/page").headers["Cache-Control"] == "no-store"
    assert client.get("/no-such-page").headers["Cache-Control"] == "no-store"


def test_static_files_with_their_hash_are_kept_for_a_year(client):
    address = next(part for part in client.get("/sign-in").text.split('"') if "css/base.css?v=" in part)
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/static/css/base.css?v=old").headers["Cache-Control"] == "no-cache"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(answer.data)


def test_pages_of_visitors_are_compressed_and_those_of_members_are_not(client):
    header = {"Accept-Encoding": "gzip, br"}
    packed = client.get("/sign-in", headers=header)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data).startswith(b"<!DOCTYPE html>")
    assert "Accept-Encoding" in packed.headers["Vary"]
    client.become(make_member())
    assert "Content-Encoding" not in client.get("/trial/page", headers=header).headers


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/css"]
)
def test_nothing_beside_the_static_folder_is_served(client, path):
    assert client.get(path).status_code in {404, 308}


def test_over_https_cookies_are_bound_to_the_host(secure_app):
    client = secure_app.test_client()
    client.nags = False
    answer = client.get("/healthz", base_url="https://hub.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    sent = client.get("/sign-in", base_url="https://hub.example").headers["Set-Cookie"]
    assert sent.startswith("__Host-hub-form=")
    assert "Secure" in sent
    assert "Domain" not in sent
    assert "Path=/" in sent


@pytest.mark.parametrize(
    "host", ["evil.test", "hub.example.evil.test", "", "[", "hub.example@evil.test", "a b"]
)
def test_a_foreign_host_name_is_refused(secure_app, host):
    answer = secure_app.test_client().get("/healthz", headers={"Host": host or "x"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == CSP


@pytest.mark.parametrize(
    "host", ["hub.example", "HUB.example:443", "localhost:8000", "127.0.0.1", "[::1]:9000"]
)
def test_own_host_names_are_served(secure_app, host):
    assert secure_app.test_client().get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"])
def test_the_demonstration_answers_no_proxy(demo_app, name):
    client = demo_app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={name: "203.0.113.9"}).status_code == 400
    assert client.get("/healthz", headers={"Host": "hub.example"}).status_code == 400


def test_addresses_come_from_trusted_hops_only(secure_app, app):
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    assert secure_app.test_client().get("/trial/network", headers=headers).text == "203.0.113.9"
    assert app.test_client().get("/trial/network", headers=headers).text == "127.0.0.1"


def test_plain_http_is_for_this_machine_only(tmp_path):
    with pytest.raises(ValueError, match="https"):
        create_app(Settings(instance=tmp_path, base_url="http://hub.example"))
