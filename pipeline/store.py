"""The store: files known by their SHA-256 and small documents known by a key, kept between builds and checkouts.

Everything read is checked, so a torn or altered file is as good as none; everything written appears at once, so any
number of processes may share a store. What was not used for the longest time goes first when it grows over its limit.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.aside import LEFT_BEHIND, write_aside

USUAL_LIMIT = 2 << 30
KEPT_OF_LIMIT = 0.9
"""Evicting goes a little below the limit, so that the next file does not evict again."""
ABANDONED = 3600.0
"""Seconds after which a half-written file has surely lost its writer."""
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
ROOMS = ("contents", "documents")


@dataclass(frozen=True)
class Usage:
    """What a store holds: files and bytes, and the bytes it may hold."""

    files: int
    bytes: int
    limit: int


@dataclass(frozen=True)
class Store:
    """A store below the folder `root`, which need not exist; one that cannot be used is a store without content."""

    root: Path

    def content(self, sha256: str) -> bytes | None:
        """The bytes with that SHA-256 (hex), or None."""
        path = self._content(sha256)
        data = _read(path)
        if data is None:
            return None
        if hashlib.sha256(data).hexdigest() != sha256:
            _drop(path)
            return None
        _touch(path)
        return data

    def keep(self, data: bytes) -> str:
        """Keep `data`; its SHA-256 (hex). A full or read-only disk keeps nothing, and that is no error."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.content(sha256) is None:
            _write(self._content(sha256), data)
        return sha256

    def document(self, kind: str, key: str, variant: str = "") -> Any:
        """The document of that kind under `key` (hex), or None."""
        return _unsealed(self._document(kind, key, variant or "only"))

    def variants(self, kind: str, key: str) -> Iterator[Any]:
        """All documents under `key`, the last used first."""
        folder = self._document(kind, key, "x").parent
        paths = list(folder.glob("*.json")) if folder.is_dir() else []
        for path in sorted(paths, key=lambda path: (-_used(path), path.name)):
            if (document := _unsealed(path)) is not None:
                yield document

    def keep_document(self, kind: str, key: str, document: object, variant: str = "") -> None:
        """Keep what JSON can say under `key` (hex); a document that is there is replaced."""
        text = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
        sealed = hashlib.sha256(text).hexdigest().encode() + b"\n" + text
        _write(self._document(kind, key, variant or "only"), sealed)

    def usage(self) -> Usage:
        """Count it all."""
        sizes = [size for _, size, _ in self._files()]
        return Usage(len(sizes), sum(sizes), self.limit)

    @property
    def limit(self) -> int:
        """Bytes."""
        data = _read(self.root / "limit")
        return int(data) if data and data.strip().isdigit() else USUAL_LIMIT

    def set_limit(self, limit: int) -> None:
        """Hold at most so many bytes from now on. Raises OSError."""
        write_aside(self.root / "limit", f"{limit}\n".encode())
        self.evict()

    def clear(self) -> None:
        """Forget everything but the limit. Raises OSError."""
        for room in ROOMS:
            if (self.root / room).exists():
                shutil.rmtree(self.root / room)

    def evict(self) -> None:
        """Remove what was not used for the longest time until the limit is kept."""
        now = time.time()
        files = []
        for path, size, used in self._files():
            if not LEFT_BEHIND.fullmatch(path.name):
                files.append((used, path, size))
            elif now - used > ABANDONED:
                _drop(path)
        total = sum(size for _, _, size in files)
        if total <= self.limit:
            return
        for _, path, size in sorted(files):
            if total <= self.limit * KEPT_OF_LIMIT:
                break
            _drop(path)
            total -= size

    def _files(self) -> Iterator[tuple[Path, int, float]]:
        for room in ROOMS:
            for folder, _, names in os.walk(self.root / room):
                for name in names:
                    path = Path(folder, name)
                    try:
                        status = path.stat()
                    except OSError:  # another process removed it
                        continue
                    yield path, status.st_size, status.st_mtime

    def _content(self, sha256: str) -> Path:
        return self.root / "contents" / sha256[:2] / sha256

    def _document(self, kind: str, key: str, variant: str) -> Path:
        return self.root / "documents" / kind / key[:2] / key / f"{variant}.json"


def usual_store() -> Store:
    """The store of this user: `$XDG_CACHE_HOME/convscan`, or `~/.cache/convscan`."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return Store((Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "convscan")


def bytes_of(size: str) -> int:
    """`500M` or `2G` in bytes. Raises ValueError."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", size.strip(), re.IGNORECASE)
    if not found:
        raise ValueError(f"'{size}' is not a size: write a number and K, M, G or T, such as 500M")
    return int(float(found[1]) * UNITS[found[2].upper()])


def shown_size(count: float) -> str:
    """`12.3 MB`, with 1024 bytes in a kB."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1024:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} GB"


def _unsealed(path: Path) -> Any:
    seal, _, text = (_read(path) or b"").partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != seal:
        _drop(path)
        return None
    _touch(path)
    return json.loads(text)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    try:
        write_aside(path, data, sync=False)
    except OSError:
        return


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
