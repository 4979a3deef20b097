"""The figures of networks: they keep the rules of type, and what they say is what the core computed."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from core import LessonField
from figures._page import WIDTH
from figures.field_growth import spread_out
from look import LANGUAGES, THEMES, Look
from look.network_phrases import fractions, percent, short
from look.numbers import number, size
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


def test_a_network_of_open_size_says_what_to_add() -> None:
    from core import NetworkError, parse_network

    lesson = parse_network('title = "x"\n[network]\nlayer = [{ name = "a", op = "conv", kernel = 3 }]', name="open")
    with pytest.raises(NetworkError) as caught:
        drawing(module_of("network_field").draw, LessonField(lesson), Look())  # type: ignore[arg-type]
    assert str(caught.value) == (
        "open.toml: [network] has no 'input_size', and pictures need one: add input_size = [H, W]"
    )
