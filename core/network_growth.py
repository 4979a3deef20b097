"""How the receptive field grows with depth: the largest field after so many layers, for a curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.network_field import SPATIAL, NetworkField
from core.network_graph import in_order
from core.network_way import way_to


@dataclass(frozen=True)
class Growth:
    """After ``depth`` layers the largest field is ``size`` (rows, columns), that of ``node``.

    Its units are ``stride`` cells of the picture apart. Depth 0 is the picture, whose node is the input.
    """

    depth: int
    size: tuple[int, int]
    stride: tuple[Fraction, Fraction]
    node: str


def growth_of(field: NetworkField, name: str) -> tuple[Growth, ...]:
    """One for each depth up to that of the node ``name`` at which there is a node on some way to it.

    A depth is the most convolutions, pools and the like that lie one behind the other on the way from the picture:
    what reads one cell each, such as an activation, is no layer.
    """
    order = in_order(field.network)
    behind = {node.name for node in way_to(field, field.node(name))}
    rows = {row.name: row for row in field.rows}
    depths = {field.network.input: 0}
    one = (Fraction(1), Fraction(1))
    largest = {0: Growth(0, (1, 1), one, field.network.input)}
    for node in order:
        below = [depths[source] for source in node.inputs if source in depths]
        if not below:
            continue
        depth = max(below) + (node.op in SPATIAL)
        depths |= dict.fromkeys(filter(None, node.outputs), depth)
        row = rows.get(node.name)
        if row is not None and node.name in behind and (depth not in largest or row.size > largest[depth].size):
            largest[depth] = Growth(depth, row.size, row.stride, row.name)
    return tuple(largest[depth] for depth in sorted(largest))


def strides_of(growth: Iterable[Growth]) -> Iterator[Growth]:
    """Those at which units are further apart than at any depth before."""
    before = (Fraction(1), Fraction(1))
    for step in growth:
        if step.stride > before:
            before = step.stride
            yield step
