"""Operations that only rearrange: Reshape, Transpose and their like. Channels are followed one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.network_call import Call, Operation
from core.network_errors import BEYOND, Untraceable
from core.network_extent import Extent, Open, windows
from core.network_plane import Link, Plane, joined
from core.network_reads import ITSELF, Reads
from core.network_tensor import CHANNELS, MOST_PLANES, Atom, Dim, Tensor, channels, extent

MOST_PARTS = 64
"""Rows are taken apart into at most so many interleaved sets."""


def transpose(call: Call) -> Tensor:
    """The dimensions in another order."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    order = call.node.attributes.get("perm") or tuple(reversed(range(rank)))
    if not isinstance(order, tuple) or sorted(map(str, order)) != sorted(map(str, range(rank))):
        raise Untraceable(f"has a perm that is not an order of its {rank} dimensions: write each of them once")
    places = [int(at) for at in order]
    which = None if tensor.which is None else tensor.which.transpose(places)
    return Tensor(tuple(tensor.dims[at] for at in places), tensor.planes, which, tensor.merge)


def reshape(call: Call) -> Tensor:
    """Reshape: rows and columns that stay whole keep their meaning, the others flow together."""
    tensor = call.tensor()
    wanted = call.setting("shape", 1)
    if wanted is None:
        raise Untraceable("has no shape to take: give it one")
    call.rank(len(wanted))
    copies = not call.integer("allowzero", 0)
    target: list[Extent] = []
    for at, number in enumerate(wanted):
        if number == 0 and copies:
            copied = tensor.shape[at] if at < len(tensor.dims) else None
            if copied is None:
                raise Untraceable("copies a dimension that is not known: save the model with fixed shapes")
            number = copied
        if isinstance(number, float) or (isinstance(number, int) and number < -1):
            raise Untraceable("has a shape that is not made of whole numbers: correct it")
        target.append(number)
    return reshaped(tensor, _inferred(tensor, target))


