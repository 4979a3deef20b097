"""The key of the im2col layout: what its marks mean, and what the layout costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from core import Trace
from figures._matrix import draw_padding_cell, draw_window
from figures._page import LEAST, Box, Page
from figures._tinted_cells import draw_copy_mark
from look import Look
from look.numbers import size
from look.patch_row import MatrixExcerpt, Source
from look.phrases import blow_up
from look.typesetting import Setting, fit

NAME = "im2col-layout"
SIZE, LINE, SECOND = 18.0, 30.0, 21.0  # type size; from a line to the next; to the second line of a text
INDENT = 32.0  # of text beside its mark

Mark = Callable[[Page, Box], None]


@dataclass(frozen=True)
class Key:
    """Lines of a key, no wider than `room`: each with its mark, or none, and its text."""

    lines: tuple[tuple[Mark | None, str], ...]
    room: float

    @cached_property
    def _set(self) -> list[tuple[Setting, float]]:
        settings = []
        for mark, text in self.lines:
            room = self.room - (INDENT if mark else 0)
            settings.append(fit(text, SIZE, room, least=LEAST, bold=mark is None, max_lines=2))
        return settings

    @property
    def width(self) -> float:
        """The widest line's."""
        marks = (mark for mark, _ in self.lines)
        return max(
            (INDENT if mark else 0) + setting.bounds[2] * size
            for mark, (setting, size) in zip(marks, self._set, strict=True)
        )

    @property
    def height(self) -> float:
        """Of all lines."""
        return sum(LINE + SECOND * (setting.lines - 1) for setting, _ in self._set)

    def draw(self, page: Page, x: float, y: float) -> None:
        """Draw the key with its top left corner at (x, y)."""
        y += LINE / 2
        for (mark, text), (setting, _) in zip(self.lines, self._set, strict=True):
            if mark:
                mark(page, (x, y - 10, x + 20, y + 10))
            indent = INDENT if mark else 0.0
            page.text(
                x + indent, y, text, SIZE, anchor="left", bold=mark is None, max_width=self.room - indent, max_lines=2
            )
            y += LINE + SECOND * (setting.lines - 1)


def make_key(trace: Trace, look: Look, excerpt: MatrixExcerpt, room: float) -> Key:
    """The key to what is shown of this trace, no wider than `room`."""
    step = trace.highlight
    row = trace.im2col.row_of(step.row, step.col)
    line = trace.convolution.line
    patch = "patch" if by_rows(trace) else "patch_column"
    if line:
        patch = "patch_in_line" if by_rows(trace) else "patch_column_in_line"
    place = {"index": row, "col": step.col} if line else {"index": row, "row": step.row, "col": step.col}
    uses = "own_columns" if by_rows(trace) else "own_rows"
    padding = "padding" if trace.convolution.padding_mode == "zeros" else "border"
    lines: list[tuple[Mark | None, str]] = [
        (_window, look.say(f"{NAME}.{patch}", **place)),
        (draw_copy_mark, _copies(trace, look, excerpt)),
        (draw_padding_cell, look.say(f"{NAME}.{padding}")),
        (None, cost(trace, look)),
    ]
    if trace.convolution.groups > 1:
        lines.insert(-1, (_group, look.say(f"{NAME}.{uses}", count=trace.convolution.groups)))
    if copies(trace, excerpt.most_copied(trace)) < 2:
        del lines[1]
    return Key(
        tuple(line for line in lines if line[0] is not draw_padding_cell or any(trace.convolution.padding)), room
    )


def by_rows(trace: Trace) -> bool:
    """Whether each patch is a row of the matrix, and not a column."""
    return trace.lesson.im2col_layout == "rows"


def laid_out(trace: Trace) -> tuple[int, int]:
    """The matrix's rows and columns, as the lesson lays it out."""
    patches, entries = trace.im2col.shape
    return (patches, entries) if by_rows(trace) else (entries, patches)


def _window(page: Page, box: Box) -> None:
    draw_window(page, box, thickness=3, radius=3)


def _group(page: Page, box: Box) -> None:
    """Two lines over columns, as those over the channels."""
    left, top, right, bottom = box
    middle = (left + right) / 2
    for x0, x1 in ((left, middle - 2), (middle + 2, right)):
        page.line([(x0, (top + bottom) / 2), (x1, (top + bottom) / 2)], "input", 2.5)


def copies(trace: Trace, source: Source) -> int:
    """How often an input cell stands in the matrix."""
    return int(trace.im2col.counts[source])


def _copies(trace: Trace, look: Look, excerpt: MatrixExcerpt) -> str:
    source, step = excerpt.most_copied(trace), trace.highlight
    count, shown = copies(trace, source), len(excerpt.copies(source))
    said = look.say(f"{NAME}.copies", count=count)
    if shown < count:
        said = look.say(f"{NAME}.copies_shown", count=count, shown=shown)
    _, row, column = source
    within = step.input_rows[0] <= row <= step.input_rows[-1] and step.input_cols[0] <= column <= step.input_cols[-1]
    if within and (row not in step.source_rows or column not in step.source_cols):
        return look.say(f"{NAME}.skipped", copies=said)
    return said


def cost(trace: Trace, look: Look) -> str:
    """Entries of the matrix against cells of the input: 9×9 = 81 entries from 25 cells (×3.24)."""
    return look.say(
        f"{NAME}.cost",
        size=size(*laid_out(trace)),
        entries=trace.im2col.entries,
        cells=trace.input.size,
        ratio=blow_up(trace),
    )
