"""The order in which a reader meets a lesson's drawings: by topic, as the article tells them."""

from __future__ import annotations

from fnmatch import fnmatchcase

TOPICS = ("*scan", "hand*", "output*", "padding*", "feature*", "*channel*", "depthwise*", "im2col*", "col2im*")
"""Patterns of names. A drawing of no topic comes after those of all."""


def reading_order(name: str) -> tuple[int, str]:
    """What to sort artifacts of one kind by."""
    return next((at for at, topic in enumerate(TOPICS) if fnmatchcase(name, topic)), len(TOPICS)), name
