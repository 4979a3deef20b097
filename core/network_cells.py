"""The exact cells of the picture that one unit of a plane reads, holes and borders included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.limits import PLANE_CELLS
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_plane import Plane
from core.network_reads import ITSELF, Border, Reads

Mask = npt.NDArray[np.bool_]
MOST_TAPS = 1 << 12


def cells_read(plane: Plane, unit: tuple[int, int], picture: Plane) -> Mask:
    """Bool array of the picture: the cells with a path to the unit. Untraceable if a plane is too large to be held."""
    above = users(plane)
    target = _empty(plane)
    target[unit] = True
    masks = {plane: target}
    seen = _empty(picture)
    ready = [plane]
    while ready:
        at = ready.pop()
        mask = masks.pop(at)
        if at is picture:
            seen |= mask
        for link in at.links:
            below = masks.setdefault(link.plane, None)  # type: ignore[arg-type]
            if below is None:
                below = masks[link.plane] = _empty(link.plane)
            rows, cols = link.reads
            height = below.shape[0]
            through = _read(mask, rows, height)
            below |= _read(through.T, cols, below.shape[1]).T
            above[link.plane] -= 1
            if not above[link.plane]:
                ready.append(link.plane)
    return seen


def users(plane: Plane) -> dict[Plane, int]:
    """For each plane on the way, how many links read it."""
    readers = {plane: 0}
    waiting = [plane]
    while waiting:
        for link in waiting.pop().links:
            if link.plane not in readers:
                readers[link.plane] = 0
                waiting.append(link.plane)
            readers[link.plane] += 1
    return readers


def _empty(plane: Plane) -> Mask:
    return np.zeros(extents(plane), np.bool_)


def extents(plane: Plane) -> tuple[int, int]:
    """(h, w) of a plane that is held cell by cell. Untraceable where it is not known, or too large."""
    height, width = plane.cells
    if not isinstance(height, int) or not isinstance(width, int):
        raise Untraceable(f"has units whose cells depend on the input's size: {GIVE_SIZE}")
    if height * width > PLANE_CELLS:
        raise Untraceable(
            f"is computed over a plane of {height * width:,} cells, and the most is {PLANE_CELLS:,}: "
            "use a smaller picture"
        )
    return height, width


def _read(mask: Mask, reads: Reads, length: int) -> Mask:
    """(length, w) of the plane below: the rows that the marked rows of ``mask`` (units, w) read."""
    if reads is ITSELF and len(mask) == length:
        return mask
    below = np.zeros((length, mask.shape[1]), np.bool_)
    marked = np.flatnonzero(mask.any(axis=1))
    if reads.step == 0 and marked.size:
        marked = marked[:1] if reads.period == 1 else marked
        mask = mask.any(axis=0, keepdims=True).repeat(len(mask), axis=0) if reads.period == 1 else mask
    for kind in range(min(reads.period, len(mask))):
        units = marked[marked % reads.period == kind]
        if units.size:
            _stamp(below, mask, units, units // reads.period * reads.step, reads.taps[kind], reads.border)
    return below


def _stamp(
    below: Mask, mask: Mask, units: npt.NDArray[np.intp], bases: Mask, taps: Sequence[int], border: Border
) -> None:
    length = len(below)
    if border == "zeros" and isinstance(taps, range) and len(units) < len(taps):
        for unit, base in zip(units.tolist(), bases.tolist(), strict=True):
            first, stop = base + taps.start, base + taps[-1] + 1
            first += max(0, -(first // taps.step)) * taps.step
            below[first : max(first, stop) : taps.step] |= mask[unit]
        return
    if len(taps) > MOST_TAPS:
        raise Untraceable(
            f"reads {len(taps):,} cells in a row, and the most is {MOST_TAPS:,}: ask for a node before it"
        )
    for tap in taps:
        places = folded(bases + tap, length, border)
        inside = (places >= 0) & (places < length)
        np.logical_or.at(below, places[inside], mask[units[inside]])


def folded(places: npt.NDArray[np.intp], length: int, border: Border) -> npt.NDArray[np.intp]:
    """Where a place outside the plane is read instead; still outside where zeros are."""
    if border == "edge":
        return places.clip(0, length - 1)
    if border == "wrap":
        return places % length
    if border == "reflect" and length > 1:
        turn = places % (2 * length - 2)
        return np.where(turn < length, turn, 2 * length - 2 - turn)
    return places.clip(0, length - 1) if border == "reflect" else places
