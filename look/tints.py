"""A tint for every input cell, to know its copies by: hue runs along the columns, strength down the rows."""

from __future__ import annotations

from core import Trace
from look.look import Look
from look.palette import mix
from look.patch_row import Source

HUES = ("input", "output", "kernel", "negative", "accent")  # once round the palette
ACROSS, DOWN = 7, 5  # cells until the tints repeat; more for kernels that span more
FAINTEST = 0.5


class Tints:
    """`tints(source)` is the fill of an input cell (channel, row, column), or of padding (None).

    Tints repeat in large inputs, at distances that no window spans: cells that one patch holds differ.
    """

    def __init__(self, trace: Trace, look: Look) -> None:
        self.look = look
        rows, cols = trace.axes
        self.down = min(rows.input, max(DOWN, rows.span))
        self.across = min(cols.input, max(ACROSS, cols.span))

    def __call__(self, source: Source | None) -> str:
        """The fill of an input cell, or of padding (None)."""
        if source is None:
            return self.look.surface
        _, row, column = source
        place = (column % self.across) / max(1, self.across - 1) * (len(HUES) - 1)
        first = min(int(place), len(HUES) - 2)
        fade = (row % self.down) / max(1, self.down - 1)
        strength = round(1 - (1 - FAINTEST) * fade, 4)
        return mix(
            self.look.cell(HUES[first], strength), self.look.cell(HUES[first + 1], strength), round(place - first, 4)
        )
