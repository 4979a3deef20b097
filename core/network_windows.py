"""Operations whose units look through a window: convolutions, transposed ones, pools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.limits import SETTING
from core.network_call import Call, Operation, within
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open, times, windows
from core.network_plane import Link, Plane, joined
from core.network_reads import ITSELF, Reads, transposed, whole, window
from core.network_tensor import CHANNELS, COLS, MOST_PLANES, ROWS, Atom, Tensor, channels, spread, tidy
from core.network_weave import demoted

AXIS_NAMES = ("rows", "columns")


@dataclass(frozen=True)
class Sight:
    """One direction of a layer: what its units read, how many there are, and a padding that is not known.

    ``before`` is what a transposed convolution cuts off at the start.
    """

    reads: Reads
    cells: Extent
    moved: object = None
    before: int = 0


def planar(tensor: Tensor) -> tuple[Tensor, list[int]]:
    """The tensor as channels of planes, and the direction of each dimension after the second."""
    rank = len(tensor.dims)
    if rank not in (3, 4):
        raise Untraceable(
            f"gets {rank} dimensions, and only images (N, C, H, W) and sequences (N, C, W) are followed: "
            "ask for a node before it"
        )
    for axis in {atom.axis for dim in tensor.dims[:2] for atom in dim} - {CHANNELS}:
        as_channels = demoted(tensor, axis)
        if as_channels is None:
            raise Untraceable("takes rows or columns for channels: transpose the picture to (N, C, H, W) before it")
        tensor = as_channels
    if any(len(dim) > 1 for dim in tensor.dims[2:]):
        raise Untraceable("gets a plane that a reshape has flattened: give it rows and columns before the reshape")
    axes = [dim[0].axis for dim in tensor.dims[2:]]
    free = [axis for axis in ((ROWS, COLS) if rank == 4 else (COLS, ROWS)) if axis not in axes]
    if CHANNELS in axes:  # what was flattened has rows and columns again; each of them sees all that was flattened
        axes = [free.pop(0) if axis == CHANNELS else axis for axis in axes]
        dims = [(Atom(axis, dim[0].extent),) for axis, dim in zip(axes, tensor.dims[2:], strict=True)]
        lengths = {axis: dim[0].extent for axis, dim in zip(axes, dims, strict=True)}
        if None in lengths.values():
            raise Untraceable("gets planes whose size is not known: save the model with fixed shapes")
        cells = lengths.get(ROWS) or tensor.cells[0], lengths.get(COLS) or tensor.cells[1]
        planes = tuple(joined(cells, [spread(plane, cells)]) for plane in tensor.planes)
        tensor = Tensor((*tensor.dims[:2], *dims), planes, tensor.which, tensor.merge)
    return tensor, axes


def sights_of(call: Call) -> tuple[Tensor, list[int], list[Sight]]:
    """What a window or a stamp looks at: the input as planes, its directions, and what units read along each."""
    tensor, axes = planar(call.tensor())
    if call.node.op in POOLS:
        kernels = call.integers("kernel_shape", len(axes), None, 1)
        if kernels is None:
            raise Untraceable("has no kernel_shape: give its window's size")
    else:
        kernels = _kernel(call, weights_shape(call), len(axes))
    sight = _stamp if call.node.op == "ConvTranspose" else _window
    sights = [
        sight(call, tensor.cells[axis], at, len(axes), AXIS_NAMES[axis], kernels[at]) for at, axis in enumerate(axes)
    ]
    return tensor, axes, sights


def weights_shape(call: Call) -> tuple[Extent | None, ...] | None:
    """Of a convolution and its kin: the weights are input 1, or 3 of a quantized one, with its scales between."""
    return call.shape(3 if call.node.op == "QLinearConv" else 1)


def convolution(call: Call) -> Tensor:
    """Conv and its quantized kin."""
    weights = weights_shape(call)
    return _mixed(call, *sights_of(call), weights[0] if weights else None)


def transposed_convolution(call: Call) -> Tensor:
    """ConvTranspose: each cell of the plane below stamps the kernel."""
    tensor, axes, sights = sights_of(call)
    weights, groups = weights_shape(call), call.integer("group", 1, 1)
    outputs = weights[1] if weights and len(weights) > 1 else None
    return _mixed(call, tensor, axes, sights, outputs * groups if isinstance(outputs, int) else None)


def pool(call: Call) -> list[Tensor]:
    """A pool's window, channel by channel; MaxPool's second output, the winners' places, sees the same."""
    return [_seen(*sights_of(call))] * len(call.node.outputs)


