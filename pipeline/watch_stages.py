"""In which order a preview draws: what was edited or is on screen first, films last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.plan import Request

STILL = ("svg", "csv", "json", "txt")
"""The formats that a page shows of all but films."""

MOVING = ("mp4", "png", "vtt")
"""Those that it shows of a film."""


@dataclass(frozen=True)
class Seen:
    """What a reader looks at: a language, a theme, and the sections on screen, each `<lesson>/<name>`."""

    lang: str = "en"
    theme: str = "light"
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drawing:
    """Something that can be drawn of a lesson: the lesson's path, the section that shows it, and its name."""

    lesson: str
    place: str
    name: str
    moves: bool


def stages(drawings: Sequence[Drawing], asked: Request, seen: Seen, edited: frozenset[str]) -> Iterator[Request]:
    """Requests for all `drawings` in the languages and themes that are `asked` for, the most urgent first.

    `edited` are the names of drawings whose own files changed. A request may ask again for what another asked for.
    """
    first = [drawing for drawing in drawings if drawing.place in seen.places or drawing.name in edited]
    films = sorted((drawing for drawing in drawings if drawing.moves), key=lambda film: film not in first)
    still = [drawing for drawing in drawings if not drawing.moves]
    langs = sorted(asked.langs, key=lambda lang: lang != seen.lang)
    themes = tuple(sorted(asked.themes, key=lambda theme: theme != seen.theme))
    on_screen = replace(asked, langs=(langs[0],), themes=(themes[0],))
    yield from _of([drawing for drawing in first if not drawing.moves], on_screen)
    yield from _of([film for film in films if film.name in edited], on_screen)
    yield from _of(still, on_screen)
    for film in films:
        if film in first:
            yield from _of([film], on_screen)
    yield from _of(still, asked)
    for lang in langs:
        for film in films:
            yield from _of([film], replace(asked, langs=(lang,), themes=themes))


def _of(drawings: Sequence[Drawing], request: Request) -> Iterator[Request]:
    if drawings:
        lessons = tuple(dict.fromkeys(drawing.lesson for drawing in drawings))
        names = tuple(dict.fromkeys(drawing.name for drawing in drawings))
        yield replace(request, lessons=lessons, only=names, formats=MOVING if drawings[0].moves else STILL)
