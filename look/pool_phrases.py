"""What a pool's window comes to, worded from the trace: the largest of its cells, or their mean."""

from __future__ import annotations

from core import AverageStep, MaxStep
from look.numbers import MINUS, number
from look.phrases import bracketed, equals
from look.typesetting import Run

Terms = list[tuple[Run, float]]
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
    columns = step.patch.shape[2]
    inside = step.inside.ravel()
    values = step.patch.ravel().tolist()[:taps]
    best = max((at for at in range(len(values)) if inside[at]), key=lambda at: (values[at], -at), default=None)
    runs: list[Run] = [("max(", "ink")]
    shown: list[float] = []
    for at, value in enumerate(values):
        if len(values) > most and at >= most - 1 and at != best:
            if runs[-1][0] != ", …":
                runs.append((", …", "muted"))
            continue
        if len(runs) > 1:
            runs.append((", ", "muted"))
        role = "output" if at == best else "input" if inside[at] else "muted"
        runs.append((cell_text(step, *divmod(at, columns)), role))
        shown += [value] if inside[at] else []
    value = values[best] if best is not None else None
    sign = equals(shown)
    result: Run = (NOTHING, "muted") if value is None else (number(value), "negative" if value < 0 else "positive")
    return [*runs, (")", "ink"), (sign, "ink"), result]


def _mean(step: AverageStep, most: int, taps: int | None) -> list[Run]:
    inside, counted = step.inside.ravel(), step.counted.ravel()
    terms: Terms = [
        ((number(value) if not at else bracketed(value), "input" if inside[at] else "muted"), value)
        for at, value in enumerate(step.patch.ravel().tolist()[:taps])
        if counted[at]
    ]
    runs: list[Run] = []
    for run, _ in terms[:most]:
        runs += [(" + ", "ink"), run] if runs else [run]
    if len(terms) > most:
        runs.append((" + …", "muted"))
    if taps is not None:
        total = step.running[taps - 1].item()
        return [*(runs or [(number(0), "muted")]), (equals([total]), "ink"), (number(total), "product")]
    value = step.value
    shown = [*(value for _, value in terms[:most]), value]
    opened: list[Run] = [("(", "ink"), *runs, (")", "ink")] if len(terms) > 1 else runs
    divided: list[Run] = [(" / ", "ink"), (number(step.divisor), "kernel")]
    return [*opened, *divided, (equals(shown), "ink"), (number(value), "negative" if value < 0 else "positive")]
