"""The products of a step, each with its two factors over it where there is room to read them."""

from __future__ import annotations

from core import Step
from figures._cell_digits import type_size
from figures._matrix import Matrix, draw_matrix
from figures._page import LEAST, Page
from look.drawing import digits_size
from look.numbers import number
from look.phrases import factors
from look.shade import shading
from look.typesetting import typeset

VALUE = 0.34  # type size of a product that has its factors over it, of the cell's side
FACTORS = 0.2
LARGEST_FACTORS = 20.0


def draw_products(page: Page, step: Step, channel: int, x: float, y: float, cell: float) -> Matrix:
    """Draw the products of one channel with their top left corner at (x, y)."""
    values = step.products[channel]
    size = digits_size(step.products.ravel().tolist(), cell, largest=VALUE)
    shade = shading(page.look, "product", step.products)
    small = _factors_size(step, cell)
    if not small or size < LEAST:
        return draw_matrix(page, values, x, y, cell, shade, size=type_size(step.products, cell) or None)
    products = draw_matrix(page, values, x, y, cell, shade, digits=False)
    for row in range(products.rows):
        for column in range(products.columns):
            at = (channel, row, column)
            value = values[row, column].item()
            ink = page.look.ink_role(shade(value))
            (middle, _), box = products.center(row, column), products.at(row, column)
            text = factors(step.patch[at].item(), step.weights[at].item())
            page.text(middle, box[1] + cell * 0.27, text, small, ink, within=box)
            page.text(middle, box[1] + cell * 0.66, number(value), size, ink, bold=True, within=box)
    return products


def _factors_size(step: Step, cell: float) -> float:
    """The one size at which all factors of a step fit over their products; 0 where they would be too small to read."""
    if cell * FACTORS < LEAST * 0.9:
        return 0.0
    pairs = zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True)
    widest = max(typeset(factors(*pair)).width for pair in pairs)
    size = min(LARGEST_FACTORS, max(LEAST, cell * FACTORS), cell * 0.88 / widest)
    return size if size >= LEAST else 0.0
