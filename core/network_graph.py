"""A network as data: nodes that name what they read, constants by name, and the picture at the input."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.network_errors import NetworkError
from core.network_extent import Extent

Attribute: TypeAlias = "int | float | str | tuple[int, ...] | tuple[float, ...] | tuple[str, ...]"
Numbers: TypeAlias = npt.NDArray[np.object_]
Weights: TypeAlias = Mapping[str, npt.NDArray[np.floating[Any]]]
ReadWeights: TypeAlias = Callable[[Collection[str]], Weights]


@dataclass(frozen=True, eq=False)
class Constant:
    """What does not depend on the picture: its shape, and its numbers where they may tell another's shape.

    ``numbers`` are Python's numbers, or None for weights, of which only the shape is kept. ``shape`` is None where
    nothing is known.
    """

    shape: tuple[Extent | None, ...] | None = None
    numbers: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Node:
    """One operation: ``op``, ``inputs``, ``outputs`` and ``attributes`` are called as in ONNX.

    An empty name among the inputs or outputs stands for one that is left out. ``word`` is the ``op`` as a lesson's
    layer spells it, empty in a model's file: messages about a layer name the keys that its author wrote.
    """

    name: str
    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    word: str = ""

    def __str__(self) -> str:
        """As messages name it."""
        if self.word:
            return f"layer {named(self.name)} of [network] ({self.word})"
        op = self.op if self.op.isprintable() and len(self.op) <= 60 else named(self.op)
        return f"node {named(self.name)} ({op})"


def named(name: str) -> str:
    """A name from a file as messages show it: in quotes, control characters spelled out, shortened if absurd."""
    text = repr(name)
    return text if len(text) <= 120 else f"{text[:116]}…{text[0]}"


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes in the order of the file. ``shape`` is the picture's: (N, C, H, W) or (N, C, W), None where it is open.

    ``opening`` is how messages about it begin: ``nets/x.onnx:``. ``others`` are further inputs, which are taken as
    given. ``weights`` reads the numbers of constants, by their names, where there are any: NetworkError for whatever is
    wrong with them.
    """

    name: str
    opening: str
    input: str
    shape: tuple[int | None, ...]
    nodes: tuple[Node, ...]
    constants: Mapping[str, Constant] = field(default_factory=dict)
    others: Mapping[str, tuple[int | None, ...] | None] = field(default_factory=dict)
    opset: int = 21
    weights: ReadWeights | None = None


def in_order(network: Network) -> list[Node]:
    """The nodes so that each comes after those it reads, otherwise as they stand. NetworkError for a loop."""
    made: dict[str, int] = {}
    for at, node in enumerate(network.nodes):
        for output in filter(None, node.outputs):
            if output in made or output in network.constants or output == network.input:
                raise NetworkError(
                    f"{network.opening} {node} makes {named(output)}, which is there already: "
                    "give every output a name of its own"
                )
            made[output] = at
    given = {"", network.input, *network.constants, *network.others}
    waits: list[set[int]] = []
    readers: dict[int, list[int]] = {}
    for at, node in enumerate(network.nodes):
        for name in node.inputs:
            if name not in made and name not in given:
                raise NetworkError(
                    f"{network.opening} {node} reads {named(name)}, which nothing makes: "
                    "name an earlier node's output or the input"
                )
        waits.append({made[name] for name in node.inputs if name in made})
        for below in waits[-1]:
            readers.setdefault(below, []).append(at)
    ready = [at for at, below in enumerate(waits) if not below]
    order: list[Node] = []
    while ready:
        at = heapq.heappop(ready)
        order.append(network.nodes[at])
        for reader in readers.get(at, ()):
            waits[reader].discard(at)
            if not waits[reader]:
                heapq.heappush(ready, reader)
    if len(order) < len(network.nodes):
        raise NetworkError(f"{network.opening} {_loop(network, waits)}")
    return order


def _loop(network: Network, waits: Iterable[set[int]]) -> str:
    """One loop among the nodes that still wait, in words."""
    below = dict(enumerate(waits))
    at = next(node for node in below if below[node])
    path: list[int] = []
    while at not in path:
        path.append(at)
        at = min(below[at])
    ring = path[path.index(at) :]
    names = [named(network.nodes[node].name) for node in ring]
    listed = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    if network.nodes[at].word:
        if len(names) == 1:
            return f"'inputs' in layer {names[0]} of [network] names itself: name a layer before it"
        return (
            f"'inputs' of the layers {listed} of [network] form a loop: let one of them name a layer before the loop, "
            "or 'input', the picture"
        )
    if len(names) == 1:
        return f"node {names[0]} reads its own output: let it read an earlier node's"
    return f"the nodes {listed} form a loop: let one of them read a node before the loop"
