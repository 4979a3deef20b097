"""A kernel turns by 180 degrees: what true convolution does to it, and gather in a transposed one."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
from manim import VGroup

from scenes._ink import UNIT
from scenes._lattice import Lattice
from scenes._motion import Run

CLOSER = 0.3  # how much nearer to the middle a kernel's weights are half-way through its turn, to stay in its frame


class HalfTurn(Run):
    """Turns a kernel at rest by 180 degrees about its middle; its weights stay upright."""

    def __init__(self, kernel: VGroup, grid: Lattice, **settings: object) -> None:
        rows, columns = grid.rows, grid.columns
        taps = [(row, column) for row in range(rows) for column in range(columns)]
        x, y = grid.middle
        places = [grid.center(*tap) for tap in taps]
        self.arms = [((place[0] - x) * UNIT, (y - place[1]) * UNIT) for place in places]
        self.chips = list(kernel.submobjects[-1 - len(taps) : -1])
        self.gone = [(0.0, 0.0)] * len(self.chips)
        super().__init__(kernel, self._turn, **settings)

    def _turn(self, share: float) -> None:
        angle = pi * share
        near = 1 - CLOSER * sin(angle)
        for index, (chip, (right, up)) in enumerate(zip(self.chips, self.arms, strict=False)):
            x, y = right * cos(angle) - up * sin(angle), right * sin(angle) + up * cos(angle)
            way = x * near - right, y * near - up
            before = self.gone[index]
            chip.shift(np.array([way[0] - before[0], way[1] - before[1], 0.0]))
            self.gone[index] = way
