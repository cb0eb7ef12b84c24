"""Where the circle of each country stands on the picture of the world's land, which `scripts/map.py` draws."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "centres.json"


@dataclass(frozen=True)
class Place:
    """A point of the picture, in its own units from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class World:
    """The picture.

    Args:
        width: in units.
        height: in units.
        places: where each country stands, by ISO code.
    """

    width: int
    height: int
    places: dict[str, Place]


@cache
def world() -> World:
    """Return the picture's size and the places of all countries; Antarctica and the European Union have none."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    places = {code: Place(x, y) for code, (x, y) in data["centres"].items()}
    return World(data["width"], data["height"], places)


def place_of(country: str) -> Place | None:
    """Return where a country (ISO code) stands on the picture, or None where it is not on it."""
    return world().places.get(country)
