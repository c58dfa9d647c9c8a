"""Where States lie that a map of the world is too coarse to show, from the installed atlas."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from django.conf import settings

Point = tuple[float, float]
_ATLAS = Path("world-atlas", "countries-50m.json")
# In square degrees at the equator: below it, a State is a pixel or two on a narrow screen.
_SMALL = 2.0


@cache
def small_states() -> dict[str, Point]:
    """Return longitude and latitude of the largest part of each small State, by its M49 code.

    A State is small whose largest island, or mainland, is below about 25,000 square kilometres.
    """
    atlas = json.loads(Path(settings.NODE_MODULES, _ATLAS).read_text(encoding="utf-8"))
    arcs = [_points(arc, atlas["transform"]) for arc in atlas["arcs"]]
    found = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        area, middle = max(_measured(ring, arcs) for ring in _rings(shape))
        if "id" in shape and area < _SMALL:
            found[shape["id"]] = middle
    return found


def _points(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Return the points of an arc, of which TopoJSON stores the first and then the steps."""
    columns = [accumulate(steps) for steps in zip(*arc, strict=True)]
    scale, start = transform["scale"], transform["translate"]
    return [
        (x * scale[0] + start[0], y * scale[1] + start[1]) for x, y in zip(*columns, strict=True)
    ]


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the outer ring of each part of a State, as numbers of arcs."""
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for part in parts:
        yield part[0]


def _measured(ring: list[int], arcs: list[list[Point]]) -> tuple[float, Point]:
    """Return the area inside a ring and the middle of its extent; ~n is arc n backwards."""
    line = [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    across, up = zip(*line, strict=True)
    middle = (min(across) + max(across)) / 2, (min(up) + max(up)) / 2
    area = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(line)) / 2
    return abs(area) * cos(radians(middle[1])), (round(middle[0], 1), round(middle[1], 1))
