"""A build that has nothing to do says so at once, without loading NumPy.

After a build without failures, the store notes every file it could depend on and every file it made, with sizes and
times. While all of these are as noted, the same request would make the same files. A file whose times moved is compared
by its SHA-256, and so is one written just before the note was. Anything else is a full look at the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from pipeline.manifest import NAME
from pipeline.plan import Request, find_lesson
from pipeline.request_error import RequestError
from pipeline.rooms import ROOT, Rooms
from pipeline.store import Store

KIND = "stamp"
CODE = ("core", "look", "figures", "scenes", "pipeline")
NAMED = (".npy", ".csv", ".png", ".onnx")
"""The files that a lesson may name."""
UNSETTLED = 2_000_000_000
"""Nanoseconds before a note in which a file's times may not yet tell a second change from the first."""

Facts = dict[str, tuple[int, ...] | None]


@dataclass(frozen=True)
class Stamp:
    """What a request depends on, as it was before anything was read: paths to times, and to SHA-256."""

    key: str
    facts: Facts
    hashes: dict[str, str | None]

    def keep(self, store: Store, out: Path, made: Mapping[str, str], libraries: Iterable[Path] = ()) -> None:
        """Note that the build of this request is done; `made` maps its files below `out` to their SHA-256.

        `libraries` are files that also had a say.
        """
        also = {str(path): _hash(str(path)) for path in (out.absolute() / NAME, *libraries)}
        also |= {str(out.absolute() / file): sha256 for file, sha256 in made.items()}
        document = {
            "inputs": sorted(self.facts),
            "facts": self.facts | _facts(also),
            "hashes": self.hashes | also,
            "moment": _moment(),
            "files": len(made),
        }
        store.keep_document(KIND, self.key, document)


def stamp_of(request: Request, out: Path, rooms: Rooms) -> Stamp:
    """What `request` depends on now. Raises RequestError for a lesson that is not there."""
    paths = list(_depends_on(request, rooms))
    facts = _facts(paths)
    return Stamp(_key(request, out, rooms), facts, {path: _hash(path) for path in paths})


def files_unchanged(request: Request, out: Path, rooms: Rooms, store: Store) -> int | None:
    """How many files `out` has for `request` when nothing changed since it was built; None when that is not certain."""
    key = _key(request, out, rooms)
    noted: dict[str, Any] | None = store.document(KIND, key)
    if noted is None:
        return None
    try:
        if set(noted["inputs"]) != set(_depends_on(request, rooms)):
            return None
    except RequestError:
        return None
    facts = _facts(noted["facts"])
    doubtful = [path for path, then in noted["facts"].items() if not _settled(facts[path], then, noted["moment"])]
    if any(noted["hashes"][path] is None or _hash(path) != noted["hashes"][path] for path in doubtful):
        return None
    if doubtful:
        store.keep_document(KIND, key, noted | {"facts": facts, "moment": _moment()})
    files: int = noted["files"]
    return files


def _settled(now: tuple[int, ...] | None, then: list[int] | None, moment: int) -> bool:
    if now is None or then is None:
        return now is None and then is None
    return list(now) == then and max(now[1:3]) < moment - UNSETTLED


def _depends_on(request: Request, rooms: Rooms) -> Iterator[str]:
    """Every file that could have a say, and the folders where libraries are installed."""
    for room in CODE:
        yield from map(str, (ROOT / room).glob("*.py"))
    yield from map(str, (ROOT / "locales").glob("*/*.toml"))
    yield from map(str, (ROOT / "web").rglob("*.*"))
    for folder in {rooms.scenes, rooms.figures} - {ROOT / "scenes", ROOT / "figures"}:
        yield from map(str, folder.glob("*.py"))
    for named in request.lessons:
        yield from files_of_lesson(Path(find_lesson(named, rooms)).absolute())
    for place in sys.path:
        if os.path.isdir(place) and Path(place).resolve() != ROOT:
            yield os.path.abspath(place)


def files_of_lesson(path: Path, *, alone: bool = False) -> Iterator[str]:
    """The lesson's file, those that it names, and unless `alone` the lessons that it is compared with, and theirs."""
    yield str(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    yield from (str(path.parent / text) for text in _texts(content) if text.lower().endswith(NAMED))
    network = content.get("network")
    if not alone and isinstance(network, dict):
        for name in _texts(network.get("compare")):
            yield from files_of_lesson(path.parent / f"{name}.toml", alone=True)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _facts(paths: Iterable[str]) -> Facts:
    """Size, the times of content and of status in nanoseconds, and inode; None for what is not there."""
    facts: Facts = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            facts[path] = None
        else:
            facts[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return facts


def _hash(path: str) -> str | None:
    """SHA-256 of a file; of a folder, of the names in it; None for what cannot be read."""
    try:
        data = "\0".join(sorted(os.listdir(path))).encode() if os.path.isdir(path) else Path(path).read_bytes()
    except OSError:
        return None
    return hashlib.sha256(data).hexdigest()


def _moment() -> int:
    """Now, by the clock that the files' times come from."""
    try:
        with tempfile.TemporaryFile() as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return time.time_ns()


def _key(request: Request, out: Path, rooms: Rooms) -> str:
    place = [os.getcwd(), os.path.abspath(out), str(ROOT), *map(str, astuple(rooms))]
    facts = [astuple(request), place, sys.version, sys.prefix, sys.path]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
