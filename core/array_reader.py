"""Numbers of a lesson: nested lists, or an .npy, .csv or, for the input, .png file beside it.

Nothing is evaluated or unpickled.
"""

from __future__ import annotations

import csv
import math
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.lib.format as npy

from core.arrays import Array
from core.limits import CSV_BYTES, EXACT_FLOAT, INT64
from core.path_beside import file_beside, kinds_named, reason_of
from core.png_file import PngError, read_png
from core.table import Table, shown

_NUMBER = re.compile(r"(?P<whole>[+-]?[0-9]+)|[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_array(table: Table, key: str, folder: Path | None, dimensions: tuple[int, ...], most: int) -> Array:
    """The array under ``key``: int64 if every number is whole, else float64; read-only, at most ``most`` cells.

    Text is the path of a file inside ``folder``. LessonError unless it is a full rectangle of finite numbers.
    """
    value = table.values[key]
    if isinstance(value, str):
        path = file_beside(table, key, value, folder, _suffixes(key), "write the numbers as nested lists")
        load = {".npy": _load_npy, ".csv": _load_csv, ".png": _load_png}[path.suffix]
        array = load(table, key, path, value, most)
    elif isinstance(value, list):
        array = _from_lists(table, key, value, most)
    elif isinstance(value, np.ndarray):
        array = _from_array(table, key, value, most)
    else:
        raise table.error(
            key,
            f"must be nested lists of numbers or the path of {kinds_named(_suffixes(key))} file, not {shown(value)}: "
            "write one of them",
        )
    if array.ndim not in dimensions:
        wanted = " or ".join(", ".join(f"{number}-D" for number in dimensions).rsplit(", ", 1))
        raise table.error(key, f"is {array.ndim}-D but must be {wanted}: check the brackets")
    array.setflags(write=False)
    return array


def _from_lists(table: Table, key: str, value: list[Any], most: int) -> Array:
    shape: list[int] = []
    level: object = value
    while isinstance(level, list):
        if not level:
            raise table.error(key, "is empty: give it at least one number")
        shape.append(len(level))
        level = level[0]
    if math.prod(shape) > most:
        raise table.error(key, f"has {math.prod(shape):,} cells, and the most is {most:,}: write fewer")
    flat = list(_leaves(table, key, value, tuple(shape), ()))
    return _pack(table, key, flat).reshape(shape)


def _from_array(table: Table, key: str, value: Array, most: int) -> Array:
    """A copy: what its owner does with the array later is not the lesson's matter."""
    kind = value.dtype.kind
    if kind not in "iuf" or value.dtype.itemsize > 8:
        raise table.error(key, f"is an array of {value.dtype.name}: make it int64 or float64")
    if not value.size:
        raise table.error(key, "is empty: give it at least one number")
    if value.size > most:
        raise table.error(key, f"has {value.size:,} cells, and the most is {most:,}: give fewer")
    if kind == "f" and not np.isfinite(value).all():
        raise table.error(key, "must hold finite numbers, but it has NaN or infinity: replace them with numbers")
    if kind == "u" and int(value.max()) > INT64:
        raise table.error(key, "holds numbers that do not fit in 64 bits: make it float64")
    return np.array(value, np.float64, order="C") + 0.0 if kind == "f" else np.array(value, np.int64, order="C")


def _leaves(
    table: Table, key: str, value: object, shape: tuple[int, ...], at: tuple[int, ...]
) -> Iterator[int | float]:
    where = f"{key}{''.join(f'[{index}]' for index in at)}"
    if not shape:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise table.error(key, f"must hold numbers only, but {where} is {shown(value)}: write a number there")
        if isinstance(value, float) and not math.isfinite(value):
            raise table.error(key, f"must hold finite numbers, but {where} is {value}: write a number there")
        yield value
        return
    if not isinstance(value, list):
        raise table.error(key, f"must be a full rectangle, but {where} is {shown(value)}: write a list there")
    if len(value) != shape[0]:
        raise table.error(
            key,
            f"must be a full rectangle, but {where} has length {len(value)} where the first has {shape[0]}: "
            "make them equally long",
        )
    for index, item in enumerate(value):
        yield from _leaves(table, key, item, shape[1:], (*at, index))


def _pack(table: Table, key: str, numbers: list[int] | list[float] | list[int | float]) -> Array:
    whole = all(isinstance(number, int) for number in numbers)
    limit = INT64 if whole else EXACT_FLOAT
    for number in numbers:
        if isinstance(number, int) and abs(number) > limit:
            rule = "whole numbers must fit in 64 bits" if whole else "that is too long to stand beside decimals exactly"
            raise table.error(
                key, f"holds {shown(number)}, and {rule}: write it as a decimal or scale the numbers down"
            )
    return np.array(numbers, np.int64) if whole else np.array(numbers, np.float64) + 0.0  # no negative zeros


def _suffixes(key: str) -> tuple[str, ...]:
    """The kinds of file that ``key`` may name: only the input can be a picture."""
    return (".npy", ".csv", ".png") if key == "input" else (".npy", ".csv")


def _load_npy(table: Table, key: str, path: Path, name: str, most: int) -> Array:
    try:
        with path.open("rb") as file:
            return _plain(table, key, name, _npy_array(table, key, file, name, most))
    except OSError as failure:
        raise table.error(
            key, f"is {shown(name)}, which cannot be read ({reason_of(failure)}): check the file"
        ) from None


def _npy_array(table: Table, key: str, file: BinaryIO, name: str, most: int) -> Array:
    """The header is checked before the data is touched: type, size, and that the file is long enough."""
    try:
        with warnings.catch_warnings(action="error"):  # NumPy mends headers of Python 2 with a warning
            version = npy.read_magic(file)
            read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
            shape, _, dtype = read_header(file)
    except OSError:
        raise
    except Exception:  # damaged headers leave NumPy's parser as almost any kind of exception
        raise table.error(key, f"is {shown(name)}, which is not an .npy file: save it with numpy.save") from None
    if dtype.kind not in "iuf" or dtype.itemsize > 8:
        raise table.error(key, f"is {shown(name)}, which holds {_held(dtype)}: save it as int64 or float64")
    cells = math.prod(shape)
    if any(side < 1 for side in shape):
        raise table.error(key, f"is {shown(name)}, which is empty: give it at least one number")
    if cells > most:
        raise table.error(key, f"is {shown(name)}, which has {cells:,} cells, and the most is {most:,}: save fewer")
    start = file.tell()
    if file.seek(0, 2) - start < cells * dtype.itemsize:
        raise table.error(key, f"is {shown(name)}, which is cut short: save it again")
    file.seek(0)
    array: Array = npy.read_array(file, allow_pickle=False)
    return array


def _held(dtype: np.dtype[Any]) -> str:
    return "Python objects" if dtype.kind == "O" else str(dtype.name)


def _plain(table: Table, key: str, name: str, array: Array) -> Array:
    """As int64 or float64, in C order and this machine's byte order."""
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise table.error(key, f"is {shown(name)}, which holds NaN or infinity: replace them with numbers")
        return np.ascontiguousarray(array, np.float64) + 0.0
    if array.dtype.kind == "u" and int(array.max()) > INT64:
        raise table.error(key, f"is {shown(name)}, which holds numbers that do not fit in 64 bits: save it as float64")
    return np.ascontiguousarray(array, np.int64)


def _load_csv(table: Table, key: str, path: Path, name: str, most: int) -> Array:
    rows: list[list[int | float]] = []
    cells = 0
    try:
        if path.stat().st_size > CSV_BYTES:
            raise table.error(key, f"is {shown(name)}, which is longer than {CSV_BYTES >> 20} MiB: save it as .npy")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            for line in lines:
                if not line:
                    continue
                where = f"is {shown(name)}, where line {lines.line_num}"
                row = [
                    _csv_number(
                        table,
                        key,
                        f"{where}, column {col}",
                        text,
                        heading=not rows and not any(map(_NUMBER.fullmatch, line)),
                    )
                    for col, text in enumerate(line, 1)
                ]
                if rows and len(row) != len(rows[0]):
                    raise table.error(
                        key,
                        f"{where} has {len(row)} columns and the first has {len(rows[0])}: make all rows equally long",
                    )
                cells += len(row)
                if cells > most:
                    raise table.error(key, f"is {shown(name)}, which has more than {most:,} cells: use a smaller file")
                rows.append(row)
    except OSError as failure:
        raise table.error(
            key, f"is {shown(name)}, which cannot be read ({reason_of(failure)}): check the file"
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise table.error(key, f"is {shown(name)}, which is not comma-separated text in UTF-8: save it so") from None
    if not rows:
        raise table.error(key, f"is {shown(name)}, which is empty: give it at least one number")
    return _pack(table, key, [number for row in rows for number in row]).reshape(len(rows), -1)


def _load_png(table: Table, key: str, path: Path, name: str, most: int) -> Array:
    try:
        with path.open("rb") as file:
            return read_png(file, most)
    except PngError as mistake:
        raise table.error(key, f"is {shown(name)}, {mistake}") from None
    except OSError as failure:
        raise table.error(
            key, f"is {shown(name)}, which cannot be read ({reason_of(failure)}): check the file"
        ) from None


def _csv_number(table: Table, key: str, where: str, text: str, *, heading: bool) -> int | float:
    match = _NUMBER.fullmatch(text.strip())
    if match is None or len(text) > 400:
        raise table.error(key, f"{where} holds {shown(text)}, which is not a number: {_csv_move(text, heading)}")
    number = int(match[0]) if match["whole"] else float(match[0])
    if isinstance(number, float) and not math.isfinite(number):
        raise table.error(key, f"{where} holds {shown(text)}, which is too large: scale the numbers down")
    return number


def _csv_move(text: str, heading: bool) -> str:
    """What to do about text that is no number: most often the file is of another dialect, or has a heading."""
    parts = re.split(r"[;\s]+", text.strip())
    if len(parts) > 1 and all(map(_NUMBER.fullmatch, parts)):
        return "separate the numbers by commas"
    if re.fullmatch(r"\s*[+-]?[0-9]+,[0-9]+\s*", text):
        return "write its decimals with a point"
    if heading and any(map(str.isalpha, text)):  # its cells are words, so the line may be no numbers at all
        return "write a number there, or leave the heading out"
    return "write a number there"
