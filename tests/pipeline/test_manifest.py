"""The manifest: merged, sorted, stable, and never written over something that is not ours."""

import dataclasses
import json
from pathlib import Path

import pytest

from pipeline.manifest import Record, merge_manifest, read_manifest
from pipeline.request_error import RequestError

RECORD = Record(
    "a/x.svg", "a", "x", "figure", "svg", "Ink.", "00", "11", "zh", "dark", size=(4, 3), versions={"b": "1"}
)


def record(file: str, **changes: str) -> Record:
    return dataclasses.replace(RECORD, file=file, **changes)  # type: ignore[arg-type]


def put(out: Path, *files: str) -> None:
    for file in files:
        (out / file).parent.mkdir(parents=True, exist_ok=True)
        (out / file).touch()


def test_an_entry_has_what_is_known_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, "a/x.svg")
    merge_manifest(tmp_path, [RECORD])
    text = (tmp_path / "manifest.json").read_text()
    assert json.loads(text) == {
        "tool": "convscan",
        "schema": 1,
        "files": {
            "a/x.svg": {
                "lesson": "a",
                "name": "x",
                "kind": "figure",
                "format": "svg",
                "caption": "Ink.",
                "sha256": "00",
                "source": "11",
                "lang": "zh",
                "theme": "dark",
                "size": [4, 3],
                "versions": {"b": "1"},
            }
        },
        "lessons": {},
    }
    assert text.endswith("}\n")


def test_a_partial_build_merges(tmp_path: Path) -> None:
    put(tmp_path, "a/x.svg", "b/y.svg", "c/z.svg")
    merge_manifest(tmp_path, [record("b/y.svg"), record("c/z.svg")])
    (tmp_path / "c/z.svg").unlink()
    merge_manifest(tmp_path, [record("a/x.svg"), record("b/y.svg", sha256="22")])
    files = read_manifest(tmp_path)
    assert list(files) == ["a/x.svg", "b/y.svg"]
    assert files["b/y.svg"]["sha256"] == "22"


def test_the_order_of_building_does_not_show(tmp_path: Path) -> None:
    texts = []
    for order in (("a/x.svg", "b/y.svg"), ("b/y.svg", "a/x.svg")):
        out = tmp_path / order[0][0]
        put(out, *order)
        for file in order:
            merge_manifest(out, [record(file)])
        texts.append((out / "manifest.json").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "{",
            "manifest.json is not valid JSON (Expecting property name enclosed in double quotes: "
            "line 1 column 2 (char 1)), so what it says cannot be kept: mend it, delete it, or choose another folder "
            "with --out.",
        ),
        (
            '{"files": {"name": "web app"}}',
            "manifest.json was not written by convscan: choose another folder with --out, or move that file away.",
        ),
        ("[]", "manifest.json was not written by convscan: choose another folder with --out, or move that file away."),
        (
            '{"tool": "convscan", "schema": 1, "files": []}',
            "manifest.json was not written by convscan: choose another folder with --out, or move that file away.",
        ),
        (
            '{"tool": "convscan", "schema": 9, "files": {}}',
            "manifest.json has schema 9, and this convscan writes 1: "
            "choose another folder with --out, or delete that file and build again.",
        ),
    ],
)
def test_another_file_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("manifest.json").absolute()
    path.write_text(text)
    with pytest.raises(RequestError) as refusal:
        merge_manifest(tmp_path, [RECORD])
    assert str(refusal.value) == sentence
    assert path.read_text() == text


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"\xff\xfe")
    with pytest.raises(RequestError, match="is not valid JSON"):
        read_manifest(tmp_path)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(RequestError, match=r"cannot be read \(Is a directory\): choose another folder with --out\.$"):
        read_manifest(tmp_path)
