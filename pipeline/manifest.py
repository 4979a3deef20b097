"""`manifest.json`: where each file came from and what is in it. No clock, no absolute path: the same bytes always."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from pipeline.aside import write_aside
from pipeline.request_error import RequestError
from pipeline.rooms import shown

NAME = "manifest.json"
TOOL = "convscan"
SCHEMA = 1

Lessons: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What is told of each lesson, by its name."""

NOTHING: Lessons = MappingProxyType({})


@dataclass(frozen=True)
class Record:
    """One file: `file` is its path below the output folder, with slashes."""

    file: str
    lesson: str
    name: str
    kind: str
    format: str
    caption: str
    sha256: str
    source: str
    lang: str | None = None
    theme: str | None = None
    quality: str | None = None
    alt: str | None = None
    size: tuple[int, int] | None = None
    """Width and height in pixels."""
    duration: float | None = None
    """Seconds, of a film."""
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What the job that made it is called."""
        return label_of(self.lesson, self.name, self.lang, self.theme)


def label_of(lesson: str, name: str, lang: str | None, theme: str | None) -> str:
    """What readers of a build call an artifact in one look: `article/convolution-scan (zh, dark)`."""
    look = ", ".join(part for part in (lang, theme) if part)
    return f"{lesson}/{name}" + (f" ({look})" if look else "")


def read_manifest(out: Path) -> dict[str, dict[str, Any]]:
    """The entries of `out`'s manifest by file, none when there is no manifest yet.

    Raises RequestError when the file there is not one of ours, so that it is never overwritten.
    """
    files: dict[str, dict[str, Any]] = _read(out).get("files", {})
    return files


def built_entries(out: Path) -> dict[str, dict[str, Any]]:
    """The entries of `out`'s manifest, of which there must be some. Raises RequestError, also as `read_manifest`."""
    entries = read_manifest(out)
    if not entries:
        remedy = f"run `render.py build --out {shlex.quote(shown(out))}` first, or name another folder with --out."
        if not out.exists():
            raise RequestError(f"There is no folder {shown(out)}: {remedy}")
        if not (out / NAME).exists():
            raise RequestError(f"{shown(out)} has no {NAME}, so nothing was built there: {remedy}")
        raise RequestError(f"{shown(out / NAME)} names no files: {remedy}")
    return entries


def read_lessons(out: Path) -> dict[str, dict[str, Any]]:
    """What `out`'s manifest tells about each lesson, as `pipeline.lesson_facts` says it. Raises as `read_manifest`.

    Lessons that were built before manifests told anything are left out.
    """
    lessons = _read(out).get("lessons", {})
    return lessons if isinstance(lessons, dict) else {}


def _read(out: Path) -> dict[str, Any]:
    path = out / NAME
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise RequestError(f"{shown(out)} is no folder: name another with --out.") from None
    except OSError as error:
        raise RequestError(
            f"{shown(path)} cannot be read ({error.strerror}): choose another folder with --out."
        ) from error
    except ValueError as error:
        raise RequestError(
            f"{shown(path)} is not valid JSON ({error}), so what it says cannot be kept: mend it, delete it, or choose "
            "another folder with --out."
        ) from error
    files = manifest.get("files") if isinstance(manifest, dict) and manifest.get("tool") == TOOL else None
    if not isinstance(files, dict) or not all(isinstance(entry, dict) for entry in files.values()):
        raise RequestError(
            f"{shown(path)} was not written by {TOOL}: choose another folder with --out, or move that file away."
        )
    if manifest.get("schema") != SCHEMA:
        raise RequestError(
            f"{shown(path)} has schema {manifest.get('schema')!r}, and this {TOOL} writes {SCHEMA}: "
            "choose another folder with --out, or delete that file and build again."
        )
    return manifest


def merge_manifest(out: Path, records: Iterable[Record], lessons: Lessons = NOTHING) -> None:
    """Put `records` into `out`'s manifest, and what is told of their `lessons`, by name.

    Other entries stay while their files are there, and what is told of a lesson while there are files of it. Raises
    RequestError as `read_manifest` does, and OSError.
    """
    entries = {file: entry for file, entry in read_manifest(out).items() if (out / file).is_file()}
    for record in records:
        facts = {key: value for key, value in asdict(record).items() if value is not None}
        entries[facts.pop("file")] = facts
    told = {**read_lessons(out), **lessons}
    shown_of = {entry["lesson"] for entry in entries.values()}
    manifest = {
        "tool": TOOL,
        "schema": SCHEMA,
        "files": entries,
        "lessons": {name: facts for name, facts in told.items() if name in shown_of},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    data = text.encode()
    if not (out / NAME).is_file() or (out / NAME).read_bytes() != data:
        write_aside(out / NAME, data)
