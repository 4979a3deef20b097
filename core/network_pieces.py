"""Operations that cut, pad or repeat: Slice, Split, Gather, Pad, DepthToSpace and their like."""

from __future__ import annotations

import numpy as np

from core.network_call import Call, Operation
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open, windows
from core.network_graph import Constant
from core.network_layouts import folded, transposed_to, unsqueezed
from core.network_merges import cell_by_cell
from core.network_plane import joined
from core.network_reads import ITSELF, MOST_KINDS, Border, Reads, window
from core.network_tensor import CHANNELS, COLS, MOST_CHANNELS, ROWS, Atom, Tensor, channel_shape, channels, tidy
from core.network_weave import MOST_PARTS, taken_apart, woven
from core.network_windows import planar

END = 1 << 31


def read_along(tensor: Tensor, at: int, reads: Reads, cells: Extent) -> Tensor:
    """The tensor with dimension ``at``, one direction of the picture, read in this way."""
    axis = tensor.dims[at][0].axis
    both, size = [ITSELF, ITSELF], list(tensor.cells)
    both[axis], size[axis] = reads, cells
    dims = (*tensor.dims[:at], (Atom(axis, cells),), *tensor.dims[at + 1 :])
    return tensor.through(both[0], both[1], cells=(size[0], size[1]), dims=dims)


