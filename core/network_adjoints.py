"""Operations turned around: from the gradient by an operation's output to those by its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.network_call import Call
from core.network_errors import Untraceable
from core.network_windows import POOLS, Sight, sights_of

Gradient: TypeAlias = npt.NDArray[np.float64]
"""(C, H, W): by each value of the planes."""

Shape = tuple[int, int, int]
NO_GRADIENT = "leave out the gradient"


@dataclass(frozen=True)
class ForwardNode:
    """A node as it was computed, for the function that turns it around.

    ``shapes`` are (C, H, W) of the inputs that depend on the picture, ``numbers`` what the constants among them hold.
    """

    call: Call
    shapes: Sequence[Shape | None]
    numbers: Sequence[npt.NDArray[np.float64] | None]

    @property
    def shape(self) -> Shape:
        """Of the first input."""
        shape = self.shapes[0]
        if shape is None:
            raise Untraceable("reads no picture at its first input: give it a layer there")
        return shape

    def weights(self, at: int) -> npt.NDArray[np.float64]:
        """The numbers of an input that must have some."""
        numbers = self.numbers[at] if at < len(self.numbers) else None
        if numbers is None:
            raise Untraceable(f"takes input {at} from what the graph computes, not from weights: {NO_GRADIENT}")
        return numbers

    def products(self, above: Gradient) -> int:
        """About how many multiplications it takes."""
        if self.call.node.op not in ("Conv", "ConvTranspose"):
            return above.size
        weights = self.weights(1)
        rows, cols = _lit(above)
        return int(weights.size) * len(rows) * len(cols)


Below: TypeAlias = Iterator[tuple[int, Gradient]]
"""Inputs by their places, with the gradient by each."""

Turned: TypeAlias = Callable[[ForwardNode, Gradient], Below]


def convolution(work: ForwardNode, above: Gradient) -> Below:
    """Conv: every unit stamps the kernel, times its gradient."""
    _, _, sights = sights_of(work.call)
    groups, weights = work.call.integer("group", 1, 1), work.weights(1)
    outputs, inputs, *kernel = _checked(weights, sights, work, above, groups, 0)
    grouped = weights.reshape(groups, outputs // groups, inputs, *kernel)
    below = np.zeros(work.shape)
    rows, cols = _lit(above)
    for i, row in enumerate(sights[0].reads.taps[0]):
        at_rows, to_rows = _places(rows, sights[0].reads.step, row, below.shape[1])
        for j, col in enumerate(sights[1].reads.taps[0]):
            at_cols, to_cols = _places(cols, sights[1].reads.step, col, below.shape[2])
            part = above[:, at_rows, at_cols]
            through = grouped[..., i, j].swapaxes(1, 2) @ part.reshape(groups, outputs // groups, -1)
            below[:, to_rows, to_cols] += through.reshape(groups * inputs, *part.shape[1:])
    yield 0, below


def transposed_convolution(work: ForwardNode, above: Gradient) -> Below:
    """ConvTranspose: every cell below reads what it stamped."""
    _, _, sights = sights_of(work.call)
    groups, weights = work.call.integer("group", 1, 1), work.weights(1)
    inputs, outputs, *kernel = _checked(weights, sights, work, above, groups, 1)
    grouped = weights.reshape(groups, inputs // groups, outputs, *kernel)
    below = np.zeros(work.shape)
    strides, dilations = (work.call.integers(key, 2, 1, 1) or [1, 1] for key in ("strides", "dilations"))
    rows, cols = (range(length) for length in below.shape[1:])
    for i in range(kernel[0]):
        to_rows, at_rows = _places(rows, strides[0], i * dilations[0] - sights[0].before, above.shape[1])
        for j in range(kernel[1]):
            to_cols, at_cols = _places(cols, strides[1], j * dilations[1] - sights[1].before, above.shape[2])
            part = above[:, at_rows, at_cols]
            through = grouped[..., i, j] @ part.reshape(groups, outputs, -1)
            below[:, to_rows, to_cols] += through.reshape(inputs, *part.shape[1:])
    yield 0, below


def pool(work: ForwardNode, above: Gradient) -> Below:
    """AveragePool, and MaxPool as one: a unit's gradient in equal parts to the cells of its window."""
    _, _, sights = sights_of(work.call)
    if len(sights) != 2:
        raise Untraceable(f"looks along one direction: {NO_GRADIENT}")
    padding_counts = work.call.node.op == "AveragePool" and work.call.integer("count_include_pad", 0)
    if padding_counts and work.call.integer("ceil_mode", 0):
        raise Untraceable(f"counts padding and rounds up, of which there is no one meaning: {NO_GRADIENT}")
    below = np.zeros(work.shape)
    counts = [
        _cells_inside(sight, units, None if padding_counts else length)
        for sight, units, length in zip(sights, above.shape[1:], below.shape[1:], strict=True)
    ]
    parts = above / np.maximum(np.outer(*counts), 1)
    rows, cols = _lit(above)
    for row in sights[0].reads.taps[0]:
        at_rows, to_rows = _places(rows, sights[0].reads.step, row, below.shape[1])
        for col in sights[1].reads.taps[0]:
            at_cols, to_cols = _places(cols, sights[1].reads.step, col, below.shape[2])
            below[:, to_rows, to_cols] += parts[:, at_rows, at_cols]
    yield 0, below


