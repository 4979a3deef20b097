"""One piece of work: a lesson, an artifact and a look, turned into files as bytes. Picklable both ways."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.author_file import blamed_line
from pipeline.catalogue import Entry
from pipeline.manifest import Record, label_of
from pipeline.trace_size import TooLargeError

if TYPE_CHECKING:
    from core import AnyLesson
    from pipeline.origin import Origin

Progress = Callable[[float], None]
"""Called with the part that is done, 0 to 1."""

COST = {"film": 400.0, "figure": 4.0, "card": 3.0, "table": 1.0}
"""Rough relative times, at hd, that decide what goes first and how the bar moves."""

FILM_QUALITY_COST = {"draft": 0.25, "hd": 1.0, "hd60": 2.0, "uhd": 6.0}
CAPTIONS_COST = 20.0


@dataclass(frozen=True)
class Job:
    """Draw `entry` for `lesson` in one look, in all of `formats`. Tables have neither language nor theme."""

    entry: Entry
    lesson: AnyLesson
    formats: tuple[str, ...]
    quality: str
    lang: str | None = None
    theme: str | None = None

    @property
    def label(self) -> str:
        """What it is called: see `pipeline.manifest.label_of`."""
        return label_of(self.lesson.name, self.entry.name, self.lang, self.theme)

    @property
    def cost(self) -> float:
        """Roughly how long it takes, relative to other jobs."""
        if self.entry.kind != "film":
            return COST[self.entry.kind]
        if not {"mp4", "webm", "gif"} & set(self.formats):
            return CAPTIONS_COST
        return COST["film"] * FILM_QUALITY_COST[self.quality]

    def file(self, form: str) -> str:
        """The file's path below the output folder: `<lesson>/<name>[.<lang>][.<theme>].<ext>`."""
        parts = (self.entry.name, self.lang, self.theme, form)
        return f"{self.lesson.name}/" + ".".join(part for part in parts if part)


@dataclass(frozen=True)
class Made:
    """A job's files with their contents, the seconds it took, and what they were made from."""

    files: tuple[tuple[Record, bytes], ...]
    seconds: float
    origin: Origin


@dataclass(frozen=True)
class Failure:
    """A job that could not be done: which, why with the author's `file:line` in one sentence, and the traceback."""

    label: str
    reason: str
    details: str = ""


def perform(job: Job, scratch: Path, progress: Progress | None = None) -> Made | Failure:
    """Do `job`. Anything its author's code raises comes back as a Failure. Films pass through the folder `scratch`."""
    begun = perf_counter()
    try:
        # Inside the try: a drawing library that is missing or broken is this job's failure, not the build's end.
        from pipeline.artifacts import make

        files, origin = make(job, scratch, progress)
    except Exception as error:
        return failed(job, error)
    return Made(tuple(files), perf_counter() - begun, origin)


def failed(job: Job, error: BaseException) -> Failure:
    """What went wrong, as words that can cross to another process."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, TooLargeError):  # the lesson's doing, not a file's
        return Failure(job.label, str(error), details)
    ours = type(error).__module__.partition(".")[0] in ("core", "look", "pipeline")
    words = " ".join(str(error).split())
    said = words if ours and words else f"{type(error).__name__}: {words}".rstrip(": ")
    reason = f"{blamed_line(error, job.entry.path)}: {said}"
    return Failure(job.label, reason, details)