def cut(call: Call) -> Tensor:
    """Slice: from start to end by steps, dimension by dimension."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    starts, ends = call.wholes("starts", 1), call.wholes("ends", 2)
    if starts is None or ends is None or len(starts) != len(ends):
        raise Untraceable("needs as many starts as ends: correct them")
    axes = call.wholes("axes", 3) or list(range(len(starts)))
    steps = call.wholes("steps", 4) or [1] * len(starts)
    if not len(axes) == len(steps) == len(starts):
        raise Untraceable("needs an axis and a step for each start: correct them")
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        tensor = _sliced(tensor, call.dimension(axis, rank), start, end, step)
    return tensor


def _sliced(tensor: Tensor, at: int, start: int, end: int, step: int) -> Tensor:
    length = tensor.shape[at]
    if (start == 0 or (isinstance(length, int) and start <= -length)) and end >= END and step == 1:
        return tensor
    if step == 0:
        raise Untraceable("has a step of 0: use 1 or more")
    if len(tensor.dims[at]) > 1:
        raise Untraceable("cuts a plane that a reshape has flattened: cut it before the reshape")
    axis = tensor.dims[at][0].axis
    if axis == CHANNELS:
        if not isinstance(length, int):
            raise Untraceable("cuts channels whose number is not known: save the model with fixed shapes")
        if length > MOST_CHANNELS:
            return Tensor((*tensor.dims[:at], channels(None), *tensor.dims[at + 1 :]), (tensor.plane,))
        kept = np.arange(length)[slice(start, _stop(end, step), step)]
        return tensor.gathered(at, _some(kept))
    if step < 0:
        raise Untraceable("reads rows or columns backwards, and fields are followed forwards only: use a step above 0")
    if isinstance(length, int):
        first, stop, _ = slice(start, end, step).indices(length)
        cells: Extent = max(0, -(-(stop - first) // step))
    elif start >= 0 and (end < 0 or end >= END) and length is not None:
        first, cells = start, windows(length, -start + (end if end < 0 else 0), 1, step)
    else:
        raise Untraceable(f"cuts at a place that depends on the input's size: {GIVE_SIZE}")
    if cells == 0:
        raise Untraceable("cuts away all rows or columns: move its ends apart")
    return read_along(tensor, at, window(1, step, 1, -first), cells)


def _stop(end: int, step: int) -> int | None:
    return None if step < 0 and end < -END else end


def _some(kept: np.ndarray[tuple[int], np.dtype[np.intp]]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    if not kept.size:
        raise Untraceable("keeps no channel at all: correct its ends")
    return kept


def split(call: Call) -> list[Tensor]:
    """Split: pieces of given lengths, or equal ones."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    at = call.dimension(call.integer("axis", 0, -rank, rank), rank)
    length = tensor.shape[at]
    number = max(1, len(call.node.outputs))
    lengths = call.wholes("split", 1)
    if not isinstance(length, int):
        raise Untraceable(f"splits a dimension whose length is not known: {GIVE_SIZE}")
    if lengths is None:
        each = -(-length // number)
        lengths = [each] * (number - 1) + [length - each * (number - 1)]
    if len(lengths) != number or sum(lengths) != length or min(lengths) < 1:
        raise Untraceable(f"has pieces that do not add up to {length}: correct the split")
    starts = np.cumsum([0, *lengths]).tolist()
    return [_sliced(tensor, at, start, start + each, 1) for start, each in zip(starts, lengths, strict=False)]


def gather(call: Call) -> Tensor:
    """Gather with constant indices: the channels, rows or columns with these numbers."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    at = call.dimension(call.integer("axis", 0, -rank, rank), rank)
    indices = call.constant(1)
    length = tensor.shape[at]
    if indices is None or indices.numbers is None or indices.numbers.ndim > 1 or len(tensor.dims[at]) > 1:
        raise Untraceable("picks places that are not a constant list: export the model with them as constants")
    numbers = call.wholes("indices", 1) or []
    if not isinstance(length, int) or length > MOST_CHANNELS:
        raise Untraceable(f"picks from a dimension whose length is not known: {GIVE_SIZE}")
    places = [call.dimension(number, length) for number in numbers]
    axis = tensor.dims[at][0].axis
    if axis == CHANNELS:
        result = tensor.gathered(at, _some(np.array(places, np.intp)))
    elif places == list(range(places[0], places[0] + len(places))) if places else False:
        result = _sliced(tensor, at, places[0], places[-1] + 1, 1)
    else:
        if not 0 < len(places) <= MOST_KINDS:
            raise Untraceable(f"picks {len(places)} rows or columns, and at most {MOST_KINDS} are followed: pick fewer")
        taps = tuple(range(place, place + 1) for place in places)
        result = read_along(tensor, at, Reads(len(taps), length, taps), len(taps))
    if indices.numbers.ndim:
        return result
    which = None if result.which is None else result.which.squeeze(at)
    return Tensor((*result.dims[:at], *result.dims[at + 1 :]), result.planes, which, result.merge)


BORDERS: dict[str, Border] = {"constant": "zeros", "reflect": "reflect", "edge": "edge", "wrap": "wrap"}


def pad(call: Call) -> Tensor:
    """Pad: cells before and after, dimension by dimension; negative ones are cut off."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    pads = call.wholes("paddings" if "paddings" in call.node.attributes else "pads", 1)
    mode = call.text("mode", "constant")
    if mode not in BORDERS:
        raise Untraceable(f"has mode {mode!r}: use constant, reflect, edge or wrap")
    axes = [call.dimension(axis, rank) for axis in call.wholes("axes", 3) or range(rank)]
    if pads is None or len(pads) != 2 * len(axes):
        raise Untraceable(f"has {len(pads or ())} pads and needs {2 * len(axes)}: write two for each dimension")
    for at, before, after in zip(axes, pads, pads[len(axes) :], strict=False):
        if before or after:
            tensor = _padded(tensor, at, before, after, mode)
    return tensor


def _padded(tensor: Tensor, at: int, before: int, after: int, mode: str) -> Tensor:
    dim = tensor.dims[at]
    if len(dim) > 1:
        raise Untraceable("pads a plane that a reshape has flattened: pad it before the reshape")
    length = dim[0].extent
    if length is None:
        raise Untraceable("pads a dimension whose length is not known: save the model with fixed shapes")
    cells = windows(length, before + after, 1, 1)
    if isinstance(cells, int) and cells < 1:
        raise Untraceable("cuts away all of a dimension: raise its pads")
    if dim[0].axis != CHANNELS:
        return read_along(tensor, at, Reads(1, 1, (range(-before, -before + 1),), BORDERS[mode]), cells)
    dims = (*tensor.dims[:at], channels(cells), *tensor.dims[at + 1 :])
    shape = channel_shape(tensor.dims)
    if shape is None or channel_shape(dims) is None:
        return Tensor(dims, (tensor.plane,))
    empty = len(tensor.planes)
    which = np.zeros(shape, np.intp) if tensor.which is None else tensor.which
    kept = np.take(which, range(max(0, -before), which.shape[at] - max(0, -after)), at)
    widths = [(max(0, before), max(0, after)) if place == at else (0, 0) for place in range(which.ndim)]
    inner = {"constant": {"mode": "constant", "constant_values": empty}}.get(mode, {"mode": mode})
    which = np.pad(kept, widths, **inner)  # type: ignore[call-overload]
    planes = (*tensor.planes, joined(tensor.cells, ()))
    return tidy(Tensor(dims, planes, which, tensor.merge))


def depth_to_space(call: Call) -> Tensor:
    """DepthToSpace: each cell becomes a block, filled from the channels; as ONNX writes it, by reshaping."""
    tensor, block, (_, depth, _, _) = _image(call)
    if depth % block**2:
        raise Untraceable(
            f"makes blocks of {block}×{block} from {depth} channels, which they do not divide: use another"
        )
    rest = depth // block**2
    columns_first = call.text("mode", "DCR") == "CRD"
    parts = (rest, block, block) if columns_first else (block, block, rest)
    tensor = folded(tensor, [tensor.dims[0], *map(channels, parts), *tensor.dims[2:]])
    tensor = transposed_to(tensor, (0, 1, 4, 2, 5, 3) if columns_first else (0, 3, 4, 1, 5, 2))
    batch, deep, rows, inner_row, cols, inner_col = tensor.dims
    return woven(folded(tensor, [batch, deep, (*rows, *inner_row), (*cols, *inner_col)]))


def space_to_depth(call: Call) -> Tensor:
    """SpaceToDepth: each block becomes a cell, its parts channels; as ONNX writes it, by reshaping."""
    tensor, block, (_, depth, height, width) = _image(call)
    if not isinstance(height, int) or not isinstance(width, int):
        raise Untraceable(f"takes planes of a size that depends on the input's apart: {GIVE_SIZE}")
    if height % block or width % block:
        raise Untraceable(f"makes blocks of {block}×{block} from {height}×{width}, which they do not divide: pad it")
    for axis, length in ((ROWS, height), (COLS, width)):  # not by reshaping, which could not tell 1×2 rows from 2
        apart = taken_apart(tensor, axis, length // block) if block > 1 else None
        tensor = apart or unsqueezed(tensor, [len(tensor.dims) if axis == COLS else 3])
    tensor = transposed_to(tensor, (0, 3, 5, 1, 2, 4))
    return folded(tensor, [tensor.dims[0], channels(depth * block**2), *tensor.dims[4:]])


def _image(call: Call) -> tuple[Tensor, int, tuple[int, int, Extent, Extent]]:
    """The tensor, the block's side, and the four extents."""
    tensor, axes = planar(call.tensor())
    batch, depth, *size = tensor.shape
    if len(axes) != 2 or not isinstance(batch, int) or not isinstance(depth, int):
        raise Untraceable("needs an image whose number of channels is known: save the model with fixed shapes")
    height, width = (length for length in size if length is not None)
    return tensor, call.integer("blocksize", 1, 1, MOST_PARTS), (batch, depth, height, width)


def expand(call: Call) -> Tensor:
    """Expand: dimensions of length 1 repeated."""
    tensor = call.tensor()
    wanted = call.setting("shape", 1)
    if wanted is None:
        raise Untraceable("has no shape to expand to: give it one")
    target = Constant(tuple(number for number in wanted if isinstance(number, int | Open)))
    return cell_by_cell(Call(call.node, (tensor, target), call.opset))


PIECES: dict[str, Operation] = {
    "Slice": cut,
    "Split": split,
    "Gather": gather,
    "Pad": pad,
    "DepthToSpace": depth_to_space,
    "SpaceToDepth": space_to_depth,
    "Expand": expand,
}
