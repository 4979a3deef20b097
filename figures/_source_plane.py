"""The plane that a window slides over: an input channel in its border, or with zeros put between its cells."""

from __future__ import annotations

import numpy as np

from core import AveragePool, TransposeTrace
from figures._cell_digits import MOST_CELLS, type_size
from figures._matrix import LEAST_CELL, Matrix, Sides, draw_matrix, draw_padding, draw_padding_cell
from figures._page import Box, Page
from figures._picture import draw_picture
from look import Look
from look.extents import AnyScan, extents_in
from look.phrases import DOT, conventions, extents, sized
from look.shade import Shade


def ring(trace: AnyScan) -> Sides:
    """Cells around the input that a window can read: top, left, bottom, right; negative where cells are cut off."""
    rows, cols = trace.windowed.axes
    return rows.before, cols.before, rows.after + rows.overhang, cols.after + cols.overhang


def draw_source(
    page: Page,
    trace: AnyScan,
    channel: int,
    corner: tuple[float, float],
    cell: float,
    shade: Shade,
    *,
    gap: float = 9.0,
    least: float = LEAST_CELL,
    digits: bool = True,
) -> Matrix:
    """Draw padded input `channel` with its top left corner at `corner`; the matrix returned is the input within it.

    A border of zeros is hatched and bare; one that repeats input cells shows them, paler, under the hatching.
    Values are left out where they cannot be read, or are not wanted: without `digits`.
    """
    (top, left, _, _), (x, y) = ring(trace), corner
    inside = (x + left * cell, y + top * cell)
    rows, cols = trace.windowed.axes
    if isinstance(trace, TransposeTrace):
        _draw_stuffed(page, trace, channel, corner, cell, shade)
        return Matrix(*inside, cell, rows.input, cols.input)
    plane = draw_matrix(page, trace.input[channel], *inside, cell, shade, digits=digits)
    if trace.windowed.border_mode == "zeros":
        draw_padding(page, plane, trace.windowed.padding, gap=gap, least=least)
        _draw_beyond(page, trace, Matrix(x, y, cell, *trace.padded.shape[-2:]))
    else:
        _draw_border(page, trace, channel, corner, cell, shade, digits=digits)
        x0, y0, x1, y1 = plane.box
        page.rect(x0, y0, x1 - x0, y1 - y0, stroke="input", thickness=2, zorder=3)
    return plane


def _draw_beyond(page: Page, trace: AnyScan, whole: Matrix) -> None:
    """The cells past the padding that only ceil mode reaches: dashed and bare, for there is nothing to read."""
    rows, cols = trace.windowed.axes
    if not is_beyond(trace):
        return
    for row, column in np.ndindex(whole.rows, whole.columns) if whole.cell >= LEAST_CELL else ():
        if row >= rows.padded or column >= cols.padded:
            draw_beyond_cell(page, whole.at(row, column))
    if whole.cell < LEAST_CELL:
        draw_beyond_cell(page, whole.box)


def draw_beyond_cell(page: Page, box: Box) -> None:
    """One cell that only ceil mode reaches."""
    x0, y0, x1, y1 = box
    page.rect(x0 + 2, y0 + 2, x1 - x0 - 4, y1 - y0 - 4, stroke="muted", thickness=1, dashed=True)


def is_beyond(trace: AnyScan) -> bool:
    """Whether ceil mode reaches past the padding."""
    return any(axis.overhang for axis in trace.windowed.axes)


def beyond_notes(trace: AnyScan, look: Look) -> list[str]:
    """What dashed cells are, where there are some: a mean is not divided by them, whatever it makes of padding."""
    if not is_beyond(trace):
        return []
    mean = isinstance(trace.windowed, AveragePool)
    return [look.say("common.conventions.beyond_mean" if mean else "common.conventions.beyond")]


