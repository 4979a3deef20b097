"""What is asked for becomes the right jobs, or one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.build import load_lessons
from pipeline.catalogue import read_catalogue
from pipeline.job import Failure, Job
from pipeline.plan import Request, find_lessons, plan_jobs
from pipeline.request_error import RequestError
from tests.pipeline._studio import CARD, Studio


@pytest.fixture
def planned(studio: Studio) -> Callable[..., tuple[list[Job], list[Failure]]]:
    """Plans a request against a film, a figure, a card and the tables."""
    studio.add_scene("patience")
    studio.add_figure("output_size")
    studio.add_figure("share_card", CARD)

    def planned(**asked: tuple[str, ...]) -> tuple[list[Job], list[Failure]]:
        request = Request(**asked)  # type: ignore[arg-type]
        return plan_jobs(request, read_catalogue(studio.rooms), load_lessons(request.lessons, studio.rooms))

    return planned


def described(jobs: list[Job]) -> set[tuple[str, ...]]:
    return {(job.entry.name, job.lang or "", job.theme or "", *job.formats) for job in jobs}


def test_nothing_named_is_everything_usual(planned: Callable[..., tuple[list[Job], list[Failure]]]) -> None:
    jobs, failures = planned()
    looks = [(lang, theme) for lang in ("en", "zh") for theme in ("light", "dark")]
    assert described(jobs) == {
        *(("output-size", *look, "svg", "pdf", "png") for look in looks),
        *(("share-card", *look, "svg", "png") for look in looks),
        *(("patience", lang, "light", "mp4", "png", "vtt") for lang in ("en", "zh")),
        *(("patience", lang, "dark", "mp4", "png") for lang in ("en", "zh")),
        *((name, "", "", "csv") for name in ("conv2d-results", "im2col", "receptive-field")),
        ("summary", "", "", "txt"),
        ("trace", "", "", "json"),
    }
    assert failures == []
    assert {job.quality for job in jobs} == {"hd"}


def test_the_longest_comes_first(planned: Callable[..., tuple[list[Job], list[Failure]]]) -> None:
    kinds = [job.entry.kind for job in planned()[0]]
    assert kinds == sorted(kinds, key=["film", "figure", "card", "table"].index)


def test_every_choice_narrows(planned: Callable[..., tuple[list[Job], list[Failure]]]) -> None:
    assert described(
        planned(only=("share-*", "output-size"), langs=("zh",), themes=("dark",), formats=("svg",))[0]
    ) == {
        ("share-card", "zh", "dark", "svg"),
        ("output-size", "zh", "dark", "svg"),
    }
    assert described(planned(only=("patience",), formats=("vtt",))[0]) == {
        ("patience", "en", "light", "vtt"),
        ("patience", "zh", "light", "vtt"),
    }
    assert described(planned(formats=("gif", "webm", "csv"), langs=("en",), themes=("light",))[0]) == {
        ("patience", "en", "light", "webm", "gif"),
        *((name, "", "", "csv") for name in ("conv2d-results", "im2col", "receptive-field")),
    }


def test_files_are_named_by_lesson_name_language_and_theme(
    planned: Callable[..., tuple[list[Job], list[Failure]]],
) -> None:
    names = {job.file(job.formats[0]) for job in planned(langs=("zh",), themes=("dark",))[0]}
    assert {"article/output-size.zh.dark.svg", "article/patience.zh.dark.mp4", "article/summary.txt"} <= names


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"only": ("output-sise",)},
            "--only output-sise matches nothing; `list` shows every name. Did you mean 'output-size'?",
        ),
        ({"only": ("zzz*",)}, "--only zzz* matches nothing; `list` shows every name."),
        (
            {"only": ("im2col",), "formats": ("svg",)},
            "--only im2col with --format svg selects nothing: it can be had as csv.",
        ),
        (
            {"only": ("summary", "output-*"), "formats": ("csv", "txt")},
            "--only output-* with --format csv, txt selects nothing: it can be had as svg, pdf, png.",
        ),
        (
            {"lessons": ("artikel",)},
            "There is no lesson 'artikel': the lessons are article, and any other is given by the path of its .toml "
            "file. Did you mean 'article'?",
        ),
    ],
)
def test_an_empty_choice_is_a_mistake(
    planned: Callable[..., tuple[list[Job], list[Failure]]], asked: dict[str, tuple[str, ...]], sentence: str
) -> None:
    with pytest.raises(RequestError) as refusal:
        planned(**asked)
    assert str(refusal.value) == sentence


def test_broken_files_are_failures_once(
    planned: Callable[..., tuple[list[Job], list[Failure]]], studio: Studio
) -> None:
    studio.add_figure("broken", "def draw(")
    studio.add_lesson("second", 'title = "Two"\n[convolution]\ninput = [[1]]\nkernel = [[1]]\n')
    jobs, failures = planned(lessons=("article", "second"))
    assert [(failure.label, failure.reason.replace(str(studio.root), "…")) for failure in failures] == [
        ("broken", "…/figures/broken.py:1: '(' was never closed")
    ]
    assert {job.lesson.name for job in jobs} == {"article", "second"}


def test_two_lessons_of_one_name_are_a_mistake(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    other = tmp_path / "article.toml"
    other.touch()
    with pytest.raises(RequestError) as refusal:
        find_lessons(["article", "article.toml"], studio.rooms)
    assert str(refusal.value) == (
        "studio/lessons/article.toml and article.toml would both be drawn into the folder article: "
        "rename one of them, or build them one by one with different --out folders."
    )
    assert len(find_lessons(["article", str(studio.rooms.lessons / "article.toml")], studio.rooms)) == 1
