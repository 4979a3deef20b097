"""A matrix on a page: cells with fills and digits, or plain heat cells where digits would be too small to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import Step
from figures._page import LEAST, Box, Page, Point
from look.drawing import digits_size
from look.shading import Shade

MOST_CELLS = 4096  # beyond this many cells a matrix is drawn as one picture


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
    they would be smaller than the page's least type. `size` fixes the digits' size, to match another matrix.
    """
    rows, columns = values.shape
    matrix = Matrix(x, y, cell, rows, columns)
    if rows * columns > MOST_CELLS:
        _draw_picture(page, values, matrix, shade)
        return matrix
    size = digits_size(values.ravel().tolist(), cell) if size is None else size
    shows = digits and size >= LEAST
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
                    page.look.number(value),
                    size,
                    _ink(page, fill),
                    bold=bold is not None and bold(row, column),
                    within=(left, top, right, bottom),
                )
    return matrix


def _ink(page: Page, fill: str) -> str:
    return "ink" if page.look.ink_on(fill) == page.look.ink else "background"


def _draw_picture(page: Page, values: NDArray[np.generic], matrix: Matrix, shade: Shade) -> None:
    """One pixel a cell: each distinct value is shaded once (256 steps for floats)."""
    low, high = float(values.min()), float(values.max())
    steps = np.linspace(low, high, 257) if high > low else np.array([low])
    table = np.array([_rgb(shade(float(step))) for step in steps], dtype=np.uint8)
    index = np.zeros(values.shape, dtype=np.intp)
    if high > low:
        index = np.rint((values.astype(np.float64) - low) / (high - low) * 256).astype(np.intp)
    left, top, right, bottom = matrix.box
    page.axes.imshow(table[index], extent=(left, right, bottom, top), interpolation="nearest", aspect="auto", zorder=1)
    page.axes.set_xlim(0, page.width)
    page.axes.set_ylim(page.height, 0)
    page.rect(left, top, right - left, bottom - top, stroke="grid", thickness=1.0)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def draw_padding(page: Page, matrix: Matrix, padding: tuple[int, int, int, int], *, gap: float = 9.0) -> Box:
    """The ring of padding (top, left, bottom, right cells) around a matrix: hatched and outlined, without digits."""
    top, left, bottom, right = padding
    for row in range(-top, matrix.rows + bottom):
        for column in range(-left, matrix.columns + right):
            if 0 <= row < matrix.rows and 0 <= column < matrix.columns:
                continue
            x0, y0, x1, y1 = matrix.at(row, column)
            page.rect(x0 + 0.75, y0 + 0.75, x1 - x0 - 1.5, y1 - y0 - 1.5, stroke="grid", thickness=0.8, dashed=True)
            page.hatch(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2, gap=gap)
    return matrix.span(-top, -left, matrix.rows + bottom, matrix.columns + right)


def draw_window(page: Page, box: Box, *, role: str = "window", thickness: float = 4.0, radius: float = 5.0) -> None:
    """The thick outline of a window, or of the active cell."""
    left, top, right, bottom = box
    page.rect(left, top, right - left, bottom - top, stroke=role, thickness=thickness, radius=radius, zorder=4)


def draw_corner(page: Page, box: Box, role: str = "output", share: float = 0.3) -> None:
    """The mark in the corner of the active output cell, so that hue is not its only sign."""
    left, top, right, _ = box
    side = (right - left) * share
    page.polygon([(right - side, top), (right, top), (right, top + side)], role, zorder=4)


def draw_planes_behind(page: Page, matrix: Matrix, count: int, *, most: int = 4) -> float:
    """The edges of `count` more planes behind a matrix that is drawn in front of them; returns how far they stick out."""
    offset = min(12.0, matrix.cell * 0.22)
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
    if size < LEAST - 1:
        return
    for i, row in enumerate(step.input_rows):
        for j, column in enumerate(step.input_cols):
            _, _, right, bottom = matrix.at(row, column)
            text = f"×{page.look.number(step.weights[channel, i, j].item())}"
            page.text(right - matrix.cell * 0.08, bottom - size * 0.62, text, size, "kernel", anchor="right")
