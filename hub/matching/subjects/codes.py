"""Puts chosen codes together: a scheme that says nothing is left out, as it is missing and not empty."""

from collections.abc import Iterable, Mapping

from hub.matching.facts import Scheme


def said(codes: Mapping[Scheme, Iterable[str | None]]) -> dict[Scheme, frozenset[str]]:
    """Return the codes of each scheme that has some, without what nobody chose."""
    chosen = {scheme: frozenset(filter(None, values)) for scheme, values in codes.items()}
    return {scheme: values for scheme, values in chosen.items() if values}
