"""The arithmetic of a stack of layers as a small table: depth, kernel, stride, jump, field."""

from __future__ import annotations

from core import FieldRow, ReceptiveField
from figures._page import LEAST, SMALL, Page
from look import Look
from look.field_phrases import SECTION, text_role
from look.numbers import size
from look.phrases import pair, sides
from look.typeset import typeset

ROW = 38.0  # page units; less when there are many layers
CROWDED = 21.0  # the least: type of LEAST with air around it


def columns(field: ReceptiveField) -> list[str]:
    """What the table says of each depth; padding and dilation only where a layer has any."""
    optional = {
        "padding": any(any(layer.padding) for layer in field.layers),
        "dilation": any(layer.dilation != (1, 1) for layer in field.layers),
    }
    heads = ("layer", "kernel", "stride", "padding", "dilation", "jump", "size")
    return [head for head in heads if optional.get(head, True)]


def table_height(field: ReceptiveField, height: float) -> float:
    """How high the table of `field` is where at most `height` is free."""
    lines = len(field.rows) + 1
    return lines * max(CROWDED, min(ROW, height / lines))


def draw_table(page: Page, field: ReceptiveField, x: float, y: float, width: float, height: float) -> None:
    """Draw the table with its top left corner at (x, y), `width` wide and `height` high (see `table_height`)."""
    look = page.look
    step = height / (len(field.rows) + 1)
    letters = max(LEAST, min(SMALL + 2, step * 0.5))
    heads = columns(field)
    lines = [[look.say(f"{SECTION}.table.{head}") for head in heads]]
    lines += [[_entry(row, head, look) for head in heads] for row in field.rows]
    widths = [
        max(
            typeset(line[k], bold=n == len(lines) - 1).width * (letters if n else LEAST) for n, line in enumerate(lines)
        )
        for k in range(len(heads))
    ]
    air = (width - sum(widths)) / max(1, len(heads) - 1)
    if air < 8:  # numbers of many digits: columns share the width and type shrinks to its column
        widths, air = [w * (width - 8 * (len(heads) - 1)) / sum(widths) for w in widths], 8.0
    rights = [x + sum(widths[: k + 1]) + k * air for k in range(len(heads))]
    for n, line in enumerate(lines):
        middle = y + (n + 0.5) * step
        for k, text in enumerate(line):
            role = "muted" if n == 0 else "ink" if k else text_role(field, n - 1)
            at, anchor = (x, "left") if k == 0 else (rights[k], "right")
            page.text(
                at,
                middle,
                text,
                letters if n else LEAST,
                role,
                anchor=anchor,
                max_width=widths[k] + 1,
                least=10,
                bold=n == len(lines) - 1,
            )
        thickness = 1.4 if n == 0 else 0.8
        page.line([(x, y + (n + 1) * step), (x + width, y + (n + 1) * step)], "grid" if n else "muted", thickness)


def _entry(row: FieldRow, head: str, look: Look) -> str:
    layer = row.layer
    if head == "layer":
        return look.number(row.depth) if layer else look.say(f"{SECTION}.table.input")
    if head in ("jump", "size"):
        return pair(row.jump) if head == "jump" else size(*row.size)
    if layer is None:
        return ""
    if head == "kernel":
        return size(*layer.kernel)
    if head == "padding":
        return sides(layer.padding)
    return pair(layer.stride if head == "stride" else layer.dilation)
