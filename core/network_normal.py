"""Operations of one tensor that keep its shape, and those that sum over dimensions."""

from __future__ import annotations

from collections.abc import Iterable

from core.network_call import Call, Operation
from core.network_errors import Untraceable
from core.network_plane import Link, joined
from core.network_tensor import CHANNELS, Atom, Tensor, channels, spread

_POINTWISE = """
Abs Acos Acosh Asin Asinh Atan Atanh BatchNormalization BitwiseNot Cast CastLike Ceil Celu Cos Cosh Dropout Elu
Erf Exp Floor Gelu HardSigmoid HardSwish Identity ImageScaler IsInf IsNaN LeakyRelu Log Mish Neg Not Reciprocal Relu
Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign SpatialBN Sqrt Swish Tan Tanh ThresholdedRelu
"""
POINTWISE = _POINTWISE.split()

_REDUCING = """
ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare
"""
REDUCING = _REDUCING.split()


def pointwise(call: Call) -> list[Tensor]:
    """Each cell by itself; a second output, such as Dropout's mask, belongs to the same cells."""
    return [call.tensor()] * len(call.node.outputs)


def dynamically_quantized(call: Call) -> list[Tensor]:
    """The scale is the whole tensor's, and every value is divided by it."""
    tensor = call.tensor()
    return [_over(tensor, range(len(tensor.dims))), *_scales(call, tensor)]


def _scales(call: Call, tensor: Tensor) -> list[Tensor]:
    gone = {axis for axis in (0, 1) if tensor.cells[axis] != 1}
    return [Tensor((), (tensor.mixed(gone),))] * (len(call.node.outputs) - 1)


def normalized(call: Call) -> Tensor:
    """Softmax, LayerNormalization and their like: every value also depends on the others along some dimensions."""
    tensor, op = call.tensor(), call.node.op
    rank = len(tensor.dims)
    if op == "LRN":
        return _over(tensor, [1])
    if op == "InstanceNormalization":
        return _over(tensor, range(2, rank))
    if op == "GroupNormalization":
        return _over(tensor, range(1, rank))
    if op == "MeanVarianceNormalization":
        axes = call.wholes("axes", len(call.inputs)) or [0, 2, 3]
        return _over(tensor, [call.dimension(at, rank) for at in axes])
    first = call.dimension(call.integer("axis", _default_axis(call), -rank, rank), rank)
    through = op in ("LayerNormalization", "RMSNormalization") or (op in _SOFT and call.opset < 13)
    return _over(tensor, range(first, rank) if through else [first])


_SOFT = ("Softmax", "LogSoftmax", "Hardmax")


def _default_axis(call: Call) -> int:
    return 1 if call.node.op in _SOFT and call.opset < 13 else -1


def _over(tensor: Tensor, dimensions: Iterable[int]) -> Tensor:
    """Every unit reads itself and all along these dimensions."""
    atoms = [atom for at in dimensions for atom in tensor.dims[at]]
    axes = {atom.axis for atom in atoms if atom.extent != 1}
    if CHANNELS in axes:
        tensor = tensor.together()
    axes -= {CHANNELS}
    if not axes:
        return tensor
    planes = []
    for plane in tensor.planes:
        gate = Tensor(tensor.dims, (plane,)).mixed(axes)
        planes.append(joined(plane.cells, [Link(plane), spread(gate, plane.cells)]))
    return Tensor(tensor.dims, tuple(planes), tensor.which, tensor.merge)


def reduced(call: Call) -> Tensor:
    """A sum, mean or maximum over dimensions, which shrink to one cell or go."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    given = call.wholes("axes", 1)
    if given is None and call.integer("noop_with_empty_axes", 0):
        return tensor
    return _reduced(tensor, {call.dimension(at, rank) for at in given or range(rank)}, call.integer("keepdims", 1))


def winning(call: Call) -> Tensor:
    """ArgMax and ArgMin."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    at = call.dimension(call.integer("axis", 0, -rank, rank), rank)
    return _reduced(tensor, {at}, call.integer("keepdims", 1))


def _reduced(tensor: Tensor, gone: set[int], keep: int) -> Tensor:
    axes = {atom.axis for at in gone for atom in tensor.dims[at]}
    if any(len(tensor.dims[at]) > 1 for at in gone) and CHANNELS in axes and axes != {CHANNELS}:
        raise Untraceable("sums over a plane that a reshape has flattened: sum before it")
    plane = tensor.mixed(axes - {CHANNELS})
    dims = []
    for at, dim in enumerate(tensor.dims):
        if at not in gone:
            dims.append(dim)
        elif keep:
            dims.append((Atom(dim[0].axis, 1),) if len(dim) == 1 else channels(1))
    return Tensor(tuple(dims), (plane,))


NORMAL: dict[str, Operation] = {
    **dict.fromkeys(POINTWISE, pointwise),
    "DynamicQuantizeLinear": dynamically_quantized,
    **dict.fromkeys(
        (*_SOFT, "LRN", "InstanceNormalization", "GroupNormalization", "MeanVarianceNormalization"), normalized
    ),
    **dict.fromkeys(("LayerNormalization", "RMSNormalization", "LpNormalization"), normalized),
    **dict.fromkeys(REDUCING, reduced),
    **dict.fromkeys(("ArgMax", "ArgMin"), winning),
}
