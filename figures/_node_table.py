"""The receptive fields of a network's nodes as a table: node, plane, field, stride, padding, alignment."""

from __future__ import annotations

from collections.abc import Sequence

from core import LessonField, NetworkCone, NodeField
from figures._field_table import FieldTable, draw_lines, table_of
from figures._page import LEAST, SMALL, Page
from look import Look
from look.network_phrases import SECTION, fractions, short
from look.numbers import size

MOST = 19  # nodes; of more those that all paths cross
ROW, CROWDED = 34.0, 22.0  # page units


def nodes_shown(field: LessonField, cone: NetworkCone) -> list[NodeField]:
    """The nodes up to the cone's own, or so many of them that a page holds."""
    rows = list(field.rows)
    rows = rows[: [row.name for row in rows].index(field[field.focus[0]].name) + 1]
    return rows if len(rows) <= MOST else [station.row for station in cone.abridged(MOST + 1).layers]


def node_table(rows: Sequence[NodeField], look: Look, height: float) -> FieldTable:
    """The table of `rows` where at most `height` is free; whether they are aligned only if one is not."""
    step = max(CROWDED, min(ROW, height / (len(rows) + 1)))
    told = [look.say(f"{SECTION}.table.yes"), look.say(f"{SECTION}.table.no")]
    lines = [
        (
            look.say(f"{SECTION}.table.node"),
            look.say(f"{SECTION}.table.plane"),
            look.say(f"{SECTION}.table.size"),
            look.say(f"{SECTION}.table.stride"),
            look.say(f"{SECTION}.table.padding"),
            look.say(f"{SECTION}.table.aligned"),
        )
    ]
    for row in rows:
        padding = look.say(f"{SECTION}.table.unknown") if row.padding is None else fractions(row.padding)
        plane = size(*(length or 0 for length in row.plane))
        lines.append((short(row.name), plane, size(*row.size), fractions(row.stride), padding, told[not row.aligned]))
    if all(row.aligned for row in rows):
        lines = [line[:-1] for line in lines]
    return table_of(lines, max(LEAST, min(SMALL + 1, step * 0.5)), step * len(lines))


def draw_node_table(page: Page, table: FieldTable, rows: Sequence[NodeField], x: float, y: float, width: float) -> None:
    """Draw it with its top left corner at (x, y); the unit's own node in its hue, what is not aligned as a warning."""
    roles = ["ink" if row.aligned else "negative" for row in rows]
    draw_lines(page, table, [*roles[:-1], "output" if rows[-1].aligned else "negative"], x, y, width)
