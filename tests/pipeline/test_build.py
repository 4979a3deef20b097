"""A whole build: files and manifest agree, bytes repeat, failures stay alone, nothing is written where it must not."""

import hashlib
import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from look import Look
from pipeline import build as module
from pipeline import placing
from pipeline.request_error import RequestError
from tests.pipeline._studio import CARD, CHANNELS, FIGURE, Studio

RAISES = '''
"""One that fails."""
def draw(trace, fig, look):
    if look.lang == "zh":
        return helper(trace)
    fig.set_size_inches(1, 1)
def helper(trace):
    return trace.no_such_thing
'''

NO_ATTRIBUTE = "AttributeError: 'Trace' object has no attribute 'no_such_thing'"
TOO_SMALL = "a share card is 1200x630, but this one draws 400x300"


def test_files_and_manifest_agree(studio: Studio) -> None:
    studio.add_figure("square")
    studio.add_figure("share_card", CARD)
    outcome = studio.build()
    files = studio.files()
    manifest = studio.manifest()
    assert set(files) == {*manifest, "manifest.json"}
    assert len(manifest) == len(outcome.records) == 4 * 3 + 4 * 2 + 5
    for name, entry in manifest.items():
        assert entry["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert entry["lesson"] == "article"
        assert len(entry["source"]) == 64
        assert "python" in entry["versions"]
        assert entry["caption"]
    entry = manifest["article/square.zh.dark.png"]
    assert (entry["kind"], entry["lang"], entry["theme"], entry["format"]) == ("figure", "zh", "dark", "png")
    assert (entry["size"], entry["quality"]) == ([800, 600], "hd")
    assert entry["alt"] == "A square in the ink of its look. 边缘"
    assert set(entry["versions"]) == {"python", "numpy", "matplotlib", "typst", "pylopdf-fonts-zh-cn"}
    assert manifest["article/share-card.en.light.png"]["size"] == [1200, 630]
    assert set(manifest["article/summary.txt"]["versions"]) == {"python", "numpy"}
    assert "lang" not in manifest["article/summary.txt"]
    assert str(studio.root) not in json.dumps(manifest)


def test_the_same_bytes_with_any_number_of_workers(studio: Studio) -> None:
    studio.add_figure("square")
    studio.build(themes=("dark",))
    once = studio.files()
    studio.out = studio.root / "again"
    studio.build(themes=("dark",), workers=2)
    assert studio.files() == once


def test_a_partial_build_leaves_the_rest(studio: Studio) -> None:
    studio.add_figure("square")
    studio.build("square")
    before = studio.files()
    studio.build("summary")
    after = studio.files()
    assert set(after) == {*before, "article/summary.txt"}
    assert {name: after[name] for name in before if name != "manifest.json"} == {
        name: data for name, data in before.items() if name != "manifest.json"
    }
    assert set(studio.manifest()) == {*after} - {"manifest.json"}


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_a_failure_stays_alone_and_names_its_line(studio: Studio, workers: int) -> None:
    studio.add_figure("fails", RAISES)
    studio.add_figure("syntax", "def draw(:")
    studio.add_figure("works", FIGURE)
    studio.add_figure("share_card_small", FIGURE)
    outcome = studio.build(themes=("dark",), formats=("svg",), workers=workers)
    said = {failure.label: failure.reason.replace(str(studio.root), "…") for failure in outcome.failures}
    assert said == {
        "article/fails (zh, dark)": f"…/figures/fails.py:7: {NO_ATTRIBUTE}",
        "syntax": "…/figures/syntax.py:1: invalid syntax",
        "article/share-card-small (en, dark)": f"…/figures/share_card_small.py: {TOO_SMALL}",
        "article/share-card-small (zh, dark)": f"…/figures/share_card_small.py: {TOO_SMALL}",
    }
    assert set(studio.files()) == {
        "article/fails.en.dark.svg",
        "article/works.en.dark.svg",
        "article/works.zh.dark.svg",
        "manifest.json",
    }
    assert sorted(studio.failures, key=lambda failure: failure.label) == sorted(outcome.failures, key=lambda f: f.label)
    details = next(failure.details for failure in outcome.failures if "fails" in failure.label)
    assert "return helper(trace)" in details


def test_a_film_with_its_captions_and_poster(studio: Studio) -> None:
    studio.add_scene("patience")
    outcome = studio.build("patience", langs=("en",), quality="draft", formats=("mp4", "png", "vtt"))
    assert outcome.failures == ()
    manifest = studio.manifest()
    assert set(manifest) == {
        "article/patience.en.light.mp4",
        "article/patience.en.dark.mp4",
        "article/patience.en.light.png",
        "article/patience.en.dark.png",
        "article/patience.en.vtt",
        "article/patience-chapters.en.vtt",
    }
    film = manifest["article/patience.en.dark.mp4"]
    assert (film["kind"], film["quality"], film["size"]) == ("film", "draft", [854, 480])
    assert film["duration"] == float(Fraction(6, 15))
    assert film["alt"] == "Waiting in en."
    assert {"manim", "av"} <= set(film["versions"])
    captions = manifest["article/patience.en.vtt"]
    assert (captions["format"], captions["lang"], "theme" in captions) == ("vtt", "en", False)
    assert studio.files()["article/patience.en.vtt"].decode() == (
        "WEBVTT\n\nNOTE Language: en\n\n"
        "00:00:00.000 --> 00:00:00.200\nfirst &amp; foremost\n\n"
        "00:00:00.200 --> 00:00:00.400\nvalue -1\n"
    )


def test_captions_alone_are_the_film_s(studio: Studio) -> None:
    studio.add_scene("patience")
    studio.build("patience", langs=("zh",), formats=("vtt",))
    alone = studio.files()
    assert set(alone) == {"article/patience.zh.vtt", "article/patience-chapters.zh.vtt", "manifest.json"}
    studio.build("patience", langs=("zh",), themes=("dark",), quality="draft", formats=("mp4", "vtt"))
    assert studio.files()["article/patience.zh.vtt"] == alone["article/patience.zh.vtt"]


def test_lessons_have_folders_of_their_own(studio: Studio) -> None:
    studio.add_lesson("channels", CHANNELS)
    studio.build("summary", lessons=("article", "channels"))
    assert set(studio.files()) == {"article/summary.txt", "channels/summary.txt", "manifest.json"}


def test_a_mistake_is_found_before_anything_is_drawn(studio: Studio) -> None:
    studio.add_figure("square")
    path = studio.add_lesson("bad", 'title = "Bad"\n[convolution]\ninput = [[1]]\nkernel = [[1]]\nstrde = 2\n')
    with pytest.raises(RequestError) as refusal:
        studio.build(lessons=("article", "bad"))
    assert str(refusal.value).startswith(f"{path}: ")
    assert "strde" in str(refusal.value)
    assert not studio.out.exists()


def test_a_foreign_manifest_stops_the_build(studio: Studio) -> None:
    studio.out.mkdir()
    (studio.out / "manifest.json").write_text("not ours")
    with pytest.raises(RequestError, match="is not valid JSON"):
        studio.build("summary")
    assert (studio.out / "manifest.json").read_text() == "not ours"
    assert not (studio.out / "article" / "summary.txt").exists()


@pytest.mark.parametrize("place", ["out", "out/article"])
def test_a_file_where_a_folder_must_be(studio: Studio, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(studio.root)
    Path(place).parent.mkdir(exist_ok=True)
    Path(place).write_text("mine")
    with pytest.raises(RequestError) as refusal:
        studio.build("summary")
    said = f"{place} is a file, and the output needs a folder of that name: choose another --out."
    assert str(refusal.value) == said
    assert Path(place).read_text() == "mine"


def test_a_folder_that_cannot_be_written(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Root may write anywhere, so the refusal is made.
    monkeypatch.setattr(module.tempfile, "TemporaryFile", refuse)
    with pytest.raises(RequestError) as refusal:
        studio.build("summary")
    assert str(refusal.value) == "out cannot be written to (Permission denied): choose another folder with --out."


def test_a_full_disk_fails_the_job_and_keeps_the_old_file(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)
    studio.build("summary", "trace")
    before = studio.files()
    write = placing.write_aside

    def full(path: Path, data: bytes) -> None:
        if path.name == "trace.json":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(placing, "write_aside", full)
    outcome = studio.build("summary", "trace")
    assert [(failure.label, failure.reason) for failure in outcome.failures] == [
        (
            "article/trace",
            "out/article/trace.json cannot be written (No space left on device): free some space there and build again",
        )
    ]
    assert studio.files() == before


def test_pages_that_cannot_be_written_do_not_hide_what_failed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)
    write = placing.write_aside

    def full(path: Path, data: bytes) -> None:
        if path.name in ("trace.json", "index.html"):
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(placing, "write_aside", full)
    outcome = studio.build("summary", "trace")
    why = "cannot be written (No space left on device): free some space there and build again"
    assert [(failure.label, failure.reason) for failure in outcome.failures] == [
        ("article/trace", f"out/article/trace.json {why}"),
        ("pages of out", f"out/index.html {why}"),
    ]
    assert set(studio.files()) == {"article/summary.txt", "manifest.json"}


def test_an_interrupted_build_lists_what_it_finished(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    made = studio.made

    def interrupt(job: object, result: object) -> None:
        made(job, result)  # type: ignore[arg-type]
        if len(studio.labels) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(studio, "made", interrupt)
    with pytest.raises(KeyboardInterrupt):
        studio.build()
    assert len(studio.manifest()) == 2
    assert set(studio.files()) == {*studio.manifest(), "manifest.json"}


def test_a_changed_word_of_source_changes_the_digest(studio: Studio) -> None:
    studio.add_figure("square")
    digests = []
    for text in (FIGURE, FIGURE, FIGURE + "# more\n"):
        path = studio.add_figure("square", text)
        os.utime(path, (0, 0))
        studio.build("square", formats=("svg",), langs=("en",), themes=("dark",))
        digests.append(studio.manifest()["article/square.en.dark.svg"]["source"])
    assert digests[0] == digests[1] != digests[2]


def test_an_absurd_table_is_a_failure_that_names_its_lesson(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.trace_size.MOST_NUMBERS", 10)
    outcome = studio.build("trace", "im2col", "summary")
    sentence = (
        "article: all steps of this lesson are 243 numbers, more than the 10 that are written out; "
        "use a smaller input or a larger stride"
    )
    assert [(failure.label, failure.reason) for failure in outcome.failures] == [
        ("article/im2col", sentence),
        ("article/trace", sentence),
    ]
    assert set(studio.files()) == {"article/summary.txt", "manifest.json"}


def test_captions_come_in_the_file_s_language(studio: Studio) -> None:
    studio.add_figure("output_size")  # the name of a shipped figure, which has words of its own
    studio.build("output-size", themes=("dark",), formats=("svg",))
    for lang in ("en", "zh"):
        caption = Look("dark", lang).say("output-size.caption")
        assert studio.manifest()[f"article/output-size.{lang}.dark.svg"]["caption"] == caption
