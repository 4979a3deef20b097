"""The figures of networks: they keep the rules of type, and what they say is what the core computed."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from core import LessonField, NetworkCone, NetworkError, parse_network
from core.network_graph import Constant
from core.network_growth import strides_of
from figures._curve_names import places_of_names
from figures._field_map import FIELD, is_clipped
from figures._page import WIDTH, Page
from figures.field_growth import spread_out
from look import LANGUAGES, THEMES, Look
from look.network_phrases import facts, fractions, percent, short
from look.numbers import number, size
from look.sheet import Sheet
from tests._networks_drawn import HARD, SHIPPED, field_of
from tests._shipped import entries_of
from tests.figures._drawings import ROOT, Drawing, drawing, module_of
from tests.figures._rules import PLURAL, breaches

FIGURES = sorted(entry.path.stem for entry in entries_of(("figure", "card"), "vgg16"))
LOOKS = [Look(theme, lang) for theme in THEMES for lang in LANGUAGES]
CASES = [(name, look) for at, name in enumerate(SHIPPED) for look in LOOKS[at % 2 * 2 : at % 2 * 2 + 2]]
CASES += [(name, (LOOKS[0], LOOKS[3])[at % 2]) for at, name in enumerate(HARD)]


@cache
def seen(figure: str, name: str, look: Look) -> Drawing:
    """A drawing, read back."""
    return drawing(module_of(figure).draw, field_of(name), look)  # type: ignore[arg-type]


CHAIN = """
title = "x"
[network]
input_size = 31
layer = [{ name = "one", op = "conv", kernel = 3, padding = 1 }, { name = "two", op = "conv", kernel = 3, padding = 1 }]
"""
SMALL = """
title = "x"
[network]
input_size = 65
layer = [
  { name = "stem", op = "conv", kernel = [3, 5], stride = 2, padding = [1, 2] },
  { name = "pool", op = "max_pool", kernel = 3, stride = 2, ceil_mode = true },
  { name = "a", op = "conv", kernel = 3, dilation = 2, padding = "same" },
  { name = "sum", op = "add", inputs = ["a", "pool"] },
  { name = "up", op = "conv_transpose", kernel = 4, stride = 2, padding = 1 },
]
"""
GROWTH = module_of("field_growth")


def words(figure: str, name: str, look: Look) -> list[str]:
    """What a drawing says."""
    return [text.content or "" for text in seen(figure, name, look).texts]


def test_there_are_three_figures_of_networks() -> None:
    assert FIGURES == ["effective_field", "field_growth", "network_field"]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(("name", "look"), CASES, ids=[f"{name}-{look.lang}-{look.theme}" for name, look in CASES])
def test_a_figure_of_a_network_keeps_the_rules(figure: str, name: str, look: Look) -> None:
    found = seen(figure, name, look)
    assert breaches(found, figure, cut=name in SHIPPED) == []
    assert found.size[0] == WIDTH


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", [*SHIPPED, *HARD])
def test_alt_text_and_caption_are_there_in_both_languages(figure: str, name: str) -> None:
    field, module = field_of(name), module_of(figure)
    said = {lang: module.alt(field, Look("light", lang)) for lang in LANGUAGES}
    assert all(len(text) > 20 and "{" not in text for text in said.values()), said
    assert said["en"] != said["zh"]
    assert not PLURAL.search(said["en"])
    docstring = ast.get_docstring(ast.parse((ROOT / "figures" / f"{figure}.py").read_text())) or ""
    assert Look().say(f"{figure.replace('_', '-')}.caption") == docstring.splitlines()[0]


@pytest.mark.parametrize("figure", FIGURES)
def test_themes_share_one_layout(figure: str) -> None:
    light, dark = (seen(figure, "vgg16", Look(theme, "zh")) for theme in THEMES)
    assert [(text.content, text.extent) for text in light.texts] == [(text.content, text.extent) for text in dark.texts]


@pytest.mark.parametrize("name", ["vgg16", "alexnet", "hourglass", "uneven", "wide"])
def test_the_table_has_every_nodes_numbers(name: str) -> None:
    field, look = field_of(name), Look("dark", "en")
    said = words("network_field", name, look)
    focus = [row.name for row in field.rows].index(field.focus[0])
    for row in field.rows[: focus + 1]:
        assert row.padding is not None
        wanted = [short(row.name), size(*map(int, row.plane)), size(*row.size), fractions(row.stride)]  # type: ignore[arg-type]
        wanted.append(fractions(row.padding))
        starts = [at for at in range(len(said)) if said[at : at + len(wanted)] == wanted]
        assert starts, (row, said)
    assert field.lesson.title["en"] in said or name in HARD


def test_what_is_not_aligned_is_said_with_the_node_to_blame() -> None:
    said = words("network_field", "hourglass", Look("dark", "en"))
    assert any("not aligned from sum on" in text for text in said)
    assert said.count("no") == 1
    assert said.count("yes") == len(field_of("hourglass").rows) - 1
    aligned = words("network_field", "resnet50", Look("dark", "en"))
    assert any("all branches look at the same places" in text for text in aligned)
    assert "yes" not in aligned


@pytest.mark.parametrize("name", [*SHIPPED, "holes", "decoder", "uneven"])
def test_both_sizes_are_those_of_the_effective_field(name: str) -> None:
    found, look = field_of(name).effective_field, Look("light", "en")
    said = words("effective_field", name, look)
    share = percent(found.held)
    assert f"{share} of the paths start in {size(*found.core_size)} of {size(*found.size)} cells" in said
    assert f"receptive field: {size(*found.size)}" in said
    assert {number(found.core_size[1]), number(found.size[1])} <= set(said)
    assert any(percent(found.area_share) in text for text in said)


def test_the_curves_end_at_every_networks_field() -> None:
    field, look = field_of("resnet50"), Look("dark", "en")
    said = words("field_growth", "resnet50", look)
    assert sorted(each.lesson.name for each in field.compared) == sorted(set(SHIPPED) - {"resnet50"})
    for each in (field, *field.compared):
        assert f"{each.lesson.title['en']}  {size(*each[each.deepest].size)}" in said
    assert f"At depth {field.growth[-1].depth} the field is {size(*field['block4/unit3/add'].size)}" in said


def test_names_stand_apart_and_above_the_lowest_place() -> None:
    assert spread_out([10, 12, 50], 20, 100) == [10, 30, 50]
    assert spread_out([90, 95, 99], 20, 100) == [60, 80, 100]
    assert spread_out([], 20, 100) == []


def _weighed() -> LessonField:
    """A chain of two layers whose lesson wants the gradient: all of it comes from one cell off the middle."""
    lesson = parse_network(CHAIN, name="weighed")
    found = LessonField(lesson).effective_field
    weights = np.zeros_like(found.weights)
    weights[14, 17] = 1.0
    return LessonField(replace(lesson, gradient=replace(found, weights=weights, measure="gradient", factors=None)))


def test_a_lesson_that_wants_the_gradient_is_shaded_by_it() -> None:
    look = Look("light", "en")
    by_paths, by_gradient = LessonField(parse_network(CHAIN, name="weighed")), _weighed()
    assert np.argwhere(by_gradient.weighed_cone.clipped().abridged(2).paths).tolist() == [[14, 17]]
    assert np.count_nonzero(by_gradient.focus_cone.paths) == np.count_nonzero(by_paths.weighed_cone.paths) == 25
    draw, alt = module_of("network_field").draw, module_of("network_field").alt
    pictures = [drawing(draw, field, look) for field in (by_paths, by_gradient)]  # type: ignore[arg-type]
    assert not np.array_equal(pictures[0].ground, pictures[1].ground)
    for rule, field, picture in zip(("paths", "gradient"), (by_paths, by_gradient), pictures, strict=True):
        told = look.say(f"network-field.shade.{rule}")
        assert any(told in (text.content or "") for text in picture.texts)
        assert told in alt(field, look)


def test_weights_and_other_constants_are_no_branches() -> None:
    chain = parse_network(CHAIN, name="chain")
    assert facts(LessonField(chain), Look()).endswith("one chain of layers")
    nodes = tuple(replace(node, inputs=(*node.inputs, "w")) for node in chain.network.nodes)
    weighed = replace(chain, network=replace(chain.network, nodes=nodes, constants={"w": Constant((1, 1, 3, 3))}))
    assert facts(LessonField(weighed), Look()).endswith("one chain of layers")
    assert facts(field_of("resnet50"), Look()).endswith("all branches look at the same places")


@pytest.mark.parametrize("name", ["vgg16", "alexnet", "small"])
def test_the_picture_is_drawn_large_also_of_a_small_network(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, heights = module_of("network_field"), []
    real = module.draw_stack

    def draw_stack(page: Page, cone: NetworkCone, sheets: Sequence[Sheet]) -> bool:
        _, top, _, bottom = sheets[0].box
        heights.append(bottom - top)
        drawn: bool = real(page, cone, sheets)
        return drawn

    monkeypatch.setattr(module, "draw_stack", draw_stack)
    field = LessonField(parse_network(SMALL, name="small")) if name == "small" else field_of(name)
    drawing(module.draw, field, Look())  # type: ignore[arg-type]
    assert heights[0] > 0.5 * (module.STACK_BOTTOM - module.STACK_TOP)


def test_a_short_network_names_its_layers_beside_the_curve() -> None:
    said = [
        text.content for text in drawing(GROWTH.draw, LessonField(parse_network(CHAIN, name="chain")), Look()).texts
    ]  # type: ignore[arg-type]
    assert "one  3×3" in said
    assert Look().say("field-growth.subtitle_plain") in said
    assert not [text for text in said if "dots" in (text or "")]
    assert any("dots" in text for text in words("field_growth", "vgg16", Look()))


def test_a_network_of_open_size_says_what_to_add() -> None:
    lesson = parse_network('title = "x"\n[network]\nlayer = [{ name = "a", op = "conv", kernel = 3 }]', name="open")
    with pytest.raises(NetworkError) as caught:
        drawing(module_of("network_field").draw, LessonField(lesson), Look())  # type: ignore[arg-type]
    assert str(caught.value) == (
        "open.toml: [network] has no 'input_size', and pictures need one: add input_size = [H, W]"
    )


def _dots(field: LessonField) -> list[tuple[float, float]]:
    """The middles of the dots that a reader sees."""
    seen: list[tuple[float, float]] = []
    look = Look()

    class Dotted(Page):
        def dot(self, x: float, y: float, radius: float, fill: str, *, zorder: float = 3) -> None:
            if fill == "output":
                seen.append((x, y))
            super().dot(x, y, radius, fill, zorder=zorder)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(GROWTH, "Page", Dotted)
        drawing(GROWTH.draw, field, look)  # type: ignore[arg-type]
    return seen


def test_dots_are_where_the_stride_grows_and_nowhere_else() -> None:
    field = LessonField(parse_network(SMALL, name="small"))
    assert [step.node for step in strides_of(field.growth)] == ["stem", "pool"]
    assert len(_dots(field)) == 2


def test_a_field_that_is_not_square_says_which_side_is_plotted() -> None:
    longer = Look().say("field-growth.longer")
    for text, oblong in ((SMALL, True), (CHAIN, False)):
        field = LessonField(parse_network(text, name="x"))
        said = {text.content for text in drawing(GROWTH.draw, field, Look()).texts}  # type: ignore[arg-type]
        assert (longer in said) == oblong


def test_names_stand_beside_their_points_and_on_no_curve() -> None:
    own, other = [(100.0, 200.0), (200.0, 150.0), (300.0, 140.0)], [(100.0, 220.0), (300.0, 190.0)]
    area = (100.0, 0.0, 400.0, 400.0)
    boxes = places_of_names(own[:2], [70.0, 70.0], [own, other], area)
    for (x, y), (left, top, right, bottom) in zip(own, boxes, strict=False):
        assert left - 10 <= x <= right + 10
        assert abs((top + bottom) / 2 - y) < 40
        for at in np.linspace(left, right, 20):
            for curve in (own, other):
                assert not top < np.interp(at, *zip(*curve, strict=True)) < bottom
    wall = [[(100.0, float(y)), (400.0, float(y))] for y in range(0, 400, 10)]
    assert places_of_names(own[:2], [70.0, 70.0], [own, *wall], area) == []


def test_the_key_outlines_the_field_as_the_map_does() -> None:
    assert [is_clipped(field_of(name).effective_field) for name in ("inception_v3", "vgg16")] == [True, False]
    module, dashed = module_of("effective_field"), {}
    for name in ("inception_v3", "vgg16"):
        seen: list[bool] = []

        class Outlined(Page):
            def rect(self, *place: float, kept: list[bool] = seen, **style: Any) -> Any:
                if style.get("stroke") == FIELD:
                    kept.append(style.get("dashed", False))
                return super().rect(*place, **style)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(module, "Page", Outlined)
            drawing(module.draw, field_of(name), Look())  # type: ignore[arg-type]
        dashed[name] = seen
    assert dashed == {"inception_v3": [True, True], "vgg16": [False, False]}


@pytest.mark.parametrize(
    ("name", "title", "drawn"),
    [
        (
            "resnet50",
            "One unit of block4/unit3/add has a 483×483 field, larger than the picture",
            "planes on all paths",
        ),
        ("vgg16", "One unit of pool5 sees 212×212 cells", "planes"),
    ],
)
def test_a_field_larger_than_the_picture_and_a_path_among_branches_are_told(name: str, title: str, drawn: str) -> None:
    field = field_of(name)
    said = [text.content or "" for text in drawing(module_of("network_field").draw, field, Look("light", "en")).texts]  # type: ignore[arg-type]
    assert title in said
    assert any(text.endswith(f" {drawn}") and text.startswith("unit:") for text in said)
    assert f"field {size(*field.path_field.size)}" in said
