"""What a file was made from: the lesson's data, our source, and the words it shows. Its digest is the `source` of the
manifest; two origins say what changed between them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

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
    """`lesson` is the lesson's digest; `modules` maps our files to digests, `words` `<lang>/<key>` to messages."""

    lesson: str
    modules: Mapping[str, str]
    words: Mapping[str, str | None]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over it all."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def now(self) -> Origin:
        """The same with the words as they stand now."""
        return replace(self, words={name: message_now(name) for name in self.words})

    def changes_to(self, new: Origin) -> Iterator[str]:
        """What is different in `new`, in words. Its `words` must be those that this one names."""
        if self.lesson != new.lesson:
            yield "the lesson's data changed"
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


def origin_of(job: Job, words: Mapping[str, str | None] | None = None) -> Origin:
    """The origin of `job`'s files, given the words that were asked for."""
    files = {file for name in OURS[job.entry.kind] for file in modules_used(ROOT / name)}
    files |= modules_used(job.entry.path) | {ROOT / name for name in ALONE}
    return Origin(job.lesson.digest, contents_of(files), dict(words or {}))


def read_origin(document: Any) -> Origin | None:
    """The origin in a document of the store."""
    return None if document is None else Origin(document["lesson"], document["modules"], document["words"])


def origin_document(origin: Origin) -> dict[str, Any]:
    """The other way round."""
    return asdict(origin)
