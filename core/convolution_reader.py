"""The table [convolution]: read strictly, checked before anything is computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.arrays import Pair
from core.convolution import Convolution
from core.exact_check import Magnitude, check_sums
from core.kernel_reader import read_bias, read_groups, read_planes
from core.line_table import LineTable
from core.padding import PADDING_MODES, most_padding
from core.size_check import check_fit, check_work
from core.table import Table, counted

PADDING_NAMES = ("valid", "same", "same_lower", "full")
SIDES = ("top", "left", "bottom", "right")
LINES = ("row", "column")


def read_convolution(table: Table, folder: Path | None) -> Convolution:
    """The convolution in a table whose keys are known; LessonError for any mistake in it."""
    planes = read_planes(table, folder, "O, C/groups")
    table, kernel = planes.table, planes.kernel
    groups = read_groups(table, len(planes.input), len(kernel))
    if len(planes.input) != kernel.shape[1] * groups:
        raise table.error(
            "kernel",
            f"has filters of depth {kernel.shape[1]}, but with {counted(len(planes.input), 'input channel')} in "
            f"{counted(groups, 'group')} it is {len(planes.input) // groups}: give every filter so many planes",
        )
    stride, dilation = table.pair("stride", (1, 1)), table.pair("dilation", (1, 1))
    bias = read_bias(table, len(kernel))
    if (mode := table.values.get("padding")) in PADDING_MODES:
        raise table.error(
            "padding", f"is {mode!r}, which is a padding_mode: write padding_mode = {mode!r} and the padding in cells"
        )
    convolution = Convolution(
        planes.input,
        kernel,
        bias,
        stride,
        dilation,
        table.padding((kernel.shape[2], kernel.shape[3]), dilation, stride, PADDING_NAMES),
        groups,
        planes.rank,
        padding_mode=table.choice("padding_mode", PADDING_MODES),
        flip=table.flag("flip", False),
        line=planes.line,
    )
    _check_mode(table, convolution)
    check_fit(table, convolution)
    check_work(table, convolution)
    check_sums(table, Magnitude.of("input", planes.input), "kernel", kernel, "bias", bias)
    return replace(convolution, highlight=read_highlight(table, convolution.output_size))


READABLE = 16  # output cells along a side, up to which every value can be read


def read_highlight(table: Table, size: Pair) -> Pair:
    """The output cell to dwell on: by default (1, 1) if there is one, else the corner; in 1-D the second cell.

    Of an output too large to be read cell by cell it is the middle: the rim of a picture is seldom what it shows.
    """
    height, width = size
    default = (1, 1) if height > 1 and width > 1 else (0, int(width > 1 and isinstance(table, LineTable)))
    if height > READABLE and width > READABLE:
        default = (height // 2, width // 2)
    return table.cell("highlight", default, size, "the output")


def _check_mode(table: Table, convolution: Convolution) -> None:
    """Padding that is made of the input's cells needs enough of them, and some padding to be made."""
    mode, size = convolution.padding_mode, convolution.input.shape[1:]
    if mode != "zeros" and not any(convolution.padding):
        raise table.error("padding_mode", f"is {mode!r}, but there is no padding to fill: give padding or leave it out")
    for side, cells in enumerate(convolution.padding):
        most = most_padding(mode, size[side % 2])
        if most is not None and cells > most:
            raise table.error(
                "padding",
                f"is {cells} at the {SIDES[side]}, but padding_mode {mode!r} can take at most {most} from an input of "
                f"{counted(size[side % 2], LINES[side % 2])}: lower it or use padding_mode = 'replicate'",
            )
