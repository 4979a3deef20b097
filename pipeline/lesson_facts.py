"""What the manifest tells about a lesson, for readers that have no NumPy: title, stated conventions, where it opens."""

from __future__ import annotations

from typing import Any

from core import AnyLesson, NetworkLesson, trace_of
from look import LANGUAGES, Look
from look.numbers import number
from look.phrases import DOT, conventions
from pipeline.visualizer import visualizer_address


def facts_of_lesson(lesson: AnyLesson) -> dict[str, Any]:
    """`title` and `conventions`, each by language; `visualizer`, its address there, of a lesson that it can show."""
    address = visualizer_address(lesson)
    return {
        "title": {lang: lesson.title[lang] for lang in LANGUAGES},
        "conventions": {lang: _conventions(lesson, Look(lang=lang)) for lang in LANGUAGES},
        **({"visualizer": address} if address else {}),
    }


def _conventions(lesson: AnyLesson, look: Look) -> str:
    if not isinstance(lesson, NetworkLesson):
        return conventions(trace_of(lesson), look)
    said = [look.say("page.nodes", count=len(lesson.network.nodes))]
    plane = [extent for extent in lesson.network.shape[2:] if extent is not None]
    if plane and len(plane) == len(lesson.network.shape[2:]):
        said.insert(0, look.say("common.sized", thing=look.say("common.input"), size="×".join(map(number, plane))))
    return DOT.join(said)
