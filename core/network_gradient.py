"""The gradient of one unit by the picture: from the unit down, every operation turned around, with a model's weights.

The network is taken as linear, so that it needs no picture: an activation and a local normalization count as the
identity, a max pool as the average of its window, since each of its cells may win. What else is not linear stops it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from core.effective_field import EffectiveField, shared
from core.limits import GRADIENT_NUMBERS, GRADIENT_PRODUCTS
from core.network_adjoints import ADJOINTS, ForwardNode, Gradient
from core.network_call import Call
from core.network_errors import GIVE_SIZE, NetworkError, Untraceable
from core.network_field import NetworkField
from core.network_graph import Constant, Node, Weights, named
from core.network_tensor import Tensor
from core.network_way import way_to


def gradient_field(field: NetworkField, name: str, unit: tuple[int, int]) -> EffectiveField:
    """What each cell of the picture counts for a unit (row, col) of a node, by the gradient's magnitude.

    The unit's value is the sum over its channels; magnitudes are summed over the picture's. NetworkError, in one
    sentence, for a model without weights, one that is too large, or a node on the way that cannot be turned around.
    """
    by_paths = field.effective(name, unit)
    opening = field.network.opening
    node = field.node(name)
    if field.network.weights is None:
        raise NetworkError(f"{opening} the network has no weights: ask for the gradient of a model in an .onnx file")
    if not node.outputs:
        raise NetworkError(f"{opening} {node} has no output to take the gradient of: ask for another node")
    way = way_to(field, node)
    needed = {source for other in way for source in other.inputs if field.network.constants.get(source)}
    weights = field.network.weights(needed)
    pulling = _Pull(field, weights)
    shape = pulling.shape(node, node.outputs[0])
    seed = np.zeros(shape)
    seed[:, unit[0], unit[1]] = 1
    gradients: dict[str, Gradient] = {node.outputs[0]: seed}
    with np.errstate(all="ignore"):  # what damaged weights make of it is found at the end
        for other in reversed(way):
            for source, below in pulling.through(other, [gradients.pop(output, None) for output in other.outputs]):
                gradients[source] = gradients[source] + below if source in gradients else below
    found = gradients.get(field.network.input)
    magnitudes = np.zeros(by_paths.weights.shape) if found is None else np.abs(found).sum(axis=0)
    if not np.isfinite(magnitudes).all():
        raise NetworkError(f"{opening} the gradient is no number: the weights are damaged, so save the model again")
    # Sums of products differ in their last bits from one processor to the next; in half as many bits they do not.
    relative = (magnitudes / (magnitudes.max(initial=0.0) or 1.0)).astype(np.float32).astype(np.float64)
    return EffectiveField(name, unit, shared(relative), by_paths.box, "gradient")


@dataclass
class _Pull:
    """Turns nodes around; counts what that costs."""

    field: NetworkField
    weights: Weights
    products: int = 0

    def shape(self, node: Node, value: str) -> tuple[int, int, int]:
        """(C, H, W) of a value that is made of planes in the usual order. NetworkError for any other."""
        tensor = self.field.value(value)
        opening = self.field.network.opening
        axes = [dim[0].axis for dim in tensor.dims if len(dim) == 1] if isinstance(tensor, Tensor) else []
        if not isinstance(tensor, Tensor) or axes != [-1, -1, 0, 1]:
            raise NetworkError(
                f"{opening} {node} reads or makes no planes in the order (N, C, H, W): leave out the gradient"
            )
        lengths = [length for length in tensor.shape[1:] if isinstance(length, int)]
        if len(lengths) != 3:
            raise NetworkError(f"{opening} {node} reads or makes planes whose size is not known: {GIVE_SIZE}")
        channels, rows, cols = lengths
        if channels * rows * cols > GRADIENT_NUMBERS:
            raise NetworkError(
                f"{opening} {node} reads or makes {channels * rows * cols:,} numbers, and the most is "
                f"{GRADIENT_NUMBERS:,}: give a smaller --input-size H W"
            )
        return channels, rows, cols

    def through(self, node: Node, outputs: Sequence[Gradient | None]) -> Iterator[tuple[str, Gradient]]:
        """The gradient by each of the node's inputs that depends on the picture, from those by its outputs."""
        above = outputs[0]
        if above is None and not any(other is not None for other in outputs):
            return
        field, opening = self.field, self.field.network.opening
        call = Call(node, tuple(field.value(source) if source else None for source in node.inputs), field.network.opset)
        shapes = [
            self.shape(node, source) if isinstance(value, Tensor) else None
            for source, value in zip(node.inputs, call.inputs, strict=True)
        ]
        adjoint = ADJOINTS.get(node.op)
        try:
            if adjoint is None or above is None or any(other is not None for other in outputs[1:]):
                raise Untraceable("is no operation that the gradient can be followed through: leave out the gradient")
            work = ForwardNode(call, tuple(shapes), [self._numbers(node, at) for at in range(len(node.inputs))])
            self.products += work.products(above)
            if self.products > GRADIENT_PRODUCTS:
                raise Untraceable(
                    f"brings the multiplications to more than {GRADIENT_PRODUCTS:,}: give a smaller --input-size H W"
                )
            for at, below in adjoint(work, above):
                yield node.inputs[at], below
        except Untraceable as reason:
            raise NetworkError(f"{opening} {node} {reason}") from None

    def _numbers(self, node: Node, at: int) -> npt.NDArray[np.float64] | None:
        """The numbers of a constant input, None for other inputs and for those that the graph computes."""
        name = node.inputs[at]
        if name in self.weights:
            return self.weights[name].astype(np.float64)
        value = self.field.value(name) if name else None
        if not isinstance(value, Constant):
            return None
        if value.numbers is not None:
            try:
                return value.numbers.astype(np.float64)
            except (TypeError, ValueError):
                raise Untraceable(f"takes {named(name)} from numbers that are not known: {GIVE_SIZE}") from None
        return self._filled(name, value)

    def _filled(self, name: str, value: Constant) -> npt.NDArray[np.float64] | None:
        """Weights that the graph fills with one number, as models without their weights' bytes do."""
        made = next((node for node in self.field.network.nodes if name in node.outputs), None)
        lengths = [length for length in value.shape or () if isinstance(length, int)]
        if made is None or made.op != "ConstantOfShape" or value.shape is None or len(lengths) < len(value.shape):
            return None
        if prod(lengths) > GRADIENT_NUMBERS:
            raise Untraceable(
                f"takes {named(name)}, {prod(lengths):,} weights, and the most is {GRADIENT_NUMBERS:,}: "
                "leave out the gradient"
            )
        filling = made.attributes.get("value", 0.0)
        number = filling[0] if isinstance(filling, tuple) and filling else filling
        return np.full(lengths, number if isinstance(number, int | float) else 0.0)
