"""The highlighted step of a trace, worked out in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core import AnyTrace, AverageStep, MaxStep, SeparableTrace, Step
from core.transposed_convolution import Gather
from look.numbers import TIMES, number

MOST_TERMS = 32
"""More terms than this are not read anyway; they are in `--json`."""


def worked_out(trace: AnyTrace) -> Iterator[str]:
    """A line, or one for each stage: the sum with its bias, the mean with its divisor, or the largest and its place."""
    if isinstance(trace, SeparableTrace):
        at = trace.lesson.convolution.highlight
        for channel, _ in enumerate(trace.depthwise.output[:MOST_TERMS]):
            yield f"map {channel}: {_sum(trace.depthwise.step_at(*at, channel))}"
        yield f"mixed: {_sum(trace.pointwise.highlight)}"
    elif isinstance(trace.highlight, Step):
        yield _sum(trace.highlight)
    elif isinstance(trace.highlight, MaxStep):
        yield _largest(trace.highlight)
    else:
        yield _mean(trace.highlight)


def _sum(step: Step) -> str:
    """Patch times weights, in reading order, with the bias if there is one; without the zeros that are inserted."""
    depth = len(step.patch)
    real = step.inside.ravel().tolist() * depth if isinstance(step.operation, Gather) else [True] * step.patch.size
    pairs = zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), real, strict=True)
    terms = _some([f"{_factor(value)}{TIMES}{_factor(weight)}" for value, weight, shown in pairs if shown]) or ["0"]
    if step.bias:
        terms.append(f"bias {_factor(step.bias)}")
    return " + ".join(terms) + f" = {number(step.value)}"


def _largest(step: MaxStep) -> str:
    inside = step.inside.ravel().tolist()
    values = [number(value) for value, real in zip(step.patch.ravel().tolist(), inside, strict=True) if real]
    row, col = step.winner
    place = f"column {col}" if step.operation.line else f"row {row}, column {col}"
    return f"max({', '.join(_some(values))}) = {number(step.value)}, from {place} of the input"


def _mean(step: AverageStep) -> str:
    counted = step.counted.ravel().tolist()
    values = [_factor(value) for value, counts in zip(step.patch.ravel().tolist(), counted, strict=True) if counts]
    return (
        f"({' + '.join(_some(values))}) / {step.divisor} = {number(step.sum)} / {step.divisor} = {number(step.value)}"
    )


def _some(terms: Sequence[str]) -> list[str]:
    more = len(terms) - MOST_TERMS
    return [*terms[:MOST_TERMS], *([f"… {number(more)} more"] if more > 0 else [])]


def _factor(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)
