"""A matrix drawn as one picture: every pixel is the fill of its cell, and only what is revealed is shown."""

from __future__ import annotations

import numpy as np

from look import Look
from look.shade import shading
from scenes._heat import TONES, HeatMatrix
from scenes._ink import UNIT

LOOK = Look("dark")
VALUES = np.arange(-300, 300).reshape(20, 30)


def heat(cell: float = 4.0, *, known: bool = True) -> HeatMatrix:
    return HeatMatrix(VALUES, 100, 200, cell, shading(LOOK, "output", VALUES), LOOK, known=known)


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def test_every_pixel_is_the_fill_of_its_cell() -> None:
    matrix = heat()
    step = 300 / TONES  # values this close share a tone
    for (row, column), value in np.ndenumerate(VALUES):
        pixel = matrix.picture.pixel_array[row, column, :3].tolist()
        near = [rgb(matrix.shade.heat(value + d)) for d in (-step, 0, step)]
        assert all(
            min(tones) - 1 <= part <= max(tones) + 1 for part, tones in zip(pixel, zip(*near, strict=True), strict=True)
        )


def test_only_what_is_revealed_is_shown() -> None:
    matrix, full = heat(known=False), heat()
    before = matrix.picture.pixel_array
    matrix.reveal(3, 5, 6, 30)
    now = matrix.picture.pixel_array
    assert (before[..., :3] == rgb(LOOK.surface)).all()
    assert (now[3:6, 5:] == full.picture.pixel_array[3:6, 5:]).all()
    now = now.copy()
    now[3:6, 5:] = before[3:6, 5:]
    assert (now == before).all()


def test_it_stands_where_its_cells_are() -> None:
    matrix = heat()
    assert np.isclose(matrix.picture.width, 30 * 4 * UNIT)
    assert np.isclose(matrix.picture.height, 20 * 4 * UNIT)
    assert matrix.at(20, 30)[:2] == (matrix.right, matrix.bottom) == (220, 280)


def test_cells_smaller_than_a_pixel_share_one() -> None:
    matrix = heat(0.4)
    assert matrix.picture.pixel_array.shape == (7, 10, 4)
    mean = float(VALUES[:3, :3].mean())
    assert np.allclose(matrix.picture.pixel_array[0, 0, :3], rgb(matrix.shade.heat(mean)), atol=3)
