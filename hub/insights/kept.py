"""Public figures kept in the memory of this process while their stamp holds; made once even when many ask at once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from hub.insights.version import Span, Version, public_version

T = TypeVar("T")

MOST = 512
"""Things that are kept; what was asked for longest ago leaves first."""


class _Slot:
    """One thing that is kept, and the lock of who makes it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.held: tuple[Version | None, Any] = (None, None)
        """Since when, and what: always changed together."""


_slots: OrderedDict[Hashable, _Slot] = OrderedDict()
_slots_lock = Lock()


def kept(key: Hashable, make: Callable[[], T], *, span: Span = Span.MINUTE) -> T:
    """Return what `make` returns, made anew when the public version has moved on.

    Args:
        key: names the thing and all that it depends on besides public data, such as the language. Addresses must not
            choose it freely, or they push out what is kept.
        make: computes it for `VISITOR` alone; nothing of who asks may enter. What it returns is shared by requests
            and threads, so it must be immutable and hold no rows of the session.
        span: how long the clock leaves it alone.
    """
    version = public_version(span)
    if version is None:
        return make()
    slot = _slot(key)
    since, value = slot.held
    if since != version:
        with slot.lock:
            since, value = slot.held
            if since != version:
                value = make()
                slot.held = (version, value)
    made: T = value
    return made


def forget() -> None:
    """Keep nothing any longer."""
    with _slots_lock:
        _slots.clear()


def _slot(key: Hashable) -> _Slot:
    with _slots_lock:
        slot = _slots.setdefault(key, _Slot())
        _slots.move_to_end(key)
        if len(_slots) > MOST:
            _slots.popitem(last=False)
        return slot
