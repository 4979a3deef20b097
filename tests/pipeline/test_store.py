"""The store gives back what it was given, or nothing."""

import os
import time
from pathlib import Path

import pytest

from pipeline.store import Store, bytes_of, shown_size, usual_store

KEY = "ab" * 32


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def only_file(store: Store) -> Path:
    (path,) = (path for path in store.root.rglob("*") if path.is_file())
    return path


def test_content_comes_back(store: Store) -> None:
    assert store.content(KEY) is None
    assert store.content(store.keep(b"picture")) == b"picture"


@pytest.mark.parametrize("damage", [b"", b"pictur", b"Picture", b"picture "])
def test_damaged_content_is_none_and_can_be_kept_again(store: Store, damage: bytes) -> None:
    sha256 = store.keep(b"picture")
    only_file(store).write_bytes(damage)
    assert store.content(sha256) is None
    store.keep(b"picture")
    assert store.content(sha256) == b"picture"


def test_documents_come_back_with_their_variants(store: Store) -> None:
    for number in (1, 2):
        store.keep_document("files", KEY, {"word": "边缘", "number": number}, variant=str(number))
    assert sorted(document["number"] for document in store.variants("files", KEY)) == [1, 2]
    assert list(store.variants("files", "cd" * 32)) == []
    assert store.document("files", KEY, "2") == {"word": "边缘", "number": 2}
    assert store.document("other", KEY, "2") is None


@pytest.mark.parametrize("cut", [0, 1, 64, 65, 70])
def test_a_damaged_document_is_none(store: Store, cut: int) -> None:
    store.keep_document("files", KEY, ["some", "words"])
    path = only_file(store)
    data = path.read_bytes()
    for damaged in (data[:cut], data[:cut] + b"!" + data[cut + 1 :]):
        path.write_bytes(damaged)
        assert store.document("files", KEY) is None
        assert not path.exists()


def test_what_was_not_used_for_longest_goes_first(store: Store) -> None:
    hashes = [store.keep(bytes([number]) * 100) for number in range(10)]
    for age, sha256 in enumerate(hashes):
        os.utime(store._content(sha256), (1000 + age, 1000 + age))
    assert store.content(hashes[0]) is not None  # used now
    store.set_limit(500)
    assert [number for number, sha256 in enumerate(hashes) if store.content(sha256)] == [0, 7, 8, 9]
    assert store.usage().bytes == 400
    assert store.usage().limit == 500


def test_half_written_files_are_removed_once_their_writer_is_surely_gone(store: Store) -> None:
    store.keep(b"1")
    place = only_file(store).parent
    for name, age in ((".old.abcdefgh.part", 7200), (".new.abcdefgh.part", 0)):
        (place / name).touch()
        os.utime(place / name, (time.time() - age,) * 2)
    store.evict()
    assert {path.name for path in place.iterdir()} == {".new.abcdefgh.part", *[store.keep(b"1")]}


def test_clearing_keeps_the_limit(store: Store) -> None:
    store.set_limit(1000)
    sha256 = store.keep(b"1")
    store.keep_document("files", KEY, 1)
    store.clear()
    assert (store.content(sha256), store.document("files", KEY), store.limit) == (None, None, 1000)
    store.clear()


def test_a_place_that_cannot_be_used_is_a_store_without_content(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "store")
    store.keep_document("files", KEY, 1)
    assert store.content(store.keep(b"1")) is None
    assert list(store.variants("files", KEY)) == []
    store.evict()
    assert store.usage().files == 0


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for value in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert usual_store().root == tmp_path / ".cache" / "convscan"
    monkeypatch.setenv("XDG_CACHE_HOME", "/some/where")
    assert usual_store().root == Path("/some/where/convscan")


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("500", 500), ("1K", 1024), ("1.5 MB", 3 << 19), ("2g", 2 << 30), ("3GiB", 3 << 30), ("1T", 1 << 40)],
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["", "-1", "much", "1X", "1 2"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size: write a number and K, M, G or T"):
        bytes_of(text)


@pytest.mark.parametrize(
    ("size", "text"), [(5, "5 bytes"), (2048, "2.0 kB"), (3 << 19, "1.5 MB"), (5 << 40, "5120.0 GB")]
)
def test_sizes_are_shown(size: int, text: str) -> None:
    assert shown_size(size) == text
