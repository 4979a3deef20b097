"""Figures and films for notebooks and scripts.

>>> figure("output-size", "article", lang="zh", theme="dark").save("size.svg")
>>> film("convolution-scan", lesson_of(input=array, kernel=[[-1, 0, 1]] * 3), quality="draft")

Each is drawn of a lesson, of a trace, or of the name or path of a lesson. What to draw is a name of the catalogue, the
path of a file as in `figures/` or `scenes/`, or the `draw` function or scene class itself. A mistake is a RequestError
or a LessonError, whose one sentence is all that a notebook shows.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from core import AnyLesson, Lesson, LessonField, NetworkLesson, SeparableTrace, load_any_lesson
from core.scan import Scan
from look import LANGUAGES, THEMES, Look
from pipeline.artifacts import trace_for
from pipeline.build import check_letters
from pipeline.captions import caption_files, holds_chapters
from pipeline.catalogue import Entry, Kind, read_catalogue, read_drawing
from pipeline.drawn import CHAPTERS, Drawn, DrawnFigure, DrawnFilm, Files, either
from pipeline.field_source import read_model
from pipeline.film import QUALITIES
from pipeline.job import Failure, Job, perform
from pipeline.manifest import Record
from pipeline.needs import in_words, unmet
from pipeline.network_check import check_drawable, traced_networks
from pipeline.origin import files_of
from pipeline.plan import find_lesson
from pipeline.request_error import RequestError, close_to
from pipeline.reuse import look_up, remember
from pipeline.rooms import Rooms, shown
from pipeline.scratch import scratch_folder
from pipeline.source import times_at_start, untouched
from pipeline.store import usual_store

About: TypeAlias = AnyLesson | Scan[Any] | SeparableTrace | LessonField | str | PathLike[str]
"""What is drawn: a lesson, its trace or a network's fields, or the name or path of a lesson."""

Shape = TypeVar("Shape", bound=Drawn)

times_at_start()  # what changes from now on, this process may have imported as it was: the store does not take it


def figure(
    what: str | PathLike[str] | Callable[..., None],
    lesson: About,
    *,
    lang: str = "en",
    theme: str = "light",
    quality: str = "hd",
    rooms: Rooms | None = None,
) -> DrawnFigure:
    """A figure or a share card: by its name, by the path of a file with `draw(trace, fig, look)`, or that function.

    ``quality`` is for PNGs, which only `save` makes. RequestError or LessonError, one sentence, for what cannot be.
    """
    order = _ordered(lesson, lang, theme, quality, rooms)
    if isinstance(what, str | PathLike):
        return _listed(DrawnFigure, what, ("figure", "card"), order, "svg")
    _check_own(what, callable(what), "figure", "a function draw(trace, fig, look)")
    return _own_figure(what, order)


def film(
    what: str | PathLike[str] | type[Any],
    lesson: About,
    *,
    lang: str = "en",
    theme: str = "light",
    quality: str = "draft",
    rooms: Rooms | None = None,
) -> DrawnFilm:
    """A film: by its name, by the path of a file with a scene, or the scene class, which stands on `scenes._stage`.

    It has its poster, captions and chapters. RequestError or LessonError, one sentence, for what cannot be.
    """
    order = _ordered(lesson, lang, theme, quality, rooms)
    if isinstance(what, str | PathLike):
        return _listed(DrawnFilm, what, ("film",), order, "mp4", "png", "vtt")
    _check_own(what, isinstance(what, type) and hasattr(what, "construct"), "film", "a scene class")
    return _own_film(what, order)


@dataclass(frozen=True)
class _Order:
    """What is drawn, and how."""

    lesson: AnyLesson
    look: Look
    quality: str
    rooms: Rooms

    def job(self, entry: Entry, *forms: str) -> Job:
        return Job(entry, self.lesson, forms, self.quality, self.look.lang, self.look.theme)


def _ordered(about: About, lang: str, theme: str, quality: str, rooms: Rooms | None) -> _Order:
    for key, value, known in (("language", lang, LANGUAGES), ("theme", theme, THEMES), ("quality", quality, QUALITIES)):
        if value not in known:
            raise RequestError(f"There is no {key} {value!r}: choose {either(known)}.{close_to(str(value), known)}")
    rooms, place = rooms or Rooms(), ""
    if isinstance(about, str | PathLike):
        path = find_lesson(fspath(about), rooms)
        lesson, place = load_any_lesson(path, read_model), shown(path)
    elif isinstance(about, Scan | SeparableTrace | LessonField):
        lesson = about.lesson
    elif isinstance(about, Lesson | NetworkLesson):
        lesson = about
    else:
        raise RequestError(
            f"A value of type {type(about).__name__} is not a lesson: give one, its trace, its name or its path."
        )
    check_letters([lesson], [place or f"the lesson '{lesson.name}'"])
    return _Order(lesson, Look(theme=theme, lang=lang), quality, rooms)


