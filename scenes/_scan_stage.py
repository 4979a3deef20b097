"""What every film that scans step by step does in the same way: a quick step, and a value on its way to its cell."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from manim import Transform

from core.window import Window
from scenes._ink import Lettering
from scenes._motion import Slot
from scenes._scan_schedule import Beat
from scenes._stage import Stage, shares

GLIDE = 0.5  # of a quick step's time


class ScanStage(Stage):
    """A stage with a `board` on which `steps` are shown; the scene says how the window moves and what the foot says."""

    board: Any
    steps: Sequence[Any]

    def begin(self, step: Window) -> None:
        """What must be in its place before the window moves to a step."""

    @abstractmethod
    def move(self, step: Window, seconds: float) -> None:
        """The window moves to a step."""

    @abstractmethod
    def face(self, step: Window) -> None:
        """What the foot says about the step that is shown."""

    def step_on(self, beat: Beat) -> None:
        """One step at once: the window glides on, the value is there. Until then the foot tells of the step before."""
        step = self.steps[beat.first]
        glide, rest = shares(beat.seconds, (GLIDE, 1 - GLIDE))
        self.begin(step)
        self.move(step, glide)
        self.face(step)
        self.board.complete(step)
        self.board.arrive(step)
        self.wait(rest)


def fly(stage: Stage, flight: Slot, value: Lettering, goal: Lettering, seconds: float) -> None:
    """A value travels through its slot to what it looks like in its cell, where it still has to arrive."""
    flight.show(value)
    stage.play(Transform(value, goal), run_time=seconds)
