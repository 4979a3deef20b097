"""Which network `field` is asked about: a shipped lesson by its name, or a .toml or .onnx file by its path."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalogue import NETWORKS, lesson_files
from pipeline.request_error import RequestError, close_to
from pipeline.rooms import Rooms, shown

if TYPE_CHECKING:
    from core import Network


def network_names(rooms: Rooms) -> list[str]:
    """The shipped networks."""
    return sorted(path.stem for path in (rooms.lessons / NETWORKS).glob("[!_.]*.toml"))


def find_network(named: str, rooms: Rooms) -> Path:
    """The file of a network by name or by path, which may not exist. Raises RequestError for an unknown name."""
    path = Path(named)
    if path.suffix.lower() in (".toml", ".onnx"):
        return path
    if len(path.parts) != 1 or os.path.exists(path):
        raise RequestError(f"{named}: a network is a .toml lesson or an .onnx file: give one of those.")
    file = rooms.lessons / NETWORKS / f"{named}.toml"
    if not os.path.isfile(file):
        if named in {lesson.stem for lesson in lesson_files(rooms.lessons)}:
            raise RequestError(f"The lesson '{named}' is about one operation, not a network: ask `trace {named}`.")
        names = network_names(rooms)
        raise RequestError(
            f"There is no network '{named}': the networks are {', '.join(names) or 'none'}, and any other is given by "
            f"the path of its .toml or .onnx file.{close_to(named, names)}"
        )
    return Path(shown(file)) if file.is_relative_to(Path.cwd()) else file


def load(path: Path) -> Network:
    """The network in a file. LessonError or NetworkError, one sentence, for whatever is wrong with it."""
    if path.suffix.lower() == ".onnx":
        return read_model(path)
    from core import load_network

    return load_network(path, read_model).network


def read_model(path: Path, opening: str | None = None) -> Network:
    """The network in a model's file, ``opening`` being how messages begin. NetworkError for whatever is wrong."""
    from models.onnx_file import load_onnx  # here, so that only who reads such a file waits for it

    return load_onnx(path, opening)
