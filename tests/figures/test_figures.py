"""Every figure with every lesson: it draws, and its texts are large enough, in their place and readable."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from matplotlib.figure import Figure

from core import Trace
from figures._page import HEIGHT, LEAST, WIDTH, Page
from look import LANGUAGES, THEMES, Look
from look.palette import contrast
from tests.figures._drawings import (
    FIGURES,
    HARD,
    PHOTOGRAPH,
    ROOT,
    SHIPPED,
    Drawing,
    drawing,
    module_of,
    trace_of,
)

LOOKS = [Look(theme, lang) for theme in THEMES for lang in LANGUAGES]
CARD_LEAST = 14.0
MARGIN = 4.0
TOUCH = 0.6  # units by which the outlines of two texts may run into each other's boxes
READABLE = 4.5
CASES = [(lesson, look) for lesson in SHIPPED for look in LOOKS]
CASES += [(lesson, look) for lesson in [*HARD, PHOTOGRAPH] for look in (Look("dark", "en"), Look("light", "zh"))]


def small_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts below the least size."""
    for text in seen.texts:
        if text.size < least - 1e-6:
            yield f"{text.content!r} is {text.size:.1f} units high, less than {least}"


def strayed_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts that leave the page, or the box they must keep to."""
    width, height = seen.size
    page = (MARGIN, MARGIN, width - MARGIN, height - MARGIN)
    for text in seen.texts:
        for name, box in (("the page", page), ("its box", text.within)):
            if box and not _inside(text.extent, box):
                yield f"{text.content!r} leaves {name}: {_rounded(text.extent)} is not in {_rounded(box)}"


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    (left, top, right, bottom), slack = inner, TOUCH
    return (
        left >= outer[0] - slack
        and top >= outer[1] - slack
        and right <= outer[2] + slack
        and bottom <= outer[3] + slack
    )


def _rounded(box: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(round(value) for value in box)


def overlapping_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Pairs of texts whose inked boxes overlap."""
    boxes = np.array([text.extent for text in seen.texts])
    left, top, right, bottom = boxes.T
    across = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    down = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    for first, second in np.argwhere(np.triu((across > TOUCH) & (down > TOUCH), 1)):
        yield f"{seen.texts[first].content!r} overlaps {seen.texts[second].content!r} at {_rounded(boxes[first])}"


def faint_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts with less contrast than 4.5:1 to most of what is behind them."""
    tall, wide, _ = seen.ground.shape
    for part in seen.parts:
        points = part.get_path().vertices
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        behind = seen.ground[
            max(0, int(top)) : min(tall, int(bottom) + 1), max(0, int(left)) : min(wide, int(right) + 1)
        ]
        colours, counts = np.unique(behind.reshape(-1, 3), axis=0, return_counts=True)
        order = np.argsort(-counts)[:40]
        ink = _hex(np.rint(np.array(part.get_facecolor()[:3]) * 255))
        ratios = np.array([contrast(ink, _hex(colours[index])) for index in order])
        readable = counts[order][ratios >= READABLE - 0.02].sum() / max(1, counts[order].sum())
        if readable < 0.6:
            yield f"{part.content or 'a part of a text'!r} has a contrast of {ratios[0]:.2f} to what is behind it"


def _hex(rgb: np.ndarray) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in rgb)


def cut_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts that had to be cut; only an author's endless title may be."""
    for text in seen.texts:
        if text.content and len(text.content) > 1 and text.content.endswith("…"):
            yield f"{text.content!r} is cut"


RULES: list[Callable[[Drawing, float], Iterator[str]]] = [
    small_texts,
    strayed_texts,
    overlapping_texts,
    faint_texts,
]


