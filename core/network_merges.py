"""Operations on several tensors at once: sums and products cell by cell, stacks of channels, matrix products."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from core.network_call import Call, Operation, Value
from core.network_errors import Untraceable
from core.network_extent import Extent
from core.network_graph import Constant, named
from core.network_plane import Extents, Plane, joined
from core.network_tensor import (
    CHANNELS,
    MOST_PLANES,
    Atom,
    Dim,
    Tensor,
    Which,
    channel_shape,
    channels,
    extent,
    spread,
    tidy,
)


def cell_by_cell(call: Call) -> Tensor:
    """Add, Mul and their like, with broadcasting as in NumPy; constants change nothing but shapes."""
    tensors = call.tensors
    if "axis" in call.node.attributes and len(tensors) == 1:  # before opset 7, constants said where they belong
        return tensors[0]
    dims = _broadcast(call, call.inputs)
    call.rank(len(dims))
    cells = cells_of(dims, tensors)
    if len(tensors) == 1 and len(dims) == len(tensors[0].dims) and cells == tensors[0].cells:
        if all(one == two for one, two in zip(dims, tensors[0].dims, strict=True)):
            return tensors[0]
        if tensors[0].which is None:
            return Tensor(dims, tensors[0].planes)
    return _combined(tensors, dims, cells, call.node.name)


def by_constants(call: Call) -> Tensor:
    """PRelu, Clip and their like: each cell by itself, whatever shape the constants have that tell how."""
    first = call.inputs[0]
    return first if isinstance(first, Tensor) and call.tensors == [first] else cell_by_cell(call)


def _combined(tensors: Sequence[Tensor], dims: tuple[Dim, ...], cells: Extents, node: str) -> Tensor:
    """A plane for every combination of views that some channel has."""
    shape = channel_shape(dims)
    if shape is None or all(tensor.which is None for tensor in tensors) or not _told_apart(tensors, shape):
        return Tensor(dims, (merged([tensor.plane for tensor in tensors], cells, node),))
    parts = [_aligned_right(tensor, shape) for tensor in tensors]
    first, which = np.zeros(1, np.intp), np.zeros(shape, np.intp)
    for tensor, part in zip(tensors, parts, strict=True):
        _, first, which = np.unique(which * len(tensor.planes) + part, return_index=True, return_inverse=True)
        which = which.reshape(shape)
    if len(first) > MOST_PLANES:
        return Tensor(dims, (merged([tensor.plane for tensor in tensors], cells, node),))
    planes = tuple(
        merged([tensor.planes[part.flat[at]] for tensor, part in zip(tensors, parts, strict=True)], cells, node)
        for at in first
    )
    return tidy(Tensor(dims, planes, which, node))


def _told_apart(tensors: Sequence[Tensor], shape: tuple[int, ...], but: int | None = None) -> bool:
    """Whether what are channels of a tensor are channels of the result, too; of one they may be rows of another."""
    return all(
        length in (1, shape[-back]) or len(shape) - back == but
        for tensor in tensors
        if tensor.which is not None
        for back, length in enumerate(reversed(tensor.which.shape), 1)
    )


def _aligned_right(tensor: Tensor, shape: tuple[int, ...]) -> Which:
    which: Which = np.zeros((1,) * len(tensor.dims), np.intp) if tensor.which is None else tensor.which
    return np.broadcast_to(which.reshape((1,) * (len(shape) - which.ndim) + which.shape), shape)


def merged(planes: Sequence[Plane], cells: Extents, node: str) -> Plane:
    """One plane whose units read all of these at their own place; itself, if it is the only one and fits."""
    once = list(dict.fromkeys(planes))
    if len(once) == 1 and once[0].cells == cells:
        return once[0]
    return joined(cells, [spread(plane, cells) for plane in once], node)


def _broadcast(call: Call, values: Sequence[Value | None]) -> tuple[Dim, ...]:
    """The dimensions of the result, matched from the right."""
    operands = [_dims(value) for value in values if value is not None]
    rank = max(len(dims) for dims in operands)
    result = []
    for back in range(rank, 0, -1):
        result.append(_common(call, [dims[-back] for dims in operands if len(dims) >= back]))
    return tuple(result)


def _dims(value: Value) -> tuple[Dim, ...]:
    if isinstance(value, Tensor):
        return value.dims
    return tuple(channels(length) for length in value.shape or ())


def _common(call: Call, dims: Sequence[Dim]) -> Dim:
    """One dimension for those that meet: the longest, and along the picture if any of them is."""
    placed = [dim for dim in dims if any(atom.axis != CHANNELS for atom in dim)]
    longer = [dim for dim in dims if extent(dim) != 1]
    lengths = {length for dim in longer if isinstance(length := extent(dim), int)}
    if len(lengths) > 1:
        raise Untraceable(_unequal(call, lengths))
    chosen = next((dim for dim in placed if extent(dim) != 1), placed[0] if placed else (longer or list(dims))[0])
    if any({atom.axis for atom in dim} != {atom.axis for atom in chosen} for dim in placed if extent(dim) != 1):
        raise Untraceable("joins rows to columns: transpose one of its inputs before it")
    if extent(chosen) == 1 and longer and len(chosen) == 1:
        return (Atom(chosen[0].axis, extent(longer[0])),)
    if extent(chosen) is None and lengths and len(chosen) == 1:
        return (Atom(chosen[0].axis, lengths.pop()),)
    return chosen


def _unequal(call: Call, lengths: Collection[int]) -> str:
    """What is wrong with joining ``lengths`` in one dimension: whose they are, if they are rows or columns."""
    joins, remedy = "joins", "mend the model"
    if call.node.word:
        joins, remedy = "joins by 'inputs'", "change 'stride' or 'padding' on the way to one of them, or name another"
    inputs = [  # Expand is joined to the shape it is given, whatever else its node names
        (name, value.cells)
        for name, value in zip(call.node.inputs, call.inputs, strict=False)
        if isinstance(value, Tensor)
    ]
    for axis, cells in enumerate(("rows", "columns")):
        met = {length[axis]: name for name, length in reversed(inputs) if length[axis] in lengths}
        if len(met) > 1:
            parts = " and ".join(f"{length} {cells} of {named(name)}" for length, name in reversed(met.items()))
            return f"{joins} {parts}, which must be equal: {remedy}"
    if call.node.word:
        remedy = "change the layers on the way to one of them, or name another"
    names = " and ".join(map(str, sorted(lengths)))
    return f"{joins} tensors with {names} cells or channels, which must be equal: {remedy}"


def cells_of(dims: Sequence[Dim], tensors: Sequence[Tensor]) -> Extents:
    """(rows, columns) of the planes in a tensor of these dimensions, made from these."""
    cells: list[Extent] = [1, 1]
    for axis in (0, 1):
        for length in [tensor.cells[axis] for tensor in tensors] + [
            atom.extent for dim in dims for atom in dim if atom.axis == axis and atom.extent is not None
        ]:
            cells[axis] = length if cells[axis] == 1 or (isinstance(length, int) and length != 1) else cells[axis]
    return cells[0], cells[1]


def concatenated(call: Call) -> Tensor:
    """Concat along channels; the planes stay apart, so that a Split gets back what was joined."""
    values = [value for value in call.inputs if value is not None]
    tensors = call.tensors
    rank = len(tensors[0].dims)
    axis = call.dimension(call.integer("axis", 1, -rank, rank), rank)
    if len(values) == 1:
        return tensors[0]
    if any(len(tensor.dims) != rank for tensor in tensors):
        raise Untraceable("joins tensors of different ranks: mend the model")
    if any(atom.axis != CHANNELS for tensor in tensors for atom in tensor.dims[axis]):
        raise Untraceable(
            "joins planes end to end along rows or columns, and only channels are stacked: ask for a node before it"
        )
    dims = [_common(call, [tensor.dims[at] for tensor in tensors]) if at != axis else () for at in range(rank)]
    depths = [extent(_dims(value)[axis]) if len(_dims(value)) == rank else None for value in values]
    total = sum(depth for depth in depths if isinstance(depth, int)) if all(map(_whole, depths)) else None
    dims[axis] = channels(total)
    cells = cells_of([dim for dim in dims if dim], tensors)
    shape = channel_shape(dims)
    if shape is None or len(values) > MOST_PLANES or not _told_apart(tensors, shape, axis):
        return Tensor(tuple(dims), (merged([tensor.plane for tensor in tensors], cells, call.node.name),))
    planes: dict[Plane, int] = {}
    parts = []
    for value, depth in zip(values, depths, strict=True):
        part = (*shape[:axis], depth if isinstance(depth, int) else 1, *shape[axis + 1 :])
        parts.append(np.broadcast_to(_places(value, cells, planes), part))
    return tidy(Tensor(tuple(dims), tuple(planes), np.concatenate(parts, axis), call.node.name))


def _whole(length: Extent | None) -> bool:
    return isinstance(length, int)


def _places(value: Value, cells: Extents, planes: dict[Plane, int]) -> Which:
    """Where each channel's plane stands among ``planes``, which grows."""
    if isinstance(value, Constant):
        return np.array(planes.setdefault(joined(cells, ()), len(planes)))
    table = [planes.setdefault(merged([plane], cells, ""), len(planes)) for plane in value.planes]
    return np.array(table)[value.which if value.which is not None else 0]


