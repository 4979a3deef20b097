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
from tests.figures._drawings import (
    FIGURES,
    HARD,
    PHOTOGRAPH,
    ROOT,
    SHIPPED,
    Drawing,
    drawing,
    drawn,
    module_of,
    trace_of,
)
from tests.figures._rules import (
    PLURAL,
    RULES,
    breaches,
    cut_texts,
    faint_texts,
    false_plurals,
    overlapping_texts,
    small_texts,
    strayed_texts,
)

LOOKS = [Look(theme, lang) for theme in THEMES for lang in LANGUAGES]
CASES = [(lesson, look) for lesson in SHIPPED for look in LOOKS]
CASES += [
    (lesson, (Look("dark", "en"), Look("light", "zh"))[index % 2]) for index, lesson in enumerate([*HARD, PHOTOGRAPH])
]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("lesson", "look"), CASES, ids=[f"{lesson}-{look.lang}-{look.theme}" for lesson, look in CASES]
)
def test_a_figure_keeps_the_rules(figure: str, lesson: str, look: Look) -> None:
    seen = drawn(figure, lesson, look)
    assert breaches(seen, figure, cut=lesson in SHIPPED) == []
    assert seen.texts
    assert seen.size[0] == WIDTH


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("lesson", [*SHIPPED, *HARD, PHOTOGRAPH])
def test_alt_text_and_caption_are_there_in_both_languages(figure: str, lesson: str) -> None:
    trace, module = trace_of(lesson), module_of(figure)
    said = {lang: module.alt(trace, Look("light", lang)) for lang in LANGUAGES}
    assert all(len(text) > 20 and "{" not in text for text in said.values()), said
    assert said["en"] != said["zh"]
    assert not PLURAL.search(said["en"])
    name = figure.replace("_", "-")
    captions = {lang: Look("light", lang).say(f"{name}.caption") for lang in LANGUAGES}
    docstring = ast.get_docstring(ast.parse((ROOT / "figures" / f"{figure}.py").read_text())) or ""
    assert captions["en"] == docstring.splitlines()[0]
    assert captions["zh"] != captions["en"]


@pytest.mark.parametrize("figure", FIGURES)
def test_themes_share_one_layout(figure: str) -> None:
    light, dark = (drawn(figure, "article", Look(theme, "zh")) for theme in THEMES)
    assert [(text.content, text.extent) for text in light.texts] == [(text.content, text.extent) for text in dark.texts]


@pytest.mark.parametrize("figure", FIGURES)
def test_drawing_leaves_the_trace_as_it_was(figure: str) -> None:
    trace = trace_of("three-channels")
    digest = trace.lesson.digest
    first = drawn(figure, "three-channels", LOOKS[0])
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
        (false_plurals, lambda page: page.text(300, 300, "1 layers", 20), "'1 layers' counts one thing as several"),
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
