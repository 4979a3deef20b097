"""Reshapes that split rows or weave them: how models write space-to-depth and depth-to-space."""

from __future__ import annotations

import numpy as np

from core.network_extent import times, windows
from core.network_plane import Link, joined
from core.network_reads import ITSELF, Reads
from core.network_tensor import CHANNELS, MOST_PLANES, Atom, Tensor, Which, channel_shape, channels, extent, tidy

MOST_PARTS = 64
"""Rows are taken apart into at most so many interleaved sets, and woven from so many."""


def taken_apart(tensor: Tensor, axis: int, outer: int) -> Tensor | None:
    """Rows as (outer, inner), the inner ones being channels; None if that cannot be."""
    at = next((at for at, dim in enumerate(tensor.dims) if len(dim) == 1 and dim[0].axis == axis), None)
    length = tensor.cells[axis]
    if at is None or not isinstance(length, int) or length % outer or not 1 < length // outer <= MOST_PARTS:
        return None
    parts = length // outer
    cells = list(tensor.cells)
    cells[axis] = windows(cells[axis], 0, parts, parts)
    planes = []
    for plane in tensor.planes:
        for first in range(parts):
            reads = [ITSELF, ITSELF]
            reads[axis] = Reads(1, parts, (range(first, first + 1),))
            planes.append(joined((cells[0], cells[1]), [Link(plane, (reads[0], reads[1]))]))
    dims = (*tensor.dims[:at], (Atom(axis, cells[axis]),), (Atom(CHANNELS, parts),), *tensor.dims[at + 1 :])
    shape = channel_shape(dims)
    if shape is None or len(planes) > MOST_PLANES:
        return Tensor(dims, (joined((cells[0], cells[1]), map(Link, planes), tensor.merge),))
    before = np.zeros([1] * len(tensor.dims), np.intp) if tensor.which is None else tensor.which
    inner = np.arange(parts).reshape([parts if place == at + 1 else 1 for place in range(len(dims))])
    which = np.expand_dims(before, at + 1) * parts + inner
    return Tensor(dims, tuple(planes), np.broadcast_to(which, shape), tensor.merge)


def demoted(tensor: Tensor, axis: int) -> Tensor | None:
    """Rows as channels, which is what a transposed picture's are to the next layer; None if they are too many."""
    at = next(at for at, dim in enumerate(tensor.dims) if any(atom.axis == axis for atom in dim))
    if tensor.cells[axis] == 1:
        dims = tuple(channels(extent(dim)) if place == at else dim for place, dim in enumerate(tensor.dims))
        return Tensor(dims, tensor.planes, tensor.which, tensor.merge)
    taken = taken_apart(tensor, axis, 1)
    if taken is None:
        return None
    which = None if taken.which is None else taken.which.squeeze(at)
    return Tensor((*taken.dims[:at], *taken.dims[at + 1 :]), taken.planes, which, taken.merge)


def woven(tensor: Tensor) -> Tensor:
    """Each dimension made of a row and a few channels, (outer, inner), as so many rows that take turns."""
    for at, dim in enumerate(tensor.dims):
        axes = [atom.axis for atom in dim]
        number = dim[-1].extent
        if len(dim) == 2 and axes[0] != CHANNELS == axes[1] and isinstance(number, int) and number <= MOST_PARTS:
            tensor = _woven(tensor, at, axes[0], number)
    return tensor


def _woven(tensor: Tensor, at: int, axis: int, number: int) -> Tensor:
    cells = list(tensor.cells)
    cells[axis] = times(cells[axis], number)
    dims = (*tensor.dims[:at], (Atom(axis, cells[axis]),), *tensor.dims[at + 1 :])
    which: Which = np.zeros([number if place == at else 1 for place in range(len(dims))], np.intp)
    if tensor.which is not None:
        which = tensor.which
    turns = np.moveaxis(which, at, -1).reshape(-1, number)
    kinds, kind = np.unique(turns, axis=0, return_inverse=True)
    if len(kinds) > MOST_PLANES:
        kinds, kind = np.zeros((1, number), np.intp), np.zeros(len(turns), np.intp)
        tensor = tensor.together()
    planes = []
    for turn in kinds:
        links = []
        for place in np.unique(turn).tolist():
            reads = [ITSELF, ITSELF]
            reads[axis] = Reads(number, 1, tuple(range(1 if other == place else 0) for other in turn.tolist()))
            links.append(Link(tensor.planes[place], (reads[0], reads[1])))
        planes.append(joined((cells[0], cells[1]), links, tensor.merge))
    shape = [1 if place == at else length for place, length in enumerate(which.shape)]
    return tidy(Tensor(dims, tuple(planes), kind.reshape(shape), tensor.merge))
