"""What is asked for becomes the right jobs, or one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.build import load_lessons
from pipeline.catalogue import read_catalogue
from pipeline.job import Failure, Job
from pipeline.plan import Request, find_lesson, find_lessons, plan_jobs
from pipeline.request_error import RequestError
from tests.pipeline._studio import CARD, FIGURE, LESSON, Studio


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
            "There is no lesson 'artikel': `list` shows the lessons, and any other is given by the path of its .toml "
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


def test_a_lesson_in_a_folder_goes_by_its_name_alone(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)
    (studio.rooms.lessons / "arithmetic").mkdir()
    path = studio.add_lesson("arithmetic/odd-strides", LESSON)
    for named in ("odd-strides", "arithmetic/odd-strides", "lessons/arithmetic/odd-strides.toml"):
        assert find_lesson(named, studio.rooms).resolve() == path
    for named in ("arithmetic/even", "arithmetic/odd-stride"):
        with pytest.raises(RequestError) as refusal:
            find_lesson(named, studio.rooms)
        assert str(refusal.value).startswith(f"There is no lesson '{named}': `list` shows the lessons, and any other")
    assert str(refusal.value).endswith("Did you mean 'arithmetic/odd-strides' or 'odd-strides'?")


NEEDY = FIGURE.replace("def draw", "NEEDS: tuple[str, ...] = ({})\ndef draw")
POOL = """title = "A pool"\n[convolution]\nop = "max_pool"\ninput = [[1, 2], [3, 4]]\nkernel_size = 2\n"""
NETWORK = """title = "A net"\n[network]\n[[network.layer]]\nname = "a"\nop = "conv"\nkernel = 3\n"""


@pytest.fixture
def varied(studio: Studio) -> Callable[..., set[tuple[str, str]]]:
    """Plans a request against figures with needs, a pool and a network; says what is drawn of which."""
    studio.add_figure("usual")
    studio.add_figure("pools", NEEDY.format('"max-pooling|average-pooling", "plane"'))
    studio.add_figure("planes", NEEDY.format('"plane", "not flipped"'))
    studio.add_figure("signals", NEEDY.format('"line",'))
    studio.add_figure("nets", NEEDY.format('"network",'))
    studio.add_lesson("pool", POOL)
    (studio.rooms.lessons / "networks").mkdir()
    studio.add_lesson("networks/net", NETWORK)
    studio.add_lesson("turned", LESSON + "flip = true\n")

    def varied(*lessons: str, only: tuple[str, ...] = (), formats: tuple[str, ...] = ("svg",)) -> set[tuple[str, str]]:
        request = Request(lessons, only, ("en",), ("light",), formats)
        jobs, failures = plan_jobs(request, read_catalogue(studio.rooms), load_lessons(lessons, studio.rooms))
        assert failures == []
        return {(job.lesson.name, job.entry.name) for job in jobs}

    return varied


def test_of_each_lesson_what_fits_is_drawn(varied: Callable[..., set[tuple[str, str]]]) -> None:
    assert varied("article") == {("article", "usual"), ("article", "planes")}
    assert varied("turned") == {("turned", "usual")}
    assert varied("pool") == {("pool", "pools"), ("pool", "planes")}
    assert varied("net") == {("net", "nets")}
    assert varied("article", "net", only=("usual", "nets")) == {("article", "usual"), ("net", "nets")}
    assert varied("article", "pool", only=("p*",)) == {("article", "planes"), ("pool", "planes"), ("pool", "pools")}


@pytest.mark.parametrize(
    ("lessons", "asked", "sentence"),
    [
        (["article"], {"only": ("pools",)}, "--only pools with --format svg draws nothing of article: it needs "
         "max-pooling or average-pooling; `list article` shows what can be drawn."),
        (["turned"], {"only": ("usual", "planes"), "formats": ()}, "--only planes draws nothing of turned: it cannot "
         "show a kernel that is turned by 180 degrees: true convolution; `list turned` shows what can be drawn."),
        (["pool", "net"], {"only": ("signals",), "formats": ()}, "--only signals draws nothing of pool and net: "
         "it needs line; `list pool` shows what can be drawn."),
        (["net"], {"formats": ("txt", "json")}, "--format txt, json draws nothing of net: it cannot show a whole "
         "network; "
         "`list net` shows what can be drawn."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_sentence(
    varied: Callable[..., set[tuple[str, str]]], lessons: list[str], asked: dict[str, tuple[str, ...]], sentence: str
) -> None:
    with pytest.raises(RequestError) as refusal:
        varied(*lessons, **asked)
    assert str(refusal.value) == sentence


def test_of_a_network_there_is_a_table(studio: Studio) -> None:
    (studio.rooms.lessons / "networks").mkdir()
    studio.add_lesson("networks/net", NETWORK)
    jobs, _ = plan_jobs(Request(("net",)), read_catalogue(studio.rooms), load_lessons(["net"], studio.rooms))
    assert [job.file("csv") for job in jobs] == ["net/network-field.csv"]
