"""The picture at a network's input: which of its dimensions are rows and columns."""

from __future__ import annotations

from core.network_errors import NetworkError
from core.network_extent import Extent, Open
from core.network_graph import Network, named
from core.network_merges import BY_CONSTANTS, CELL_BY_CELL
from core.network_normal import POINTWISE
from core.network_plane import picture
from core.network_tensor import CHANNELS, COLS, ROWS, Atom, Dim, Tensor
from core.network_windows import WINDOWS

MOST_SIDE = 1_000_000
LOOKS = {*WINDOWS, "Resize", "Upsample", "DepthToSpace", "SpaceToDepth", "BatchNormalization", "LRN"}
PASSES = {*POINTWISE, *CELL_BY_CELL, *BY_CONSTANTS, "Pad", "Slice"} - LOOKS


def picture_tensor(network: Network, size: tuple[int, int] | None) -> Tensor:
    """The input as a tensor whose units see themselves. NetworkError if it is no picture."""
    rank, where = len(network.shape), f"{network.opening} input {named(network.input)}"
    if rank not in (3, 4):
        raise NetworkError(
            f"{where} has {rank} dimension{'s' * (rank != 1)}, and a picture has 4 (N, C, H, W) or, in one direction, "
            "3 (N, C, W): ask for a network that looks at pictures"
        )
    places = _places(network, rank)
    axes = dict(zip(places, (ROWS, COLS) if rank == 4 else (COLS,), strict=True))
    cells: list[Extent] = [1, 1]
    dims: list[Dim] = []
    for at, length in enumerate(network.shape):
        axis = axes.get(at, CHANNELS)
        if axis == CHANNELS:
            dims.append((Atom(CHANNELS, 1 if at == 0 and length is None else length),))
            continue
        cells[axis] = size[axis] if size else Open() if length is None else length
        if isinstance(side := cells[axis], int) and not 1 <= side <= MOST_SIDE:
            raise NetworkError(
                f"{where} has {side:,} {('rows', 'columns')[axis]}, and it must have from 1 to {MOST_SIDE:,}: "
                "give another --input-size H W"
            )
        dims.append((Atom(axis, cells[axis]),))
    if rank == 3 and size and size[0] != 1:
        raise NetworkError(f"{where} has one direction, not {size[0]} rows: give --input-size 1 W")
    return Tensor(tuple(dims), (picture((cells[0], cells[1])),))


def _places(network: Network, rank: int) -> tuple[int, ...]:
    """Where rows and columns are among the input's dimensions, as the first layer that looks at them takes them."""
    orders = {network.input: tuple(range(rank))}
    for node in network.nodes:
        order = next((orders[name] for name in node.inputs if name in orders), None)
        if order is None:
            continue
        if node.op in LOOKS:
            return tuple(sorted(order[2:]))  # rows come before columns, whatever the layer makes of them
        if node.op == "Transpose":
            perm = node.attributes.get("perm") or tuple(reversed(range(rank)))
            if isinstance(perm, tuple) and {*perm} == {*range(rank)} and len(perm) == rank:
                order = tuple(order[int(at)] for at in perm)
        elif node.op not in PASSES:
            continue
        for output in node.outputs[:1]:
            orders[output] = order
    return tuple(range(rank))[2:]
