"""Several processes of one node: each knows every change, and a killed writer leaves what served before."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hub.config import Settings
from hub.core.database import make_engine, session_scope, transaction
from hub.matching.facts import Kind
from hub.matching.index.index import make_match_index
from hub.members.profiles.documents import requeue
from hub.migrations import upgrade
from tests.factories import make_member, make_profile

ROOT = Path(__file__).parents[2]
KILLS = 2
START = """
import sys
from pathlib import Path
from hub.config import Settings
from hub.core.database import make_engine, session_scope
from hub.matching.facts import Kind
from hub.matching.index.index import make_match_index

settings = Settings(instance=Path(sys.argv[1]))
engine = make_engine(settings.database_address)
index = make_match_index(settings)
"""
WRITER = (
    START
    + """
while True:
    with session_scope(engine), index.folder.lock() as is_ours:
        print(is_ours, flush=True)
        index.rebuild()
"""
)
READER = (
    START
    + """
for _ in sys.stdin:
    with session_scope(engine):
        print(len(index.fresh().of(Kind.MEMBER)), flush=True)
"""
)


@pytest.fixture
def settings(tmp_path):
    """An instance with a database of its own and three people."""
    made = Settings(instance=tmp_path)
    engine = make_engine(made.database_address)
    upgrade(engine)
    with session_scope(engine):
        for _ in range(3):
            one_more()
    yield made
    engine.dispose()


def one_more():
    """List somebody else."""
    member = make_member()
    make_profile(member, headline="Traces assets")
    with transaction():
        requeue(member)


def run(script, settings):
    """Start a process."""
    return subprocess.Popen(
        [sys.executable, "-c", script, str(settings.instance)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_writer_leaves_sound_files(settings):
    rng = random.Random(9)
    engine = make_engine(settings.database_address)
    with session_scope(engine):
        index = make_match_index(settings)
        assert index.keep()
        for _ in range(KILLS):
            with run(WRITER, settings) as process:
                assert process.stdout.readline() == "True\n"
                time.sleep(rng.random() * 0.2)
                process.send_signal(signal.SIGKILL)
            found = make_match_index(settings)
            assert found.folder.is_sound()
            assert len(found.fresh().of(Kind.MEMBER)) == 3
            assert found._opened.stamp is not None
        assert index.keep()
        index.rebuild()
    assert len(list(settings.matching_folder.glob("generation-*"))) == 1
    engine.dispose()


def test_two_processes_know_the_same(settings):
    engine = make_engine(settings.database_address)
    with run(READER, settings) as one, run(READER, settings) as other:

        def answers():
            for process in (one, other):
                process.stdin.write("\n")
                process.stdin.flush()
            return [int(process.stdout.readline()) for process in (one, other)]

        try:
            assert answers() == [3, 3]
            for expected in (4, 5):
                with session_scope(engine):
                    one_more()
                assert answers() == [expected, expected]
        finally:
            one.stdin.close()
            other.stdin.close()
    engine.dispose()


def test_one_of_two_writers_writes(settings):
    engine = make_engine(settings.database_address)
    one, other = make_match_index(settings), make_match_index(settings)
    with session_scope(engine), one.folder.lock() as is_ours:
        assert is_ours
        assert not other.keep()
    engine.dispose()