def global_pool(call: Call) -> Tensor:
    """The whole plane, channel by channel."""
    tensor, axes = planar(call.tensor())
    return _seen(tensor, axes, [Sight(whole(tensor.cells[axis]), 1) for axis in axes])


def _kernel(call: Call, weights: tuple[Extent | None, ...] | None, number: int) -> list[int]:
    given = call.integers("kernel_shape", number, None, 1)
    if given is not None:
        return given
    sizes = [size for size in (weights or ())[2:] if isinstance(size, int)]
    if len(sizes) != number or not weights or len(weights) != number + 2:
        raise Untraceable("tells its kernel's size neither as kernel_shape nor by its weights' shape: add kernel_shape")
    for size in sizes:
        within(size, 1, SETTING, "has weights whose kernel spans {}, and it")
    return sizes


def _window(call: Call, cells: Extent, at: int, number: int, name: str, kernel: int) -> Sight:
    stride, dilation = (_each(call, key, number)[at] for key in ("strides", "dilations"))
    span = dilation * (kernel - 1) + 1
    mode = call.text("auto_pad", "NOTSET")
    if mode in ("SAME_UPPER", "SAME_LOWER"):
        before = same_padding(cells, span, stride, mode == "SAME_LOWER")
        moved = (cells, span, stride, mode) if before is None else None
        return Sight(window(kernel, stride, dilation, before or 0), windows(cells, 0, 1, stride), moved)
    before, after = (0, 0) if mode == "VALID" else _pads(call, number, at, mode)
    units = windows(cells, before + after, span, stride)
    if call.integer("ceil_mode", 0):
        units = _rounded_up(cells, before, after, span, stride)
    if isinstance(units, int) and isinstance(cells, int) and units < 1:
        raise Untraceable(
            f"has a kernel that spans {span} {name}, but its padded input has {cells + before + after}: "
            "use a larger input or a smaller kernel"
        )
    return Sight(window(kernel, stride, dilation, before), units)


def _rounded_up(cells: Extent, before: int, after: int, span: int, stride: int) -> Extent:
    """Windows counted with ceil; as in PyTorch, the last must start within the plane or the padding before it."""
    units = windows(cells, before + after + stride - 1, span, stride)
    if isinstance(units, int) and isinstance(cells, int):
        return units - ((units - 1) * stride >= cells + before)
    return units if stride <= span and not after else Open()


