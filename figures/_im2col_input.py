"""The input that im2col copies from: its planes in tints, or pictures with the patch enlarged beside them."""

from __future__ import annotations

from dataclasses import dataclass

from core import Trace
from figures._matrix import Matrix
from figures._page import LABEL, LEAST, Box, Page
from figures._source_plane import draw_source
from figures._tinted_cells import draw_cell, fitting_size, widest
from figures._tinted_plane import draw_tinted_plane
from look.excerpt import abridge
from look.numbers import number
from look.patch_row import MARGIN, Source, read_row
from look.phrases import extents, sized
from look.shade import shading
from look.tints import Tints

HEADING, INDEX, CHANNEL, BETWEEN = 34.0, 20.0, 22.0, 12.0
LARGEST = 60.0
PICTURE, LINE_PICTURE = (
    230.0,
    400.0,
)  # a picture's largest side where the patch is enlarged beside it; a signal's beside a tall matrix
MOST_CELLS = 900  # a larger plane is a picture
APART = 56.0  # from a picture to the enlarged patch
MOST_TAPS = 144  # a window with more cells is large enough as it is
LENS = (190.0, 60.0, 44.0)  # the enlarged patch: its largest side, a cell's largest width and height


@dataclass(frozen=True)
class InputPanel:
    """The input's planes, to be drawn below each other; without digits the patch is enlarged at the right."""

    trace: Trace
    channels: tuple[int | None, ...]
    cell: float
    size: float | None  # of the digits
    lens: tuple[float, float] | None  # width and height of a cell of the enlarged patch

    @property
    def beside(self) -> float:
        """Room for row indices at the left."""
        return 26.0 if self.size else 0.0

    @property
    def planes_width(self) -> float:
        """Of the planes with their padding."""
        return self.trace.axes[1].padded * self.cell

    @property
    def width(self) -> float:
        """The whole panel's."""
        lens = APART + self.trace.axes[1].kernel * self.lens[0] if self.lens else 0.0
        return self.beside + self.planes_width + lens

    @property
    def above(self) -> float:
        """Room for the heading and, over a single plane, column indices."""
        return HEADING + (INDEX if self.indexed else 0)

    @property
    def height(self) -> float:
        """The whole panel's."""
        lens = self.trace.axes[0].kernel * self.lens[1] if self.lens else 0.0
        return self.above + max(lens, _extra(self.trace, self.channels) + _shown(self.channels) * self._plane)

    @property
    def indexed(self) -> bool:
        """Whether column indices stand above the plane."""
        return self.size is not None and len(self.trace.input) == 1

    @property
    def _plane(self) -> float:
        return self.trace.axes[0].padded * self.cell


def _shown(channels: tuple[int | None, ...]) -> int:
    return sum(channel is not None for channel in channels)


def _extra(trace: Trace, channels: tuple[int | None, ...]) -> float:
    """Height of everything between planes: their labels, the space between them, and dots for those left out."""
    labels = CHANNEL * _shown(channels) if len(trace.input) > 1 else 0.0
    return labels + BETWEEN * (len(channels) - 1) + BETWEEN * (None in channels)


def input_panel(trace: Trace, width: float, height: float) -> InputPanel:
    """Planes as large as fit width × height."""
    channels = abridge(len(trace.input), 3)
    rows, cols = trace.axes
    index = INDEX if len(trace.input) == 1 else 0.0
    tall = (height - HEADING - _extra(trace, channels)) / _shown(channels)
    cell = min(LARGEST, (width - 26) / cols.padded, (tall - index) / rows.padded)
    shown = trace.input[[channel for channel in channels if channel is not None]]
    if cell >= LEAST * 1.3 and shown[0].size <= MOST_CELLS:
        size = fitting_size(widest(shown.ravel().tolist()), cell, cell)
        if size >= LEAST:
            return InputPanel(trace, channels, cell, size, None)
    longest = LINE_PICTURE if trace.convolution.line and trace.lesson.im2col_layout == "rows" else PICTURE
    cell = min(30.0, longest / cols.padded, min(PICTURE, tall) / rows.padded)
    if rows.kernel * cols.kernel > MOST_TAPS:
        return InputPanel(trace, channels, cell, None, None)
    side, wide, high = LENS
    high = min(high, side / rows.kernel, (height - HEADING) / rows.kernel)
    needed = widest(_lens_values(trace)) * LEAST / (1 - 2 * MARGIN)
    lens = (min(side / cols.kernel, max(high, min(wide, needed))), high)
    return InputPanel(trace, channels, cell, None, lens)


def _lens_values(trace: Trace) -> tuple[int | float, ...]:
    """The values of the highlighted patch in its first channel."""
    return tuple(trace.highlight.patch[0].ravel().tolist())


