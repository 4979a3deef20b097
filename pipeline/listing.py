"""The catalogue as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.catalogue import KINDS, Catalogue, Entry, LessonEntry
from pipeline.needs import NOT, USUAL, in_words, unmet
from pipeline.rooms import shown

if TYPE_CHECKING:
    from core import AnyLesson

HEADINGS = {"film": "Films", "figure": "Figures", "card": "Share cards", "table": "Tables"}


def list_lines(catalogue: Catalogue) -> Iterator[str]:
    """Lines: each kind under its heading, names in one column, captions beside them, broken files with their reason."""
    names = [*(entry.name for entry in catalogue.entries), *(lesson.name for lesson in catalogue.lessons)]
    names += [network.name for network in catalogue.networks]
    width = max(map(len, names), default=0)
    yield from _artifact_lines(catalogue.entries, width)
    yield "Lessons"
    yield from (_lesson_line(lesson, width) for lesson in catalogue.lessons if not lesson.folder)
    for folder in dict.fromkeys(lesson.folder for lesson in catalogue.lessons if lesson.folder):
        yield ""
        yield f"Lessons: {folder}"
        yield from (_lesson_line(lesson, width) for lesson in catalogue.lessons if lesson.folder == folder)
    if catalogue.networks:
        yield ""
        yield "Networks  (render.py field)"
        yield from (_lesson_line(network, width) for network in catalogue.networks)


def lesson_lines(catalogue: Catalogue, lesson: AnyLesson) -> Iterator[str]:
    """Lines: what can be drawn of one lesson, its traits, and what it lacks for the rest."""
    lacking = {entry: unmet(entry.needs, lesson.traits) for entry in catalogue.entries}
    width = max((len(entry.name) for entry in catalogue.entries), default=0)
    yield from _artifact_lines([entry for entry in lacking if not lacking[entry]], width)
    others = [entry for entry in lacking if lacking[entry]]
    if others:
        yield f"Not of {lesson.name}"
    # A figure and its table may share their name.
    yield from dict.fromkeys(f"  {entry.name:<{width}}  {in_words(lacking[entry])}" for entry in others)
    if others:
        yield ""
    yield f"{lesson.name} has the traits {', '.join(sorted(lesson.traits))}"


def _artifact_lines(entries: Sequence[Entry], width: int) -> Iterator[str]:
    for kind in KINDS:
        of_kind = [entry for entry in entries if entry.kind == kind]
        if of_kind:
            yield f"{HEADINGS[kind]}  ({', '.join(dict.fromkeys(form for entry in of_kind for form in entry.formats))})"
        for entry in of_kind:
            yield f"  {entry.name:<{width}}  " + (f"BROKEN: {entry.broken}" if entry.broken else _captioned(entry))
        if of_kind:
            yield ""


def _captioned(entry: Entry) -> str:
    """The caption, and what sets its lessons apart from the usual ones."""
    apart = [need.replace("|", " or ") for need in entry.needs if need not in USUAL and not need.startswith(NOT)]
    return entry.caption + (f" (for: {', '.join(apart)})" if apart else "")


def _lesson_line(lesson: LessonEntry, width: int) -> str:
    words = f"BROKEN: {lesson.broken}" if lesson.broken else " / ".join(dict.fromkeys(lesson.title.values()))
    return f"  {lesson.name:<{width}}  {words}"


def list_json(catalogue: Catalogue) -> str:
    """One object: `artifacts`, `lessons` and `networks`; `broken` is null or the reason."""
    artifacts = [_facts(entry) for entry in catalogue.entries]
    lessons, networks = (
        [
            {"name": lesson.name, "title": lesson.title, "file": shown(lesson.path), "broken": lesson.broken}
            for lesson in entries
        ]
        for entries in (catalogue.lessons, catalogue.networks)
    )
    return json.dumps({"artifacts": artifacts, "lessons": lessons, "networks": networks}, indent=1, ensure_ascii=False)


def lesson_json(catalogue: Catalogue, lesson: AnyLesson) -> str:
    """One object: the `lesson`, its `traits`, and as `artifacts` what can be drawn of it."""
    artifacts = [_facts(entry) for entry in catalogue.entries if not unmet(entry.needs, lesson.traits)]
    facts = {"lesson": lesson.name, "traits": sorted(lesson.traits), "artifacts": artifacts}
    return json.dumps(facts, indent=1, ensure_ascii=False)


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "caption": entry.caption,
        "formats": entry.formats,
        "file": shown(entry.path),
        "needs": entry.needs,
        "broken": entry.broken,
    }
