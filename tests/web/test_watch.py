"""A preview in Chromium: what is edited changes on the open page, and nothing else does."""

import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from core import load_lesson, trace_of
from figures.hand_calculation import alt
from look import Look
from tests.web._opened import PATIENCE
from tests.web._watched import LONG, Watched, copied_project, until, watched

LESSON = "lessons/article.toml"
ROW, OTHER_ROW = "[1, 1, 3, 2, 1],\n  [2", "[1, 9, 3, 2, 1],\n  [2"
FIGURE, OTHER_FIGURE = "hand-calculation", "output-size"
ONE_LOOK = ("--lang", "en", "--theme", "light")
PIXELS = """image => {
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0, image.width, image.height);
    return canvas.toDataURL();
}"""

Start = Callable[..., Watched]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the preview of a copy of the project."""
    expect.set_options(timeout=LONG * 1000)
    folder = copied_project(tmp_path)
    with ExitStack() as running:
        yield lambda *arguments: running.enter_context(watched(folder, *arguments))
    expect.set_options(timeout=PATIENCE)


def opened(page: Page, preview: Watched, *names: str, lesson: str = "article") -> list[Locator]:
    """The sections of the lesson that are called so, once they are there and nothing is left to draw."""
    page.set_default_timeout(LONG * 1000)
    page.emulate_media(reduced_motion="reduce")
    page.goto(preview.url)
    sections = [page.locator(f'[id="{lesson}/{name}"]') for name in names]
    for section in sections:
        expect(section).to_be_visible()
    settled(page)
    page.evaluate("window.untouched = true")
    return sections


def settled(page: Page) -> None:
    """Wait until nothing is left to draw."""
    expect(page.locator("#watch #doing")).to_be_hidden()


def mistakes(page: Page) -> Locator:
    """What is wrong, as the page says it."""
    return page.locator("#watch #mistakes")


def pixels(section: Locator) -> str:
    """The figure as it is on screen."""
    image = section.locator("img:visible")
    image.evaluate("image => image.decode()")
    return str(image.evaluate(PIXELS))


def described(preview: Watched) -> str:
    """What the hand calculation of the lesson says, as it stands in the project now."""
    return alt(trace_of(load_lesson(preview.folder / LESSON)), Look())


def test_an_edited_value_is_seen_without_a_reload(start: Start, page: Page) -> None:
    preview = start("article", FIGURE, OTHER_FIGURE, *ONE_LOOK)
    edited, other = opened(page, preview, FIGURE, OTHER_FIGURE)
    image = edited.locator("img:visible")
    before, words = pixels(edited), described(preview)
    expect(image).to_have_attribute("alt", words)
    other.evaluate("section => { section.mine = true }")
    edited.scroll_into_view_if_needed()
    height = page.evaluate("scrollY")
    preview.edit(LESSON, ROW, OTHER_ROW)
    assert described(preview) != words
    expect(image).to_have_attribute("alt", described(preview))
    assert pixels(edited) != before
    settled(page)
    assert page.evaluate("window.untouched")
    assert page.evaluate("scrollY") == height
    assert other.evaluate("section => section.mine")
    preview.edit(LESSON, OTHER_ROW, ROW)
    expect(image).to_have_attribute("alt", words)
    assert pixels(edited) == before


def test_a_mistake_is_told_while_the_last_good_picture_stays(start: Start, page: Page) -> None:
    preview = start("article", FIGURE, *ONE_LOOK)
    (section,) = opened(page, preview, FIGURE)
    section.evaluate("section => { section.mine = true }")
    before = pixels(section)
    preview.edit(LESSON, "kernel =", "kernal =")
    told = "lessons/article.toml: unknown key 'kernal' in [convolution]. Did you mean 'kernel'?"
    expect(mistakes(page)).to_contain_text(told)
    settled(page)
    assert pixels(section) == before
    assert section.evaluate("section => section.mine")
    assert Axe().run(page).response["violations"] == []
    assert f"Error: {told}\n" in preview.said
    preview.edit(LESSON, "kernal =", "kernel =")
    expect(mistakes(page)).to_be_hidden()
    assert page.evaluate("window.untouched")


def test_code_and_words_are_followed(start: Start, page: Page) -> None:
    preview = start(f"figures/{FIGURE.replace('-', '_')}.py", *ONE_LOOK)
    (section,) = opened(page, preview, FIGURE)
    file = "figures/hand_calculation.py"
    before = pixels(section)
    preview.edit(file, "def draw(", "def draw (:\n(")
    expect(mistakes(page)).to_contain_text(f"{file}:")
    preview.edit(file, "def draw (:\n(", "def draw(")
    expect(mistakes(page)).to_be_hidden()
    preview.edit("look/numbers.py", "import", "import nothing_like_it, ")
    expect(mistakes(page)).to_contain_text("look/numbers.py:")
    preview.edit("look/numbers.py", "import nothing_like_it, ", "import")
    expect(mistakes(page)).to_be_hidden()
    preview.edit("locales/en/hand-calculation.toml", 'caption = "', 'caption = "Edited: ')
    expect(section.locator("figcaption")).to_contain_text("Edited: ")
    preview.edit("locales/en/hand-calculation.toml", 'caption = "', "caption = ")
    expect(mistakes(page)).to_contain_text("locales/en/hand-calculation.toml: ")
    assert pixels(section) == before
    preview.edit("locales/en/hand-calculation.toml", "caption = ", 'caption = "')
    expect(mistakes(page)).to_be_hidden()


def test_the_visualizer_is_followed_and_a_page_that_does_not_come_changes_nothing(
    start: Start, context: BrowserContext
) -> None:
    page = context.new_page()  # of which an answer that failed is told on the console
    preview = start("article", FIGURE, *ONE_LOOK)
    (section,) = opened(page, preview, FIGURE)
    before, words = pixels(section), described(preview)
    for file in ("web/visualizer/visualizer.css", "web/visualizer/main.mjs"):
        with (preview.folder / file).open("a", encoding="utf-8") as end:
            end.write(f"/* of {file} */\n")
        until(lambda: f"/* of {file} */" in page.request.get(f"{preview.url}visualizer.html").text())  # noqa: B023
    settled(page)
    page.route(preview.url, lambda route: route.fulfill(status=500, body="<p>broken</p>"))
    with page.expect_response(preview.url):
        preview.edit(LESSON, ROW, OTHER_ROW)
    settled(page)
    expect(section.locator("img:visible")).to_have_attribute("alt", words)
    assert pixels(section) == before
    assert page.evaluate("window.untouched")
    page.unroute(preview.url)
    preview.edit(LESSON, OTHER_ROW, ROW.replace("1", "8", 1))
    expect(section.locator("img:visible")).to_have_attribute("alt", described(preview))
    assert page.evaluate("window.untouched")


def test_a_film_that_was_begun_goes_on_where_it_was(start: Start, page: Page) -> None:
    preview = start("article", "convolution-scan", *ONE_LOOK)
    (section,) = opened(page, preview, "convolution-scan")
    section.locator('[data-part="forward"]').click()
    expect(section).to_have_attribute("data-state", "paused")
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    moment = page.evaluate("document.querySelector('video').currentTime")
    digest = section.get_attribute("data-digest")
    preview.edit(LESSON, ROW, OTHER_ROW)
    expect(section).not_to_have_attribute("data-digest", str(digest))
    page.wait_for_function(f"document.querySelector('video').currentTime === {moment}")
    assert page.evaluate("window.untouched")


def test_first_drawings_come_in_while_the_page_stays(start: Start, page: Page) -> None:
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    preview = start("article", FIGURE, OTHER_FIGURE, "convolution-scan", "--lang", "en")
    sections = opened(page, preview, FIGURE, OTHER_FIGURE, "convolution-scan")
    assert len(loads) <= 2  # a page without anything, and the first that has something
    film = sections[2]
    links = page.locator("nav.index a")
    expect(links).to_have_count(3)  # the lesson, its films and its figures
    names = page.locator("section.piece").evaluate_all("sections => sections.map(section => section.dataset.name)")
    page.reload()
    assert names == page.locator("section.piece").evaluate_all("all => all.map(section => section.dataset.name)")
    film.locator('[data-part="forward"]').click()
    expect(film).to_have_attribute("data-state", "paused")


def test_a_lesson_that_is_broken_at_the_start_is_followed_too(start: Start, page: Page) -> None:
    preview = start("depthwise-separable", "--lang", "en", "--theme", "light")  # which has films alone
    lesson = "lessons/depthwise-separable.toml"
    (section,) = opened(page, preview, "depthwise-separable", lesson="depthwise-separable")
    page.goto("about:blank")  # the open page would ask for the server that has gone
    assert preview.interrupt() == 0
    preview.edit(lesson, "[convolution]", "[convolutions]")
    again = start("depthwise-separable", *ONE_LOOK)
    page.goto(again.url)
    expect(mistakes(page)).to_contain_text(f"{lesson}: unknown table [convolutions]. Did you mean [convolution]?")
    again.edit(lesson, "[convolutions]", "[convolution]")
    expect(mistakes(page)).to_be_hidden()
    expect(section).to_be_visible()


def test_ctrl_c_ends_it_and_all_that_it_started(start: Start, page: Page) -> None:
    preview = start("article", FIGURE, *ONE_LOOK)
    page.goto(preview.url)
    assert len(preview.processes()) > 1
    page.goto("about:blank")
    assert preview.interrupt() == 0
    until(lambda: not preview.processes())
    assert preview.said[0] == f"{preview.url} shows {FIGURE} of article, and follows your edits. Ctrl-C ends it.\n"
    assert [line for line in preview.said[1:] if not re.fullmatch(r"  article/.* in [\d.]+ s\n", line)] == []


def test_it_ends_with_its_terminal(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as scratch:  # short, as processes' addresses in it are
        monkeypatch.setenv("TMPDIR", scratch)
        preview = start("article", FIGURE, *ONE_LOOK)
        until(lambda: any(FIGURE in line for line in preview.said[1:]))
        preview.process.send_signal(signal.SIGHUP)
        assert preview.process.wait(LONG) == 0
        until(lambda: not preview.processes())
        assert list(Path(scratch).iterdir()) == []


def test_a_page_that_came_before_the_drawings_it_was_told_of_is_loaded_again(start: Start, page: Page) -> None:
    preview = start("article", FIGURE, *ONE_LOOK)
    (section,) = opened(page, preview, FIGURE)
    came: list[str] = []

    def earlier(route: Route) -> None:
        if route.request.resource_type != "document" or came:
            return route.continue_()
        text = route.fetch().text()
        came.append(re.sub(f'<section[^>]* id="article/{FIGURE}".*?</section>', "", text, flags=re.DOTALL))
        assert len(came[0]) < len(text)
        route.fulfill(
            body=re.sub('data-digest="[^"]*"', f'data-digest="{"0" * 64}"', came[0]), content_type="text/html"
        )

    page.route(preview.url, earlier)
    page.goto(preview.url)
    expect(section).to_be_visible()
    assert came
