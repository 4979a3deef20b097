"""A matrix as a picture, one pixel a cell, where cells are too small to be drawn one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from figures._page import Box, Page
from look.palette import rgb
from look.shade import Shade

STEPS = 257  # distinct fills between the least and the largest value


def draw_picture(page: Page, values: NDArray[np.generic], box: Box, shade: Shade) -> None:
    """Draw a 2-D array into `box`; what has more cells than the page has pixels there is smoothed."""
    low, high = float(values.min()), float(values.max())
    steps = np.linspace(low, high, STEPS) if high > low else np.array([low])
    table = np.array([rgb(shade.heat(float(step))) for step in steps], dtype=np.uint8)
    index = np.zeros(values.shape, dtype=np.intp)
    if high > low:
        index = np.rint((values.astype(np.float64) - low) / (high - low) * (STEPS - 1)).astype(np.intp)
    left, top, right, bottom = box
    smoothing = "nearest" if right - left >= values.shape[1] else "antialiased"
    page.axes.imshow(table[index], extent=(left, right, bottom, top), interpolation=smoothing, aspect="auto", zorder=1)
    page.axes.set_xlim(0, page.width)
    page.axes.set_ylim(page.height, 0)
    page.rect(left, top, right - left, bottom - top, stroke="grid", thickness=1.0)
