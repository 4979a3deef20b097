"""What the traces of all operations have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from core.arrays import Array, Pair
from core.patch_matrix import PatchMatrix
from core.receptive_field import ReceptiveField, field_of
from core.window import Steps, Window

if TYPE_CHECKING:
    from core.axis_size import AxisSize
    from core.lesson import Lesson
    from core.windowed import Windowed

S_co = TypeVar("S_co", bound=Window, covariant=True)


@dataclass(frozen=True, eq=False)
class Scan(ABC, Generic[S_co]):
    """Everything that happens when a lesson's operation scans its input, window by window.

    Computed on first use, then kept; arrays are read-only.
    ``steps`` makes each step on demand, so a trace costs little more than the padded input and the output.
    """

    lesson: Lesson

    def _repr_html_(self) -> str:
        from core.trace_display import trace_html

        return trace_html(self)  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[Any, ...]:
        # Results are cheaper to compute again than to send to another process.
        return type(self), (self.lesson,)

    @property
    @abstractmethod
    def windowed(self) -> Windowed:
        """The operation as a window that slides over ``padded``."""

    @property
    @abstractmethod
    def output(self) -> Array:
        """(O, h, w): the feature maps."""

    @property
    @abstractmethod
    def steps(self) -> Steps[S_co]:
        """Every step, channel-major (o, r, c), made on demand."""

    @property
    @abstractmethod
    def im2col(self) -> PatchMatrix:
        """The scan as one matrix: a patch per row or per column."""

    @property
    def rank(self) -> int:
        """The axes of the input as the author wrote it: 2 for an image, 3 with channels; 1 and 2 for a signal."""
        return self.windowed.rank

    @property
    def input(self) -> Array:
        """(C, H, W)."""
        return self.windowed.input

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature map, in cells."""
        return self.windowed.output_size

    @property
    def axes(self) -> tuple[AxisSize, AxisSize]:
        """The output-size formula's steps for rows and for columns."""
        return self.windowed.axes

    @cached_property
    def padded(self) -> Array:
        """(C, Hp, Wp): the input with its border; the input itself when there is none."""
        return self.windowed.padded()

    def _steps(self, kind: type[Any]) -> Steps[Any]:
        return Steps(kind, self.windowed, self.padded, range(int(np.prod(self.windowed.output_shape))))

    def step_at(self, row: int, col: int, channel: int = 0) -> S_co:
        """The step whose output cell is (channel, row, col); IndexError outside the output."""
        shape = self.windowed.output_shape
        if not all(0 <= at < size for at, size in zip((channel, row, col), shape, strict=True)):
            raise IndexError(f"cell ({channel}, {row}, {col}) is outside the output of shape {shape}")
        return self.steps[(channel * shape[1] + row) * shape[2] + col]

    @property
    def highlight(self) -> S_co:
        """The step at the lesson's ``highlight``, in the first output channel."""
        return self.step_at(*self.windowed.highlight)

    @property
    def field(self) -> ReceptiveField:
        """The receptive field of the lesson's layers, which are read each time: a build notes who reads them."""
        return field_of(self.lesson.layers, self.lesson.plane, self.lesson.unit)
