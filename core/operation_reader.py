"""Every operation in the table [convolution]: ``op`` says which, and which keys go with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.array_reader import read_array
from core.arrays import Pair, Sides
from core.convolution import Convolution
from core.convolution_reader import PADDING_NAMES, read_convolution, read_highlight
from core.exact_check import Magnitude, check_sums
from core.kernel_reader import read_bias, read_groups, read_planes
from core.limits import KERNEL_CELLS
from core.patch_matrix import LAYOUTS
from core.pool_reader import read_pool
from core.separable_convolution import SeparableConvolution
from core.size_check import check_counts, check_spread
from core.table import Table, counted, halved
from core.transposed_convolution import TransposedConvolution

if TYPE_CHECKING:
    from core.operation import Operation

OPS = ("conv", "conv_transpose", "max_pool", "avg_pool")
_SHARED = ("op", "input", "stride", "padding", "dilation", "highlight", "im2col_layout")
_OWN = {
    "kernel": ("conv", "conv_transpose"),
    "groups": ("conv", "conv_transpose"),
    "bias": ("conv", "conv_transpose"),
    "padding_mode": ("conv",),
    "flip": ("conv",),
    "pointwise": ("conv",),
    "pointwise_bias": ("conv",),
    "output_padding": ("conv_transpose",),
    "kernel_size": ("max_pool", "avg_pool"),
    "ceil_mode": ("max_pool", "avg_pool"),
    "count_include_pad": ("avg_pool",),
}
EVERY_KEY = (*_SHARED, *_OWN)


def read_operation(table: Table, folder: Path | None) -> Operation:
    """The operation of a lesson; LessonError for any mistake in it.

    A key of another operation is refused rather than passed over.
    """
    table.only(*EVERY_KEY)
    op = table.choice("op", OPS)
    for key, ops in _OWN.items():
        if key in table.values and op not in ops:
            wanted = " or ".join(f"op = {other!r}" for other in ops)
            instead = {
                "kernel": ": give the window's size as kernel_size",
                "kernel_size": ": give the numbers as kernel",
            }
            raise table.error(key, f"goes with {wanted}, not {op!r}{instead.get(key, ': leave it out')}")
    table.choice("im2col_layout", LAYOUTS)
    if op == "conv":
        convolution = read_convolution(table, folder)
        return _separable(table, folder, convolution) if "pointwise" in table.values else _alone(table, convolution)
    if op == "conv_transpose":
        return _transposed(table, folder)
    return read_pool(table, folder, op)


def _alone(table: Table, convolution: Convolution) -> Convolution:
    if "pointwise_bias" in table.values:
        raise table.error("pointwise_bias", "needs 'pointwise', the second stage that it belongs to: add it")
    return convolution


def _separable(table: Table, folder: Path | None, depthwise: Convolution) -> SeparableConvolution:
    channels, maps = len(depthwise.input), len(depthwise.kernel)
    if depthwise.groups != channels:
        raise table.error(
            "pointwise",
            f"follows a depthwise convolution, whose groups are the {channels} input channels, not {depthwise.groups}: "
            f"write groups = {channels}",
        )
    mixing = read_array(table, "pointwise", folder, (2,), KERNEL_CELLS)
    if mixing.shape[1] != maps:
        raise table.error(
            "pointwise",
            f"has rows of {mixing.shape[1]}, but the depthwise convolution makes {counted(maps, 'map')}: "
            "give every output channel one number for each map",
        )
    bias = read_bias(table, len(mixing), "pointwise_bias", "output channel")
    separable = SeparableConvolution(depthwise, mixing, bias)
    cells = separable.output_size[0] * separable.output_size[1]
    check_counts(table, len(mixing) * cells, maps * cells, mixing.size * cells)
    middle = check_sums(
        table, Magnitude.of("input", depthwise.input), "kernel", depthwise.kernel, "bias", depthwise.bias
    )
    check_sums(table, middle, "pointwise", mixing, "pointwise_bias", bias)
    return separable


def _transposed(table: Table, folder: Path | None) -> TransposedConvolution:
    planes = read_planes(table, folder, "C, O/groups")
    table, (channels, wide, height, width) = planes.table, planes.kernel.shape
    if channels != len(planes.input):
        raise table.error(
            "kernel",
            f"has {counted(channels, 'kernel')} for {counted(len(planes.input), 'input channel')}: "
            "a transposed convolution's kernel is [C, O/groups, kh, kw], one for each input channel",
        )
    groups = table.integer("groups", 1)
    groups = read_groups(table, channels, wide * groups)
    stride, dilation = table.pair("stride", (1, 1)), table.pair("dilation", (1, 1))
    extended = _output_padding(table, stride, dilation)
    bias = read_bias(table, wide * groups, what="output channel")
    transposed = TransposedConvolution(
        planes.input,
        planes.kernel,
        bias,
        stride,
        dilation,
        _removed(table, (height, width), dilation, stride, extended),
        extended,
        groups,
        planes.rank,
        line=planes.line,
    )
    check_spread(table, transposed)
    check_sums(table, Magnitude.of("input", planes.input), "kernel", transposed.gather.kernel, "bias", bias)
    return replace(transposed, highlight=read_highlight(table, transposed.output_size))


def _output_padding(table: Table, stride: Pair, dilation: Pair) -> Pair:
    extended = table.pair("output_padding", (0, 0), 0)
    for axis, lines in enumerate(("rows", "columns")):
        most = max(stride[axis], dilation[axis]) - 1
        if extended[axis] > most:
            raise table.error(
                "output_padding",
                f"is {extended[axis]} for {lines}, but must be smaller than the stride, {stride[axis]}, or the "
                f"dilation, {dilation[axis]}: lower it to {most} or raise the stride",
            )
    return extended


def _removed(table: Table, kernel: Pair, dilation: Pair, stride: Pair, extended: Pair) -> Sides:
    """The padding of the convolution that is transposed, which is taken away here.

    "same" and "same_lower" are ONNX's: the output is stride times as large as the input. PyTorch has numbers only.
    """
    name = table.padding_name(PADDING_NAMES)
    if name is None:
        return table.sides("padding")
    reach = dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)
    if name in ("valid", "full"):
        return (0, 0, 0, 0) if name == "valid" else (*reach, *reach)
    rows, cols = (reach[axis] + 1 + extended[axis] - stride[axis] for axis in (0, 1))
    if min(rows, cols) < 0:
        raise table.error(
            "padding",
            f"is {name!r}, but a kernel that spans {table.told((reach[0] + 1, reach[1] + 1))} cannot fill a stride of "
            f"{table.told(stride)}: use a larger kernel, or output_padding, or 'valid'",
        )
    return halved((rows, cols), name)
