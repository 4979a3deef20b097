"""Which parts of a lesson a drawing reads: only a change of one of these can change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from core.any_lesson import AnyLesson
from core.card import Card
from core.lesson import Lesson
from core.lesson_parts import FIELD, LAYOUT, NETWORK, OPERATION, SITE, TAGLINE, TITLE, part_in
from core.localized import LANGUAGES, Localized
from core.network_lesson import NetworkLesson
from core.operation import Operation

ALWAYS = (OPERATION, NETWORK)
"""Never left alone, so nobody notes whether they are read."""

PART_OF = {"layers": FIELD, "plane": FIELD, "unit": FIELD, "im2col_layout": LAYOUT, "traits": LAYOUT}
"""The attributes of a lesson that are not texts, and not of the operation itself."""

L = TypeVar("L", bound=AnyLesson)

_noting: set[str] | None = None


class _NotedText(Localized):
    """A text that notes in which language it is read."""

    def __getattribute__(self, name: str) -> Any:
        if name in LANGUAGES:
            _note(part_in(object.__getattribute__(self, "part"), name))
        return super().__getattribute__(name)


class _NotedLesson(Lesson):
    """A lesson that notes which of its parts are read."""

    def __getattribute__(self, name: str) -> Any:
        if name in PART_OF:
            _note(PART_OF[name])
        return super().__getattribute__(name)

    def about(self, operation: Operation) -> Lesson:
        """As for any lesson; to copy a part is not to read it."""
        with parts_noted():
            return super().about(operation)


def noted(lesson: L) -> L:
    """The same lesson, equal to it, whose parts are noted as they are read; see `parts_noted`."""
    digest = lesson.digest  # what compares it, and reads it all
    title = _text(lesson.title, TITLE)
    if isinstance(lesson, NetworkLesson):
        copy: Any = replace(lesson, title=title)
    else:
        card = Card(_text(lesson.card.site, SITE), _text(lesson.card.tagline, TAGLINE))
        copy = object.__new__(_NotedLesson)
        vars(copy).update(vars(lesson), title=title, card=card)
    vars(copy)["digest"] = digest
    return copy  # type: ignore[no-any-return]


@contextmanager
def parts_noted() -> Iterator[set[str]]:
    """Give a set that fills with the parts that are read of any lesson made by `noted`."""
    global _noting
    before, _noting = _noting, set()
    try:
        yield _noting
    finally:
        _noting = before


def _text(text: Localized, part: str) -> Localized:
    copy = _NotedText(text.en, text.zh)
    vars(copy)["part"] = part
    return copy


def _note(part: str) -> None:
    if _noting is not None:
        _noting.add(part)
