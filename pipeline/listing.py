"""The catalogue as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.catalogue import KINDS, Catalogue, LessonEntry
from pipeline.rooms import shown

HEADINGS = {"film": "Films", "figure": "Figures", "card": "Share cards", "table": "Tables"}


def list_lines(catalogue: Catalogue) -> Iterator[str]:
    """Lines: each kind under its heading, names in one column, captions beside them, broken files with their reason."""
    names = [*(entry.name for entry in catalogue.entries), *(lesson.name for lesson in catalogue.lessons)]
    names += [network.name for network in catalogue.networks]
    width = max(map(len, names), default=0)
    for kind in KINDS:
        entries = catalogue.of(kind)
        if entries:
            yield f"{HEADINGS[kind]}  ({', '.join(dict.fromkeys(form for entry in entries for form in entry.formats))})"
        for entry in entries:
            yield f"  {entry.name:<{width}}  " + (f"BROKEN: {entry.broken}" if entry.broken else entry.caption)
        if entries:
            yield ""
    yield "Lessons"
    yield from (_lesson_line(lesson, width) for lesson in catalogue.lessons)
    if catalogue.networks:
        yield ""
        yield "Networks  (render.py field)"
        yield from (_lesson_line(network, width) for network in catalogue.networks)


def _lesson_line(lesson: LessonEntry, width: int) -> str:
    words = f"BROKEN: {lesson.broken}" if lesson.broken else " / ".join(dict.fromkeys(lesson.title.values()))
    return f"  {lesson.name:<{width}}  {words}"


def list_json(catalogue: Catalogue) -> str:
    """One object: `artifacts`, `lessons` and `networks`; `broken` is null or the reason."""
    artifacts = [
        {
            "kind": entry.kind,
            "name": entry.name,
            "caption": entry.caption,
            "formats": entry.formats,
            "file": shown(entry.path),
            "broken": entry.broken,
        }
        for entry in catalogue.entries
    ]
    lessons, networks = (
        [
            {"name": lesson.name, "title": lesson.title, "file": shown(lesson.path), "broken": lesson.broken}
            for lesson in entries
        ]
        for entries in (catalogue.lessons, catalogue.networks)
    )
    return json.dumps({"artifacts": artifacts, "lessons": lessons, "networks": networks}, indent=1, ensure_ascii=False)
