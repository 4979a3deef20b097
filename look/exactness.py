"""Whether digits on a picture are all of a number: decided in whole fractions, where 0.1 + 0.2 is 0.3."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from core import Step
from look.numbers import MINUS, number


def exact(value: float) -> Fraction:
    """A number as its author wrote it: the shortest decimal that means this float."""
    return Fraction(repr(value))


def printed(value: float) -> Fraction:
    """What the digits that `look.numbers.number` writes for a value mean, as a fraction."""
    text = number(value).replace(MINUS, "-")
    return Fraction(text) if text.isascii() else Fraction(f"{value:.3e}")  # the rest are powers of ten


def exact_sum(step: Step, channels: slice = slice(None), *, taps: int | None = None) -> Fraction:
    """The sum of a step's products, as its numbers are written, without the bias: over all channels or some of them.

    With `taps`, of the first so many products alone.
    """
    values, weights = (part[channels].ravel()[:taps].tolist() for part in (step.patch, step.weights))
    if all(isinstance(value, int) for value in (*values[:1], *weights[:1])):
        return Fraction(sum(value * weight for value, weight in zip(values, weights, strict=True)))
    pairs = zip(values, weights, strict=True)
    return sum((exact(value) * exact(weight) for value, weight in pairs if value and weight), Fraction(0))


def equals(shown: Iterable[float], results: Iterable[tuple[float, Fraction]] = ()) -> str:
    """The sign before a result: ≈ where any of the numbers shown is rounded.

    `shown` are numbers as they are given; `results` are worked out, each with what it comes to exactly.
    """
    told = [(value, exact(value)) for value in shown] + list(results)
    return " = " if all(printed(value) == whole for value, whole in told) else " ≈ "
