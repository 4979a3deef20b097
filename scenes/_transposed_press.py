"""A stamp on its way: one input cell times the kernel, as the film lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from core import Stamp
from look import Look
from look.shade import Shade
from scenes._ink import UNIT
from scenes._lattice import Box, Place
from scenes._motion import Run
from scenes._scan_kernel import Pose, at_rest, pose_kernel

CLOSER = 0.3  # how much nearer to the middle a kernel's weights are half-way through its turn, to stay in its frame


@dataclass(frozen=True)
class Press:
    """A stamp onto the first of its output channels, as what its factors and products are drawn from: (1, kh, kw)."""

    stamp: Stamp

    @property
    def patch(self) -> NDArray[np.generic]:
        """The input cell, at every weight."""
        return np.full_like(self.products, self.stamp.value)

    @property
    def weights(self) -> NDArray[np.generic]:
        """The kernel."""
        return self.stamp.weights[:1]

    @property
    def products(self) -> NDArray[np.generic]:
        """What is added to the canvas."""
        return self.stamp.products[:1]


def lifted(press: Press, grid: Place, size: float | None, shade: Shade, look: Look) -> VGroup:
    """The products as they lie in the grid."""
    return pose_kernel(press.products[0], at_rest(grid, size), shade, look)


def landed(press: Press, taps: tuple[Box, ...], size: float | None, shade: Shade, look: Look) -> VGroup:
    """The products as they lie on the canvas, whatever the dilation."""
    return pose_kernel(press.products[0], Pose(taps, around(taps), size, riding=False), shade, look)


def around(taps: Sequence[Box]) -> Box:
    """The box of all these boxes, which are in reading order."""
    return (*taps[0][:2], *taps[-1][2:])


class HalfTurn(Run):
    """Turns a kernel at rest by 180 degrees about its middle; its weights stay upright."""

    def __init__(self, kernel: VGroup, grid: Place, **settings: object) -> None:
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
