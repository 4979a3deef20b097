"""An output folder that nothing was drawn for: a film, a figure, a card and tables, in every look, and their page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path

import av
import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page

from core import parse_lesson, trace_of
from look import LANGUAGES, THEMES, Look
from pipeline.captions import caption_files
from pipeline.film import QUALITIES
from pipeline.lesson_facts import facts_of_lesson
from pipeline.manifest import Record, merge_manifest
from pipeline.pages import write_pages
from pipeline.tables import TABLES

TITLE = "<script>document.title = 'caught'</script> & \"Co\""
LESSON = f"""
title = {{ en = {json.dumps(TITLE)}, zh = "边缘<b>检测</b>" }}
[convolution]
input = [[0,0,1,2],[0,1,1,3],[1,0,2,3],[0,1,3,2]]
kernel = [[1,0],[0,-1]]
"""
CAPTION = {"en": "What <b>moves</b> & why.", "zh": "什么在<动>。"}
CUES = {"en": ("Before & after", "1 < 2, as it should be"), "zh": ("之前与之后", "1 < 2，理应如此")}
CHAPTERS = {"en": ("First part", "Second part"), "zh": ("第一部分", "第二部分")}
TABLE_TOO = "receptive-field"
"""A figure of a table's name."""

FPS = QUALITIES["draft"].fps
FRAMES = 2 * FPS
SIZE = (320, 180)


FILM, FIGURE, CARD = "article/convolution-scan", "article/figure-0", "article/share-card-figure-0"


def part(page: Page, identity: str, selector: str = "") -> Locator:
    """An artifact on the page, or what it has of that selector."""
    return page.locator(f'[id="{identity}"] {selector}' if selector else f'[id="{identity}"]')


def exhibit(out: Path, figures: int = 1) -> None:
    """Fill `out`, with so many figures, and write its page."""
    lesson = parse_lesson(LESSON, name="article")
    records = []
    names = [*(f"figure-{at}" for at in range(figures)), TABLE_TOO]
    for record, data in [*_film(), *_tables(), *(file for name in names for file in _figure(name))]:
        path = out / record.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        records.append(record)
    merge_manifest(out, records, {lesson.name: facts_of_lesson(lesson)})
    write_pages(out)


def _film() -> Iterator[tuple[Record, bytes]]:
    length = FRAMES // FPS
    for lang in LANGUAGES:
        cues, chapters = (
            [(at * length / 2, text) for at, text in enumerate(texts[lang])] for texts in (CUES, CHAPTERS)
        )
        for name, text in caption_files("convolution-scan", lang, cues, chapters, length).items():  # type: ignore[arg-type]
            record = _record("film", "convolution-scan", "vtt", text.encode(), lang, None)
            yield Record(**(vars(record) | {"file": f"article/{name}"})), text.encode()
        for theme in THEMES:
            look = Look(theme, lang)
            for form, data in (("mp4", moving(look)), ("png", _poster(look))):
                yield _record("film", "convolution-scan", form, data, lang, theme, SIZE, "draft"), data


def _figure(name: str) -> Iterator[tuple[Record, bytes]]:
    for lang, theme, (kind, named, height) in product(
        LANGUAGES, THEMES, (("figure", name, 675), ("card", f"share-card-{name}", 630))
    ):
        data = _drawing(Look(theme, lang), height)
        yield _record(kind, named, "svg", data, lang, theme, (1200, height)), data


def _tables() -> Iterator[tuple[Record, bytes]]:
    trace = trace_of(parse_lesson(LESSON, name="article"))
    for table in TABLES:
        if table.name != "network-field":
            data = "".join(table.write(trace)).encode()
            yield Record(**(vars(_record("table", table.name, table.format, data)) | {"caption": table.caption})), data


def _record(
    kind: str,
    name: str,
    form: str,
    data: bytes,
    lang: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] | None = None,
    quality: str | None = None,
) -> Record:
    return Record(
        file="article/" + ".".join(part for part in (name, lang, theme, form) if part),
        lesson="article",
        name=name,
        kind=kind,
        format=form,
        caption=CAPTION[lang or "en"],
        sha256=hashlib.sha256(data).hexdigest(),
        source="",
        lang=lang,
        theme=theme,
        quality=quality,
        size=size,
        alt=f'{name} "in" <{lang}>' if size else None,
        duration=FRAMES / FPS if form in ("mp4", "vtt") else None,
    )


def _poster(look: Look) -> bytes:
    file = BytesIO()
    Image.new("RGB", SIZE, look.background).save(file, "png")
    return file.getvalue()


def _drawing(look: Look, height: int) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="{height}">'
        f'<rect width="1200" height="{height}" fill="{look.background}"/>'
        f'<text x="60" y="90" font-size="40" fill="{look.ink}">{look.lang} {look.theme}</text></svg>'
    ).encode()


def moving(look: Look) -> bytes:
    """A film whose every frame has another brightness."""
    file = BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("h264", rate=FPS, options={"crf": "30", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for at in range(FRAMES):
            level = 40 + at * 5 if look.theme == "dark" else 215 - at * 5
            frame = av.VideoFrame.from_ndarray(np.full((SIZE[1], SIZE[0], 3), level, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()
