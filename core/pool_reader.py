"""A pool in the table [convolution]: the window's size in place of a kernel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.array_reader import read_array
from core.arrays import Array, Pair, Sides
from core.convolution_reader import LINES, SIDES, read_highlight
from core.exact_check import check_means
from core.kernel_reader import need, without_batch
from core.limits import INPUT_CELLS
from core.line_table import LineTable
from core.pooling import AveragePool, MaxPool, most_pool_padding
from core.size_check import check_fit, check_work
from core.table import Table, counted, halved, shown

WINDOW_SETTINGS = ("stride", "padding", "dilation", "ceil_mode", "count_include_pad")


def read_pool(table: Table, folder: Path | None, op: str) -> MaxPool | AveragePool:
    """The pool of a lesson, max or average; LessonError for any mistake in it."""
    need(table, "input")
    source = read_array(table, "input", folder, (1, 2, 3, 4), INPUT_CELLS)
    source = without_batch(table, source) if source.ndim == 4 else source
    rank, line = source.ndim, source.ndim == 1
    if line:
        source, table = source[None], LineTable(table.file, table.place, table.values)
    if rank < 3:
        source = source[None]
    size = source.shape[1], source.shape[2]
    window = _window(table, size)
    stride, dilation = table.pair("stride", window), table.pair("dilation", (1, 1))
    settings = (
        source,
        window,
        stride,
        dilation,
        _padding(table, size, window, dilation, stride),
        table.flag("ceil_mode", False),
        rank,
    )
    pool: MaxPool | AveragePool
    if op == "max_pool":
        pool = MaxPool(*settings, line=line)
    else:
        pool = AveragePool(*settings, line=line, count_include_pad=table.flag("count_include_pad", True))
    _check(table, pool)
    return replace(pool, highlight=read_highlight(table, pool.output_size))


def _window(table: Table, size: Pair) -> Pair:
    if "kernel_size" not in table.values:
        raise table.mistake(
            f"{table.place} has no 'kernel_size': give the window's size, such as kernel_size = 2, or 'global' for "
            "one window over the whole input"
        )
    value = table.values["kernel_size"]
    if value == "global":
        for key in WINDOW_SETTINGS:
            if key in table.values:
                raise table.error(key, "has no meaning for kernel_size = 'global', which has one window: leave it out")
        return size
    if isinstance(value, str):
        raise table.error(
            "kernel_size", f"must be one number, [rows, cols] or 'global', not {shown(value)}: write one of them"
        )
    return table.pair("kernel_size", (1, 1))


def _padding(table: Table, size: Pair, window: Pair, dilation: Pair, stride: Pair) -> Sides:
    """In cells as PyTorch bounds it; by name as ONNX has it, at any stride: the output is ceil(input / stride)."""
    name = table.padding_name(("valid", "same", "same_lower"))
    if name is not None:
        rows, cols = (
            max((-(-size[a] // stride[a]) - 1) * stride[a] + dilation[a] * (window[a] - 1) + 1 - size[a], 0)
            for a in (0, 1)
        )
        return (0, 0, 0, 0) if name == "valid" else halved((rows, cols), name)
    sides = table.sides("padding")
    for side, cells in enumerate(sides):
        most = most_pool_padding(window[side % 2])
        if cells > most:
            raise table.error(
                "padding",
                f"is {cells} at the {SIDES[side]}, but a window of {counted(window[side % 2], LINES[side % 2])} takes "
                f"at most half of that, {most}: lower it or raise kernel_size",
            )
    return sides


def _check(table: Table, pool: MaxPool | AveragePool) -> None:
    check_fit(table, pool, "kernel_size")
    check_work(table, pool)
    for axis, inner, lines in zip(pool.axes, pool.inner, ("rows", "columns"), strict=True):
        read = _reads(inner, axis.output, axis.stride, axis.kernel, axis.dilation)
        if not read.all():
            raise table.error(
                "padding",
                f"leaves a window whose {lines} are all padding, with nothing to "
                f"{'choose from' if isinstance(pool, MaxPool) else 'average'}: lower padding or dilation",
            )
    if isinstance(pool, AveragePool):
        check_means(table, pool.input, pool.kernel_size[0] * pool.kernel_size[1])


def _reads(inner: Array, windows: int, stride: int, taps: int, dilation: int) -> Array:
    """(windows,) bool: whether each window reads at least one cell of the input along an axis."""
    read = np.zeros(windows, bool)
    for tap in range(taps):
        read |= inner[tap * dilation : tap * dilation + (windows - 1) * stride + 1 : stride]
    return read
