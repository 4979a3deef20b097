"""One output value by hand: patch ⊙ kernel = products, added up."""

from __future__ import annotations

from matplotlib.figure import Figure

from core import Trace
from figures._matrix import draw_corner, draw_matrix
from figures._page import LABEL, Page
from look import Look
from look.phrases import conventions, sized, sum_runs
from look.shading import shading


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """Left to right: the patch at the highlight, the kernel, their products, and the sum in full."""
    step = trace.highlight
    page = Page(fig, look)
    page.header(trace.lesson.title[look.lang], conventions(trace, look))
    cell = 76.0
    y = 210.0
    x = 70.0
    kh, kw = step.patch.shape[-2:]
    a = draw_matrix(page, step.patch[0], x, y, cell, shading(look, "input", trace.input))
    page.text(x + 1.5 * cell, y - 24, sized("input", look, kh, kw), LABEL, "input")
    page.text(x + 3 * cell + 40, y + 1.5 * cell, "⊙", 40)
    b = draw_matrix(page, step.weights[0], x + 3 * cell + 80, y, cell, shading(look, "kernel", trace.kernel))
    c = draw_matrix(page, step.products[0], b.box[2] + 80, y, cell, shading(look, "product", step.products))
    draw_corner(page, c.at(1, 1))
    page.text(600, 540, sum_runs(step, look), 30, max_width=1080)
    page.footer(look.say("common.output_cell", row=step.row, col=step.col), look.say("common.conventions.zero_weights"))