def _factors(call: Call) -> tuple[Value | None, Value | None]:
    if len(call.inputs) < 2 or None in call.inputs[:2]:
        raise Untraceable("multiplies fewer than two matrices: give it both")
    return call.inputs[0], call.inputs[1]


def product(call: Call) -> Tensor:
    """MatMul: (…, i, k) by (…, k, j); everything along k is read."""
    one, two = _factors(call)
    if any(value is not None and value.shape is not None and len(value.shape) < 2 for value in (one, two)):
        raise Untraceable("multiplies vectors, and only matrices are followed: reshape them before it")
    last = len(one.dims) - 1 if isinstance(one, Tensor) else None
    second = len(two.dims) - 2 if isinstance(two, Tensor) else None
    return _contracted(call, one, last, two, second)


def dense(call: Call) -> Tensor:
    """Gemm: a dense layer over all that its input's row holds."""
    one, two = _factors(call)
    for value in (one, two):
        if isinstance(value, Tensor) and len(value.dims) != 2:
            raise Untraceable(f"gets {len(value.dims)} dimensions and needs 2: flatten its input first")
    first = 0 if call.integer("transA", 0) else 1
    second = 1 if call.integer("transB", 0) else 0
    tensor = _contracted(
        call, one, first if isinstance(one, Tensor) else None, two, second if isinstance(two, Tensor) else None
    )
    if isinstance(two, Constant) and two.shape:
        tensor = Tensor((tensor.dims[0], channels(two.shape[1 - second])), tensor.planes)
    bias = call.tensors[len([value for value in (one, two) if isinstance(value, Tensor)]) :]
    planes = [tensor.plane, *(_flat(value) for value in bias)]
    return Tensor(tensor.dims, (merged(planes, tensor.cells, call.node.name),))