def _least(figure: str) -> float:
    return CARD_LEAST if figure.startswith("share_card") else LEAST


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("lesson", "look"), CASES, ids=[f"{lesson}-{look.lang}-{look.theme}" for lesson, look in CASES]
)
def test_a_figure_keeps_the_rules(figure: str, lesson: str, look: Look) -> None:
    trace = trace_of(lesson)
    seen = drawing(module_of(figure).draw, trace, look)
    rules = [*RULES, cut_texts] if lesson in SHIPPED else RULES
    assert [breach for rule in rules for breach in rule(seen, _least(figure))] == []
    assert seen.texts
    assert seen.size[0] == WIDTH


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("lesson", [*SHIPPED, *HARD, PHOTOGRAPH])
def test_alt_text_and_caption_are_there_in_both_languages(figure: str, lesson: str) -> None:
    trace, module = trace_of(lesson), module_of(figure)
    said = {lang: module.alt(trace, Look("light", lang)) for lang in LANGUAGES}
    assert all(len(text) > 20 and "{" not in text for text in said.values()), said
    assert said["en"] != said["zh"]
    name = figure.replace("_", "-")
    captions = {lang: Look("light", lang).say(f"{name}.caption") for lang in LANGUAGES}
    docstring = ast.get_docstring(ast.parse((ROOT / "figures" / f"{figure}.py").read_text())) or ""
    assert captions["en"] == docstring.splitlines()[0]
    assert captions["zh"] != captions["en"]


@pytest.mark.parametrize("figure", FIGURES)
def test_themes_share_one_layout(figure: str) -> None:
    light, dark = (drawing(module_of(figure).draw, trace_of("article"), Look(theme, "zh")) for theme in THEMES)
    assert [(text.content, text.extent) for text in light.texts] == [(text.content, text.extent) for text in dark.texts]


@pytest.mark.parametrize("figure", FIGURES)
def test_drawing_leaves_the_trace_as_it_was(figure: str) -> None:
    trace = trace_of("three-channels")
    digest = trace.lesson.digest
    first = drawing(module_of(figure).draw, trace, LOOKS[0])
    again = drawing(module_of(figure).draw, trace, LOOKS[0])
    assert trace.lesson.digest == digest
    assert np.array_equal(first.ground, again.ground)
    assert [text.extent for text in first.texts] == [text.extent for text in again.texts]


def _page(draw: Callable[[Page], object]) -> Drawing:
    def drawn(trace: Trace, fig: Figure, look: Look) -> None:
        draw(Page(fig, look))

    return drawing(drawn, trace_of("article"), Look("dark", "en"))


def _twice(page: Page) -> None:
    page.text(300, 300, "17", 20)
    page.text(310, 305, "4", 20)


def _unlike(page: Page) -> None:
    page.rect(0, 0, WIDTH, HEIGHT, fill="muted")
    page.text(300, 300, "17", 20)


@pytest.mark.parametrize(
    ("rule", "draw", "breach"),
    [
        (small_texts, lambda page: page.text(300, 300, "17", 14.9), "'17' is 14.9 units high, less than 15.0"),
        (strayed_texts, lambda page: page.text(WIDTH, 300, "17", 20), "'17' leaves the page"),
        (strayed_texts, lambda page: page.text(300, 6, "17", 20), "'17' leaves the page"),
        (strayed_texts, lambda page: page.text(300, 300, "17", 20, within=(300, 290, 320, 310)), "'17' leaves its box"),
        (overlapping_texts, _twice, "'17' overlaps '4'"),
        (faint_texts, _unlike, "'17' has a contrast of"),
        (faint_texts, lambda page: page.text(300, 300, "17", 20, "grid"), "'17' has a contrast of"),
        (cut_texts, lambda page: page.text(300, 300, "a long text", 20, max_width=60), "is cut"),
    ],
)
def test_a_breach_is_found(rule: Callable[..., Iterator[str]], draw: Callable[[Page], object], breach: str) -> None:
    (found,) = rule(_page(draw), LEAST)
    assert breach in found


def test_a_good_page_has_no_breach() -> None:
    def draw(page: Page) -> None:
        page.header("A title", "what is shown", "a lesson")
        page.rect(280, 280, 40, 40, fill=page.look.cell("negative", 1.0))
        page.text(300, 300, "−17", 18, within=(280, 280, 320, 320))
        page.text(340, 300, "4", 18)

    seen = _page(draw)
    assert [breach for rule in [*RULES, cut_texts] for breach in rule(seen, LEAST)] == []


def test_every_figure_has_words_of_its_own() -> None:
    for figure in FIGURES:
        name = figure.replace("_", "-")
        keys = [set(tomllib.loads((ROOT / "locales" / lang / f"{name}.toml").read_text())) for lang in LANGUAGES]
        assert keys[0] == keys[1]
        assert "caption" in keys[0]
