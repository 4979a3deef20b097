"""A lesson from arrays in a script or a notebook: read exactly as a file's tables are."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path

import numpy as np

from core.lesson import Lesson, lesson_in
from core.lesson_file import check_name
from core.table import Table

FILE = "lesson_of"
"""What messages call the place of a mistake, as they name the file of a lesson that has one."""

TITLE = {"en": "A lesson of my own", "zh": "我自己的例子"}

ARRAYS = ("input", "kernel", "pointwise")
"""Keys whose arrays may be large: they are not turned into lists."""


def lesson_of(
    *,
    title: str | Mapping[str, str] = TITLE,
    name: str = "own",
    receptive_field: Mapping[str, object] | None = None,
    card: Mapping[str, object] | None = None,
    folder: str | PathLike[str] | None = None,
    **convolution: object,
) -> Lesson:
    """The lesson whose table [convolution] has these keys, as in a file; NumPy arrays serve as nested lists do.

    >>> lesson_of(input=np.eye(4, dtype=int), kernel=[[1, 0], [0, 1]], stride=2).convolution.output_size
    (2, 2)

    ``receptive_field`` and ``card`` are the tables of these names. ``name`` is what its files are called; paths of
    arrays start at ``folder``. Arrays are copied, and a key that is None is left out. LessonError, one sentence, for
    any mistake, as for a file.
    """
    check_name(name, FILE)
    given = {"title": title, "convolution": convolution, "receptive_field": receptive_field, "card": card}
    top = Table(FILE, "", {})
    try:
        plain = {key: _plain(top, key, value) for key, value in given.items() if value is not None}
    except RecursionError:
        raise top.mistake("nested too deeply: lists of numbers need at most four levels") from None
    return lesson_in(Table(FILE, "", plain), name, None if folder is None else Path(folder))


def _plain(table: Table, key: str, value: object) -> object:
    """A value as TOML has it: numbers, texts, lists and tables of Python; what is neither is a mistake."""
    if isinstance(value, Mapping):
        inner = Table(FILE, f"[{key}]", {})
        return {str(name): _plain(inner, str(name), item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        plain = [_plain(table, key, item) for item in value]
        return [item.tolist() if isinstance(item, np.ndarray) else item for item in plain]
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, PathLike):
        return fspath(value)
    if not hasattr(value, "__array__"):
        raise table.error(key, f"is of type {type(value).__name__}: give numbers, text, a list or a NumPy array")
    return _array(table, key, value)


def _array(table: Table, key: str, value: object) -> object:
    """An array, a number of NumPy's, or what another library lets NumPy read, such as a tensor."""
    if isinstance(value, np.ma.MaskedArray):
        raise table.error(key, "is a masked array: give numbers for what is masked, with its method filled")
    try:
        array = np.asarray(value)
    except Exception as reason:  # whatever that library raises
        words = " ".join(str(reason).split()).rstrip(".")
        raise table.error(
            key, f"is of type {type(value).__name__}, which NumPy cannot read ({words}): give a NumPy array"
        ) from None
    return array if key in ARRAYS and array.ndim else array.tolist()
