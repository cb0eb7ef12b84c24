"""Commits at the same moment: numbers without gaps, a chain without breaks."""

from concurrent.futures import ThreadPoolExecutor

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.service import record
from hub.audit.verify import verify_stored
from hub.core.database import make_engine, session_scope, transaction
from hub.migrations import upgrade

WRITERS = 4
DECISIONS = 10


def test_parallel_commits_leave_no_gap(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'hub.sqlite'}")
    upgrade(engine)

    def decide(writer):
        with session_scope(engine):
            for number in range(DECISIONS):
                with transaction():
                    record(VISITOR, Event.INNOVATION_TAKE, f"innovation:{writer}-{number}")

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(decide, range(WRITERS)))
    with session_scope(engine):
        verdict = verify_stored(stored_entries(), first_loose_number())
    engine.dispose()
    assert (verdict.is_whole, verdict.entries) == (True, WRITERS * DECISIONS)
