"""Files of named numpy arrays, written once and read in slices. Read without memory maps, see `KeepingStorage`."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
import numpy.typing as npt

from hub.config import private_opener
from hub.search.folder import DamagedIndexError

ALIGNMENT = 8
HEADER_BYTES = 8
"""How many bytes at the beginning tell how long the list of the arrays is that follows them."""

AnyArray = npt.NDArray[Any]


def write_arrays(path: Path, arrays: Mapping[str, AnyArray]) -> None:
    """Write arrays of one dimension into a new file; its owner alone may read it."""
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, offset, len(array))
        offset += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    header = json.dumps(places).encode()
    with open(path, "wb", opener=private_opener) as file:
        file.write(len(header).to_bytes(HEADER_BYTES, "little"))
        file.write(header)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(bytes(-array.nbytes % ALIGNMENT))


class ArrayFile:
    """A file of arrays, open as long as somebody holds this; many threads may read at once.

    Args:
        path: what `write_arrays` wrote; its digest must have been checked before.

    Raises:
        DamagedIndexError: it is cut short.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self._descriptor)
        length = int.from_bytes(self._bytes(0, HEADER_BYTES), "little")
        self._places: dict[str, tuple[str, int, int]] = json.loads(self._bytes(HEADER_BYTES, length))
        self._start = HEADER_BYTES + length

    def __contains__(self, name: str) -> bool:
        """Whether there is an array `name`."""
        return name in self._places

    def names(self) -> tuple[str, ...]:
        """Return the names of all arrays."""
        return tuple(self._places)

    def read(self, name: str, start: int = 0, stop: int | None = None) -> AnyArray:
        """Return a part of an array, or all of it; an empty one where there is none of that name.

        Raises:
            DamagedIndexError: the file was cut short since it was opened.
        """
        if name not in self._places:
            return np.empty(0)
        kind, offset, count = self._places[name]
        dtype = np.dtype(kind)
        stop = count if stop is None else min(stop, count)
        size = max(stop - start, 0) * dtype.itemsize
        return np.frombuffer(self._bytes(self._start + offset + start * dtype.itemsize, size), dtype)

    def _bytes(self, offset: int, size: int) -> bytes:
        parts = []
        while size:
            part = os.pread(self._descriptor, size, offset)
            if not part:
                raise DamagedIndexError("a file of the index is cut short")
            parts.append(part)
            offset += len(part)
            size -= len(part)
        return b"".join(parts)
