"""What a drawing stands on: whatever is otherwise is named, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from core import load_lesson
from pipeline import footing
from pipeline.catalogue import Entry
from pipeline.footing import Footing, footing_of
from pipeline.job import Job
from pipeline.rooms import ROOT
from pipeline.source import contents_of


@pytest.fixture
def here() -> Footing:
    """Of one figure of this checkout."""
    entry = Entry("figure", "output-size", "", ROOT / "figures/output_size.py", ("svg",))
    return footing_of([Job(entry, load_lesson(ROOT / "lessons/article.toml"), ("svg",), "draft", "en", "light")])


def test_it_holds_what_a_figure_is_drawn_with(here: Footing) -> None:
    assert {"python", "matplotlib", "numpy", "typst", "distributed"} <= here.versions.keys()
    assert "manim" not in here.versions
    files = {
        "figures/output_size.py",
        "figures/_page.py",
        "pipeline/figure.py",
        "core/trace.py",
        "locales/zh/common.toml",
    }
    assert files <= here.files.keys()
    assert not any(Path(name).is_absolute() for name in here.files)


def test_one_is_like_itself(here: Footing) -> None:
    assert list(here.differences()) == []


def test_what_is_otherwise_is_named(here: Footing) -> None:
    other = replace(here, versions={**here.versions, "numpy": "1.0", "cairo": "2"})
    assert list(other.differences()) == [
        f"numpy is {here.versions['numpy']} there and 1.0 here",
        "cairo is none there and 2 here",
    ]
    one = replace(here, files={**here.files, "figures/_page.py": "0"})
    assert list(one.differences()) == ["figures/_page.py is not the same there and here"]
    more = replace(here, files={**here.files, **{f"look/{name}.py": "0" for name in "abcde"}})
    assert list(more.differences()) == ["look/a.py, look/b.py, look/c.py and 2 more are not the same there and here"]


def test_a_file_that_changed_since_a_process_began_is_not_the_same(
    here: Footing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been imported as it was, or as it is."""
    then = contents_of([ROOT / name for name in here.files]) | {"figures/_page.py": "0"}
    monkeypatch.setattr(footing, "contents_at_start", lambda: then)
    assert list(here.differences()) == ["figures/_page.py is not the same there and here"]
