"""A lesson: one TOML file, read strictly into frozen values."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from core.arrays import Pair
from core.card import Card
from core.digest import digest_of
from core.field_reader import own_layers, read_field
from core.lesson_file import check_name, parse_toml, read_file
from core.lesson_traits import traits_of
from core.limits import SITE_LENGTH, TAGLINE_LENGTH, TITLE_LENGTH
from core.localized import Localized
from core.operation_reader import EVERY_KEY, read_operation
from core.patch_matrix import LAYOUTS
from core.receptive_field import Layer
from core.separable_convolution import SeparableConvolution
from core.table import Table
from core.transposed_convolution import TransposedConvolution

if TYPE_CHECKING:
    from core.operation import Operation


@dataclass(frozen=True, eq=False)
class Lesson:
    """What an author wrote, with the defaults filled in. Frozen and picklable; equal when name and digest are.

    ``convolution`` is what the table [convolution] is about: a ``Convolution``, or another operation.
    ``layers``, ``plane`` (h, w) and ``unit`` (row, col) describe the receptive-field stack: the plane is the
    lesson's own input size, enlarged where the stack needs more to have a unit at all. ``im2col_layout`` is the layout
    to draw: "rows", a patch per row, or "columns".
    """

    name: str
    title: Localized
    convolution: Operation
    layers: tuple[Layer, ...]
    plane: Pair
    unit: Pair
    card: Card
    im2col_layout: str = "rows"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the data actually used: see ``core.digest``."""
        return digest_of(self)

    @cached_property
    def traits(self) -> frozenset[str]:
        """What a drawing can ask for: see ``core.lesson_traits``."""
        return traits_of(self.convolution, self.im2col_layout)

    def about(self, operation: Operation) -> Lesson:
        """The same lesson with another operation, such as one stage of its own."""
        return replace(self, convolution=operation)

    def __repr__(self) -> str:
        return f"Lesson({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lesson) and (self.name, self.digest) == (other.name, other.digest)

    def __hash__(self) -> int:
        return hash((self.name, self.digest))


def load_lesson(path: str | os.PathLike[str]) -> Lesson:
    """The lesson in a .toml file. LessonError, one sentence, for any mistake of its author's."""
    file = read_file(path)
    return parse_lesson(file.text, name=file.name, folder=file.folder, file=file.shown)


def parse_lesson(text: str, *, name: str, folder: Path | None = None, file: str | None = None) -> Lesson:
    """The lesson in TOML ``text``. Paths in it start at ``folder`` (without one, only nested lists will do);
    ``file`` is what messages call it, by default ``<name>.toml``.
    """
    file = f"{name}.toml" if file is None else file
    check_name(name, file)
    return lesson_in(Table(file, "", parse_toml(text, file)), name, folder)


def lesson_in(top: Table, name: str, folder: Path | None) -> Lesson:
    """The lesson in a file's ``top`` table. LessonError, one sentence, for any mistake of its author's."""
    for key in top.values:
        if key in EVERY_KEY:
            raise top.error(key, "belongs in [convolution]: put the line [convolution] above it")
    if "network" in top.values and "convolution" not in top.values:
        raise top.mistake("this lesson is about a network, not one convolution: ask `field` about it")
    if "network" in top.values:
        raise top.mistake("has both [convolution] and [network]: a lesson is about one of them, so make it two files")
    top.only("title", tables=("convolution", "receptive_field", "card", "network"))
    title = top.text("title", TITLE_LENGTH)
    if "convolution" not in top.values:
        raise top.mistake("the table [convolution] is missing: add it with input and kernel")
    table = top.table("convolution")
    operation = read_operation(table, folder)
    image = operation.input.shape[1], operation.input.shape[2]
    own = own_layers(_own_layer(operation), image)
    layers, plane, unit = read_field(top.table("receptive_field"), image, operation.line, own)
    card = _read_card(top.table("card"))
    return Lesson(name, title, operation, layers, plane, unit, card, table.choice("im2col_layout", LAYOUTS))


def _own_layer(operation: Operation) -> Layer:
    """The operation as a layer that sees; of a transposed one, what each output cell reads is no window: dense 3x3."""
    windowed = operation.depthwise if isinstance(operation, SeparableConvolution) else operation
    if isinstance(windowed, TransposedConvolution):
        return Layer((1, 3)) if windowed.line else Layer()
    return windowed.layer


def _read_card(table: Table) -> Card:
    table.only("site", "tagline")
    return Card(table.text("site", SITE_LENGTH, "convscan"), table.text("tagline", TAGLINE_LENGTH, ""))
