"""What a page costs: bytes over the wire on the first visit and after it, and the server's time, on the demonstration.

Bytes are bodies as the server sends them to a browser that takes gzip; a first visit fetches the page and every file
that it names, a later one only what a browser does not hold any more.
"""

import argparse
import gzip
import http.client
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from benchmarks.setup import ROOT, answers, free_port

FIRST_LIMIT, LATER_LIMIT = 100_000, 25_000
PATIENCE = 120

PAGES = {
    "home": "/",
    "search": "/innovations",
    "search with words and filter": "/innovations?q=procurement&function=detect",
    "search without result": "/innovations?q=nowhere",
    "record": "",  # the first result, see `main`
    "sign-in": "/sign-in",
}

NAMED = re.compile(r"""(?:<link [^>]*?href|<script [^>]*?src|<img [^>]*?src)="([^"]+)\"""")
IMPORTED = re.compile(r"""^import [^"']*["']([^"']+)["']""", re.MULTILINE)
DRAWN = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")


@dataclass
class Client:
    """A browser's side of one connection, with what it may keep."""

    port: int
    kept: dict[str, bytes] = field(default_factory=dict)
    known: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def fetch(self, path: str) -> tuple[int, str, float]:
        """Return the bytes that were sent, the text they stand for, and the seconds until they were there."""
        if path in self.kept:
            return 0, self.kept[path].decode(errors="replace"), 0.0
        began = time.perf_counter()
        tag, stored = self.known.get(path, ("", b""))
        headers = {"Accept-Encoding": "gzip", "Host": f"localhost:{self.port}"}
        self._connection.request("GET", path, headers={**headers, "If-None-Match": tag} if tag else headers)
        answer = self._connection.getresponse()
        body = answer.read()
        taken = time.perf_counter() - began
        if answer.status == http.HTTPStatus.NOT_MODIFIED:
            return len(body), stored.decode(errors="replace"), taken
        if answer.status != http.HTTPStatus.OK:
            message = f"{path} answered {answer.status}"
            raise RuntimeError(message)
        content = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
        if "immutable" in (answer.getheader("Cache-Control") or ""):
            self.kept[path] = content
        elif answer.getheader("ETag"):
            self.known[path] = (str(answer.getheader("ETag")), content)
        return len(body), content.decode(errors="replace"), taken

    def visit(self, path: str) -> int:
        """Return the bytes that a page and every file it needs cost."""
        cost, page, _taken = self.fetch(path)
        waiting, seen = [urljoin(path, name.replace("&amp;", "&")) for name in NAMED.findall(page)], {path}
        while waiting:
            name = waiting.pop()
            if name in seen or urlsplit(name).netloc:
                continue
            seen.add(name)
            size, content, _taken = self.fetch(name)
            cost += size
            kind = urlsplit(name).path.rpartition(".")[2]
            found = {"js": IMPORTED, "css": DRAWN}.get(kind)
            waiting += [urljoin(name, each) for each in found.findall(content)] if found else []
        return cost


@contextmanager
def demonstration() -> Iterator[int]:
    """Run `hub demo` with a catalogue of its own; yields its port."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="hub-pages-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        environment |= {"HUB_INSTANCE": f"{folder}/instance", "HUB_PORT": str(port), "HUB_LIMITS": "off"}
        command = [sys.executable, "-c", "from hub.cli import main; main()", "demo"]
        log = Path(folder) / "demo.log"
        with (
            log.open("w", encoding="utf-8") as output,
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            ) as process,
        ):
            try:
                until = time.monotonic() + PATIENCE
                while not answers(port, "/innovations") or "hit" not in Client(port).fetch("/innovations")[1]:
                    if process.poll() is not None or time.monotonic() > until:
                        message = f"hub demo served nothing:\n{log.read_text(encoding='utf-8')[-3000:]}"
                        raise RuntimeError(message)
                    time.sleep(0.1)
                yield port
            finally:
                process.terminate()
                process.wait(timeout=30)


def measure(port: int, path: str, rounds: int) -> dict[str, float]:
    """Return bytes of the first visit and of those after it, and milliseconds at the server."""
    client = Client(port)
    first = client.visit(path)
    from_home = Client(port)
    from_home.visit("/")
    times = sorted(client.fetch(path)[2] * 1000 for _ in range(rounds))
    return {
        "first_visit_bytes": first,
        "after_home_bytes": from_home.visit(path),
        "again_bytes": client.visit(path),
        "html_bytes": len(client.fetch(path)[1].encode()),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(rounds * 0.95)], 1),
    }


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if a page is heavier than it may be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--small", action="store_true", help="20 requests a page instead of 200")
    options = parser.parse_args()
    rounds = 20 if options.small else 200
    with demonstration() as port:
        found = re.search(r'class="hit".*?href="([^"]+)"', Client(port).fetch("/innovations")[1], re.DOTALL)
        if found is None:
            message = "the catalogue lists nothing"
            raise RuntimeError(message)
        pages = {name: measure(port, path or found.group(1), rounds) for name, path in PAGES.items()}
    heavy = [
        name
        for name, page in pages.items()
        if page["first_visit_bytes"] > FIRST_LIMIT or page["again_bytes"] > LATER_LIMIT
    ]
    for name, page in pages.items():
        print(f"{name}: {page}")
    print(
        json.dumps(
            {"pages": pages, "heavy": heavy, "python": platform.python_version(), "cores": os.cpu_count()}
        )
    )
    sys.exit(bool(heavy))


if __name__ == "__main__":
    main()
