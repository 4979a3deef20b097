"""Where everything in the transposed film stands, in page pixels: the input, the kernel and the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core import Step, TransposeTrace
from scenes._heat import MOST_CELLS
from scenes._ink import WIDTH
from scenes._lattice import Place
from scenes._matrix import cell_type
from scenes._scan_layout import BOTTOM, MARGIN, MIDDLE, MOST_DROP, ROOM, TOP, snap
from scenes._scan_type import Factors, Read, Widths, measure

LARGEST, GRID_LEAST, GRID_LARGEST = 110.0, 92.0, 140.0  # sides of cells
GRID_WIDE, LINE_WIDE = 480.0, 720.0  # of a kernel, which has room to turn
GAP, WIDE_GAP = 132.0, 230.0
LABEL = 260.0
DROP = 116.0  # from a kernel down to the planes under it, with their headings
WORTH = 1.15  # times as large as in a row must the cells under a kernel be


@dataclass(frozen=True)
class TransposedLayout:
    """`input` is the input as it is, `stuffed` with its zeros, without border; `output` lies in the `canvas`."""

    input: Place
    stuffed: Place
    grids: tuple[Place]  # the kernel, later the products
    canvas: Place
    output: Place
    border: tuple[int, int, int, int]  # of the stuffed input; what would be less than none is none
    weights: float | None  # type sizes, as in the scan's layout
    factors: Factors | None
    products: float | None
    precision: int
    resting: float | None
    digits: float | None
    lift: float
    written: float | None  # type of the canvas's values
    picture: bool  # whether planes are drawn as pictures
    stacked: bool = False  # whether input, kernel and canvas stand one below the other, as a signal's do
    raised: bool = False  # whether the kernel stands over the gap between a wide input and a wide canvas


def transposed_layout(trace: TransposeTrace, shown: Sequence[Read]) -> TransposedLayout:
    """Room for a transposed convolution of any size; `shown` are steps and stamps of which every number is shown."""
    axes, (kh, kw) = trace.transposed.axes, trace.kernel.shape[2:]
    border = _border(trace)
    left = [axis.stuffed + border[index] + border[index + 2] for index, axis in enumerate(axes)]
    right = [axis.canvas for axis in axes]
    widths, tall = measure(trace, shown), BOTTOM - TOP
    grid = min(
        widths.roomy(GRID_LEAST, GRID_LARGEST), tall / kh, (LINE_WIDE if trace.windowed.line else GRID_WIDE) / kw
    )
    if trace.windowed.line:
        return _stacked(trace, shown, widths, grid)
    room = ROOM - 2 * GAP - kw * grid
    cell = min(LARGEST, tall / max(left[0], right[0]), room / (left[1] + right[1]))
    cell = snap(cell, max(left[0] * left[1], right[0] * right[1]))
    high, both = max(left[0], right[0]), left[1] + right[1]
    under = min(LARGEST, (tall - kh * grid - DROP) / high, (ROOM - GAP) / both)
    if under > cell * WORTH and max(left[0] * left[1], right[0] * right[1]) <= MOST_CELLS:
        x, top = (WIDTH - both * under - GAP) / 2, MIDDLE - (kh * grid + DROP + high * under) / 2
        kernel = Place(WIDTH / 2 - kw * grid / 2, top, grid, kh, kw)
        middles = x + left[1] * under / 2, x + left[1] * under + GAP + right[1] * under / 2
        planes = _planes(trace, under, middles, kernel.bottom + DROP + high * under / 2)
        return replace(_typed(trace, shown, widths, (*planes[:2], kernel, planes[2])), raised=True)
    wide = max(LABEL, left[1] * cell), max(LABEL, right[1] * cell)
    gap = min(WIDE_GAP, (ROOM - sum(wide) - kw * grid) / 2)
    x = MARGIN + (ROOM - sum(wide) - kw * grid - 2 * gap) / 2
    kernel = Place(x + wide[0] + gap, MIDDLE - kh * grid / 2, grid, kh, kw)
    dense, stuffed, canvas = _planes(trace, cell, (x + wide[0] / 2, kernel.right + gap + wide[1] / 2), MIDDLE)
    return _typed(trace, shown, widths, (dense, stuffed, kernel, canvas))


def _planes(trace: TransposeTrace, cell: float, middles: tuple[float, float], y: float) -> tuple[Place, Place, Place]:
    """The input dense and stuffed, and the canvas, side by side around these middles."""
    (rows, columns), (top, left, bottom, right) = trace.transposed.axes, _border(trace)
    high, wide = rows.stuffed + top + bottom, columns.stuffed + left + right
    stuffed = Place(
        round(middles[0] - wide * cell / 2 + left * cell),
        round(y - high * cell / 2 + top * cell),
        cell,
        rows.stuffed,
        columns.stuffed,
    )

    def around(middle: float, high: int, wide: int) -> Place:
        return Place(round(middle - wide * cell / 2), round(y - high * cell / 2), cell, high, wide)

    dense = around(middles[0], rows.input, columns.input)
    return dense, stuffed, around(middles[1], rows.canvas, columns.canvas)


def _stacked(trace: TransposeTrace, shown: Sequence[Read], widths: Widths, grid: float) -> TransposedLayout:
    """A signal over the kernel over the canvas."""
    axis, border, kw = trace.transposed.axes[1], _border(trace), trace.kernel.shape[3]
    left = axis.stuffed + border[1] + border[3]
    cell = snap(min(LARGEST, ROOM / max(left, axis.canvas)), max(left, axis.canvas))
    gap = min(MOST_DROP, (BOTTOM - TOP - 2 * cell - grid) / 2)
    y, middle = round(MIDDLE - (2 * cell + grid + 2 * gap) / 2), WIDTH / 2
    dense = Place(round(middle - axis.input * cell / 2), y, cell, 1, axis.input)
    stuffed = Place(round(middle - left * cell / 2 + border[1] * cell), y, cell, 1, axis.stuffed)
    place = Place(middle - kw * grid / 2, dense.bottom + gap, grid, 1, kw)
    canvas = Place(round(middle - axis.canvas * cell / 2), round(place.bottom + gap), cell, 1, axis.canvas)
    return replace(_typed(trace, shown, widths, (dense, stuffed, place, canvas)), stacked=True)


def _typed(
    trace: TransposeTrace, shown: Sequence[Read], widths: Widths, places: tuple[Place, Place, Place, Place]
) -> TransposedLayout:
    dense, stuffed, place, canvas = places
    axes, border, cell, grid = trace.transposed.axes, _border(trace), dense.cell, place.cell
    left = [axis.stuffed + border[index] + border[index + 2] for index, axis in enumerate(axes)]
    picture = max(left[0] * left[1], canvas.rows * canvas.columns) > MOST_CELLS
    top, side = axes[0].before, axes[1].before
    output = Place(canvas.x + side * cell, canvas.y + top * cell, cell, axes[0].output, axes[1].output)
    weights = None if picture else widths.weight_type(cell)
    digits, lift = widths.value_type(cell, weights)
    return TransposedLayout(
        dense,
        stuffed,
        (place,),
        canvas,
        output,
        border,
        weights=weights,
        factors=widths.factor_type(grid),
        products=widths.product_type(grid),
        precision=widths.precision,
        resting=widths.rest_type(grid),
        digits=None if picture else digits,
        lift=lift,
        written=None if picture else cell_type(_written(trace, shown), cell),
        picture=picture,
    )


def _border(trace: TransposeTrace) -> tuple[int, int, int, int]:
    top, left, bottom, right = (max(0, cells) for cells in trace.windowed.padding)
    return top, left, bottom, right


def _written(trace: TransposeTrace, shown: Sequence[Read]) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
    """What may be written on the canvas: its values in the end, the output, and the first stamps."""
    stamps = [read.products[0].ravel() for read in shown if not isinstance(read, Step)]
    return np.concatenate([trace.canvas[0].ravel(), trace.output[0].ravel(), *stamps])
