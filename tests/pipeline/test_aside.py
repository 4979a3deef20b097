"""Files under their final names are complete, or are not there."""

import os
import stat
from pathlib import Path

import pytest

from pipeline.aside import write_aside


def test_a_file_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.txt"
    for data in (b"one", b"two"):
        write_aside(path, data)
        assert path.read_bytes() == data
    assert [file.name for file in path.parent.iterdir()] == ["file.txt"]


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_aside(tmp_path / "file", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    path = tmp_path / "file"
    write_aside(path, b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(f"pipeline.aside.os.{call}", fail)
    with pytest.raises(type(error)):
        write_aside(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"file": b"old"}
