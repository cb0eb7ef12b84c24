"""What one running application holds: its settings, its database and its search engine."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Connection, Engine

from hub.config import Settings
from hub.search.engine import SearchEngine


@dataclass
class Runtime:
    """Made once by `create_app`.

    Args:
        settings: what the operator set.
        bind: the engine; in tests a connection whose commits are savepoints.
        search: the search engine of this process.
    """

    settings: Settings
    bind: Engine | Connection
    search: SearchEngine


def runtime() -> Runtime:
    """Return the runtime of the application that serves this request."""
    found: Runtime = current_app.extensions["hub"]
    return found
