"""What is found, how a broken file is shown, and that nothing is run to find it."""

import tomllib
from pathlib import Path

import pytest

from core.lesson_traits import TRAITS
from pipeline.catalogue import FORMATS, USUAL, class_name, read_catalogue, read_lesson_title
from pipeline.needs import known_traits
from pipeline.rooms import ROOT, Rooms
from tests.pipeline._studio import FIGURE, SCENE, Studio


def broken(studio: Studio) -> dict[str, str]:
    found = read_catalogue(studio.rooms)
    reasons = {thing.name: thing.broken for thing in (*found.entries, *found.lessons)}
    return {name: reason.replace(str(studio.root), "…") for name, reason in reasons.items() if reason}


def test_a_file_is_an_artifact(studio: Studio) -> None:
    studio.add_figure("output_size", '"""How large\n\nit gets."""\ndef draw(trace, fig, look): 1/0')
    studio.add_figure("share_card_topic", '"""A card."""\ndef draw(trace, fig, look): 1/0')
    studio.add_figure("_page", "1/0")
    studio.add_figure("__init__", "1/0")
    studio.add_scene(
        "convolution_scan", '"""A scan."""\nimport nothing_of_this_name\nclass ConvolutionScan(nothing): ...'
    )
    entries = read_catalogue(studio.rooms).entries
    assert [(entry.kind, entry.name, entry.caption) for entry in entries if entry.kind != "table"] == [
        ("film", "convolution-scan", "A scan."),
        ("figure", "output-size", "How large"),
        ("card", "share-card-topic", "A card."),
    ]
    assert [(entry.name, *entry.formats) for entry in entries if entry.kind == "table"] == [
        ("conv2d-results", "csv"),
        ("im2col", "csv"),
        ("network-field", "csv"),
        ("receptive-field", "csv"),
        ("summary", "txt"),
        ("trace", "json"),
    ]
    assert broken(studio) == {}


def test_broken_files_are_listed_with_their_reason(studio: Studio) -> None:
    studio.add_figure("a_typo", '"""One."""\ndef draw(trace, fig, look:\n    pass')
    studio.add_figure("no_caption", "def draw(trace, fig, look): ...")
    studio.add_figure("no_draw", '"""Two."""\ndef paint(trace, fig, look): ...')
    studio.add_figure("null", "x = '\0'")
    studio.add_scene("other_class", '"""Three."""\nclass Different: ...')
    studio.add_lesson("untitled", "[convolution]\n")
    studio.add_lesson("not_toml", "title = \n")
    reasons = broken(studio)
    assert reasons.pop("null").startswith("…/figures/null.py")
    assert reasons == {
        "a-typo": "…/figures/a_typo.py:2: '(' was never closed",
        "no-caption": "…/figures/no_caption.py: its first line must be a docstring, which is its caption",
        "no-draw": "…/figures/no_draw.py: it must define draw(trace, fig, look)",
        "other-class": "…/scenes/other_class.py: it must define class OtherClass(Stage)",
        "untitled": '…/lessons/untitled.toml: no title; add title = "…" or title = { en = "…", zh = "…" } at its top',
        "not_toml": "…/lessons/not_toml.toml: Invalid value (at line 1, column 9)",
    }


def test_needs_are_read_and_not_run(studio: Studio) -> None:
    def needy(text: str) -> str:
        return f'"""One."""\nNEEDS{text}\ndef draw(trace, fig, look): 1/0'

    studio.add_figure("usual", '"""One."""\nfrom nowhere import NEEDS\ndef draw(trace, fig, look): 1/0')
    studio.add_figure("said", needy(': Final = ("pooling|transposed", "not line")'))
    studio.add_figure("plainly", needy(' = ("network",)'))
    studio.add_figure("misspelt", needy(' = ("plane", "not poling")'))
    studio.add_figure("computed", needy(' = ("plane",) + OTHERS'))
    studio.add_figure("empty", needy(" = ()"))
    studio.add_figure("one_text", needy(' = ("plane")'))
    needs = {entry.name: entry.needs for entry in read_catalogue(studio.rooms).of("figure") if not entry.broken}
    assert needs == {
        "usual": ("convolution", "plane"),
        "said": ("pooling|transposed", "not line"),
        "plainly": ("network",),
    }
    shape = 'NEEDS must be a tuple of texts such as ("pooling", "not line")'
    assert broken(studio) == {
        "misspelt": "…/figures/misspelt.py: NEEDS has no trait 'poling' to ask for. "
        "Did you mean 'pooling' or 'max-pooling' or 'line'?",
        **{name: f"…/figures/{name.replace('-', '_')}.py: {shape}" for name in ("computed", "empty", "one-text")},
    }


