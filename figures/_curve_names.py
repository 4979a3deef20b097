"""Where names of points on curves stand: beside their point, on no curve and on no other name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from figures._page import LEAST, Box, Point

Curve = Sequence[Point]

NEAR, FAR, STEP = 18.0, 46.0, 7.0  # from a point to the middle of its name: as near as may be, at most, and between
HALF = LEAST * 0.62  # of a name's height
AIR = 3.0  # between a name and a curve
SPACE = 10.0  # between two names


def places_of_names(points: Sequence[Point], widths: Sequence[float], curves: Sequence[Curve], area: Box) -> list[Box]:
    """The box of each point's name, `widths` wide, within `area`; none at all where there is no room for one of them.

    Of all places, the nearest to the point is taken, below a rising curve before above it.
    """
    taken: list[Box] = []
    for point, width in zip(points, widths, strict=True):
        free = (
            box
            for box in _around(point, width)
            if _inside(box, area)
            and not any(_meet(box, other, SPACE) for other in taken)
            and not any(_crosses(curve, box) for curve in curves)
        )
        found = next(free, None)
        if found is None:
            return []
        taken.append(found)
    return taken


def _around(point: Point, width: float) -> Iterator[Box]:
    """Boxes beside a point, the nearest first: below to the right, above to the left, then over and under it."""
    x, y = point
    away = NEAR
    while away <= FAR:
        for left, down in (
            (x + 6, away),
            (x - 6 - width, -away),
            (x - width / 2, away),
            (x - width / 2, -away),
            (x + 6, -away),
        ):
            yield (left, y + down - HALF, left + width, y + down + HALF)
        away += STEP


def _inside(box: Box, area: Box) -> bool:
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


def _meet(box: Box, other: Box, space: float) -> bool:
    return (
        box[0] < other[2] + space and other[0] < box[2] + space and box[1] < other[3] + AIR and other[1] < box[3] + AIR
    )


def _crosses(curve: Curve, box: Box) -> bool:
    """Whether a curve, whose points go from left to right, enters a box or the air around it."""
    left, top, right, bottom = box[0] - AIR, box[1] - AIR, box[2] + AIR, box[3] + AIR
    for (x0, y0), (x1, y1) in pairwise(curve):
        first, last = max(x0, left), min(x1, right)
        if first > last:
            continue
        slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
        ends = (y0 + slope * (first - x0), y0 + slope * (last - x0)) if x1 > x0 else (y0, y1)
        if max(ends) > top and min(ends) < bottom:
            return True
    return False
