"""A file that a lesson names: it must lie in the lesson's own folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.table import Table, shown


def file_beside(table: Table, key: str, value: str, folder: Path | None, suffixes: Sequence[str], without: str) -> Path:
    """The file that ``key`` names, of one of these kinds, inside ``folder`` also after symbolic links.

    LessonError, one sentence, if it is not; where there is no folder it says to do what is to be done ``without``.
    """
    if folder is None:
        raise table.error(key, f"names a file, but this lesson has no folder: {without}")
    if Path(value).suffix not in suffixes or not value.isprintable():
        move = "save it as one"
        if Path(value).suffix == ".npz":
            move = "that holds several arrays, so save one with numpy.save"
        elif not Path(value).suffix:
            move += f", or {without}"
        raise table.error(key, f"must name {kinds_named(suffixes)} file, not {shown(value)}: {move}")
    root = folder.resolve()
    try:
        path = (root / value).resolve()
        if Path(value).is_absolute() or not path.is_relative_to(root):
            raise table.error(key, f"is {shown(value)}, outside the lesson's folder: put the file beside the lesson")
        if not path.is_file():
            rule = "is not a file" if path.exists() else "does not exist"
            raise table.error(key, f"is {shown(value)}, which {rule} in the lesson's folder: correct the path")
    except (OSError, RuntimeError) as failure:
        raise table.error(
            key, f"is {shown(value)}, which cannot be followed ({reason_of(failure)}): correct the path"
        ) from None
    return path


def kinds_named(suffixes: Sequence[str]) -> str:
    """Kinds of file in words: an .npy, .csv or .png."""
    *others, last = suffixes
    return f"an {', '.join(others)} or {last}" if others else f"an {last}"


def reason_of(failure: Exception) -> str:
    """Why a path cannot be used, in a few words."""
    return (failure.strerror if isinstance(failure, OSError) else None) or "the links go round in a circle"
