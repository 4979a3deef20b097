"""Chinese is read on a machine without a Chinese font too: the page brings its letters, and they are drawn."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from pipeline import page_font
from pipeline.page_font import FIRST, font_face, get_ready
from pipeline.pages import NAMES
from pipeline.store import Store


def brought(text: str) -> TTFont:
    """The font that a page brings."""
    return TTFont(BytesIO(b64decode(text.split("data:font/woff;base64,")[1].split('"')[0])))


def test_a_page_brings_its_letters(exhibition: Path) -> None:
    for name in NAMES:
        text = (exhibition / name).read_text(encoding="utf-8")
        wanted = {ord(letter) for letter in text if ord(letter) >= FIRST}
        assert len(wanted) > 50
        assert set(brought(text).getBestCmap()) >= wanted


def test_its_bytes_are_the_same_each_time_and_it_names_its_licence() -> None:
    face = font_face("卷积")
    page_font._fonts.clear()
    assert font_face("积卷") == face
    assert "Open Font License" in str(brought(face)["name"].getDebugName(13))
    assert font_face("convolution") == ""


def test_the_store_has_it_for_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    get_ready("龘", store)
    face = font_face("龘")
    page_font._fonts.clear()
    monkeypatch.setattr(page_font, "_subset", None)
    get_ready("龘", store)
    assert font_face("龘") == face
    assert ord("龘") in brought(face).getBestCmap()


def test_the_letters_are_drawn_and_are_no_boxes(page: Page, address: str) -> None:
    page.goto(address + "?lang=zh")
    pixels = """async () => {
        const face = '32px "convscan letters"';
        await document.fonts.load(face, "检测");
        const inked = (letter) => {
            const context = Object.assign(document.createElement("canvas"), {width: 40, height: 40}).getContext("2d");
            context.font = face;
            context.fillText(letter, 2, 34);
            return context.getImageData(0, 0, 40, 40).data.join();
        };
        return [inked("检"), inked("测"), document.fonts.check(face, "检测")];
    }"""
    one, other, known = page.evaluate(pixels)
    assert known
    assert one != other
