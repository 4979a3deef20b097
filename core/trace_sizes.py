"""The output-size formula of a trace with its numbers put in, as text."""

from __future__ import annotations

from collections.abc import Iterator

from core.axis_size import AxisSize
from core.number_text import MINUS, TIMES
from core.operation import AnyTrace
from core.separable_trace import SeparableTrace
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import TransposedAxis


def size_sums(trace: AnyTrace) -> Iterator[tuple[str, str]]:
    """How the output size comes about: ("rows", its formula in numbers), ("columns", …); of a line columns alone."""
    line = trace.lesson.convolution.line
    if isinstance(trace, TransposeTrace):
        for name, stretched in zip(("rows", "columns"), trace.transposed.axes, strict=True):
            if not line or name == "columns":
                yield name, spread(stretched)
        return
    scan = trace.depthwise if isinstance(trace, SeparableTrace) else trace
    for name, axis in zip(("rows", "columns"), scan.axes, strict=True):
        if not line or name == "columns":
            yield name, formula(axis)


def formula(axis: AxisSize) -> str:
    """`floor((5 + 0 + 0 − 3) / 1) + 1 = floor(2 / 1) + 1 = 3`, and what the floor drops or the ceiling adds."""
    reach = f"{axis.input} + {axis.before} + {axis.after} {MINUS} {axis.span}"
    rounded = "ceil" if axis.ceil else "floor"
    text = f"{rounded}(({reach}) / {axis.stride}) + 1 = {rounded}({axis.numerator} / {axis.stride}) + 1 = {axis.output}"
    if axis.dropped:
        text = text.removesuffix(f" = {axis.output}")
        return f"{text}, less the window that would start past the input = {axis.output}"
    if axis.overhang:
        return f"{text}, {axis.overhang} beyond the end"
    return text + (f", {axis.remainder} left over" if axis.remainder and not axis.ceil else "")


def spread(axis: TransposedAxis) -> str:
    """`(3 − 1) · 2 + 3 − 1 − 1 + 0 = 5`: strides between the input cells, the kernel, the cuts, output padding."""
    sums = f"({axis.input} {MINUS} 1){TIMES}{axis.stride} + {axis.span} {MINUS} {axis.before} {MINUS} {axis.after}"
    return f"{sums} + {axis.output_padding} = {axis.output}"