def flatten(call: Call) -> Tensor:
    """Flatten: two dimensions, what is before the axis and what is after."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    axis = call.integer("axis", 1, -rank, rank) % (rank + 1)
    parts = [tuple(atom for dim in dims for atom in dim) for dims in (tensor.dims[:axis], tensor.dims[axis:])]
    return _folded(tensor, [part or channels(1) for part in parts])


def squeeze(call: Call) -> Tensor:
    """Squeeze: without these dimensions of length 1, or without all such."""
    tensor = call.tensor()
    given = call.wholes("axes", 1)
    rank = len(tensor.dims)
    gone = (
        {at for at, length in enumerate(tensor.shape) if length == 1}
        if given is None
        else {call.dimension(at, rank) for at in given}
    )
    if any(isinstance(tensor.shape[at], int) and tensor.shape[at] != 1 for at in gone):
        raise Untraceable("squeezes a dimension that is longer than 1: reduce it first")
    which = None if tensor.which is None else tensor.which.squeeze(tuple(gone))
    return Tensor(
        tuple(dim for at, dim in enumerate(tensor.dims) if at not in gone), tensor.planes, which, tensor.merge
    )


def unsqueeze(call: Call) -> Tensor:
    """Unsqueeze: with dimensions of length 1 at these places."""
    tensor = call.tensor()
    given = call.wholes("axes", 1) or []
    rank = call.rank(len(tensor.dims) + len(given))
    new = {call.dimension(at, rank) for at in given}
    old = iter(tensor.dims)
    dims = tuple(channels(1) if at in new else next(old, channels(1)) for at in range(rank))
    which = None if tensor.which is None else np.expand_dims(tensor.which, tuple(sorted(new)))
    return Tensor(dims, tensor.planes, which, tensor.merge)


def _inferred(tensor: Tensor, target: list[Extent]) -> list[Extent]:
    """The target with -1 replaced by what is left over."""
    if -1 not in target:
        return target
    left: list[Extent | None] = [atom.extent for dim in tensor.dims for atom in dim]
    whole = 1
    for number in target:
        if isinstance(number, Open):
            if number not in left:
                raise Untraceable(f"takes a shape that depends on the input's size: {BEYOND}")
            left.remove(number)
        elif number != -1:
            whole *= number
    open_ones = [length for length in left if not isinstance(length, int)]
    product = 1
    for length in left:
        product *= length if isinstance(length, int) else 1
    at = target.index(-1)
    if len(open_ones) == 1 and isinstance(open_ones[0], Open) and product == whole:
        return [*target[:at], open_ones[0], *target[at + 1 :]]
    if open_ones:
        raise Untraceable(f"takes a shape that depends on sizes the file leaves open: {BEYOND}")
    if not whole or product % whole:
        raise Untraceable("takes a shape that does not divide what it gets: correct the shape")
    return [*target[:at], product // whole, *target[at + 1 :]]


def reshaped(tensor: Tensor, target: Sequence[Extent]) -> Tensor:
    """The tensor in this shape."""
    if tuple(target) == tensor.shape:
        return tensor
    tensor = _interleaved(tensor, target)
    dims = _regrouped(tensor.dims, target)
    if dims is None:
        return Tensor(tuple(map(channels, target)), (_everything(tensor),))
    return _folded(tensor, dims)


def _everything(tensor: Tensor) -> Plane:
    return tensor.mixed({axis for axis in (0, 1) if tensor.cells[axis] != 1})


def _folded(tensor: Tensor, dims: Sequence[Dim]) -> Tensor:
    """The same atoms in other dimensions."""
    which = tensor.which
    if which is not None:
        shape = [_channels_in(dim) for dim in dims]
        if None in shape:
            return Tensor(tuple(dims), (tensor.plane,))
        which = which.reshape([number or 1 for number in shape])
    return Tensor(tuple(dims), tensor.planes, which, tensor.merge)


def _channels_in(dim: Dim) -> int | None:
    number = 1
    for atom in dim:
        if atom.axis == CHANNELS:
            if not isinstance(atom.extent, int):
                return None
            number *= atom.extent
    return number


def _regrouped(dims: Sequence[Dim], target: Sequence[Extent]) -> list[Dim] | None:
    """The atoms shared out among the target's dimensions; None where rows or columns would have to be cut."""
    atoms = [atom for dim in dims for atom in dim if atom.extent != 1][::-1]
    result: list[Dim] = []
    for length in target:
        taken: list[Atom] = []
        left: Extent = length
        while left != 1:
            if not atoms:
                return None
            atom = atoms.pop()
            if atom.extent == left:
                left = 1
            elif not isinstance(atom.extent, int) or not isinstance(left, int):
                return None
            elif left % atom.extent == 0:
                left //= atom.extent
            elif atom.axis == CHANNELS and atom.extent % left == 0:
                atoms.append(Atom(CHANNELS, atom.extent // left))
                atom, left = Atom(CHANNELS, left), 1
            else:
                return None
            taken.append(atom)
        result.append(tuple(taken) or channels(1))
    return None if atoms else [_fused(dim) for dim in result]


def _fused(dim: Dim) -> Dim:
    """Neighbouring channel atoms as one."""
    if all(atom.axis == CHANNELS for atom in dim):
        return channels(extent(dim))
    return dim


def _interleaved(tensor: Tensor, target: Sequence[Extent]) -> Tensor:
    """Rows that the target splits in two, (outer, inner), taken apart: the inner ones become channels."""
    for axis in (0, 1):
        at = next((at for at, dim in enumerate(tensor.dims) if dim[0].axis == axis and len(dim) == 1), None)
        length = None if at is None else tensor.dims[at][0].extent
        if at is None or not isinstance(length, int) or length == 1:
            continue
        for outer, inner in pairwise(target):
            fits = isinstance(outer, int) and isinstance(inner, int) and 1 < inner <= MOST_PARTS
            if fits and outer * inner == length and length not in target:
                tensor = _taken_apart(tensor, axis, at, int(inner))  # type: ignore[arg-type]
                break
    return tensor


def _taken_apart(tensor: Tensor, axis: int, at: int, parts: int) -> Tensor:
    cells = list(tensor.cells)
    cells[axis] = windows(cells[axis], 0, parts, parts)
    planes = []
    for plane in tensor.planes:
        for first in range(parts):
            reads = [ITSELF, ITSELF]
            reads[axis] = Reads(1, parts, (range(first, first + 1),))
            planes.append(joined((cells[0], cells[1]), [Link(plane, (reads[0], reads[1]))]))
    dims = (*tensor.dims[:at], (Atom(axis, cells[axis]),), (Atom(CHANNELS, parts),), *tensor.dims[at + 1 :])
    lengths = [_channels_in(dim) for dim in dims]
    if None in lengths or len(planes) > MOST_PLANES:
        return Tensor(dims, (joined((cells[0], cells[1]), map(Link, planes), tensor.merge),))
    before = np.zeros([1] * len(tensor.dims), np.intp) if tensor.which is None else tensor.which
    inner = np.arange(parts).reshape([parts if place == at + 1 else 1 for place in range(len(dims))])
    which = np.expand_dims(before, at + 1) * parts + inner
    return Tensor(dims, tuple(planes), np.broadcast_to(which, [number or 1 for number in lengths]), tensor.merge)


LAYOUTS: dict[str, Operation] = {
    "Transpose": transpose,
    "Reshape": reshape,
    "Flatten": flatten,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
}
