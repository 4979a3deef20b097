"""How many cells an axis has: a number, or an unknown that later sizes are built on.

A network may be read without knowing its picture's size. Two planes whose sizes are unknown can still be known to be
equal, since the same layers lead from the picture to both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


class Root:
    """An unknown number of cells. What is derived from it is derived once, so equal formulas are the same object."""

    __slots__ = ("children", "factor", "parent")

    def __init__(self, parent: Root | None = None, factor: int = 0) -> None:
        self.parent = parent
        self.factor = factor  # how many times the parent this is; 0 where it is not a multiple
        self.children: dict[tuple[str, int, int], Root] = {}

    def child(self, kind: str, first: int, second: int, factor: int = 0) -> Root:
        """The unknown that this step leads to."""
        return self.children.setdefault((kind, first, second), Root(self, factor))


@dataclass(frozen=True)
class Open:
    """``root + add`` cells, where ``root`` is not known."""

    root: Root = field(default_factory=Root)
    add: int = 0

    def __add__(self, other: object) -> object:
        return Open(self.root, self.add + other) if isinstance(other, int) else UNKNOWN

    __radd__ = __add__

    def __sub__(self, other: object) -> object:
        if isinstance(other, Open) and other.root is self.root:
            return self.add - other.add
        return Open(self.root, self.add - other) if isinstance(other, int) else UNKNOWN

    def __mul__(self, other: object) -> object:
        return times(self, other) if isinstance(other, int) and other > 0 else UNKNOWN

    __rmul__ = __mul__

    def __floordiv__(self, other: object) -> object:
        return windows(self, 0, other, other) if isinstance(other, int) and other > 0 else UNKNOWN


class Unknown:
    """A number that nothing is known of; whatever is computed from it is as unknown."""

    def _itself(self, *_: object) -> Unknown:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = __neg__ = _itself
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _itself


UNKNOWN = Unknown()
Extent: TypeAlias = int | Open


def windows(cells: Extent, padding: int, span: int, stride: int) -> Extent:
    """How many windows of ``span`` cells fit: ``floor((cells + padding - span) / stride) + 1``."""
    if isinstance(cells, int):
        return (cells + padding - span) // stride + 1
    whole, rest = divmod(cells.add + padding - span, stride)
    root = cells.root
    if stride == 1:
        return Open(root, whole + 1)
    if root.parent is not None and root.factor == stride:
        return Open(root.parent, whole + 1)
    return Open(root.child("/", rest, stride), whole + 1)


def times(cells: Extent, factor: int) -> Extent:
    """``factor * cells``."""
    if isinstance(cells, int):
        return cells * factor
    if factor == 1:
        return cells
    return Open(cells.root.child("*", factor, 0, factor), cells.add * factor)


def known(cells: Extent) -> int | None:
    """The number, or None."""
    return cells if isinstance(cells, int) else None