def same_padding(cells: Extent, span: int, stride: int, lower: bool) -> int | None:
    """The cells that "same" adds before the plane: half of what it needs, or None where that depends on the size."""
    if isinstance(cells, int):
        # The last window begins stride * (units - 1) cells in; units = ceil(cells / stride).
        needs = [max((-(-cells // stride) - 1) * stride + span - cells, 0)]
    else:
        needs = [max(span - stride, 0), max(span - 1, 0)] if stride > 1 else [span - 1]
    halves = {need - need // 2 if lower else need // 2 for need in needs}
    return halves.pop() if len(halves) == 1 else None


def _stamp(call: Call, cells: Extent, at: int, number: int, name: str, kernel: int) -> Sight:
    stride, dilation = (_each(call, key, number)[at] for key in ("strides", "dilations"))
    span = dilation * (kernel - 1) + 1
    extra = (call.integers("output_padding", number, 0) or [0] * number)[at]
    if extra >= max(stride, dilation):
        raise Untraceable(
            f"has output_padding of {extra} for {name}, which must be smaller than the stride, {stride}, or the "
            f"dilation, {dilation}: correct it"
        )
    mode = call.text("auto_pad", "NOTSET")
    wanted = call.integers("output_shape", number, None, 1)
    units = times(cells, stride)
    cut = extra + span - stride  # what the stamps cover beyond stride * cells
    if wanted is not None:
        if not isinstance(units, int):
            raise Untraceable(f"has an output_shape, whose padding depends on the input's size: {GIVE_SIZE}")
        units, cut = wanted[at], units + cut - wanted[at]
    if wanted is not None or mode in ("SAME_UPPER", "SAME_LOWER"):
        before = max(cut // 2 if mode == "SAME_UPPER" else cut - cut // 2, 0)
    else:
        before, after = (0, 0) if mode == "VALID" else _pads(call, number, at, mode)
        units = _plus(units, cut - before - after)
    if isinstance(units, int) and units < 1:
        raise Untraceable(f"cuts off all of its {name}: lower its pads")
    return Sight(transposed(kernel, stride, dilation, before), units, before=before)


def _plus(cells: Extent, more: int) -> Extent:
    return cells + more if isinstance(cells, int) else Open(cells.root, cells.add + more)


def _each(call: Call, name: str, number: int) -> list[int]:
    return call.integers(name, number, 1, 1) or [1] * number


def _pads(call: Call, number: int, at: int, mode: str) -> tuple[int, int]:
    if mode not in ("NOTSET", ""):
        raise Untraceable(f"has auto_pad {mode!r}: use NOTSET, VALID, SAME_UPPER or SAME_LOWER")
    pads = call.integers("pads", 2 * number, 0) or [0] * (2 * number)
    return pads[at], pads[at + number]


def _link(plane: Plane, axes: list[int], sights: list[Sight]) -> Link:
    reads, moved = [ITSELF, ITSELF], [None, None]
    for axis, sight in zip(axes, sights, strict=True):
        reads[axis], moved[axis] = sight.reads, sight.moved  # type: ignore[call-overload]
    return Link(plane, (reads[0], reads[1]), (moved[0], moved[1]))


def _layout(tensor: Tensor, axes: list[int], sights: list[Sight]) -> tuple[tuple[Extent, Extent], list[tuple[Atom]]]:
    cells = list(tensor.cells)
    for axis, sight in zip(axes, sights, strict=True):
        cells[axis] = sight.cells
    return (cells[0], cells[1]), [(Atom(axis, cells[axis]),) for axis in axes]


def _seen(tensor: Tensor, axes: list[int], sights: list[Sight]) -> Tensor:
    """Each channel by itself."""
    cells, dims = _layout(tensor, axes, sights)
    planes = tuple(joined(cells, [_link(plane, axes, sights)]) for plane in tensor.planes)
    return Tensor((*tensor.dims[:2], *dims), planes, tensor.which, tensor.merge)


def _mixed(call: Call, tensor: Tensor, axes: list[int], sights: list[Sight], outputs: Extent | None) -> Tensor:
    """The channels of each group together."""
    groups = call.integer("group", 1, 1)
    inputs = tensor.shape[1]
    if outputs is None and groups == inputs:
        outputs = inputs
    if isinstance(inputs, int) and inputs % groups:
        raise Untraceable(f"has {groups} groups, which do not divide its {inputs} input channels: correct the group")
    cells, dims = _layout(tensor, axes, sights)
    whole_dims = (tensor.dims[0], channels(outputs), *dims)
    which = tensor.which
    if which is None or groups == 1 or which.size != which.shape[1] or not isinstance(outputs, int):
        return Tensor(whole_dims, (joined(cells, [_link(tensor.plane, axes, sights)]),))
    sets = [tuple(np.unique(part)) for part in np.split(which.ravel(), groups)]
    each = list(dict.fromkeys(sets))
    if len(each) > MOST_PLANES or outputs % groups:
        return Tensor(whole_dims, (joined(cells, [_link(tensor.plane, axes, sights)]),))
    planes = [joined(cells, [_link(tensor.planes[at], axes, sights) for at in places], tensor.merge) for places in each]
    kinds = np.repeat([each.index(places) for places in sets], outputs // groups)
    return tidy(Tensor(whole_dims, tuple(planes), kinds.reshape(1, -1, *[1] * len(axes)), tensor.merge))


POOLS = ("MaxPool", "AveragePool", "LpPool")
WINDOWS: dict[str, Operation] = {
    **dict.fromkeys(("Conv", "ConvInteger", "QLinearConv"), convolution),
    "ConvTranspose": transposed_convolution,
    **dict.fromkeys(POOLS, pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"), global_pool),
}
