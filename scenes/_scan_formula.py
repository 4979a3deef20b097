"""The formulas under the picture: of the output's size at the end of a scan, and of a dilated kernel's span."""

from __future__ import annotations

from manim import Group

from core import AxisSize, TransposedAxis, TransposeTrace
from core.scan import Scan
from core.window import Window
from look import Look
from look.phrases import size_formula, span_formula
from look.transposed_phrases import transposed_formula
from look.typesetting import Setting, typeset
from scenes._ink import WIDTH, lettering
from scenes._scan_layout import MARGIN, ROOM, SUM_LINE

SIZE, WORD, SPACE = 38.0, 30.0, 72.0
HIGH = 98.0  # px; a fraction is set smaller, to keep clear of what stands above it and of the foot
Y = SUM_LINE + 5


def size_formulas(trace: Scan[Window], look: Look) -> Group:
    """The formula of the output's size, in symbols and numbers; of rows and columns, in numbers, where they differ."""
    rows, columns = trace.transposed.axes if isinstance(trace, TransposeTrace) else trace.axes
    if rows == columns or trace.windowed.line:
        return _alone(look, _size(columns, look))
    return _both(look, *(_size(axis, look, symbols=False) for axis in (rows, columns)))


def span_formulas(trace: Scan[Window], look: Look) -> Group:
    """The formula of how far a dilated kernel reaches, likewise."""
    rows, columns = trace.axes
    if (rows.kernel, rows.dilation) == (columns.kernel, columns.dilation) or trace.windowed.line:
        return _alone(look, span_formula(columns, look))
    return _both(look, *(span_formula(axis, look, symbols=False) for axis in (rows, columns)))


def _size(axis: AxisSize | TransposedAxis, look: Look, *, symbols: bool = True) -> Setting:
    if isinstance(axis, TransposedAxis):
        return transposed_formula(axis, look, symbols=symbols)
    return size_formula(axis, look, symbols=symbols)


def _alone(look: Look, setting: Setting) -> Group:
    return Group(lettering(setting, WIDTH / 2, Y, _largest(setting), look, max_width=ROOM))


def _largest(*settings: Setting) -> float:
    """The type of formulas that stand side by side."""
    heights = (setting.bounds[3] - setting.bounds[1] for setting in settings)
    return min(SIZE, HIGH / max(heights))


def _both(look: Look, rows: Setting, columns: Setting) -> Group:
    named = [
        (look.say("convolution-scan.rows_formula"), rows),
        (look.say("convolution-scan.columns_formula"), columns),
    ]
    widths = [(typeset(word).width * WORD + 20, setting.width) for word, setting in named]
    words = sum(word for word, _ in widths) + SPACE
    size = min(_largest(rows, columns), (ROOM - words) / sum(formula for _, formula in widths))
    x = (WIDTH - words - size * sum(formula for _, formula in widths)) / 2
    x = max(x, MARGIN)
    drawn = Group()
    for (word, setting), (word_width, formula_width) in zip(named, widths, strict=True):
        drawn.add(lettering(word, x, Y, WORD, look, "muted", anchor="left"))
        drawn.add(lettering(setting, x + word_width, Y, size, look, anchor="left"))
        x += word_width + formula_width * size + SPACE
    return drawn
