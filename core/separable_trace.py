"""A depthwise separable convolution scanned: two traces, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.arrays import Array, Pair
from core.receptive_field import ReceptiveField
from core.separable_convolution import SeparableConvolution
from core.step import Step
from core.trace import Trace

if TYPE_CHECKING:
    from core.lesson import Lesson


@dataclass(frozen=True, eq=False)
class SeparableTrace:
    """Everything that happens in the two stages; each is an ordinary ``Trace``. Computed on first use, then kept."""

    lesson: Lesson

    def _repr_html_(self) -> str:
        from core.trace_display import trace_html

        return trace_html(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return SeparableTrace, (self.lesson,)

    @property
    def separable(self) -> SeparableConvolution:
        """The lesson's arrays and geometry. TypeError for a lesson of another operation."""
        operation = self.lesson.convolution
        if not isinstance(operation, SeparableConvolution):
            raise TypeError(f"{self.lesson.name} is a {type(operation).__name__}: trace_of(lesson) gives its trace")
        return operation

    @cached_property
    def depthwise(self) -> Trace:
        """The first stage: each channel by itself."""
        return Trace(self.lesson.about(self.separable.depthwise))

    @cached_property
    def pointwise(self) -> Trace:
        """The second stage: a 1x1 kernel over the maps of the first."""
        return Trace(self.lesson.about(self.separable.mixing(self.depthwise.output)))

    @cached_property
    def merged(self) -> Trace:
        """The one convolution that gives the same output, up to the rounding of decimals."""
        return Trace(self.lesson.about(self.separable.merged()))

    @property
    def stages(self) -> tuple[Trace, Trace]:
        """``depthwise`` and ``pointwise``."""
        return self.depthwise, self.pointwise

    @property
    def rank(self) -> int:
        """The axes of the input as the author wrote it."""
        return self.separable.rank

    @property
    def input(self) -> Array:
        """(C, H, W)."""
        return self.separable.input

    @property
    def output(self) -> Array:
        """(O, h, w): the feature maps of the second stage; integers stay integers."""
        return self.pointwise.output

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature maps."""
        return self.separable.output_size

    @property
    def highlight(self) -> Step:
        """The second stage's step at the lesson's ``highlight``; the first stage has one at the same cell."""
        return self.pointwise.highlight

    @property
    def field(self) -> ReceptiveField:
        """The receptive field of the lesson's layers."""
        return self.depthwise.field
