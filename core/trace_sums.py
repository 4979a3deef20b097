"""The highlighted step of a trace, worked out in plain text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.arrays import Array
from core.number_text import TIMES, number
from core.operation import AnyTrace
from core.pool_step import AverageStep, MaxStep
from core.separable_trace import SeparableTrace
from core.step import Step
from core.transposed_convolution import Gather
from core.window import Window

MOST_TERMS = 32
"""More terms than this are not read anyway; they are in `--json`."""


def worked_out(trace: AnyTrace) -> Iterator[str]:
    """A line, or one for each stage: the sum with its bias, the mean with its divisor, or the largest and its place."""
    if isinstance(trace, SeparableTrace):
        at = trace.lesson.convolution.highlight
        for channel, _ in enumerate(trace.depthwise.output[:MOST_TERMS]):
            yield f"map {channel}: {_sum(trace.depthwise.step_at(*at, channel))}"
        yield f"mixed: {_sum(trace.pointwise.highlight)}"
    else:
        yield step_sum(trace.highlight)


def step_sum(step: Window) -> str:
    """How one step comes to its value, as an equation on a line. TypeError for a window that has none."""
    if isinstance(step, Step):
        return _sum(step)
    if isinstance(step, MaxStep):
        return _largest(step)
    if isinstance(step, AverageStep):
        return _mean(step)
    raise TypeError(f"a {type(step).__name__} computes nothing")


def _sum(step: Step) -> str:
    """Patch times weights, in reading order, with the bias if there is one; without the zeros that are inserted."""
    shown = np.ones(step.patch.shape, bool)
    if isinstance(step.operation, Gather):
        shown &= step.inside
    values, more = _first(step.patch, shown)
    weights, _ = _first(step.weights, shown)
    terms = [f"{_factor(value)}{TIMES}{_factor(weight)}" for value, weight in zip(values, weights, strict=True)]
    terms = [*terms, *more] or ["0"]
    if step.bias:
        terms.append(f"bias {_factor(step.bias)}")
    return " + ".join(terms) + f" = {number(step.value)}"


def _largest(step: MaxStep) -> str:
    values, more = _first(step.patch[0], step.inside)
    row, col = step.winner
    place = f"column {col}" if step.operation.line else f"row {row}, column {col}"
    shown = ", ".join([*map(number, values), *more])
    return f"max({shown}) = {number(step.value)}, from {place} of the input"


def _mean(step: AverageStep) -> str:
    values, more = _first(step.patch[0], step.counted)
    shares = f"({' + '.join([*map(_factor, values), *more])}) / {step.divisor} = {number(step.sum)} / {step.divisor}"
    return f"{shares} = {number(step.value)}"


def _first(values: Array, shown: Array) -> tuple[list[float], list[str]]:
    """The first of those values that are ``shown``, and if there are more, words for them."""
    places = np.flatnonzero(shown)
    more = len(places) - MOST_TERMS
    return values.ravel()[places[:MOST_TERMS]].tolist(), [f"… {number(more)} more"] if more > 0 else []


def _factor(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)
