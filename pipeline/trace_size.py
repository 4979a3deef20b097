"""How long the whole of a trace would be, written out."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core import AnyTrace

MOST_NUMBERS = 30_000_000
"""More numbers than this make a file that no reader opens (about 150 MB)."""


class TooLargeError(ValueError):
    """A table that would be absurdly long; the text is one sentence."""


def refuse_absurd(trace: AnyTrace) -> None:
    """Raise TooLargeError when all steps of `trace` hold more than `MOST_NUMBERS` numbers."""
    numbers = _numbers(trace)
    if numbers > MOST_NUMBERS:
        raise TooLargeError(
            f"{trace.lesson.name}: all steps of this lesson are {numbers:,} numbers, more than the {MOST_NUMBERS:,} "
            "that are written out; use a smaller input or a larger stride"
        )


def _numbers(trace: AnyTrace) -> int:
    """What the steps read and multiply, the im2col matrix, and the stamps of a transposed convolution."""
    from core import SeparableTrace, Trace, TransposeTrace

    if isinstance(trace, SeparableTrace):
        return sum(map(_numbers, trace.stages))
    if isinstance(trace, Trace | TransposeTrace):
        outputs, *kernel = trace.weights.shape
        read = 2 * outputs * prod(kernel)
    else:
        read = len(trace.input) * prod(trace.windowed.window_size)
    stamped: int = trace.input.size * trace.kernel[0].size if isinstance(trace, TransposeTrace) else 0
    return prod(trace.output_size) * int(read) + trace.im2col.entries + stamped
