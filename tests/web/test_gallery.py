"""The gallery in a real browser: films play and step, languages and themes switch, links lead where they say."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from look import LANGUAGES, Look
from tests.web._exhibition import (
    CAPTION,
    CARD,
    CHAPTERS,
    CUES,
    FIGURE,
    FILM,
    FPS,
    FRAMES,
    TITLE,
    exhibit,
    part,
)

ASK = "document.querySelector('video')."


def player(page: Page, name: str) -> Locator:
    return part(page, FILM, f'[data-part="{name}"]')


def frame_of(page: Page) -> int:
    """The number of the frame on show, from 1."""
    at, count = (player(page, "frame").text_content() or "").split(" / ")
    assert int(count) == FRAMES
    return int(at)


def still(context: BrowserContext, address: str) -> Page:
    """The page of a reader who wants things to keep still."""
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    return page


def test_the_first_film_begins_by_itself_and_ends(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(f"{ASK}ended")
    assert frame_of(page) == FRAMES
    assert part(page, FILM).get_attribute("data-state") == "paused"


def test_a_film_keeps_still_for_who_wants_that_and_steps_by_frames(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    page.wait_for_function(f"{ASK}poster")
    assert page.evaluate(f"{ASK}paused && !{ASK}currentSrc")
    for button, frame in (("forward", 2), ("forward", 3), ("back", 2)):
        player(page, button).click()
        page.wait_for_function(f"Math.floor({ASK}currentTime * {FPS}) === {frame - 1} && !{ASK}seeking")
        assert frame_of(page) == frame
    player(page, "position").focus()
    page.keyboard.press("End")
    page.wait_for_function(f"Math.floor({ASK}currentTime * {FPS}) === {FRAMES - 1}")
    assert (player(page, "position").get_attribute("aria-valuetext") or "").endswith("/ 0:02.0")
    assert page.evaluate(f"{ASK}paused")


def test_a_film_plays_and_pauses_by_keyboard(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    player(page, "start").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"{ASK}currentTime > 0.2")
    assert page.evaluate("document.activeElement.dataset.part") == "play"
    page.keyboard.press("Space")
    page.wait_for_function(f"{ASK}paused")
    expect(player(page, "play").get_by_text("Play", exact=True)).to_have_count(1)


def test_a_film_fills_the_screen_whole_and_has_keys_there(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    player(page, "forward").click()
    for width, height in ((1440, 900), (844, 390), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        player(page, "fullscreen").click()
        page.wait_for_function("document.fullscreenElement && document.fullscreenElement.dataset.part === 'screen'")
        box = part(page, FILM, "video").first.bounding_box()
        assert box == {"x": 0, "y": 0, "width": width, "height": height}
        shown = page.evaluate("getComputedStyle(document.querySelector('video')).objectFit")
        assert shown == "contain"
        before = frame_of(page)
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"Math.floor({ASK}currentTime * {FPS}) === {before} && !{ASK}seeking")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"Math.floor({ASK}currentTime * {FPS}) === {before - 1} && !{ASK}seeking")
        page.evaluate("document.exitFullscreen()")
        page.wait_for_function("!document.fullscreenElement")
    player(page, "fullscreen").click()
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("Space")
    page.wait_for_function(f"!{ASK}paused")
    page.keyboard.press("Space")
    page.wait_for_function(f"{ASK}paused && document.fullscreenElement")


def test_chapters_lead_to_their_places_and_subtitles_follow(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    for chapter, cue in zip(CHAPTERS["en"], CUES["en"], strict=True):
        part(page, FILM).get_by_role("button", name=chapter).click()
        expect(player(page, "subtitle")).to_have_text(cue)
        expect(part(page, FILM, '.chapters [lang="en"] [data-now]')).to_have_text(chapter)
    tracks = page.evaluate(f"[...{ASK}textTracks].map((track) => [track.language, track.mode, track.cues.length])")
    assert tracks == [["en", "hidden", len(CUES["en"])]]
    player(page, "subtitles").click()
    expect(player(page, "subtitle")).to_be_hidden()
    part(page, FILM, ".transcript summary").click()
    shown = part(page, FILM, '.cues [lang="en"] li').all_inner_texts()
    assert [text.split("\n")[-1].strip() for text in shown] == list(CUES["en"])


def test_language_and_theme_switch_for_the_whole_page_and_stay(page: Page, address: str) -> None:
    page.goto(address)
    picture = part(page, FIGURE, "img >> visible=true")
    expect(part(page, FIGURE, "figcaption")).to_have_text(CAPTION["en"], use_inner_text=True)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="深色").click()
    for _ in range(2):
        expect(page.locator("html")).to_have_attribute("lang", "zh")
        expect(part(page, FIGURE, "figcaption")).to_have_text(CAPTION["zh"], use_inner_text=True)
        expect(page).to_have_title("边缘<b>检测</b> · convscan")
        part(page, FIGURE).scroll_into_view_if_needed()
        page.wait_for_function("(img) => img.currentSrc.endsWith('.zh.dark.svg')", arg=picture.element_handle())
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == f"rgb{tuple(bytes.fromhex(Look('dark').background[1:]))}"
        page.goto(address)
    assert page.url == address, "what was chosen is remembered, not only in the address"


def test_a_playing_film_goes_on_in_the_other_language(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    player(page, "play").click()
    page.wait_for_function(f"{ASK}currentTime > 0.5")
    page.get_by_role("button", name="中文").click()
    page.wait_for_function(f"{ASK}currentSrc.endsWith('.zh.light.mp4') && {ASK}currentTime > 0.5")
    expect(player(page, "subtitle")).to_have_text(re.compile("|".join(map(re.escape, CUES["zh"]))))


def test_an_address_names_look_and_place(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(f"{address}?lang=zh&theme=dark#{CARD}")
    expect(part(page, CARD)).to_be_in_viewport()
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_attribute("data-lang", "zh")
    assert page.evaluate(f"{ASK}paused"), "nobody came for the film"


def test_a_reader_gets_the_language_and_theme_of_the_browser(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}#{FIGURE}")
    expect(page.get_by_role("button", name="中文")).to_have_attribute("aria-pressed", "true")
    picture = part(page, FIGURE, "img >> visible=true").element_handle()
    page.wait_for_function("(img) => img.currentSrc.endsWith('.zh.dark.svg')", arg=picture)
    context.close()


def test_titles_and_captions_are_text(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h2")).to_have_text(TITLE, use_inner_text=True)
    expect(page).to_have_title(f"{TITLE} · convscan")
    assert page.locator("figcaption b, h2 script, nav b").count() == 0
    assert part(page, FIGURE, "img[alt]").first.get_attribute("alt") == 'figure-0 "in" <en>'


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("zh", "dark")])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, address: str, lang: str, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}?lang={lang}&theme={theme}#{CARD}")
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = player(page, "fullscreen").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width


def test_axe_would_find_something(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('picture img').removeAttribute('alt')")
    assert Axe().run(page).violations_count > 0


def test_nothing_has_the_name_of_another(page: Page, address: str) -> None:
    page.goto(address)
    names = page.locator("[id]").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(names) == len(set(names)) > 20


def test_tables_are_tables_with_captions_in_both_languages(page: Page, address: str) -> None:
    page.goto(f"{address}?lang=zh")
    table = part(page, "article/conv2d-results.csv")
    assert table.locator("thead th").all_text_contents() == ["row", "col", "value"]
    assert table.locator("tbody tr").count() == 9
    expect(table.locator("figcaption [lang=zh]")).to_have_text("每个输出值及其所在的行和列，保留六位小数。")


def test_without_scripts_a_film_is_in_the_systems_theme(browser: Browser, address: str) -> None:
    for theme in ("light", "dark"):
        context = browser.new_context(java_script_enabled=False, color_scheme=theme)
        page = context.new_page()
        page.goto(address)
        films = page.locator(f'[id="{FILM}"] video:visible')
        expect(films).to_have_count(1)
        assert theme in str(films.get_attribute("src"))
        context.close()


def test_pictures_wait_until_they_are_near(page: Page, tmp_path: Path) -> None:
    exhibit(tmp_path, figures=50)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    pictures = [url for url in asked if url.endswith(".svg")]
    assert 0 < len(pictures) < 12
    assert all(".en.light." in url for url in pictures)
    assert page.locator("section.piece").count() == 51 + 51 + 6
    assert (tmp_path / "index.html").stat().st_size < 1_000_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_leads_to_every_kind(page: Page, address: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}?lang={lang}")
    expect(page.locator("nav.index a >> visible=true")).to_have_count(0)
    page.locator("nav.index summary").click()
    for link in page.locator("nav.index a").all():
        assert page.locator(f'[id="{(link.get_attribute("href") or "")[1:]}"]').count() == 1
    page.locator("nav.index a").last.click()
    expect(part(page, "article:table")).to_be_in_viewport()
    expect(page.locator("nav.index a >> visible=true")).to_have_count(0)


def test_steps_before_the_film_is_known_are_all_taken(context: BrowserContext, address: str) -> None:
    page = still(context, address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.evaluate("for (let at = 0; at < 3; at++) document.querySelector('[data-part=forward]').click()")
    page.wait_for_function(f"Math.floor({ASK}currentTime * {FPS}) === 3 && !{ASK}seeking")
    assert frame_of(page) == 4
    assert faults == []


def test_a_film_that_cannot_be_played_says_so(context: BrowserContext, tmp_path: Path) -> None:
    exhibit(tmp_path, figures=0)
    for film in tmp_path.rglob("*.mp4"):
        film.write_bytes(b"no film")
    page = still(context, (tmp_path / "index.html").as_uri())
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    expect(player(page, "broken")).to_be_hidden()
    player(page, "start").click()
    expect(player(page, "broken")).to_have_text(Look(lang="en").say("page.broken"), use_inner_text=True)
    assert faults == []
