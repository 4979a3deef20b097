"""On paper a page is light, pictures and all, and without its machinery."""

import re
import zlib

import pytest
from playwright.sync_api import Page, expect

from look import Look
from tests.web._exhibition import FIGURE, FILM, SIZE, exhibit, part

FIGURES = 30
"""More than a window has room for: most of their pictures were never fetched before the page is printed."""


@pytest.fixture(scope="module")
def long_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("printed")
    exhibit(out, figures=FIGURES)
    return (out / "index.html").as_uri()


def filled(paper: bytes, colour: str) -> int:
    """How many areas of a PDF are filled with a colour: drawings in it keep theirs as numbers from 0 to 1."""
    wanted = tuple(round(int(colour[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", b"\n".join(streams(paper)))
    return [tuple(round(float(part), 3) for part in fill) for fill in found].count(wanted)


def streams(paper: bytes) -> list[bytes]:
    """What a PDF's streams hold, unpacked."""
    packed = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)endstream", paper, re.DOTALL)
    return [zlib.decompressobj().decompress(one) for one in packed]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chosen", [False, True], ids=["by the system", "by the reader"])
def test_every_picture_is_printed_in_its_light_form(page: Page, long_address: str, theme: str, chosen: bool) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" and not chosen else "light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{long_address}?theme={theme}" if chosen else long_address)
    page.wait_for_load_state("networkidle")
    on_screen = [url for url in asked if url.endswith(".svg")]
    assert on_screen
    assert all(f".en.{theme}." in url for url in on_screen), "what is for paper waits until it is printed"
    paper = page.pdf(print_background=True)
    assert filled(paper, Look("light").background) >= 2 * (FIGURES + 1)
    assert filled(paper, Look("dark").background) == 0
    posters = [one for one in streams(paper) if len(one) == 3 * SIZE[0] * SIZE[1]]
    assert [one[:3] for one in posters] == [bytes.fromhex(Look("light").background[1:])], "its only film's"


def test_a_dark_picture_would_be_found(page: Page, address: str) -> None:
    page.goto(f"{address}?theme=dark")
    page.add_style_tag(content="@media print { picture { display: block !important } }")
    assert filled(page.pdf(print_background=True), Look("dark").background) > 0


def test_there_is_no_machinery_and_the_films_words_are_open(page: Page, address: str) -> None:
    page.goto(f"{address}?theme=dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for gone in ("nav.index", ".bar", ".player", ".start", ".files", "video"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(part(page, FILM, '.cues [lang="en"] li').first).to_be_visible()
    expect(page.locator("h2")).to_be_visible()
    expect(part(page, FIGURE, "img:visible")).to_have_attribute("alt", 'figure-0 "in" <en>')
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == f"rgb{tuple(bytes.fromhex(Look('light').background[1:]))}"
