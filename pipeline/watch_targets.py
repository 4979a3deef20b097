"""What a preview is asked to show: lessons, and drawings by their names or files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.catalogue import Catalogue, Entry, read_catalogue
from pipeline.field_source import read_model
from pipeline.needs import in_words, unmet
from pipeline.plan import USUAL_LESSON, Request, find_lesson, find_lessons
from pipeline.request_error import RequestError, close_to
from pipeline.rooms import Rooms


def read_targets(named: Sequence[str], asked: Request, rooms: Rooms) -> Request:
    """`asked` with the lessons, by their paths, and the drawings that are `named`. Raises RequestError.

    A name that a lesson and a drawing share is the lesson's; `scenes/padding_modes.py` is always a drawing. If only
    drawings are named, their lesson is the article, or the first shipped one of which the first can be drawn.
    """
    catalogue = read_catalogue(rooms)
    lessons: list[str] = []
    drawings: list[Entry] = []
    for name in named:
        entry = _drawing(name, catalogue, rooms)
        if entry is not None:
            drawings.append(entry)
        else:
            lessons.append(name)
    if drawings and not lessons:
        lessons = [_lesson_for(drawings[0], catalogue, rooms)]
    paths = find_lessons(lessons, rooms)
    for path in paths:
        if not path.is_file():
            raise RequestError(f"{path.as_posix()} is not there: write it first, or name another lesson.")
    only = tuple(dict.fromkeys(entry.name for entry in drawings))
    return replace(asked, lessons=tuple(path.as_posix() for path in paths), only=only)


def _drawing(named: str, catalogue: Catalogue, rooms: Rooms) -> Entry | None:
    """The drawing of that name or file; None for a lesson. Raises RequestError for what is neither."""
    path = Path(named)
    if path.suffix == ".py":
        for entry in catalogue.entries:
            if entry.kind != "table" and entry.path.resolve() == path.resolve():
                return entry
        raise RequestError(f"{named} is no scene or figure: name a file in scenes/ or figures/, or a lesson.")
    try:
        find_lesson(named, rooms)
    except RequestError:
        found = next((entry for entry in catalogue.entries if entry.name == named), None)
        if found is None:
            names = {entry.name for entry in catalogue.entries}
            names |= {lesson.name for lesson in (*catalogue.lessons, *catalogue.networks)}
            raise RequestError(
                f"There is no lesson, scene or figure '{named}': `list` shows them all, and another lesson is given by "
                f"the path of its .toml file.{close_to(named, names)}"
            ) from None
        return found
    return None


def _lesson_for(entry: Entry, catalogue: Catalogue, rooms: Rooms) -> str:
    """The lesson to draw it of. Raises RequestError if it fits none."""
    from core import LessonError, load_any_lesson

    shipped = [lesson.path for lesson in (*catalogue.lessons, *catalogue.networks) if not lesson.broken]
    for path in sorted(shipped, key=lambda path: path != rooms.lessons / f"{USUAL_LESSON}.toml"):
        try:
            lesson = load_any_lesson(path, read_model)
        except LessonError:
            continue
        if entry.broken or not unmet(entry.needs, lesson.traits):
            return path.stem
    raise RequestError(
        f"'{entry.name}' cannot be drawn of any lesson in {rooms.lessons.name}/: it needs "
        f"{in_words(unmet(entry.needs, frozenset()))}; name a lesson too."
    )
