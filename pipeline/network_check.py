"""Whether a lesson's network can be drawn: asked before anything is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core import LessonField, NetworkError, NetworkLesson
from pipeline.request_error import RequestError

if TYPE_CHECKING:
    from core import AnyLesson
    from pipeline.job import Job


def check_networks(lessons: Iterable[AnyLesson], jobs: Iterable[Job]) -> None:
    """Raise RequestError, one sentence, for a loop, for a node that cannot be computed, and for what pictures lack."""
    drawn = {job.lesson.name for job in jobs if job.entry.kind != "table"}
    try:
        for lesson in lessons:
            if isinstance(lesson, NetworkLesson):
                field = LessonField(lesson)
                for stop in field.stops:
                    raise NetworkError(stop.sentence(lesson.network.opening))
                if lesson.name in drawn:
                    _ = field.focus_cone
    except NetworkError as error:
        raise RequestError(str(error)) from error
