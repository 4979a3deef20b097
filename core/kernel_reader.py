"""The arrays of a convolution as an author writes them: input, kernel, groups and bias."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from core.array_reader import read_array
from core.arrays import Array
from core.limits import INPUT_CELLS, KERNEL_CELLS
from core.line_table import LineTable
from core.table import Table, counted, shown

SHAPES = {(2, 2): False, (3, 4): False, (4, 4): False, (1, 1): True, (2, 3): True, (3, 3): True}
"""What may stand together: the axes of the input and of the kernel, and whether that is 1-D. The second of each three
has channels, the third also a batch of one."""
INPUT_AXES, KERNEL_AXES = (tuple(sorted({pair[which] for pair in SHAPES})) for which in (0, 1))


@dataclass(frozen=True)
class Planes:
    """``input`` (C,H,W) and ``kernel`` (a, b, kh, kw); ``rank``, ``line``, and the ``table`` with the settings."""

    table: Table
    input: Array
    kernel: Array
    rank: int
    line: bool


def need(table: Table, *keys: str) -> None:
    """Each of the keys is there."""
    for key in keys:
        if key not in table.values:
            raise table.mistake(
                f"{table.place} has no {key!r}: add it as nested lists or as the path of an .npy or .csv file"
            )


def read_planes(table: Table, folder: Path | None, kernel_axes: str) -> Planes:
    """Input and kernel, a plain image or signal as one channel and one filter. ``kernel_axes`` names the first two."""
    need(table, "input", "kernel")
    source = read_array(table, "input", folder, INPUT_AXES, INPUT_CELLS)
    kernel = read_array(table, "kernel", folder, KERNEL_AXES, KERNEL_CELLS)
    key = source.ndim, kernel.ndim
    if key not in SHAPES:
        raise table.error(
            "kernel",
            f"is {kernel.ndim}-D but the input is {source.ndim}-D: write input [H, W] with kernel [kh, kw], "
            f"or input [C, H, W] with kernel [{kernel_axes}, kh, kw]; in 1-D, input [W] with kernel [kw], "
            f"or input [C, W] with kernel [{kernel_axes}, kw]",
        )
    if key == (3, 3) and len(source) > 1:
        raise table.error(
            "kernel",
            f"is 3-D beside a 3-D input, which makes that a batch of {len(source)} signals [C, W]: for a picture "
            f"[C, H, W] write the kernel as [{kernel_axes}, kh, kw], for a signal give one of the batch",
        )
    line = SHAPES[key]
    source = without_batch(table, source) if key in ((4, 4), (3, 3)) else source
    rank = source.ndim
    if line:
        source, kernel = source[..., None, :], kernel[..., None, :]
        table = LineTable(table.file, table.place, table.values)
    if kernel.ndim == 2:
        source, kernel = source[None], kernel[None, None]
    return Planes(table, source, kernel, rank, line)


def without_batch(table: Table, source: Array) -> Array:
    """The one picture of a batch of one."""
    if len(source) != 1:
        raise table.error("input", f"is a batch of {len(source)}: a lesson scans one picture, so give one of them")
    single: Array = source[0]
    return single


def read_groups(table: Table, channels: int, outputs: int) -> int:
    """A number that divides both; ``outputs`` is the number of filters."""
    groups = table.integer("groups", 1)
    if channels % groups or outputs % groups:
        raise table.error(
            "groups",
            f"is {groups}, but must divide the number of input channels, {channels}, and of output channels, "
            f"{outputs}: write a divisor of both such as {math.gcd(channels, outputs)}",
        )
    return groups


def read_bias(table: Table, outputs: int, key: str = "bias", what: str = "filter") -> Array:
    """(outputs,): a list with one for each, or one number for all; zeros by default."""
    value = table.values.get(key, 0)
    if not isinstance(value, list):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise table.error(
                key, f"must be a number or a list with one for each {what}, not {shown(value)}: write one"
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise table.error(key, f"must be finite, not {value}: write a number there")
        value = [value] * outputs
    bias = read_array(Table(table.file, table.place, {key: value}), key, None, (1,), KERNEL_CELLS)
    if len(bias) != outputs:
        raise table.error(
            key, f"has {counted(len(bias), 'number')} for {counted(outputs, what)}: write one for each, or one for all"
        )
    return bias
