"""One setting in small: the padded input, its windows and what they leave unread, and the output at the same scale."""

from __future__ import annotations

from core.variant import Variant
from figures._matrix import Matrix, draw_padding, visible
from figures._page import BODY, SMALL, Box, Page
from look.drawing import runs
from look.numbers import size

ARROW = 52.0  # from the padded input to the output
LABEL_ROOM = 27.0  # under the output, for its size
LEAST_DOTS = 5.0  # windows closer together than this show no centres
LEAST_STRIP = 3.0
LEAST_CELL = 5.0  # smaller cells are drawn as one area


def draw_panel(page: Page, variant: Variant, box: Box, cell: float, widths: tuple[float, float]) -> None:
    """Draw one setting into `box`; `widths` of the widest padded input and output, so that all panels line up."""
    left, top, right, bottom = box
    wide = widths[0]
    left += (right - left - sum(widths) - ARROW) / 2
    rows, cols = variant.axes
    middle = (top + bottom) / 2
    before_rows, before_columns, _, _ = variant.padding
    x = left + (wide - cols.padded * cell) / 2
    plane = Matrix(
        x + before_columns * cell,
        middle - rows.padded * cell / 2 + before_rows * cell,
        cell,
        rows.input,
        cols.input,
    )
    _draw_cells(page, plane, "input")
    draw_padding(page, plane, variant.padding, gap=6, least=2 * LEAST_CELL)
    whole = Matrix(plane.x - before_columns * cell, plane.y - before_rows * cell, cell, rows.padded, cols.padded)
    first = whole.span(0, 0, rows.span, cols.span)
    if not variant.fits:
        page.rect(*_rect(visible(first)), stroke="negative", thickness=2.5, dashed=True, zorder=4)
        text = page.look.say("padding-stride.does_not_fit")
        page.text(left + wide + 24, middle, text, SMALL, "negative", anchor="left", max_width=right - left - wide - 24)
        return
    _draw_unread(page, whole, variant)
    _draw_centres(page, whole, variant)
    page.rect(*_rect(visible(first)), stroke="window", thickness=3, radius=3, zorder=4)
    page.arrow((left + wide + 14, middle), (left + wide + ARROW - 12, middle), "output")
    output = Matrix(left + wide + ARROW, middle - (rows.output * cell + LABEL_ROOM) / 2, cell, rows.output, cols.output)
    _draw_cells(page, output, "output")
    text = size(rows.output, cols.output)
    center = max(output.middle[0], output.x + 26)
    page.text(center, output.box[3] + 16, text, BODY, "output", bold=True)


def _draw_cells(page: Page, matrix: Matrix, role: str) -> None:
    """Cells without values: a grid where they are large enough for one, else one area."""
    fill = page.look.cell(role, 0.6)
    if matrix.cell < LEAST_CELL:
        page.rect(*_rect(visible(matrix.box, LEAST_STRIP)), fill=fill, stroke=role, thickness=1)
        return
    for row in range(matrix.rows):
        for column in range(matrix.columns):
            x, y, _, _ = matrix.at(row, column)
            page.rect(x + 0.5, y + 0.5, matrix.cell - 1, matrix.cell - 1, fill=fill)


def _draw_unread(page: Page, whole: Matrix, variant: Variant) -> None:
    """The rows and columns of the padded input that no window reads."""
    rows, cols = variant.axes
    strips = [whole.span(first, 0, last, whole.columns) for first, last in runs(rows.unread)]
    strips += [whole.span(0, first, whole.rows, last) for first, last in runs(cols.unread)]
    for strip in strips:
        left, top, right, bottom = strip
        if min(right - left, bottom - top) < LEAST_STRIP and (right, bottom) != whole.box[2:]:
            continue  # holes between windows, too fine to show
        left, top = min(left, right - LEAST_STRIP), min(top, bottom - LEAST_STRIP)
        page.rect(left, top, right - left, bottom - top, fill="background", zorder=1.6)
        page.hatch(left, top, right - left, bottom - top, role="accent", gap=5, falling=True, zorder=1.7)
        page.rect(left, top, right - left, bottom - top, stroke="accent", thickness=1.5, zorder=1.8)


def _draw_centres(page: Page, whole: Matrix, variant: Variant) -> None:
    """A dot at the middle of every window."""
    rows, cols = variant.axes
    if whole.cell * min(rows.stride, cols.stride) < LEAST_DOTS:
        return
    radius = min(3.0, whole.cell * 0.2)
    for row in range(rows.output):
        for column in range(cols.output):
            tops, lefts = rows.taps(row), cols.taps(column)
            block = whole.span(tops[0], lefts[0], tops[-1] + 1, lefts[-1] + 1)
            page.dot((block[0] + block[2]) / 2, (block[1] + block[3]) / 2, radius, "window")


def _rect(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left, top, right - left, bottom - top
