"""An author's file is imported under its own name, once, and blamed by its own line."""

from pathlib import Path

import pytest

from pipeline.author_file import blamed_line, load_module
from pipeline.rooms import ROOT


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_two_folders_may_hold_one_stem(tmp_path: Path) -> None:
    one = load_module(written(tmp_path / "one" / "same.py", "x = 1"))
    two = load_module(written(tmp_path / "two" / "same.py", "x = 2"))
    assert (one.x, two.x) == (1, 2)
    assert load_module(tmp_path / "one" / "same.py") is one


def test_a_file_of_the_project_keeps_its_package() -> None:
    assert load_module(ROOT / "figures" / "_page.py").__name__ == "figures._page"


def test_a_failed_import_is_tried_again(tmp_path: Path) -> None:
    path = written(tmp_path / "late.py", "raise ValueError('not yet')")
    with pytest.raises(ValueError, match="not yet"):
        load_module(path)
    path.write_text("x = 12345")
    assert load_module(path).x == 12345


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("def f():\n    1/0\ndef draw():\n    f()\n", ":2"),
        ("import json\ndef draw():\n\n    json.loads('x')\n", ":4"),
        ("x = 1\nx = = 2\n", ":2"),
    ],
)
def test_blame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path / "figure.py", text)
    with pytest.raises(Exception) as raised:  # noqa: PT011
        load_module(path).draw()
    assert blamed_line(raised.value, path) == "figure.py" + place


def test_blame_without_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert blamed_line(ValueError("raised elsewhere"), tmp_path / "figure.py") == "figure.py"
