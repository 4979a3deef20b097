"""A trace as a page of plain text: the sizes with their formula, the output, and the highlighted step worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from look.numbers import MINUS, TIMES, number, size

if TYPE_CHECKING:
    from core import AxisSize, Trace

MOST_COLUMNS, MOST_ROWS, MOST_TERMS = 16, 16, 32
"""What fits on a screen; the rest is in `--json` and `--csv`."""


def text_lines(trace: Trace) -> Iterator[str]:
    """Lines without newlines."""
    flat, convolution = trace.rank == 2, trace.convolution
    title = trace.lesson.title["en"]
    yield f"{trace.lesson.name}: {title}" + (
        f" / {trace.lesson.title['zh']}" if trace.lesson.title["zh"] != title else ""
    )
    yield ""
    facts = {
        "input": size(*(trace.input.shape[1:] if flat else trace.input.shape)),
        "kernel": size(*(trace.kernel.shape[2:] if flat else trace.kernel.shape)) + ", not flipped (cross-correlation)",
        "stride": size(*convolution.stride),
        "padding": ", ".join(f"{side} {cells}" for side, cells in _sides(convolution.padding)) or "none",
        "dilation": size(*convolution.dilation),
        "groups": number(convolution.groups),
        "output": size(*(trace.output_size if flat else convolution.output_shape)),
        "im2col": size(*trace.im2col.shape),
        "steps": number(len(trace.steps)),
        "receptive field": f"{size(*trace.field.rows[-1].size)}, layers: {number(len(trace.lesson.layers))}",
    }
    for name, value in facts.items():
        yield f"{name:<16} {value}"
    yield ""
    for name, axis in zip(("rows", "columns"), trace.axes, strict=True):
        yield f"{name:<16} {formula(axis)}"
    for channel, plane in enumerate(trace.output):
        yield ""
        yield "output" if len(trace.output) == 1 else f"output, channel {channel}"
        yield from _plane(plane[:MOST_ROWS, :MOST_COLUMNS].tolist(), plane.shape)
        if channel == 3 < len(trace.output) - 1:
            yield f"  … more channels: {number(len(trace.output) - 4)}"
            break
    yield ""
    yield f"highlight at {', '.join(map(str, trace.highlight.cell))}"
    yield "  " + worked_out(trace)


def formula(axis: AxisSize) -> str:
    """`floor((5 + 0 + 0 − 3) / 1) + 1 = floor(2 / 1) + 1 = 3`, and what the floor drops."""
    reach = f"{axis.input} + {axis.before} + {axis.after} {MINUS} {axis.span}"
    text = f"floor(({reach}) / {axis.stride}) + 1 = floor({axis.numerator} / {axis.stride}) + 1 = {axis.output}"
    return text + (f", {axis.remainder} left over" if axis.remainder else "")


def worked_out(trace: Trace) -> str:
    """The highlighted sum, patch times kernel, in reading order, with the bias if there is one."""
    step = trace.highlight
    pairs = list(zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True))
    terms = [f"{_factor(value)}{TIMES}{_factor(weight)}" for value, weight in pairs]
    if len(terms) > MOST_TERMS:
        terms = [*terms[:MOST_TERMS], f"… {number(len(pairs) - MOST_TERMS)} more"]
    if step.bias:
        terms.append(f"bias {_factor(step.bias)}")
    return " + ".join(terms) + f" = {number(step.value)}"


def _factor(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _sides(padding: Sequence[int]) -> list[tuple[str, int]]:
    return [(side, cells) for side, cells in zip(("top", "left", "bottom", "right"), padding, strict=True) if cells]


def _plane(rows: list[list[float]], shape: tuple[int, ...]) -> Iterator[str]:
    texts = [[number(value) for value in row] for row in rows]
    width = max(len(text) for row in texts for text in row)
    for row in texts:
        yield "  " + "  ".join(text.rjust(width) for text in row) + ("  …" if shape[1] > MOST_COLUMNS else "")
    if shape[0] > MOST_ROWS:
        yield "  …"
