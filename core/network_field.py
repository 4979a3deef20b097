"""The receptive field of every node of a network, in one pass over its nodes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeGuard

from core.effective_field import EffectiveField, by_paths
from core.network_call import Call, Operation, Value
from core.network_cells import Mask, cells_read
from core.network_cone import NetworkCone, Station
from core.network_constants import fold, shape_of
from core.network_errors import GIVE_SIZE, NetworkError, Untraceable
from core.network_extent import known
from core.network_graph import Constant, Network, Node, in_order, named
from core.network_input import picture_tensor
from core.network_layouts import LAYOUTS
from core.network_merges import MERGES
from core.network_normal import NORMAL
from core.network_paths import Crossing, crossings, path_factors
from core.network_pieces import PIECES
from core.network_plane import Plane
from core.network_resize import RESIZING
from core.network_tensor import Tensor
from core.network_windows import WINDOWS
from core.node_field import NodeField, Stop, field_row

OPERATIONS: Mapping[str, Operation] = {**WINDOWS, **MERGES, **NORMAL, **LAYOUTS, **PIECES, **RESIZING}
ZERO, ONE = (Fraction(0), Fraction(0)), (Fraction(1), Fraction(1))
SPATIAL = {*WINDOWS, *RESIZING, "DepthToSpace", "SpaceToDepth"}


class NetworkField:
    """Every node's field, for a picture of ``size`` (rows, columns), by default the size that the network names.

    >>> field = NetworkField(load_network("lessons/networks/vgg16.toml").network)
    >>> field["pool5"].size, field["pool5"].padding
    ((212, 212), (90, 90))

    NetworkError for a graph that is none: a loop, a name that nothing makes. A node that cannot be computed does not
    hinder those beside it: ``stops`` names it, if rows and columns were still there when it was reached.
    """

    def __init__(self, network: Network, size: tuple[int, int] | None = None) -> None:
        self.network = network
        self.picture = picture_tensor(network, size)
        self.stops: list[Stop] = []
        self._values: dict[str, Value | Stop] = {network.input: self.picture, **network.constants}
        self._values |= {name: Constant(shape) for name, shape in network.others.items()}
        self._made_by: dict[str, str] = {}
        self._tensors: dict[Node, Tensor | Stop] = {}
        for node in in_order(network):
            self._compute(node)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.network.name!r})"

    def _repr_html_(self) -> str:
        from core.field_display import network_html

        return network_html(self)

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Rows and columns of the picture, None where they are open."""
        rows, cols = self._plane.cells
        return known(rows), known(cols)

    @cached_property
    def rows(self) -> tuple[NodeField, ...]:
        """The nodes whose output has rows and columns, in the order of the file."""
        found = ((node, self._tensors.get(node)) for node in self.network.nodes)
        return tuple(field_row(node, tensor) for node, tensor in found if self._has_plane(tensor))

    def __getitem__(self, name: str) -> NodeField:
        """One node's field, by the node's name or its output's. NetworkError, in one sentence, if it has none."""
        return field_row(*self._find(name))

    def cells(self, name: str, unit: tuple[int, int]) -> Mask:
        """(H, W) bool: the cells of the picture that a unit (row, col) of this node reads, exactly.

        NetworkError if the picture's size is not known, IndexError for a unit that is not there.
        """
        node, plane = self._unit_of(name, unit)
        try:
            return cells_read(plane, unit, self._plane)
        except Untraceable as reason:
            raise NetworkError(f"{self.network.opening} {node} {reason}") from None

    def effective(self, name: str, unit: tuple[int, int]) -> EffectiveField:
        """What each cell of the picture counts for a unit (row, col) of this node, by the paths between them.

        NetworkError and IndexError as for ``cells``.
        """
        _, plane = self._unit_of(name, unit)
        picture = self._crossings(name, unit)[-1]
        factors = path_factors(plane, unit, self._plane)
        return by_paths(name, unit, picture.counts, picture.power, picture.box, factors)

    def cone(self, name: str, unit: tuple[int, int]) -> NetworkCone:
        """The planes that all paths from the picture to a unit (row, col) of this node cross, the picture first.

        NetworkError and IndexError as for ``cells``.
        """
        made_by: dict[Plane, NodeField] = {}
        for other in self.network.nodes:
            if self._has_plane(tensor := self._tensors.get(other)):
                made_by.setdefault(tensor.plane, field_row(other, tensor))
        made_by[self._find(name)[1].plane] = self[name]
        made_by[self._plane] = NodeField(self.network.input, "", (1, 1), ONE, ZERO, (0, 0), self.size, None)
        stations = []
        for crossing in reversed(self._crossings(name, unit)):
            if crossing.box and (row := made_by.get(crossing.plane)):
                height, width = crossing.counts.shape
                stations.append(Station(row, (height, width), crossing.counts, crossing.box))
        return NetworkCone(tuple(stations), unit)

    @property
    def deepest(self) -> str:
        """The last node whose units look at different places; NetworkError if no node has rows and columns."""
        if not self.rows:
            raise NetworkError(
                f"{self.network.opening} no node has rows and columns: add a layer that looks at the picture"
            )
        return next((row.name for row in reversed(self.rows) if row.plane != (1, 1)), self.rows[-1].name)

    def middle(self, name: str) -> tuple[int, int]:
        """(row, col) of this node's middle unit. NetworkError if the size of its plane is not known."""
        rows, cols = self[name].plane
        if rows is None or cols is None:
            raise NetworkError(
                f"{self.network.opening} the plane of {named(name)} depends on the input's size: {GIVE_SIZE}"
            )
        return rows // 2, cols // 2

    def node(self, name: str) -> Node:
        """A node with a field, by its name or its output's. NetworkError, in one sentence, if there is none."""
        return self._find(name)[0]

    def value(self, name: str) -> Value | None:
        """A value of the graph by its name: a tensor that depends on the picture or a constant; None if unknown."""
        value = self._values.get(name)
        return None if isinstance(value, Stop) else value

    def _unit_of(self, name: str, unit: tuple[int, int]) -> tuple[Node, Plane]:
        """The node and its plane, if that has the unit."""
        node, tensor = self._find(name)
        for at, (place, length) in enumerate(zip(unit, tensor.plane.cells, strict=True)):
            if isinstance(length, int) and not 0 <= place < length:
                raise IndexError(f"unit {unit} is outside {('rows', 'columns')[at]} 0 to {length - 1} of {name!r}")
        return node, tensor.plane

    def _crossings(self, name: str, unit: tuple[int, int]) -> list[Crossing]:
        node, plane = self._unit_of(name, unit)
        try:
            return list(crossings(plane, unit, self._plane))
        except Untraceable as reason:
            raise NetworkError(f"{self.network.opening} {node} {reason}") from None

    @property
    def _plane(self) -> Plane:
        return self.picture.plane

    def _has_plane(self, value: object) -> TypeGuard[Tensor]:
        return isinstance(value, Tensor) and value.axes >= self.picture.axes

    def _compute(self, node: Node) -> None:
        inputs = [self._values[name] if name else None for name in node.inputs]
        stopped = next((value for value in inputs if isinstance(value, Stop)), None)
        if stopped:
            self._store(node, stopped)
            if node.op in SPATIAL:
                self._report(stopped)
            return
        call = Call(node, tuple(value for value in inputs if not isinstance(value, Stop)), self.network.opset)
        try:
            self._store(node, self._seen(call))
        except Untraceable as reason:
            stop = Stop(node, str(reason), self._last(node))
            self._store(node, stop)
            if any(self._has_plane(tensor) for tensor in call.tensors):
                self._report(stop)

    def _seen(self, call: Call) -> Value | Sequence[Value]:
        if call.node.op == "Shape":
            return shape_of(call)
        if not call.tensors:
            return fold(call)
        operation = OPERATIONS.get(call.node.op)
        if operation is None:
            raise Untraceable("is an operation whose receptive field is not known: export the model without it")
        return operation(call)

    def _store(self, node: Node, result: Value | Stop | Sequence[Value]) -> None:
        results = list(result) if isinstance(result, Sequence) else [result]
        for at, name in enumerate(node.outputs):
            if name:
                self._values[name] = (
                    results[at]
                    if at < len(results)
                    else Stop(node, "has further outputs that are not followed: read its first", self._last(node))
                )
                self._made_by[name] = node.name
        if results and isinstance(main := results[0], Tensor | Stop):
            self._tensors[node] = main

    def _report(self, stop: Stop) -> None:
        if stop not in self.stops:
            self.stops.append(stop)

    def _last(self, node: Node) -> str | None:
        """The nearest node before this one whose field is known."""
        for name in node.inputs:
            if name in self._made_by and self._has_plane(self._values[name]):
                return self._made_by[name]
        known = [other for other, value in self._tensors.items() if self._has_plane(value)]
        return known[-1].name if known else None

    def _find(self, name: str) -> tuple[Node, Tensor]:
        """The node and its output, which has rows and columns."""
        opening = self.network.opening
        nodes = [node for node in self.network.nodes if node.name == name]
        nodes = nodes or [node for node in self.network.nodes if name in node.outputs]
        if not nodes:
            near = difflib.get_close_matches(name, [node.name for node in self.network.nodes], n=3)
            tail = " or ".join(map(named, near))
            other = self.rows[-1].name if self.rows else self.network.nodes[-1].name
            raise NetworkError(
                f"{opening} there is no node {named(name)}"
                + (f": did you mean {tail}?" if tail else f": name another, such as {named(other)}; `field` lists them")
            )
        if len(nodes) > 1:
            outputs = " or ".join(named(node.outputs[0]) for node in nodes[:3] if node.outputs)
            raise NetworkError(
                f"{opening} {len(nodes)} nodes are named {named(name)}: ask by their outputs, such as {outputs}"
            )
        node = nodes[0]
        found = self._tensors.get(node)
        if isinstance(found, Stop):
            raise NetworkError(found.sentence(opening))
        if not isinstance(found, Tensor):
            raise NetworkError(f"{opening} {node} does not depend on {named(self.network.input)}: ask for a layer")
        if not self._has_plane(found):
            last = self._last(node)
            raise NetworkError(
                f"{opening} {node} has no rows and columns left: ask for a node before it"
                + (f", such as {named(last)}" if last else "")
            )
        return node, found
