"""Planes of a network: which planes each is computed from, and what its units see of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.network_axis import NOTHING, PICTURE, AxisField, aligned, union
from core.network_errors import Untraceable
from core.network_extent import Extent
from core.network_reads import ITSELF, Reads

Extents = tuple[Extent, Extent]
Axes = tuple[AxisField, AxisField]


@dataclass(frozen=True, eq=False)
class Link:
    """A plane below, and what each unit reads of its rows and columns."""

    plane: Plane
    reads: tuple[Reads, Reads] = (ITSELF, ITSELF)
    moved: tuple[object, object] = (None, None)
    """A padding along rows and along columns that is not known without the picture's size."""

    def fields(self) -> Axes:
        """What a unit sees through this link alone."""
        rows, cols = (
            (field if padding is None else field.moved(padding)).through(reads)
            for field, reads, padding in zip(self.plane.fields, self.reads, self.moved, strict=True)
        )
        return rows, cols


@dataclass(frozen=True, eq=False)
class Plane:
    """Channels whose units see the same of the picture.

    ``cells`` is (rows, columns); ``misaligned`` the node on the way here whose branches do not coincide, or None.
    """

    cells: Extents
    links: tuple[Link, ...]
    fields: Axes
    misaligned: str | None = None


def picture(cells: Extents) -> Plane:
    """The input: each unit sees itself."""
    return Plane(cells, (), (PICTURE, PICTURE))


def joined(cells: Extents, links: Iterable[Link], node: str | None = None) -> Plane:
    """A plane computed from others; ``node`` names the merge that is to blame if they are not aligned."""
    links = tuple(links)
    if any(isinstance(number, int) and number < 1 for number in cells):
        raise Untraceable("makes a plane without rows or columns: use a larger input")
    if not links:
        return Plane(cells, (), (NOTHING, NOTHING))
    each = [link.fields() for link in links]
    misaligned = next((link.plane.misaligned for link in links if link.plane.misaligned), None)
    if len(each) == 1:
        return Plane(cells, links, each[0], misaligned)
    if misaligned is None and not coincide(each, cells):
        misaligned = node
    rows, cols = (union(fields[axis] for fields in each) for axis in (0, 1))
    return Plane(cells, links, (rows, cols), misaligned)


def coincide(fields: Sequence[Axes], cells: Extents) -> bool:
    """Whether branches with these fields are aligned in both directions."""
    return all(aligned([axes[axis] for axes in fields], cells[axis]) for axis in (0, 1))
