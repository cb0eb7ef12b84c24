"""New members for the browser tests, let in at once: how one joins is told by the journeys about joining."""

from hub.core.database import make_engine, session_scope
from tests.browser.serving import Hub
from tests.factories import PASSWORD, make_member

__all__ = ["PASSWORD", "newcomer"]


def newcomer(hub: Hub, email: str, name: str) -> str:
    """Store an approved member of a hub that is served; return their random id."""
    engine = make_engine(f"sqlite:///{hub.instance / 'hub.sqlite'}")
    try:
        with session_scope(engine):
            return make_member(email, display_name=name).public_id
    finally:
        engine.dispose()
