"""The nodes on the way from the picture to one of them."""

from __future__ import annotations

from core.network_field import NetworkField
from core.network_graph import Node, in_order
from core.network_tensor import Tensor


def way_to(field: NetworkField, node: Node) -> list[Node]:
    """The nodes that ``node`` depends on and that depend on the picture, each after those it reads; itself last."""
    wanted = {*filter(None, node.outputs)}
    found = []
    for other in reversed(in_order(field.network)):
        if wanted & {*other.outputs}:
            found.append(other)
            wanted |= {source for source in other.inputs if isinstance(field.value(source), Tensor)}
    return found[::-1]
