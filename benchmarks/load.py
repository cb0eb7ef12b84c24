"""Asks a web server for pages over several kept connections, and tells what they cost it."""

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import sysconf
from pathlib import Path

CONNECTIONS = 4
TICKS = sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What pages cost.

    Args:
        per_second: pages served in a second.
        cpu_ms: milliseconds of processor time that the server spent on a page, all its processes together.
        p50_ms: median time that a page took, with as many others under way as there are connections.
        p95_ms: the time that 19 in 20 pages took at most.
    """

    per_second: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float


def asked(port: int, paths: Sequence[str], process: int, headers: Mapping[str, str] | None = None) -> Cost:
    """Fetch every path once and return what that cost.

    Args:
        port: of loopback, where the server listens.
        paths: what is asked for, in this order.
        process: the number of the server's process; those that it started count too.
        headers: sent with every request.

    Raises:
        RuntimeError: a page was not answered with 200.
    """
    shares = [paths[start::CONNECTIONS] for start in range(CONNECTIONS)]
    used, began = cpu_seconds(process), time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = list(pool.map(lambda share: _fetched(port, share, headers or {}), shares))
    taken, worked = time.perf_counter() - began, cpu_seconds(process) - used
    times = [each for share in found for each in share]
    return Cost(
        round(len(paths) / taken, 1),
        round(1000 * worked / len(paths), 2),
        round(statistics.median(times), 2),
        round(statistics.quantiles(times, n=20, method="inclusive")[-1], 2),
    )


def _fetched(port: int, paths: Sequence[str], headers: Mapping[str, str]) -> list[float]:
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for path in paths:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            message = f"{path} answered {answer.status}"
            raise RuntimeError(message)
        times.append(1000 * (time.perf_counter() - began))
    connection.close()
    return times


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process and those that it started have used so far."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # the name in parentheses may hold blanks; the fields after it are counted from the state on
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / TICKS
    family = {process}
    while new := {child for child, parent in parents.items() if parent in family} - family:
        family |= new
    return sum(used.get(each, 0.0) for each in family)
