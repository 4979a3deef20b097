"""Which source a file was drawn from: everything of ours that had a say in it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.rooms import ROOT


def contents_of(files: Iterable[Path]) -> dict[str, str]:
    """Name to SHA-256 (hex) of each file. Neither where the project lies nor when a file was written counts."""
    return {_name(path): hashlib.sha256(_content(path)).hexdigest() for path in sorted(files, key=_name)}


def modules_used(code: Path) -> frozenset[Path]:
    """`code` and every file of this project it imports, directly or through another."""
    found = {code}
    waiting = [code]
    while waiting:
        fresh = {file for name in _imported(waiting.pop()) for file in _files(name)} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _imported(path: Path) -> frozenset[str]:
    package = path.parent.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ()
    return _names(_content(path), package)


@lru_cache(maxsize=1024)
def _names(content: bytes, package: tuple[str, ...]) -> frozenset[str]:
    """The modules that a file in `package` imports, and what it takes from them, which may be modules too."""
    names: set[str] = set()
    for node in _statements(ast.parse(content)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)}
    return frozenset(names)


def _statements(module: ast.Module) -> Iterator[ast.AST]:
    """Every statement, however deep; not the expressions in them, which are most of a file and import nothing."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, part, ())


@lru_cache(maxsize=4096)
def _files(module: str) -> tuple[Path, ...]:
    """The files that importing `module` runs: it and the packages around it; none when it is not of this project."""
    return tuple(_found(module.split(".")))


def _found(parts: list[str]) -> Iterator[Path]:
    for length in range(1, len(parts) + 1):
        place = ROOT.joinpath(*parts[:length])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if place != ROOT and file.is_file():
                yield file


def _content(path: Path) -> bytes:
    status = path.stat()
    return _content_then(path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@lru_cache(maxsize=1024)
def _content_then(path: Path, *_: int) -> bytes:
    return path.read_bytes()


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else f"{path.parent.name}/{path.name}"
