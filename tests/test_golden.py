"""The article looks as it did when it was last accepted; a change that is meant is accepted with `make golden`."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests import _golden
from tests._golden import MANIFEST, build_before, changed, digest, golden, write_page, write_png


def test_the_article_looks_as_it_was_accepted(article: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    files = changed(json.loads(MANIFEST.read_text()), golden(article))
    if files:
        names = json.loads((article / "manifest.json").read_text())["files"]
        drawn = tuple(sorted({names[file]["name"] for file in files if file in names}))
        page = write_page(files, article, before if build_before(before, drawn) else None)
        pytest.fail(
            f"{len(files)} files changed, such as {files[0]}: see {page}; `make golden` accepts them", pytrace=False
        )


def test_a_change_is_seen_and_other_libraries_are_allowed_for() -> None:
    before = {"versions": {"av": "1"}, "files": {"a.mp4": "1", "a.csv": "1", "b.svg": "1", "gone.txt": "1"}}
    files = {"a.mp4": "2", "a.csv": "2", "b.svg": "1", "new.svg": "1"}
    assert changed(before, {"versions": {"av": "1"}, "files": files}) == ["a.csv", "a.mp4", "gone.txt", "new.svg"]
    assert changed(before, {"versions": {"av": "2"}, "files": files}) == ["a.csv", "gone.txt"]


def test_the_page_shows_both_sides_and_their_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_golden, "PAGE", tmp_path)
    for side, colour in (("old", 10), ("new", 20)):
        (tmp_path / side).mkdir()
        write_png(f"{side}/a.png", np.full((4, 6, 3), colour, np.uint8))
        (tmp_path / side / "b.csv").write_text(f"a\n{colour}\n")
    assert digest("png", (tmp_path / "old/a.png").read_bytes()) != digest("png", (tmp_path / "new/a.png").read_bytes())
    page = write_page(["a.png", "b.csv", "c.svg"], tmp_path / "new", tmp_path / "old").read_text()
    assert "a.png: pixel (0, 0): #0a0a0a is now #141414" in page
    assert [f'src="0-{side}.png"' in page and (tmp_path / f"0-{side}.png").is_file() for side in range(3)] == [True] * 3
    assert "line 2: &#x27;10&#x27; is now &#x27;20&#x27;" in page
    assert "c.svg: no file on one side" in page
