"""The order in which a reader meets a lesson's drawings: by topic, as the article tells them."""

from __future__ import annotations

from fnmatch import fnmatchcase

TOPICS = ("*scan", "hand*", "output*", "padding*", "feature*", "*channel*", "depthwise*", "im2col*", "col2im*")
"""Patterns of names. A drawing of no topic comes after those of all."""


def reading_order(name: str, lesson: str) -> tuple[bool, int, str]:
    """What to sort a lesson's artifacts of one kind by: first those named as the lesson is, which are its subject."""
    at = next((at for at, topic in enumerate(TOPICS) if fnmatchcase(name, topic)), len(TOPICS))
    return not name.startswith(lesson), at, name
