"""One table of a lesson while it is read: it knows where it stands, so every mistake can be told where it is."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from core.arrays import Pair, Sides
from core.errors import LessonError
from core.limits import SETTING
from core.localized import LANGUAGES, Localized

PADDINGS = ("valid", "same", "full")


def shown(value: object) -> str:
    """A value as an author would recognise it, however long it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number beyond 64 bits"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if not isinstance(value, int | float | str):
        return "a date or time"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:36]}…{text[0]}"


@dataclass(frozen=True)
class Table:
    """A TOML table: ``file`` as the user gave it, ``place`` as in messages (empty at the top), and its ``values``."""

    file: str
    place: str
    values: Mapping[str, object]

    def mistake(self, rule: str) -> LessonError:
        """An error about the table as a whole."""
        return LessonError(f"{self.file}: {rule}")

    def error(self, key: str, rule: str) -> LessonError:
        """An error about one key: ``lessons/x.toml: 'stride' in [convolution] <rule>``."""
        return self.mistake(f"{self.at(key)} {rule}")

    def at(self, key: str) -> str:
        """The key and where it stands."""
        return f"{key!r} in {self.place}" if self.place else repr(key)

    def only(self, *keys: str, tables: tuple[str, ...] = ()) -> None:
        """Refuse every key but these and these tables, suggesting the nearest."""
        for key, value in self.values.items():
            if key in keys or key in tables:
                continue
            unknown, options = f"key {shown(key)}", [*keys, *(f"[{table}]" for table in tables)]
            if tables and isinstance(value, Mapping):
                unknown, options = f"table [{key if len(key) <= 40 else f'{key[:36]}…'}]", options[len(keys) :]
            near = difflib.get_close_matches(key[:40], (*keys, *tables), 1)
            tail = f"The {unknown.partition(' ')[0]}s there are {', '.join(options)}."
            if len(options) == 1:
                tail = f"The only {unknown.partition(' ')[0]} there is {options[0]}."
            if near:
                tail = f"Did you mean {f'[{near[0]}]' if near[0] in tables else repr(near[0])}?"
            where = f" in {self.place}" if self.place else ""
            raise self.mistake(f"unknown {unknown}{where}. {tail}")

    def table(self, key: str) -> Table:
        """The table under ``key``; empty when absent."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self.error(key, f"must be a table, not {shown(value)}: write [{key}] on a line of its own")
        return Table(self.file, f"[{key}]", value)

    def integer(self, key: str, default: int, least: int = 1) -> int:
        """A whole number from ``least`` to a million."""
        return self._whole(key, self.values.get(key, default), least)

    def _whole(self, key: str, value: object, least: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            remedy = f"write one such as {least}"
            if isinstance(value, str) and value.strip().isdecimal():
                remedy = "write it without quotes"
            elif isinstance(value, float) and abs(value) <= SETTING:
                remedy = f"write {max(int(value), least)}"
            raise self.error(key, f"must be a whole number, not {shown(value)}: {remedy}")
        if value < least:
            raise self.error(key, f"must be at least {least}, not {shown(value)}: write {least} or more")
        if value > SETTING:
            raise self.error(key, f"must be at most {SETTING:,}, not {shown(value)}: write a smaller one")
        return value

    def pair(self, key: str, default: Pair, least: int = 1) -> Pair:
        """One whole number for both axes, or [rows, cols]."""
        value = self.values.get(key, list(default))
        numbers = value if isinstance(value, list) else [value]
        if len(numbers) == 1 and not isinstance(value, list):
            numbers = numbers * 2
        if len(numbers) != 2:
            raise self.error(key, f"must be one number or [rows, cols], not {_long(numbers)}: write one or two")
        return self._whole(key, numbers[0], least), self._whole(key, numbers[1], least)

    def row_col(self, key: str, default: Pair) -> Pair:
        """[row, col], each counted from 0."""
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or len(value) != 2:
            raise self.error(key, f"must be [row, col], not {_long(value)}: write two numbers, counted from 0")
        return self._whole(key, value[0], 0), self._whole(key, value[1], 0)

    def cell(self, key: str, default: Pair, plane: Pair, plane_name: str) -> Pair:
        """[row, col] inside a plane of the given size."""
        row, col = self.row_col(key, default)
        if row >= plane[0] or col >= plane[1]:
            raise self.error(
                key,
                f"is [{row}, {col}], outside {plane_name} of {plane[0]}×{plane[1]}: "
                f"rows go from 0 to {plane[0] - 1} and columns from 0 to {plane[1] - 1}",
            )
        return row, col

    def padding(self, kernel: Pair, dilation: Pair, stride: Pair, names: tuple[str, ...] = PADDINGS) -> Sides:
        """(top, left, bottom, right) from a number, [rows, cols], four sides, or a name among ``names``.

        As in PyTorch, "same" needs stride 1, and where it cannot be even the extra cell goes to the bottom and right;
        with "same_lower", which is ONNX's, to the top and left.
        """
        name = self.padding_name(names)
        if name is None:
            return self.sides("padding")
        reach = dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)
        if name == "valid":
            return 0, 0, 0, 0
        if name == "full":
            return *reach, *reach
        if stride != (1, 1):
            raise self.error(
                "padding", f"is {name!r}, which needs stride 1, not {self.told(stride)}: give the padding in cells"
            )
        return halved(reach, name)

    def padding_name(self, names: tuple[str, ...]) -> str | None:
        """The name under ``padding``, one of ``names``; None for numbers."""
        value = self.values.get("padding", 0)
        if not isinstance(value, str):
            return None
        if value not in names:
            raise self.error("padding", f"must be numbers, {_listed(names)}, not {shown(value)}{_meant(value, names)}")
        return value

    def sides(self, key: str) -> Sides:
        """(top, left, bottom, right) from a number, [rows, cols] or four sides."""
        value = self.values.get(key, 0)
        if isinstance(value, list) and len(value) == 4:
            top, left, bottom, right = (self._whole(key, side, 0) for side in value)
            return top, left, bottom, right
        if isinstance(value, list) and len(value) != 2:
            raise self.error(
                key,
                f"must be one number, [rows, cols] or [top, left, bottom, right], not {_long(value)}: "
                "write one, two or four",
            )
        rows, cols = self.pair(key, (0, 0), 0)
        return rows, cols, rows, cols

    def told(self, pair: Pair) -> str:
        """A pair as the author would write it: one number where both are the same."""
        return str(pair[0]) if pair[0] == pair[1] else f"[{pair[0]}, {pair[1]}]"

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"must be true or false, not {shown(value)}: write one of them")
        return value

    def choice(self, key: str, options: tuple[str, ...]) -> str:
        """One of ``options``; the first by default."""
        value = self.values.get(key, options[0])
        if value not in options:
            raise self.error(key, f"must be {_listed(options)}, not {shown(value)}{_meant(value, options)}")
        return str(value)

    def text(self, key: str, most: int, default: str | None = None) -> Localized:
        """Text of one line, or a table with ``en``, ``zh`` or both; a language left out takes the other's words."""
        if key not in self.values:
            if default is None:
                raise self.mistake(f'the lesson has no {self.at(key)}: add a line such as {key} = "…"')
            return Localized(default, default)
        value = self.values[key]
        if isinstance(value, Mapping):
            languages = Table(self.file, self.at(key), value)
            languages.only(*LANGUAGES)
            if not value:
                raise self.error(key, "is an empty table: give it en, zh or both")
            words = {language: languages._line(language, most) for language in LANGUAGES if language in value}
            return Localized(words.get("en") or words["zh"], words.get("zh") or words["en"])
        line = self._line(key, most, "write some text" + ("" if default is None else " or leave the key out"))
        return Localized(line, line)

    def _line(self, key: str, most: int, remedy: str = "write some text or leave the key out") -> str:
        value = self.values[key]
        if not isinstance(value, str):
            raise self.error(key, f"must be text, not {shown(value)}: put it in quotes")
        text = value.strip()
        if not text:
            raise self.error(key, f"is empty: {remedy}")
        for character in text:
            if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp"):
                raise self.error(key, f"holds the control character U+{ord(character):04X}: write it as one plain line")
        if len(text) > most:
            raise self.error(key, f"has {len(text)} characters: shorten it to {most}")
        return text


def halved(total: Pair, name: str) -> Sides:
    """(top, left, bottom, right) of a "same" padding; an odd cell goes to the end, with "same_lower" to the start."""
    top, left = ((cells + (name == "same_lower")) // 2 for cells in total)
    return top, left, total[0] - top, total[1] - left


def counted(number: int, one: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _listed(options: tuple[str, ...]) -> str:
    quoted = [repr(option) for option in options]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _long(value: object) -> str:
    """A value that has the wrong length, or is no list at all."""
    return f"a list of {len(value)}" if isinstance(value, list) and value else shown(value)


def _meant(value: object, options: tuple[str, ...]) -> str:
    """What a misspelt word may stand for."""
    near = difflib.get_close_matches(value[:40], options, 2) if isinstance(value, str) else []
    return f": did you mean {' or '.join(map(repr, near))}?" if near else ": write one of them"
