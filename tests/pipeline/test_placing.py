"""What was in the output folder before: files of others are kept, and lessons of one name do not mix."""

from pathlib import Path

import pytest

from pipeline.request_error import RequestError
from pipeline.store import Store
from tests.pipeline._studio import CHANNELS, LESSON, Studio


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.mark.parametrize("stored", [False, True])
def test_a_file_from_elsewhere_is_kept(studio: Studio, store: Store, stored: bool) -> None:
    used = store if stored else None
    studio.build("summary", store=used)
    right = studio.files()
    (studio.out / "manifest.json").unlink()
    path = studio.out / "article" / "summary.txt"
    for number, kept in enumerate(("summary.txt.kept", "summary.txt.kept-2")):
        path.write_text(f"my notes {number}")
        studio.build("summary", store=used)
        assert path.with_name(kept).read_text() == f"my notes {number}"
        assert f"article/summary.txt was there before, from elsewhere: it is now {kept}." in studio.notices
        assert {name: data for name, data in studio.files().items() if ".kept" not in name} == right
        (studio.out / "manifest.json").unlink()


def test_what_a_build_left_is_not_from_elsewhere(studio: Studio, store: Store) -> None:
    studio.build("summary", store=store)
    studio.add_lesson("article", LESSON.replace("[1, 1]", "[0, 0]"))
    for lost in ("manifest.json", None):  # as after a kill, and as usual
        if lost:
            (studio.out / lost).unlink()
        studio.build("summary", store=store)
        assert sorted(studio.files()) == ["article/summary.txt", "manifest.json"]
        studio.add_lesson("article", LESSON)
    studio.out.joinpath("article/summary.txt").write_text("changed by hand, and the manifest knows it")
    studio.build("summary", store=None)
    assert sorted(studio.files()) == ["article/summary.txt", "manifest.json"]


@pytest.fixture
def namesake(studio: Studio) -> Path:
    """Another lesson called article, elsewhere."""
    other = studio.root / "elsewhere" / "article.toml"
    other.parent.mkdir()
    other.write_text(CHANNELS, encoding="utf-8")
    return other


def test_another_lesson_of_the_same_name_is_refused(
    studio: Studio, store: Store, namesake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(studio.root)
    studio.build("summary", store=store)
    before = studio.files()
    with pytest.raises(RequestError) as refusal:
        studio.build("summary", store=store, lessons=("elsewhere/article.toml",))
    assert str(refusal.value) == (
        "out/article holds what was drawn of lessons/article.toml, and elsewhere/article.toml is another lesson of "
        "that name: rename one of them, choose another folder with --out, or delete that one first."
    )
    assert studio.files() == before


def test_the_same_lesson_goes_on_wherever_its_file_is(studio: Studio, store: Store, namesake: Path) -> None:
    studio.build("summary", store=store)
    studio.add_lesson("article", LESSON + "bias = 2\n")
    studio.build("summary", store=store)  # it was edited
    copied, moved = studio.root / "copied" / "article.toml", studio.root / "moved" / "article.toml"
    for path in (copied, moved):
        path.parent.mkdir()
    copied.write_text(LESSON + "bias = 2\n", encoding="utf-8")
    studio.build("summary", store=store, lessons=(str(copied),))
    copied.rename(moved)
    moved.write_text(LESSON + "bias = 3\n", encoding="utf-8")
    studio.build("summary", store=store, lessons=(str(moved),))  # it was moved and edited
    with pytest.raises(RequestError, match="is another lesson of that name"):
        studio.build("summary", store=store, lessons=(str(namesake),))
    for file in studio.out.glob("article/*"):
        file.unlink()
    studio.build("summary", store=store, lessons=(str(namesake),))
    assert "input=2x3x3" in studio.out.joinpath("article/summary.txt").read_text()
