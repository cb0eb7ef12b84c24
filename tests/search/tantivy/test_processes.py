"""Several processes read while another writes; all of them are killed. See also `tests/search/conformance`."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.search.conformance.engines import engine_of

ROOT = Path(__file__).parents[3]
READERS = 2
WRITER = """
import sys
from pathlib import Path
from hub.search.changes import Change
from hub.search.documents import Document
from hub.search.tantivy.engine import TantivyEngine

index = TantivyEngine(Path(sys.argv[1]))
number = index.applied_number()
while True:
    number += 1
    labels = frozenset({"public" if number % 3 else "member"})
    name = f"d{number % 40}"
    texts = {"en": {"name": f"word{number}"}}
    index.apply([Change(number, name, Document(name, labels, texts))], number)
    print(number, flush=True)
"""
READER = """
import sys
from pathlib import Path
from hub.search.documents import Query
from hub.search.tantivy.engine import TantivyEngine

index = TantivyEngine(Path(sys.argv[1]))
labels = frozenset({"public", "member"})
while not sys.stdin.closed:
    results = index.search(Query(labels), lambda _number: frozenset())
    assert results.total == min(results.applied_number, 40), results
    print(results.applied_number, flush=True)
    sys.stdin.readline()
"""


def started(script, folder):
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_processes_read_while_another_writes_and_leave_no_copies(instance):
    index = engine_of("tantivy", instance)
    index.rebuild([], 0)
    folder = index.folder.path
    readers = [started(READER, folder) for _ in range(READERS)]
    with started(WRITER, folder) as writer:
        for _ in range(12):
            writer.stdout.readline()
            for reader in readers:
                assert reader.stdout.readline(), "a reader died"
                reader.stdin.write("on\n")
                reader.stdin.flush()
        writer.send_signal(signal.SIGKILL)
    for reader in readers:
        with reader:
            reader.send_signal(signal.SIGKILL)
    index.open()
    assert len(list(folder.with_name("index-serving").glob("*.lock"))) == 1
