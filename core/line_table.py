"""A table of a 1-D lesson: one number where a picture has rows and columns, because there is one row."""

from __future__ import annotations

from dataclasses import dataclass

from core.arrays import Pair, Sides
from core.table import Table, shown


@dataclass(frozen=True)
class LineTable(Table):
    """Settings along the row, each put into the 2-D form that the core computes with: H = 1, kernel height 1."""

    def pair(self, key: str, default: Pair, least: int = 1) -> Pair:
        """One whole number, for columns; rows take ``least``, which changes nothing."""
        value = self.values.get(key, default[1])
        if isinstance(value, list):
            raise self.error(key, "must be one number in a 1-D lesson, not a list: write the one along the row")
        return least, self._whole(key, value, least)

    def sides(self, key: str) -> Sides:
        """(0, left, 0, right) from a number or [left, right]."""
        value = self.values.get(key, 0)
        numbers = value if isinstance(value, list) else [value, value]
        if len(numbers) != 2:
            raise self.error(
                key, f"must be one number or [left, right] in a 1-D lesson, not a list of {len(numbers)}: write two"
            )
        left, right = (self._whole(key, number, 0) for number in numbers)
        return 0, left, 0, right

    def told(self, pair: Pair) -> str:
        """The number along the row."""
        return str(pair[1])

    def cell(self, key: str, default: Pair, plane: Pair, plane_name: str) -> Pair:
        """(0, col): the column is written alone."""
        value = self.values.get(key, default[1])
        if isinstance(value, list):
            raise self.error(key, f"must be one number in a 1-D lesson, not {shown(value)}: write the column")
        col = self._whole(key, value, 0)
        if col >= plane[1]:
            raise self.error(key, f"is {col}, outside {plane_name} of {plane[1]}: columns go from 0 to {plane[1] - 1}")
        return 0, col
