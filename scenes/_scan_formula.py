"""The formula of the output's size, at the end of the scan."""

from __future__ import annotations

from manim import Group

from core import AxisSize, TransposedAxis, TransposeTrace
from core.scan import Scan
from core.window import Window
from look import Look
from look.phrases import size_formula
from look.transposed_phrases import transposed_formula
from look.typesetting import Setting, typeset
from scenes._ink import WIDTH, lettering
from scenes._scan_layout import MARGIN, ROOM, SUM_LINE

SIZE, WORD, SPACE = 38.0, 30.0, 72.0
Y = SUM_LINE + 4


def size_formulas(trace: Scan[Window], look: Look) -> Group:
    """One formula in symbols and numbers where rows and columns agree or it is a line, else the numbers of both."""
    rows, columns = trace.transposed.axes if isinstance(trace, TransposeTrace) else trace.axes
    if rows == columns or trace.windowed.line:
        return Group(lettering(_set(columns, look), WIDTH / 2, Y, SIZE, look, max_width=ROOM))
    named = [
        (look.say(f"convolution-scan.{name}"), _set(axis, look, symbols=False))
        for name, axis in (("rows_formula", rows), ("columns_formula", columns))
    ]
    widths = [(typeset(word).width * WORD + 20, setting.width) for word, setting in named]
    words = sum(word for word, _ in widths) + SPACE
    size = min(SIZE, (ROOM - words) / sum(formula for _, formula in widths))
    x = (WIDTH - words - size * sum(formula for _, formula in widths)) / 2
    x = max(x, MARGIN)
    drawn = Group()
    for (word, setting), (word_width, formula_width) in zip(named, widths, strict=True):
        drawn.add(lettering(word, x, Y, WORD, look, "muted", anchor="left"))
        drawn.add(lettering(setting, x + word_width, Y, size, look, anchor="left"))
        x += word_width + formula_width * size + SPACE
    return drawn


def _set(axis: AxisSize | TransposedAxis, look: Look, *, symbols: bool = True) -> Setting:
    if isinstance(axis, TransposedAxis):
        return transposed_formula(axis, look, symbols=symbols)
    return size_formula(axis, look, symbols=symbols)
