"""Chinese is read on a machine without a Chinese font too: the page brings its letters, and they are drawn."""

from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from pipeline.page_font import FILE, font_face, letters_file, our_letters
from pipeline.pages import NAMES


def test_the_letters_of_all_our_words_are_there() -> None:
    font = TTFont(FILE)
    assert set(font.getBestCmap()) == our_letters(), "words were edited: run `make letters`"
    assert "Open Font License" in str(font["name"].getDebugName(13))


def test_they_can_be_made_again_the_same_each_time() -> None:
    made = letters_file()
    assert made == letters_file()
    assert TTFont(BytesIO(made)).getBestCmap() == TTFont(FILE).getBestCmap()


def test_every_page_brings_them(exhibition: Path) -> None:
    for name in NAMES:
        assert (exhibition / name).read_text(encoding="utf-8").count(font_face()) == 1


def test_the_letters_are_drawn_and_are_no_boxes(page: Page, address: str) -> None:
    page.goto(address + "?lang=zh")
    pixels = """async () => {
        const face = '32px "convscan letters"';
        await document.fonts.load(face, "卷积");
        const inked = (letter) => {
            const context = Object.assign(document.createElement("canvas"), {width: 40, height: 40}).getContext("2d");
            context.font = face;
            context.fillText(letter, 2, 34);
            return context.getImageData(0, 0, 40, 40).data.join();
        };
        return [inked("卷"), inked("积"), document.fonts.check(face, "卷积")];
    }"""
    one, other, known = page.evaluate(pixels)
    assert known
    assert one != other


def test_words_of_chinese_letters_alone_have_a_font(page: Page, address: str) -> None:
    """With `system-ui` first in the list, Chromium keeps the boxes that it drew before the letters had come."""
    page.goto(address)
    tool = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tool.send(f"{domain}.enable")
    root = tool.send("DOM.getDocument")["root"]["nodeId"]
    node = tool.send("DOM.querySelector", {"nodeId": root, "selector": '.tongue[lang="zh"]'})["nodeId"]
    (font,) = tool.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert font["isCustomFont"] or font["familyName"] != "DejaVu Sans", font
