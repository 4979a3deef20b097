"""A sum written out in full: broken into lines at its plus signs, as large as it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from figures._page import LEAST, Page
from look.typesetting import Run, typeset

SIZES = ((30.0, 1), (26.0, 1), (22.0, 1), (22.0, 2), (19.0, 2), (17.0, 3), (LEAST, 3))  # type size, lines it may take
LINE = 1.55  # em from one line to the next

PLUS, EQUALS = " + ", " = "

MOST_TERMS = 400
"""More never fit, so they are not even tried."""


def draw_sum(page: Page, written: Callable[[int], Sequence[Run]], terms: int, x: float, y: float, width: float) -> bool:
    """Draw `written(terms)`, the runs of a sum with at most so many terms, in the middle of (x, y).

    Where even three lines do not hold it, terms are left out. Returns whether all could be written.
    """
    for most in [*([terms] if terms <= MOST_TERMS else []), *range(min(terms - 1, 40), 0, -1)]:
        for size, allowed in SIZES:
            lines = _broken(written(most), width / size)
            if len(lines) <= allowed:
                top = y - (len(lines) - 1) * LINE * size / 2
                for k, line in enumerate(lines):
                    page.text(x, top + k * LINE * size, line, size, max_width=width)
                return most == terms
    return False


def _broken(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """`runs` in lines of at most `width` em; a line after the first opens with its plus or equals sign."""
    pieces: list[list[Run]] = []
    for run in runs:
        if not pieces or run[0].startswith((PLUS, EQUALS)):
            pieces.append([])
        pieces[-1].append(run)
    lines: list[list[Run]] = [[]]
    taken = 0.0
    for piece in pieces:
        wide = _width(piece)
        if lines[-1] and taken + wide > width:
            lines.append([])
            taken = 0.0
        lines[-1] += piece
        taken += wide
    return lines


def _width(piece: Sequence[Run]) -> float:
    return sum(typeset(text).width for text, _ in piece)
