"""What a notebook shows, in a real browser: films play with their words, and tables are read in both themes."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from core import LessonField, load_lesson, load_network, trace_of
from core.number_text import number
from pipeline.notebook import figure, film
from scenes._stage import Stage

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
FRAME = """<!doctype html><html lang="en"><title>A notebook</title><style>body {{ background: {ground}; color: {ink} }}
tbody tr:nth-child(odd) {{ background: {stripe} }} td, th {{ text-align: left; padding: 1em }}</style>
<main><h1>Output</h1>{shown}</main></html>"""
THEMES = {
    "light": {"ground": "#fff", "ink": "#212121", "stripe": "#f5f5f5"},
    "dark": {"ground": "#111", "ink": "#dedede", "stripe": "#212121"},
}


class Patience(Stage):
    """A wait that says two things."""

    def construct(self) -> None:
        self.chapter("Only chapter")
        self.caption("first & <foremost>")
        self.wait(1)
        self.caption("value " + str(self.trace.highlight.value))
        self.wait(1)


def test_a_film_plays_and_shows_its_captions(page: Page, tmp_path: Path) -> None:
    made = film(Patience, "article")
    (tmp_path / "film.html").write_text(FRAME.format(shown=made.html, **THEMES["light"]))
    page.goto(f"file://{tmp_path}/film.html")
    video = page.locator("video")
    assert video.get_attribute("aria-label") == made.alt
    said = video.evaluate(
        """async video => {
            const tracks = [...video.textTracks];
            tracks.forEach(track => track.mode = "hidden");
            const loaded = element => new Promise(done => {
                if (element.readyState > 1) done(); else element.onload = element.onerror = done;
            });
            await Promise.all([...video.querySelectorAll("track")].map(loaded));
            return tracks.map(track => [track.kind, track.language, [...track.cues].map(cue => cue.text)]);
        }"""
    )
    assert said == [
        ["captions", "en", ["first &amp; &lt;foremost&gt;", "value −1".replace("−", "-")]],
        ["chapters", "en", ["Only chapter"]],
    ]
    played = video.evaluate(
        """async video => {
            video.muted = true;
            await video.play();
            await new Promise(done => video.addEventListener("ended", done));
            return [video.currentTime, video.videoWidth, video.videoHeight];
        }"""
    )
    assert played == [pytest.approx(2, abs=0.1), *made.size]


@pytest.mark.parametrize("width", [390, 800])
def test_a_figure_is_as_wide_as_there_is_room(page: Page, tmp_path: Path, width: int) -> None:
    drawn = figure("output-size", "article")
    shown = drawn._repr_mimebundle_()["image/svg+xml"]
    (tmp_path / "figure.svg").write_text(shown)
    inline = shown[shown.index("<svg") :]
    both = f'<div><img src="figure.svg" alt="{drawn.alt}"></div><div>{inline}</div>'
    (tmp_path / "figure.html").write_text(FRAME.format(shown=both, **THEMES["light"]))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"file://{tmp_path}/figure.html")
    for element in ("img", "svg"):
        box = page.locator(element).first.bounding_box()
        assert box is not None
        assert box["width"] == pytest.approx(width - 16)
        assert box["width"] / box["height"] == pytest.approx(drawn.size[0] / drawn.size[1], rel=0.01)
    assert page.locator("svg > title").text_content() == "How a kernel finds edges · " + drawn.caption


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["strided-padding", "max-pooling", "three-channels", "transposed"])
def test_a_trace_is_read_in_both_themes(page: Page, tmp_path: Path, theme: str, name: str) -> None:
    trace = trace_of(load_lesson(LESSONS / f"{name}.toml"))
    shown = trace._repr_html_() + trace.highlight._repr_html_() + trace.im2col._repr_html_()
    (tmp_path / "trace.html").write_text(FRAME.format(shown=shown, **THEMES[theme]))
    page.goto(f"file://{tmp_path}/trace.html")
    marked = page.locator("td.result").first
    assert marked.inner_text() == number(trace.highlight.value)
    assert marked.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    stripes = page.locator(".convscan tr").evaluate_all(
        "rows => rows.map(row => getComputedStyle(row).backgroundColor)"
    )
    assert set(stripes) == {"rgba(0, 0, 0, 0)"}
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_network_is_read_by_a_machine(page: Page, tmp_path: Path) -> None:
    field = LessonField(load_network(LESSONS / "networks" / "resnet50.toml"))
    (tmp_path / "field.html").write_text(FRAME.format(shown=field._repr_html_(), **THEMES["light"]))
    page.goto(f"file://{tmp_path}/field.html")
    assert page.locator("tbody tr").count() == len(field.rows)
    assert re.fullmatch(r"\d+×\d+", page.locator("tbody tr").last.locator("td").nth(3).inner_text())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
