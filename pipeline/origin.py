"""What a file was made from: the parts of the lesson that it reads, our source, and the words it shows. Its digest is
the `source` of the manifest; two origins say what changed between them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.any_lesson import AnyLesson
from core.lesson_parts import parts_of
from pipeline.parts_read import ALWAYS
from pipeline.rooms import ROOT
from pipeline.source import contents_of, modules_used
from pipeline.words_asked import message_now

if TYPE_CHECKING:
    from pipeline.job import Job

OURS = {
    "film": ("pipeline/film.py", "pipeline/captions.py", "look/__init__.py", "core/__init__.py"),
    "figure": ("pipeline/figure.py", "look/__init__.py", "core/__init__.py"),
    "card": ("pipeline/figure.py", "look/__init__.py", "core/__init__.py"),
    "table": ("core/__init__.py",),
}
"""What has a say in the bytes besides the author's file and what that imports."""

ALONE = ("pipeline/artifacts.py",)
"""What has a say, but not everything that it imports has: it imports what each of the kinds needs."""


@dataclass(frozen=True)
class Origin:
    """`parts` are those of the lesson (`core.lesson_parts`), `modules` maps our files to digests, `words` maps
    `<lang>/<key>` to messages.
    """

    parts: Mapping[str, str]
    modules: Mapping[str, str]
    words: Mapping[str, str | None]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over it all."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def now(self, lesson: AnyLesson) -> Origin:
        """The same with the words, and the parts of `lesson`, as they stand now."""
        words = {name: message_now(name) for name in self.words}
        return replace(self, parts=_parts(lesson, self.parts), words=words)

    def changes_to(self, new: Origin) -> Iterator[str]:
        """What is different in `new`, in words. Its `parts` and `words` must be those that this one names."""
        for name in self.parts:
            if self.parts[name] != new.parts.get(name):
                yield f"the lesson's {name} changed"
        for name in sorted({*self.modules, *new.modules}):
            if name not in new.modules:
                yield f"{name} is no longer used"
            elif name not in self.modules:
                yield f"{name} is now used"
            elif self.modules[name] != new.modules[name]:
                yield f"{name} changed"
        for name in sorted(self.words):
            if self.words[name] != new.words.get(name):
                lang, _, key = name.partition("/")
                yield f"the {lang} words of {key} changed"


def origin_of(job: Job) -> Origin:
    """The origin of `job`'s files as far as it is known before drawing: nothing that a drawing may leave alone."""
    return Origin(_parts(job.lesson, ALWAYS), contents_of(files_of(job)), {})


def files_of(job: Job) -> frozenset[Path]:
    """The files of ours that have a say in what `job` makes."""
    ours = {file for name in OURS[job.entry.kind] for file in modules_used(ROOT / name)}
    return modules_used(job.entry.path) | ours | {ROOT / name for name in ALONE}


def with_asked(origin: Origin, lesson: AnyLesson, read: Iterable[str], words: Mapping[str, str | None]) -> Origin:
    """The origin with the parts of `lesson` that were read and the words that were asked for while drawing."""
    return replace(origin, parts=_parts(lesson, {*read, *ALWAYS}), words=words)


def _parts(lesson: AnyLesson, names: Container[str]) -> dict[str, str]:
    return {name: part for name, part in parts_of(lesson).items() if name in names}


def read_origin(document: Any) -> Origin | None:
    """The origin in a document of the store."""
    return None if document is None else Origin(document["parts"], document["modules"], document["words"])


def origin_document(origin: Origin) -> dict[str, Any]:
    """The other way round."""
    return asdict(origin)
