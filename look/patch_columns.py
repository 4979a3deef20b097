"""What of the im2col matrix with a patch per column is shown: the same patches, laid side by side."""

from __future__ import annotations

from core import Trace
from look.drawing import widest_number
from look.excerpt import abridge, blocks
from look.grid import extent
from look.patch_row import MARGIN, TALL, WIDE, MatrixExcerpt, read_row

FEWEST = 3  # patches or taps shown at least


def column_excerpt(trace: Trace, width: float, height: float, least: float) -> MatrixExcerpt:
    """As much of the matrix as fits width × height with digits of at least size `least`; without digits if need be.

    As in `look.patch_row.matrix_excerpt`, `rows` are the patches, which stand side by side here, and `columns` what
    they hold, from top to bottom.
    """
    count, channels, taps = trace.im2col.shape[0], len(trace.input), trace.im2col.taps
    lit = trace.im2col.row_of(trace.highlight.row, trace.highlight.col)
    high = least * TALL
    fitting = (blocks(channels, taps, min(channels, 4), most) for most in range(min(taps, 16), 2, -1))
    shown = next(
        (places for places in fitting if extent(places, taps) * high <= height), blocks(channels, taps, 3, FEWEST)
    )
    for most in range(min(count, int(width / (least * WIDE))), FEWEST - 1, -1):
        rows = abridge(count, most, around=lit)
        patches = tuple(read_row(trace, index) for index in rows if index is not None)
        widest = widest_number(patch.values[tap] for patch in patches for tap in shown if tap is not None)
        if extent(rows) * max(widest * least / (1 - 2 * MARGIN), least * WIDE) <= width:
            return MatrixExcerpt(rows, shown, patches, True, widest)
    rows = abridge(count, max(FEWEST, int(width / (least * WIDE))), around=lit)
    return MatrixExcerpt(rows, shown, tuple(read_row(trace, at) for at in rows if at is not None), False, 0.0)
