"""Nothing is drawn twice, and nothing stale is kept: each change draws again exactly what it could change."""

import os
import shutil
from pathlib import Path

import pytest

from look.words import load_words
from pipeline import library_versions as versions
from pipeline.store import Store
from tests.pipeline._studio import FIGURE, LESSON, Studio

SAYS = '''
"""A page that says a word."""
from matplotlib.text import Text
def draw(trace, fig, look):
    fig.set_size_inches(4, 3)
    if look.lang == "zh":
        look.say("common.input")
    fig.text(0.1, 0.1, "shown")
'''


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def drawn(studio: Studio, store: Store, *only: str, **asked: object) -> list[str]:
    """The labels of what a build draws."""
    studio.labels.clear()
    outcome = studio.build(*only, store=store, **asked)
    assert outcome.failures == ()
    assert set(studio.manifest()) >= {record.file for record in outcome.records}
    return sorted(studio.labels)


@pytest.fixture
def built(studio: Studio, store: Store) -> Studio:
    studio.add_figure("square")
    studio.add_figure("says", SAYS)
    assert len(drawn(studio, store, "square", "says", "summary")) == 9
    return studio


ALL = ("square", "says", "summary")
SQUARES = [f"article/square ({lang}, {theme})" for lang in ("en", "zh") for theme in ("dark", "light")]


def test_nothing_changed(built: Studio, store: Store) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.out.rglob("*")}
    assert drawn(built, store, *ALL) == []
    assert built.notices == []
    assert {path: path.stat().st_mtime_ns for path in built.out.rglob("*")} == before


def test_another_folder_gets_the_same_files(built: Studio, store: Store) -> None:
    before = built.files()
    built.out = built.root / "elsewhere"
    assert drawn(built, store, *ALL) == []
    assert built.files() == before


def test_without_a_store_everything_is_drawn(built: Studio) -> None:
    built.labels.clear()
    built.build(*ALL)
    assert len(built.labels) == 9


def test_a_file_that_is_gone_or_changed_comes_back(built: Studio, store: Store) -> None:
    before = built.files()
    (built.out / "article/square.en.dark.svg").unlink()
    (built.out / "article/square.zh.dark.png").write_bytes(b"mine")
    assert drawn(built, store, *ALL) == []
    assert built.files() == before
    assert built.notices == [
        "article/square.en.dark.svg is taken from the store: it was missing",
        "article/square.zh.dark.png is taken from the store: it was changed since it was built",
    ]


def test_a_changed_source_draws_its_figure(built: Studio, store: Store) -> None:
    built.add_figure("square", FIGURE.replace("(4, 3)", "(4, 4)"))
    assert drawn(built, store, *ALL) == SQUARES
    assert "article/square (en, dark) is drawn (svg, pdf, png): figures/square.py changed" in built.notices
    built.add_figure("square", FIGURE)
    assert drawn(built, store, *ALL) == []
    assert built.notices[0].endswith("is taken from the store: it was built from something else")


def test_a_changed_lesson_draws_everything_of_it(built: Studio, store: Store) -> None:
    built.add_lesson("article", "# a comment changes nothing\n" + LESSON)
    assert drawn(built, store, *ALL) == []
    built.add_lesson("article", LESSON.replace("[0,1,1,3,2]", "[0,1,1,3,9]"))
    assert len(drawn(built, store, *ALL)) == 9
    assert "article/summary is drawn (txt): the lesson's [convolution] changed" in built.notices


