"""Where limits are counted: in Redis if there is one, else in the memory of this process; never a reason to fail."""

import time
from typing import Any

import structlog
from flask import Flask, request
from flask_limiter import Limiter
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter

from hub.config import Settings

try:
    from redis.backoff import NoBackoff
    from redis.retry import Retry
except ImportError:  # only who shares limits between processes needs it
    _TRY_ONCE: dict[str, Any] = {}
else:
    _TRY_ONCE = {"retry": Retry(NoBackoff(), 0)}

logger = structlog.get_logger("hub.web")

PATIENCE = 0.5
"""Seconds that a request waits for Redis, once."""

COUNT_ALONE = 30.0
"""Seconds without asking Redis again after it did not answer, or each request would wait for it."""

limiter = Limiter(
    lambda: request.remote_addr or "",  # for decorators, of which the hub has none
    strategy="moving-window",
    storage_options={"wrap_exceptions": True},
)


class _Memory:
    """Counts while Redis is away. Redis learns nothing of it: at worst somebody may go on a little earlier."""

    def __init__(self) -> None:
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.until = 0.0


_memory = _Memory()


def wait_for_room(limit: RateLimitItem, key: str) -> int:
    """Count one act of `key` under `limit` if it has room; return 0, or the seconds until there is room again."""
    if time.monotonic() >= _memory.until:
        try:
            return _count(limiter.limiter, limit, key)
        except StorageError:
            logger.warning("limits counted in memory", seconds=COUNT_ALONE)
            _memory.until = time.monotonic() + COUNT_ALONE
    return _count(_memory.limiter, limit, key)


def _count(counted_by: RateLimiter, limit: RateLimitItem, key: str) -> int:
    if counted_by.hit(limit, key):
        return 0
    free_at = counted_by.get_window_stats(limit, key).reset_time
    return max(1, int(free_at - time.time()) + 1)


def storage_options(settings: Settings) -> dict[str, Any]:
    """Return what the store of `settings` is opened with: a Redis that is away costs half a second, not many tries."""
    if not settings.redis_url:
        return {}
    return {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, **_TRY_ONCE}


def configure(app: Flask, settings: Settings) -> None:
    """Give the limiter of `app` its store; nothing is asked of Redis before something is counted.

    Raises:
        limits.errors.ConfigurationError: Redis is named, and its library is not installed.
    """
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = storage_options(settings)
    limiter.init_app(app)
    _memory.until = 0.0
    _memory.limiter.storage.reset()
