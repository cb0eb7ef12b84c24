"""What one running application holds: its settings, its database, its search engine, its suggestions."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Connection, Engine

from hub.config import Settings
from hub.matching.index.index import MatchIndex
from hub.search.engine import SearchEngine


@dataclass
class Runtime:
    """Made once by `create_app`.

    Args:
        settings: what the operator set.
        bind: the engine; in tests a connection whose commits are savepoints.
        search: the search engine of this process.
        matching: this process's index of what is suggested.
    """

    settings: Settings
    bind: Engine | Connection
    search: SearchEngine
    matching: MatchIndex


def runtime() -> Runtime:
    """Return the runtime of the application that serves this request."""
    found: Runtime = current_app.extensions["hub"]
    return found
