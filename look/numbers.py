"""Numbers as a reader sees them: written in the core, whose traces show themselves in notebooks."""

from core.number_text import MINUS, TIMES, number, shown_exactly, size

__all__ = ["MINUS", "TIMES", "number", "shown_exactly", "size"]
