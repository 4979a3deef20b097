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
        current = _roomy(box, width, height)
        index = 0
        while index < len(found):
            other = found[index]
            union = _union(current, other)
            if overlap(current, other) or _area(union) <= _area(current) + _area(other) + SLACK:
                current = union
                del found[index]
                index = 0  # what is larger now may reach rectangles that were out of reach before
            else:
                index += 1
        found.append(current)
    return found


def _roomy(box: Box, width: int, height: int) -> Box:
    x0, x1 = _stretch(box[0], box[2], width)
    y0, y1 = _stretch(box[1], box[3], height)
    return x0, y0, x1, y1


def _stretch(start: int, end: int, limit: int) -> tuple[int, int]:
    start, end = start & ~1, (end + 1) & ~1
    end = min(max(end, start + SMALLEST), limit)
    return min(start, end - SMALLEST), end


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes have a pixel in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
