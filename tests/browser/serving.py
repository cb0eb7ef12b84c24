"""Starts the hub as its users do, in processes of its own, and ends it again."""

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

ROOT = Path(__file__).parents[2]
HUB = [sys.executable, "-c", "from hub.cli import main; main()"]
PATIENCE = 180
"""Seconds until it is ready: loading the demonstration takes ten on a quiet machine."""


@dataclass(frozen=True)
class Hub:
    """A hub that is served, and the people who can sign in to it."""

    url: str
    instance: Path

    def account(self, email: str) -> dict[str, str | None]:
        """Return what the accounts file says of a fictional person."""
        rows = json.loads((self.instance / "demo-accounts.json").read_text(encoding="utf-8"))
        return next(row for row in rows if row["email"] == email)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(arguments: list[str], port: int, instance: Path, **settings: str) -> Iterator[None]:
    """Run a `hub` command until the block ends; it begins once the port answers as ready."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment |= {
        "HUB_INSTANCE": str(instance),
        "HUB_PORT": str(port),
        "HUB_PSEUDO_LANGUAGE": "true",
        **settings,
    }
    log = instance.parent / f"{arguments[0]}-{port}.log"
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            [*HUB, *arguments], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            _wait_until_ready(process, port, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_ready(process: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the hub did not get ready:\n{log.read_text(encoding='utf-8')[-3000:]}")


@contextmanager
def demo(instance: Path) -> Iterator[Hub]:
    """Run `hub demo` on a filled instance."""
    port = free_port()
    with running(["demo"], port, instance):
        yield Hub(f"http://localhost:{port}", instance)


@contextmanager
def behind_tls(instance: Path) -> Iterator[Hub]:
    """Run `hub serve` on an instance as an operator does: a proxy in front of it speaks TLS with the browsers."""
    outside, inside = free_port(), free_port()
    url = f"https://localhost:{outside}"
    with (
        running(["serve"], inside, instance, HUB_BASE_URL=url, HUB_TRUSTED_PROXIES="1"),
        Proxy(("127.0.0.1", outside), _forwarder(inside)) as proxy,
    ):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("localhost").configure_cert(context)
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield Hub(url, instance)
        finally:
            proxy.shutdown()


class Proxy(ThreadingHTTPServer):
    """Browsers open connections in advance and drop them unused, which is no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def _forwarder(port: int) -> type[BaseHTTPRequestHandler]:
    class Forwarder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {**self.headers, "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as inner:
                inner.request(self.command, self.path, body, headers)
                answer = inner.getresponse()
                content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the name that http.server looks for

        def log_message(self, *arguments: object) -> None:
            pass

    return Forwarder
