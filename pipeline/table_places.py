"""The places of a grid, as the rows or the columns of a table are named by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Places:
    """Every place of a grid with these `lengths`, in order. `names` are its axes, each with a letter in `marks`."""

    names: tuple[str, ...]
    marks: str
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, names: tuple[str, ...], marks: str, lengths: tuple[int, ...], line: bool) -> Places:
        """The places; of a line, which has one row, without the axis of rows: the last but one."""
        if not line:
            return cls(names, marks, lengths)
        return cls((*names[:-2], names[-1]), marks[:-2] + marks[-1], (*lengths[:-2], lengths[-1]))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return product(*(map(str, range(length)) for length in self.lengths))

    @property
    def labels(self) -> Iterator[str]:
        """`c0_i1_j2`."""
        return ("_".join(map("".join, zip(self.marks, place, strict=True))) for place in self)
