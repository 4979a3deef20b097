"""Python trusts the bytecode it kept of a file if size and second are the same. A file that another was copied over,
with its times, or that was edited twice in a second, would run as it was: so bytecode older than its source goes.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.rooms import ROOT

CODE = tuple(ROOT / room for room in ("core", "models", "look", "figures", "scenes", "pipeline"))


def drop_outdated_bytecode(folders: Iterable[Path] = CODE) -> None:
    """Remove the bytecode of each file in `folders` whose status changed since; nobody can set that time back."""
    for folder in folders:
        for source in folder.glob("*.py"):
            kept = importlib.util.cache_from_source(str(source))
            try:
                if source.stat().st_ctime_ns >= os.stat(kept).st_ctime_ns:
                    os.unlink(kept)
            except OSError:  # there is none, or it is not ours to remove
                continue
