"""The same convolution with each padding mode: what its border is made of, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.arrays import Array
from core.padding import PADDING_MODES, most_padding
from core.step import Step
from core.trace import Trace


@dataclass(frozen=True, eq=False)
class ModeVariant:
    """``trace`` is the lesson's with padding mode ``mode``, or None where the input has too few cells for that.

    ``most`` is then the most cells of padding that the mode can take from this input, on the side that is too wide.
    ``own`` marks the lesson's.
    """

    mode: str
    trace: Trace | None
    most: int | None
    own: bool

    @property
    def sources(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,): the input row and column that each padded index shows; -1 for none."""
        assert self.trace is not None
        return self.trace.convolution.sources


def mode_variants(trace: Trace) -> tuple[ModeVariant, ...]:
    """One for each of ``PADDING_MODES``, in that order."""
    convolution = trace.convolution
    found = []
    for mode in PADDING_MODES:
        most = [most_padding(mode, size) for size in convolution.input.shape[1:]]
        short = [most[side % 2] for side, cells in enumerate(convolution.padding) if cells > _bound(most[side % 2])]
        own = mode == convolution.padding_mode
        other = None if short else Trace(trace.lesson.about(replace(convolution, padding_mode=mode)))
        found.append(ModeVariant(mode, trace if own else other, short[0] if short else None, own))
    return tuple(found)


def _bound(most: int | None) -> float:
    return float("inf") if most is None else most


def border_step(trace: Trace) -> Step:
    """A step whose window reads the border, so that the mode matters: the highlight, else one at a corner.

    The highlight, if none of these does.
    """
    rows, cols = trace.output_size
    corners = [(row, col) for row in (0, rows - 1) for col in (0, cols - 1)]
    for step in (trace.highlight, *(trace.step_at(row, col) for row, col in corners)):
        if not step.inside.all():
            return step
    return trace.highlight
