"""What has changed between two pictures: the boxes of the shapes that differ, gathered into few rectangles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.film_picture import SMALLEST, Box
from pipeline.film_shapes import Shape

SLACK = 16384
"""How many pixels more a common rectangle may have than two of its own, since each has a fixed cost."""


def damage(before: Sequence[Shape], now: Sequence[Shape]) -> list[Box]:
    """Boxes that cover every pixel in which drawing `now` may differ from drawing `before`, both in drawing order."""
    shorter = min(len(before), len(now))
    start = 0
    while start < shorter and before[start] is now[start]:
        start += 1
    if start == len(before) == len(now):
        return []
    end = 0
    while end < shorter - start and before[-1 - end] is now[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], now[start : len(now) - end]
    # Shapes on both sides need no redrawing as such, provided that they lie over each other in the same order.
    in_old, in_new = set(map(id, old)), set(map(id, new))
    kept_old = [id(shape) for shape in old if id(shape) in in_new]
    kept_new = [id(shape) for shape in new if id(shape) in in_old]
    if kept_old == kept_new:
        old = [shape for shape in old if id(shape) not in in_new]
        new = [shape for shape in new if id(shape) not in in_old]
    return [shape.box for shape in (*old, *new)]


def rectangles(boxes: Iterable[Box], width: int, height: int) -> list[Box]:
    """Few disjoint rectangles with even corners that cover the boxes, none smaller than an encoder's patch may be."""
    found: list[Box] = []
    for box in sorted(set(boxes)):
        x0, x1 = _stretch(box[0], box[2], width)
        y0, y1 = _stretch(box[1], box[3], height)
        index = 0
        while index < len(found):
            a0, b0, a1, b1 = found[index]
            left, right = (x0 if x0 < a0 else a0), (x1 if x1 > a1 else a1)
            top, bottom = (y0 if y0 < b0 else b0), (y1 if y1 > b1 else b1)
            apart = x0 >= a1 or a0 >= x1 or y0 >= b1 or b0 >= y1
            if apart and (right - left) * (bottom - top) > (x1 - x0) * (y1 - y0) + (a1 - a0) * (b1 - b0) + SLACK:
                index += 1
            else:
                x0, y0, x1, y1 = left, top, right, bottom
                del found[index]
                index = 0  # what is larger now may reach rectangles that were out of reach before
        found.append((x0, y0, x1, y1))
    return found


def _stretch(start: int, end: int, limit: int) -> tuple[int, int]:
    start, end = start & ~1, (end + 1) & ~1
    end = min(max(end, start + SMALLEST), limit)
    return min(start, end - SMALLEST), end