def _flat(tensor: Tensor) -> Plane:
    return tensor.mixed({axis for axis in (0, 1) if tensor.cells[axis] != 1})


def _contracted(call: Call, one: Value | None, k_one: int | None, two: Value | None, k_two: int | None) -> Tensor:
    """The sum over dimension ``k_one`` of the first and ``k_two`` of the second; the other last dimensions stay."""
    pairs = [(value, at) for value, at in ((one, k_one), (two, k_two)) if isinstance(value, Tensor) and at is not None]
    if not pairs:
        raise Untraceable("multiplies no layer of the picture: give it one")
    kept = [_kept(value, at) for value, at in pairs]
    apart = len(pairs) == 2 and kept[0][1] and kept[1][1]  # rows of one by rows of the other: every pair is a unit
    planes = []
    for value, at in pairs:
        mixed = {atom.axis for atom in value.dims[at]} - {CHANNELS}
        planes.append(value.mixed({0, 1} & ({a for a in (0, 1) if value.cells[a] != 1} if apart else mixed)))
    batch = _broadcast(call, [_batch(value) for value in (one, two) if value is not None])
    row = _free(one, k_one, -2) if k_one is not None else _constant_dim(one, -2)
    col = _free(two, k_two, -1) if k_two is not None else _constant_dim(two, -1)
    dims = (*batch, row, col)
    if apart:
        dims = tuple(channels(extent(dim)) for dim in dims)
    cells: list[Extent] = [1, 1]
    for plane in planes:
        cells = [have if plane.cells[axis] == 1 else plane.cells[axis] for axis, have in enumerate(cells)]
    return Tensor(dims, (merged(planes, (cells[0], cells[1]), call.node.name),))


def _kept(tensor: Tensor, at: int) -> tuple[int, set[int]]:
    """The dimension that stays of the last two, and the directions in it."""
    rank = len(tensor.dims)
    other = rank - 1 if at == rank - 2 else rank - 2
    return other, {atom.axis for atom in tensor.dims[other]} - {CHANNELS}


def _free(value: Value | None, at: int | None, side: int) -> Dim:
    if isinstance(value, Tensor) and at is not None:
        return value.dims[_kept(value, at)[0]]
    return _constant_dim(value, side)


def _constant_dim(value: Value | None, side: int) -> Dim:
    shape = value.shape if value is not None else None
    return channels(shape[side] if shape and len(shape) > 1 else None)


def _batch(value: Value) -> Value:
    if isinstance(value, Tensor):
        return Tensor(value.dims[:-2], value.planes)
    return Constant(value.shape[:-2] if value.shape else ())


_CELL_BY_CELL = """
Add Sub Mul Div Sum Mean Max Min Pow Mod Where And Or Xor Equal Greater Less GreaterOrEqual LessOrEqual
BitwiseAnd BitwiseOr BitwiseXor BitShift
"""
CELL_BY_CELL = _CELL_BY_CELL.split()
BY_CONSTANTS = ["Clip", "DequantizeLinear", "PRelu", "QuantizeLinear"]

MERGES: dict[str, Operation] = {
    **dict.fromkeys(CELL_BY_CELL, cell_by_cell),
    **dict.fromkeys(BY_CONSTANTS, by_constants),
    "Concat": concatenated,
    "MatMul": product,
    "Gemm": dense,
}
