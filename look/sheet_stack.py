"""The planes of a receptive field side by side, each seen a little from the left: where each sheet stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.cone import Cone
from look.drawing import digits_size, runs
from look.sheet import ALONG, RISE, Block, Sheet, Span, span

# A sheet's cells are smaller than those of the sheet before it, as what is further away is: the more, the less room.
FURTHER = (0.9, 0.8, 0.7, 0.62)

ROOMY, TIGHT = 0.54, 0.68  # type size of counts, of a cell's width

Box = tuple[float, float, float, float]  # left, top, right, bottom


def shown_depths(layers: int, most: int) -> tuple[int, ...]:
    """The depths to draw, 0 = input: all, or of more than `most` (3 or up) the first ones and the last one or two."""
    if layers < most:
        return tuple(range(layers + 1))
    first = max(2, most - 2)
    return (*range(first), *range(layers + 1 - (most - first), layers + 1))


def stack(
    field: Cone,
    depths: Sequence[int],
    area: Box,
    *,
    largest: float,
    smallest: float,
    gaps: tuple[float, float],
    band: float,
    labels: Sequence[float],
    shrinking: Sequence[float] = FURTHER,
) -> tuple[Sheet, ...]:
    """Sheets of `depths` from left to right in `area`, the input first, all centred on one height.

    Cells are at most `largest` and, behind the input, where they can be at least `smallest`; between sheets lie
    gaps[0] to gaps[1]; a `band` is kept free left of the input and above it. Each sheet gets at least the width of its
    label, `labels` (see `fit_depths`), and stands in the middle of it. `shrinking` are the factors from sheet to sheet
    that may be tried.
    """
    left, top, right, bottom = area
    views = [_view(field, depth) for depth in depths]
    heights = [_height(*view) for view in views]
    widths = [_width(cols) for _, cols in views]
    joints = len(depths) - 1
    room = right - left - joints * gaps[0]
    for further in shrinking:
        cells = _cells(heights, min(largest, (bottom - top - band) / heights[0]), largest, smallest, further)
        feet = _feet(cells, widths, labels, band)
        if sum(feet) <= room:
            break
    for _ in range(60):
        if sum(feet) <= room:
            break
        cells = [cell * 0.95 for cell in cells]
        feet = _feet(cells, widths, labels, band)
    gap = min(gaps[1], (right - left - sum(feet)) / max(1, joints))
    x = left + (right - left - sum(feet) - gap * joints) / 2
    axis = top + (bottom - top + band) / 2
    sheets = []
    for k, (depth, (rows, cols)) in enumerate(zip(depths, views, strict=True)):
        cell, before = cells[k], band if k == 0 else 0.0
        corner_x = x + before + (feet[k] - before - widths[k] * cell) / 2 - cols.extent[0] * cell * ALONG
        corner_y = axis - heights[k] * cell / 2 - (rows.extent[0] - cols.extent[1] * RISE) * cell
        sheets.append(Sheet(depth, corner_x, corner_y, cell, rows, cols))
        x += feet[k] + gap
    return tuple(sheets)


def fit_depths(
    layers: int, planes: Sequence[int], label: Callable[[int], float], area: Box, gap: float
) -> tuple[tuple[int, ...], list[float]]:
    """The depths to draw and the widths of their labels: the first number of `planes` whose labels fit side by side.

    `label` gives the width that a depth's words want. Where even the last number is too many, all labels are narrowed.
    """
    for most in planes:
        depths = shown_depths(layers, most)
        labels = [label(depth) for depth in depths]
        room = area[2] - area[0] - gap * (len(labels) - 1) - 1
        if sum(labels) <= room:
            return depths, labels
    return depths, [width * room / sum(labels) for width in labels]


def _cells(heights: Sequence[float], first: float, largest: float, smallest: float, further: float) -> list[float]:
    """The side of a cell on each sheet: each sheet is `further` smaller than the one before it."""
    cells = [first]
    for k in range(1, len(heights)):
        wanted = max(first * further**k, smallest)
        cells.append(min(wanted, largest, further * heights[k - 1] * cells[k - 1] / heights[k]))
    return cells


def _feet(cells: Sequence[float], widths: Sequence[float], labels: Sequence[float], band: float) -> list[float]:
    """The width that each sheet takes, its label and the input's band included."""
    feet = [max(cell * width, label) for cell, width, label in zip(cells, widths, labels, strict=True)]
    feet[0] = max(cells[0] * widths[0] + band, labels[0])
    return feet


def _view(field: Cone, depth: int) -> tuple[Span, Span]:
    row0, col0, row1, col1 = field.region(depth)
    plane = field.rows[depth].plane
    return span(row0, row1, plane[0]), span(col0, col1, plane[1])


def _height(rows: Span, cols: Span) -> float:
    """In cells, of the box around what is shown."""
    return rows.extent[1] - rows.extent[0] + RISE * (cols.extent[1] - cols.extent[0])


def _width(cols: Span) -> float:
    return ALONG * (cols.extent[1] - cols.extent[0])


def lit_blocks(mask: NDArray[np.bool_], *, merged: bool) -> list[Block]:
    """The true cells of a mask: one by one, or merged into blocks, neighbouring rows that are alike together."""
    if not merged:
        return [(row, col, row + 1, col + 1) for row, col in np.argwhere(mask).tolist()]
    changes = np.flatnonzero((mask[1:] != mask[:-1]).any(axis=1)) + 1
    edges = [0, *changes.tolist(), len(mask)]
    return [(a, c, b, d) for a, b in pairwise(edges) for c, d in runs(np.flatnonzero(mask[a]).tolist())]


def count_size(strongest: int, sheet: Sheet, least: float) -> float:
    """The size of type for counts in the cells of a sheet: less where it must be, 0 where it would be below `least`."""
    width = sheet.cell * ALONG
    if (size := digits_size([strongest], width, largest=ROOMY)) >= least:
        return size
    return least if digits_size([strongest], width, largest=TIGHT) >= least else 0.0


def count_strength(count: float, strongest: float) -> float:
    """How strongly a cell with so many paths is filled, 0..1."""
    return round(0.16 + 0.84 * count / strongest, 2)


def counted_blocks(paths: NDArray[Any], most: int) -> list[tuple[Block, Any]]:
    """The cells with paths and their counts; of a larger field blocks, each as strong as its strongest cell.

    No more than `most` blocks along an axis.
    """
    edges = []
    for axis in (1, 0):
        at = np.flatnonzero(paths.any(axis=axis))
        if not at.size:
            return []
        first, last = int(at[0]), int(at[-1]) + 1
        edges.append(np.unique(np.linspace(first, last, min(most, last - first) + 1).round().astype(np.intp)))
    rows, cols = edges
    inside = paths[: rows[-1], : cols[-1]]
    strongest = np.maximum.reduceat(np.maximum.reduceat(inside, rows[:-1], axis=0), cols[:-1], axis=1)
    return [
        ((int(rows[r]), int(cols[c]), int(rows[r + 1]), int(cols[c + 1])), strongest[r, c].item())
        for r, c in zip(*np.nonzero(strongest), strict=True)
    ]
