"""What a pool's window comes to, worded from the trace: the largest of its cells, or their mean."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from core import AverageStep, MaxStep
from look.exactness import equals, exact
from look.numbers import MINUS, number
from look.phrases import bracketed
from look.typesetting import Run

PoolStep = MaxStep | AverageStep
NOTHING = f"{MINUS}\N{INFINITY}"
"""What padding holds for a max pool."""


def pool_runs(step: PoolStep, *, most: int = 12, taps: int | None = None) -> list[Run]:
    """What the window comes to, in the colours of its parts: max(1, 5, 2, 0) = 5, or (1 + 5 + 2 + 0) / 4 = 2.

    Of more than `most` cells the first are written, and the winner. With `taps`, only so many cells (at least one) are
    read as yet, and a sum is not divided yet. The last run is the value.
    """
    return _largest(step, most, taps) if isinstance(step, MaxStep) else _mean(step, most, taps)


def spoken_pool(step: PoolStep) -> str:
    """The same as plain text, for alt texts and captions."""
    return "".join(text for text, _ in pool_runs(step))


def cell_text(step: PoolStep, row: int, column: int) -> str:
    """What stands in a cell of the window: its value, minus infinity for padding under max, nothing if not counted."""
    if isinstance(step, AverageStep):
        return number(step.patch[0, row, column].item()) if step.counted[row, column] else ""
    return number(step.patch[0, row, column].item()) if step.inside[row, column] else NOTHING


def _largest(step: MaxStep, most: int, taps: int | None) -> list[Run]:
    columns, patch = step.patch.shape[2], step.patch.ravel()[:taps]
    inside = step.inside.ravel()
    read = np.flatnonzero(inside[:taps])
    best = int(read[patch[read].argmax()]) if read.size else None
    written = list(range(patch.size))
    if patch.size > most:
        written = sorted({*range(most - 1), *([best] if best is not None else [])})
    runs: list[Run] = [("max(", "ink")]
    before = -1
    for at in written:
        if at > before + 1:
            runs.append((", …", "muted"))
        if len(runs) > 1:
            runs.append((", ", "muted"))
        role = "output" if at == best else "input" if inside[at] else "muted"
        runs.append((cell_text(step, *divmod(at, columns)), role))
        before = at
    if before + 1 < patch.size:
        runs.append((", …", "muted"))
    shown = [patch[at].item() for at in written if inside[at]]
    result: Run = (NOTHING, "muted")
    if best is not None:
        value = patch[best].item()
        result = (number(value), "negative" if value < 0 else "positive")
    return [*runs, (")", "ink"), (equals(shown), "ink"), result]


def _mean(step: AverageStep, most: int, taps: int | None) -> list[Run]:
    inside, patch = step.inside.ravel(), step.patch.ravel()
    counted = np.flatnonzero(step.counted.ravel()[:taps])
    shown = [patch[at].item() for at in counted[:most]]
    whole = sum((exact(patch[at].item()) for at in counted), Fraction(0))
    runs: list[Run] = []
    for at, value in zip(counted[:most].tolist(), shown, strict=True):
        role = "input" if inside[at] else "muted"
        runs += [(" + ", "ink")] if runs else []
        runs.append((bracketed(value) if at else number(value), role))
    if counted.size > most:
        runs.append((" + …", "muted"))
    if taps is not None:
        total = step.running[taps - 1].item()
        sign = equals(shown, [(total, whole)])
        return [*(runs or [(number(0), "muted")]), (sign, "ink"), (number(total), "product")]
    value = step.value
    opened: list[Run] = [("(", "ink"), *runs, (")", "ink")] if counted.size > 1 else runs
    divided: list[Run] = [(" / ", "ink"), (number(step.divisor), "kernel")]
    return [
        *opened,
        *divided,
        (equals(shown, [(value, whole / step.divisor)] if step.divisor else []), "ink"),
        (number(value), "negative" if value < 0 else "positive"),
    ]
