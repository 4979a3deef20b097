"""The receptive field of every node of a network, in one pass over its nodes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from core.network_axis import Ends
from core.network_call import Call, Operation, Value
from core.network_cells import Mask, cells_read
from core.network_constants import fold, shape_of
from core.network_errors import NetworkError, Untraceable
from core.network_extent import Extent, Open
from core.network_graph import Constant, Network, Node, in_order, named
from core.network_input import picture_tensor
from core.network_layouts import LAYOUTS
from core.network_merges import MERGES
from core.network_normal import NORMAL
from core.network_pieces import PIECES
from core.network_plane import Plane
from core.network_resize import RESIZING
from core.network_tensor import Tensor
from core.network_windows import WINDOWS

OPERATIONS: Mapping[str, Operation] = {**WINDOWS, **MERGES, **NORMAL, **LAYOUTS, **PIECES, **RESIZING}
SPATIAL = {*WINDOWS, *RESIZING, "DepthToSpace", "SpaceToDepth"}


@dataclass(frozen=True)
class NodeField:
    """What one unit of a node's output sees of the picture. Pairs are (rows, columns), in cells of the picture.

    ``size``: from the first cell to the last, holes and padding included; the largest, if units differ.
    ``stride``: from one unit's field to the next one's (jump), on average if they differ.
    ``start``: centre of the first unit's field, cell 0 being at 0. ``padding`` (effective): the first unit's field
    begins so many cells before the picture. Both are None where a padding depends on the picture's size.
    ``plane``: rows and columns of the output, None if open. ``misaligned``: the merge on the way whose branches look
    at different places, or None. Source: Araujo et al., "Computing receptive fields of convolutional neural networks".
    """

    name: str
    op: str
    size: tuple[int, int]
    stride: tuple[Fraction, Fraction]
    start: tuple[Fraction, Fraction] | None
    padding: tuple[int, int] | None
    plane: tuple[int | None, int | None]
    misaligned: str | None

    @property
    def aligned(self) -> bool:
        """Whether all branches that meet on the way look at the same places."""
        return self.misaligned is None


@dataclass(frozen=True)
class Stop:
    """A node that cannot be computed, why, and the last one before it that can (None if there is none)."""

    node: Node
    reason: str
    last: str | None

    def sentence(self, file: str) -> str:
        """The stop as one sentence."""
        last = "no node before it could be computed"
        if self.last:
            last = f"the last node that could be computed is {named(self.last)}: --node asks for it alone"
        return f"{file}: {self.node} {self.reason}; {last}"


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

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Rows and columns of the picture, None where they are open."""
        rows, cols = self._plane.cells
        return _number(rows), _number(cols)

    @cached_property
    def rows(self) -> tuple[NodeField, ...]:
        """The nodes whose output has rows and columns, in the order of the file."""
        found = ((node, self._tensors.get(node)) for node in self.network.nodes)
        return tuple(_row(node, tensor) for node, tensor in found if self._is_plane(tensor))

    def __getitem__(self, name: str) -> NodeField:
        """One node's field, by the node's name or its output's. NetworkError, in one sentence, if it has none."""
        node, tensor = self._find(name)
        return _row(node, tensor)

    def cells(self, name: str, unit: tuple[int, int]) -> Mask:
        """(H, W) bool: the cells of the picture that a unit (row, col) of this node reads, exactly.

        NetworkError if the picture's size is not known, IndexError for a unit that is not there.
        """
        node, tensor = self._find(name)
        plane = tensor.plane
        for at, (place, length) in enumerate(zip(unit, plane.cells, strict=True)):
            if isinstance(length, int) and not 0 <= place < length:
                raise IndexError(f"unit {unit} is outside {('rows', 'columns')[at]} 0 to {length - 1} of {name!r}")
        try:
            return cells_read(plane, unit, self._plane)
        except Untraceable as reason:
            raise NetworkError(f"{self.network.file}: {node} {reason}") from None

    @property
    def _plane(self) -> Plane:
        return self.picture.plane

    def _is_plane(self, value: object) -> bool:
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
            if any(self._is_plane(tensor) for tensor in call.tensors):
                self._report(stop)

    def _seen(self, call: Call) -> Value | Sequence[Value]:
        if call.node.op == "Shape":
            return shape_of(call)
        if not call.tensors:
            return fold(call)
        operation = OPERATIONS.get(call.node.op)
        if operation is None:
            raise Untraceable("is an operation whose receptive field is not known")
        return operation(call)

    def _store(self, node: Node, result: Value | Stop | Sequence[Value]) -> None:
        results = list(result) if isinstance(result, Sequence) else [result]
        for at, name in enumerate(node.outputs):
            if name:
                self._values[name] = (
                    results[at] if at < len(results) else Stop(node, "has a second output", self._last(node))
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
            if name in self._made_by and self._is_plane(self._values[name]):
                return self._made_by[name]
        known = [other for other, value in self._tensors.items() if self._is_plane(value)]
        return known[-1].name if known else None

    def _find(self, name: str) -> tuple[Node, Tensor]:
        """The node and its output, which has rows and columns."""
        file = self.network.file
        nodes = [node for node in self.network.nodes if node.name == name]
        nodes = nodes or [node for node in self.network.nodes if name in node.outputs]
        if not nodes:
            near = difflib.get_close_matches(name, [node.name for node in self.network.nodes], n=3, cutoff=0.5)
            tail = " or ".join(map(named, near))
            raise NetworkError(
                f"{file}: there is no node {named(name)}"
                + (f": did you mean {tail}?" if tail else ": the table names them")
            )
        if len(nodes) > 1:
            outputs = " or ".join(named(node.outputs[0]) for node in nodes[:3] if node.outputs)
            raise NetworkError(
                f"{file}: {len(nodes)} nodes are named {named(name)}: ask by their outputs, such as {outputs}"
            )
        node = nodes[0]
        found = self._tensors.get(node)
        if isinstance(found, Stop):
            raise NetworkError(found.sentence(file))
        if not isinstance(found, Tensor):
            raise NetworkError(f"{file}: {node} does not depend on {named(self.network.input)}: ask for a layer")
        if not self._is_plane(found):
            last = self._last(node)
            raise NetworkError(
                f"{file}: {node} has no rows and columns left: ask for a node before it"
                + (f", such as {named(last)}" if last else "")
            )
        return node, found


def _row(node: Node, tensor: Tensor | Stop | None) -> NodeField:
    assert isinstance(tensor, Tensor)
    plane = tensor.plane
    fields = plane.fields
    paddings = fields[0].padding(), fields[1].padding()
    rows, cols = paddings
    known = None if rows is None or cols is None else (rows, cols)
    centres = _centre(fields[0].ends(0)), _centre(fields[1].ends(0))
    return NodeField(
        node.name,
        node.op,
        (fields[0].size(plane.cells[0]), fields[1].size(plane.cells[1])),
        (fields[0].jump, fields[1].jump),
        None if known is None else centres,
        known,
        (_number(plane.cells[0]), _number(plane.cells[1])),
        plane.misaligned,
    )


def _centre(ends: Ends) -> Fraction:
    return Fraction(ends[0] + ends[1], 2) if ends else Fraction(0)


def _number(cells: Extent) -> int | None:
    return None if isinstance(cells, Open) else cells
