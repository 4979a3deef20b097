"""One setting in small: the padded input, its windows and what they leave unread, and the output at the same scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import AxisSize
from figures._matrix import Matrix, draw_padding, draw_padding_cell, visible
from figures._page import BODY, SMALL, Box, Page
from figures._reading import draw_taps
from figures._unread_cells import LEAST_STRIP, draw_unread
from look.numbers import number, size
from look.typesetting import typeset

ARROW = 52.0  # from the padded input to the output
LABEL_ROOM = 27.0  # under the output, for its size
DOWN = 40.0  # from a padded input down to its output
LEAST_DOTS = 5.0  # windows closer together than this show no centres
LEAST_CELL = 5.0  # smaller cells are drawn as one area
KEY_SIDE = 18.0


@dataclass(frozen=True)
class Setting:
    """What a panel shows: `axes` for rows and columns, `fits` if there is a window at all.

    `inner` says of each padded row and column whether it shows input; where it does not, within the input's extent,
    are zeros put between its cells. With `centres`, the middle of each window has a dot. A `line` is a signal.
    `stacked`, the output stands under the input and not beside it.
    """

    axes: tuple[AxisSize, AxisSize]
    inner: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    fits: bool = True
    centres: bool = True
    line: bool = False
    stacked: bool = False


def draw_panel(page: Page, setting: Setting, box: Box, cell: float, widths: tuple[float, float]) -> None:
    """Draw one setting into `box`; `widths` of the widest padded input and output, so that all panels line up."""
    rows, cols = setting.axes
    whole, output = _places(setting, box, cell, widths)
    _draw_plane(page, whole, setting)
    first = whole.span(0, 0, rows.span, cols.span)
    if not setting.fits:
        page.rect(*_rect(visible(first)), stroke="negative", thickness=2.5, dashed=True, zorder=4)
        _say_unfit(page, setting, box, whole, widths)
        return
    draw_unread(page, whole, setting.axes)
    _draw_centres(page, whole, setting)
    if max(rows.dilation, cols.dilation) > 1:
        draw_taps(page, whole, rows.taps(0), cols.taps(0), thickness=3)
    else:
        page.rect(*_rect(visible(first)), stroke="window", thickness=3, radius=3, zorder=4)
    _draw_cells(page, output, "output")
    counted = number(cols.output) if setting.line else size(rows.output, cols.output)
    if setting.stacked:
        x = whole.middle[0]
        page.arrow((x, whole.box[3] + 6), (x, output.y - 6), "output")
        y = (whole.box[3] + output.y) / 2
        page.text(x + 16, y, counted, BODY, "output", anchor="left", bold=True)
        return
    page.arrow((output.x - ARROW + 14, whole.middle[1]), (output.x - 12, whole.middle[1]), "output")
    center = max(output.middle[0], output.x + 26)
    page.text(center, output.box[3] + 16, counted, BODY, "output", bold=True)


def _places(setting: Setting, box: Box, cell: float, widths: tuple[float, float]) -> tuple[Matrix, Matrix]:
    """Where the padded input and the output stand: side by side, or one below the other."""
    left, top, right, bottom = box
    rows, cols = setting.axes
    middle = (top + bottom) / 2
    if setting.stacked:
        center, y = (left + right) / 2, middle - (rows.padded + rows.output) * cell / 2 - DOWN / 2
        whole = Matrix(center - cols.padded * cell / 2, y, cell, rows.padded, cols.padded)
        below = whole.box[3] + DOWN
        return whole, Matrix(center - cols.output * cell / 2, below, cell, rows.output, cols.output)
    left += (right - left - sum(widths) - ARROW) / 2
    x, y = left + (widths[0] - cols.padded * cell) / 2, middle - rows.padded * cell / 2
    high = middle - (rows.output * cell + LABEL_ROOM) / 2
    return (
        Matrix(x, y, cell, rows.padded, cols.padded),
        Matrix(left + widths[0] + ARROW, high, cell, rows.output, cols.output),
    )


def _say_unfit(page: Page, setting: Setting, box: Box, whole: Matrix, widths: tuple[float, float]) -> None:
    """That there is no window: beside the padded input, or below it."""
    text = page.look.say("common.setting.does_not_fit")
    if setting.stacked:
        y = whole.box[3] + DOWN + whole.cell / 2
        page.text(whole.middle[0], y, text, SMALL, "negative", max_width=box[2] - box[0])
        return
    x = box[0] + (box[2] - box[0] - sum(widths) - ARROW) / 2 + widths[0] + 24
    room = box[2] - x
    page.text(x, whole.middle[1], text, SMALL, "negative", anchor="left", max_width=room)


def _draw_plane(page: Page, whole: Matrix, setting: Setting) -> None:
    """The input's cells, the padding around them and the zeros between them."""
    rows, cols = setting.axes
    ring = rows.before, cols.before, rows.after, cols.after
    x, y, _, _ = whole.at(rows.before, cols.before)
    plane = Matrix(x, y, whole.cell, rows.input, cols.input)
    draw_padding(page, plane, ring, gap=6, least=2 * LEAST_CELL)
    shown = [
        inner[axis.before : axis.before + axis.input] for inner, axis in zip(setting.inner, setting.axes, strict=True)
    ]
    if all(line.all() for line in shown):
        _draw_cells(page, plane, "input")
        return
    for row in range(plane.rows):
        for column in range(plane.columns):
            if shown[0][row] and shown[1][column]:
                _draw_cell(page, plane, row, column, page.look.cell("input", 0.6))
            else:
                draw_padding_cell(page, plane.at(row, column), gap=6)


