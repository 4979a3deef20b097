"""A lesson about a network: the table [network], with its layers or a model's file, read strictly."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from core.arrays import Pair
from core.errors import LessonError
from core.lesson_field import LessonField
from core.lesson_file import check_name, parse_toml, read_file
from core.limits import NAME_LENGTH, NETWORKS_COMPARED, TITLE_LENGTH
from core.network_errors import NetworkError
from core.network_field import NetworkField
from core.network_gradient import gradient_field
from core.network_graph import Network
from core.network_layers import PICTURE, read_layers
from core.network_lesson import NetworkLesson
from core.path_beside import file_beside
from core.table import Table, shown

ReadModel: TypeAlias = Callable[[Path, str], Network]
"""Reads a model's file; messages about it begin with the second argument. NetworkError for whatever is wrong."""

MODELS = (".onnx",)
KEYS = ("input_size", "layer", "model", "node", "unit", "gradient", "compare")


def load_network(path: str | os.PathLike[str], read_model: ReadModel | None = None) -> NetworkLesson:
    """The network in a .toml file. LessonError, one sentence, for any mistake of its author's.

    ``read_model`` is what reads the file that the key ``model`` names; without it, that key is a mistake.
    """
    file = read_file(path)
    return parse_network(file.text, name=file.name, file=file.shown, folder=file.folder, read_model=read_model)


def parse_network(
    text: str,
    *,
    name: str,
    file: str | None = None,
    folder: Path | None = None,
    read_model: ReadModel | None = None,
) -> NetworkLesson:
    """The network in TOML ``text``; ``file`` is what messages call it, by default ``<name>.toml``."""
    file = f"{name}.toml" if file is None else file
    check_name(name, file)
    return network_in(Table(file, "", parse_toml(text, file)), name, folder, read_model)


def network_in(
    top: Table, name: str, folder: Path | None = None, read_model: ReadModel | None = None, *, alone: bool = False
) -> NetworkLesson:
    """The network in a file's ``top`` table. LessonError, one sentence, for any mistake of its author's.

    ``alone``: those that it is compared with are left out.
    """
    if "convolution" in top.values and "network" not in top.values:
        raise top.mistake("this lesson is about one convolution, not a network: ask `trace` about it")
    top.only("title", tables=("network",))
    title = top.text("title", TITLE_LENGTH)
    if "network" not in top.values:
        raise top.mistake("the table [network] is missing: add its layers as [[network.layer]]")
    table = top.table("network")
    table.only(*KEYS)
    size: tuple[int | None, int | None] = (None, None)
    if "input_size" in table.values:
        size = table.pair("input_size", (1, 1))
    if "model" in table.values:
        network = _model(table, folder, read_model, size)
    else:
        network = Network(name, f"{top.file}:", PICTURE, (1, None, *size), read_layers(table))
    node, unit = _focus(table, network)
    compared = () if alone else tuple(_compared(table, name, folder, read_model))
    lesson = NetworkLesson(name, title, network, node, unit, compared)
    return lesson if alone or not table.flag("gradient", False) else _with_gradient(table, lesson)


def _model(
    table: Table, folder: Path | None, read_model: ReadModel | None, size: tuple[int | None, int | None]
) -> Network:
    """The network in the file that the table names, its picture as large as ``size`` says."""
    if "layer" in table.values:
        raise table.mistake("[network] has both 'model' and layers: keep one of them")
    value = table.values["model"]
    if not isinstance(value, str):
        raise table.error("model", f"must be the path of an {MODELS[0]} file, not {shown(value)}: write it in quotes")
    path = file_beside(table, "model", value, folder, MODELS, "write the layers as [[network.layer]]")
    if read_model is None:
        raise table.error("model", "names a model, which nothing here reads: write the layers as [[network.layer]]")
    try:
        network = read_model(path, f"{table.error('model', f'is {shown(value)}, but')}")
    except NetworkError as error:
        raise LessonError(str(error)) from None
    if None in size:
        return network
    if len(network.shape) != 4:
        raise table.error("input_size", "is for pictures, and this model looks along one direction: leave it out")
    return replace(network, shape=(*network.shape[:2], *size))


def _focus(table: Table, network: Network) -> tuple[str | None, Pair | None]:
    """The node and the unit of it that drawings look back from, as far as the author chose them."""
    node, unit = table.values.get("node"), None
    if node is None and "unit" not in table.values:
        return None, None
    if node is not None and not isinstance(node, str):
        raise table.error("node", f"must be the name of a layer, not {shown(node)}: write it in quotes")
    try:
        field = NetworkField(network)
        looked_from = node or field.deepest
    except NetworkError as error:
        raise LessonError(str(error)) from None
    try:
        plane = field[looked_from].plane
    except NetworkError as error:
        rule = str(error).removeprefix(f"{network.opening} ")
        raise table.error("node", f"is {shown(looked_from)}, but {rule}") from None
    if "unit" in table.values:
        unit = table.row_col("unit", (0, 0))
        for axis, cells in enumerate(("rows", "columns")):
            length = plane[axis]
            if length is not None and unit[axis] >= length:
                raise table.error(
                    "unit",
                    f"is {list(unit)}, outside the {length} {cells} of {shown(looked_from)}: count them from 0 to "
                    f"{length - 1}",
                )
    return node, unit


def _with_gradient(table: Table, lesson: NetworkLesson) -> NetworkLesson:
    """The lesson with the gradient of its unit in the place of path counts, computed while the weights are at hand."""
    if "model" not in table.values:
        raise table.error("gradient", "is for models with weights: name one as model, or leave it out")
    field = LessonField(lesson)
    try:
        return replace(lesson, gradient=gradient_field(field, *field.focus))
    except NetworkError as error:
        raise LessonError(str(error)) from None


def _compared(table: Table, name: str, folder: Path | None, read_model: ReadModel | None) -> list[NetworkLesson]:
    """The lessons beside this one that it is compared with, by their names."""
    names = table.values.get("compare", [])
    if not isinstance(names, list) or not all(isinstance(other, str) for other in names):
        raise table.error(
            "compare", f'must be names of lessons beside this one, not {shown(names)}: write a list such as ["vgg16"]'
        )
    if len(names) > NETWORKS_COMPARED:
        raise table.error("compare", f"has {len(names):,} names, and the most is {NETWORKS_COMPARED}: leave some out")
    if names and folder is None:
        raise table.error("compare", "names lessons, but this lesson has no folder: leave it out")
    found = []
    for other in dict.fromkeys(names):
        if len(other) > NAME_LENGTH or not other.replace("-", "").replace("_", "").isalnum() or other == name:
            raise table.error("compare", f"names {shown(other)}, which is no other lesson in its folder: correct it")
        path = Path(table.file).parent / f"{other}.toml"
        assert folder is not None
        try:
            file = read_file(folder / path.name)
        except LessonError as error:
            rule = str(error).removeprefix(f"{folder / path.name}: ").partition(": ")[0]
            raise table.error(
                "compare", f"names {other!r}, but {path} cannot be used ({rule}): correct the name"
            ) from None
        shown_as = Table(os.fspath(path), "", parse_toml(file.text, os.fspath(path)))
        if "network" not in shown_as.values:
            raise table.error("compare", f"names {other!r}, but {path} has no [network]: name a lesson that has one")
        found.append(network_in(shown_as, other, folder, read_model, alone=True))
    return found