@dataclass(frozen=True)
class InputPlanes:
    """Where the planes of `shape` (H, W) stand: each channel's corner of its cell (0, 0), and the enlarged patch."""

    corners: dict[int, tuple[float, float]]
    cell: float
    shape: tuple[int, int]
    lens: Box | None
    bottom: float

    def plane(self, channel: int) -> Matrix:
        """The input's cells of a channel, without their border."""
        return Matrix(*self.corners[channel], self.cell, *self.shape)

    def enlarged(self, trace: Trace, source: Source) -> Box | None:
        """Where the enlarged patch shows an input cell, if it does."""
        step = trace.highlight
        channel, row, column = source
        first = trace.convolution.channels(step.channel).start
        if not self.lens or channel != first or row not in step.input_rows or column not in step.input_cols:
            return None
        i, j = step.input_rows.index(row), step.input_cols.index(column)
        left, top, right, bottom = self.lens
        wide, high = (right - left) / trace.axes[1].kernel, (bottom - top) / trace.axes[0].kernel
        return (left + j * wide, top + i * high, left + (j + 1) * wide, top + (i + 1) * high)


def draw_input_panel(page: Page, panel: InputPanel, tints: Tints, x: float, y: float) -> InputPlanes:
    """Draw the panel with its top left corner at (x, y): heading, indices, planes, and the enlarged patch."""
    trace, cell = panel.trace, panel.cell
    named = sized("input", page.look, *extents(trace.input, trace))
    page.text(x + panel.beside, y + 10, named, LABEL, "input", anchor="left")
    top = y + panel.above
    corners: dict[int, tuple[float, float]] = {}
    for channel in panel.channels:
        if channel is None:
            for k in range(3):
                page.rect(x + panel.beside + 10, top - 4 + 7 * k, 3.5, 3.5, fill="muted", radius=1.7)
            top += 2 * BETWEEN
            continue
        if len(trace.input) > 1:
            label = page.look.say("common.channel", index=channel)
            page.text(x + panel.beside, top + CHANNEL / 2 - 2, label, LEAST, "input", anchor="left")
            top += CHANNEL
        before = trace.convolution.padding
        corners[channel] = (x + panel.beside + before[1] * cell, top + before[0] * cell)
        if panel.size:
            rows, cols = (range(-axis.before, axis.input + axis.after) for axis in trace.axes)
            draw_tinted_plane(page, trace, tints, channel, corners[channel], cell, rows, cols, panel.size)
            _draw_indices(page, panel, corners[channel], columns=panel.indexed)
        else:
            shade = shading(page.look, "input", trace.input)
            draw_source(page, trace, channel, (x + panel.beside, top), cell, shade, gap=6.0, digits=False)
        top += trace.axes[0].padded * cell + BETWEEN
    bottom = top - BETWEEN
    lens = None
    if panel.lens:
        middle = max((y + panel.above + bottom) / 2, y + panel.above + trace.axes[0].kernel * panel.lens[1] / 2)
        lens = _draw_lens(page, panel, tints, x + panel.planes_width + APART, middle)
    return InputPlanes(
        corners, cell, (trace.axes[0].input, trace.axes[1].input), lens, max(bottom, lens[3] if lens else 0.0)
    )


def _draw_indices(page: Page, panel: InputPanel, corner: tuple[float, float], *, columns: bool) -> None:
    """Row and column numbers beside and above a plane; padding has none."""
    trace, cell = panel.trace, panel.cell
    rows, cols = trace.axes
    for row in range(0 if trace.convolution.line else rows.input):
        left = corner[0] - cols.before * cell - 8
        page.text(left, corner[1] + (row + 0.5) * cell, number(row), LEAST, "muted", anchor="right")
    for column in range(cols.input if columns else 0):
        top = corner[1] - rows.before * cell - 12
        page.text(corner[0] + (column + 0.5) * cell, top, number(column), LEAST, "muted")


def _draw_lens(page: Page, panel: InputPanel, tints: Tints, x: float, middle: float) -> Box:
    """The highlighted patch, enlarged, in tints and digits."""
    assert panel.lens is not None
    trace, (wide, high) = panel.trace, panel.lens
    step = trace.highlight
    patch = read_row(trace, trace.im2col.row_of(step.row, step.col))
    rows, cols = trace.axes
    first = trace.convolution.channels(step.channel).start * rows.kernel * cols.kernel
    y = middle - rows.kernel * high / 2
    values = _lens_values(trace)
    fitted = fitting_size(widest(values), wide, high)
    size = fitted if fitted >= LEAST else None
    for tap, value in enumerate(values):
        i, j = divmod(tap, cols.kernel)
        box = (x + j * wide, y + i * high, x + (j + 1) * wide, y + (i + 1) * high)
        padding = not patch.inside[first + tap]
        draw_cell(page, tints, box, patch.sources[first + tap], value, size, padding=padding)
    return (x, y, x + cols.kernel * wide, y + rows.kernel * high)
