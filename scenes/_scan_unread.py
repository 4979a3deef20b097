"""What no window of the scan reads: the strip at the end, and the holes that a stride beyond the kernel leaves."""

from __future__ import annotations

from manim import VGroup

from core.padding import read_as_copies
from core.scan import Scan
from core.window import Window
from look import Look
from look.drawing import hatch, runs
from scenes._ink import rectangle, strokes
from scenes._lattice import Lattice

LEAST = 6.0  # pixels; holes that are finer are not shown
GAP = 11.0  # pixels between strokes


def unread_strips(trace: Scan[Window], plane: Lattice, look: Look) -> list[VGroup]:
    """The unread rows and columns of the padded input, hatched against the padding's hatching and outlined."""
    rows, cols = trace.axes
    top, left, _, _ = trace.windowed.padding
    spans = [(first, 0, last, cols.padded) for first, last in runs(rows.unread)]
    spans += [(0, first, rows.padded, last) for first, last in runs(cols.unread)]
    strips = []
    for row0, column0, row1, column1 in spans:
        x0, y0, x1, y1 = plane.span(row0 - top, column0 - left, row1 - top, column1 - left)
        if min(x1 - x0, y1 - y0) < LEAST:
            continue
        strips.append(unread_area(x0, y0, x1, y1, look))
    return strips


def unread_area(left: float, top: float, right: float, bottom: float, look: Look) -> VGroup:
    """A rectangle of the page that is never read."""
    falling = hatch(left, top, right - left, bottom - top, GAP, falling=True)
    return VGroup(
        strokes(falling, look, "accent", line=2.0),
        rectangle(left, top, right - left, bottom - top, look, stroke="accent", line=3.0),
    )


def read_copies(trace: Scan[Window]) -> tuple[int, int]:
    """How many rows and columns of the input are read only as copies in the padding, which repeats input."""
    rows, cols = (len(read_as_copies(axis, trace.windowed.border_mode)) for axis in trace.axes)
    return rows, cols


def told_unread(trace: Scan[Window], look: Look) -> list[str]:
    """What the foot says of what is hatched, if anything is; also how much of it is read as copies after all."""
    if not any(axis.unread for axis in trace.axes):
        return []
    rows, cols = read_copies(trace)
    if not rows and not cols:
        return [look.say("convolution-scan.unread")]
    if trace.windowed.line:
        return [look.say("convolution-scan.unread_copied_cells", count=cols)]
    return [look.say("convolution-scan.unread_copied", rows=rows, cols=cols)]
