"""Draws the land of the world without borders, and finds where the circle of each country stands.

For maintainers only (`make map`, needs Node's npm); everybody else uses the committed files.
"""

import itertools
import json
import math
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
LAND = ROOT / "hub" / "static" / "img" / "land.svg"
CREDIT = ROOT / "hub" / "static" / "img" / "LICENCES"
CENTRES = ROOT / "hub" / "insights" / "data" / "centres.json"
COUNTRIES = ROOT / "hub" / "vocabularies" / "data" / "countries.json"

PACKAGE = "world-atlas@2.0.2"
CREDITS = """\
land.svg: made from Natural Earth 4.1.0 (public domain), in the packing of world-atlas 2.0.2 (ISC, Michael Bostock)
"""

MIDDLE = 11.0
"""The meridian in the middle: at 169° W, where the picture is cut, there is nothing but sea."""

SOUTH = -57.5
"""What lies further south is left out; no record comes from there."""

WIDTH, HEIGHT, MARGIN = 960, 440, 8
SMALLEST = 1.2
"""Square units of the picture below which an island is left out."""

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Coefficients of the Equal Earth projection (Šavrič, Patterson and Jenny 2018)."""

BY_HAND = {
    "BQ": (-68.3, 12.2),
    "BV": (3.4, -54.4),
    "CC": (96.9, -12.2),
    "CX": (105.6, -10.5),
    "GF": (-53.2, 4.0),
    "GI": (-5.3, 36.1),
    "GP": (-61.6, 16.2),
    "MQ": (-61.0, 14.7),
    "RE": (55.5, -21.1),
    "SJ": (16.0, 78.5),
    "TK": (-171.9, -9.2),
    "TV": (178.7, -7.5),
    "UM": (-176.4, 0.2),
    "YT": (45.2, -12.8),
}
"""Longitude and latitude of territories that the source draws as part of another, or not at all."""

OFF_THE_MAP = frozenset({"AQ", "EU"})
"""Antarctica, which is cut off, and the European Union, which is no place of its own."""

Point = tuple[float, float]
Ring = Sequence[Point]


def projected(longitude: float, latitude: float) -> Point:
    """Return where a place stands on a globe of radius 1, by the Equal Earth projection; y grows northwards.

    Args:
        longitude: in degrees from the middle of the picture.
        latitude: in degrees.
    """
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    stretch = A1 + 3 * A2 * squared + sixth * (7 * A3 + 9 * A4 * squared)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * stretch)
    return x, theta * (A1 + A2 * squared + sixth * (A3 + A4 * squared))


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file as longitudes and latitudes."""
    (scale_x, scale_y), (start_x, start_y) = (topology["transform"][name] for name in ("scale", "translate"))
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + start_x, y * scale_y + start_y))
        arcs.append(points)
    return arcs


def rings(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Ring]]:
    """Yield the polygons of a geometry, each as its outline followed by its holes."""
    if "geometries" in geometry:
        for each in geometry["geometries"]:
            yield from rings(each, arcs)
        return
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield [_joined(ring, arcs) for ring in polygon]


