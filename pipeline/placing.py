"""A file put in its place in the output folder, and nothing lost that was there and is not ours."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pipeline.aside import write_aside
from pipeline.store import Store

KEPT = ".kept"
"""What is put behind the name of a file that somebody else left in the place of one of ours."""


@dataclass(frozen=True)
class Placing:
    """Puts files below `out`. `listed` are those that the manifest names; `say` is told what was kept, and as what."""

    out: Path
    listed: Container[str]
    store: Store | None
    say: Callable[[str], None]

    def put(self, file: str, data: bytes) -> None:
        """Write `data` to `file`, its path below `out`, at once. Raises OSError.

        A file that is there, not listed, and of other content that the store does not know either, is nobody's
        leftover of a build: it is kept under another name.
        """
        path = self.out / file
        if file not in self.listed and path.is_file() and not self._ours(path, data):
            kept = next(name for name in _names(path) if not os.path.lexists(name))
            path.rename(kept)
            self.say(f"{file} was there before, from elsewhere: it is now {kept.name}.")
        write_aside(path, data)

    def _ours(self, path: Path, data: bytes) -> bool:
        there = hashlib.sha256(path.read_bytes()).hexdigest()
        if there == hashlib.sha256(data).hexdigest():
            return True
        return self.store is not None and self.store.content(there) is not None


def _names(path: Path) -> Iterator[Path]:
    """`x.svg.kept`, `x.svg.kept-2`, and so on."""
    yield path.with_name(path.name + KEPT)
    yield from (path.with_name(f"{path.name}{KEPT}-{number}") for number in count(2))
