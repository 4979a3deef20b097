"""The table [convolution]: read strictly, checked before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.array_reader import read_array
from core.convolution import Array, Convolution
from core.limits import (
    EXACT_FLOAT,
    INPUT_CELLS,
    INT64,
    KERNEL_CELLS,
    OUTPUT_CELLS,
    PADDED_CELLS,
    PATCH_CELLS,
    PRODUCTS,
)
from core.table import Table, shown

KEYS = ("input", "kernel", "stride", "padding", "dilation", "groups", "bias", "highlight")


def read_convolution(table: Table, folder: Path | None) -> Convolution:
    """The convolution of a lesson; LessonError for any mistake in it."""
    table.only(*KEYS)
    for key in ("input", "kernel"):
        if key not in table.values:
            raise table.mistake(
                f"{table.place} has no {key!r}: add it as nested lists or as the path of an .npy or .csv file"
            )
    source = read_array(table, "input", folder, (2, 3), INPUT_CELLS)
    rank = source.ndim
    kernel = read_array(table, "kernel", folder, (2, 4), KERNEL_CELLS)
    if (rank, kernel.ndim) not in ((2, 2), (3, 4)):
        raise table.error(
            "kernel",
            f"is {kernel.ndim}-D but the input is {rank}-D: write input [H, W] with kernel [kh, kw], "
            "or input [C, H, W] with kernel [O, C/groups, kh, kw]",
        )
    if rank == 2:
        source, kernel = source[None], kernel[None, None]
    groups = _groups(table, source, kernel)
    stride, dilation = table.pair("stride", (1, 1)), table.pair("dilation", (1, 1))
    size = kernel.shape[2], kernel.shape[3]
    convolution = Convolution(
        source,
        kernel,
        _bias(table, len(kernel)),
        stride,
        dilation,
        table.padding(size, dilation, stride),
        groups,
        rank,
    )
    _check_size(table, convolution)
    _check_exact(table, convolution)
    height, width = convolution.output_size
    default = (1, 1) if height > 1 and width > 1 else (0, 0)
    highlight = table.cell("highlight", default, (height, width), "the output")
    return replace(convolution, highlight=highlight)


def _groups(table: Table, source: Array, kernel: Array) -> int:
    groups = table.integer("groups", 1)
    (channels, *_), (outputs, depth, *_) = source.shape, kernel.shape
    if channels % groups or outputs % groups:
        raise table.error(
            "groups",
            f"is {groups} but must divide both the {channels} input and the {outputs} output channels: "
            f"write a divisor of both such as {math.gcd(channels, outputs)}",
        )
    if channels != depth * groups:
        raise table.error(
            "kernel",
            f"has filters of depth {depth}, but {channels} input channels in {groups} groups "
            f"need depth {channels // groups}: give every filter that many planes",
        )
    return groups


def _bias(table: Table, outputs: int) -> Array:
    value = table.values.get("bias", [0] * outputs)
    if isinstance(value, str | Mapping):
        raise table.error("bias", f"must be a number, or a list with one for each filter, not {shown(value)}")
    value = value if isinstance(value, list) else [value]
    bias = read_array(Table(table.file, table.place, {"bias": value}), "bias", None, (1,), KERNEL_CELLS)
    if len(bias) != outputs:
        raise table.error("bias", f"has length {len(bias)} but the number of filters is {outputs}: give one for each")
    return bias


def _check_size(table: Table, convolution: Convolution) -> None:
    """The kernel fits, and nothing that will be computed is unreasonably large."""
    axes = convolution.axes
    for axis, cells in zip(axes, ("rows", "columns"), strict=True):
        if axis.numerator < 0:
            remedy = "lower dilation" if axis.dilation > 1 else "use a smaller kernel"
            raise table.error(
                "kernel",
                f"does not fit: the kernel spans {axis.span} {cells} but the padded input has {axis.padded}: "
                f"raise padding by {-(axis.numerator // 2)} or {remedy}",
            )
    channels, (outputs, height, width) = len(convolution.input), convolution.output_shape
    padded = channels * axes[0].padded * axes[1].padded
    if padded > PADDED_CELLS:
        raise table.error(
            "padding", f"makes an input of {padded:,} cells: lower it until there are at most {PADDED_CELLS:,}"
        )
    taps = math.prod(convolution.kernel.shape[1:])
    patches = height * width * channels * axes[0].kernel * axes[1].kernel
    for number, most, what in (
        (outputs * height * width, OUTPUT_CELLS, "output cells"),
        (patches, PATCH_CELLS, "cells in its patches"),
        (outputs * height * width * taps, PRODUCTS, "products"),
    ):
        if number > most:
            raise table.mistake(
                f"{table.place} makes {number:,} {what}, and the most is {most:,}: "
                "use a smaller input or kernel, or a larger stride"
            )


def _check_exact(table: Table, convolution: Convolution) -> None:
    """No sum can leave 64-bit integers, and no decimal sum can become infinite."""
    arrays = {"input": convolution.input, "kernel": convolution.kernel, "bias": convolution.bias}
    whole = convolution.dtype == np.int64
    if not whole:
        for key, array in arrays.items():
            if array.dtype == np.int64 and _largest(array) > EXACT_FLOAT:
                raise table.error(
                    key,
                    f"holds {shown(int(_largest(array)))}, which is too long to stand beside decimals exactly: "
                    "write it as a decimal or scale the numbers down",
                )
    weights = convolution.kernel.reshape(len(convolution.kernel), -1)
    if whole:
        largest = max(sum(abs(weight) for weight in taps) for taps in weights.tolist())
    else:
        with np.errstate(over="ignore"):
            largest = float(np.abs(weights.astype(np.float64)).sum(axis=1).max())
    try:
        bound = _largest(convolution.input) * largest + _largest(convolution.bias)
    except OverflowError:
        bound = math.inf
    if bound > INT64 if whole else not math.isfinite(bound):
        rule = (
            "64-bit integers: write them as decimals or scale them down"
            if whole
            else "the largest decimal: scale them down"
        )
        raise table.error("kernel", f"times the input can give sums beyond {rule}")


def _largest(array: Array) -> int | float:
    """The largest magnitude, as a Python number so that nothing wraps round."""
    largest: int | float = max(abs(array.min().item()), abs(array.max().item()))
    return largest
