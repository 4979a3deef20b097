"""What one unit of a node sees of the picture, as a row of the table of a network's nodes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.network_axis import Ends
from core.network_extent import known
from core.network_graph import Node, named
from core.network_tensor import Tensor


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

    def sentence(self, opening: str) -> str:
        """The stop as one sentence, which begins with a network's ``opening``."""
        last = "no node before it could be computed"
        if self.last:
            last = f"the last node that could be computed is {named(self.last)}: `field --node` asks for it alone"
        return f"{opening} {self.node} {self.reason}; {last}"


def field_row(node: Node, tensor: Tensor) -> NodeField:
    """What one unit of the node whose output is ``tensor`` sees."""
    plane = tensor.plane
    fields = plane.fields
    paddings = fields[0].padding(), fields[1].padding()
    rows, cols = paddings
    padding = None if rows is None or cols is None else (rows, cols)
    centres = _centre(fields[0].ends(0)), _centre(fields[1].ends(0))
    return NodeField(
        node.name,
        node.op,
        (fields[0].size(plane.cells[0]), fields[1].size(plane.cells[1])),
        (fields[0].jump, fields[1].jump),
        None if padding is None else centres,
        padding,
        (known(plane.cells[0]), known(plane.cells[1])),
        plane.misaligned,
    )


def _centre(ends: Ends) -> Fraction:
    return Fraction(ends[0] + ends[1], 2) if ends else Fraction(0)
