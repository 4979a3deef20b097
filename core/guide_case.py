"""The named cases of "A guide to convolution arithmetic" (Dumoulin and Visin): square, one setting for both axes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array, finished
from core.convolution import Convolution
from core.transposed_convolution import TransposedConvolution

if TYPE_CHECKING:
    from core.operation import Operation
    from core.windowed import Windowed


@dataclass(frozen=True)
class GuideCase:
    """``size``, ``kernel``, ``stride``, ``padding`` and ``dilation`` are the guide's i, k, s, p and d, in cells.

    Of a ``transposed`` case, ``size`` is what goes into it, and the others are those of the convolution that is
    transposed; ``extended`` is the output padding.
    """

    name: str
    size: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    transposed: bool = False
    extended: int = 0

    @cached_property
    def operation(self) -> Convolution | TransposedConvolution:
        """The case as an operation on zeros: its geometry."""
        plane, kernel, bias = _zeros(1, self.size, self.size), _zeros(1, 1, self.kernel, self.kernel), _zeros(1)
        stride, padding, dilation = (self.stride,) * 2, (self.padding,) * 4, (self.dilation,) * 2
        if self.transposed:
            extended = self.extended, self.extended
            return TransposedConvolution(plane, kernel, bias, stride, dilation, padding, extended)
        return Convolution(plane, kernel, bias, stride, dilation, padding)

    @property
    def windowed(self) -> Windowed:
        """What the window slides over: of a transposed case, the input with zeros between its cells."""
        operation = self.operation
        return operation.gather if isinstance(operation, TransposedConvolution) else operation


def _zeros(*shape: int) -> Array:
    return finished(np.zeros(shape, np.int64))


CASES = (
    GuideCase("no_padding_no_strides", 4, 3),
    GuideCase("arbitrary_padding_no_strides", 5, 4, padding=2),
    GuideCase("same_padding_no_strides", 5, 3, padding=1),
    GuideCase("full_padding_no_strides", 5, 3, padding=2),
    GuideCase("no_padding_strides", 5, 3, stride=2),
    GuideCase("padding_strides", 5, 3, stride=2, padding=1),
    GuideCase("padding_strides_odd", 6, 3, stride=2, padding=1),
    GuideCase("dilation", 7, 3, dilation=2),
    GuideCase("no_padding_no_strides_transposed", 2, 3, transposed=True),
    GuideCase("arbitrary_padding_no_strides_transposed", 6, 4, padding=2, transposed=True),
    GuideCase("same_padding_no_strides_transposed", 5, 3, padding=1, transposed=True),
    GuideCase("full_padding_no_strides_transposed", 7, 3, padding=2, transposed=True),
    GuideCase("no_padding_strides_transposed", 2, 3, stride=2, transposed=True),
    GuideCase("padding_strides_transposed", 3, 3, stride=2, padding=1, transposed=True),
    GuideCase("padding_strides_odd_transposed", 3, 3, stride=2, padding=1, transposed=True, extended=1),
)
"""In the guide's order. Each is a lesson too, by the same name: a test holds them to each other."""


def case_of(operation: Operation) -> GuideCase | None:
    """The case that has the sizes of ``operation``, or None."""
    if not isinstance(operation, Convolution | TransposedConvolution):
        return None
    return next((case for case in CASES if case.operation.axes == operation.axes), None)
