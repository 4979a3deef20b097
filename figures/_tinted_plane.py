"""A part of one input plane in the tints of its cells, with as much of the border as is asked for."""

from __future__ import annotations

from core import Trace
from figures._matrix import draw_padding_cell
from figures._page import Page, Point
from figures._tinted_cells import draw_cell
from look.tints import Tints


def draw_tinted_plane(
    page: Page,
    trace: Trace,
    tints: Tints,
    channel: int,
    corner: Point,
    cell: float,
    rows: range,
    cols: range,
    size: float | None,
) -> None:
    """Draw `rows` and `cols` of an input channel, counted from the input's own cell (0, 0), which stands at `corner`.

    Outside the input is its border: bare where it is zeros, else in the tints of the cells that it repeats, hatched.
    `size` is that of the digits, None for none.
    """
    down, across = trace.axes
    for row in rows:
        for column in cols:
            x, y = corner[0] + column * cell, corner[1] + row * cell
            at = (row + down.before, column + across.before)
            source = tuple(int(axis[index]) for axis, index in zip(trace.convolution.sources, at, strict=True))
            if min(source) < 0:
                draw_padding_cell(page, (x, y, x + cell, y + cell))
                continue
            value = trace.padded[channel, at[0], at[1]].item()
            copied = (channel, source[0], source[1])
            box = (x, y, x + cell, y + cell)
            draw_cell(page, tints, box, copied, value, size, padding=source != (row, column))
    if trace.convolution.padding_mode != "zeros":
        _outline(page, trace, corner, cell, rows, cols)


def _outline(page: Page, trace: Trace, corner: Point, cell: float, rows: range, cols: range) -> None:
    """Where the input ends and its border begins; open where it goes on beyond what is shown."""
    (down, across), (x, y) = trace.axes, corner
    top, bottom = max(rows.start, 0), min(rows.stop, down.input)
    left, right = max(cols.start, 0), min(cols.stop, across.input)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    ends = (top == 0, right == across.input, bottom == down.input, left == 0)
    for end, (column0, row0), (column1, row1) in zip(ends, corners, corners[1:], strict=False):
        if end:
            line = [(x + column0 * cell, y + row0 * cell), (x + column1 * cell, y + row1 * cell)]
            page.line(line, "input", 2.5)
