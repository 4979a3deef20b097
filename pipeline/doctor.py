"""What is installed, what is missing, and what to do about it. Works with nothing but Python and click installed."""

from __future__ import annotations

import importlib
import os
import platform
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.rooms import ROOT, shown

PROJECT = ROOT / "pyproject.toml"
INSTALL = "run `make install`"
CODECS = {"libx264": "MP4", "libvpx-vp9": "WebM", "gif": "GIF"}


@dataclass(frozen=True)
class Check:
    """One thing looked at. `found` says what is there, `remedy` what to do when it is not `ok`."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def examine(out: Path = Path("out"), project: Path = PROJECT) -> Iterator[Check]:
    """Every check, in the order in which they are best mended."""
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    yield _python(wanted["requires-python"])
    pins = _pins(project.with_name("requirements.txt"))
    for requirement in sorted(wanted["dependencies"]):
        yield _package(requirement, pins)
    yield _attempt("Manim starts", _manim)
    yield _attempt("fonts", _font)
    for codec, makes in CODECS.items():
        yield _attempt(f"{codec} ({makes})", lambda codec=codec: _codec(codec))  # type: ignore[misc]
    yield _writable(out)


def version(project: Path = PROJECT) -> str:
    """The version of this checkout."""
    found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return found


def satisfies(version: str, specifier: str) -> bool:
    """Whether a release such as `3.11.2` meets `>=3.11,<3.14` or `==0.22.*`; the operators are ==, >=, <=, > and <."""
    return all(_meets(version, part.strip()) for part in specifier.split(",") if part.strip())


def _meets(version: str, part: str) -> bool:
    operator, wanted = re.fullmatch(r"(==|>=|<=|>|<)\s*([\w.*]+)", part).groups()  # type: ignore[union-attr]
    if wanted.endswith(".*"):
        return version == wanted[:-2] or version.startswith(wanted[:-1])
    have, need = _numbers(version), _numbers(wanted)
    length = max(len(have), len(need))
    have, need = have + [0] * (length - len(have)), need + [0] * (length - len(need))
    return {"==": have == need, ">=": have >= need, "<=": have <= need, ">": have > need, "<": have < need}[operator]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _python(specifier: str) -> Check:
    version = platform.python_version()
    return Check("Python", satisfies(version, specifier), version, f"install a Python {specifier}")


def _package(requirement: str, pins: dict[str, str]) -> Check:
    name, specifier = re.fullmatch(r"([\w.-]+)\s*(.*)", requirement).groups()  # type: ignore[union-attr]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, False, "not installed", INSTALL)
    if not satisfies(version, specifier):
        return Check(name, False, f"{version}, but {specifier} is needed", INSTALL)
    pin = pins.get(name.lower(), version)
    return Check(name, True, version if pin == version else f"{version}; the pinned {pin} may draw other bytes")


def _pins(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.lower(): version for name, version in pins}


def _attempt(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        return Check(name, False, f"{type(error).__name__}: {first}".rstrip(": "), INSTALL)


def _manim() -> str:
    importlib.import_module("manim")
    return "Cairo and Pango are found"


def _font() -> str:
    fonts: Any = importlib.import_module("look.fonts")
    file: Path = fonts.font_file()
    if not file.is_file():
        raise FileNotFoundError(f"{file.name} is not in the package {fonts.PACKAGE}")
    return f"{fonts.FAMILY} ({file.name})"


def _codec(name: str) -> str:
    av: Any = importlib.import_module("av")
    av.codec.Codec(name, "w")
    return f"in PyAV {av.__version__}"


def _writable(out: Path) -> Check:
    place = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    ok = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    return Check(
        "output folder",
        ok,
        f"{shown(out)} " + ("can be written" if ok else "cannot be written"),
        "choose another with --out",
    )
