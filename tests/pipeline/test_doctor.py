"""The doctor sees what is missing and says what to do."""

from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.doctor import Check, examine, satisfies, version

PROJECT = """
[project]
version = "9.8.7"
requires-python = ">=3.11"
dependencies = ["click", "manim==0.1.*", "there-is-no-such-package>=2"]
"""


@pytest.mark.parametrize(
    ("release", "specifier", "ok"),
    [
        ("3.11.2", ">=3.11,<3.14", True),
        ("3.14.0", ">=3.11,<3.14", False),
        ("3.9.7", ">=3.11", False),
        ("0.22.0", "==0.22.*", True),
        ("0.22", "==0.22.*", True),
        ("0.220.0", "==0.22.*", False),
        ("1.10", ">1.9", True),
        ("1.0", "==1.0.0", True),
        ("2.0rc1", "<=1.9", False),
        ("5", "", True),
    ],
)
def test_releases(release: str, specifier: str, ok: bool) -> None:
    assert satisfies(release, specifier) is ok


def checks(tmp_path: Path, project: str = PROJECT) -> dict[str, Check]:
    (tmp_path / "pyproject.toml").write_text(project)
    return {check.name: check for check in examine(tmp_path / "out", tmp_path / "pyproject.toml")}


def test_packages(tmp_path: Path) -> None:
    found = checks(tmp_path)
    assert found["Python"].ok
    assert found["click"].ok
    assert (found["manim"].ok, found["manim"].remedy) == (False, "run `make install`")
    assert found["manim"].found.endswith(", but ==0.1.* is needed")
    absent = found["there-is-no-such-package"]
    assert (absent.ok, absent.found, absent.remedy) == (False, "not installed", "run `make install`")


def test_another_version_than_the_pinned_is_told(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("click==1.2.3\\\n  --hash=sha256:00\n")
    found = checks(tmp_path)["click"]
    assert found.ok
    assert found.found.endswith("; the pinned 1.2.3 may draw other bytes")


def test_an_old_python(tmp_path: Path) -> None:
    found = checks(tmp_path, PROJECT.replace(">=3.11", ">=4.1"))["Python"]
    assert (found.ok, found.remedy) == (False, "install a Python >=4.1")


def test_manim_need_not_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(f"No module named '{name}'")

    monkeypatch.setattr(doctor.importlib, "import_module", absent)
    found = checks(tmp_path)
    for name, module in {"Manim starts": "manim", "fonts": "look.fonts", "libx264 (MP4)": "av"}.items():
        assert found[name] == Check(
            name, False, f"ModuleNotFoundError: No module named '{module}'", "run `make install`"
        )


def test_a_codec_that_is_not_built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CODECS", {"libx2640": "MP5"})
    assert not checks(tmp_path)["libx2640 (MP5)"].ok


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    found = checks(tmp_path)["output folder"]
    assert (found.ok, found.remedy) == (False, "choose another with --out")
    (tmp_path / "out").unlink()
    assert checks(tmp_path)["output folder"].ok


def test_this_machine_is_complete() -> None:
    assert [check for check in examine() if not check.ok] == []


def test_version(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    assert version(tmp_path / "pyproject.toml") == "9.8.7"
