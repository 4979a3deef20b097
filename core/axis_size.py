"""The output-size formula along one axis, with every intermediate value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class AxisSize:
    """``output = floor((input + before + after - span) / stride) + 1`` for rows or for columns, in cells.

    ``span = dilation * (kernel - 1) + 1`` is how far the dilated kernel reaches.

    >>> axis = AxisSize(input=5, before=0, after=0, kernel=3, dilation=1, stride=1)
    >>> axis.numerator, axis.quotient, axis.output
    (2, 2, 3)

    ``ceil`` rounds up instead, by PyTorch's rule: a last window that would start beyond the input and the padding
    before it is dropped. What that window reads past the padding is the ``overhang``: it belongs to no average. A
    negative ``before`` or ``after`` takes cells away (the border of a transposed convolution).

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", relationship 6 and section 5.1.
    """

    input: int
    before: int
    after: int
    kernel: int
    dilation: int
    stride: int
    ceil: bool = False

    @property
    def padding(self) -> int:
        """Cells of padding on both sides together."""
        return self.before + self.after

    @property
    def padded(self) -> int:
        """Cells after padding."""
        return self.input + self.padding

    @property
    def span(self) -> int:
        """Cells from the kernel's first to its last, holes included."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def numerator(self) -> int:
        """How far the window can travel; negative when it does not fit."""
        return self.padded - self.span

    @property
    def quotient(self) -> int:
        """Strides in the numerator: rounded down, or up under ``ceil``."""
        return -(-self.numerator // self.stride) if self.ceil else self.numerator // self.stride

    @property
    def dropped(self) -> bool:
        """Whether ``ceil`` gives up its last window, which would start in the padding after the input."""
        return self.ceil and self.quotient * self.stride >= self.before + self.input

    @property
    def remainder(self) -> int:
        """What the division leaves: under floor, the last window ends this many cells before the end."""
        return self.numerator % self.stride

    @property
    def output(self) -> int:
        """Output cells along this axis."""
        return self.quotient + 1 - self.dropped

    @property
    def overhang(self) -> int:
        """Cells past the padded axis that its last window reads; 0 except under ``ceil``."""
        return max(0, (self.output - 1) * self.stride + self.span - self.padded)

    @property
    def overrun(self) -> int:
        """Cells by which one more window would reach past the end of the padded axis."""
        return self.taps(self.output)[-1] + 1 - self.padded

    def taps(self, at: int) -> tuple[int, ...]:
        """(kernel,) the padded indices that window ``at`` reads, or would read if it went on past the end."""
        return tuple(at * self.stride + tap * self.dilation for tap in range(self.kernel))

    @cached_property
    def unread(self) -> tuple[int, ...]:
        """Padded indices that no window reads: the strip at the end, and holes that stride or dilation leave."""
        return tuple(np.flatnonzero(self.reads == 0).tolist())

    @cached_property
    def reads(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """(padded,) how many windows read each padded index; read-only."""
        reads = np.zeros(self.padded, np.int64)
        for tap in range(self.kernel):
            first = tap * self.dilation
            reads[first : first + (self.output - 1) * self.stride + 1 : self.stride] += 1
        reads.setflags(write=False)
        return reads
