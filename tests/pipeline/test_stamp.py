"""A build that has nothing to do knows it at once, and is never wrong about it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import stamp
from pipeline.plan import Request
from pipeline.stamp import files_unchanged
from pipeline.store import Store
from tests.pipeline._studio import FIGURE, LESSON, Studio

NETWORK = 'title = "x"\n[network]\ninput_size = 9\nlayer = [{ name = "a", op = "conv", kernel = KERNEL }]\n'
ARRAYS = 'title = "Arrays"\n[convolution]\ninput = "numbers.csv"\nkernel = [[1]]\n'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(params=[True, False], ids=["settled", "just-written"])
def unchanged(
    studio: Studio, store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], int | None]:
    """Asks whether the studio's build is done; with files trusted by their times, and with files too young for that."""
    if request.param:
        monkeypatch.setattr(stamp, "UNSETTLED", -(10**12))
    studio.add_figure("square")
    studio.add_lesson("arrays", ARRAYS)
    (studio.rooms.lessons / "numbers.csv").write_text("1,2\n3,4\n")
    asked = {"only": ("square", "summary"), "lessons": ("article", "arrays"), "formats": ("svg", "txt")}
    studio.build(*asked["only"], store=store, lessons=asked["lessons"], formats=asked["formats"])
    return lambda: files_unchanged(Request(**asked), studio.out, studio.rooms, store)  # type: ignore[arg-type]


def test_nothing_changed(unchanged: Callable[[], int | None]) -> None:
    assert unchanged() == 10
    assert unchanged() == 10


def change_figure(studio: Studio) -> None:
    studio.add_figure("square", FIGURE.replace("(4, 3)", "(3, 4)"))  # as long as before


def change_lesson(studio: Studio) -> None:
    studio.add_lesson("article", LESSON.replace("1,3,2]", "1,3,3]"))


def change_array(studio: Studio) -> None:
    (studio.rooms.lessons / "numbers.csv").write_text("1,2\n3,5\n")


def add_figure(studio: Studio) -> None:
    studio.add_figure("another")


def remove_figure(studio: Studio) -> None:
    (studio.rooms.figures / "square.py").unlink()


def change_file(studio: Studio) -> None:
    """Also with its old times, as far as they can be set."""
    path = studio.out / "article/square.en.dark.svg"
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"svg", b"SVG", 1))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def remove_file(studio: Studio) -> None:
    (studio.out / "arrays/summary.txt").unlink()


def change_manifest(studio: Studio) -> None:
    path = studio.out / "manifest.json"
    path.write_text(path.read_text().replace("square", "circle", 1))


def remove_lesson(studio: Studio) -> None:
    (studio.rooms.lessons / "arrays.toml").unlink()


CHANGES = (
    change_figure,
    change_lesson,
    change_array,
    add_figure,
    remove_figure,
    change_file,
    remove_file,
    change_manifest,
    remove_lesson,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen(
    unchanged: Callable[[], int | None], studio: Studio, change: Callable[[Studio], None]
) -> None:
    change(studio)
    assert unchanged() is None


def test_new_times_of_the_same_bytes_are_no_change(unchanged: Callable[[], int | None], studio: Studio) -> None:
    for path in (studio.rooms.figures / "square.py", studio.out / "article/summary.txt"):
        os.utime(path, (0, 0))
    assert unchanged() == 10


def test_another_request_is_another_matter(unchanged: Callable[[], int | None], studio: Studio, store: Store) -> None:
    assert files_unchanged(Request(only=("square",)), studio.out, studio.rooms, store) is None
    assert files_unchanged(Request(only=("square",)), studio.root / "other", studio.rooms, store) is None


def test_a_build_with_a_failure_is_never_done(studio: Studio, store: Store) -> None:
    studio.add_figure("fails", FIGURE.replace("fig.set_size", "1/0\n    fig.set_size"))
    studio.build("fails", store=store)
    assert files_unchanged(Request(only=("fails",)), studio.out, studio.rooms, store) is None


def test_another_version_of_a_library_is_seen(
    unchanged: Callable[[], int | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    assert unchanged() is None


def test_a_lesson_compared_with_has_a_say(studio: Studio, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "UNSETTLED", -(10**12))
    studio.add_lesson("other", NETWORK.replace("KERNEL", "3"))
    studio.add_lesson(
        "network", NETWORK.replace("KERNEL", "3").replace("input_size", 'compare = ["other"]\ninput_size')
    )
    studio.build("network-field", store=store, lessons=("network",), formats=("csv",))
    request = Request(lessons=("network",), only=("network-field",), formats=("csv",))
    assert files_unchanged(request, studio.out, studio.rooms, store) == 1
    studio.add_lesson("other", NETWORK.replace("KERNEL", "5"))
    assert files_unchanged(request, studio.out, studio.rooms, store) is None


def test_every_file_that_a_lesson_names_has_a_say(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text('[network]\nmodel = "deep.onnx"\ncompare = ["model", "two"]\n')
    (tmp_path / "two.toml").write_text('[convolution]\ninput = "photo.png"\nkernel = "k.npy"\n')
    named = {Path(file).name for file in stamp.files_of_lesson(tmp_path / "model.toml")}
    assert named == {"model.toml", "deep.onnx", "two.toml", "photo.png", "k.npy"}
