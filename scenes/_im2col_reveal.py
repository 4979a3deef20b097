"""A picture of a matrix that fills in row after row."""

from __future__ import annotations

from typing import Any

from scenes._heat import HeatMatrix
from scenes._motion import Run


class Reveal(Run):
    """Shows the rows of a blank `HeatMatrix` from the first to the last."""

    def __init__(self, matrix: HeatMatrix, **settings: Any) -> None:
        self.matrix, self.shown = matrix, 0
        super().__init__(matrix, self._reveal, **settings)

    def _reveal(self, share: float) -> None:
        rows = round(share * self.matrix.rows)
        if rows > self.shown:
            self.matrix.reveal(self.shown, 0, rows, self.matrix.columns)
            self.shown = rows
