"""How the twelve seconds of the film of filters times patches are shared out, in milliseconds."""

from __future__ import annotations

from look.excerpt import Shown
from scenes._im2col_schedule import runs

INTRO, FILTERS, PATCHES, MULTIPLY, FOLD = 700, 1400, 3500, 4200, 2200
SECONDS = (INTRO + FILTERS + PATCHES + MULTIPLY + FOLD) / 1000
FIRST = 1500  # the first patch
SWEEP = 500  # of each run of patches after a gap
MOST_QUICK = 450  # of each of the patches after the first
CELL = 130  # of a cell of the product that is not worked out, at most
ROWS = 1500  # of the product's rows after the first
REST = 500  # of the whole picture, at the end


def patch_beats(patches: Shown) -> tuple[int, int, int, int]:
    """The first patch, each of those after it, each sweep after a gap, and what is left for the eye; in milliseconds.

    >>> patch_beats((0, 1, 2, None, 8))
    (1500, 450, 500, 600)
    """
    head, rest = runs(patches)
    sweeps = len(rest) * SWEEP
    others = len(head) - 1
    each = min(MOST_QUICK, (PATCHES - FIRST - sweeps) // others) if others else 0
    return FIRST, each, SWEEP, PATCHES - FIRST - sweeps - each * others


def product_beats(count: int, filters: int) -> tuple[int, int, int]:
    """A cell of the first row of the product, the one that is worked out, and each further row; in milliseconds."""
    each = min(CELL, 1000 // max(1, count - 1))
    rest = filters - 1
    row = ROWS // rest if rest else 0
    return each, MULTIPLY - each * (count - 1) - row * rest, row
