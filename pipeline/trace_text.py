"""A trace as a page of plain text: the sizes with their formula, the output, and the highlighted step worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from core import SeparableTrace, TransposeTrace
from core.number_text import MINUS, TIMES, number
from core.trace_facts import facts_of
from core.trace_sums import worked_out

if TYPE_CHECKING:
    from core import AnyTrace, AxisSize, TransposedAxis

MOST_COLUMNS, MOST_ROWS = 16, 16
"""What fits on a screen; the rest is in `--json` and `--csv`."""


def text_lines(trace: AnyTrace) -> Iterator[str]:
    """Lines without newlines."""
    title = trace.lesson.title["en"]
    yield f"{trace.lesson.name}: {title}" + (
        f" / {trace.lesson.title['zh']}" if trace.lesson.title["zh"] != title else ""
    )
    yield ""
    for name, value in facts_of(trace).items():
        yield f"{name:<16} {value}"
    yield ""
    yield from _formulas(trace)
    for channel, plane in enumerate(trace.output):
        yield ""
        yield "output" if len(trace.output) == 1 else f"output, channel {channel}"
        yield from _plane(plane[:MOST_ROWS, :MOST_COLUMNS].tolist(), plane.shape)
        if channel == 3 < len(trace.output) - 1:
            yield f"  … more channels: {number(len(trace.output) - 4)}"
            break
    yield ""
    yield f"highlight at {', '.join(map(str, trace.highlight.cell))}"
    for line in worked_out(trace):
        yield "  " + line


def _formulas(trace: AnyTrace) -> Iterator[str]:
    line = trace.lesson.convolution.line
    if isinstance(trace, TransposeTrace):
        for name, stretched in zip(("rows", "columns"), trace.transposed.axes, strict=True):
            if not line or name == "columns":
                yield f"{name:<16} {spread(stretched)}"
        return
    scan = trace.depthwise if isinstance(trace, SeparableTrace) else trace
    for name, axis in zip(("rows", "columns"), scan.axes, strict=True):
        if not line or name == "columns":
            yield f"{name:<16} {formula(axis)}"


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


def _plane(rows: list[list[float]], shape: Sequence[int]) -> Iterator[str]:
    texts = [[number(value) for value in row] for row in rows]
    width = max(len(text) for row in texts for text in row)
    for row in texts:
        yield "  " + "  ".join(text.rjust(width) for text in row) + ("  …" if shape[1] > MOST_COLUMNS else "")
    if shape[0] > MOST_ROWS:
        yield "  …"
