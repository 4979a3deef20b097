"""The table [receptive_field]: a stack of layers and the unit whose view is drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.arrays import Pair
from core.limits import LAYERS, PATHS, PLANE_CELLS
from core.line_table import LineTable
from core.receptive_field import Layer, input_plane, last_plane, path_bound
from core.table import Table, shown


def own_layers(layer: Layer, image: Pair) -> tuple[Layer, ...]:
    """The stack of a lesson that names none: its own layer, a second time if the input has room for that."""
    twice = (layer, layer)
    roomy = min(last_plane(twice, image)) >= 1 and path_bound(twice) <= PATHS
    return twice if roomy and _largest_plane(twice, image) <= PLANE_CELLS else (layer,)


def _largest_plane(layers: tuple[Layer, ...], size: Pair) -> int:
    """The most cells, padding included, that one of the layers reads."""
    most = 0
    for layer in layers:
        rows, cols = layer.axes(size)
        most, size = max(most, rows.padded * cols.padded), (rows.output, cols.output)
    return most


def read_field(table: Table, image: Pair, line: bool, own: tuple[Layer, ...]) -> tuple[tuple[Layer, ...], Pair, Pair]:
    """The layers, the input plane they stand on (at least ``image``), and the unit (row, col) of the last plane.

    ``line`` reads them as 1-D: kernels of one row. ``own`` is the stack of a lesson that names no layers.
    """
    table.only("layers", "unit")
    if line:
        table = LineTable(table.file, table.place, table.values)
    layers = _layers(table) if "layers" in table.values else own
    if path_bound(layers) > PATHS:
        raise table.error(
            "layers", "have more paths than 64-bit integers can count: use fewer layers or smaller kernels"
        )
    plane = input_plane(layers, image)
    size = plane
    for number, layer in enumerate(layers, 1):
        padded = (size[0] + layer.padding[0] + layer.padding[2]) * (size[1] + layer.padding[1] + layer.padding[3])
        if padded > PLANE_CELLS:
            raise table.error(
                "layers",
                f"need {padded:,} cells under layer {number}, and the most is {PLANE_CELLS:,}: "
                "use smaller kernels, strides or padding",
            )
        size = layer.output_size(size)
    last = last_plane(layers, plane)
    unit = table.cell("unit", middle_unit(layers, plane), last, "the last plane")
    return layers, plane, unit


def middle_unit(layers: tuple[Layer, ...], plane: Pair) -> Pair:
    """(row, col) of the unit of the last plane that is nearest its middle and reads a cell of the input.

    Of much padding the very middle may see nothing else. Where all units do, it is the middle.
    """
    row, col = (_middle_of(reading_units(layers, plane, axis)) for axis in (0, 1))
    return row, col


def _middle_of(reads: NDArray[np.bool_]) -> int:
    middle = (len(reads) - 1) // 2
    reading = np.flatnonzero(reads)
    return int(reading[np.abs(reading - middle).argmin()]) if len(reading) else middle


def reading_units(layers: tuple[Layer, ...], plane: Pair, axis: int) -> NDArray[np.bool_]:
    """Which units of the last plane read input, along one axis: bool, as long as that plane."""
    reads = np.ones(plane[axis], np.bool_)
    for layer in layers:
        size = layer.axes(plane)[axis]
        step = size.dilation if size.kernel > 1 else 1
        padded = np.zeros(-(-(step + size.padded + size.overhang) // step) * step, np.int32)
        padded[step + size.before : step + size.before + size.input] = reads
        counted = padded.reshape(-1, step).cumsum(axis=0, dtype=np.int32).ravel()  # every step-th cell up to each
        starts = np.arange(size.output) * size.stride
        reads = counted[starts + size.kernel * step] > counted[starts]
        plane = layer.output_size(plane)
    return reads


def _layers(table: Table) -> tuple[Layer, ...]:
    value = table.values["layers"]
    if not isinstance(value, list) or not value:
        raise table.error(
            "layers", f"must be a list of layers such as [{{kernel = 3}}], not {shown(value)}: write one layer or more"
        )
    if len(value) > LAYERS:
        raise table.error("layers", f"has {len(value)} layers, and the most is {LAYERS}: leave some out")
    return tuple(_layer(table, number, item) for number, item in enumerate(value, 1))


def _layer(table: Table, number: int, item: object) -> Layer:
    if not isinstance(item, Mapping):
        raise table.error(
            "layers", f"must hold tables, but layer {number} is {shown(item)}: write one such as {{kernel = 3}}"
        )
    layer = type(table)(table.file, f"layer {number} of {table.place}", item)
    layer.only("kernel", "stride", "padding", "dilation", "ceil_mode")
    if "kernel" not in item:
        raise layer.mistake(f"{layer.place} has no 'kernel': give its size, such as kernel = 3")
    kernel, stride, dilation = (
        layer.pair("kernel", (3, 3)),
        layer.pair("stride", (1, 1)),
        layer.pair("dilation", (1, 1)),
    )
    padding = layer.padding(kernel, dilation, stride)
    return Layer(kernel, stride, padding, dilation, layer.flag("ceil_mode", False))
