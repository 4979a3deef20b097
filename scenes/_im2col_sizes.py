"""How large the cells of the im2col film can be, before anything is put in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core import Trace
from look.drawing import widest_number
from look.excerpt import Shown
from look.grid import extent
from look.patch_row import MARGIN, MatrixExcerpt
from scenes._ink import LEAST

CELL, LARGE_CELL = 64.0, 78.0  # the largest side of a cell; the largest width of the matrix's
PLANE, PICTURE = (
    330.0,
    150.0,
)  # the input's largest width; of each plane, where several stand below each other as pictures
WIDEST = 136.0  # the largest width of a weight or an output in a column
DIGITS = 0.5  # of a cell's height: the largest type in it
HEAT = 400  # more cells than this are one picture
LABEL = 46.0  # room for a label over a matrix
KERNEL = 230.0  # largest side of a kernel over its map
SLICES = 150.0  # largest height of a kernel slice under the matrix
MOST_MAPS = 4
LENS = 100  # a window with more cells is large enough as it is
BESIDE = 40.0  # from a plane to its enlarged patch


def fitted(em: float, width: float, height: float) -> float | None:
    """The type size of numbers up to `em` wide in cells of width × height; None where it would be too small."""
    size = min(width * (1 - 2 * MARGIN) / em if em else height, max(height * DIGITS, LEAST))
    return size if size >= LEAST and height >= size * 1.1 else None


def width_for(values: Iterable[int | float]) -> float:
    """The width of cells in which the least type fits."""
    return widest_number(values) * LEAST / (1 - 2 * MARGIN) + 0.5


@dataclass(frozen=True)
class Sizes:
    """Sides of square cells, widths of the columns' cells; `lens` is a cell of the enlarged patch, if there is one."""

    plane: float
    lens: tuple[float, float] | None
    slice: float
    map: float
    weight: float
    result: float
    map_room: float  # height for each feature map

    def input_width(self, trace: Trace) -> float:
        """Of the planes, with their enlarged patches at the right where there are several."""
        plane = trace.axes[1].padded * self.plane
        if not self.lens:
            return plane
        lens = trace.axes[1].kernel * self.lens[0]
        return plane + BESIDE + lens if len(trace.input) > 1 else max(plane, lens)

    def end_width(self, trace: Trace) -> float:
        """Of the feature maps, and the kernel over the only channel's."""
        kernel = self.slice * trace.axes[1].kernel if len(trace.input) == 1 else 0.0
        return max(self.map * trace.output_size[1], kernel, 120.0)

    def columns_width(self, filters: Shown) -> float:
        """Of the kernel's and the output's columns together."""
        return extent(filters) * (self.weight + self.result)


def measure(
    trace: Trace,
    shown: MatrixExcerpt,
    filters: Shown,
    high: float,
    plane_high: float,
    scale: float,
    *,
    digits: bool,
) -> Sizes:
    """Cells as large as `high` pixels allow (`plane_high` for each plane), the input's scaled.

    Without `digits` the columns' cells are narrow.
    """
    several = len(trace.input) > 1
    plane, lens = _input_cells(trace, shown, plane_high, scale)
    (kh, kw), (rows, columns) = trace.kernel.shape[2:], trace.output_size
    cells = [trace.im2col.cell(patch.index) for patch in shown.patches]
    values = [trace.output[f, r, c].item() for f in filters if f is not None for r, c in cells]
    least = LEAST * 1.5 if several or len(trace.kernel) > 1 else 56.0
    return Sizes(
        plane,
        lens,
        slice=min(48.0, SLICES / kh) if several else min(CELL, KERNEL / kh, KERNEL / kw),
        map=min(48.0 if several else CELL, 230 / columns, _map_room(trace, high) / rows),
        weight=min(WIDEST, max(least, width_for(trace.kernel[[f for f in filters if f is not None]].ravel().tolist())))
        if digits
        else least,
        result=min(WIDEST, max(least, width_for(values))) if digits else least,
        map_room=_map_room(trace, high),
    )


def shown_input(trace: Trace, shown: MatrixExcerpt) -> list[int | float]:
    """The values of the planes that have columns shown."""
    taps = trace.im2col.taps
    channels = sorted({column // taps for column in shown.columns if column is not None})
    values: list[int | float] = trace.input[channels].ravel().tolist()
    return values


def _map_room(trace: Trace, high: float) -> float:
    return 250.0 if len(trace.input) > 1 else min(260.0, high - KERNEL - 90)


def roomier_maps(trace: Trace, sizes: Sizes, spare: float) -> Sizes:
    """With maps that may be `spare` wider, and higher under a smaller kernel, if that makes their digits readable."""
    rows, columns = trace.output_size
    if trace.output[0].size > HEAT:
        return sizes
    needed = max(width_for(trace.output[:MOST_MAPS].ravel().tolist()), LEAST * 1.1)
    slimmer = _slimmer_kernel(trace, sizes, needed * rows - sizes.map_room)
    cell = min(needed, (230 + spare) / columns, max(sizes.map_room, needed * rows if slimmer else 0) / rows)
    return replace(sizes, map=cell, slice=slimmer or sizes.slice) if cell == needed > sizes.map else sizes


def _slimmer_kernel(trace: Trace, sizes: Sizes, more: float) -> float | None:
    """Side of the cells of the only kernel, over its map, that leaves so much `more` height; None if unreadable."""
    if len(trace.input) > 1 or len(trace.kernel) > 1 or more <= 0:
        return None
    side = min(sizes.slice, (KERNEL - more) / trace.kernel.shape[2])
    return side if side >= max(LEAST * 1.1, width_for(trace.kernel.ravel().tolist())) else None


def _input_cells(
    trace: Trace, shown: MatrixExcerpt, high: float, scale: float
) -> tuple[float, tuple[float, float] | None]:
    """Side of an input cell, and a cell of the enlarged patch where the input's own digits cannot be read."""
    rows, cols = trace.axes
    several = len(trace.input) > 1
    cell = min(CELL, PLANE / cols.padded, high / rows.padded) * scale
    if trace.input[0].size <= HEAT and fitted(widest_number(shown_input(trace, shown)), cell, cell):
        return cell, None
    if rows.kernel * cols.kernel > LENS:
        return min(PICTURE if several else PLANE, high) / max(rows.padded, cols.padded), None
    wide = max(44.0, min(104.0, shown.widest * LEAST / (1 - 2 * MARGIN) + 0.5))
    if several:
        lens = (min(wide, 200 / cols.kernel), min(40.0, high * 0.8 / rows.kernel))
        return min(CELL / 2, PICTURE / cols.padded, high / rows.padded), lens
    lens = (min(wide, PLANE / cols.kernel), min(48.0, 220 / rows.kernel))
    return min(CELL / 2, PLANE / cols.padded, (high - 60 - lens[1] * rows.kernel) / rows.padded), lens
