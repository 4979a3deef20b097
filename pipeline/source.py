"""Which source a file was drawn from: the digest of everything of ours that had a say in it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.rooms import ROOT


def source_digest(code: Path, parts: Iterable[str] = (), data: Iterable[Path] = ()) -> str:
    """SHA-256 (hex) over `code`, every module of this project it imports, the strings `parts` and the files `data`.

    Neither where the project lies nor when a file was written counts.
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    for path in sorted({*modules_used(code), *data}, key=_name):
        content = _content(path)
        digest.update(f"{_name(path)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def words_used(code: Iterable[Path], folder: Path) -> set[Path]:
    """The .toml files of `folder` that `code` takes messages from: `"common.` in it names common.toml."""
    texts = [_content(path) for path in code]
    return {file for file in folder.glob("*.toml") if any(f'"{file.stem}.'.encode() in text for text in texts)}


@lru_cache(maxsize=1024)
def modules_used(code: Path) -> frozenset[Path]:
    """`code` and every file of this project it imports, directly or through another."""
    found = {code}
    waiting = [code]
    while waiting:
        path = waiting.pop()
        fresh = set(_imported(path)) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


@lru_cache(maxsize=1024)
def _imported(path: Path) -> frozenset[Path]:
    names: set[str] = set()
    package = path.parent.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ()
    for node in ast.walk(ast.parse(_content(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)}
    return frozenset(file for name in names for file in _files(name))


def _files(module: str) -> Iterator[Path]:
    """The files that importing `module` runs: it and the packages around it; none when it is not of this project."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        place = ROOT.joinpath(*parts[:length])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file() and place != ROOT:
                yield file


@lru_cache(maxsize=1024)
def _content(path: Path) -> bytes:
    return path.read_bytes()


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else f"{path.parent.name}/{path.name}"
