"""A window's patch ⊙ its kernel on a card, a row for each channel; what dilation puts apart stands apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import Step, Trace, TransposeTrace
from figures._card import ART, LEAST
from figures._cell_digits import type_size
from figures._matrix import Matrix, draw_matrix, draw_padding_cell, draw_planes_behind
from figures._page import SMALL, Box, Page
from figures._reading import draw_taps
from figures._source_plane import is_turned, kernel_name
from look.drawing import cell_side
from look.numbers import number
from look.phrases import DOT, pair
from look.shade import shading
from look.typesetting import fit

MOST = 3  # channels that have a row each
BETWEEN = 16.0  # from row to row
NAMES, SUMS = 92.0, 108.0  # at the left the channels' names, at the right their sums
GAPS = (84.0, 56.0)  # from patch to kernel: of one channel, of several
LARGEST = 82.0
APART = 24.0  # from the name of the patch to the kernel's, at least
CHIP = (74.0, 44.0)  # a channel's sum: width and height


@dataclass(frozen=True)
class Rows:
    """How many channels are shown in cells of which side, and whether the taps stand where they read."""

    count: int
    cell: float
    apart: bool
    size: float  # of the digits; 0 for none


def draw_equation(page: Page, trace: Trace | TransposeTrace, box: Box) -> None:
    """Draw it into `box`: as many rows as can be read, at least the first channel's."""
    step = trace.highlight
    left, top, right, bottom = box
    rows = _rows(step, right - left, bottom - top)
    several = rows.count > 1
    high, wide = _extent(step, apart=rows.apart)
    gap = GAPS[several]
    needed = 2 * wide * rows.cell + gap + (NAMES + SUMS if several else 0.0)
    x = left + (right - left - needed) / 2 + (NAMES if several else 0.0)
    pitch = high * rows.cell + BETWEEN
    y = top + (bottom - top - pitch * rows.count + BETWEEN) / 2
    patch = kernel = Matrix(x, y, rows.cell, high, wide)
    for channel in range(rows.count):
        patch = _draw_patch(page, trace, channel, x, y + channel * pitch, rows)
        kernel = Matrix(patch.box[2] + gap, patch.y, rows.cell, high, wide)
        _draw_kernel(page, step, channel, kernel, rows)
        page.text(patch.box[2] + gap / 2, patch.middle[1], "⊙", 34 if several else 46)
        if several:
            _draw_sum(page, trace, channel, patch, kernel)
    behind = 0.0
    if not several:
        behind = draw_planes_behind(page, patch, len(step.patch) - 1)
        draw_planes_behind(page, kernel, len(step.weights) - 1)
    _label(page, trace, (patch.middle[0], kernel.middle[0]), y - 32 - behind)


def _rows(step: Step, width: float, height: float) -> Rows:
    """The most rows, in true spacing, in which every number can be read; else what comes nearest to that."""
    numbers = np.concatenate([step.patch.ravel(), step.weights.ravel()])
    counts = dict.fromkeys((min(MOST, len(step.patch)), 1))
    found = Rows(1, 0.0, False, 0.0)
    for count, apart in ((count, apart) for apart in (True, False) for count in counts):
        high, wide = _extent(step, apart=apart)
        room = width - (NAMES + SUMS + GAPS[1] if count > 1 else GAPS[0])
        cell = cell_side(high, 2 * wide, room, (height - BETWEEN * (count - 1)) / count, largest=LARGEST)
        found = Rows(count, cell, apart, type_size(numbers, cell, least=LEAST + 1))
        if found.size:
            break
    return found


def _extent(step: Step, *, apart: bool) -> tuple[int, int]:
    """Rows and columns of the patch, or of all that a dilated window spans."""
    if not apart:
        _, rows, columns = step.patch.shape
        return rows, columns
    return step.rows[-1] + 1 - step.rows[0], step.cols[-1] + 1 - step.cols[0]


