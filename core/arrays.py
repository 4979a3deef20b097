"""The shapes of core's values: arrays that nobody can write to, pairs per axis, sides per padding."""

from __future__ import annotations

from dataclasses import Field
from typing import Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]  # int64 or float64
Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[int, int, int, int]
Box: TypeAlias = tuple[int, int, int, int]
"""(row0, col0, row1, col1), half-open, in cells of a plane; beyond the plane where padding is read."""


def freeze(array: Array) -> Array:
    """A read-only array with the same values: ``array`` itself if it is read-only already, else a copy."""
    if array.flags.writeable:
        array = array.copy()
        array.setflags(write=False)
    return array


def finished(array: Array) -> Array:
    """``array`` itself, from now on read-only: for an array that its maker alone holds."""
    array.setflags(write=False)
    return array


class ReadOnlyArrays:
    """A frozen dataclass whose arrays are read-only, also after a journey to another process.

    Only the fields travel: what was computed from them is cheaper to compute again.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, np.ndarray):
                object.__setattr__(self, name, freeze(value))

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for value in state.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)  # NumPy forgets this when pickling
