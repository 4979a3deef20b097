"""How the twelve seconds of the im2col film are shared out, in milliseconds."""

from __future__ import annotations

from look.excerpt import Shown

INTRO, ROWS, COPIES, KERNEL, MULTIPLY, FOLD = 600, 5000, 1500, 900, 2500, 1500
SECONDS = (INTRO + ROWS + COPIES + KERNEL + MULTIPLY + FOLD) / 1000
SLOW, SLOWER = 5.0, 2.6  # how much longer than a quick row the first and the second one take
SWEEP = 700  # of each run of rows after a gap

Beat = tuple[int, int, int]
"""The window glides, the patch flies, the eye rests."""


def runs(rows: Shown) -> tuple[list[int], list[list[int]]]:
    """The rows before the first gap, and the runs after each gap."""
    found: list[list[int]] = [[]]
    for row in rows:
        if row is None:
            found.append([])
        else:
            found[-1].append(row)
    return found[0], found[1:]


def row_beats(head: int, sweeps: int) -> tuple[list[Beat], int]:
    """The beats of `head` rows shown one by one, and the length of each of the sweeps after them; `ROWS` in all."""
    weights = [SLOW, SLOWER, *[1.0] * (head - 2)][:head]
    total = ROWS - SWEEP * sweeps
    beats, done = [], 0.0
    for index, weight in enumerate(weights):
        start, done = round(total * done / sum(weights)), done + weight
        length = round(total * done / sum(weights)) - start
        glide = 0 if index == 0 else round(length * 0.3)
        flight = min(1600, round(length * (0.85 if weight > 1 else 0.7))) if index == 0 else round(length * 0.6)
        beats.append((glide, flight, length - glide - flight))
    return beats, SWEEP
