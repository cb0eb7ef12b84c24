"""How long `make demo` takes to serve a page: cold, in a fresh copy of the checkout, and warm, once more.

Packages come from wherever this machine gets them; the network's share of the cold figure is its own.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "instance", "node_modules")


def free_port() -> int:
    """Return a port of loopback that nobody uses at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Say whether the page is served whole with status 200."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status == 200 and b"</html>" in answer.read()
    except (OSError, urllib.error.URLError):
        return False


def seconds_to_serve(folder: Path, path: str) -> float:
    """Run `make demo` until it serves a page, then end it as Ctrl-C would.

    Args:
        folder: a copy of the checkout.
        path: the page that is asked for.

    Returns:
        Seconds from the command to the page.

    Raises:
        RuntimeError: the command ended, or ten minutes passed, before the page was served.
    """
    port = free_port()
    kept_out = {"HUB_INSTANCE", "HUB_DATABASE_URL", "MAKEFLAGS", "MAKELEVEL", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in kept_out}
    environment["HUB_PORT"] = str(port)
    log = folder.parent / "demo.log"
    started = time.monotonic()
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            ["make", "demo"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            while not answers(port, path):
                if process.poll() is not None or time.monotonic() - started > PATIENCE:
                    message = f"make demo served nothing:\n{log.read_text(encoding='utf-8')[-3000:]}"
                    raise RuntimeError(message)
                time.sleep(0.05)
            return time.monotonic() - started
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def main() -> None:
    """Measure and print; the last line is JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.setup", description=__doc__)
    parser.add_argument("--small", action="store_true", help="one warm start instead of three")
    parser.add_argument("--path", default="/innovations", help="the page that is asked for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-setup-") as work:
        folder = Path(work) / "checkout"
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        cold = seconds_to_serve(folder, options.path)
        print(f"cold: {cold:.1f} s", flush=True)
        warm = sorted(seconds_to_serve(folder, options.path) for _ in range(1 if options.small else 3))
        print(f"warm: {warm[len(warm) // 2]:.1f} s")
    figures = {
        "cold_seconds": round(cold, 1),
        "warm_seconds": round(warm[len(warm) // 2], 1),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
