"""Which lesson file an output folder's pictures came from: two lessons of one name must not mix there.

The store notes it, since the manifest has no paths of this machine; also when nothing else is kept there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.request_error import RequestError
from pipeline.rooms import shown
from pipeline.store import Store

if TYPE_CHECKING:
    from core import AnyLesson

KIND = "lesson-place"

Lessons = Mapping[Path, "AnyLesson"]
"""Lessons by their files."""


def refuse_namesakes(lessons: Lessons, out: Path, manifest: Mapping[str, dict[str, Any]], store: Store) -> None:
    """Raise RequestError when `out` holds pictures of another lesson of the same name.

    A lesson may change, and its file may be copied or move: it is another one if its content is another, and the file
    that was drawn before is still there.
    """
    for file, lesson in lessons.items():
        noted = store.document(KIND, _key(out, lesson.name))
        if noted is None or noted["digest"] == lesson.digest:
            continue
        before = Path(noted["file"])
        drawn = (path for path, entry in manifest.items() if entry.get("lesson") == lesson.name)
        if before != file.resolve() and before.is_file() and any((out / path).is_file() for path in drawn):
            raise RequestError(
                f"{shown(out / lesson.name)} holds what was drawn of {shown(before)}, and {shown(file)} is another "
                "lesson of that name: rename one of them, choose another folder with --out, or delete that one first."
            )


def note_places(lessons: Lessons, out: Path, store: Store) -> None:
    """Note that `out` holds pictures of these lessons from now on."""
    for file, lesson in lessons.items():
        document = {"file": str(file.resolve()), "digest": lesson.digest}
        store.keep_document(KIND, _key(out, lesson.name), document)


def _key(out: Path, name: str) -> str:
    return hashlib.sha256(f"{out.resolve()}\0{name}".encode()).hexdigest()
