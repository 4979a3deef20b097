"""Arithmetic on what does not depend on the picture: the small sums that models do to find a shape."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.network_call import Call
from core.network_errors import Untraceable
from core.network_extent import UNKNOWN, Extent, Open, Unknown
from core.network_graph import Constant, Numbers

MOST_NUMBERS = 4096
"""Constants with more numbers than this are weights, of which only the shape is kept."""

MOST_VALUE = 1 << 64
"""No size comes near it; longer numbers are only made by models that mean harm."""

Folding = Callable[[Call], Constant]


def shape_of(call: Call) -> Constant:
    """Shape: the length of each dimension, from ``start`` to ``end``."""
    shape = call.shape(0)
    if shape is None:
        return Constant()
    end = call.integer("end", len(shape), -MOST_NUMBERS)
    part = shape[call.integer("start", 0, -MOST_NUMBERS) : end]
    return _packed([UNKNOWN if length is None else length for length in part])


def fold(call: Call) -> Constant:
    """What a node makes of constants; nothing is known of it where the node is not one that shapes are made with."""
    folding = FOLDINGS.get(call.node.op)
    if folding is None:
        return Constant()
    try:
        return folding(call)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError, Untraceable):
        return Constant()  # an impossible sum: whoever needs its result says that it is not known


def _packed(values: Sequence[object]) -> Constant:
    array = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        array[at] = value
    return Constant((len(values),), array)


def _numbers(call: Call, at: int = 0) -> Numbers:
    constant = call.constant(at)
    if constant is None or constant.numbers is None:
        raise ValueError("not known")
    return constant.numbers


def _result(array: Any) -> Constant:
    array = np.asarray(array, dtype=object)
    return Constant(tuple(array.shape), array)


def _filled(call: Call) -> Constant:
    shape = call.wholes("shape", 0) or []
    if math.prod(shape) > MOST_NUMBERS or any(length < 0 for length in shape):
        return Constant(tuple(shape))
    value = call.node.attributes.get("value", 0)
    return _result(np.full(shape, value[0] if isinstance(value, tuple) else value, dtype=object))


def _reshaped(call: Call) -> Constant:
    source, shape = call.constant(0), call.wholes("shape", 1)
    if source is None or shape is None:
        return Constant()
    if source.numbers is not None:
        shape = [source.numbers.shape[at] if number == 0 else number for at, number in enumerate(shape)]
        return _result(source.numbers.reshape(shape))
    return Constant() if {0, -1} & set(shape) else Constant(tuple(shape))


def _transposed(call: Call) -> Constant:
    source = call.constant(0)
    if source is None or source.shape is None:
        return Constant()
    rank = len(source.shape)
    order = call.integers("perm", rank, None) or list(reversed(range(rank)))
    shape = tuple(source.shape[at] for at in order)
    return Constant(shape, None if source.numbers is None else source.numbers.transpose(order))


def _gathered(call: Call) -> Constant:
    return _result(np.take(_numbers(call), _numbers(call, 1).astype(np.int64), axis=call.integer("axis", 0, -9, 9)))


def _sliced(call: Call) -> Constant:
    array = _numbers(call)
    starts, ends = call.wholes("starts", 1) or [], call.wholes("ends", 2) or []
    axes = call.wholes("axes", 3) or list(range(len(starts)))
    steps = call.wholes("steps", 4) or [1] * len(starts)
    parts = [slice(None)] * array.ndim
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        parts[axis] = slice(start, None if step < 0 and end < -(1 << 31) else end, step)
    return _result(array[tuple(parts)])


def _concatenated(call: Call) -> Constant:
    arrays = [_numbers(call, at) for at in range(len(call.inputs))]
    if sum(array.size for array in arrays) > MOST_NUMBERS:
        return Constant()
    return _result(np.concatenate(arrays, axis=call.integer("axis", 1, -9, 9)))


def _unsqueezed(call: Call) -> Constant:
    source, axes = call.constant(0), call.wholes("axes", 1) or []
    if source is None or source.shape is None:
        return Constant()
    if source.numbers is not None:
        return _result(np.expand_dims(source.numbers, tuple(axes)))
    rank = len(source.shape) + len(axes)
    new, old = {at % rank for at in axes}, iter(source.shape)
    return Constant(tuple(1 if at in new else next(old, 1) for at in range(rank)))


def _squeezed(call: Call) -> Constant:
    axes = call.wholes("axes", 1)
    return _result(np.squeeze(_numbers(call), None if axes is None else tuple(axes)))


def _cast(call: Call) -> Constant:
    whole = call.node.attributes.get("to") in (2, 3, 4, 5, 6, 7, 12, 13)  # ONNX's numbers of the integer types
    if not whole:
        return _result(_numbers(call))
    return _each(lambda value: value if isinstance(value, Open | Unknown) else int(value), _numbers(call))


def _each(function: Callable[..., object], *arrays: Numbers) -> Constant:
    broadcast = np.broadcast_arrays(*arrays)
    if broadcast[0].size > MOST_NUMBERS:
        return Constant(tuple(broadcast[0].shape))
    result = np.empty(broadcast[0].shape, dtype=object)
    for at in np.ndindex(result.shape):
        values = [array[at] for array in broadcast]
        unknown = any(isinstance(value, Unknown) for value in values)
        value = UNKNOWN if unknown else function(*values)
        result[at] = UNKNOWN if isinstance(value, int) and abs(value) > MOST_VALUE else value
    return _result(result)


def _known(function: Callable[..., object]) -> Callable[..., object]:
    """The function, of which nothing is known where a number depends on the picture's size."""
    return lambda *values: UNKNOWN if any(isinstance(value, Open) for value in values) else function(*values)


