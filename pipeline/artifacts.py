"""How each kind of artifact is made: a job in, records and bytes out. Drawing libraries load on first use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from core import AnyLesson, AnyTrace, NetworkLesson, trace_of
from look import Look
from pipeline.author_file import load_module
from pipeline.captions import caption_files
from pipeline.catalogue import class_name
from pipeline.job import Job, Progress
from pipeline.library_versions import versions
from pipeline.manifest import Record
from pipeline.origin import Origin, origin_of, with_asked
from pipeline.parts_read import noted, parts_noted
from pipeline.tables import table
from pipeline.words_asked import words_noted

if TYPE_CHECKING:
    from core import LessonField

Traced: TypeAlias = "AnyTrace | LessonField"
"""What an artifact reads: the trace of a lesson, or the fields of a lesson's network."""


def make(job: Job, scratch: Path, progress: Progress | None) -> tuple[list[tuple[Record, bytes]], Origin]:
    """The files of `job` with their records, and what they were made from. Raises whatever the author's code raises."""
    origin = origin_of(job)
    with parts_noted() as read, words_noted() as asked:
        files = list(_files(replace(job, lesson=noted(job.lesson)), scratch, progress))
    origin = with_asked(origin, job.lesson, read, asked)
    return [(replace(record, source=origin.digest), data) for record, data in files], origin


def _files(job: Job, scratch: Path, progress: Progress | None) -> Iterator[tuple[Record, bytes]]:
    trace = trace_for(job.lesson)
    look = Look(theme=job.theme or "light", lang=job.lang or "en")
    if job.entry.kind == "table":
        yield _table(job, trace)
    elif job.entry.kind == "film":
        yield from _film(job, trace, look, scratch, progress)
    else:
        yield from _figure(job, trace, look)


def _table(job: Job, trace: Traced) -> tuple[Record, bytes]:
    written = table(job.entry.name)
    data = "".join(written.write(trace)).encode()
    return _record(job, written.format, data, caption=job.entry.caption), data


def _figure(job: Job, trace: Traced, look: Look) -> Iterator[tuple[Record, bytes]]:
    from pipeline.figure import draw_figure

    module = load_module(job.entry.path)
    caption, alt = _words(job, module, trace, look)
    drawn = draw_figure(
        module.draw,
        trace,
        look,
        job.formats,
        title=f"{job.lesson.title[look.lang]} · {caption}",
        description=alt,
        quality=job.quality,
        card=job.entry.kind == "card",
    )
    for form, (data, size) in drawn.items():
        quality = job.quality if form == "png" and job.entry.kind == "figure" else None
        yield _record(job, form, data, caption=caption, alt=alt, size=size, quality=quality), data


def _film(
    job: Job, trace: Traced, look: Look, scratch: Path, progress: Progress | None
) -> Iterator[tuple[Record, bytes]]:
    from pipeline.film import QUALITIES, rehearse, render_film
    from pipeline.film_import import import_manim

    import_manim()  # the scene's module would import it whole
    module = load_module(job.entry.path)
    scene = getattr(module, class_name(job.entry.path.stem))
    caption, alt = _words(job, module, trace, look)
    quality = QUALITIES[job.quality]
    moving = [form for form in job.formats if form != "vtt"]
    with TemporaryDirectory(dir=scratch) as folder:
        if moving:
            paths = {form: Path(folder) / f"film.{form}" for form in moving}
            film = render_film(scene, trace, look, quality, paths, progress)
        else:
            paths = {}
            film = rehearse(scene, trace, look, quality)
        for form, path in paths.items():
            data = path.read_bytes()
            duration = None if form == "png" else film.duration
            words = {"caption": caption, "alt": alt}
            yield _record(job, form, data, **words, size=film.size, duration=duration, quality=job.quality), data
    if "vtt" in job.formats:
        files = caption_files(job.entry.name, look.lang, film.cues, film.chapters, film.duration)
        for name, text in files.items():
            data = text.encode()
            record = _record(job, "vtt", data, caption=caption, duration=film.duration)
            yield replace(record, file=f"{job.lesson.name}/{name}", theme=None), data


def _record(
    job: Job,
    form: str,
    data: bytes,
    *,
    caption: str,
    alt: str | None = None,
    size: tuple[int, int] | None = None,
    duration: Fraction | None = None,
    quality: str | None = None,
) -> Record:
    return Record(
        file=job.file(form),
        lesson=job.lesson.name,
        name=job.entry.name,
        kind=job.entry.kind,
        format=form,
        caption=caption,
        sha256=hashlib.sha256(data).hexdigest(),
        source="",
        lang=job.lang,
        theme=job.theme,
        quality=quality,
        alt=alt,
        size=size,
        duration=None if duration is None else float(duration),
        versions=versions(job.entry.kind),
    )


def _words(job: Job, module: ModuleType, trace: Traced, look: Look) -> tuple[str, str]:
    """Caption and alt text in the look's language."""
    key = f"{job.entry.name}.caption"
    caption = look.say(key) if key in look.words else job.entry.caption
    alt = getattr(module, "alt", None)
    return caption, alt(trace, look) if alt else f"{caption} {job.lesson.title[look.lang]}"


@lru_cache(maxsize=4)
def trace_for(lesson: AnyLesson) -> Traced:
    """What drawings of a lesson read; the last few are kept with what they computed."""
    if not isinstance(lesson, NetworkLesson):
        return trace_of(lesson)
    from core import LessonField  # which takes as long to load as the rest of core

    return LessonField(lesson)