def _draw_cells(page: Page, matrix: Matrix, role: str) -> None:
    """Cells without values: a grid where they are large enough for one, else one area."""
    fill = page.look.cell(role, 0.6)
    if matrix.cell < LEAST_CELL:
        page.rect(*_rect(visible(matrix.box, LEAST_STRIP)), fill=fill, stroke=role, thickness=1)
        return
    for row in range(matrix.rows):
        for column in range(matrix.columns):
            _draw_cell(page, matrix, row, column, fill)


def _draw_cell(page: Page, matrix: Matrix, row: int, column: int, fill: str) -> None:
    x, y, _, _ = matrix.at(row, column)
    page.rect(x + 0.5, y + 0.5, matrix.cell - 1, matrix.cell - 1, fill=fill)


def _draw_centres(page: Page, whole: Matrix, setting: Setting) -> None:
    """A dot at the middle of every window."""
    rows, cols = setting.axes
    if not setting.centres or whole.cell * min(rows.stride, cols.stride) < LEAST_DOTS:
        return
    radius = min(3.0, whole.cell * 0.2)
    for row in range(rows.output):
        for column in range(cols.output):
            tops, lefts = rows.taps(row), cols.taps(column)
            block = whole.span(tops[0], lefts[0], tops[-1] + 1, lefts[-1] + 1)
            page.dot((block[0] + block[2]) / 2, (block[1] + block[3]) / 2, radius, "window")


def draw_frame(page: Page, box: Box, *, own: bool) -> None:
    """The panel's frame; the lesson's own setting has a thick one and says so."""
    left, top, right, bottom = box
    stroke, thickness = ("ink", 2.5) if own else ("grid", 1.0)
    page.rect(left, top, right - left, bottom - top, stroke=stroke, thickness=thickness, radius=8, zorder=0.8)
    if own:
        text = page.look.say("common.setting.own")
        half = typeset(text, bold=True).width * SMALL / 2 + 10
        x = right - 22 - half
        page.rect(x - half, top - 10, 2 * half, 20, fill="background", zorder=0.9)
        page.text(x, top, text, SMALL, "ink", bold=True)


def draw_mark(page: Page, mark: str, x: float, y: float) -> float:
    """An entry of the key, its swatch's left edge at `x`, the middle at `y`; returns where it ends."""
    side, top = KEY_SIDE, y - KEY_SIDE / 2
    if mark in ("padding", "zero"):
        page.rect(x, top, side, side, stroke="grid", thickness=1, dashed=True)
        page.hatch(x, top, side, side, gap=5)
    elif mark == "window":
        page.rect(x, top, side, side, stroke="window", thickness=3, radius=3)
    elif mark == "centre":
        page.dot(x + side / 2, y, 3.5, "window")
    elif mark == "unread":
        page.hatch(x, top, side, side, role="accent", gap=5, falling=True)
        page.rect(x, top, side, side, stroke="accent", thickness=1.5)
    else:
        page.rect(x, top, side, side, fill=page.look.cell(mark, 0.6))
    text = page.look.say(f"common.setting.{mark}")
    page.text(x + side + 9, y, text, SMALL, "muted", anchor="left")
    return x + side + 9 + typeset(text).width * SMALL


def _rect(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left, top, right - left, bottom - top
