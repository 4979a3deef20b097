"""Whether an output folder holds what its manifest says, and whether drawing it all again gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import AnyLesson
from pipeline.build import load_lessons
from pipeline.catalogue import Catalogue, Entry, lesson_files, read_catalogue
from pipeline.differences import first_difference
from pipeline.job import Failure, Job
from pipeline.library_versions import versions
from pipeline.manifest import NAME, built_entries
from pipeline.plan import find_lessons
from pipeline.pool import run_jobs
from pipeline.progress import Progress
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms, shown
from pipeline.scratch import scratch_folder
from pipeline.store import Store

Entries = Mapping[str, dict[str, Any]]

USUAL_QUALITY, USUAL_THEME = "hd", "light"
"""For files that are the same in each."""


@dataclass(frozen=True)
class Finding:
    """A file below the output folder, and what is wrong with it in words."""

    file: str
    wrong: str


def entries_of(out: Path, named: Sequence[str], rooms: Rooms) -> dict[str, dict[str, Any]]:
    """The manifest's entries, of all lessons or of those named. Raises RequestError when there are none."""
    entries = built_entries(out)
    if not named:
        return entries
    lessons = {path.stem for path in find_lessons(named, rooms)}
    missing = sorted(lessons - {entry["lesson"] for entry in entries.values()})
    if missing:
        raise RequestError(f"{shown(out / NAME)} names no files of the lesson '{missing[0]}': build it first.")
    return {file: entry for file, entry in entries.items() if entry["lesson"] in lessons}


def check_files(out: Path, entries: Entries, store: Store) -> Iterator[Finding]:
    """Files that are not there, or not as the manifest says; the store may know where they differ."""
    for file, entry in sorted(entries.items()):
        try:
            data = (out / file).read_bytes()
        except FileNotFoundError:
            yield Finding(file, "is missing")
        except OSError as error:
            yield Finding(file, f"cannot be read: {error.strerror}")
        else:
            if hashlib.sha256(data).hexdigest() != entry["sha256"]:
                right = store.content(entry["sha256"])
                where = f": {first_difference(entry['format'], right, data)}" if right else ""
                yield Finding(file, f"is not what was built{where}")


def check_rebuilt(
    out: Path, entries: Entries, named: Sequence[str], rooms: Rooms, workers: int, progress: Progress
) -> Iterator[Finding]:
    """Draw everything in `entries` again, in a folder of its own and without the store; what comes out differently."""
    jobs, findings = _jobs(entries, _lessons(out, entries, named, rooms), read_catalogue(rooms))
    yield from findings
    left = {file for file in entries if file not in {finding.file for finding in findings}}
    progress.started(jobs)
    try:
        with (
            scratch_folder() as scratch,
            closing(run_jobs(jobs, workers, scratch, progress.running)) as outcomes,
        ):
            for job, outcome in outcomes:
                if isinstance(outcome, Failure):
                    progress.failed(outcome, job)
                    files = {file for file in left if _is_of(entries[file], job)}
                    left -= files
                    yield from (Finding(file, f"cannot be drawn again: {outcome.reason}") for file in sorted(files))
                    continue
                progress.made(job, outcome)
                for record, data in outcome.files:
                    left.discard(record.file)
                    entry = entries.get(record.file)
                    if entry is None:
                        yield Finding(record.file, "is drawn now, and was not before")
                    elif entry["sha256"] != record.sha256:
                        yield Finding(record.file, f"comes out differently: {_where(out, entry, record.file, data)}")
    finally:
        progress.stopped()
    yield from (Finding(file, "is no longer drawn") for file in sorted(left))


def _where(out: Path, entry: dict[str, Any], file: str, new: bytes) -> str:
    """Where the file in the folder differs from `new`, and which libraries are not those it was built with."""
    try:
        old = (out / file).read_bytes()
    except OSError:
        old = b""
    known = hashlib.sha256(old).hexdigest() == entry["sha256"]
    where = first_difference(entry["format"], old, new) if known else "the file it was built as is not there to compare"
    before, now = entry.get("versions", {}), versions(entry["kind"])
    others = [f"{name} was {before[name]} and is {now.get(name)}" for name in before if before[name] != now.get(name)]
    return where + (f" ({', '.join(others)})" if others else "")


def _lessons(out: Path, entries: Entries, named: Sequence[str], rooms: Rooms) -> dict[str, AnyLesson]:
    """The lessons of `entries` by name. Raises RequestError for one that is nowhere to be found."""
    wanted = sorted({entry["lesson"] for entry in entries.values()})
    shipped = {path.stem for path in lesson_files(rooms.lessons)}
    for name in wanted:
        if not named and name not in shipped:
            raise RequestError(
                f"{shown(out / NAME)} names files of the lesson '{name}', which is not a shipped one: name the lessons "
                f"to check, this one by the path of its .toml file."
            )
    return {lesson.name: lesson for lesson in load_lessons(named or wanted, rooms)}


def _jobs(entries: Entries, lessons: Mapping[str, AnyLesson], catalogue: Catalogue) -> tuple[list[Job], list[Finding]]:
    """What to draw for `entries`, and those that nothing draws any more. Files of one drawing are drawn once."""
    known = {(entry.kind, entry.name): entry for entry in catalogue.entries if not entry.broken}
    groups: dict[tuple[Entry, str, str | None, str | None], dict[str | None, set[str]]] = {}
    findings: list[Finding] = []
    for file, facts in sorted(entries.items(), key=lambda item: (item[1].get("theme") is None, item[0])):
        entry = known.get((facts["kind"], facts["name"]))
        if entry is None:
            findings.append(Finding(file, f"cannot be drawn again: there is no {facts['kind']} {facts['name']}"))
            continue
        lesson, lang, theme = facts["lesson"], facts.get("lang"), facts.get("theme")
        if entry.kind == "film" and theme is None:  # captions, which the film of any theme brings
            themes = (key[3] for key in groups if key[:3] == (entry, lesson, lang))
            theme = next(themes, USUAL_THEME)
        drawn = groups.setdefault((entry, lesson, lang, theme), {})
        drawn.setdefault(facts.get("quality"), set()).add(facts["format"])
    jobs = []
    for (entry, lesson, lang, theme), drawn in groups.items():
        same = drawn.pop(None, set())
        for quality, forms in (drawn or {USUAL_QUALITY: set[str]()}).items():
            formats = tuple(form for form in entry.formats if form in forms | same)
            jobs.append(Job(entry, lessons[lesson], formats, quality or USUAL_QUALITY, lang, theme))
            same = set()
    return sorted(jobs, key=lambda job: -job.cost), findings


def _is_of(entry: dict[str, Any], job: Job) -> bool:
    """Whether `job` would draw this entry's file."""
    facts = (job.lesson.name, job.entry.kind, job.entry.name, job.lang)
    return facts == (entry["lesson"], entry["kind"], entry["name"], entry.get("lang")) and (
        entry["format"] in job.formats and entry.get("theme") in (None, job.theme)
    )
