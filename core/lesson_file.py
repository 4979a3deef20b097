"""A lesson's file: read within bounds, and its TOML parsed, with one sentence for whatever is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from core.dotted_keys import long_key_line
from core.errors import LessonError
from core.limits import LESSON_BYTES, NAME_LENGTH

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_UNCLOSED = ("Illegal character '\\n'", "Unterminated string", 'Expected "\'"', "Expected \"'''\"")
_REMEDIES = {
    "Cannot declare": "write each table once, with all its keys below it",
    "Cannot overwrite a value": "keep one of the two",
    "Expected '=' after a key in a key/value pair": "write key = value",
    "Invalid value": "write a number, a text in quotes, true, false, or a list in brackets",
    "Unclosed array": "close the list with ]",
}
"""By how that begins which tomllib says; whatever is not here is to be corrected."""

_CURLY = "“”„‘’‚«»"
_LOCATION = re.compile(r" \(at (?P<where>[^()]*)\)$")


@dataclass(frozen=True)
class LessonFile:
    """A file's ``text``, its ``name`` (stem), the ``folder`` its paths start at, and ``shown``, as the user gave it."""

    text: str
    name: str
    folder: Path
    shown: str


def read_file(path: str | os.PathLike[str]) -> LessonFile:
    """A .toml file. LessonError, one sentence, if it cannot be read."""
    shown, file = os.fspath(path), Path(path)
    try:
        if not file.is_file():
            if file.is_dir():
                raise LessonError(f"{shown}: a folder, not a lesson: name one .toml file in it")
            if file.exists():
                raise LessonError(f"{shown}: not an ordinary file: save the lesson as a .toml file")
            raise LessonError(f"{shown}: there is no such file: check the path")
        if file.suffix != ".toml":
            raise LessonError(f"{shown}: a lesson's file name ends in .toml: rename it")
        with file.open("rb") as stream:
            data = stream.read(LESSON_BYTES + 1)
        folder = file.resolve().parent
    except (OSError, ValueError, RuntimeError) as failure:
        if isinstance(failure, LessonError):
            raise
        reason = (failure.strerror if isinstance(failure, OSError) else None) or "the path is not usable"
        raise LessonError(f"{shown}: the file cannot be read ({reason}): check it and its permissions") from None
    if len(data) > LESSON_BYTES:
        raise LessonError(
            f"{shown}: longer than {LESSON_BYTES >> 20} MiB: move the numbers to an .npy or .csv file beside it"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        raise LessonError(f"{shown}: line {line} is not UTF-8 text: save the file as UTF-8") from None
    return LessonFile(text, file.stem, folder, shown)


def check_name(name: str, file: str) -> None:
    """LessonError for a name that would make awkward files."""
    if not _NAME.fullmatch(name) or len(name) > NAME_LENGTH:
        raise LessonError(
            f"{file}: a lesson's file name has small letters, digits, '-' and '_', at most {NAME_LENGTH}: rename it"
        )


def _told(rule: str, line: str) -> str:
    """What the parser found there in that line, as a clause with the next move."""
    if rule in _UNCLOSED:
        return "ends a text that is not closed: put the quote that is missing behind its last letter"
    move = next((move for start, move in _REMEDIES.items() if rule.startswith(start)), "correct it")
    if rule == "Invalid value" and set(line) & set(_CURLY):
        move = "write the text in straight quotes"
    return f"is not valid TOML ({rule}): {move}"


def _line_at(text: str, where: str) -> str:
    """The line of a place such as ``line 3, column 4``."""
    number = re.match(r"line ([0-9]+)", where)
    return text.split("\n")[int(number[1]) - 1] if number else ""


def parse_toml(text: str, file: str) -> dict[str, object]:
    """The TOML as nested values. LessonError, one sentence, if it is none or means harm."""
    text = text.removeprefix("\ufeff")
    if line := long_key_line(text):
        raise LessonError(f"{file}: line {line} has a key of more than twenty dotted parts: a lesson's keys have one")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        message = str(failure)
        where = match["where"] if (match := _LOCATION.search(message)) else "the end"
        raise LessonError(f"{file}: {where} {_told(_LOCATION.sub('', message), _line_at(text, where))}") from None
    except RecursionError:
        raise LessonError(f"{file}: nested too deeply: lists of numbers need at most four levels") from None
    except ValueError:
        raise LessonError(
            f"{file}: the file is not valid TOML (it holds a number with thousands of digits or an impossible date): "
            "correct that"
        ) from None
