"""How each kind of artifact is made: a job in, records and bytes out. Drawing libraries load on first use."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING

from core import Trace
from look import Look
from look.words import FOLDER as LOCALES
from pipeline.author_file import load_module
from pipeline.captions import caption_files
from pipeline.catalogue import class_name
from pipeline.job import Job, Progress
from pipeline.manifest import Record
from pipeline.rooms import ROOT
from pipeline.source import modules_used, source_digest, words_used
from pipeline.tables import table

if TYPE_CHECKING:
    from core import Lesson

LIBRARIES = {
    "film": ("numpy", "manim", "av", "typst", "pylopdf-fonts-zh-cn"),
    "figure": ("numpy", "matplotlib", "typst", "pylopdf-fonts-zh-cn"),
    "card": ("numpy", "matplotlib", "typst", "pylopdf-fonts-zh-cn"),
    "table": ("numpy",),
}
"""The libraries whose version can change a file's bytes."""

OURS = {
    "film": ("pipeline/film.py", "pipeline/captions.py", "look/__init__.py", "core/__init__.py"),
    "figure": ("pipeline/figure.py", "look/__init__.py", "core/__init__.py"),
    "card": ("pipeline/figure.py", "look/__init__.py", "core/__init__.py"),
    "table": ("core/__init__.py",),
}
"""What has a say in the bytes besides the author's file and what that imports."""


def make(job: Job, scratch: Path, progress: Progress | None) -> list[tuple[Record, bytes]]:
    """The files of `job`, with their records. Raises whatever the author's code raises."""
    trace = _trace(job.lesson)
    if job.entry.kind == "table":
        return [_table(job, trace)]
    look = Look(theme=job.theme or "light", lang=job.lang or "en")
    if job.entry.kind == "film":
        return list(_film(job, trace, look, scratch, progress))
    return list(_figure(job, trace, look))


def _table(job: Job, trace: Trace) -> tuple[Record, bytes]:
    written = table(job.entry.name)
    data = "".join(written.write(trace)).encode()
    return _record(job, written.format, data, caption=job.entry.caption), data


def _figure(job: Job, trace: Trace, look: Look) -> Iterator[tuple[Record, bytes]]:
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
    job: Job, trace: Trace, look: Look, scratch: Path, progress: Progress | None
) -> Iterator[tuple[Record, bytes]]:
    from pipeline.film import QUALITIES, rehearse, render_film

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
        source=_source(job),
        lang=job.lang,
        theme=job.theme,
        quality=quality,
        alt=alt,
        size=size,
        duration=None if duration is None else float(duration),
        versions=versions(job.entry.kind),
    )


def _words(job: Job, module: ModuleType, trace: Trace, look: Look) -> tuple[str, str]:
    """Caption and alt text in the look's language."""
    key = f"{job.entry.name}.caption"
    caption = look.say(key) if key in look.words else job.entry.caption
    alt = getattr(module, "alt", None)
    return caption, alt(trace, look) if alt else f"{caption} {job.lesson.title[look.lang]}"


def _source(job: Job) -> str:
    """The lesson's data, all source that drew it, and the files of words that this source names."""
    code = {file for name in OURS[job.entry.kind] for file in modules_used(ROOT / name)}
    words = words_used(code | modules_used(job.entry.path), LOCALES / job.lang) if job.lang else set()
    own = LOCALES / str(job.lang) / f"{job.entry.name}.toml"
    return source_digest(job.entry.path, [job.lesson.digest], code | words | ({own} if own.is_file() else set()))


@lru_cache(maxsize=4)
def _trace(lesson: Lesson) -> Trace:
    return Trace(lesson)


@lru_cache(maxsize=8)
def versions(kind: str) -> dict[str, str]:
    """Python's version and those of the libraries that draw a `kind`."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES[kind]}
