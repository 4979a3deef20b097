"""A build from request to manifest."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import AnyLesson, Lesson, LessonError, load_any_lesson
from pipeline.aside import sweep, unwritten
from pipeline.catalogue import read_catalogue
from pipeline.field_source import read_model
from pipeline.job import Failure, Job, Made
from pipeline.lesson_facts import facts_of_lesson
from pipeline.lesson_places import note_places, refuse_namesakes
from pipeline.library_versions import system_libraries
from pipeline.manifest import NAME, Record, merge_manifest, read_manifest
from pipeline.network_check import check_drawable, traced_networks
from pipeline.out_lock import locked
from pipeline.pages import NAMES, get_ready, write_pages
from pipeline.placing import Placing
from pipeline.plan import Request, find_lessons, left_out, plan_jobs
from pipeline.pool import Crew, Running, run_jobs
from pipeline.progress import Progress
from pipeline.request_error import RequestError
from pipeline.restore import put_in_place
from pipeline.reuse import remember
from pipeline.rooms import Rooms, shown
from pipeline.scratch import scratch_folder
from pipeline.source import times_at_start, untouched
from pipeline.stamp import stamp_of
from pipeline.store import Store

Place = Callable[[str, bytes], None]
"""Puts a file, by its path below the output folder, in its place. Raises OSError."""


@dataclass(frozen=True)
class Outcome:
    """What a build was asked for and has, how many of these files it drew, and what it could not make."""

    records: tuple[Record, ...]
    failures: tuple[Failure, ...]
    drawn: int


def load_lessons(named: Sequence[str], rooms: Rooms) -> list[AnyLesson]:
    """The lessons by name or path. Raises RequestError with the loader's sentence."""
    return list(_lessons_by_file(named, rooms).values())


def _lessons_by_file(named: Sequence[str], rooms: Rooms) -> dict[Path, AnyLesson]:
    try:
        return {path: load_any_lesson(path, read_model) for path in find_lessons(named, rooms)}
    except LessonError as error:
        raise RequestError(str(error)) from error


def check_words() -> None:
    """Raise RequestError naming the first file of words that cannot be read."""
    from look import LANGUAGES, WordsError
    from look.words import load_words

    for lang in LANGUAGES:
        try:
            load_words(lang)
        except WordsError as error:
            raise RequestError(f"{error}.") from error


def check_letters(lessons: Sequence[AnyLesson], places: Sequence[str]) -> None:
    """Raise RequestError naming the first text of a lesson that the font cannot set; `places` say where each is."""
    from look.fonts import MissingGlyphError, check_characters

    for lesson, place in zip(lessons, places, strict=True):
        texts = {"'title'": lesson.title}
        if isinstance(lesson, Lesson):
            texts |= {"'site' in [card]": lesson.card.site, "'tagline' in [card]": lesson.card.tagline}
        for key, text in texts.items():
            for words in (text.en, text.zh):
                try:
                    check_characters(words)
                except MissingGlyphError as error:
                    raise RequestError(f"{place}: {key}: {error}") from error


def build_files(
    request: Request,
    out: Path,
    progress: Progress,
    *,
    workers: int | Crew = 0,
    cluster: str | None = None,
    rooms: Rooms | None = None,
    store: Store | None = None,
    places: Store | None = None,
    explain: bool = False,
) -> Outcome:
    """Make what `request` asks for in `out`. Raises RequestError before anything is drawn if it cannot be done.

    What `store` knows and nothing changed is not drawn again; without a store everything is. `places`, by default that
    store, knows which lesson files were drawn where: two lessons of one name do not mix. Each file appears
    complete, as soon as its job is done; the manifest is written last, also when the build is interrupted, and then
    names the files that were finished. A failing job does not stop the others. A second build into `out` waits.

    The drawing is done over so many `workers` here, by such a crew, or over those of the Dask cluster at `cluster`.
    """
    rooms, places = rooms or Rooms(), places or store
    times_at_start()
    stamp = stamp_of(request, out, rooms) if store else None
    by_file = _lessons_by_file(request.lessons, rooms)
    lessons = list(by_file.values())
    networks = traced_networks(lessons)
    check_words()
    catalogue = read_catalogue(rooms)
    jobs, failures = plan_jobs(request, catalogue, lessons)
    check_drawable(networks, jobs)
    if any(job.entry.kind != "table" for job in jobs):
        check_letters(lessons, [shown(path) for path in by_file])
    for sentence in left_out(request, catalogue, lessons):
        progress.notice(sentence)
    folders = [out, *(out / lesson.name for lesson in lessons)]
    if places and out.is_dir():
        refuse_namesakes(by_file, out, read_manifest(out), places)
    waits = f"Another build is writing to {shown(out)}; this one waits for its end."
    with _crew(workers, cluster, jobs, progress) as crew:
        _check_writable(folders)
        with locked(out, lambda: progress.notice(waits)):
            manifest = read_manifest(out)
            for folder in folders:
                sweep(folder)
            records: list[Record] = []
            place = Placing(out, manifest, store, progress.notice).put
            if places:
                note_places(by_file, out, places)
            if store:
                say = progress.notice if explain else None
                jobs, records, unplaced = put_in_place(jobs, out, store, manifest, place, say)
                failures += unplaced
            drawn = _draw(jobs, failures, records, lessons, out, progress, crew, store, place)
            failures += _lost(records, out)
            if store:
                if stamp and not failures and untouched(times_at_start()):
                    libraries = system_libraries() if any(record.kind == "film" for record in records) else ()
                    also = (*libraries, *(out.absolute() / name for name in NAMES))
                    stamp.keep(store, out, {record.file: record.sha256 for record in records}, also)
                store.evict()
    return Outcome(tuple(records), tuple(failures), drawn)