def _divided(one: Any, two: Any) -> object:
    if isinstance(one, int) and isinstance(two, int):
        return abs(one) // abs(two) * (1 if (one < 0) == (two < 0) else -1)
    return one // two if isinstance(one, Open) and isinstance(two, int) else _known(operator.truediv)(one, two)


def _scaled(one: Any, two: Any) -> object:
    if isinstance(one, float) and isinstance(two, Open):
        one, two = two, one
    if isinstance(one, Open) and isinstance(two, float) and two.is_integer():
        two = int(two)
    return one * two


def _elementwise(function: Callable[..., object]) -> Folding:
    return lambda call: _each(function, *(_numbers(call, at) for at in range(len(call.inputs))))


def _ranged(call: Call) -> Constant:
    start, limit, step = (_numbers(call, at).item() for at in range(3))
    if (limit - start) / step > MOST_NUMBERS:
        return Constant()
    count = max(0, math.ceil((limit - start) / step))
    return _packed([start + at * step for at in range(count)])


def _expanded(call: Call) -> Constant:
    shape = call.wholes("shape", 1) or []
    if math.prod(shape) > MOST_NUMBERS:
        return Constant()
    array = _numbers(call)
    return _result(np.broadcast_to(array, np.broadcast_shapes(array.shape, tuple(shape))))


def _product(call: Call) -> Constant:
    if call.wholes("axes", 1) not in (None, [0]):
        return Constant()
    total: Extent | float = 1
    for value in _numbers(call).ravel().tolist():
        total = _scaled(total, value)  # type: ignore[assignment]
    return _result([total] if call.integer("keepdims", 1) else total)


FOLDINGS: dict[str, Folding] = {
    "Identity": lambda call: call.constant(0) or Constant(),
    "ConstantOfShape": _filled,
    "Reshape": _reshaped,
    "Transpose": _transposed,
    "Gather": _gathered,
    "Slice": _sliced,
    "Concat": _concatenated,
    "Unsqueeze": _unsqueezed,
    "Squeeze": _squeezed,
    "Cast": _cast,
    "Range": _ranged,
    "Expand": _expanded,
    "ReduceProd": _product,
    "Size": lambda call: _result(math.prod(call.shape(0) or (UNKNOWN,))),
    "Add": _elementwise(operator.add),
    "Sub": _elementwise(operator.sub),
    "Mul": _elementwise(_scaled),
    "Div": _elementwise(_divided),
    "Mod": _elementwise(_known(operator.mod)),
    "Neg": _elementwise(_known(operator.neg)),
    "Floor": _elementwise(lambda value: value if isinstance(value, Open) else float(math.floor(value))),
    "Ceil": _elementwise(lambda value: value if isinstance(value, Open) else float(math.ceil(value))),
    "Min": _elementwise(_known(min)),
    "Max": _elementwise(_known(max)),
    "Equal": _elementwise(_known(operator.eq)),
    "Greater": _elementwise(_known(operator.gt)),
    "Less": _elementwise(_known(operator.lt)),
    "Not": _elementwise(_known(operator.not_)),
    "Where": _elementwise(lambda condition, one, two: one if condition else two),
}