def _cells_inside(sight: Sight, units: int, length: int | None) -> npt.NDArray[np.intp]:
    """How many cells of its window each unit reads, of an axis of ``length`` cells, or of an endless one."""
    taps = np.array(sight.reads.taps[0])
    cells = np.arange(units)[:, None] * sight.reads.step + taps
    inside = (length is None) | ((cells >= 0) & (cells < (length or 0)))
    counts: npt.NDArray[np.intp] = np.count_nonzero(inside, axis=1)
    return counts


def global_pool(work: ForwardNode, above: Gradient) -> Below:
    """GlobalAveragePool, and GlobalMaxPool as one."""
    _, rows, cols = work.shape
    yield 0, np.broadcast_to(above / (rows * cols), work.shape).copy()


def identity(work: ForwardNode, above: Gradient) -> Below:
    """What counts as the identity."""
    yield 0, above


def normalization(work: ForwardNode, above: Gradient) -> Below:
    """BatchNormalization with what it learnt: a factor for each channel."""
    scale, variance = work.weights(1), work.weights(4)
    epsilon = work.call.node.attributes.get("epsilon", 1e-5)
    if not isinstance(epsilon, int | float) or scale.size != len(above) or variance.size != len(above):
        raise Untraceable("has no scale and variance for each channel: save the model again")
    yield 0, above * (scale.ravel() / np.sqrt(variance.ravel() + epsilon))[:, None, None]


def addition(work: ForwardNode, above: Gradient) -> Below:
    """Add and Sum; of Sub what is taken away has the other sign, of Mean each is a part."""
    op, count = work.call.node.op, len(work.shapes)
    for at, shape in enumerate(work.shapes):
        if shape is not None:
            below = _unspread(above, shape)
            yield at, -below if op == "Sub" and at else below / count if op == "Mean" else below


def scaling(work: ForwardNode, above: Gradient) -> Below:
    """Mul and Div by constants."""
    op = work.call.node.op
    if sum(shape is not None for shape in work.shapes) > 1 or (op == "Div" and work.shapes[0] is None):
        raise Untraceable(f"multiplies or divides by a layer, which is not linear: {NO_GRADIENT}")
    (at,) = (at for at, shape in enumerate(work.shapes) if shape is not None)
    factor = work.weights(1 - at)
    factor = factor.reshape(factor.shape[-3:]) if factor.ndim > 3 and factor.shape[0] == 1 else factor
    scaled = above / factor if op == "Div" else above * factor
    if scaled.shape != above.shape:
        raise Untraceable(f"has a factor that is larger than its layer: {NO_GRADIENT}")
    shape = work.shapes[at]
    assert shape is not None
    yield at, _unspread(scaled, shape)


