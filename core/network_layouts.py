"""Operations that only rearrange: Reshape, Transpose and their like. Channels are followed one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.network_call import Call, Operation
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open
from core.network_plane import Plane
from core.network_tensor import CHANNELS, Atom, Dim, Tensor, channel_shape, channels, extent
from core.network_weave import taken_apart, woven


def transpose(call: Call) -> Tensor:
    """The dimensions in another order."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    order = call.node.attributes.get("perm") or tuple(reversed(range(rank)))
    if not isinstance(order, tuple) or sorted(map(str, order)) != sorted(map(str, range(rank))):
        raise Untraceable(f"has a perm that is not an order of its {rank} dimensions: write each of them once")
    return transposed_to(tensor, [int(at) for at in order])


def transposed_to(tensor: Tensor, order: Sequence[int]) -> Tensor:
    """The dimensions in this order."""
    which = None if tensor.which is None else tensor.which.transpose(order)
    return Tensor(tuple(tensor.dims[at] for at in order), tensor.planes, which, tensor.merge)


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
    return folded(tensor, [part or channels(1) for part in parts])


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
    return unsqueezed(tensor, [call.dimension(at, rank) for at in given])


def unsqueezed(tensor: Tensor, places: Sequence[int]) -> Tensor:
    """With dimensions of length 1 at these places of the result."""
    new = {*places}
    rank = len(tensor.dims) + len(new)
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
                raise Untraceable(f"takes a shape that depends on the input's size: {GIVE_SIZE}")
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
        raise Untraceable(f"takes a shape that depends on sizes the file leaves open: {GIVE_SIZE}")
    if not whole or product % whole:
        raise Untraceable("takes a shape that does not divide what it gets: correct the shape")
    return [*target[:at], product // whole, *target[at + 1 :]]


def reshaped(tensor: Tensor, target: Sequence[Extent]) -> Tensor:
    """The tensor in this shape."""
    if tuple(target) == tensor.shape:
        return tensor
    dims = _regrouped(tensor.dims, target)
    while isinstance(dims, Atom):
        axis, outer = dims.axis, dims.extent
        taken = taken_apart(tensor, axis, outer) if isinstance(outer, int) else None
        if taken is None:
            break
        tensor = taken
        dims = _regrouped(tensor.dims, target)
    if dims is None or isinstance(dims, Atom):
        return Tensor(tuple(map(channels, target)), (_everything(tensor),))
    return woven(folded(tensor, dims))


def _everything(tensor: Tensor) -> Plane:
    return tensor.mixed({axis for axis in (0, 1) if tensor.cells[axis] != 1})


def folded(tensor: Tensor, dims: Sequence[Dim]) -> Tensor:
    """The same atoms in other dimensions."""
    which = tensor.which
    if which is not None:
        shape = channel_shape(dims)
        if shape is None:
            return Tensor(tuple(dims), (tensor.plane,))
        which = which.reshape(shape)
    return Tensor(tuple(dims), tensor.planes, which, tensor.merge)


def _regrouped(dims: Sequence[Dim], target: Sequence[Extent]) -> list[Dim] | Atom | None:
    """The atoms shared out among the target's dimensions.

    An atom where rows or columns must first be taken apart: so many outer ones. None where nothing helps.
    """
    atoms = [atom for dim in dims for atom in dim if atom.extent != 1 or atom.axis != CHANNELS][::-1]
    result: list[Dim] = []
    for length in target:
        taken: list[Atom] = []
        left: Extent = length
        if length == 1 and atoms and atoms[-1].extent == 1:
            taken.append(atoms.pop())
        while left != 1:
            if not atoms:
                return None
            atom = atoms.pop()
            if atom.extent == 1:  # a single row has no part in a longer dimension
                continue
            if atom.extent == left:
                left = 1
            elif not isinstance(atom.extent, int) or not isinstance(left, int):
                return None
            elif left % atom.extent == 0:
                left //= atom.extent
            elif atom.extent % left:
                return None
            elif atom.axis != CHANNELS:
                return Atom(atom.axis, left)
            else:
                atoms.append(Atom(CHANNELS, atom.extent // left))
                atom, left = Atom(CHANNELS, left), 1
            taken.append(atom)
        result.append(tuple(taken) or channels(1))
    return None if any(atom.extent != 1 for atom in atoms) else [_fused(dim) for dim in result]


def _fused(dim: Dim) -> Dim:
    """Neighbouring channel atoms as one."""
    if all(atom.axis == CHANNELS for atom in dim):
        return channels(extent(dim))
    return dim


LAYOUTS: dict[str, Operation] = {
    "Transpose": transpose,
    "Reshape": reshape,
    "Flatten": flatten,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
}
