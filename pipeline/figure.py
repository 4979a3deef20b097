"""A figure drawn once and saved in each format, with the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

import matplotlib
from matplotlib.figure import Figure

from pipeline.garbage import garbage_searched_seldom
from pipeline.svg import finished_svg

if TYPE_CHECKING:
    from look import Look

T = TypeVar("T")
"""What the figure draws: a lesson's trace, or a network's fields."""

UNITS = 100
"""A figure's unit is 1/100 inch: one pixel of its SVG, and of its PNG at draft quality."""

DPI = {"draft": 100, "hd": 200, "hd60": 200, "uhd": 400}
"""Pixels per inch of a figure's PNG. A share card's is always 100."""

CARD = (1200, 630)
"""A share card's size in pixels, at any quality."""

SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "convscan",
    "svg.fonttype": "path",
    "pdf.compression": 9,
    "figure.dpi": UNITS,
    "savefig.dpi": "figure",
    "savefig.facecolor": "auto",
    "path.simplify": False,
}


class CardSizeError(ValueError):
    """A share card that is not 1200 by 630."""


def draw_figure(
    draw: Callable[[T, Figure, Look], None],
    trace: T,
    look: Look,
    formats: Iterable[str],
    *,
    title: str,
    description: str,
    quality: str = "hd",
    card: bool = False,
) -> dict[str, tuple[bytes, tuple[int, int]]]:
    """Call `draw(trace, fig, look)` once; give `{format: (bytes, (width, height) in pixels)}` for svg, pdf and png.

    `title` and `description` are the words of an image reader, in the look's language. Nothing global is changed:
    matplotlib starts from its own defaults, whatever the machine's are. Raises CardSizeError and what `draw` raises.
    """
    with garbage_searched_seldom(), matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)  # type: ignore[arg-type]
        figure = Figure(dpi=UNITS)
        draw(trace, figure, look)
        size = _size(figure, UNITS)
        if card and size != CARD:
            raise CardSizeError(f"a share card is {CARD[0]}x{CARD[1]}, but this one draws {size[0]}x{size[1]}")
        made = {}
        for form in formats:
            dpi = DPI[quality] if form == "png" and not card else UNITS
            data = _saved(figure, form, dpi, title, description)
            if form == "svg":
                data = finished_svg(
                    data, size=size, lang=look.lang, title=title, description=description, labels=_labels(figure)
                )
            made[form] = (data, _size(figure, dpi))
        return made


def _saved(figure: Figure, form: str, dpi: int, title: str, description: str) -> bytes:
    # None drops what matplotlib would write by itself: its version, and the time of day.
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": None},
        "pdf": {"Title": title, "Subject": description, "Creator": None, "Producer": None, "CreationDate": None},
        "png": {"Title": title, "Description": description, "Software": None},
    }
    file = BytesIO()
    figure.savefig(file, format=form, dpi=dpi, metadata=metadata[form])
    return file.getvalue()


def _labels(figure: Figure) -> dict[str, str]:
    """The id of each drawn text and what it reads; see `figures._lettering.Lettering`."""
    texts = figure.findobj(lambda artist: bool(getattr(artist, "content", None)))
    return {str(artist.get_gid()): artist.content for artist in texts}  # type: ignore[attr-defined]


def _size(figure: Figure, dpi: int) -> tuple[int, int]:
    width, height = figure.get_size_inches()
    return round(float(width) * dpi), round(float(height) * dpi)
