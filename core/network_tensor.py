"""What flows between nodes: tensors that depend on the picture, with a meaning for every dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

from core.network_errors import Untraceable
from core.network_extent import Extent
from core.network_plane import Extents, Link, Plane, joined
from core.network_reads import FIRST, ITSELF, Reads, whole

Which = npt.NDArray[np.intp]
CHANNELS, ROWS, COLS = -1, 0, 1
MOST_PLANES = 256
MOST_CHANNELS = 1 << 18
"""Where there are more views or channels than these, all channels count as alike: as seeing what any of them sees."""


@dataclass(frozen=True)
class Atom:
    """A dimension or a factor of one: along the picture's rows, its columns, or neither (channels, batch)."""

    axis: int
    extent: Extent | None


Dim = tuple[Atom, ...]
"""A dimension; several atoms where a reshape has flattened them into one, the first varying slowest."""


@dataclass(frozen=True, eq=False)
class Tensor:
    """Channels whose units see something of the picture.

    ``planes`` are the different views among its channels. ``which`` tells each channel's: an array with a dimension
    for each of the tensor's, in which those along rows or columns have length 1; None if all have the first.
    ``merge`` is the node that brought the planes together.
    """

    dims: tuple[Dim, ...]
    planes: tuple[Plane, ...]
    which: Which | None = None
    merge: str | None = None

    @property
    def shape(self) -> tuple[Extent | None, ...]:
        """The extent of each dimension."""
        return tuple(extent(dim) for dim in self.dims)

    @property
    def cells(self) -> Extents:
        """(rows, columns) of every plane; 1 where that direction is gone."""
        return self.planes[0].cells

    @property
    def axes(self) -> frozenset[int]:
        """The directions that are still a dimension by themselves."""
        return frozenset(dim[0].axis for dim in self.dims if len(dim) == 1) - {CHANNELS}

    @cached_property
    def plane(self) -> Plane:
        """The view of all channels together."""
        if len(self.planes) == 1:
            return self.planes[0]
        return joined(self.cells, map(Link, self.planes), self.merge)

    def together(self) -> Tensor:
        """The same, with all channels alike."""
        return self if len(self.planes) == 1 else Tensor(self.dims, (self.plane,))

    def through(self, rows: Reads = ITSELF, cols: Reads = ITSELF, *, cells: Extents, dims: Sequence[Dim]) -> Tensor:
        """Each plane by itself read in this way; the channels stay what they are."""
        planes = tuple(joined(cells, [Link(plane, (rows, cols))]) for plane in self.planes)
        return Tensor(tuple(dims), planes, self.which, self.merge)

    def mixed(self, axes: set[int]) -> Plane:
        """All channels together, and everything along these directions, which shrink to one cell."""
        plane = self.plane
        if not axes:
            return plane
        cells = tuple(1 if axis in axes else plane.cells[axis] for axis in (0, 1))
        reads = tuple(whole(plane.cells[axis]) if axis in axes else ITSELF for axis in (0, 1))
        return joined((cells[0], cells[1]), [Link(plane, (reads[0], reads[1]))])

    def gathered(self, dim: int, channels: Which) -> Tensor:
        """These indices of a channel dimension, in this order."""
        dims = (*self.dims[:dim], (Atom(CHANNELS, len(channels)),), *self.dims[dim + 1 :])
        return tidy(replace(self, dims=dims, which=None if self.which is None else self.which.take(channels, dim)))


Value = Tensor | None


def extent(dim: Dim) -> Extent | None:
    """The length of a dimension; None if that is not known."""
    if len(dim) == 1:
        return dim[0].extent
    extents = [atom.extent for atom in dim]
    numbers = [number for number in extents if isinstance(number, int)]
    return prod(numbers) if len(numbers) == len(extents) else None


def channels(length: Extent | None) -> Dim:
    """A dimension that is no direction of the picture."""
    return (Atom(CHANNELS, length),)


def channel_shape(dims: Sequence[Dim]) -> tuple[int, ...] | None:
    """The shape of ``Tensor.which``: channels by dimension, 1 along the picture. None if unknown or absurdly many."""
    shape = []
    for dim in dims:
        lengths = [atom.extent for atom in dim if atom.axis == CHANNELS]
        if not all(isinstance(length, int) for length in lengths):
            return None
        shape.append(prod(length for length in lengths if isinstance(length, int)))
    return tuple(shape) if prod(shape) <= MOST_CHANNELS else None


def tidy(tensor: Tensor) -> Tensor:
    """Without planes that no channel has; alike channels said to be alike."""
    if tensor.which is None:
        return tensor
    used, which = np.unique(tensor.which, return_inverse=True)
    planes = tuple(tensor.planes[at] for at in used)
    kept = None if len(planes) == 1 else which.reshape(tensor.which.shape)
    tensor = Tensor(tensor.dims, planes, kept, tensor.merge)
    return tensor if len(planes) <= MOST_PLANES else tensor.together()


def spread(plane: Plane, cells: Extents) -> Link:
    """A link that repeats a plane of one row or column over a larger plane."""
    rows, cols = (
        FIRST if plane.cells[axis] == 1 and cells[axis] != 1 else _matching(plane.cells[axis], cells[axis])
        for axis in (0, 1)
    )
    return Link(plane, (rows, cols))


def _matching(have: Extent, want: Extent) -> Reads:
    if isinstance(have, int) and isinstance(want, int) and have != want:
        raise Untraceable(f"joins planes of {have} and {want} rows or columns, which must be equal: mend the model")
    return ITSELF
