"""Figures of lessons that are no ordinary convolution: each that says it can be drawn of one keeps the rules there."""

from __future__ import annotations

from functools import cache

import pytest
from matplotlib.figure import Figure

from core import AnyTrace, Lesson, parse_lesson, trace_of
from figures._page import WIDTH, lettering
from look import LANGUAGES, Look
from pipeline.catalogue import Entry
from pipeline.needs import unmet
from tests._shipped import PLAIN, entries_of, shipped
from tests.figures._drawings import drawing, module_of
from tests.figures._rules import PLURAL, breaches

LOOKS = (Look("dark", "en"), Look("light", "zh"))
PLANE = "[[1, 2, 3, 0, 5, 1], [0, 9, 8, 7, 6, 2], [4, 2, 0, 1, 1, 3], [5, 5, 1, 2, 9, 0], [7, 0, 3, 3, 8, 1]]"
COLOURS = f"[{PLANE}, {PLANE}]"
KERNEL = "[[1, 0, -2], [2, 1, 0], [0, -1, 3]]"

UNUSUAL = {
    "turned": f"input = {PLANE}\nkernel = {KERNEL}\nflip = true\npadding = [1, 0, 2, 1]",
    "mirrored": f"input = {PLANE}\nkernel = {KERNEL}\npadding = 2\npadding_mode = 'reflect'\nhighlight = [0, 0]",
    "round": f"input = {PLANE}\nkernel = {KERNEL}\npadding = [0, 2]\npadding_mode = 'circular'\nstride = 2",
    "held": f"input = {PLANE}\nkernel = {KERNEL}\npadding = 3\npadding_mode = 'replicate'\nhighlight = [0, 0]",
    "by-columns": f"input = {PLANE}\nkernel = {KERNEL}\nim2col_layout = 'columns'\nbias = -3",
    "signal": "input = [3, 1, 4, 1, 5, 9, 2, 6, 5]\nkernel = [1, -2, 1]\npadding = 1\nstride = 2",
    "long-signal": f"input = {[(at * 7) % 19 - 9 for at in range(60)]}\nkernel = [1, 0.5, 0, -1]\ndilation = 3",
    "signals": "input = [[3, 1, 4, 1], [0, 2, 7, 1]]\nkernel = [[[1, -1], [2, 0]], [[0, 1], [1, 1]]]\npadding = 2",
    "highest": f"op = 'max_pool'\ninput = {PLANE}\nkernel_size = 2\nceil_mode = true",
    "highest-apart": f"op = 'max_pool'\ninput = {COLOURS}\nkernel_size = 3\nstride = 3\npadding = 1\ndilation = 2",
    "mean": f"op = 'avg_pool'\ninput = {PLANE}\nkernel_size = 3\nstride = 2\npadding = 1\ncount_include_pad = false",
    "mean-of-signal": "op = 'avg_pool'\ninput = [3, 1, 4, 1, 5, 9, 2]\nkernel_size = 3\nceil_mode = true",
    "mean-of-all": f"op = 'avg_pool'\ninput = {COLOURS}\nkernel_size = 'global'",
    "back": f"op = 'conv_transpose'\ninput = {PLANE}\nkernel = {KERNEL}\nstride = 2\npadding = 1\noutput_padding = 1",
    "back-dilated": f"op = 'conv_transpose'\ninput = [[1, 2], [3, 4]]\nkernel = {KERNEL}\ndilation = 2\nbias = 5",
    "back-in-colour": f"op = 'conv_transpose'\ninput = {COLOURS}\nkernel = {[[[[1, 2]], [[0, 1]]]] * 2}",
    "back-of-signal": "op = 'conv_transpose'\ninput = [3, 1, 4]\nkernel = [1, 2, 1]\nstride = 3",
    "apart": f"input = {COLOURS}\nkernel = [[{KERNEL}], [{KERNEL}]]\ngroups = 2\npointwise = [[1, -1], [2, 0], [0, 3]]",
}
"""Lessons of everything that a drawing may have to show besides an ordinary convolution."""

GUIDE = (
    "arbitrary_padding_no_strides",
    "padding_strides_odd",
    "full_padding_no_strides_transposed",
    "padding_strides_odd_transposed",
    "dilation",
)


@cache
def lesson_named(name: str) -> Lesson:
    if name in UNUSUAL:
        return parse_lesson(f"title = {{ en = 'A lesson', zh = '一课' }}\n[convolution]\n{UNUSUAL[name]}", name=name)
    lesson = shipped()[name]
    assert isinstance(lesson, Lesson)
    return lesson


@cache
def trace_named(name: str) -> AnyTrace:
    return trace_of(lesson_named(name))


def own_lessons() -> list[str]:
    """Shipped lessons that are none of those that `test_figures` draws."""
    lessons = {name: lesson for name, lesson in shipped().items() if isinstance(lesson, Lesson)}
    return [name for name, lesson in lessons.items() if unmet(PLAIN, lesson.traits) or name in GUIDE]


NAMES = [*UNUSUAL, *own_lessons()]
PAIRS = [
    (entry.path.stem, name)
    for entry in entries_of(("figure", "card"))
    for name in NAMES
    if "network" not in entry.needs and not unmet(entry.needs, lesson_named(name).traits)
]


@pytest.mark.parametrize(("figure", "lesson"), PAIRS)
def test_a_figure_keeps_the_rules(figure: str, lesson: str) -> None:
    look = LOOKS[(NAMES.index(lesson) + len(figure)) % 2]
    trace, module = trace_named(lesson), module_of(figure)
    seen = drawing(module.draw, trace, look)
    assert breaches(seen, figure, cut=True) == []
    assert seen.size[0] == WIDTH
    said = {lang: module.alt(trace, Look("light", lang)) for lang in LANGUAGES}
    assert all(len(text) > 20 and "{" not in text for text in said.values()), said
    assert said["en"] != said["zh"]
    assert not PLURAL.search(said["en"])


def test_every_kind_of_lesson_has_figures() -> None:
    """A separable convolution is two lessons in one: films show it."""
    drawn = {lesson for _, lesson in PAIRS}
    assert {name for name in NAMES if "separable" not in lesson_named(name).traits} <= drawn
    for name in ("highest", "back", "turned", "mirrored", "by-columns", "signal"):
        assert {"feature_map", "hand_calculation", "share_card"} <= {
            figure for figure, lesson in PAIRS if lesson == name
        }


@pytest.mark.parametrize("entry", entries_of(("figure", "card")), ids=lambda entry: entry.name)
def test_a_caption_is_the_docstrings_first_line(entry: Entry) -> None:
    captions = {lang: Look("light", lang).say(f"{entry.name}.caption") for lang in LANGUAGES}
    assert captions["en"] == entry.caption
    assert captions["zh"] != captions["en"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.lang)
def test_a_window_that_only_rounding_up_adds_is_not_one_that_fits(look: Look) -> None:
    text = "title = 'x'\n[convolution]\nop = 'max_pool'\ninput = {}\nkernel_size = 3\nstride = 2\nceil_mode = true"
    over, even = ([[1] * size] * size for size in (6, 7))
    said = {}
    for plane in (over, even):
        trace = trace_of(parse_lesson(text.format(plane), name="x"))
        assert trace.output_size == (3, 3)
        page = Figure()
        module_of("output_size").draw(trace, page, look)
        said[len(plane)] = {text.content for text in lettering(page)}
    assert {look.say("output-size.fits", count=2), look.say("output-size.overhang", count=1)} <= said[6]
    assert look.say("output-size.fits", count=3) in said[7]
    assert look.say("output-size.overhang", count=1) not in said[7]
