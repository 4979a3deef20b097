"""What stands in the border around an input: zeros, or cells of the input itself."""

from __future__ import annotations

import numpy as np

from core.arrays import Array, finished
from core.axis_size import AxisSize

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")
"""PyTorch's ``padding_mode``; ONNX's ``Pad`` calls them constant, reflect, edge and wrap."""


def most_padding(mode: str, cells: int) -> int | None:
    """The widest border, in cells, on one side of an axis of ``cells``; None if there is no bound.

    PyTorch's bounds hold: ``reflect`` needs a border narrower than the input, ``circular`` one no wider than it.
    ONNX's ``Pad`` has none, and goes on mirroring or repeating.
    """
    return {"reflect": cells - 1, "circular": cells}.get(mode)


def border_sources(mode: str, cells: int, before: int, after: int) -> Array:
    """(before + cells + after,) the input index whose value stands at each padded index; -1 where a zero does.

    >>> border_sources("reflect", 3, 2, 1).tolist()
    [2, 1, 0, 1, 2, 1]
    """
    index = np.arange(-before, cells + after, dtype=np.int64)
    if mode == "zeros":
        index[(index < 0) | (index >= cells)] = -1
    elif mode == "replicate":
        np.clip(index, 0, cells - 1, out=index)
    elif mode == "circular":
        index %= cells
    else:
        index = np.abs(index)
        index = np.minimum(index, 2 * (cells - 1) - index) if cells > 1 else index * 0
    return finished(index)


def read_as_copies(axis: AxisSize, mode: str) -> tuple[int, ...]:
    """The padded indices of input cells that no window reads in their place, but as a copy in the padding.

    >>> read_as_copies(AxisSize(input=4, before=0, after=1, kernel=1, dilation=1, stride=4), "circular")
    ()
    >>> read_as_copies(AxisSize(input=4, before=2, after=0, kernel=1, dilation=1, stride=6), "circular")
    (4,)
    """
    sources = border_sources(mode, axis.input, axis.before, axis.after)
    read = set(sources[axis.reads > 0].tolist())
    inside = range(axis.before, axis.before + axis.input)
    return tuple(index for index in axis.unread if index in inside and int(sources[index]) in read)


def lay_out(planes: Array, rows: Array, cols: Array, fill: float) -> Array:
    """(C, Hp, Wp): ``planes`` (C, H, W) with row ``rows[r]`` and column ``cols[c]`` at (r, c); ``fill`` where -1.

    ``planes`` itself when that changes nothing. The result is read-only.
    """
    channels, height, width = planes.shape
    if _is_whole(rows, height) and _is_whole(cols, width):
        return planes
    (at_rows, from_rows), (at_cols, from_cols) = _filled(rows), _filled(cols)
    laid = np.full((channels, len(rows), len(cols)), fill, planes.dtype)
    laid[:, at_rows, at_cols] = planes[:, from_rows][:, :, from_cols]
    return finished(laid)


def take_back(laid: Array, rows: Array, cols: Array, height: int, width: int) -> Array:
    """(C, H, W): every cell of ``laid`` (C, Hp, Wp) added to the input cell it shows; what shows none is lost."""
    for axis, (sources, cells) in enumerate(((rows, height), (cols, width)), 1):
        laid = np.moveaxis(laid, axis, 0)
        places, froms = _filled(sources)
        if isinstance(froms, slice):
            kept = np.zeros((cells, *laid.shape[1:]), laid.dtype)
            kept[froms] = laid[places]
        else:
            kept = np.zeros((cells, *laid.shape[1:]), laid.dtype)
            np.add.at(kept, froms, laid[places])
        laid = np.moveaxis(kept, 0, axis)
    return laid


def _is_whole(sources: Array, cells: int) -> bool:
    return len(sources) == cells and bool((sources == np.arange(cells)).all())


def _filled(sources: Array) -> tuple[slice, slice | Array]:
    """Which padded indices hold input cells, and which cells they hold: slices where these are evenly spaced."""
    places = np.flatnonzero(sources >= 0)
    if not places.size:
        return slice(0), slice(0)
    step = int(places[1] - places[0]) if places.size > 1 else 1
    held = sources[places]
    one_each = bool((np.diff(held) == 1).all())
    return slice(int(places[0]), int(places[-1]) + 1, step), (
        slice(int(held[0]), int(held[-1]) + 1) if one_each else held
    )
