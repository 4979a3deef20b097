"""The kernel as one object: a grid of weights at rest, the window's frame with weights in its corners when it rides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from core.window import Window
from look import Look
from look.drawing import Segment, dashed
from look.numbers import TIMES, number
from look.shade import Shade
from look.typesetting import typeset
from scenes._ink import lettering, rectangle, strokes
from scenes._lattice import Box, Lattice, Place
from scenes._scan_type import CORNER, MOST_TAPS, SIGN, chip_height

SMALLEST = 20.0  # px; a window on a large picture is drawn at least so wide
GLOW = 0.26  # opacity of the light under the window
VEIL = 0.6  # opacity of what lies over cells that a dilated window skips
BEARING = 0.178  # em; the blank at the left of × in the font


@dataclass(frozen=True)
class Pose:
    """Boxes of the kernel's taps and of its frame, and the size of its type; None for no type.

    `holes` are the areas between the taps of a dilated kernel: shut where it is drawn dense.
    """

    taps: tuple[Box, ...]
    frame: Box
    size: float | None
    riding: bool
    holes: tuple[Box, ...] = ()


def at_rest(place: Lattice, size: float | None, *, dilated: bool = False) -> Pose:
    """On the page, as a grid of its own; a `dilated` kernel has holes, which are shut."""
    taps = tuple(place.at(row, column) for row in range(place.rows) for column in range(place.columns))
    frame = place.span(0, 0, place.rows, place.columns)
    return Pose(
        taps, frame, size, riding=False, holes=_holes(taps, frame, place.rows, place.columns) if dilated else ()
    )


def spread(place: Place, dilation: tuple[int, int], size: float | None, *, dense: bool = False) -> Pose:
    """On the page with holes between the taps, in the cells of `place`; or `dense`, with taps just as large."""
    rows, columns = (
        (cells - 1) // apart + 1 for cells, apart in zip((place.rows, place.columns), dilation, strict=True)
    )
    holes = place.rows * place.columns > rows * columns
    if dense:
        x, y, cell = *place.middle, place.cell
        place, dilation = Place(x - columns * cell / 2, y - rows * cell / 2, cell, rows, columns), (1, 1)
    taps = tuple(place.at(row * dilation[0], column * dilation[1]) for row in range(rows) for column in range(columns))
    frame = place.span(0, 0, place.rows, place.columns)
    return Pose(taps, frame, size, riding=False, holes=_holes(taps, frame, rows, columns) if holes else ())


def on_window(plane: Lattice, step: Window, size: float | None) -> Pose:
    """On the cells that a step reads, whatever its dilation."""
    taps = tuple(plane.at(row, column) for row in step.input_rows for column in step.input_cols)
    return replace(around_window(plane, step), taps=taps, size=size)


def around_window(plane: Lattice, step: Window) -> Pose:
    """The same without taps: the frame, and the holes of a dilated window. Its time does not grow with the window."""
    rows, columns = step.input_rows, step.input_cols
    frame = plane.span(rows[0], columns[0], rows[-1] + 1, columns[-1] + 1)
    dilated = any(after - before > 1 for line in (rows, columns) for before, after in pairwise(line))
    holes = (
        _holes(tuple(plane.at(r, c) for r in rows for c in columns), frame, len(rows), len(columns)) if dilated else ()
    )
    return Pose((), _at_least(frame, SMALLEST), None, riding=True, holes=holes)


def window_shift(plane: Lattice, before: Window, after: Window) -> tuple[float, float]:
    """How far the window moves from one step to another: pixels right and down."""
    return (
        (after.input_cols[0] - before.input_cols[0]) * plane.cell,
        (after.input_rows[0] - before.input_rows[0]) * plane.cell,
    )


def pose_kernel(weights: NDArray[np.generic], pose: Pose, shade: Shade, look: Look) -> VGroup:
    """The kernel (kh, kw) in a pose. All poses have the same parts, so that one can turn into another."""
    kernel = VGroup()
    kernel.add(*veils(pose, look))
    if weights.size <= MOST_TAPS:
        for weight, box in zip(weights.ravel().tolist(), pose.taps, strict=True):
            kernel.add(_riding(weight, box, pose, look) if pose.riding else _resting(weight, box, pose, shade, look))
    kernel.add(frame(pose.frame, look))
    return kernel


def frame(box: Box, look: Look) -> VMobject:
    """The window's thick outline."""
    left, top, right, bottom = box
    line = min(7.0, max(3.5, (right - left) * 0.03))
    return rectangle(left, top, right - left, bottom - top, look, stroke="window", line=line, radius=7.0)


