"""From what was asked for to a list of jobs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from look import LANGUAGES, THEMES
from pipeline.catalogue import FORMATS, KINDS, USUAL, Catalogue, Entry, Kind, lesson_files
from pipeline.job import Failure, Job
from pipeline.needs import in_words, unmet
from pipeline.request_error import RequestError, close_to
from pipeline.rooms import Rooms, shown

if TYPE_CHECKING:
    from core import AnyLesson

EVERY_FORMAT = tuple(dict.fromkeys(form for kind in KINDS for form in FORMATS[kind]))
USUAL_LESSON = "article"


@dataclass(frozen=True)
class Request:
    """What to build. `lessons` are names or paths; nothing in `only` or `formats` means everything that is usual."""

    lessons: tuple[str, ...] = (USUAL_LESSON,)
    only: tuple[str, ...] = ()
    langs: tuple[str, ...] = LANGUAGES
    themes: tuple[str, ...] = THEMES
    formats: tuple[str, ...] = ()
    quality: str = "hd"


def find_lesson(named: str, rooms: Rooms) -> Path:
    """The file of a lesson by the name of a shipped one or by a path, which may not exist. Raises RequestError."""
    path = Path(named)
    if path.suffix.lower() == ".onnx":
        raise RequestError(
            f"{named}: a lesson is a .toml file: ask `field` about this one, or write a lesson whose [network] has "
            f'model = "{path.name}".'
        )
    if path.suffix == ".toml" or (len(path.parts) > 1 and os.path.exists(path)):
        return path
    named = path.as_posix() if named else named
    own = rooms.lessons / f"{named}.toml"
    files = list(lesson_files(rooms.lessons))
    found = own if os.path.isfile(own) else next((file for file in files if file.stem == named), None)
    if found is None and named and os.path.exists(path):
        return path
    if found is None:
        names = [file.stem for file in files]
        names += [file.relative_to(rooms.lessons).with_suffix("").as_posix() for file in files]
        raise RequestError(
            f"There is no lesson '{named}': `list` shows the lessons, and any other is given by the path of its .toml "
            f"file.{close_to(named, names)}"
        )
    return Path(shown(found)) if found.is_relative_to(Path.cwd()) else found


def find_lessons(named: Sequence[str], rooms: Rooms) -> list[Path]:
    """The files of all lessons. Raises RequestError when two would share a folder of the output."""
    found: dict[str, Path] = {}
    for name in named or (USUAL_LESSON,):
        path = find_lesson(name, rooms)
        other = found.setdefault(path.stem.casefold(), path)
        if other.resolve() != path.resolve():
            raise RequestError(
                f"{shown(other)} and {shown(path)} would both be drawn into the folder {path.stem}: "
                "rename one of them, or build them one by one with different --out folders."
            )
    return list(found.values())


def select(
    catalogue: Catalogue, only: Sequence[str], formats: Sequence[str], lessons: Sequence[AnyLesson]
) -> list[tuple[Entry, tuple[str, ...]]]:
    """The entries that `only` (names or globs) picks and that some of the lessons has, each with the formats to make.

    Raises RequestError when a pattern picks nothing, or nothing that comes in one of `formats`, or nothing that can be
    drawn of the lessons.
    """
    chosen: dict[tuple[Kind, str], tuple[Entry, tuple[str, ...]]] = {}
    for pattern in only or ("*",):
        matching = [entry for entry in catalogue.entries if fnmatchcase(entry.name, pattern)]
        if not matching:
            names = {entry.name for entry in catalogue.entries}
            near = close_to(pattern, names)
            raise RequestError(f"--only {pattern or repr(pattern)} matches nothing; `list` shows every name.{near}")
        wanted = {entry: _formats(entry, formats) for entry in matching}
        if not any(wanted.values()):
            has = dict.fromkeys(form for entry in matching for form in entry.formats)
            raise RequestError(
                f"--only {pattern} with --format {', '.join(formats)} selects nothing: "
                f"it can be had as {', '.join(has)}."
            )
        fitting = {entry: forms for entry, forms in wanted.items() if forms and (entry.broken or _fits(entry, lessons))}
        if not fitting:
            unfit = [entry for entry, forms in wanted.items() if forms]
            raise RequestError(_nothing_of(lessons, pattern if only else None, formats, unfit))
        chosen |= {(entry.kind, entry.name): (entry, forms) for entry, forms in fitting.items()}
    order = {(entry.kind, entry.name): at for at, entry in enumerate(catalogue.entries)}
    return [chosen[key] for key in sorted(chosen, key=order.__getitem__)]


def _fits(entry: Entry, lessons: Sequence[AnyLesson]) -> bool:
    return any(not unmet(entry.needs, lesson.traits) for lesson in lessons)


def _nothing_of(
    lessons: Sequence[AnyLesson], pattern: str | None, formats: Sequence[str], unfit: Sequence[Entry]
) -> str:
    """Why nothing that was asked for, the entries `unfit`, can be drawn of any of `lessons`."""
    names = " and ".join(lesson.name for lesson in lessons)
    asked = [f"--only {pattern}"] * (pattern is not None) + [f"--format {', '.join(formats)}"] * bool(formats)
    lacking = {unmet(entry.needs, lesson.traits) for entry in unfit for lesson in lessons}
    why = f"it {in_words(next(iter(lacking)))}" if len(lacking) == 1 else "its traits are not those needed"
    return (
        f"{' with '.join(asked) or 'Everything there is'} draws nothing of {names}: {why}; "
        f"`list {lessons[0].name}` shows what can be drawn."
    )


def _formats(entry: Entry, formats: Sequence[str]) -> tuple[str, ...]:
    wanted = formats or USUAL[entry.kind]
    return tuple(form for form in entry.formats if form in wanted)


def plan_jobs(request: Request, catalogue: Catalogue, lessons: Sequence[AnyLesson]) -> tuple[list[Job], list[Failure]]:
    """The jobs of `request`, longest first, and a failure for every chosen file that is broken. Raises RequestError.

    Of each lesson, what it has the traits for is drawn.
    """
    jobs: list[Job] = []
    failures: list[Failure] = []
    for entry, formats in select(catalogue, request.only, request.formats, lessons):
        if entry.broken:
            failures.append(Failure(entry.name, entry.broken))
            continue
        for lesson in lessons:
            if not unmet(entry.needs, lesson.traits):
                jobs += _jobs(entry, lesson, formats, request)
    jobs.sort(key=lambda job: -job.cost)
    return jobs, failures


def left_out(request: Request, catalogue: Catalogue, lessons: Sequence[AnyLesson]) -> Iterator[str]:
    """A sentence for each drawing asked for by its very name that one of several lessons does not get, and why."""
    for entry in catalogue.entries:
        for lesson in lessons if entry.name in request.only and not entry.broken else ():
            if lacking := unmet(entry.needs, lesson.traits):
                yield f"{entry.name} is not drawn of {lesson.name}: it {in_words(lacking)}."


def _jobs(entry: Entry, lesson: AnyLesson, formats: tuple[str, ...], request: Request) -> Iterator[Job]:
    if entry.kind == "table":
        yield Job(entry, lesson, formats, request.quality)
        return
    # Language by language within a theme: the process that drew a text in one theme has its outlines for the other.
    for at, theme in enumerate(dict.fromkeys(request.themes)):
        for lang in dict.fromkeys(request.langs):
            # Captions are the same in every theme, so the first theme's film brings them.
            forms = formats if at == 0 else tuple(form for form in formats if form != "vtt")
            if forms:
                yield Job(entry, lesson, forms, request.quality, lang, theme)
