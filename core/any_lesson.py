"""A lesson of either sort: about one operation, or about a whole network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from core.lesson import Lesson, lesson_in
from core.lesson_file import check_name, parse_toml, read_file
from core.network_lesson import NetworkLesson
from core.table import Table

if TYPE_CHECKING:
    from core.network_reader import ReadModel

AnyLesson: TypeAlias = Lesson | NetworkLesson


def load_any_lesson(path: str | os.PathLike[str], read_model: ReadModel | None = None) -> AnyLesson:
    """The lesson in a .toml file, of the sort that its table says: [convolution] or [network].

    ``read_model`` is as for ``load_network``. LessonError, one sentence, for any mistake of its author's.
    """
    file = read_file(path)
    check_name(file.name, file.shown)
    top = Table(file.shown, "", parse_toml(file.text, file.shown))
    if "network" not in top.values or "convolution" in top.values:
        return lesson_in(top, file.name, file.folder)
    from core.network_reader import network_in

    return network_in(top, file.name, file.folder, read_model)
