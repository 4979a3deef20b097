"""From a lesson to the visualizer and back to a lesson: nothing is lost on the way, and what is no setting is said."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from core import Trace, load_lesson, parse_lesson
from look import LANGUAGES, Look
from look.numbers import number, size
from pipeline.lesson_facts import facts_of_lesson
from pipeline.pages import GALLERY
from pipeline.visualizer import visualizer_address
from tests._shipped import LESSONS, shipped
from tests.web._exhibition import LESSON, exhibit
from tests.web._opened import EN, MIXED, Opened, article, changed, linked, shown

LARGE_MATRIX = {"input": np.ones((1, 12, 12), int), "kernel": np.ones((1, 1, 7, 7), int), "padding": (3, 3, 3, 3)}
UNFILLED = "m=reflect"  # a mode without any padding, which a lesson may not have
LINKED = sorted(name for name, lesson in shipped().items() if visualizer_address(lesson))


@pytest.mark.parametrize("name", LINKED)
def test_a_lesson_opens_with_its_own_numbers(visualizer: Opened, name: str) -> None:
    lesson, setting = linked(name)
    assert facts_of_lesson(lesson)["visualizer"] == f"visualizer.html#{setting}"
    trace, page = Trace(lesson), visualizer.go(setting)
    assert page.cells("o-") == shown(trace.output[0])
    assert page.text("#value") == number(trace.highlight.value)
    page.go(setting.replace("v=scan", "v=field"))
    field, depth = trace.field, len(lesson.layers)
    cell = EN.say("common.cell", row=field.unit[0], col=field.unit[1])
    assert page.answer == EN.say(
        "visualizer.field.answer", depth=depth, cell=cell, size=size(*field.rows[-1].size), count=field.cells_read
    )


def test_the_page_of_a_lesson_leads_to_its_setting_and_back(page: Page, tmp_path: Path) -> None:
    exhibit(tmp_path, figures=0)
    page.goto((tmp_path / GALLERY).as_uri())
    page.locator(".try a").first.click()
    page.wait_for_url("**/visualizer.html*")
    assert Opened(page, tmp_path).cells("o-") == shown(Trace(parse_lesson(LESSON, name="article")).output)
    page.locator(".mark a").click()
    page.wait_for_url("**/index.html*")


def test_what_is_too_large_or_something_else_has_no_link() -> None:
    for name in ("apple", "max-pooling", "transposed", "depthwise-separable", "resnet50"):
        assert visualizer_address(shipped()[name]) is None
        assert "visualizer" not in facts_of_lesson(shipped()[name])
    lesson = load_lesson(LESSONS / "article.toml")
    for parts in ({"input": np.full((1, 5, 5), 10**6)}, {"padding": (7, 7, 7, 7)}, {"stride": (9, 9)}, LARGE_MATRIX):
        assert visualizer_address(changed(lesson, **parts).lesson) is None


@pytest.mark.parametrize(
    "setting", ["", MIXED, UNFILLED, "i=1,2,3,4,5,6&k=1,-1&l=1x3;1x2s1x2&m=replicate&p=0,2,0,1", *LINKED]
)
def test_open_as_lesson_gives_a_lesson_of_the_same_numbers(visualizer: Opened, tmp_path: Path, setting: str) -> None:
    page = visualizer.go(linked(setting)[1] if setting in LINKED else setting)
    with page.page.expect_download() as download:
        page.find(".lesson").click()
    assert download.value.suggested_filename == "setting.toml"
    download.value.save_as(tmp_path / "setting.toml")
    lesson = load_lesson(tmp_path / "setting.toml")
    trace = Trace(lesson)
    assert page.cells("o-") == shown(trace.output[0])
    assert page.text("#value") == number(trace.highlight.value)
    assert [lesson.title[lang] for lang in LANGUAGES] == [
        Look(lang=lang).say("visualizer.lesson_title") for lang in LANGUAGES
    ]
    if setting in LINKED:
        original, text = linked(setting)
        assert (lesson.layers, lesson.unit, lesson.plane) == (original.layers, original.unit, original.plane)
        assert np.array_equal(trace.output, Trace(original).output)
        assert visualizer_address(lesson) == f"visualizer.html#{text}", "there and back"
    again = visualizer_address(lesson)
    assert again
    page.go(again.partition("#")[2])
    assert page.cells("o-") == shown(trace.output[0])


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ("i=1,2;3", "i"), ("i=1,x", "i"), ("i=" + "1," * 30 + "1", "i"), ("k=1,2/3,4", "k"), ("k=", "k"), ("s=0", "s"),
        ("s=1,2,3", "s"), ("p=99", "p"), ("p=-1", "p"), ("d=1.5", "d"), ("g=2", "g"), ("m=mirror", "m"), ("f=2", "f"),
        ("l=", "l"), ("l=3;3s9", "l"), ("l=7s6;7s6;7s6", "l"), ("at=1", "at"), ("u=1", "u"), ("v=film", "v"),
        ("b=1,2", "b"), ("e=x", "e"), ("i=1e99", "i"),
    ],
)  # fmt: skip
def test_an_address_that_is_no_setting_is_said(visualizer: Opened, setting: str, key: str) -> None:
    page = visualizer.go(setting)
    assert page.text(".notice") == EN.say("visualizer.unreadable", key=key)
    assert page.cells("o-") == shown(article().output)
