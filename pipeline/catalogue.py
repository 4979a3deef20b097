"""What exists: films, figures, cards, tables and lessons, found by folder and read with `ast`.

Nothing is imported or run, so listing is instant and works without manim, matplotlib or NumPy. A file that cannot be
used is listed as broken, with the reason.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.needs import USUAL as USUAL_NEEDS
from pipeline.needs import needs_in
from pipeline.rooms import Rooms, shown
from pipeline.tables import TABLES

Kind = Literal["film", "figure", "card", "table"]
KINDS: tuple[Kind, ...] = ("film", "figure", "card", "table")

FORMATS: dict[Kind, tuple[str, ...]] = {
    "film": ("mp4", "webm", "gif", "png", "vtt"),
    "figure": ("svg", "pdf", "png"),
    "card": ("svg", "png"),
    "table": ("csv", "json", "txt"),
}
"""Every format a kind can be had in."""

USUAL: dict[Kind, tuple[str, ...]] = FORMATS | {"film": ("mp4", "png", "vtt")}
"""The formats made when none is named: a film's PNG is its poster, its VTT the captions and chapters."""

NETWORKS = "networks"
"""The folder of the lessons' room that holds the lessons about networks."""

WHOLE_LESSON = 65_536
"""A lesson file up to this many bytes is read whole, so that any syntax error shows in the list; of a longer one only
the part before its first table header."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be built from every lesson that has what it `needs`: see `pipeline.needs`."""

    kind: Kind
    name: str
    caption: str
    path: Path
    formats: tuple[str, ...]
    broken: str | None = None
    """Why the file cannot be used, as a sentence, or None."""
    needs: tuple[str, ...] = USUAL_NEEDS


@dataclass(frozen=True)
class LessonEntry:
    """One lesson file. `title` has the keys `en` and `zh`; `folder` is that of the lessons' room, "" for none."""

    name: str
    title: dict[str, str]
    path: Path
    broken: str | None = None
    folder: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that was found, sorted by kind and name; lessons by folder, those about networks apart."""

    entries: tuple[Entry, ...]
    lessons: tuple[LessonEntry, ...]
    networks: tuple[LessonEntry, ...] = ()

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


def read_catalogue(rooms: Rooms | None = None) -> Catalogue:
    """Everything in the rooms' folders; a missing folder is an empty one."""
    rooms = rooms or Rooms()
    entries = [*_films(rooms.scenes), *_figures(rooms.figures), *_tables()]
    entries.sort(key=lambda entry: (KINDS.index(entry.kind), entry.name))
    lessons = list(_lessons(rooms.lessons))
    return Catalogue(
        tuple(_clashes_marked(entries)),
        tuple(lesson for lesson in lessons if lesson.folder != NETWORKS),
        tuple(lesson for lesson in lessons if lesson.folder == NETWORKS),
    )


def _lessons(room: Path) -> Iterator[LessonEntry]:
    """Of each folder; two of one name would be drawn into one folder, so the second is broken."""
    taken: dict[str, Path] = {}
    for path in lesson_files(room):
        folder = "" if path.parent == room else path.parent.name
        entry = replace(read_lesson_title(path, 0 if folder == NETWORKS else WHOLE_LESSON), folder=folder)
        other = taken.setdefault(path.stem.casefold(), path)
        if other != path and not entry.broken:
            reason = f"{shown(path)}: {shown(other)} already has the name {other.stem}; rename one of them"
            entry = replace(entry, broken=reason)
        yield entry


def lesson_files(room: Path) -> Iterator[Path]:
    """The lessons in the lessons' room and in the folders in it, which are one deep; the room's own first."""
    yield from _files(room, ".toml")
    if room.is_dir():
        for folder in sorted(path for path in room.iterdir() if path.is_dir() and path.name[0] not in "._"):
            yield from _files(folder, ".toml")


def class_name(stem: str) -> str:
    """The scene class a file must define: `convolution_scan` gives `ConvolutionScan`."""
    return "".join(part[:1].upper() + part[1:] for part in stem.split("_"))


