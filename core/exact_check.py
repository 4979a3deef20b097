"""No sum can leave 64-bit integers, no decimal sum can become infinite, and no integer is rounded unseen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.arrays import Array
from core.limits import EXACT_FLOAT, INT64
from core.table import Table, shown


@dataclass(frozen=True)
class Magnitude:
    """How large the numbers that a key ``makes`` can be: ``largest`` in size, ``whole`` if all are integers."""

    key: str
    largest: int | float
    whole: bool
    makes: str = "holds"

    @classmethod
    def of(cls, key: str, array: Array) -> Magnitude:
        """Of an array; as Python numbers, so that nothing wraps round."""
        return cls(key, max(abs(array.min().item()), abs(array.max().item())), array.dtype == np.int64)


def check_sums(table: Table, source: Magnitude, key: str, kernel: Array, bias_key: str, bias: Array) -> Magnitude:
    """How large a sum of ``kernel`` (O, …, kh, kw) times ``source`` plus ``bias`` (O,) can be; LessonError if inexact.

    ``key`` and ``bias_key`` are what the author calls the two.
    """
    parts = [source, Magnitude.of(key, kernel), Magnitude.of(bias_key, bias)]
    whole = all(part.whole for part in parts)
    if not whole:
        for part in parts:
            _check_beside_decimals(table, part)
    weights = kernel.reshape(len(kernel), -1)
    if whole:
        largest = max(sum(abs(weight) for weight in taps) for taps in weights.tolist())
    else:
        with np.errstate(over="ignore"):
            largest = float(np.abs(weights.astype(np.float64)).sum(axis=1).max())
    bound = _times(source.largest, largest, parts[2].largest)
    _check_bound(table, key, bound, whole, "the input" if source.key == "input" else "the maps of the first stage")
    return Magnitude(key, bound, whole, "times the input can give sums up to")


def check_means(table: Table, source: Array, cells: int) -> None:
    """The sum of ``cells`` cells is exact, so that its mean is rounded once only."""
    magnitude = Magnitude.of("input", source)
    bound = _times(magnitude.largest, cells, 0)
    if bound > EXACT_FLOAT if magnitude.whole else not math.isfinite(bound):
        rule = "beyond 2^53, where decimals skip whole numbers" if magnitude.whole else "beyond the largest decimal"
        raise table.error("input", f"can give sums {rule}: scale the numbers down")


def _check_beside_decimals(table: Table, part: Magnitude) -> None:
    if part.whole and part.largest > EXACT_FLOAT:
        raise table.error(
            part.key,
            f"{part.makes} {shown(int(part.largest))}, which is too long to stand beside decimals exactly: "
            "write it as a decimal or scale the numbers down",
        )


def _times(largest: int | float, weights: int | float, bias: int | float) -> int | float:
    try:
        return largest * weights + bias
    except OverflowError:
        return math.inf


def _check_bound(table: Table, key: str, bound: int | float, whole: bool, what: str) -> None:
    if bound > INT64 if whole else not math.isfinite(bound):
        rule = (
            "64-bit integers: write them as decimals or scale them down"
            if whole
            else "the largest decimal: scale them down"
        )
        raise table.error(key, f"times {what} can give sums beyond {rule}")