def _draw_patch(page: Page, trace: Trace | TransposeTrace, channel: int, x: float, y: float, rows: Rows) -> Matrix:
    """What the window spans of a channel: padding hatched, and where the taps stand apart, what they skip veiled."""
    step = trace.highlight
    shade = shading(page.look, "input", trace.input)
    values, inside, taps = step.patch[channel], step.inside, tuple(map(range, step.patch.shape[1:]))
    if rows.apart:
        span = [slice(read[0], read[-1] + 1) for read in (step.rows, step.cols)]
        values = trace.padded[(trace.windowed.channels(step.channel).start + channel, *span)]
        inside = np.logical_and.outer(*(inner[part] for inner, part in zip(trace.windowed.inner, span, strict=True)))
        taps = tuple(tuple(at - read[0] for at in read) for read in (step.rows, step.cols))
    patch = draw_matrix(page, values, x, y, rows.cell, shade, size=rows.size or None)
    for row, column in np.argwhere(~inside).tolist():
        draw_padding_cell(page, patch.at(row, column))
    draw_taps(page, patch, *taps, thickness=5 if rows.count == 1 else 4)
    return patch


def _draw_kernel(page: Page, step: Step, channel: int, kernel: Matrix, rows: Rows) -> None:
    """The weights, as far apart as what they meet; a dot stands for each place between them."""
    weights: NDArray[np.generic] = step.weights[channel]
    shade = shading(page.look, "kernel", step.weights)
    if not rows.apart or step.operation.dilation == (1, 1):
        draw_matrix(page, weights, kernel.x, kernel.y, kernel.cell, shade, size=rows.size or None)
        return
    down, across = step.operation.dilation
    for row, column in np.ndindex(kernel.rows, kernel.columns):
        x, y, _, _ = kernel.at(row, column)
        if row % down or column % across:
            page.dot(*kernel.center(row, column), min(3.5, kernel.cell * 0.07), "muted")
            continue
        at = row // down, column // across
        one = weights[at[0] : at[0] + 1, at[1] : at[1] + 1]
        draw_matrix(page, one, x, y, kernel.cell, shade, size=rows.size or None)


def _draw_sum(page: Page, trace: Trace | TransposeTrace, channel: int, patch: Matrix, kernel: Matrix) -> None:
    """A channel's name before its row, and what it adds after it."""
    step, middle = trace.highlight, patch.middle[1]
    name = page.look.say("common.channel", index=trace.windowed.channels(step.channel).start + channel)
    page.text(patch.x - 14, middle, name, SMALL, "muted", anchor="right", max_width=NAMES - 14, least=LEAST)
    wide, high = CHIP
    x = kernel.box[2] + SUMS - wide
    page.text(kernel.box[2] + (SUMS - wide) / 2, middle, "=", 26, "muted")
    chip = page.rect(x, middle - high / 2, wide, high, fill="surface", stroke="product", radius=6)
    text = number(step.channel_sums[channel].item())
    page.text(x + wide / 2, middle, text, 24, max_width=wide - 10, least=LEAST, within=chip)


def _label(page: Page, trace: Trace | TransposeTrace, middles: tuple[float, float], y: float) -> None:
    """Over the first row: what is what, whether the kernel is turned, and how far apart its taps stand."""
    look, step = page.look, trace.highlight
    named = kernel_name(trace, look, *step.patch.shape[-2:]) if is_turned(trace) else look.say("common.kernel")
    if step.operation.dilation != (1, 1):
        apart = step.operation.dilation[1:] * 2 if step.operation.line else step.operation.dilation
        named += DOT + look.say("common.conventions.dilation", value=pair((apart[0], apart[1])))
    patch = page.text(middles[0], y, look.say("share-card-convolution.patch"), 21, "input")
    right, room = ART[2], ART[2] - patch[2] - APART
    setting, size = fit(named, 21, room, least=LEAST, max_lines=1)
    half = min(setting.width * size, room) / 2
    page.text(min(middles[1], right - half), y, named, 21, "kernel", max_width=room, least=LEAST)
