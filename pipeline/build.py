"""A build from request to manifest."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core import LessonError, load_lesson
from core.lesson import Lesson
from pipeline.aside import write_aside
from pipeline.catalogue import read_catalogue
from pipeline.job import Failure, Made
from pipeline.manifest import NAME, Record, merge_manifest, read_manifest
from pipeline.plan import Request, find_lessons, plan_jobs
from pipeline.pool import run_jobs
from pipeline.progress import Progress
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms, shown


@dataclass(frozen=True)
class Outcome:
    """What a build made and what it could not."""

    records: tuple[Record, ...]
    failures: tuple[Failure, ...]


def load_lessons(named: Sequence[str], rooms: Rooms) -> list[Lesson]:
    """The lessons by name or path. Raises RequestError with the loader's sentence."""
    try:
        return [load_lesson(path) for path in find_lessons(named, rooms)]
    except LessonError as error:
        raise RequestError(str(error)) from error


def build_files(
    request: Request, out: Path, progress: Progress, *, workers: int = 0, rooms: Rooms | None = None
) -> Outcome:
    """Draw what `request` asks for into `out`. Raises RequestError before anything is drawn if it cannot be done.

    Each file appears complete, as soon as its job is done; the manifest is written last, also when the build is
    interrupted, and then names the files that were finished. A failing job does not stop the others.
    """
    rooms = rooms or Rooms()
    lessons = load_lessons(request.lessons, rooms)
    jobs, failures = plan_jobs(request, read_catalogue(rooms), lessons)
    _check_writable(out, [lesson.name for lesson in lessons])
    read_manifest(out)
    records: list[Record] = []
    progress.started(jobs)
    try:
        for broken in failures:
            progress.failed(broken)
        with (
            tempfile.TemporaryDirectory(prefix="convscan-") as scratch,
            closing(run_jobs(jobs, workers, Path(scratch), progress.running)) as outcomes,
        ):
            for job, outcome in outcomes:
                stored, failure = _store(out, outcome, job.label)
                records += stored
                if failure:
                    failures.append(failure)
                    progress.failed(failure, job)
                elif isinstance(outcome, Made):
                    progress.made(job, outcome)
    finally:
        progress.stopped()
        if records:
            _finish(out, records)
    return Outcome(tuple(records), tuple(failures))


def _store(out: Path, outcome: Made | Failure, label: str) -> tuple[list[Record], Failure | None]:
    """Put the files in their places; a full disk fails this job and leaves what was there."""
    if isinstance(outcome, Failure):
        return [], outcome
    stored: list[Record] = []
    for record, data in outcome.files:
        try:
            write_aside(out / record.file, data)
        except OSError as error:
            return stored, Failure(label, f"{shown(out / record.file)} cannot be written: {error.strerror}")
        stored.append(record)
    return stored, None


def _finish(out: Path, records: Sequence[Record]) -> None:
    try:
        merge_manifest(out, records)
    except OSError as error:
        raise RequestError(f"{shown(out / NAME)} cannot be written: {error.strerror}.") from error


def _check_writable(out: Path, lessons: Sequence[str]) -> None:
    """Find out before an hour of drawing whether its results have a place. Raises RequestError."""
    for folder in (out, *(out / name for name in lessons)):
        if folder.exists() and not folder.is_dir():
            raise RequestError(
                f"{shown(folder)} is a file, and the output needs a folder of that name: choose another --out."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise RequestError(
                f"{shown(folder)} cannot be written to ({error.strerror}): choose another folder with --out."
            ) from error
