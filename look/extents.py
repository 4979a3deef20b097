"""Extents and places in words: an image has rows and columns, a signal only one of them."""

from __future__ import annotations

from typing import Any

from core.scan import Scan
from core.window import Window
from look.look import Look
from look.numbers import number

AnyScan = Scan[Any]
"""A trace with windows and steps: every one but that of a separable convolution."""


def extents_in(trace: AnyScan, rows: int, columns: int) -> tuple[int, ...]:
    """The extents of a plane that holds rows and columns as the lesson counts them: of a signal its length alone.

    Of a (1, 9) signal it is (9,), of an image (5, 9) both.
    """
    return (columns,) if trace.windowed.line else (rows, columns)


def place_in_output(step: Window, look: Look) -> str:
    """Which output cell a step makes: its row and column, of a signal its index."""
    if step.operation.line:
        return look.say("common.output_index", index=step.col)
    return look.say("common.output_cell", row=step.row, col=step.col)


def place(step: Window, look: Look) -> str:
    """The same without saying that it is the output's."""
    if step.operation.line:
        return look.say("common.index", index=step.col)
    return look.say("common.cell", row=step.row, col=step.col)


def cell_index(step: Window) -> str:
    """The output cell of a step within its map: (1, 2), of a signal (2)."""
    place = (step.col,) if step.operation.line else (step.row, step.col)
    return f"({', '.join(number(index) for index in place)})"


def counting(trace: AnyScan, look: Look) -> str:
    """From where rows and columns, or a signal's cells, are counted."""
    return look.say(f"common.conventions.{'cells' if trace.windowed.line else 'rows'}_from_zero")
