"""The visualizer's page as a page: readable by all, on every screen, of one piece."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from look.look import LANGUAGES
from look.words import WordsError
from pipeline.pages import NAMES, VISUALIZER, write_pages
from pipeline.visualizer_page import joined_modules, opening_lesson, said_by
from tests.web._opened import EN, Opened

VIEWS = ("size", "scan", "im2col", "field", "channels")
WIDE = "i=1,2,3,4,5,6,7,8,9,1,2,3;3,4,5,6,7,8,9,1,2,3,4,5;1,2,3,4,5,6,7,8,9,1,2,3&p=3&l=3p2;3s2p2;3p2d2"
LOOKS = [("en", "light"), ("en", "dark"), ("zh", "light"), ("zh", "dark")]


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_off(visualizer: Opened, lang: str, theme: str) -> None:
    page = visualizer.go("v=scan", lang=lang, theme=theme).page
    for view in VIEWS:
        for setting in (f"v={view}", f"v={view}&{WIDE}", f"v={view}&d=2&p=1,2"):
            visualizer.turn(setting)
            for width in (1440, 390, 320):
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{setting} at {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{view}: {found.generate_report()}"


@pytest.mark.parametrize(
    ("stack", "width"), [("3;3", 1440), ("3;3;3;3", 1280), ("3p1;3p1;3p1;3p1", 1440), ("3;3;3;3;3", 1440)]
)
def test_the_planes_of_a_stack_stand_side_by_side(visualizer: Opened, stack: str, width: int) -> None:
    visualizer.page.set_viewport_size({"width": width, "height": 900})
    visualizer.go(f"v=field&l={stack}")
    planes = visualizer.find(".plane").evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    assert planes == sorted(set(planes))
    assert visualizer.find(".sheet").first.locator("text").count() > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_beside_a_matrix_no_word_is_torn_and_what_is_whole_does_not_fade(visualizer: Opened, lang: str) -> None:
    visualizer.page.set_viewport_size({"width": 390, "height": 844})
    page = visualizer.go("v=im2col", lang=lang)
    heads = page.find(".product figcaption").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert len(set(heads)) == 1
    assert page.find(".more").count() == 0
    visualizer.turn("v=scan&i=1,2;3,4&k=1;1")
    for width in (1200, 390):  # while it shrinks, the window is on its way
        page.page.set_viewport_size({"width": width, "height": 844})
    expect(page.find(".more")).to_have_count(0)


def test_back_and_reload_lead_to_the_same_view_and_setting(visualizer: Opened) -> None:
    page = visualizer.go("v=scan").page
    page.get_by_role("link", name=EN.say("visualizer.view.im2col")).click()
    visualizer.slide("height", 7)
    title = f"{EN.say('visualizer.title')} · {EN.say('visualizer.view.im2col')}"
    expect(page).to_have_title(title)
    page.get_by_role("link", name=EN.say("visualizer.view.channels")).click()
    page.go_back()
    for again in (page.reload, page.reload, lambda: None):
        expect(page).to_have_title(title)
        expect(visualizer.find("nav [aria-current]")).to_have_text(EN.say("visualizer.view.im2col"))
        assert visualizer.find("#height").input_value() == "7"
        again()


def test_axe_would_find_a_cell_without_a_name(visualizer: Opened) -> None:
    visualizer.go("v=scan").find("#x0-0-0").evaluate("cell => cell.removeAttribute('aria-label')")
    assert Axe().run(visualizer.page).violations_count > 0


def test_the_page_is_light(visualizer_folder: Path) -> None:
    assert (visualizer_folder / VISUALIZER).stat().st_size < 250_000  # of which the letters are nearly half


def test_it_is_one_of_the_pages(tmp_path: Path) -> None:
    write_pages(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
    stamp = (tmp_path / VISUALIZER).stat().st_mtime_ns
    write_pages(tmp_path)
    assert (tmp_path / VISUALIZER).stat().st_mtime_ns == stamp, "a page that is as it should be stays"


def test_it_opens_with_the_article_or_else_with_a_lesson_that_it_can_show(tmp_path: Path, checkout: Path) -> None:
    article = tmp_path / "article.toml"
    assert opening_lesson(tmp_path) is None
    (tmp_path / "a-large.toml").write_text(f'title = "x"\n[convolution]\ninput = {[[0] * 13]}\nkernel = [[1]]\n')
    (tmp_path / "pool.toml").write_text('title = "x"\n[convolution]\nop = "max_pool"\ninput = [[1]]\nkernel_size = 1\n')
    article.write_text("title = ")
    assert opening_lesson(tmp_path) is None
    (tmp_path / "small.toml").write_text('title = "x"\n[convolution]\ninput = [[1]]\nkernel = [[1]]\n')
    assert (found := opening_lesson(tmp_path)) is not None
    assert found.name == "small"
    article.write_bytes((checkout / "lessons" / "article.toml").read_bytes())
    assert (found := opening_lesson(tmp_path)) is not None
    assert found.name == "article"


def test_modules_are_joined_in_order_and_names_are_their_own(tmp_path: Path) -> None:
    (tmp_path / "main.mjs").write_text('import { two } from "./two.mjs";\nconst all = two;\n')
    (tmp_path / "two.mjs").write_text('import { one } from "./one.mjs";\nexport const two = one;\n')
    (tmp_path / "one.mjs").write_text("export const one = 1;\n")
    assert " ".join(joined_modules(tmp_path / "main.mjs").split()) == "const one = 1; const two = one; const all = two;"
    (tmp_path / "one.mjs").write_text("const all = 0;\nexport const one = 1;\n")
    with pytest.raises(ValueError, match=r"^(one|main).mjs and (one|main).mjs both have a 'all': rename one of them$"):
        joined_modules(tmp_path / "main.mjs")
    (tmp_path / "one.mjs").write_text("export default 1;\n")
    with pytest.raises(ValueError, match=r"^one.mjs says 'export default 1;': write imports and exports as"):
        joined_modules(tmp_path / "main.mjs")


def test_a_message_that_is_not_there_is_found_when_the_page_is_made() -> None:
    messages = {
        "common.step": "step",
        "visualizer.view.scan": "Scan",
        "visualizer.view.size": "Size",
        "common.cell": "cell",
    }
    script = 'say("common.step"); say(`visualizer.view.${view}`)'
    assert list(said_by(script, messages)) == ["common.step", "visualizer.view.scan", "visualizer.view.size"]
    with pytest.raises(WordsError, match=r"^web/visualizer: no message output-size\.title, visualizer\.none$"):
        said_by(script + 'say("visualizer.none", {}) + say("output-size.title")', messages)