@contextmanager
def _crew(workers: int | Crew, cluster: str | None, jobs: Sequence[Job], progress: Progress) -> Iterator[int | Crew]:
    """Who draws. Raises RequestError when the cluster cannot."""
    if cluster is None:
        yield workers
        return
    from pipeline.cluster_crew import cluster_at

    with cluster_at(cluster, jobs, progress.notice) as crew:
        yield crew


def _draw(
    jobs: Sequence[Job],
    failures: list[Failure],
    records: list[Record],
    lessons: Sequence[AnyLesson],
    out: Path,
    progress: Progress,
    workers: int | Crew,
    store: Store | None,
    place: Place,
) -> int:
    """Do `jobs`, add to `failures` and `records`, write the manifest and the pages; how many files were drawn."""
    before = len(records)
    once_ready = cache(get_ready)

    def tick(running: Running) -> None:
        once_ready()
        progress.running(running)

    progress.started(jobs)
    try:
        for broken in failures:
            progress.failed(broken)
        with (
            scratch_folder() as scratch,
            closing(run_jobs(jobs, workers, scratch, tick)) as outcomes,
        ):
            for job, outcome in outcomes:
                stored, failure = _put(out, outcome, job.label, place)
                records += stored
                if store and isinstance(outcome, Made):
                    remember(job, outcome, store)
                if failure:
                    failures.append(failure)
                    progress.failed(failure, job)
                elif isinstance(outcome, Made):
                    progress.made(job, outcome)
    finally:
        progress.stopped()
        if records:
            there = [record for record in records if (out / record.file).is_file()]
            failures += _finish(out, there, lessons, progress)
    return len(records) - before


def _put(out: Path, outcome: Made | Failure, label: str, place: Place) -> tuple[list[Record], Failure | None]:
    """Put the files in their places; a full disk fails this job and leaves what was there."""
    if isinstance(outcome, Failure):
        return [], outcome
    stored: list[Record] = []
    for record, data in outcome.files:
        try:
            place(record.file, data)
        except OSError as error:
            return stored, Failure(label, unwritten(out / record.file, error))
        stored.append(record)
    return stored, None


def _lost(records: list[Record], out: Path) -> list[Failure]:
    """Files that are no longer there, taken from `records`: the folder was emptied while the build went on."""
    lost = [record for record in records if not (out / record.file).is_file()]
    for record in lost:
        records.remove(record)
    reason = f"it was deleted from {shown(out)} while the build went on: build again"
    return [Failure(record.file, reason) for record in lost]


def _finish(out: Path, records: Sequence[Record], lessons: Sequence[AnyLesson], progress: Progress) -> list[Failure]:
    """Write the manifest and the pages; what of them could not be written, which must not hide what else failed."""
    made = [f"manifest and pages of {shown(out)}", f"pages of {shown(out)}"]
    try:
        merge_manifest(out, records, {lesson.name: facts_of_lesson(lesson) for lesson in lessons})
        made.pop(0)
        write_pages(out, progress.notice)
    except OSError as error:
        return [Failure(made[0], unwritten(out / NAME, error))]
    except RequestError as error:
        return [Failure(made[0], str(error).removesuffix("."))]
    return []


def _check_writable(folders: Sequence[Path]) -> None:
    """Find out before an hour of drawing whether its results have a place. Raises RequestError."""
    for folder in folders:
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
