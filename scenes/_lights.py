"""What lights up while a step is worked out: its cells, and the beam to where they are enlarged."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VMobject

from core.window import Window
from look import Look
from scenes._ink import rectangle, strokes
from scenes._lattice import Box, Lattice
from scenes._scan_kernel import around_window

SMALLEST = 24.0  # px; cells of a plane that are smaller are not lit one by one


def light(box: Box, look: Look) -> VMobject:
    """The outline of what is being worked on."""
    left, top, right, bottom = box
    return rectangle(left, top, right - left, bottom - top, look, stroke="ink", line=5.0, radius=7.0)


def tap_boxes(grid: Lattice, plane: Lattice, step: Window, taps: Sequence[int]) -> list[Box]:
    """The boxes of a run of taps, in reading order: in their grid, and on the plane if its cells are large enough."""
    (row0, column0), (row1, column1) = divmod(taps[0], grid.columns), divmod(taps[-1], grid.columns)
    boxes = [grid.span(row0, column0, row1 + 1, column1 + 1)]
    if plane.cell >= SMALLEST:
        rows, cols = step.input_rows, step.input_cols
        boxes.append(plane.span(rows[row0], cols[column0], rows[row1] + 1, cols[column1] + 1))
    return boxes


def beam(plane: Lattice, step: Window, enlarged: Lattice, look: Look) -> VMobject:
    """Lines from a step's window to the grid beside the plane, or under it, that shows its cells enlarged."""
    left, top, right, bottom = around_window(plane, step).frame
    if enlarged.y >= plane.bottom:
        ends = [((left, bottom), (enlarged.x, enlarged.y)), ((right, bottom), (enlarged.right, enlarged.y))]
    else:
        ends = [((right, top), (enlarged.x, enlarged.y)), ((right, bottom), (enlarged.x, enlarged.bottom))]
    return strokes(ends, look, "window", line=2.0, opacity=0.6)
