"""How long somebody must wait before the next try to sign in; pure arithmetic on earlier tries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

WINDOW = timedelta(minutes=5)
PER_PAIR = 10
PER_NETWORK = 100
IN_ALL = 1_000
"""Failed tries in five minutes: for one account from one network, from one network, and in all."""

FREE_FAILURES = 2
"""Failures in a row that cost no waiting; after the third each doubles it, from one second on."""

LONGEST_DELAY = timedelta(seconds=60)

MEMORY = timedelta(hours=24)
"""How long tries are kept, and how long failures in a row count."""

IPV6_NETWORK_BITS = 64


def network_key(address: str) -> str:
    """Return what stands for the network of `address`: an IPv4 address itself, of IPv6 the first 64 bits.

    Args:
        address: as the server saw it; what is no address (such as a socket's name) stands for itself.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return address[:45]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        host_bits = parsed.max_prefixlen - IPV6_NETWORK_BITS
        parsed = IPv6Address(int(parsed) >> host_bits << host_bits)
    return str(parsed)


def delay_after(failures: int) -> timedelta:
    """Return how long to wait after `failures` in a row: nothing twice, then 1, 2, 4, 8 … at most 60 seconds."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(timedelta(seconds=1 << doublings), LONGEST_DELAY)


def wait_for_turn(failed_at: Sequence[datetime], now: datetime) -> timedelta:
    """Return what is left of the growing delay at `now`.

    Args:
        failed_at: the failures of one account from one network since its last success.
        now: the moment of the next try.
    """
    if not failed_at:
        return timedelta(0)
    return max(failed_at, default=now) + delay_after(len(failed_at)) - now


def wait_for_window(failed_at: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    """Return how long it takes at `now` until fewer than `limit` failures lie within the window.

    Args:
        failed_at: moments of failures, in any order.
        limit: how many failures close the door.
        now: the moment of the next try.
    """
    recent = sorted(moment for moment in failed_at if moment > now - WINDOW)
    if len(recent) < limit:
        return timedelta(0)
    return recent[-limit] + WINDOW - now
