"""Filters the documents that match, and counts their facets, with numpy columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
"""One flag per document of an index."""

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Column:
    """Which documents hold which values: pairs of a document's position and a value's position in `values`."""

    values: tuple[str, ...]
    documents: Numbers
    ordinals: Numbers

    @classmethod
    def of(cls, holders: Mapping[str, Numbers]) -> "Column":
        """Return the column for the documents that hold each value."""
        values = tuple(sorted(holders))
        parts = [holders[value] for value in values]
        repeats = [len(part) for part in parts]
        return cls(
            values,
            np.concatenate(parts).astype(np.int32) if parts else np.empty(0, np.int32),
            np.repeat(np.arange(len(values), dtype=np.int32), repeats),
        )

    @classmethod
    def joined(cls, columns: Sequence[tuple["Column", int]]) -> "Column":
        """Return one column for several pieces of an index, each with the position of its first document."""
        if len(columns) == 1 and columns[0][1] == 0:
            return columns[0][0]
        values = tuple(sorted({value for column, _ in columns for value in column.values}))
        places = {value: place for place, value in enumerate(values)}
        documents, ordinals = [], []
        for column, start in columns:
            translation = np.array([places[value] for value in column.values], dtype=np.int32)
            documents.append(column.documents + np.int32(start))
            ordinals.append(translation[column.ordinals] if len(translation) else column.ordinals)
        return cls(
            values,
            np.concatenate(documents) if documents else np.empty(0, np.int32),
            np.concatenate(ordinals) if ordinals else np.empty(0, np.int32),
        )

    def mask(self, wanted: Iterable[str], size: int) -> Mask:
        """Return which of `size` documents hold at least one of the wanted values."""
        wanted = frozenset(wanted)
        chosen = np.array([value in wanted for value in self.values], dtype=np.bool_)
        mask = np.zeros(size, dtype=np.bool_)
        if chosen.any():
            mask[self.documents[chosen[self.ordinals]]] = True
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """Return how many of the documents in `among` hold each value, without values that none holds."""
        if not self.values:
            return {}
        found = np.bincount(self.ordinals[among[self.documents]], minlength=len(self.values))
        return {value: int(count) for value, count in zip(self.values, found, strict=True) if count}


EMPTY = Column((), np.empty(0, np.int32), np.empty(0, np.int32))


def narrow(
    columns: Mapping[str, Column],
    filters: Mapping[str, frozenset[str]],
    matching: Mask,
    *,
    has_counts: bool = True,
) -> tuple[Mask, dict[str, dict[str, int]]]:
    """Apply the filters and count every facet: values of one facet widen, facets narrow.

    Args:
        columns: a column for each facet.
        filters: ticked values by facet; an empty set filters nothing, an unknown value matches nothing.
        matching: the documents that match the words and that the viewer may see.
        has_counts: whether anything is counted.

    Returns:
        the documents that pass all filters, and counts by facet and value; those of a facet count what passes
        all *other* facets' filters, so that they say what ticking one more value would show. Ticked values are
        always among them; facets without any value are left out.
    """
    ticked = {facet: values for facet, values in filters.items() if values}
    passes = {
        facet: columns.get(facet, EMPTY).mask(values, len(matching)) for facet, values in ticked.items()
    }
    found = matching.copy()
    for mask in passes.values():
        found &= mask
    counts: dict[str, dict[str, int]] = {}
    for facet in sorted(columns.keys() | ticked.keys()) if has_counts else ():
        among = found
        if facet in ticked:
            among = matching.copy()
            for other, mask in passes.items():
                if other != facet:
                    among &= mask
        counted = columns.get(facet, EMPTY).counts(among)
        if counted or facet in ticked:
            counts[facet] = {**dict.fromkeys(sorted(ticked.get(facet, ())), 0), **counted}
    return found, counts
