"""What the store knows is put into the output folder, and left alone where it is there already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.aside import unwritten
from pipeline.job import Failure, Job
from pipeline.manifest import Record
from pipeline.reuse import look_up
from pipeline.source import at_one_glance
from pipeline.store import Store


def put_in_place(
    jobs: Sequence[Job],
    out: Path,
    store: Store,
    manifest: Mapping[str, dict[str, Any]],
    place: Callable[[str, bytes], None],
    say: Callable[[str], None] | None = None,
) -> tuple[list[Job], list[Record], list[Failure]]:
    """The jobs, or parts of them, that must be drawn, the records of the other files, and those that found no place.

    `place` puts a file in its place below `out`; `say` is told each job that has something to do, and why.
    """
    to_draw: list[Job] = []
    records: list[Record] = []
    failures: list[Failure] = []
    with at_one_glance():
        looked_up = [look_up(job, store, manifest) for job in jobs]
    for job, reuse in zip(jobs, looked_up, strict=True):
        missing = dict.fromkeys(reuse.missing.formats if reuse.missing else ())
        reasons = dict.fromkeys(reuse.reasons)
        restored: dict[str, str] = {}
        for record in reuse.found:
            path = out / record.file
            there = _hash(path)
            if there == record.sha256:
                records.append(record)
            elif (data := store.content(record.sha256)) is not None:
                try:
                    place(record.file, data)
                except OSError as error:
                    failures.append(Failure(job.label, unwritten(path, error)))
                    continue
                records.append(record)
                restored[record.file] = "it was missing" if there is None else _why(there, manifest.get(record.file))
            else:
                missing[record.format] = None
                reasons["its content is no longer in the store"] = None
        if say:
            for file, reason in restored.items():
                say(f"{file} is taken from the store: {reason}")
        if missing:
            rest = replace(job, formats=tuple(form for form in job.formats if form in missing))
            records = [record for record in records if not _is_of(record, rest)]
            to_draw.append(rest)
            if say:
                say(f"{job.label} is drawn ({', '.join(rest.formats)}): {'; '.join(reasons)}")
    return to_draw, records, failures


def _why(there: str, entry: dict[str, Any] | None) -> str:
    """A file that is not as the manifest says was changed by hand; one that is, was built from something else."""
    if entry is None or entry.get("sha256") == there:
        return "it was built from something else"
    return "it was changed since it was built"


def _is_of(record: Record, job: Job) -> bool:
    """Whether drawing `job` brings this record again: a film's captions come in more than one file."""
    return (record.lesson, record.kind, record.name, record.lang) == (
        job.lesson.name,
        job.entry.kind,
        job.entry.name,
        job.lang,
    ) and (record.format in job.formats and record.theme in (job.theme, None))


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
