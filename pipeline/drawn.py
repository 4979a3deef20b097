"""A figure and a film as values: a notebook displays them by itself, and a script saves them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from os import PathLike
from pathlib import Path

from look.words import load_words
from pipeline.aside import write_aside
from pipeline.catalogue import FORMATS, Kind
from pipeline.request_error import RequestError
from pipeline.rooms import shown

Files = Mapping[str, bytes]
"""Format to content; a film's chapters are a format of their own here."""

CHAPTERS = "chapters"


@dataclass(frozen=True, eq=False)
class Drawn:
    """What was drawn. ``size`` is (width, height) in pixels; ``alt`` says in words what there is to see.

    ``files`` are the formats at hand; ``draw`` makes another one.
    """

    name: str
    kind: Kind
    lang: str
    theme: str
    caption: str
    alt: str
    size: tuple[int, int]
    files: Files = field(repr=False)
    draw: Callable[[str], Files] = field(repr=False)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write it, in the format that the path's suffix names, and give the path. RequestError if it cannot be."""
        path = Path(path)
        form, forms = path.suffix.removeprefix(".").lower(), FORMATS[self.kind]
        if form not in forms:
            raise RequestError(f"{shown(path)}: a {self.kind} can be saved as {either(forms)}: change the suffix.")
        data = (self.files if form in self.files else self.draw(form))[form]
        try:
            write_aside(path, data)
        except OSError as error:
            raise RequestError(f"{shown(path)} cannot be written ({error.strerror}): choose another path.") from error
        return path


class DrawnFigure(Drawn):
    """A figure or a share card; shown as SVG, as wide as there is room, and in a terminal as its alt text."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        width, height = self.size
        # JupyterLab would cut off what is wider than its page.
        fixed, fitting = f'width="{width}" height="{height}"', f'width="100%" style="max-width: {width}px"'
        return {"image/svg+xml": self.files["svg"].decode().replace(fixed, fitting, 1), "text/plain": self.alt}


class DrawnFilm(Drawn):
    """A film; shown with its poster, captions and chapters, all of it in the page itself."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.alt}

    @property
    def html(self) -> str:
        """A video tag that needs no other file."""
        (width, height), source = self.size, _data("video/mp4", self.files["mp4"])
        tracks = "".join(
            f'<track kind="{kind}" srclang="{self.lang}" label="{load_words(self.lang)("page.tongue")}" '
            f'src="{_data("text/vtt", self.files[form])}">'
            for kind, form in (("captions", "vtt"), ("chapters", CHAPTERS))
            if form in self.files
        )
        return (
            f'<figure style="margin: 0; max-width: {width}px">'
            f'<video controls playsinline preload="metadata" width="{width}" height="{height}" '
            f'poster="{_data("image/png", self.files["png"])}" aria-label="{escape(self.alt)}" '
            f'style="max-width: 100%; height: auto"><source src="{source}" type="video/mp4">{tracks}</video>'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )


def _data(mime: str, content: bytes) -> str:
    return f"data:{mime};base64,{b64encode(content).decode()}"


def either(forms: Collection[str]) -> str:
    """`svg, pdf or png`."""
    *others, last = forms
    return f"{', '.join(others)} or {last}" if others else last
