"""The arithmetic of a stack of layers as a small table: depth, kernel, stride, jump, field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import FieldRow, ReceptiveField
from figures._page import LEAST, SMALL, Page
from look import Look
from look.field_phrases import SECTION, along, extent, rounds_up, text_role
from look.numbers import number
from look.phrases import named_sides, sides
from look.typesetting import typeset

AIR = 12.0  # page units, at least, between columns
ROW = 38.0  # page units; less when there are many layers
CROWDED = 21.0  # the least: type of LEAST with air around it


def columns(field: ReceptiveField) -> list[str]:
    """What the table says of each depth; padding, what rounding up adds, and dilation only where a layer has any."""
    optional = {
        "padding": any(any(layer.padding) for layer in field.layers),
        "ceil": rounds_up(field),
        "dilation": any(layer.dilation != (1, 1) for layer in field.layers),
    }
    heads = ("layer", "kernel", "stride", "padding", "ceil", "dilation", "jump", "size")
    return [head for head in heads if optional.get(head, True)]


@dataclass(frozen=True)
class FieldTable:
    """The table set in type: `lines` of entries, the first one the heads, and the width each column wants."""

    lines: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    letters: float
    height: float

    @property
    def width(self) -> float:
        """What the columns want together, with air between them."""
        return sum(self.widths) + AIR * (len(self.widths) - 1)


def set_table(field: ReceptiveField, look: Look, height: float, *, line: bool, thing: str) -> FieldTable:
    """The table of `field`, a `line` where it is a signal's, where at most `height` is free; `thing` has taps."""
    heads = columns(field)
    count = len(field.rows) + 1
    step = max(CROWDED, min(ROW, height / count))
    letters = max(LEAST, min(SMALL + 2, step * 0.5))
    lines = [tuple(look.say(f"common.{thing}" if head == "kernel" else f"{SECTION}.table.{head}") for head in heads)]
    lines += [tuple(_entry(field, row, head, look, line=line) for head in heads) for row in field.rows]
    return table_of(lines, letters, step * count)


def table_of(lines: Sequence[tuple[str, ...]], letters: float, height: float) -> FieldTable:
    """A table of these lines, the first one the heads, in type of size `letters`; the last line is set bold."""
    last = len(lines) - 1
    widths = [
        max(typeset(line[k], bold=n == last).width * (letters if n else LEAST) for n, line in enumerate(lines))
        for k in range(len(lines[0]))
    ]
    return FieldTable(tuple(lines), tuple(widths), letters, height)


def draw_table(page: Page, table: FieldTable, field: ReceptiveField, x: float, y: float, width: float) -> None:
    """Draw the table with its top left corner at (x, y), `width` wide; each depth is named in its own hue."""
    draw_lines(page, table, [text_role(field, depth) for depth in range(len(field.rows))], x, y, width)


def draw_lines(page: Page, table: FieldTable, roles: Sequence[str], x: float, y: float, width: float) -> None:
    """Draw a table with its top left corner at (x, y), `width` wide; `roles` are those of the lines' first entries."""
    step = table.height / len(table.lines)
    shrink = min(1.0, (width - AIR * (len(table.widths) - 1)) / sum(table.widths))  # below 1: numbers of many digits
    widths = [wanted * shrink for wanted in table.widths]
    air = (width - sum(widths)) / (len(widths) - 1)
    for n, line in enumerate(table.lines):
        middle = y + (n + 0.5) * step
        for k, text in enumerate(line):
            right = x + sum(widths[: k + 1]) + k * air
            page.text(
                right if k else x,
                middle,
                text,
                table.letters if n else LEAST,
                "muted" if n == 0 else "ink" if k else roles[n - 1],
                anchor="right" if k else "left",
                max_width=widths[k] + 1,
                least=10,
                bold=n == len(table.lines) - 1,
            )
        rule = y + (n + 1) * step
        page.line([(x, rule), (x + width, rule)], "grid" if n else "muted", 0.8 if n else 1.4)


def _entry(field: ReceptiveField, row: FieldRow, head: str, look: Look, *, line: bool) -> str:
    layer = row.layer
    if head == "layer":
        return look.number(row.depth) if layer else look.say(f"{SECTION}.table.input")
    if head in ("jump", "size"):
        return along(row.jump, line=line) if head == "jump" else extent(row.size, line=line)
    if layer is None:
        return ""
    if head == "kernel":
        return extent(layer.kernel, line=line)
    if head == "padding":
        told = ", ".join(map(number, layer.padding[1::2] if line else layer.padding))
        return f"({told})" if named_sides(layer.padding) else sides(layer.padding, look, line=line)
    if head == "ceil":
        beyond = field.overhang(row.depth)
        return f"+{along(beyond, line=line)}" if any(beyond) else ""
    return along(layer.stride if head == "stride" else layer.dilation, line=line)