def _draw_border(
    page: Page,
    trace: AnyScan,
    channel: int,
    corner: tuple[float, float],
    cell: float,
    shade: Shade,
    *,
    digits: bool,
) -> None:
    """The cells of the border with the values they repeat."""
    values = trace.padded[channel]
    whole = Matrix(*corner, cell, *values.shape)
    rows, cols = trace.windowed.inner
    top, left, bottom, right = ring(trace)
    if cell < LEAST_CELL or values.size > MOST_CELLS:
        high, wide = values.shape
        for block in (
            (0, 0, top, wide),
            (high - bottom, 0, high, wide),
            (top, 0, high - bottom, left),
            (top, wide - right, high - bottom, wide),
        ):
            x0, y0, x1, y1 = whole.span(*block)
            if x1 > x0 and y1 > y0:
                draw_picture(page, values[block[0] : block[2], block[1] : block[3]], (x0, y0, x1, y1), shade)
                page.hatch(x0, y0, x1 - x0, y1 - y0, gap=6.0)
        return
    size = type_size(values, cell) if digits else 0.0
    paler = Shade(shade.look, shade.positive, shade.limit, shade.faint * 0.55, shade.bright)
    for row in range(whole.rows):
        for column in range(whole.columns):
            if not (rows[row] and cols[column]):
                _draw_copy(page, whole, row, column, values[row, column].item(), paler, size)


def _draw_copy(page: Page, whole: Matrix, row: int, column: int, value: float, shade: Shade, size: float) -> None:
    box = x0, y0, x1, y1 = whole.at(row, column)
    fill = shade(value)
    page.rect(x0 + 0.75, y0 + 0.75, x1 - x0 - 1.5, y1 - y0 - 1.5, fill=fill, zorder=0.9)
    draw_padding_cell(page, box)
    if size:
        page.text(*whole.center(row, column), page.look.number(value), size, page.look.ink_role(fill), within=box)


def _draw_stuffed(
    page: Page, trace: AnyScan, channel: int, corner: tuple[float, float], cell: float, shade: Shade
) -> None:
    """The input's cells apart, zeros between and around them."""
    values = trace.padded[channel]
    whole = Matrix(*corner, cell, *values.shape)
    rows, cols = trace.windowed.inner
    if cell < LEAST_CELL or values.size > MOST_CELLS:
        draw_picture(page, values, whole.box, shade)
        return
    size = type_size(values, cell)
    for row in range(whole.rows):
        for column in range(whole.columns):
            if rows[row] and cols[column]:
                x, y, _, _ = whole.at(row, column)
                at = (slice(row, row + 1), slice(column, column + 1))
                draw_matrix(page, values[at], x, y, cell, shade, digits=size > 0, size=size)
            else:
                draw_padding_cell(page, whole.at(row, column))


def source_name(trace: AnyScan, look: Look, *, whole: bool = False) -> str:
    """What the plane is: the input and its size, of the `whole` its channels; that zeros stand between cells."""
    shape = extents(trace.input, trace) if whole else extents_in(trace, *trace.input.shape[-2:])
    named = sized("input", look, *shape)
    stuffed = isinstance(trace, TransposeTrace) and max(trace.transposed.stride) > 1
    return look.say("common.stuffed", thing=named) if stuffed else named


def kernel_name(trace: AnyScan, look: Look, rows: int, columns: int) -> str:
    """What meets the patch: the kernel and its size, and that it is turned by 180 degrees."""
    named = sized("kernel", look, *extents_in(trace, rows, columns))
    return look.say("common.turned", thing=named) if is_turned(trace) and rows * columns > 1 else named


def stated_conventions(trace: AnyScan, look: Look) -> str:
    """The lesson's conventions; of a transposed convolution also that its gather view is drawn."""
    said = conventions(trace, look)
    return DOT.join([said, look.say("common.conventions.gather")]) if isinstance(trace, TransposeTrace) else said


def is_turned(trace: AnyScan) -> bool:
    """Whether the kernel meets the patch turned by 180 degrees."""
    return isinstance(trace, TransposeTrace) or getattr(trace.windowed, "flip", False)