def _listed(
    shape: type[Shape], what: str | PathLike[str], kinds: tuple[Kind, ...], order: _Order, *forms: str
) -> Shape:
    """What is named, or in a file, in these forms; another form is made when it is asked for."""
    entry = _entry(what, kinds, order)
    record, files = _made(order.job(entry, *forms))
    assert record.alt is not None  # which every record of a drawing has
    assert record.size is not None

    def again(form: str) -> Files:
        return _made(order.job(entry, form))[1]

    look = order.look
    return shape(entry.name, entry.kind, look.lang, look.theme, record.caption, record.alt, record.size, files, again)


def _entry(what: str | PathLike[str], kinds: tuple[Kind, ...], order: _Order) -> Entry:
    """What is named, or in a file; it can be used, and drawn of this lesson. RequestError otherwise."""
    path = Path(what)
    if path.suffix == ".py":
        if not path.is_file():
            raise RequestError(f"{what}: there is no such file: check the path.")
        entry = read_drawing(kinds[0], path)
    else:
        named = [entry for kind in kinds for entry in read_catalogue(order.rooms).of(kind)]
        found = next((entry for entry in named if entry.name == fspath(what)), None)
        if found is None:
            tail = close_to(fspath(what), [entry.name for entry in named])
            raise RequestError(f"There is no {kinds[0]} '{what}': `render.py list` shows every name.{tail}")
        entry = found
    if entry.broken:
        raise RequestError(entry.broken)
    if lacking := unmet(entry.needs, order.lesson.traits):
        own = path.suffix == ".py"
        move = "another lesson, or other NEEDS in its file" if own else f"another lesson or another {entry.kind}"
        raise RequestError(f"{entry.name} draws nothing of {order.lesson.name}: it {in_words(lacking)}; choose {move}.")
    check_drawable(traced_networks([order.lesson]), [order.job(entry)])
    return entry


def _made(job: Job) -> tuple[Record, Files]:
    """The files of a job by their formats, from the store or drawn, and the record of the first format."""
    store = usual_store()
    reuse = look_up(job, store, {})
    files = [(record, store.content(record.sha256)) for record in reuse.found]
    if reuse.missing or any(data is None for _, data in files):
        _warn_of_old_code(job)
        with scratch_folder() as scratch:
            made = perform(job, scratch)
        if isinstance(made, Failure):
            raise RequestError(made.reason)
        remember(job, made, store)
        files = list(made.files)
    by_form = {_form(record): data for record, data in files if data is not None}
    return next(record for record, _ in files if record.format == job.formats[0]), by_form


def _warn_of_old_code(job: Job) -> None:
    """Files of the checkout are imported once; those elsewhere are read anew when they change."""
    changed = sorted(path for path in files_of(job) if not untouched([path]))
    if changed:
        said = f"{shown(changed[0])} has changed since it was loaded: restart the kernel to draw with it as it is now."
        warnings.warn(said, stacklevel=5)


def _form(record: Record) -> str:
    return CHAPTERS if holds_chapters(record.file, record.name) else record.format


def _check_own(what: object, fits: bool, kind: Kind, own: str) -> None:
    if not fits:
        raise RequestError(
            f"A value of type {type(what).__name__} is not a {kind}: give a name, the path of a .py file, or {own}."
        )


def _own_figure(draw: Callable[..., None], order: _Order) -> DrawnFigure:
    """As for a file with this function, but what it raises comes as it is, with its own lines."""
    from pipeline.figure import draw_figure

    name, caption, alt = _words(draw, order)
    title = f"{order.lesson.title[order.look.lang]} · {caption}"

    def drawn(form: str) -> dict[str, tuple[bytes, tuple[int, int]]]:
        trace = trace_for(order.lesson)
        return draw_figure(draw, trace, order.look, [form], title=title, description=alt, quality=order.quality)

    def again(form: str) -> Files:
        return {form: drawn(form)[form][0]}

    svg, size = drawn("svg")["svg"]
    look = order.look
    return DrawnFigure(name, "figure", look.lang, look.theme, caption, alt, size, {"svg": svg}, again)


def _own_film(scene: type[Any], order: _Order) -> DrawnFilm:
    """As for a file with this scene, but what it raises comes as it is, with its own lines."""
    from pipeline.film import render_film

    name, caption, alt = _words(scene, order)
    look, quality = order.look, QUALITIES[order.quality]

    def drawn(*forms: str) -> dict[str, bytes]:
        with scratch_folder() as scratch:
            paths = {form: scratch / f"film.{form}" for form in forms}
            played = render_film(scene, trace_for(order.lesson), look, quality, paths)
            files = {form: path.read_bytes() for form, path in paths.items()}
        told = caption_files(name, look.lang, played.cues, played.chapters, played.duration).values()
        return files | {form: text.encode() for form, text in zip(("vtt", CHAPTERS), told, strict=False)}

    size = quality.width, quality.height
    return DrawnFilm(name, "film", look.lang, look.theme, caption, alt, size, drawn("mp4", "png"), drawn)


def _words(drawing: Callable[..., Any], order: _Order) -> tuple[str, str, str]:
    """Its name, its docstring's first line as the caption, and its alt text."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", getattr(drawing, "__name__", "own")).lower()
    caption = (drawing.__doc__ or name).strip().partition("\n")[0].strip()
    return name, caption, f"{caption} {order.lesson.title[order.look.lang]}"
