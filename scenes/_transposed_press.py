"""A stamp on its way: one input cell times the kernel, as the film lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from core import Stamp
from look import Look
from look.shade import Shade
from scenes._lattice import Box, Place
from scenes._scan_kernel import Pose, at_rest, pose_kernel


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
