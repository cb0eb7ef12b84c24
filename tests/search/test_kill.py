"""A process that is killed while it writes leaves an index that is whole and can be written on."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from hub.search.whoosh_engine import WhooshEngine

ROOT = Path(__file__).parents[2]
KILLS = 5
WRITER = """
import sys
from pathlib import Path
from hub.search.changes import Change
from hub.search.documents import Document
from hub.search.whoosh_engine import WhooshEngine

index = WhooshEngine(Path(sys.argv[1]))
number = index.applied_number()
while True:
    number += 1
    labels = frozenset({"public" if number % 3 else "member"})
    name = f"d{number % 40}"
    index.apply([Change(number, name, Document(name, labels, {"name": f"word{number}"}))], number)
    print(number, flush=True)
"""


def test_kills_lose_nothing_that_was_applied(tmp_path):
    folder = tmp_path / "index"
    WhooshEngine(folder).rebuild([], 0)
    rng = random.Random(4)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            told = 0
            for _ in range(rng.randint(3, 25)):
                told = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
        index = WhooshEngine(folder)
        assert not index.is_rebuild_wanted()
        assert index.folder.is_sound()
        contents = index.contents()
        assert contents.applied_number >= told
        numbers = range(max(contents.applied_number - 39, 1), contents.applied_number + 1)
        assert contents.digests.keys() == {f"d{number % 40}" for number in numbers}
