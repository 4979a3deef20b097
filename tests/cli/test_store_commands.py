"""The store from the command line."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.pipeline._studio import Studio

Run = Callable[..., Result]

SUMMARY = ("build", "--only", "summary")


def test_the_second_build_has_nothing_to_do(run: Run) -> None:
    assert run(*SUMMARY).stdout == "article/summary: txt\n1 files in out\n"
    assert run(*SUMMARY).stdout == "1 files in out, all up to date\n"
    assert run(*SUMMARY, "-q").stdout == ""
    assert run(*SUMMARY, "--out", "other").stdout == "1 files in other, none of them drawn now\n"
    assert run(*SUMMARY, "--no-cache").stdout == "article/summary: txt\n1 files in out\n"


def test_it_explains(run: Run, studio: Studio) -> None:
    assert "article/summary is drawn (txt): it was not built yet\n" in run(*SUMMARY, "--explain").stdout
    lesson = studio.rooms.lessons / "article.toml"
    lesson.write_text(lesson.read_text().replace("-4", "-5"))
    assert run(*SUMMARY, "--explain").stdout == (
        "article/summary is drawn (txt): the lesson's [convolution] changed\narticle/summary: txt\n1 files in out\n"
    )
    Path("out/article/summary.txt").unlink()
    assert run(*SUMMARY, "--explain").stdout == (
        "article/summary.txt is taken from the store: it was missing\n1 files in out, none of them drawn now\n"
    )


def test_it_can_be_seen_and_cleared(run: Run) -> None:
    root = Path(os.environ["XDG_CACHE_HOME"], "convscan")
    assert run("cache").stdout == f"{root}: 0 files, 0 bytes of at most 2.0 GB\n"
    run(*SUMMARY)
    assert run("cache", "--info").stdout.startswith(f"{root}: 5 files, ")
    assert run("cache", "--clear").output == ""
    assert run("cache", "--clear", "--info").stdout == f"{root}: 0 files, 0 bytes of at most 2.0 GB\n"
    assert run(*SUMMARY).stdout == "article/summary: txt\n1 files in out\n"


def test_it_can_be_limited(run: Run) -> None:
    run(*SUMMARY)
    assert run("cache", "--limit", "0", "--info").stdout.endswith(": 0 files, 0 bytes of at most 0 bytes\n")
    result = run("cache", "--limit", "much")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: Invalid value for '--limit': 'much' is not a size: write a number and K, M, G or T, such as 500M.\n",
    )


def test_a_store_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        assert run(*SUMMARY).stdout == "article/summary: txt\n1 files in out\n"
    result = run("cache", "--limit", "1G")
    assert result.exit_code == 2
    assert "cannot be written (Not a directory): set XDG_CACHE_HOME" in result.stderr


def test_lessons_of_one_name_do_not_mix_without_the_store_either(run: Run, studio: Studio) -> None:
    lesson = studio.rooms.lessons / "article.toml"
    for folder, bias in (("a", 1), ("b", 2)):
        Path(folder).mkdir()
        Path(folder, "mine.toml").write_text(f"{lesson.read_text()}bias = {bias}\n")
    both = run(*SUMMARY, "a/mine.toml", "b/mine.toml", "--no-cache")
    assert (both.exit_code, both.stdout) == (2, "")
    assert both.stderr == (
        "Error: a/mine.toml and b/mine.toml would both be drawn into the folder mine: rename one of them, or build "
        "them one by one with different --out folders.\n"
    )
    assert run(*SUMMARY, "a/mine.toml", "--no-cache").exit_code == 0
    after = run(*SUMMARY, "b/mine.toml", "--no-cache")
    assert (after.exit_code, after.stdout) == (2, "")
    assert after.stderr == (
        "Error: out/mine holds what was drawn of a/mine.toml, and b/mine.toml is another lesson of that name: rename "
        "one of them, choose another folder with --out, or delete that one first.\n"
    )
    assert run("cache").stdout.partition(": ")[2].startswith("1 files")
