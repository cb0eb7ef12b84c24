"""The queue of background jobs, in a file of its own inside the instance; it holds nothing that must not be lost."""

from huey import SqliteHuey

from hub.config import Settings


def make_queue(settings: Settings) -> SqliteHuey:
    """Return the queue of this node, without any job yet."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey("hub", filename=str(settings.instance / "jobs.sqlite"), results=False, utc=True)
