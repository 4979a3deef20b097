"""Whether the networks of lessons can be drawn: asked before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from core import NetworkError, NetworkLesson
from pipeline.request_error import RequestError

if TYPE_CHECKING:
    from core import AnyLesson, LessonField
    from pipeline.job import Job


def traced_networks(lessons: Iterable[AnyLesson]) -> dict[str, LessonField]:
    """The fields of those lessons that are about a network, by name.

    Raises RequestError, one sentence, for a loop and for a node that cannot be computed.
    """
    fields = {}
    try:
        for lesson in lessons:
            if isinstance(lesson, NetworkLesson):
                from core import LessonField

                fields[lesson.name] = LessonField(lesson)
                for stop in fields[lesson.name].stops:
                    raise NetworkError(stop.sentence(lesson.network.opening))
    except NetworkError as error:
        raise RequestError(str(error)) from error
    return fields


def check_drawable(fields: Mapping[str, LessonField], jobs: Iterable[Job]) -> None:
    """Raise RequestError, one sentence, for what the pictures among `jobs` lack of their network."""
    drawn = {job.lesson.name for job in jobs if job.entry.kind != "table"}
    try:
        for name in drawn & fields.keys():
            _ = fields[name].focus_cone
    except NetworkError as error:
        raise RequestError(str(error)) from error