def veils(pose: Pose, look: Look) -> list[VMobject]:
    """What dims the cells between the taps while the kernel rides over them; nothing of a dense kernel."""
    return [_veil(box, pose, look) for box in pose.holes]


def _veil(box: Box, pose: Pose, look: Look) -> VMobject:
    left, top, right, bottom = box
    drawn = rectangle(left, top, right - left, bottom - top, look, fill="background")
    return drawn.set_fill(opacity=VEIL if pose.riding and right - left > 1 and bottom - top > 1 else 0)


def holes_at_rest(pose: Pose, look: Look) -> VMobject:
    """The cells between the taps, dashed."""
    left, _, right, _ = pose.taps[0]
    side = right - left
    segments: list[Segment] = []
    for x0, y0, x1, y1 in pose.holes:
        rows, columns = round((y1 - y0) / side), round((x1 - x0) / side)
        for row in range(rows):
            for column in range(columns):
                x, y = x0 + column * side, y0 + row * side
                segments += dashed(x + 4, y + 4, x + side - 4, y + side - 4)
    return strokes(segments, look, "muted", line=1.6)


def glow(box: Box, look: Look) -> VMobject:
    """The light under one of the window's cells."""
    left, top, right, _ = box
    side = right - left - 2.5
    lit = rectangle(left + 1.25, top + 1.25, side, side, look, fill="input", radius=side * 0.06)
    return lit.set_fill(opacity=GLOW)


def _resting(weight: float, box: Box, pose: Pose, shade: Shade, look: Look) -> VGroup:
    left, top, right, bottom = box
    side = right - left
    chip = rectangle(
        left + 1, top + 1, side - 2, side - 2, look, fill=shade(weight), stroke="grid", line=1.5, radius=side * 0.06
    )
    x, y, size = (left + right) / 2, (top + bottom) / 2, pose.size or side * 0.3
    role = look.ink_role(shade(weight))
    digits = lettering(number(weight), x, y, size, look, role)
    sign = lettering(TIMES, x - side * 0.3, y, size * 0.6, look, role).set_opacity(0)
    if pose.size is None:
        digits.set_opacity(0)
    return VGroup(chip, sign, digits)


def _riding(weight: float, box: Box, pose: Pose, look: Look) -> VGroup:
    left, top, right, bottom = box
    side = right - left
    if pose.size is None:
        chip = rectangle(left + 1, top + 1, side - 2, side - 2, look, fill="kernel", radius=side * 0.06).set_opacity(0)
        x, y = (left + right) / 2, (top + bottom) / 2
        sign = lettering(TIMES, x, y, side * 0.3, look).set_opacity(0)
        return VGroup(chip, sign, lettering(number(weight), x, y, side * 0.3, look).set_opacity(0))
    size = pose.size
    wide, high = (typeset(number(weight)).width + SIGN) * size + 9, chip_height(size)
    x, y = right - CORNER - wide, bottom - CORNER - high
    chip = rectangle(x, y, wide, high, look, fill="background", stroke="grid", line=1.0, radius=5.0)
    sign = lettering(TIMES, x + 5 - BEARING * size, y + high / 2, size, look, "kernel", anchor="left")
    digits = lettering(number(weight), x + 4 + SIGN * size, y + high / 2, size, look, "kernel", anchor="left")
    return VGroup(chip, sign, digits)


def _at_least(box: Box, side: float) -> Box:
    left, top, right, bottom = box
    wide, high = max(0.0, side - (right - left)) / 2, max(0.0, side - (bottom - top)) / 2
    return (left - wide, top - high, right + wide, bottom + high)


def _holes(taps: tuple[Box, ...], frame: Box, rows: int, columns: int) -> tuple[Box, ...]:
    """The bands between the rows of taps, and in every row what is between its taps; all of them, also if shut."""
    left, _, right, _ = frame
    down = [taps[row * columns] for row in range(rows)]
    bands = [(left, above[3], right, below[1]) for above, below in pairwise(down)]
    between = [
        (taps[row * columns + column][2], top, taps[row * columns + column + 1][0], bottom)
        for row, (_, top, _, bottom) in enumerate(down)
        for column in range(columns - 1)
    ]
    return tuple(bands + between)
