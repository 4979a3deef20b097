"""Numbers as a reader sees them: written in the core, whose traces show themselves in notebooks."""

from core.number_text import MINUS, TIMES, number, shown_exactly, size

__all__ = ["MINUS", "TIMES", "factor", "number", "shown_exactly", "size"]


def factor(value: float) -> str:
    """How many times as much as something else: to two decimals, and below one to three digits.

    >>> factor(12.25), factor(3.24), factor(0.125), factor(1 / 16), factor(100.0)
    ('12.25', '3.24', '0.125', '0.0625', '100')
    """
    return number(round(value, 2) if value >= 1 else float(f"{value:.3g}"))
