"""What a lesson has, in words that a drawing can ask for: whether it pools, has channels, is padded, and so on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from core.convolution import Convolution
from core.guide_case import case_of
from core.pooling import AveragePool, MaxPool
from core.separable_convolution import SeparableConvolution
from core.transposed_convolution import TransposedConvolution

if TYPE_CHECKING:
    from core.operation import Operation

TRAITS = {
    "convolution": "one ordinary convolution, grouped or not",
    "transposed": "a transposed convolution",
    "pooling": "a pool",
    "max-pooling": "a max pool",
    "average-pooling": "an average pool",
    "separable": "a depthwise convolution and the pointwise one after it",
    "depthwise": "several channels, each a group of its own",
    "grouped": "more than one group",
    "channels": "more than one input channel",
    "filters": "more than one output map",
    "pointwise": "a 1x1 window",
    "dilated": "a window with holes",
    "strided": "a stride above 1",
    "padded": "a border around the input, or taken from the output",
    "flipped": "a kernel that is turned by 180 degrees: true convolution",
    "line": "1-D",
    "plane": "2-D",
    "overlapping": "windows that share input cells, or stamps that share output cells",
    "wrapped": "a border made of input cells: a padding mode other than zeros",
    "columns": "im2col with a patch per column",
    "guide-case": 'the sizes of a named case of "A guide to convolution arithmetic"',
    "network": "a whole network",
}
"""Every trait, and what a lesson has that has it."""

NETWORK_TRAITS = frozenset({"network"})


def traits_of(operation: Operation, im2col_layout: str = "rows") -> frozenset[str]:
    """The traits of a lesson about ``operation``. Of a separable one, the geometry is that of its depthwise stage."""
    first = operation.depthwise if isinstance(operation, SeparableConvolution) else operation
    channels, groups = len(operation.input), getattr(first, "groups", 1)
    padded = any(first.padding)
    having = {
        "convolution": isinstance(operation, Convolution),
        "transposed": isinstance(operation, TransposedConvolution),
        "pooling": isinstance(operation, MaxPool | AveragePool),
        "max-pooling": isinstance(operation, MaxPool),
        "average-pooling": isinstance(operation, AveragePool),
        "separable": isinstance(operation, SeparableConvolution),
        "depthwise": groups == channels > 1,
        "grouped": groups > 1,
        "channels": channels > 1,
        "filters": operation.output_shape[0] > 1,
        "pointwise": _window(first) == (1, 1),
        "dilated": max(first.dilation) > 1,
        "strided": max(first.stride) > 1,
        "padded": padded,
        "flipped": getattr(first, "flip", False),
        "line": first.line,
        "plane": not first.line,
        "overlapping": _overlaps(first),
        "wrapped": padded and getattr(first, "padding_mode", "zeros") != "zeros",
        "columns": im2col_layout == "columns",
        "guide-case": case_of(operation) is not None,
    }
    return frozenset(trait for trait, has in having.items() if has)


def _window(operation: Convolution | TransposedConvolution | MaxPool | AveragePool) -> tuple[int, int]:
    return (operation.gather if isinstance(operation, TransposedConvolution) else operation).window_size


def _overlaps(operation: Convolution | TransposedConvolution | MaxPool | AveragePool) -> bool:
    """Whether any input cell is read, or any output cell stamped, more than once: the axes multiply."""
    most = 1
    if isinstance(operation, TransposedConvolution):
        for line in operation.axes:
            landed = Counter(at for cell in range(line.input) for at in line.landings(cell) if 0 <= at < line.output)
            most *= max(landed.values(), default=0)
        return most > 1
    for axis, sources in zip(operation.axes, operation.sources, strict=True):
        shown = sources[: axis.padded]
        counts = np.bincount(shown[shown >= 0], weights=axis.reads[shown >= 0])
        most *= int(counts.max(initial=0))
    return most > 1