def test_the_traits_that_can_be_asked_for_are_those_of_the_core() -> None:
    assert known_traits() == tuple(TRAITS)


def test_lessons_stand_in_folders(studio: Studio) -> None:
    for folder in ("arithmetic", "networks", "_drafts"):
        (studio.rooms.lessons / folder).mkdir()
        studio.add_lesson(f"{folder}/one", 'title = "One"')
    studio.add_lesson("arithmetic/two", 'title = "Two"')
    found = read_catalogue(studio.rooms)
    assert [(lesson.folder, lesson.name) for lesson in found.lessons] == [
        ("", "article"),
        ("arithmetic", "one"),
        ("arithmetic", "two"),
    ]
    assert [(network.name, network.broken.replace(str(studio.root), "…")) for network in found.networks] == [
        ("one", "…/lessons/networks/one.toml: …/lessons/arithmetic/one.toml already has the name one; "
         "rename one of them")
    ]  # fmt: skip


def test_a_film_and_a_figure_of_one_name_would_share_a_file(studio: Studio) -> None:
    studio.add_scene("patience", SCENE)
    studio.add_figure("patience", FIGURE)
    assert broken(studio) == {
        "patience": "…/figures/patience.py: …/scenes/patience.py already has the name patience; rename one of them"
    }


def test_missing_rooms_are_empty(tmp_path: Path) -> None:
    found = read_catalogue(Rooms(tmp_path / "a", tmp_path / "b", tmp_path / "c"))
    assert {entry.kind for entry in found.entries} == {"table"}
    assert found.lessons == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('title = "One"', {"en": "One", "zh": "One"}),
        ('title = { en = "One", zh = "一" }', {"en": "One", "zh": "一"}),
        ('title = { zh = "一" }', {"en": "一", "zh": "一"}),
        ('[title]\nen = "One"\nzh = "一"', {"en": "One", "zh": "一"}),
    ],
)
def test_titles(studio: Studio, text: str, title: dict[str, str]) -> None:
    path = studio.add_lesson("x", text + "\n[convolution]\n")
    assert read_lesson_title(path).title == title


def test_of_a_long_lesson_only_the_top_is_read(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ",\n".join("[" + ",".join("1" * 200) + "]" for _ in range(200))
    path = studio.add_lesson("long", f'title = "Long"\n[convolution]\ninput = [\n{rows}]\n')
    read: list[int] = []
    loads = tomllib.loads
    monkeypatch.setattr("pipeline.catalogue.tomllib.loads", lambda text: read.append(len(text)) or loads(text))
    assert read_lesson_title(path).title["en"] == "Long"
    assert read == [15]


def test_names() -> None:
    assert class_name("im2col_build") == "Im2colBuild"
    assert class_name("receptive_field_growth") == "ReceptiveFieldGrowth"


def test_usual_formats_are_among_all() -> None:
    assert all(set(USUAL[kind]) <= set(FORMATS[kind]) for kind in FORMATS)


def test_nothing_shipped_is_broken() -> None:
    found = read_catalogue()
    assert [thing.broken for thing in (*found.entries, *found.lessons) if thing.broken] == []
    assert "article" in [lesson.name for lesson in found.lessons]
    assert (ROOT / "render.py").is_file()
