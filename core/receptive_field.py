"""What one unit of a stack of layers sees, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import prod

import numpy as np
import numpy.typing as npt

from core.arrays import Pair, Sides
from core.axis_size import AxisSize


@dataclass(frozen=True)
class Layer:
    """One convolution or pooling layer. Pairs are (rows, cols); ``padding`` is (top, left, bottom, right).

    A layer with ``ceil`` rounds its output's size up: its last window may reach past the padding, by the ``overhang``
    of `axes`, which depends on the plane.
    """

    kernel: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    dilation: Pair = (1, 1)
    ceil: bool = False

    @property
    def described(self) -> list[object]:
        """All of it as plain data, for fingerprints; rounding up only where it is the case."""
        return [self.kernel, self.stride, self.padding, self.dilation, *(["ceil"] if self.ceil else [])]

    @property
    def span(self) -> Pair:
        """(rows, cols) from the kernel's first cell to its last, holes included."""
        rows, cols = self.axes((0, 0))
        return rows.span, cols.span

    def axes(self, plane: Pair) -> tuple[AxisSize, AxisSize]:
        """The output-size formula for the rows and columns of the plane that this layer reads."""
        rows, cols = (
            AxisSize(
                plane[axis],
                self.padding[axis],
                self.padding[axis + 2],
                self.kernel[axis],
                self.dilation[axis],
                self.stride[axis],
                self.ceil,
            )
            for axis in (0, 1)
        )
        return rows, cols

    def output_size(self, plane: Pair) -> Pair:
        """(h, w) of the plane after this layer; not positive where the kernel does not fit."""
        rows, cols = (axis.output if axis.numerator >= 0 else 0 for axis in self.axes(plane))
        return rows, cols

    def input_size(self, plane: Pair) -> Pair:
        """The smallest (h, w), at least 1, that this layer turns into at least ``plane``."""
        rows, cols = (_least_input(axis, wanted) for wanted, axis in zip(plane, self.axes(plane), strict=True))
        return rows, cols


def _least_input(axis: AxisSize, wanted: int) -> int:
    """The fewest cells, at least 1, of which this axis makes ``wanted``; rounding up may do with fewer."""
    least = max(1, axis.span - axis.padding)
    cells = max(least, (wanted - 1) * axis.stride + axis.span - axis.padding)
    while axis.ceil and cells > least and replace(axis, input=cells - 1).output >= wanted:
        cells -= 1
    return cells


def input_plane(layers: Iterable[Layer], least: Pair) -> Pair:
    """The plane the stack stands on: at least ``least``, per axis enlarged until the last layer has a unit."""
    needed = (1, 1)
    for layer in reversed(tuple(layers)):
        needed = layer.input_size(needed)
    return max(least[0], needed[0]), max(least[1], needed[1])


def last_plane(layers: Iterable[Layer], plane: Pair) -> Pair:
    """(h, w) after every layer."""
    for layer in layers:
        plane = layer.output_size(plane)
    return plane


@dataclass(frozen=True)
class FieldRow:
    """The arithmetic of one depth; depth 0 is the input, whose ``layer`` is None. Pairs are (rows, cols).

    ``plane``: size of this depth's plane, in its own cells; the rest is in input cells. ``size``: what one unit sees.
    ``jump``: distance between the fields of neighbouring units. ``padding``: effective padding, top and left; the first
    unit's field begins at ``-padding``. ``start``: centre of the first unit's field; the centre of cell 0 is at 0.
    """

    depth: int
    layer: Layer | None
    plane: Pair
    size: Pair
    jump: Pair
    start: tuple[float, float]
    padding: Pair


