"""What fill a cell gets from its value."""

import numpy as np
import pytest

from look import Look
from look.palette import contrast
from look.shade import PHOTOGRAPH, shading

LARGE = np.arange(PHOTOGRAPH).reshape(32, -1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_photograph_is_bright_where_its_numbers_are_large(theme: str) -> None:
    look = Look(theme=theme)
    shade = shading(look, "input", LARGE)
    dark, middle, bright = (contrast(shade.heat(value), "#000000") for value in (0, PHOTOGRAPH // 2, PHOTOGRAPH - 1))
    assert dark < middle < bright


@pytest.mark.parametrize("values", [LARGE[:-1], LARGE - 1])
def test_a_matrix_is_strong_where_its_numbers_are_large(values: np.ndarray) -> None:
    look = Look(theme="light")
    shade = shading(look, "input", values)
    assert shade(0) == shade.heat(0) == look.surface
    assert contrast(shade.heat(500), "#ffffff") > contrast(shade.heat(100), "#ffffff")


def test_digits_read_on_every_tone_of_a_photograph() -> None:
    look = Look(theme="light")
    shade = shading(look, "input", LARGE)
    assert all(contrast(shade(value), look.ink_on(shade(value))) >= 4.5 for value in range(0, PHOTOGRAPH, 31))
