"""`hub serve` and `hub worker`: the web server and the background worker."""

import os
import socket

import click
from granian.constants import Interfaces
from granian.server import Server

from hub.config import Settings
from hub.core.logs import configure_logs
from hub.jobs.worker import run_worker

ADDRESS = "127.0.0.1"
"""Loopback: nobody reaches the server but this machine."""

BLOCKING_THREADS = min(8, 2 * (os.cpu_count() or 1))
"""Requests that one process answers at the same time; more than the processors can carry only wait."""


def serve_app(port: int, workers: int) -> None:
    """Serve the app on loopback until stopped; a proxy in front of it faces the network.

    Raises:
        ClickException: somebody else answers at this port.
    """
    check_port(port)
    server = Server(
        "wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        websockets=False,
    )
    server.serve()


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


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port on loopback; default HUB_PORT or 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; default HUB_WORKERS or 1.")
def serve(port: int | None, workers: int | None) -> None:
    """Serve the hub's pages."""
    settings = Settings()
    serve_app(port or settings.port, workers or settings.workers)


@click.command()
def worker() -> None:
    """Do the background work until stopped."""
    configure_logs()
    run_worker(Settings())