def read_lesson_title(path: Path, whole: int = WHOLE_LESSON) -> LessonEntry:
    """Name and title of a lesson file, whatever else is in it; of one longer than ``whole`` only the top is read."""
    try:
        title = _title(path, whole)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return LessonEntry(path.stem, {}, path, broken=f"{shown(path)}: {reason}")
    if title is None:
        reason = f'{shown(path)}: no title; add title = "…" or title = {{ en = "…", zh = "…" }} at its top'
        return LessonEntry(path.stem, {}, path, broken=reason)
    return LessonEntry(path.stem, title, path)


def _title(path: Path, whole: int) -> dict[str, str] | None:
    text = path.read_text(encoding="utf-8")
    if len(text) > whole:
        lines = text.splitlines(keepends=True)
        header = next((at for at, line in enumerate(lines) if line.startswith("[")), len(lines))
        title = _localized(tomllib.loads("".join(lines[:header])).get("title"))
        if title is not None:
            return title
    return _localized(tomllib.loads(text).get("title"))


def _localized(title: object) -> dict[str, str] | None:
    if isinstance(title, str) and title.strip():
        return {"en": title, "zh": title}
    if isinstance(title, dict) and title and all(isinstance(text, str) for text in title.values()):
        some = next(iter(title.values()))
        return {lang: title.get(lang, some) for lang in ("en", "zh")}
    return None


def _files(folder: Path, suffix: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.suffix == suffix and not p.name.startswith(("_", ".")))


def _films(folder: Path) -> Iterator[Entry]:
    yield from (read_drawing("film", path) for path in _files(folder, ".py"))


def _figures(folder: Path) -> Iterator[Entry]:
    yield from (read_drawing("figure", path) for path in _files(folder, ".py"))


def read_drawing(kind: Kind, path: Path) -> Entry:
    """What a file with a scene ("film") or with a `draw` function ("figure") can be built as, wherever it lies."""
    if kind == "film":
        return _read("film", path, ast.ClassDef, class_name(path.stem))
    return _read("card" if path.stem.startswith("share_card") else "figure", path, ast.FunctionDef, "draw")


def _tables() -> Iterator[Entry]:
    path = Path(__file__).with_name("tables.py")
    for table in TABLES:
        yield Entry("table", table.name, table.caption, path, (table.format,), needs=table.needs)


def _read(kind: Kind, path: Path, needs: type[ast.ClassDef] | type[ast.FunctionDef], called: str) -> Entry:
    entry = Entry(kind, path.stem.replace("_", "-"), "", path, FORMATS[kind])
    try:
        tree = _parsed(path.read_bytes(), str(path))
    except SyntaxError as error:
        return replace(entry, broken=f"{shown(path)}:{error.lineno or 1}: {error.msg}")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return replace(entry, broken=f"{shown(path)}: {reason}")
    asked, fault = needs_in(tree)
    entry = replace(entry, caption=_first_line(ast.get_docstring(tree)), needs=asked)
    if not any(isinstance(node, needs) and node.name == called for node in tree.body):
        what = f"class {called}(Stage)" if needs is ast.ClassDef else f"{called}(trace, fig, look)"
        return replace(entry, broken=f"{shown(path)}: it must define {what}")
    if not entry.caption:
        return replace(entry, broken=f"{shown(path)}: its first line must be a docstring, which is its caption")
    return replace(entry, broken=f"{shown(path)}: {fault}") if fault else entry


@lru_cache(maxsize=256)
def _parsed(content: bytes, file: str) -> ast.Module:
    """Kept for those who build again and again."""
    return ast.parse(content, filename=file)


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0].strip()


def _clashes_marked(entries: list[Entry]) -> Iterator[Entry]:
    """Films, figures and cards share one name space, because their PNG files share one folder."""
    taken: dict[str, Path] = {}
    for entry in entries:
        other = None if entry.kind == "table" else taken.setdefault(entry.name, entry.path)
        if other not in (None, entry.path):
            assert other is not None
            reason = f"{shown(entry.path)}: {shown(other)} already has the name {entry.name}; rename one of them"
            entry = replace(entry, broken=entry.broken or reason)
        yield entry
