"""A node's field as texts, for the tables that people read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.node_field import NodeField
from core.number_text import MINUS, size

HEADER = ("node", "op", "plane", "field", "stride", "start", "padding", "aligned")
WIDEST = 48


def node_line(row: NodeField) -> tuple[str, ...]:
    """A text for each of ``HEADER``; "?" for what depends on the picture's size."""
    start = pair_text(row.start) if row.start else "?"
    padding = pair_text(row.padding) if row.padding else "?"
    aligned = "yes" if row.aligned else f"no: {told(str(row.misaligned))}"
    return (
        *(told(row.name), told(row.op), plane_text(row.plane)),
        *(size(*row.size), pair_text(row.stride), start, padding, aligned),
    )


def pair_text(pair: Sequence[Fraction | int]) -> str:
    """One number where both directions agree."""
    one, two = (_number(value) for value in pair)
    return one if one == two else f"{one}, {two}"


def _number(value: Fraction | int) -> str:
    return str(plain_number(value)).replace("-", MINUS)


def plain_number(value: Fraction | int) -> int | float:
    """A whole number as such, any other as a decimal."""
    return int(value) if Fraction(value).denominator == 1 else float(value)


def plane_text(cells: Sequence[int | None]) -> str:
    """`224×224`; "?" where a length is open."""
    return "×".join("?" if cell is None else str(cell) for cell in cells)


def told(name: str) -> str:
    """A name for a terminal: control characters spelled out, shortened from the left, where its path begins."""
    text = name if name.isprintable() else repr(name)
    return text if len(text) <= WIDEST else "…" + text[-WIDEST + 1 :]
