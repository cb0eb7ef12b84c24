"""The words of an index in memory, and which of them are nearly something. For every engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class _SameLength:
    """Words of one length: their places in the list, their letters, and which letters they hold."""

    places: npt.NDArray[np.intp]
    letters: npt.NDArray[np.uint32]
    held: npt.NDArray[np.uint64]


class WordList:
    """Folded words in alphabetical order.

    Args:
        words: in any order, also repeated.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))

    def near(self, word: str, distance: int) -> list[tuple[int, str]]:
        """Return the words that differ from `word` by at most `distance` slips, each with how many, in order.

        A slip is a letter left out, added or exchanged, or two neighbours swapped (optimal string alignment).
        """
        if not word:
            return []
        letters = _letters([word])[0]
        held = _held(letters[np.newaxis])[0]
        found = []
        for length in range(max(len(word) - distance, 1), len(word) + distance + 1):
            same = self._by_length.get(length)
            if same is None:
                continue
            # one slip changes at most two of the letters that a word holds
            likely = np.flatnonzero(np.bitwise_count(same.held ^ held) <= 2 * distance)
            slips = _slips(letters, same.letters[likely])
            near = np.flatnonzero(slips <= distance)
            found += [
                (int(slips[place]), self.words[int(same.places[likely[place]])])
                for place in near
                if slips[place]
            ]
        return sorted(found)

    @cached_property
    def _by_length(self) -> Mapping[int, _SameLength]:
        lengths = np.array([len(word) for word in self.words], np.intp)
        order = np.argsort(lengths, kind="stable")
        groups = {}
        for length, places in groupby(order.tolist(), lambda place: len(self.words[place])):
            chosen = list(places)
            letters = _letters([self.words[place] for place in chosen])
            groups[length] = _SameLength(np.array(chosen, np.intp), letters, _held(letters))
        return groups


def _letters(words: list[str]) -> npt.NDArray[np.uint32]:
    """Return the code points of words of one length, a row each."""
    length = len(words[0])
    return np.array(words, dtype=f"<U{length}").view(np.uint32).reshape(-1, length)


def _held(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """Return which letters stand in each row, as bits; different letters may share one."""
    bits = np.left_shift(np.uint64(1), (letters & np.uint32(63)).astype(np.uint64))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), np.uint64)


def _slips(word: npt.NDArray[np.uint32], others: npt.NDArray[np.uint32]) -> npt.NDArray[np.int16]:
    """Return the optimal string alignment distance between a word and each row of `others`."""
    count, length = others.shape
    before = last = np.broadcast_to(np.arange(length + 1, dtype=np.int16)[:, np.newaxis], (length + 1, count))
    columns = np.ascontiguousarray(others.T)
    for row, letter in enumerate(word, start=1):
        present = np.empty((length + 1, count), np.int16)
        present[0] = row
        differs = columns != letter
        for place in range(1, length + 1):
            best = np.minimum(last[place], present[place - 1]) + np.int16(1)
            np.minimum(best, last[place - 1] + differs[place - 1], out=best)
            if row > 1 and place > 1:
                swapped = (columns[place - 2] == letter) & (columns[place - 1] == word[row - 2])
                best = np.where(swapped, np.minimum(best, before[place - 2] + np.int16(1)), best)
            present[place] = best
        before, last = last, present
    return np.asarray(last[length])
