"""Which source a file was drawn from: everything of ours that had a say in it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.rooms import ROOT


@dataclass(frozen=True)
class _Glance:
    """What was seen of the source since a glance began."""

    contents: dict[Path, tuple[str, str]] = field(default_factory=dict)
    modules: dict[Path, frozenset[Path]] = field(default_factory=dict)


_glance: _Glance | None = None


@contextmanager
def at_one_glance() -> Iterator[None]:
    """In here each of our files is looked at once, however many jobs ask, and taken to stay as it was."""
    global _glance
    before, _glance = _glance, _glance or _Glance()
    try:
        yield
    finally:
        _glance = before


def contents_of(files: Iterable[Path]) -> dict[str, str]:
    """Name to SHA-256 (hex) of each file. Neither where the project lies nor when a file was written counts."""
    files = frozenset(files)
    seen = _glance.contents if _glance else {}
    for path in files:
        if path not in seen:
            seen[path] = _name(path), hashlib.sha256(_content(path)).hexdigest()
    return dict(sorted(seen[path] for path in files))


def modules_used(code: Path) -> frozenset[Path]:
    """`code` and every file of this project it imports, directly or through another."""
    if _glance is None:
        return _walked(code)
    if code not in _glance.modules:
        _glance.modules[code] = _walked(code)
    return _glance.modules[code]


def _walked(code: Path) -> frozenset[Path]:
    found = {code}
    waiting = [code]
    while waiting:
        fresh = {file for name in _imported(waiting.pop()) for file in _files(name)} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


@lru_cache(maxsize=1)
def times_at_start() -> dict[Path, tuple[int, ...]]:
    """Our files with their times when this was first called: a build calls it before its processes import them."""
    return {path: _times(path) for path in ROOT.glob("*/*.py")}


def untouched(files: Iterable[Path]) -> bool:
    """Whether those of `files` that are ours are still what they were when first seen.

    If not, nobody knows which of the contents a process has imported.
    """
    try:
        return all(_times(path) == times_at_start().get(path) for path in files if path.is_relative_to(ROOT))
    except OSError:
        return False


def _imported(path: Path) -> frozenset[str]:
    package = path.parent.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ()
    return _names(_content(path), package)


_IMPORT = re.compile(
    rb"(?:^|[;:])[ \t]*(?:import[ \t]+([^\n;#]+)|from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|[^\n;#]+))",
    re.MULTILINE,
)
"""A statement `import` or `from`, wherever it may stand. Parsing whole files for them takes ten times as long."""


@lru_cache(maxsize=1024)
def _names(content: bytes, package: tuple[str, ...]) -> frozenset[str]:
    """The modules that a file in `package` imports, and what it takes from them, which may be modules too.

    Text that looks like an import counts as one: better a module too many than a change that is missed.
    """
    names: set[str] = set()
    for whole, origin, taken in _IMPORT.findall(content.replace(b"\\\n", b" ")):
        if whole:
            names.update(_listed(whole))
            continue
        named = origin.decode().lstrip(".")
        level = len(origin) - len(named)
        above = package[: len(package) - level + 1] if level else ()
        module = ".".join([*above, *([named] if named else [])])
        names |= {module, *(f"{module}.{name}".lstrip(".") for name in _listed(taken))}
    return frozenset(names)


def _listed(names: bytes) -> Iterator[str]:
    """The names of `a, b as c` or `(a, b)`."""
    for name in re.sub(rb"#[^\n]*", b"", names).strip(b"() \t\r\n").split(b","):
        if words := name.split():
            yield words[0].decode(errors="replace")


@lru_cache(maxsize=4096)
def _files(module: str) -> tuple[Path, ...]:
    """The files that importing `module` runs: it and the packages around it; none when it is not of this project."""
    above, _, _ = module.rpartition(".")
    if above and not _is_package(above):
        return _files(above)  # what is taken from a module or, mostly, from a library
    place = os.path.join(ROOT, *module.split("."))
    files = (os.path.join(place, "__init__.py"), f"{place}.py")
    return (*(_files(above) if above else ()), *(Path(file) for file in files if os.path.isfile(file)))


@lru_cache(maxsize=4096)
def _is_package(module: str) -> bool:
    return os.path.isdir(os.path.join(ROOT, *module.split(".")))


def _content(path: Path) -> bytes:
    return _content_then(path, *_times(path))


def _times(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@lru_cache(maxsize=1024)
def _content_then(path: Path, *_: int) -> bytes:
    return path.read_bytes()


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else f"{path.parent.name}/{path.name}"
