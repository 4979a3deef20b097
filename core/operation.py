"""Every operation that a lesson can be about, and the trace of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from core.convolution import Convolution
from core.pool_trace import AveragePoolTrace, MaxPoolTrace
from core.pooling import AveragePool, MaxPool
from core.separable_convolution import SeparableConvolution
from core.separable_trace import SeparableTrace
from core.trace import Trace
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import TransposedConvolution

if TYPE_CHECKING:
    from core.lesson import Lesson

Operation: TypeAlias = Convolution | TransposedConvolution | MaxPool | AveragePool | SeparableConvolution
AnyTrace: TypeAlias = Trace | TransposeTrace | MaxPoolTrace | AveragePoolTrace | SeparableTrace

_TRACES: dict[type, type[AnyTrace]] = {
    Convolution: Trace,
    TransposedConvolution: TransposeTrace,
    MaxPool: MaxPoolTrace,
    AveragePool: AveragePoolTrace,
    SeparableConvolution: SeparableTrace,
}


def trace_of(lesson: Lesson) -> AnyTrace:
    """The trace of a lesson, whatever its operation."""
    return _TRACES[type(lesson.convolution)](lesson)
