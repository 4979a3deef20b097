"""What need not be drawn: a job's files found in the store, and why the others must be drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipeline.job import Job, Made
from pipeline.library_versions import machine, versions
from pipeline.manifest import Record
from pipeline.origin import Origin, files_of, origin_document, origin_of, read_origin
from pipeline.source import at_one_glance, untouched
from pipeline.store import Store

KIND, ORIGIN = "drawn", "made-from"
"""Named anew whenever their documents say other things, since checkouts of several versions may share a store."""
MOST_REASONS = 4


@dataclass(frozen=True)
class Reuse:
    """One job looked up. `found` are the records of files that the store knows, `missing` the rest of the job, or None.

    `reasons` say why the rest must be drawn.
    """

    job: Job
    found: tuple[Record, ...]
    missing: Job | None
    reasons: tuple[str, ...]


def look_up(job: Job, store: Store, manifest: Mapping[str, dict[str, Any]]) -> Reuse:
    """What the store has for `job`; `manifest` (its files) knows what was built before, and so what changed since."""
    origin = origin_of(job)
    found: list[Record] = []
    missing: list[str] = []
    for form in job.formats:
        records = _records(job, form, origin, store)
        found += records or ()
        if records is None:
            missing.append(form)
    if not missing:
        return Reuse(job, tuple(found), None, ())
    rest = replace(job, formats=tuple(missing))
    return Reuse(job, tuple(found), rest, tuple(_reasons(rest, origin, store, manifest)))


def remember(job: Job, made: Made, store: Store) -> None:
    """Keep what `job` made, unless its source changed during the build: then nobody knows what was drawn."""
    with at_one_glance():
        now = origin_of(job)
        if now.modules != made.origin.modules or not untouched(files_of(job)):
            return
    source = made.origin.digest
    store.keep_document(ORIGIN, source, origin_document(made.origin))
    for form in job.formats:
        files = [(record, data) for record, data in made.files if record.format == form]
        for _, data in files:
            store.keep(data)
        asked = {"parts": made.origin.parts, "words": made.origin.words}
        document = asked | {"records": [asdict(record) for record, _ in files]}
        store.keep_document(KIND, _key(job, form, now), document, variant=source)


def _records(job: Job, form: str, origin: Origin, store: Store) -> list[Record] | None:
    for document in store.variants(KIND, _key(job, form, origin)):
        then = replace(origin, parts=document["parts"], words=document["words"])
        if then.now(job.lesson) == then:
            return [_record(facts) for facts in document["records"]]
    return None


def _record(facts: dict[str, Any]) -> Record:
    size = facts["size"]
    return Record(**(facts | {"size": None if size is None else tuple(size)}))


def _key(job: Job, form: str, origin: Origin) -> str:
    """Everything but the words, and the parts of the lesson that not everything reads: what a drawing asked for is
    known only afterwards, and is compared one by one.
    """
    entry = job.entry
    moving = entry.kind == "film" or (entry.kind == "figure" and form == "png")
    theme = None if form == "vtt" else job.theme
    facts: list[object] = [entry.kind, entry.name, entry.caption, job.lesson.name, form, job.lang, theme]
    facts += [job.quality if moving else None, versions(entry.kind), machine(entry.kind), asdict(origin)]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _reasons(job: Job, origin: Origin, store: Store, manifest: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """Why `job` must be drawn, each reason once."""
    said: dict[str, None] = {}
    for form in job.formats:
        said |= dict.fromkeys(_changes(job, form, origin, store, manifest))
    reasons = list(said) or ["it is not in the store"]
    yield from reasons[:MOST_REASONS]
    if len(reasons) > MOST_REASONS:
        yield f"and {len(reasons) - MOST_REASONS} more"


def _changes(
    job: Job, form: str, origin: Origin, store: Store, manifest: Mapping[str, dict[str, Any]]
) -> Iterator[str]:
    old = _entry(job, form, manifest)
    if old is None:
        yield "it was not built yet"
        return
    if old.get("quality") not in (None, job.quality):
        yield f"quality {old['quality']} is now {job.quality}"
    before, now = old.get("versions", {}), versions(job.entry.kind)
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield f"{name} {before.get(name, 'none')} is now {now.get(name, 'none')}"
    made_from = read_origin(store.document(ORIGIN, old.get("source", "")))
    if made_from is not None:
        yield from made_from.changes_to(replace(made_from.now(job.lesson), modules=origin.modules))


def _entry(job: Job, form: str, manifest: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    if form != "vtt":
        return manifest.get(job.file(form))
    wanted = {"lesson": job.lesson.name, "name": job.entry.name, "lang": job.lang, "format": form}
    return next((entry for entry in manifest.values() if wanted.items() <= entry.items()), None)
