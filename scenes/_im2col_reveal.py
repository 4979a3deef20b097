"""A picture of a matrix that fills in row after row."""

from __future__ import annotations

from typing import Any

from manim import Animation, Mobject
from manim.utils.rate_functions import smooth

from scenes._heat import HeatMatrix


class Reveal(Animation):
    """Shows the rows of a blank `HeatMatrix` from the first to the last."""

    def __init__(self, matrix: HeatMatrix, **settings: Any) -> None:
        self.matrix, self.shown = matrix, 0
        super().__init__(matrix, **settings)

    def create_starting_mobject(self) -> Mobject:
        """Nothing to remember: what is shown stays."""
        return Mobject()

    def get_all_families_zipped(self) -> Any:
        """No submobject is animated by itself."""
        return []

    def interpolate_mobject(self, alpha: float) -> None:
        """Show as many rows as it is time for."""
        rows = round(smooth(alpha) * self.matrix.rows)
        if rows > self.shown:
            self.matrix.reveal(self.shown, 0, rows, self.matrix.columns)
            self.shown = rows
