"""Which files a preview watches, and what an edit of one calls for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from look.look import LANGUAGES
from pipeline.plan import Request
from pipeline.rooms import ROOT, Rooms
from pipeline.stamp import CODE, NAMED, files_of_lesson

ROOMS = (*dict.fromkeys((*CODE, "models", "pipeline")), "web", "web/visualizer")
SUFFIXES = frozenset((".py", ".toml", ".j2", ".css", ".js", ".mjs", *NAMED))


@dataclass(frozen=True)
class Edit:
    """What was edited: the files, as names to show; whether code was, so that none in memory is right any more; and the
    names of drawings whose own files were.
    """

    files: tuple[str, ...]
    code: bool
    drawings: frozenset[str]


def watched_folders(request: Request, rooms: Rooms) -> frozenset[Path]:
    """The folders whose files have a say, not those within them: a lesson may lie in a large one."""
    folders = {ROOT / name for name in ROOMS} | {ROOT / "locales" / lang for lang in LANGUAGES}
    folders |= {rooms.scenes, rooms.figures} | {file.parent for file in _named(request)}
    return frozenset(folder.resolve() for folder in folders if folder.is_dir())


def edit_of(paths: Iterable[str], request: Request, rooms: Rooms) -> Edit | None:
    """What changes of these files are; None if they have no say."""
    lessons = _named(request)
    drawn = {folder.resolve() for folder in (rooms.scenes, rooms.figures)}
    found: list[Path] = []
    for path in sorted({Path(path) for path in paths}):
        ours = path.suffix in SUFFIXES and not path.name.startswith(".")
        if path in lessons or (ours and (path.is_relative_to(ROOT) or path.parent in drawn)):
            found.append(path)
    if not found:
        return None
    return Edit(
        tuple(path.name for path in found),
        any(path.suffix == ".py" for path in found),
        frozenset(path.stem.replace("_", "-") for path in found if path.parent in drawn),
    )


def _named(request: Request) -> set[Path]:
    """The files of the lessons; of a link both its own place and that of what it leads to."""
    files = {Path(file) for lesson in request.lessons for file in files_of_lesson(Path(lesson).absolute())}
    return {path for file in files for path in (file.parent.resolve() / file.name, file.resolve())}
