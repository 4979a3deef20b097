"""The input that im2col copies from: its planes in tints, or pictures with the patch enlarged beside them."""

from __future__ import annotations

from dataclasses import dataclass

from core import Step, Trace
from figures._matrix import draw_matrix, draw_padding, draw_padding_cell
from figures._page import LABEL, LEAST, Box, Page
from figures._tinted_cells import draw_cell, fitting_size, widest
from look.excerpt import excerpt
from look.numbers import number
from look.patch_row import patch_row
from look.phrases import sized
from look.shading import shading
from look.tints import Tints

HEADING, INDEX, CHANNEL, BETWEEN = 34.0, 20.0, 22.0, 12.0
LARGEST = 60.0
LENS = 44.0  # a cell of the enlarged patch


@dataclass(frozen=True)
class InputPanel:
    """The input's planes to be drawn below each other, `cell` a side; without digits the patch is enlarged under them."""

    trace: Trace
    channels: tuple[int | None, ...]
    cell: float
    size: float | None  # of the digits
    lens: float  # a cell of the enlarged patch; 0 without one

    @property
    def beside(self) -> float:
        """Room for row indices at the left."""
        return 26.0 if self.size else 0.0

    @property
    def width(self) -> float:
        """The whole panel's."""
        return self.beside + max(self.trace.axes[1].padded * self.cell, self.trace.axes[1].kernel * self.lens)

    @property
    def height(self) -> float:
        """The whole panel's."""
        planes = sum(
            CHANNEL * (len(self.trace.input) > 1) + (BETWEEN if channel is None else self._plane)
            for channel in self.channels
        )
        lens = BETWEEN + 30 + self.trace.axes[0].kernel * self.lens if self.lens else 0.0
        return HEADING + (INDEX if self.indexed else 0) + planes + BETWEEN * (len(self.channels) - 1) + lens

    @property
    def indexed(self) -> bool:
        """Whether column indices stand above the plane."""
        return self.size is not None and len(self.trace.input) == 1

    @property
    def _plane(self) -> float:
        return self.trace.axes[0].padded * self.cell


def input_panel(trace: Trace, width: float, height: float) -> InputPanel:
    """Planes as large as fit width × height."""
    channels = excerpt(len(trace.input), 3)
    rows, cols = trace.axes
    many = len(trace.input) > 1
    above = HEADING + (CHANNEL * len(channels) if many else 0) + BETWEEN * (len(channels) - 1)
    cell = min(
        LARGEST, (width - 26) / cols.padded, (height - above - (0 if many else INDEX)) / (rows.padded * len(channels))
    )
    shown = trace.input[[channel for channel in channels if channel is not None]]
    if cell >= LEAST * 1.3:
        size = fitting_size(widest(shown.ravel().tolist()), cell, cell)
        if size >= LEAST:
            return InputPanel(trace, channels, cell, size, 0.0)
    lens = min(LENS, 190 / rows.kernel, width / cols.kernel)
    room = height - above - BETWEEN - 30 - rows.kernel * lens
    return InputPanel(trace, channels, min(30.0, width / cols.padded, room / (rows.padded * len(channels))), None, lens)


@dataclass(frozen=True)
class InputPlanes:
    """Where the planes stand: the corner of input cell (0, 0) of each channel shown, and the enlarged patch's corner."""

    corners: dict[int, tuple[float, float]]
    cell: float
    lens: Box | None
    bottom: float

    def box(self, channel: int, row0: int, column0: int, row1: int, column1: int) -> Box:
        """The box of a half-open block of input cells; it may reach into the padding."""
        x, y = self.corners[channel]
        return (
            x + column0 * self.cell,
            y + row0 * self.cell,
            x + column1 * self.cell,
            y + row1 * self.cell,
        )

    def window(self, channel: int, step: Step) -> Box:
        """The box that a step's window spans."""
        rows, cols = step.input_rows, step.input_cols
        return self.box(channel, rows[0], cols[0], rows[-1] + 1, cols[-1] + 1)


