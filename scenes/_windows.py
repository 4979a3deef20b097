"""The window on a plane, and on several planes at once: an outline for each, which move together."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from core.window import Window
from look import Look
from scenes._im2col_cells import outline
from scenes._ink import UNIT
from scenes._lattice import Lattice
from scenes._motion import Glide, Slot
from scenes._scan_kernel import around_window, frame, glow, on_window, veils, window_shift
from scenes._scan_type import MOST_TAPS

SMALLEST = 12.0  # px; cells smaller than this do not light up
LEAST_WINDOW = 22.0  # px; a window on a large picture is drawn at least so large


def window_on(plane: Lattice, step: Window, look: Look, *, line: float = 6.0, least: float = LEAST_WINDOW) -> VGroup:
    """The outline of a step's window, and over what a dilated one skips a veil: only cells that are read stay bright.

    The outline is the last member.
    """
    rows, cols = step.input_rows, step.input_cols
    box = plane.span(rows[0], cols[0], rows[-1] + 1, cols[-1] + 1)
    return VGroup(*veils(around_window(plane, step), look), outline(box, look, line=line, least=least))


class Windows:
    """`frames` lie over the planes' digits, `glows` between the cells and the digits."""

    def __init__(self, planes: Sequence[Lattice], look: Look, *, lit: bool = True) -> None:
        self.planes, self.look, self.lit = planes, look, lit
        self.frames, self.glows = Slot(), Slot()
        self.at: Window | None = None

    def stand(self, step: Window) -> None:
        """Stand at a step, all at once."""
        self.hide()
        self.at = step
        for plane in self.planes:
            pose = around_window(plane, step)
            self.frames.also(*veils(pose, self.look), frame(pose.frame, self.look))
            if self.lit and len(step.input_rows) * len(step.input_cols) <= MOST_TAPS and plane.cell >= SMALLEST:
                self.glows.also(*(glow(box, self.look) for box in on_window(plane, step, None).taps))

    def hide(self) -> None:
        """Stand nowhere."""
        self.at = None
        self.frames.show()
        self.glows.show()

    def glides(self, step: Window, **settings: object) -> list[Glide]:
        """The way to a step, as animations; after them the windows are there."""
        assert self.at is not None
        right, down = window_shift(self.planes[0], self.at, step)
        self.at = step
        return [Glide(part, right, down, **settings) for part in (self.glows, self.frames) if len(part)]

    def jump(self, step: Window) -> None:
        """Go to a step without a way between."""
        if self.at is None:
            self.stand(step)
            return
        right, down = window_shift(self.planes[0], self.at, step)
        for part in (self.glows, self.frames):
            part.shift((right * UNIT, -down * UNIT, 0.0))
        self.at = step
