"""The visualizer in Chromium: scanning and unrolling, by whoever points, types, taps or plays."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, expect

from look import Look
from look.numbers import number
from tests.web._opened import EN, Opened, article, changed, shown


def test_it_opens_with_the_article_as_on_the_figures(visualizer: Opened) -> None:
    trace, page = article(), visualizer.go()
    assert page.text("#value") == number(trace.highlight.value) == "−1"
    assert page.cells("o-") == shown(trace.output)
    assert page.cells("x0-") == shown(trace.input)
    assert page.cells("k0-0-") == shown(trace.kernel)
    so_far = [text.split()[-1] for text in page.find(".running").all_inner_texts()]
    assert so_far == shown(trace.highlight.running)
    assert EN.say("common.output_cell", row=trace.highlight.row, col=trace.highlight.col).lower() in page.answer.lower()


def test_an_edited_cell_changes_the_sum(visualizer: Opened) -> None:
    trace, page = article(), visualizer.go()
    picture = trace.input.copy()
    picture[0, 1, 1] = 9
    page.find("#x0-1-1").fill("9")
    assert page.text("#value") == number(changed(trace.lesson, input=picture).highlight.value)
    kernel = trace.kernel.astype(float)
    kernel[0, 0, 1, 1] = -0.25
    page.find("#k0-0-1-1").fill("−0.25")
    page.find("#b0").fill("3")
    expected = changed(trace.lesson, input=picture, kernel=kernel, bias=np.array([3]))
    assert page.text("#value") == number(expected.highlight.value)
    assert page.cells("o-") == shown(expected.output)
    page.go(page.page.url.partition("#")[2])
    assert page.cells("o-") == shown(expected.output), "the address holds the change"


def test_conventions_are_stated(visualizer: Opened) -> None:
    page = visualizer.go("v=scan")
    assert EN.say("common.conventions.not_flipped") in page.text(".conventions")
    page.find("#flip").check()
    assert EN.say("common.conventions.flipped") in page.text(".conventions")
    turned = changed(article().lesson, flip=True)
    assert page.cells("o-") == shown(turned.output)
    page.find(".terms li").first.hover()
    assert page.find("input.cell.lit").last.get_attribute("id") == "k0-0-2-2", "the first product's weight is the last"


def test_a_product_lights_its_two_factors(visualizer: Opened) -> None:
    page, step = visualizer.go(), article().highlight
    for index, (i, j) in enumerate(np.ndindex(*step.weights[0].shape)):
        page.find(".terms li").nth(index).hover()
        lit = page.find(".cell.lit").evaluate_all("all => all.map(one => one.id || one.textContent)")
        assert lit == [
            f"x0-{step.input_rows[i]}-{step.input_cols[j]}",
            f"k0-0-{i}-{j}",
            number(step.products[0, i, j].item()),
        ]


def test_a_slider_that_goes_back_brings_the_cells_back(visualizer: Opened) -> None:
    page = visualizer.go()
    for name in ("width", "height", "kernel"):
        page.slide(name, 2)
    assert page.find('[id^="x0-"]').count() == 4
    for name, value in (("height", 5), ("width", 5), ("kernel", 3)):
        page.slide(name, value)
    assert page.cells("o-") == shown(article().output)


def test_arrows_go_from_cell_to_cell(visualizer: Opened) -> None:
    page = visualizer.go()
    page.find("#x0-1-2").focus()
    for key, beside in (("ArrowDown", "x0-2-2"), ("Enter", "x0-3-2"), ("ArrowUp", "x0-2-2")):
        page.page.keyboard.press(key)
        expect(page.find(f"#{beside}")).to_be_focused()
    assert page.text("#value") == number(article().highlight.value), "the window stays"


def test_what_is_no_number_changes_nothing_and_is_marked(visualizer: Opened) -> None:
    page = visualizer.go()
    cell = page.find("#x0-1-1")
    for text in ("-", "1e9", "two", "1,5", ""):
        cell.fill(text)
        expect(cell).to_have_attribute("aria-invalid", "true")
        assert page.cells("o-") == shown(article().output)
    cell.blur()
    expect(cell).to_have_value("1")
    expect(cell).not_to_have_attribute("aria-invalid", "true")


def test_the_scan_steps_plays_and_scrubs(visualizer: Opened) -> None:
    visualizer.page.clock.install()
    steps, page = article().steps, visualizer.go()

    def at() -> int:
        index = int(page.find("#scrub").input_value())
        assert page.text("#value") == number(steps[index].value)
        return index

    assert at() == article().highlight.index
    page.find(".player .next").click()
    assert at() == 5
    page.find(".player .first").click()
    page.page.keyboard.press("Tab")
    for key, index in (
        ("ArrowRight", 1),
        ("ArrowDown", 4),
        ("ArrowLeft", 3),
        ("ArrowUp", 0),
        ("ArrowUp", 0),
        ("End", 8),
    ):
        page.page.evaluate("document.activeElement.blur()")
        page.page.keyboard.press(key)
        assert at() == index, key
    page.slide("scrub", 2)
    assert at() == 2
    page.find("#scrub").blur()
    page.page.keyboard.press(" ")
    page.page.clock.run_for(1400)
    assert at() == 4
    page.page.keyboard.press(" ")
    page.page.clock.run_for(3000)
    assert at() == 4, "paused"
    page.find(".player .play").click()
    page.page.clock.run_for(9000)
    assert at() == len(steps) - 1
    expect(page.find(".player .play")).to_be_visible()
    page.find("#o-0-1").click()
    assert at() == 1


def test_an_entry_lights_its_source_and_every_copy_and_back(visualizer: Opened) -> None:
    trace, page = article(), visualizer.go("v=im2col")
    matrix = trace.im2col
    for row, column in ((0, 0), (2, 4), (8, 8)):
        page.find(f"#e{row}-{column}").hover()
        source = int(matrix.origin[row, column])
        copies = [f"e{r}-{c}" for r, c in np.argwhere(matrix.origin == source)]
        assert page.find(".matrix .copy").evaluate_all("all => all.map(one => one.id)") == copies
        assert page.find(".sources .copy").evaluate_all("all => all.map(one => one.id)") == [f"s{source}"]
        assert len(copies) == matrix.counts.flat[source]
    page.find("#s7").hover()
    copies = [f"e{r}-{c}" for r, c in np.argwhere(matrix.origin == 7)]
    assert page.find(".matrix .copy").evaluate_all("all => all.map(one => one.id)") == copies
    assert number(len(copies)) in page.answer


def test_an_entry_is_found_by_keyboard_and_kept_in_the_address(visualizer: Opened) -> None:
    page = visualizer.go("v=im2col&at=0,0&e=0")
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("ArrowRight")
    expect(page.find(".matrix [aria-pressed=true]")).to_have_attribute("id", "e1-1")
    page.go(page.page.url.partition("#")[2])
    expect(page.find(".matrix .now")).to_have_attribute("id", "e1-1")


def test_language_and_theme(visualizer: Opened) -> None:
    page = visualizer.go("v=scan")
    page.find("button[value=zh]").click()
    assert page.text("h2") == Look(lang="zh").say("visualizer.scan.question")
    page.find("button[value=dark]").click()
    background = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb({}, {}, {})".format(*bytes.fromhex(Look(theme="dark").background[1:]))
    fill = page.find(".grid .cell").first.evaluate("cell => getComputedStyle(cell).getPropertyValue('--cell-input')")
    assert fill.strip() == Look(theme="dark").cell("input")
    assert page.text("#value") == "−1"


def test_a_finger_is_enough(browser: Browser, visualizer_folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = Opened(context.new_page(), visualizer_folder).go("v=scan")
    page.find("#o-2-2").tap()
    assert page.text("#value") == number(article().output[0, 2, 2].item())
    page.go("v=im2col").find("#e0-0").tap()
    assert page.find(".matrix .copy").count() == article().im2col.counts[0, 0, 0]
    page.find("#s12").tap()
    assert page.find(".matrix .copy").count() == article().im2col.counts[0, 2, 2]
    page.go("v=field").find(".sheet").nth(1).tap(position={"x": 8, "y": 8})
    assert "u=1,0,0" in page.page.url
    context.close()


def test_who_prefers_less_motion_gets_none(browser: Browser, visualizer_folder: Path) -> None:
    for wish, moves in (("reduce", False), ("no-preference", True)):
        context = browser.new_context(reduced_motion=wish)  # type: ignore[arg-type]
        page = Opened(context.new_page(), visualizer_folder).go("v=scan")
        duration = page.find(".frame.window").evaluate("frame => getComputedStyle(frame).transitionDuration")
        assert (float(duration.split("s")[0]) > 0) is moves
        context.close()