def _joined(ring: Sequence[int], arcs: list[list[Point]]) -> Ring:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def cut(ring: Ring, is_kept: Callable[[Point], bool], edge: Callable[[Point, Point], Point]) -> Ring:
    """Return the part of a ring on the kept side of a straight line (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if is_kept(before) != is_kept(point):
            kept.append(edge(before, point))
        if is_kept(point):
            kept.append(point)
    return kept


def pieces(ring: Ring) -> Iterator[Ring]:
    """Yield a ring north of the southern edge, in two where it lies across the meridian at which the picture is cut.

    Longitudes that are yielded count from the middle of the picture.
    """
    if all(latitude < SOUTH for _, latitude in ring):
        return
    turned = _unwrapped([(longitude - MIDDLE, latitude) for longitude, latitude in ring])
    northern = cut(turned, lambda point: point[1] >= SOUTH, lambda a, b: _at(a, b, 1, SOUTH))
    for turn in (-360, 0, 360):
        part = cut(
            northern,
            lambda point, west=turn - 180: point[0] >= west,
            lambda a, b, west=turn - 180: _at(a, b, 0, west),
        )
        part = cut(
            part,
            lambda point, east=turn + 180: point[0] <= east,
            lambda a, b, east=turn + 180: _at(a, b, 0, east),
        )
        if part:
            yield [(longitude - turn, latitude) for longitude, latitude in part]


def _unwrapped(ring: Ring) -> Ring:
    """Return a ring whose longitudes go on beyond 180 where it crosses that meridian."""
    points = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((longitude - points[-1][0]) / 360)
        points.append((longitude - 360 * turns, latitude))
    return points


def _at(a: Point, b: Point, axis: int, value: float) -> Point:
    share = (value - a[axis]) / (b[axis] - a[axis])
    crossing = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    crossing[axis] = value
    return crossing[0], crossing[1]


def area(ring: Ring) -> float:
    """Return the surface within a ring, positive whichever way round it is given."""
    turned = [*ring[1:], ring[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, turned, strict=True))) / 2


def centre(ring: Ring) -> Point:
    """Return the centre of mass of a ring."""
    turned = [*ring[1:], ring[0]]
    whole = x = y = 0.0
    for a, b in zip(ring, turned, strict=True):
        part = a[0] * b[1] - b[0] * a[1]
        whole, x, y = whole + part, x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part
    return x / (3 * whole), y / (3 * whole)


def path_of(shapes: Sequence[Ring], placed: Callable[[Point], Point]) -> str:
    """Return the `d` of an SVG path: steps from point to point in tenths of a unit."""
    drawn = []
    for ring in shapes:
        on_picture = [placed(projected(*point)) for point in ring]
        if area(on_picture) < SMALLEST:
            continue
        whole = [(round(x * 10), round(y * 10)) for x, y in on_picture]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(whole)]
        moves = "".join(f"{_tenths(x)}{_tenths(y, follows=True)}" for x, y in [*steps] if (x, y) != (0, 0))
        drawn.append(f"M{whole[0][0] / 10:g} {whole[0][1] / 10:g}l{moves.lstrip()}z")
    return "".join(drawn)


def _tenths(number: int, *, follows: bool = False) -> str:
    """Return a coordinate as short as SVG takes it; a minus parts it from the one before."""
    words = f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"  # noqa: PLR2004
    return words if number < 0 else f" {words}" if follows or number >= 0 else words


def main() -> None:
    """Write the silhouette, the centres and whom they come from."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        land, fine = (
            json.loads((folder / "package" / f"{each}.json").read_text(encoding="utf-8"))
            for each in ("land-110m", "countries-50m")
        )
    shapes = [
        piece
        for polygon in rings(land["objects"]["land"], decoded(land))
        for ring in polygon
        for piece in pieces(ring)
    ]
    centres = {
        code: where
        for code, where in {
            **_centres(fine),
            **{code: projected((x - MIDDLE + 540) % 360 - 180, y) for code, (x, y) in BY_HAND.items()},
        }.items()
        if code not in OFF_THE_MAP
    }
    corners = [*centres.values(), *(projected(*point) for ring in shapes for point in ring)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    scale = min((WIDTH - 2 * MARGIN) / (right - left), HEIGHT / (high - low))

    def placed(point: Point) -> Point:
        return MARGIN + scale * (point[0] - left), scale * (high - point[1])

    LAND.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path fill="#e6dfe5" d="{path_of(shapes, placed)}"/></svg>\n',
        encoding="utf-8",
    )
    CREDIT.write_text(CREDITS, encoding="utf-8")
    places = {code: placed(where) for code, where in sorted(centres.items())}
    listed = json.loads(COUNTRIES.read_text(encoding="utf-8"))["terms"]
    missing = {each["code"] for each in listed} - places.keys() - OFF_THE_MAP
    if missing:
        message = f"no centre for {sorted(missing)}"
        raise ValueError(message)
    rows = ",\n".join(f'    "{code}": [{x:.1f}, {y:.1f}]' for code, (x, y) in places.items())
    CENTRES.write_text(
        f'{{\n  "source": "Natural Earth 4.1.0, public domain; Equal Earth projection around {MIDDLE:g}° E",\n'
        f'  "width": {WIDTH},\n  "height": {HEIGHT},\n  "centres": {{\n{rows}\n  }}\n}}\n',
        encoding="utf-8",
    )


def _centres(topology: dict[str, Any]) -> dict[str, Point]:
    """Return, by ISO code, the centre of the largest piece of each country, projected."""
    numbers, arcs = get_global("territory_aliases"), decoded(topology)
    outlines: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        codes = numbers.get(geometry.get("id") or "")
        if not codes or "arcs" not in geometry:
            continue
        outlines.setdefault(codes[0], []).extend(
            [projected(*point) for point in piece]
            for each in rings(geometry, arcs)
            for piece in pieces(each[0])
        )
    return {code: centre(max(some, key=area)) for code, some in outlines.items() if some}


if __name__ == "__main__":
    main()
