"""A matrix on a page: cells with fills and digits, or plain heat cells where digits would be too small to read."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import Step
from figures._cell_digits import MOST_CELLS, PLACES, fitting_places, type_size, written
from figures._page import LABEL, LEAST, MARGIN, Box, Page, Point
from figures._picture import draw_picture
from look.drawing import cell_side
from look.numbers import number
from look.shade import Shade
from look.typesetting import Content, fit, typeset

Sides = tuple[int, int, int, int]  # top, left, bottom, right

PLANE_SHIFT, MOST_BEHIND = 0.22, 4  # of a cell, from one plane of a stack to the next; planes behind the first
LEAST_CELL = 9.0  # below this side cells are drawn as one picture, padding as one band a side


@dataclass(frozen=True)
class Matrix:
    """Where a matrix stands: its top left corner, its cell's side and its shape."""

    x: float
    y: float
    cell: float
    rows: int
    columns: int

    @property
    def box(self) -> Box:
        """The whole matrix: left, top, right, bottom."""
        return (self.x, self.y, self.x + self.columns * self.cell, self.y + self.rows * self.cell)

    @property
    def middle(self) -> Point:
        """Its centre."""
        left, top, right, bottom = self.box
        return ((left + right) / 2, (top + bottom) / 2)

    def at(self, row: float, column: float) -> Box:
        """The box of one cell; rows and columns outside the matrix go on in the same grid."""
        left, top = self.x + column * self.cell, self.y + row * self.cell
        return (left, top, left + self.cell, top + self.cell)

    def center(self, row: float, column: float) -> Point:
        """The middle of one cell."""
        return (self.x + (column + 0.5) * self.cell, self.y + (row + 0.5) * self.cell)

    def span(self, row0: float, column0: float, row1: float, column1: float) -> Box:
        """The box of a half-open block of cells."""
        left, top = self.x + column0 * self.cell, self.y + row0 * self.cell
        return (left, top, self.x + column1 * self.cell, self.y + row1 * self.cell)


def draw_matrix(
    page: Page,
    values: NDArray[np.generic],
    x: float,
    y: float,
    cell: float,
    shade: Shade,
    *,
    digits: bool = True,
    only: Callable[[int, int], bool] | None = None,
    bold: Callable[[int, int], bool] | None = None,
    size: float | None = None,
    grid: str = "grid",
) -> Matrix:
    """Draw a 2-D array with its top left corner at (x, y).

    `only(row, column)` says which cells hold their value already (the others stay blank); digits are left out when
    they would be smaller than the page's least type, even with decimals rounded further. `size` fixes the digits'
    size, to match another matrix.
    """
    rows, columns = values.shape
    matrix = Matrix(x, y, cell, rows, columns)
    places = PLACES
    if size is None and digits:
        size = type_size(values, cell)
        if not size and (places := fitting_places(values, cell)):
            size = LEAST
    size = size or 0.0
    shows = digits and size >= LEAST
    if cell < LEAST_CELL or (rows * columns > MOST_CELLS and not shows):
        draw_picture(page, values, matrix.box, shade)
        return matrix
    gap = min(1.5, cell * 0.04) if cell >= 8 else 0.0
    for row in range(rows):
        for column in range(columns):
            value = values[row, column].item()
            known = only is None or only(row, column)
            fill = shade(value) if known else page.look.surface
            left, top, right, bottom = matrix.at(row, column)
            page.rect(
                left + gap / 2,
                top + gap / 2,
                right - left - gap,
                bottom - top - gap,
                fill=fill,
                stroke=grid if cell >= 8 else None,
                thickness=1.0,
                radius=min(4.0, cell * 0.06) if cell >= 16 else 0.0,
            )
            if shows and known:
                page.text(
                    *matrix.center(row, column),
                    written(value, places),
                    size,
                    page.look.ink_role(fill),
                    bold=bold is not None and bold(row, column),
                    within=(left, top, right, bottom),
                )
    return matrix


def draw_padding(page: Page, matrix: Matrix, padding: Sides, *, gap: float = 9.0, least: float = LEAST_CELL) -> Box:
    """The ring of padding (top, left, bottom, right cells) around a matrix: hatched and outlined, without digits.

    Where cells are smaller than `least` it is one band a side.
    """
    top, left, bottom, right = padding
    whole = matrix.span(-top, -left, matrix.rows + bottom, matrix.columns + right)
    if matrix.cell < least:
        _draw_bands(page, matrix, padding)
        return whole
    for row in range(-top, matrix.rows + bottom):
        for column in range(-left, matrix.columns + right):
            if 0 <= row < matrix.rows and 0 <= column < matrix.columns:
                continue
            draw_padding_cell(page, matrix.at(row, column), gap=gap)
    return whole


def draw_padding_cell(page: Page, box: Box, *, gap: float = 9.0) -> None:
    """One cell of padding."""
    x0, y0, x1, y1 = box
    page.rect(x0 + 0.75, y0 + 0.75, x1 - x0 - 1.5, y1 - y0 - 1.5, stroke="grid", thickness=0.8, dashed=True)
    page.hatch(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2, gap=gap)


