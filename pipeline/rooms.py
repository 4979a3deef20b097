"""Where the project's rooms are on disk. Tests and other projects point the same pipeline at other folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Rooms:
    """The folders that artifacts and lessons are discovered in."""

    scenes: Path = ROOT / "scenes"
    figures: Path = ROOT / "figures"
    lessons: Path = ROOT / "lessons"


def shown(path: Path) -> str:
    """`path` as a person would type it: relative to the project or the working folder when it lies in there."""
    for base in (Path.cwd(), ROOT):
        if path.is_absolute() and path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.as_posix()
