"""A hub that is served on loopback for the length of a campaign, and small browsers that ask it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[2]
HUB = [sys.executable, "-c", "from hub.cli import main; main()"]
PATIENCE = 60.0
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Served:
    """Where the hub answers, and its process."""

    port: int
    process: int

    def memory_mb(self) -> float:
        """Return the resident memory of the server and its workers, in MB."""
        return sum(_resident(pid) for pid in (self.process, *_children(self.process))) / 1024


NOTHING: Mapping[str, str] = MappingProxyType({})


@contextmanager
def served(instance: Path, more: Mapping[str, str] = NOTHING) -> Iterator[Served]:
    """Run `hub serve` and a worker on `instance` until the block ends, with `more` in their environment."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment |= {
        "HUB_INSTANCE": str(instance.absolute()),
        "HUB_BASE_URL": f"http://localhost:{port}",
        "HUB_LIMITS": "off",  # one machine asks for many people
        **more,
    }
    log = instance.with_name("serve.log")
    with log.open("w", encoding="utf-8") as output:
        processes = [
            subprocess.Popen([*HUB, *command], cwd=ROOT, env=environment, stdout=output, stderr=output)
            for command in (["serve", "--port", str(port)], ["worker"])
        ]
    try:
        _wait(port, processes[0], log)
        yield Served(port, processes[0].pid)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@dataclass
class Browser:
    """One keep-alive connection with its cookies; signed in where it is given a token. Waits so many seconds."""

    port: int
    token: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = 30.0

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("localhost", self.port, timeout=self.patience)
        if self.token:
            self.cookies["hub"] = self.token

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page."""
        return self._ask("GET", path)

    def form_token(self) -> str:
        """Return a token that is valid in this browser's forms now."""
        _, page = self.get("/no-such-page")
        found = TOKEN.search(page)
        if found is None:
            message = "the page has no form token"
            raise RuntimeError(message)
        return found.group(1).decode()

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Send a form; return the status."""
        return self._ask("POST", path, urllib.parse.urlencode(fields))[0]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM_TYPE
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # the server may close an idle connection at any time
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        browser = Browser(port)
        with closing(browser), suppress(OSError):
            if browser.get("/readyz")[0] == http.HTTPStatus.OK:
                return
        time.sleep(0.1)
    message = f"the hub did not get ready: {log.read_text(encoding='utf-8')[-2000:]}"
    raise RuntimeError(message)


def _children(process: int) -> Iterator[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    for child in path.read_text(encoding="ascii").split() if path.exists() else ():
        yield int(child)
        yield from _children(int(child))


def _resident(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) if found else 0
