"""A figure's files: the same bytes each time, the promised size, words for who cannot see, no trace of the tools."""

import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure

from core import Trace
from look import Look
from pipeline.figure import CardSizeError, draw_figure
from tests.pipeline._studio import Studio

LOOK = Look("dark", "zh")
SVG = "{http://www.w3.org/2000/svg}"


def square(trace: Trace, figure: Figure, look: Look) -> None:
    figure.set_size_inches(4, 3)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 400)
    axes.set_ylim(300, 0)
    axes.fill([100, 300, 300, 100], [50, 50, 250, 250], color=look.ink, clip_on=True)
    axes.fill([0, 400, 0], [0, 0, 300], hatch="//", fill=False)


def card(trace: Trace, figure: Figure, look: Look) -> None:
    square(trace, figure, look)
    figure.set_size_inches(12, 6.3)


def drawn(studio: Studio, draw: Callable[..., None] = square, **asked: Any) -> dict[str, tuple[bytes, tuple[int, int]]]:
    words = {"title": "边缘 · <Ink>", "description": "a & b"}
    return draw_figure(draw, studio.trace(), LOOK, ("svg", "pdf", "png"), **words, **asked)


def png_chunks(data: bytes) -> dict[bytes, list[bytes]]:
    chunks: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        chunks.setdefault(data[at + 4 : at + 8], []).append(data[at + 8 : at + 8 + length])
        at += length + 12
    return chunks


def png_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png_chunks(data)[b"IHDR"][0][:8])
    return width, height


def test_the_same_bytes_twice_whatever_the_settings(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    once = drawn(studio)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    with matplotlib.rc_context(
        {"lines.linewidth": 9, "savefig.dpi": 30, "svg.hashsalt": "other", "pdf.compression": 0}
    ):
        assert drawn(studio) == once
        assert matplotlib.rcParams["savefig.dpi"] == 30


def test_no_tool_and_no_clock_in_the_files(studio: Studio) -> None:
    for data, _ in drawn(studio).values():
        assert not re.search(rb"(?i)matplotlib|20\d\d-\d\d-\d\d|D:20|Software", data)


@pytest.mark.parametrize(
    ("quality", "size"), [("draft", (400, 300)), ("hd", (800, 600)), ("hd60", (800, 600)), ("uhd", (1600, 1200))]
)
def test_quality_is_the_scale_of_the_png_alone(studio: Studio, quality: str, size: tuple[int, int]) -> None:
    made = drawn(studio, quality=quality)
    assert made["png"][1] == size == png_size(made["png"][0])
    assert made["svg"][1] == made["pdf"][1] == (400, 300)
    assert b"/MediaBox [ 0 0 288 216 ]" in made["pdf"][0]


@pytest.mark.parametrize("quality", ["draft", "hd", "uhd"])
def test_a_card_is_1200_by_630_in_every_quality(studio: Studio, quality: str) -> None:
    made = drawn(studio, card, quality=quality, card=True)
    assert made["png"][1] == png_size(made["png"][0]) == (1200, 630)
    root = ET.fromstring(made["svg"][0])
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("1200", "630", "0 0 1200 630")


def test_a_card_of_another_size_is_refused(studio: Studio) -> None:
    with pytest.raises(CardSizeError, match=r"^a share card is 1200x630, but this one draws 400x300$"):
        drawn(studio, square, card=True)


def test_svg_speaks(studio: Studio) -> None:
    root = ET.fromstring(drawn(studio)["svg"][0])
    assert [child.tag.removeprefix(SVG) for child in root] == ["title", "desc", "g"]
    assert root.findtext(f"{SVG}title") == "边缘 · <Ink>"
    assert root.findtext(f"{SVG}desc") == "a & b"
    assert (root.get("role"), root.get("lang")) == ("img", "zh")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"


def test_svg_units_are_the_page_s(studio: Studio) -> None:
    root = ET.fromstring(drawn(studio)["svg"][0])
    assert root.get("viewBox") == "0 0 400 300"
    scale = float(re.fullmatch(r"scale\((.*)\)", root[2].get("transform", ""))[1])  # type: ignore[index]
    shape = next(path for path in root.iter(f"{SVG}path") if LOOK.ink in path.get("style", ""))
    numbers = [float(number) * scale for number in re.findall(r"[\d.]+", shape.get("d", ""))]
    assert numbers[:4] == pytest.approx([100, 50, 300, 50], abs=0.01)


def test_svg_refers_only_to_itself(studio: Studio) -> None:
    text = drawn(studio)["svg"][0].decode()
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    refers = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))
    assert refers
    assert refers <= ids
    assert len(re.findall(r'\bid="', text)) == len(ids)
    assert not re.search(r'href="(?!#)', text)


def test_pdf_and_png_carry_the_words(studio: Studio) -> None:
    made = drawn(studio)
    title = "边缘 · <Ink>".encode("utf-16-be")
    assert b"/Title" in made["pdf"][0]
    escaped = title.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    assert title in made["pdf"][0] or escaped in made["pdf"][0]
    texts = b"".join(png_chunks(made["png"][0]).get(b"iTXt", []) + png_chunks(made["png"][0]).get(b"tEXt", []))
    assert "边缘 · <Ink>".encode() in texts or zlib.compress("边缘 · <Ink>".encode()) in texts
    assert b"a & b" in texts