def _draw_bands(page: Page, matrix: Matrix, padding: Sides) -> None:
    """Padding whose cells are too small to draw one by one: a hatched band on each side."""
    top, left, bottom, right = padding
    rows, columns = matrix.rows, matrix.columns
    for row0, column0, row1, column1 in (
        (-top, -left, 0, columns + right),
        (rows, -left, rows + bottom, columns + right),
        (0, -left, rows, 0),
        (0, columns, rows, columns + right),
    ):
        x0, y0, x1, y1 = matrix.span(row0, column0, row1, column1)
        if x1 > x0 and y1 > y0:
            page.rect(x0, y0, x1 - x0, y1 - y0, stroke="grid", thickness=0.8)
            page.hatch(x0, y0, x1 - x0, y1 - y0, gap=6.0)


def place(
    box: Box, rows: int, columns: int, padding: Sides = (0, 0, 0, 0), *, largest: float = 80.0
) -> tuple[float, float, float]:
    """(x, y, cell) at which a rows × columns matrix stands in the middle of `box`, with its ring of padding around it.

    Cells are whole units where they are large enough for that not to show, so that grids come out crisp.
    """
    left, top, right, bottom = box
    before_rows, before_columns, after_rows, after_columns = padding
    tall, wide = before_rows + rows + after_rows, before_columns + columns + after_columns
    cell = cell_side(tall, wide, right - left, bottom - top, largest=largest)
    if cell > 2:
        cell = math.floor(cell)
    x = (left + right - wide * cell) / 2 + before_columns * cell
    y = (top + bottom - tall * cell) / 2 + before_rows * cell
    return x, y, cell


def draw_window(
    page: Page,
    box: Box,
    *,
    role: str = "window",
    thickness: float = 4.0,
    radius: float = 5.0,
    grown: bool = True,
) -> None:
    """The thick outline of a window, or of the active cell, `grown` where it would be too small to see."""
    left, top, right, bottom = visible(box) if grown else box
    place = (left, top, right - left, bottom - top)
    page.rect(*place, stroke="background", thickness=thickness + 2.5, radius=radius, zorder=3.9)  # apart from any fill
    page.rect(*place, stroke=role, thickness=thickness, radius=radius, zorder=4)


def visible(box: Box, least: float = 11.0) -> Box:
    """`box`, grown about its middle where it would be too small to see."""
    left, top, right, bottom = box
    dx, dy = max(0.0, least - (right - left)) / 2, max(0.0, least - (bottom - top)) / 2
    return (left - dx, top - dy, right + dx, bottom + dy)


def draw_corner(page: Page, box: Box, role: str = "output", share: float = 0.26) -> None:
    """The mark in the corner of the active output cell, so that hue is not its only sign."""
    left, top, right, _ = visible(box)
    side = (right - left) * share
    page.polygon([(right - side, top), (right, top), (right, top + side)], role, zorder=4)


def draw_planes_behind(page: Page, matrix: Matrix, count: int, *, most: int = MOST_BEHIND) -> float:
    """The edges of `count` more planes behind a matrix; returns how far they stick out at its top and right."""
    offset = min(12.0, matrix.cell * PLANE_SHIFT)
    left, top, right, bottom = matrix.box
    shown = min(count, most)
    for k in range(shown, 0, -1):
        page.rect(
            left + k * offset,
            top - k * offset,
            right - left,
            bottom - top,
            fill="surface",
            stroke="padding",
            thickness=1.2,
            radius=4,
            zorder=0.9 - k * 0.01,
        )
    return shown * offset


def draw_weights(page: Page, matrix: Matrix, step: Step, *, channel: int = 0) -> None:
    """The kernel riding inside the window: each weight small in the lower right corner of the cell it multiplies."""
    size = matrix.cell * 0.23
    widest = max(typeset(f"×{number(weight)}").width for weight in step.weights[channel].ravel().tolist())
    if size < LEAST - 1 or widest * size + 7 > matrix.cell:
        return
    for i, row in enumerate(step.input_rows):
        for j, column in enumerate(step.input_cols):
            _, _, right, bottom = matrix.at(row, column)
            text = f"×{number(step.weights[channel, i, j].item())}"
            wide, high = typeset(text).width * size + 7, size * 1.1
            tag = (right - wide - 3.5, bottom - high - 3.5, wide, high)
            fill = page.look.cell("kernel", 0.7)
            page.rect(*tag, fill=fill, radius=3, zorder=2)
            page.text(tag[0] + wide / 2, tag[1] + high / 2, text, size, page.look.ink_role(fill))


def draw_heading(page: Page, box: Box, text: Content, role: str, *, slack: float = 24.0) -> None:
    """What a matrix is, over its `box`; it may stick out by `slack` on either side, but not into the page's margin."""
    left, top, right, _ = box
    room = right - left + 2 * slack
    setting, size = fit(text, LABEL, room, least=LEAST)
    half = setting.width * size / 2
    x = min(max((left + right) / 2, MARGIN + half), page.width - MARGIN - half)
    page.text(x, top - 22, text, LABEL, role, max_width=room)


def draw_zoom(page: Page, window: Box, patch: Box) -> None:
    """The wedge between a window at the left and its enlargement at the right."""
    (_, top, right, bottom), (left, high, _, low) = visible(window), patch
    page.polygon([(right, top), (left, high), (left, low), (right, bottom)], "window", alpha=0.16, zorder=0.5)
