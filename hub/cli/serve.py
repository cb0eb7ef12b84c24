"""`hub serve` and `hub worker`: the web server and the background worker, apart or together."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from granian.constants import Interfaces
from granian.server import Server

from hub.cli.context import read_settings
from hub.cli.doctor.table import dangers
from hub.config import Settings
from hub.core.logs import configure_logs
from hub.jobs.worker import run_worker

ADDRESS = "127.0.0.1"
"""Loopback: nobody reaches the server but this machine."""

BLOCKING_THREADS = min(8, 2 * (os.cpu_count() or 1))
"""Requests that one process answers at the same time; more than the processors can carry only wait."""

STOP_SECONDS = 15
"""How long a worker beside the server may take to finish what it has begun."""

LOOK_EVERY = 1.0
"""Seconds between two looks of such a worker whether its server is still there."""


def serve_app(settings: Settings, *, with_worker: bool = False) -> None:
    """Serve the app on loopback until stopped; a proxy in front of it faces the network.

    Args:
        settings: port and number of processes, and what is judged before anything listens.
        with_worker: whether a worker runs beside the server and ends with it.

    Raises:
        ClickException: the settings are dangerous, or somebody else answers at this port.
    """
    refuse_dangers(settings)
    check_port(settings.port)
    server = Server(
        "wsgi:application",
        address=ADDRESS,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        websockets=False,
    )
    if not with_worker:
        server.serve()
        return
    with worker_beside():
        server.serve()


def refuse_dangers(settings: Settings) -> None:
    """Refuse what must not be reached by anybody.

    Raises:
        ClickException: one sentence for each danger, and what to do.
    """
    found = dangers(settings)
    if found:
        raise click.ClickException("\n".join(map(str, found)))


def check_port(port: int) -> None:
    """Refuse a port that is taken: the server itself would share it, and half of the requests would go astray.

    Raises:
        ClickException: it is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            raise click.ClickException(
                f"Something else answers at port {port}. Choose another one."
            ) from None


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker in a process of its own until the block ends, however it ends."""
    background = subprocess.Popen(  # noqa: S603 - our own command and a number
        [sys.executable, "-c", "from hub.cli import main; main()", "worker", "--while", str(os.getpid())]
    )
    try:
        yield
    finally:
        background.terminate()
        try:
            background.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            background.kill()
            background.wait()


def _stop_with(parent: int, stopping: threading.Event) -> None:
    """Set `stopping` once `parent` is gone, which leaves its children to another process."""
    while os.getppid() == parent and not stopping.is_set():
        time.sleep(LOOK_EVERY)
    stopping.set()


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port on loopback; default HUB_PORT or 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; default HUB_WORKERS or 1.")
@click.option("--with-worker", is_flag=True, help="Run the background worker too; both end together.")
def serve(port: int | None, workers: int | None, *, with_worker: bool) -> None:
    """Serve the hub's pages; refused while something is dangerous (`hub doctor` names everything)."""
    # what the command line says stands above the environment, for the processes of the server too
    for name, value in (("HUB_PORT", port), ("HUB_WORKERS", workers)):
        if value is not None:
            os.environ[name] = str(value)
    serve_app(read_settings(), with_worker=with_worker)


@click.command()
@click.option("--while", "parent", type=int, hidden=True, help="End when this parent process has ended.")
def worker(parent: int | None) -> None:
    """Do the background work until stopped."""
    configure_logs()
    stopping = threading.Event()
    if parent is not None:
        threading.Thread(target=_stop_with, args=(parent, stopping), daemon=True).start()
    run_worker(read_settings(), stopping)