@dataclass(frozen=True)
class ReceptiveField:
    """What ``unit`` (row, col) of the last plane of ``layers`` sees of an input of ``plane`` (h, w) cells.

    What is seen along rows does not depend on columns, so masks and path counts are outer products.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019.
    """

    layers: tuple[Layer, ...]
    plane: Pair
    unit: Pair

    def _repr_html_(self) -> str:
        from core.field_display import field_html

        return field_html(self)

    @cached_property
    def rows(self) -> tuple[FieldRow, ...]:
        """One row per depth, the input first."""
        rows = [FieldRow(0, None, self.plane, (1, 1), (1, 1), (0.0, 0.0), (0, 0))]
        for depth, layer in enumerate(self.layers, 1):
            below = rows[-1]
            jump, span = below.jump, layer.span
            size = below.size[0] + (span[0] - 1) * jump[0], below.size[1] + (span[1] - 1) * jump[1]
            padding = below.padding[0] + layer.padding[0] * jump[0], below.padding[1] + layer.padding[1] * jump[1]
            start = (size[0] - 1) / 2 - padding[0], (size[1] - 1) / 2 - padding[1]
            jump = jump[0] * layer.stride[0], jump[1] * layer.stride[1]
            rows.append(FieldRow(depth, layer, layer.output_size(below.plane), size, jump, start, padding))
        return tuple(rows)

    def region(self, depth: int) -> tuple[int, int, int, int]:
        """(row0, col0, row1, col1), half-open: what the unit sees of plane ``depth``, not clipped to it."""
        self._check(depth)
        first, last = list(self.unit), list(self.unit)
        for layer in reversed(self.layers[depth:]):
            for axis in (0, 1):
                first[axis] = first[axis] * layer.stride[axis] - layer.padding[axis]
                last[axis] = last[axis] * layer.stride[axis] - layer.padding[axis] + layer.span[axis] - 1
        return first[0], first[1], last[0] + 1, last[1] + 1

    def overhang(self, depth: int) -> Pair:
        """(rows, cols) past its padding that only rounding up lets the layer of this depth reach; none at depth 0."""
        self._check(depth)
        if not depth:
            return 0, 0
        rows, cols = self.layers[depth - 1].axes(self.rows[depth - 1].plane)
        return rows.overhang, cols.overhang

    def mask(self, depth: int) -> npt.NDArray[np.bool_]:
        """Bool array of plane ``depth``: the cells the unit reads; dilation leaves holes, padding is not in it."""
        self._check(depth)
        mask: npt.NDArray[np.bool_] = np.outer(self._row_paths[depth] > 0, self._col_paths[depth] > 0)
        return mask

    @cached_property
    def paths(self) -> npt.NDArray[np.int64]:
        """Int64 array of the input plane: the number of paths from each cell to the unit. Read-only.

        Exact: a lesson whose kernels' areas multiply to more than 2^62 is refused when it is loaded.
        """
        paths: npt.NDArray[np.int64] = np.outer(self._row_paths[0], self._col_paths[0])
        paths.setflags(write=False)
        return paths

    @cached_property
    def cells_read(self) -> int:
        """How many input cells the unit reads; none where its whole field is padding."""
        rows, cols = (int(np.count_nonzero(factor)) for factor in self.path_factors)
        return rows * cols

    @cached_property
    def path_range(self) -> Pair | None:
        """(least, most) paths from an input cell that the unit reads; None where it reads none."""
        rows, cols = (factor[factor > 0].tolist() for factor in self.path_factors)
        return (min(rows) * min(cols), max(rows) * max(cols)) if rows and cols else None

    @property
    def path_factors(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Int64 arrays (h,) and (w,), paths along rows and columns; ``paths`` is their outer product. Read-only."""
        return self._row_paths[0], self._col_paths[0]

    @cached_property
    def _row_paths(self) -> list[npt.NDArray[np.int64]]:
        return self._paths(0)

    @cached_property
    def _col_paths(self) -> list[npt.NDArray[np.int64]]:
        return self._paths(1)

    def _paths(self, axis: int) -> list[npt.NDArray[np.int64]]:
        """Per depth, along one axis, the number of paths from each cell up to the unit."""
        counts = np.zeros(self.rows[-1].plane[axis], np.int64)
        counts[self.unit[axis]] = 1
        depths = [counts]
        for row, layer in zip(self.rows[-2::-1], self.layers[::-1], strict=True):
            before, cells, stride = layer.padding[axis], row.plane[axis], layer.stride[axis]
            overhang = layer.axes(row.plane)[axis].overhang
            padded = np.zeros(before + cells + layer.padding[axis + 2] + overhang, np.int64)
            for tap in range(layer.kernel[axis]):
                first = tap * layer.dilation[axis]
                padded[first : first + (len(counts) - 1) * stride + 1 : stride] += counts
            counts = padded[before : before + cells]
            depths.append(counts)
        for counts in depths:
            counts.setflags(write=False)
        return depths[::-1]

    def _check(self, depth: int) -> None:
        if not 0 <= depth <= len(self.layers):
            raise IndexError(f"depth {depth} is outside 0 to {len(self.layers)}")


@lru_cache(maxsize=8)
def field_of(layers: tuple[Layer, ...], plane: Pair, unit: Pair) -> ReceptiveField:
    """The same object for the same arguments, so that what it computed is kept."""
    return ReceptiveField(layers, plane, unit)


def path_bound(layers: Iterable[Layer]) -> int:
    """No input cell has more paths to a unit than this: the product of the kernels' areas."""
    return prod(layer.kernel[0] * layer.kernel[1] for layer in layers)