def draw_input_panel(page: Page, panel: InputPanel, tints: Tints, x: float, y: float) -> InputPlanes:
    """Draw the panel with its top left corner at (x, y): heading, indices, planes, and the enlarged patch."""
    trace, cell = panel.trace, panel.cell
    extents = trace.input.shape if len(trace.input) > 1 else trace.input.shape[1:]
    page.text(x + panel.beside, y + 10, sized("input", page.look, *extents), LABEL, "input", anchor="left")
    top = y + HEADING + (INDEX if panel.indexed else 0)
    corners: dict[int, tuple[float, float]] = {}
    for channel in panel.channels:
        if channel is None:
            page.text(x + panel.width / 2, top + BETWEEN / 2, "…", LABEL, "muted")
            top += 2 * BETWEEN
            continue
        if len(trace.input) > 1:
            label = page.look.say("common.channel", index=channel)
            page.text(x + panel.beside, top + CHANNEL / 2 - 2, label, LEAST, "input", anchor="left")
            top += CHANNEL
        before = trace.convolution.padding
        corners[channel] = (x + panel.beside + before[1] * cell, top + before[0] * cell)
        if panel.size:
            _draw_tinted(page, panel, tints, channel, corners[channel])
            _draw_indices(page, panel, corners[channel], columns=panel.indexed)
        else:
            picture = draw_matrix(
                page,
                trace.input[channel],
                *corners[channel],
                cell,
                shading(page.look, "input", trace.input),
                digits=False,
            )
            draw_padding(page, picture, before, gap=6.0)
        top += trace.axes[0].padded * cell + BETWEEN
    lens = _draw_lens(page, panel, tints, x, top + 30) if panel.lens else None
    return InputPlanes(corners, cell, lens, lens[3] if lens else top - BETWEEN)


def _draw_tinted(page: Page, panel: InputPanel, tints: Tints, channel: int, corner: tuple[float, float]) -> None:
    """One plane, cell by cell, with its ring of padding."""
    trace, cell = panel.trace, panel.cell
    rows, cols = trace.axes
    for row in range(-rows.before, rows.input + rows.after):
        for column in range(-cols.before, cols.input + cols.after):
            x, y = corner[0] + column * cell, corner[1] + row * cell
            box = (x, y, x + cell, y + cell)
            if 0 <= row < rows.input and 0 <= column < cols.input:
                value = trace.input[channel, row, column].item()
                draw_cell(page, tints, box, (channel, row, column), value, panel.size)
            else:
                draw_padding_cell(page, box)


def _draw_indices(page: Page, panel: InputPanel, corner: tuple[float, float], *, columns: bool) -> None:
    """Row and column numbers beside and above a plane; padding has none."""
    trace, cell = panel.trace, panel.cell
    rows, cols = trace.axes
    for row in range(rows.input):
        left = corner[0] - cols.before * cell - 8
        page.text(left, corner[1] + (row + 0.5) * cell, number(row), LEAST, "muted", anchor="right")
    for column in range(cols.input if columns else 0):
        top = corner[1] - rows.before * cell - 12
        page.text(corner[0] + (column + 0.5) * cell, top, number(column), LEAST, "muted")


def _draw_lens(page: Page, panel: InputPanel, tints: Tints, x: float, y: float) -> Box:
    """The highlighted patch, enlarged, in tints and digits."""
    trace, cell = panel.trace, panel.lens
    step = trace.highlight
    row = step.row * trace.output_size[1] + step.col
    patch = patch_row(trace, row)
    rows, cols = trace.axes
    first = trace.convolution.channels(step.channel).start * rows.kernel * cols.kernel
    values = patch.values[first : first + rows.kernel * cols.kernel]
    fitted = fitting_size(widest(values), cell, cell)
    size = fitted if fitted >= LEAST else None
    for tap, value in enumerate(values):
        i, j = divmod(tap, cols.kernel)
        box = (x + j * cell, y + i * cell, x + (j + 1) * cell, y + (i + 1) * cell)
        draw_cell(page, tints, box, patch.sources[first + tap], value, size)
    return (x, y, x + cols.kernel * cell, y + rows.kernel * cell)
