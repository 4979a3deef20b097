"""Like marks in a row are one artist, and the picture does not tell."""

from io import BytesIO

import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon

from figures import _pile
from figures._page import Page
from look import Look


@pytest.fixture
def page() -> Page:
    return Page(Figure(dpi=100), Look())


def drawn(page: Page) -> list[str]:
    """Each artist's kind, with the number of its outlines or strokes, in drawing order."""
    found = []
    for artist in page.axes.get_children():
        if isinstance(artist, LineCollection):
            found.append(f"{len(artist.get_paths())} strokes")
        elif isinstance(artist, PathPatch):
            found.append(f"{sum(artist.get_path().codes == 1)} outlines")  # each begins with a MOVETO
        elif isinstance(artist, Polygon):
            found.append("polygon")
    return found


def cells(page: Page, count: int = 3, **style: object) -> None:
    for column in range(count):
        page.rect(100 + 40 * column, 100, 30, 30, **style)  # type: ignore[arg-type]


def test_like_marks_in_a_row_are_one_artist(page: Page) -> None:
    cells(page, fill="input")
    cells(page, stroke="grid")
    page.dot(50, 50, 4, "window")
    page.dot(80, 50, 4, "window")
    page.line([(0, 0), (9, 0)])
    page.line([(0, 9), (9, 9), (9, 0)])
    assert drawn(page) == ["3 outlines", "3 outlines", "2 outlines", "2 strokes"]


def test_marks_of_two_heights_are_two_rows(page: Page) -> None:
    for column in range(3):
        page.rect(100 + 40 * column, 100, 30, 30, stroke="grid")
        page.hatch(100 + 40 * column, 100, 30, 30, gap=20)
    assert drawn(page) == ["3 outlines", "6 strokes"]


def test_marks_of_two_colours_stay_apart(page: Page) -> None:
    """Where they overlap, the fill of one covers the stroke of the other."""
    cells(page, fill="input", stroke="grid")
    assert drawn(page) == ["1 outlines"] * 3


def test_nothing_is_drawn_under_what_came_before_it(page: Page) -> None:
    cells(page, fill="input")
    page.rect(90, 90, 200, 50, fill="kernel")
    cells(page, 1, fill="input")
    page.polygon([(90, 90), (200, 90), (90, 200)], "output")  # another's, at the same height
    cells(page, 1, fill="input")
    assert drawn(page) == ["3 outlines", "1 outlines", "1 outlines", "polygon", "1 outlines"]


def test_an_outline_is_not_too_long_to_be_put_on_whole_pixels(page: Page) -> None:
    cells(page, _pile.MOST // 5 + 1, fill="input")  # five points each
    assert drawn(page) == [f"{_pile.MOST // 5} outlines", "1 outlines"]


def test_the_picture_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def picture() -> bytes:
        page = Page(Figure(dpi=100), Look())
        for top in (100, 140):
            cells(page, fill="input")
            for column in range(3):
                page.rect(300.5 + 40 * column, top + 0.5, 39, 39, stroke="grid", thickness=0.8, dashed=True)
                page.hatch(301 + 40 * column, top, 38, 38)
                page.rect(500 + 50 * column, top, 30, 30, stroke="window", radius=4)
                page.rect(700 + 20 * column, top, 30, 30, fill="window")  # they overlap
                page.dot(900 + 12 * column, top, 4, "window")
        file = BytesIO()
        page.fig.savefig(file, format="png", dpi=200)
        return file.getvalue()

    joined = picture()
    monkeypatch.setattr(_pile.Pile, "_like", lambda self, kind, style, zorder: None)
    assert picture() == joined
