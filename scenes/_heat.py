"""A matrix with too many cells to draw one by one: a single picture, a pixel (or several) for each cell."""

from __future__ import annotations

from math import ceil

import numpy as np
from manim import RESAMPLING_ALGORITHMS, Group, ImageMobject
from numpy.typing import NDArray

from look import Look
from look.palette import rgb
from look.shade import Shade
from scenes._ink import UNIT, at, rectangle
from scenes._lattice import Lattice

MOST_CELLS = 400  # beyond this many, cells are drawn as one picture
TONES = 256

Pixels = NDArray[np.uint8]


class HeatMatrix(Lattice, Group):
    """A 2-D array as one picture with its top left corner at page pixel (x, y), without digits.

    Where a cell is smaller than a pixel, a block of cells shares one: the block's mean. Blank ones (`known=False`) are
    filled by `reveal`. Being a picture it may stand in a Manim `Group`, not in a `VGroup`.
    """

    size = None  # no digits, as a `Matrix` of small cells says it

    def __init__(
        self,
        values: NDArray[np.generic],
        x: float,
        y: float,
        cell: float,
        shade: Shade,
        look: Look,
        *,
        known: bool = True,
    ) -> None:
        super().__init__()
        self.values, self.x, self.y, self.cell = values, x, y, cell
        self.shade, self.look = shade, look
        self.rows, self.columns = values.shape
        self.block = max(1, ceil(1 / cell - 1e-9))  # cells that share a pixel, along each axis
        self._colours = colours(_means(values, self.block), shade)
        blank = np.broadcast_to(np.array([*rgb(look.surface), 255], np.uint8), self._colours.shape)
        self.picture = ImageMobject(self._colours.copy() if known else blank.copy())
        self.picture.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        width, height = self.columns * cell, self.rows * cell
        self.picture.stretch_to_fit_width(width * UNIT).stretch_to_fit_height(height * UNIT)
        self.picture.move_to(at(x + width / 2, y + height / 2))
        frame = rectangle(x - 1, y - 1, width + 2, height + 2, look, stroke="grid", line=2.0)
        self.add(self.picture, frame)

    def reveal(self, row0: int, column0: int, row1: int, column1: int) -> None:
        """Show the values of a half-open block of cells."""
        k = self.block
        shown = (slice(row0 // k, ceil(row1 / k)), slice(column0 // k, ceil(column1 / k)))
        pixels = self.picture.pixel_array.copy()  # a new array: whoever remembers the old picture still has it
        pixels[shown] = self._colours[shown]
        self.picture.pixel_array = pixels

    def repaint(self, values: NDArray[np.generic]) -> None:
        """Show other values of the same shape, in the same shades."""
        self.values = values
        self._colours = colours(_means(values, self.block), self.shade)
        self.picture.pixel_array = self._colours.copy()

    def fill(self, row: int, column: int) -> str:
        """The fill of a cell that shows its value."""
        return self.shade(self.values[row, column].item())


def colours(values: NDArray[np.generic], shade: Shade) -> Pixels:
    """(rows, columns, 4) the fill of each value; of floats and wide integers in `TONES` steps either side of zero."""
    numbers = values.astype(np.float64)
    limit = float(np.abs(numbers).max(initial=0.0)) or 1.0
    tones = np.linspace(-limit, limit, 2 * TONES + 1)
    table = np.array([[*rgb(shade.heat(tone)), 255] for tone in tones.tolist()], np.uint8)
    picture: Pixels = table[np.rint(numbers / limit * TONES).astype(np.intp) + TONES]
    return picture


def _means(values: NDArray[np.generic], block: int) -> NDArray[np.generic]:
    if block == 1:
        return values
    rows, columns = values.shape
    padded = np.pad(values.astype(np.float64), ((0, -rows % block), (0, -columns % block)), mode="edge")
    means: NDArray[np.generic] = padded.reshape(padded.shape[0] // block, block, padded.shape[1] // block, block).mean(
        axis=(1, 3)
    )
    return means