def test_a_changed_word_draws_what_asked_for_it(built: Studio, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    words = load_words("zh")
    before = words.messages
    monkeypatch.setattr(words, "messages", {**before, "common.input": before["common.input"] + "们"})
    assert drawn(built, store, *ALL) == ["article/says (zh, dark)", "article/says (zh, light)"]
    assert built.notices == [
        f"article/says (zh, {theme}) is drawn (svg, pdf, png): the zh words of common.input changed"
        for theme in ("light", "dark")
    ]
    monkeypatch.setattr(words, "messages", before)
    assert drawn(built, store, *ALL) == []


def test_a_caption_that_comes_to_the_locale_draws_its_figure(
    built: Studio, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = load_words("en")
    monkeypatch.setattr(words, "messages", {**words.messages, "square.caption": "A square, named."})
    assert drawn(built, store, *ALL) == ["article/square (en, dark)", "article/square (en, light)"]
    assert built.manifest()["article/square.en.dark.svg"]["caption"] == "A square, named."


def test_another_version_draws_again(built: Studio, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = versions.metadata.version
    monkeypatch.setattr(versions.metadata, "version", lambda name: "9.9" if name == "typst" else real(name))
    versions.versions.cache_clear()
    try:
        assert len(drawn(built, store, *ALL)) == 8
    finally:
        versions.versions.cache_clear()
    was = real("typst")
    assert f"article/square (zh, dark) is drawn (svg, pdf, png): typst {was} is now 9.9" in built.notices


def test_another_quality_draws_only_what_has_one(built: Studio, store: Store) -> None:
    assert len(drawn(built, store, *ALL, quality="draft")) == 8
    assert "article/square (en, light) is drawn (png): quality hd is now draft" in built.notices
    assert len(built.notices) == 8


def test_one_format_more_draws_one_format(built: Studio, store: Store) -> None:
    built.out = built.root / "fewer"
    built.add_figure("round", FIGURE)
    drawn(built, store, "round", formats=("svg",))
    svg = built.files()["article/round.en.dark.svg"]
    drawn(built, store, "round", formats=("svg", "png"))
    assert "article/round (en, dark) is drawn (png): it was not built yet" in built.notices
    whole = Studio(built.root / "whole")
    whole.add_figure("round", FIGURE)
    whole.build("round", formats=("svg", "png"))
    assert built.files()["article/round.en.dark.svg"] == svg == whole.files()["article/round.en.dark.svg"]
    assert built.files()["article/round.en.dark.png"] == whole.files()["article/round.en.dark.png"]


@pytest.mark.parametrize("damage", ["contents", "documents", "all"])
def test_a_damaged_store_is_drawn_around(built: Studio, store: Store, damage: str) -> None:
    before = built.files()
    for path in store.root.rglob("*" if damage == "all" else f"{damage}/**/*"):
        if path.is_file():
            path.write_bytes(b"damaged" + path.read_bytes()[7:])
    shutil.rmtree(built.out)
    assert len(drawn(built, store, *ALL)) == 9
    assert built.files() == before
    assert drawn(built, store, *ALL) == []


def test_source_changed_while_drawing_is_not_remembered(studio: Studio, store: Store) -> None:
    path = studio.add_figure("restless", FIGURE)
    restless = FIGURE.lstrip() + f"    with open({str(path)!r}, 'a') as file:\n        file.write('# more')\n"
    path.write_text(restless)
    look = {"langs": ("en",), "themes": ("dark",), "formats": ("svg",)}
    assert drawn(studio, store, "restless", **look) == ["article/restless (en, dark)"]
    path.write_text(restless)
    assert drawn(studio, store, "restless", **look) == ["article/restless (en, dark)"]


def test_a_film_s_captions_are_one_with_their_chapters(studio: Studio, store: Store) -> None:
    studio.add_scene("patience")
    asked = {"langs": ("en",), "themes": ("dark",), "quality": "draft", "formats": ("mp4", "png", "vtt")}
    drawn(studio, store, "patience", **asked)
    before = studio.files()
    os.unlink(studio.out / "article/patience-chapters.en.vtt")
    drawn(studio, store, "summary")
    assert drawn(studio, store, "patience", **asked) == []
    assert {name: data for name, data in studio.files().items() if "summary" not in name}.keys() == before.keys()
    assert drawn(studio, store, "patience", **(asked | {"themes": ("light",), "formats": ("vtt",)})) == []