def concatenation(work: ForwardNode, above: Gradient) -> Below:
    """Concat along channels: each input's own part."""
    if work.call.integer("axis", 1, -4, 4) not in (1, -3):
        raise Untraceable(f"joins along another dimension than the channels: {NO_GRADIENT}")
    first = 0
    for at, shape in enumerate(work.shapes):
        value = work.call.inputs[at]
        depth = shape[0] if shape else value.shape[1] if value is not None and value.shape else None
        if not isinstance(depth, int):
            raise Untraceable("joins a constant of unknown shape: save the model with it")
        if shape is not None:
            yield at, above[first : first + depth]
        first += depth


def padding(work: ForwardNode, above: Gradient) -> Below:
    """Pad with zeros: without what it added."""
    pads = work.call.wholes("paddings" if "paddings" in work.call.node.attributes else "pads", 1)
    plain = work.call.text("mode", "constant") == "constant" and len(work.call.inputs) < 4
    if not plain or pads is None or len(pads) != 8 or any((*pads[:2], *pads[4:6])) or min(pads) < 0:
        raise Untraceable(f"pads with other cells than zeros, or more than rows and columns: {NO_GRADIENT}")
    _, rows, cols = work.shape
    yield 0, above[:, pads[2] : pads[2] + rows, pads[3] : pads[3] + cols]


def _checked(
    weights: npt.NDArray[np.float64],
    sights: Sequence[Sight],
    work: ForwardNode,
    above: Gradient,
    groups: int,
    made: int,
) -> tuple[int, ...]:
    """The weights' shape, if it fits what is read and made; ``made`` is where the outputs are in it."""
    if len(sights) != 2 or weights.ndim != 4:
        raise Untraceable(f"looks along one direction: {NO_GRADIENT}")
    wanted = [len(above), work.shape[0]] if made == 0 else [work.shape[0], len(above)]
    given = [weights.shape[0], weights.shape[1] * groups]
    if given != wanted or weights.shape[0] % groups:
        raise Untraceable(f"has weights for {given} channels, and planes of {wanted}: save the model again")
    return weights.shape


def _lit(above: Gradient) -> tuple[range, range]:
    """The rows and the columns from the first to the last with any gradient."""
    rows, cols = (np.flatnonzero(above.any(axis=axes)) for axes in ((0, 2), (0, 1)))
    return tuple(range(int(at[0]), int(at[-1]) + 1) if at.size else range(0) for at in (rows, cols))  # type: ignore[return-value]


def _places(units: range, step: int, tap: int, length: int) -> tuple[slice, slice]:
    """Of the units those whose cell ``unit * step + tap`` is one of ``length``, and these cells."""
    first = max(units.start, -(tap // step)) if units else 0
    last = min(units.stop, (length - 1 - tap) // step + 1) if units else 0
    if first >= last:
        return slice(0, 0), slice(0, 0)
    return slice(first, last), slice(first * step + tap, (last - 1) * step + tap + 1, step)


def _unspread(above: Gradient, shape: Shape) -> Gradient:
    """Summed over what was repeated to make ``above`` of planes of ``shape``."""
    for axis, (long, short) in enumerate(zip(above.shape, shape, strict=True)):
        if short == 1 and long != 1:
            above = above.sum(axis=axis, keepdims=True)
    if above.shape != shape:
        raise Untraceable(f"makes planes of {above.shape} from {shape}: mend the model")
    return above


_IDENTITIES = """
Relu LeakyRelu PRelu Elu Selu Celu Gelu Mish Swish Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign ThresholdedRelu
Clip LRN Dropout Identity Cast
"""
IDENTITIES = _IDENTITIES.split()

ADJOINTS: dict[str, Turned] = {
    **dict.fromkeys(IDENTITIES, identity),
    "Conv": convolution,
    "ConvTranspose": transposed_convolution,
    **dict.fromkeys(POOLS[:2], pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool"), global_pool),
    **dict.fromkeys(("BatchNormalization", "SpatialBN"), normalization),
    **dict.fromkeys(("Add", "Sub", "Sum", "Mean"), addition),
    **dict.fromkeys(("Mul", "Div"), scaling),
    "Concat": concatenation,
    "Pad": padding,
}
