"""The window on several planes at once: one outline for each, which move together."""

from __future__ import annotations

from collections.abc import Sequence

from core.window import Window
from look import Look
from scenes._ink import UNIT
from scenes._lattice import Lattice
from scenes._motion import Glide, Slot
from scenes._scan_kernel import frame, glow, on_window, window_shift
from scenes._scan_type import MOST_TAPS

SMALLEST = 12.0  # px; cells smaller than this do not light up


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
            pose = on_window(plane, step, None)
            self.frames.also(frame(pose.frame, self.look))
            if self.lit and len(pose.taps) <= MOST_TAPS and plane.cell >= SMALLEST:
                self.glows.also(*(glow(box, self.look) for box in pose.taps))

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
