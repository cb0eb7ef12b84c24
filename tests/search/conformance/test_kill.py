"""A process that is killed while it writes leaves an index that is whole and can be written on."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.conformance.engines import ENGINES, engine_of

ROOT = Path(__file__).parents[3]
KILLS = 3
WRITER = """
import sys
from pathlib import Path
from hub.search.changes import Change
from hub.search.documents import Document
from hub.config import Settings
from hub.search.engine import make_search_engine

index = make_search_engine(Settings(instance=Path(sys.argv[1]), search_engine=sys.argv[2]))
number = index.applied_number()
while True:
    number += 1
    labels = frozenset({"public" if number % 3 else "member"})
    name = f"d{number % 40}"
    index.apply([Change(number, name, Document(name, labels, {"en": {"name": f"word{number}"}}))], number)
    print(number, flush=True)
"""


@pytest.mark.parametrize("name", ENGINES)
def test_kills_lose_nothing_that_was_applied(tmp_path, name):
    engine_of(name, tmp_path).rebuild([], 0)
    rng = random.Random(4)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            told = 0
            for _ in range(rng.randint(3, 15)):
                told = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
        index = engine_of(name, tmp_path)
        assert not index.is_rebuild_wanted()
        assert index.folder.is_sound()
        contents = index.contents()
        assert contents.applied_number >= told
        numbers = range(max(contents.applied_number - 39, 1), contents.applied_number + 1)
        assert contents.digests.keys() == {f"d{number % 40}" for number in numbers}
