"""Remembers, in this process, what the approved revisions of a list say: they never change, and lists show few of many.

Nothing is shown because it is remembered: whether somebody may see a record is asked of the database each time.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from hub.catalogue.lines import Content, Line, contents_of

MOST_CHARACTERS = 8_000_000
"""Characters of text that are kept; the longest unused are forgotten first."""

Key = tuple[str, int]


class _Store:
    """Contents by innovation and revision; random public ids keep databases of one process apart."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[Content, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Key) -> Content | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Key, content: Content) -> None:
        size = sum(len(text) for words in content.words for text in words.fields.values())
        with self._lock:
            _content, former = self._kept.pop(key, (None, 0))
            self._kept[key] = (content, size)
            self._size += size - former
            while self._size > MOST_CHARACTERS and len(self._kept) > 1:
                _key, (_forgotten, freed) = self._kept.popitem(last=False)
                self._size -= freed


_store = _Store()


def contents(lines: Sequence[Line]) -> list[Content]:
    """Return what each of the innovations says, which `lines.shown_lines` has just given as shown."""
    keys = [(line.public_id, line.revision_id) for line in lines]
    known = {key: _store.get(key) for key in keys}
    missing = [key for key, content in known.items() if content is None]
    if missing:
        loaded = contents_of([revision_id for _public_id, revision_id in missing])
        for key in missing:
            known[key] = loaded[key[1]]
            _store.keep(key, loaded[key[1]])
    return [content for key in keys if (content := known[key]) is not None]
