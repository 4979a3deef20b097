"""What drawings of a receptive field read, be it a lesson's stack of layers or a unit deep in a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from core.arrays import Box, Pair


class HasPlane(Protocol):
    """A depth: its plane is (h, w) cells."""

    @property
    def plane(self) -> Pair: ...  # noqa: D102


class Cone(Protocol):
    """One unit and the planes down to the input, depth 0; see ``ReceptiveField`` and ``NetworkCone``."""

    @property
    def rows(self) -> Sequence[HasPlane]:
        """One for each depth, the input first."""

    @property
    def layers(self) -> Sequence[object]:
        """One for each depth above the input."""

    @property
    def unit(self) -> Pair:
        """(row, col) in the last plane."""

    @property
    def paths(self) -> npt.NDArray[Any]:
        """(H, W): how many paths lead from each input cell to the unit, maybe up to a common factor."""

    @property
    def path_factors(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """(H,) and (W,): the paths by rows and by columns, maybe up to a common factor."""

    def region(self, depth: int) -> Box:
        """(row0, col0, row1, col1), half-open: what the unit sees of a plane, not clipped to it."""

    def mask(self, depth: int) -> npt.NDArray[np.bool_]:
        """(h, w): the cells of a plane that the unit reads."""
