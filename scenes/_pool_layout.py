"""Where everything in the pooling film stands: the input, its window enlarged, and one or two maps, in page pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import AverageStep, MaxStep
from core.scan import Scan
from scenes._heat import MOST_CELLS
from scenes._ink import WIDTH
from scenes._lattice import Place
from scenes._matrix import cell_type
from scenes._scan_layout import BOTTOM, LABEL, LARGEST, MAP_GAP, MARGIN, MIDDLE, MOST_DROP, ROOM, TOP, snap

PANEL, PANEL_WIDE = 150.0, 400.0  # side of an enlarged cell, and what all of them may be wide
GAP, WIDE_GAP = 170.0, 260.0
BETWEEN = 110.0  # between the two maps of a signal
ASIDE = 0.22  # of a gap: how much nearer the panel stands to the input than to the maps

PoolScan = Scan[MaxStep] | Scan[AverageStep]


@dataclass(frozen=True)
class PoolLayout:
    """`plane` is the input without its padding, `panel` the window enlarged; `maps` are the output and a second map."""

    plane: Place
    panel: Place
    maps: tuple[Place, ...]
    digits: float | None  # type of the input's values
    values: float | None  # type of the values in the panel
    stacked: bool = False  # whether input, window and maps stand one below the other, as a signal's do


def pool_layout(trace: PoolScan, maps: int) -> PoolLayout:
    """Room for a pool of any size and so many maps of its output's size."""
    if trace.windowed.line:
        return _stacked(trace, maps)
    top, left, _, _ = trace.windowed.padding
    rows, columns = (axis.padded + axis.overhang for axis in trace.axes)
    (high, wide), (kh, kw) = trace.output_size, trace.windowed.window_size
    tall = BOTTOM - TOP
    enlarged = min(PANEL, tall / kh, PANEL_WIDE / kw)
    room = ROOM - 2 * GAP - kw * enlarged
    largest = max(rows * columns, high * wide)
    cell = snap(min(LARGEST, tall / rows, room / (columns + wide), (room - LABEL) / columns), largest)
    small = snap(min(cell, (tall - (maps - 1) * MAP_GAP) / (maps * high)), largest)
    if high * wide <= MOST_CELLS and cell_type(trace.output[0], small) is None:
        larger = min(LARGEST, (tall - (maps - 1) * MAP_GAP) / (maps * high), 1.3 * LABEL / wide)
        small = larger if larger > small and cell_type(trace.output[0], larger) else small
    width = columns * cell + kw * enlarged + max(wide * small, LABEL)
    gap = min(WIDE_GAP, (ROOM - width) / 2)
    x = MARGIN + (ROOM - width - 2 * gap) / 2
    height, breadth = trace.input.shape[-2:]
    plane = Place(round(x + left * cell), round(MIDDLE - rows * cell / 2 + top * cell), cell, height, breadth)
    x += columns * cell + gap * (1 - ASIDE)
    panel = Place(x, MIDDLE - kh * enlarged / 2, enlarged, kh, kw)
    x = panel.right + gap * (1 + ASIDE) + max(0.0, LABEL - wide * small) / 2
    y = MIDDLE - (maps * high * small + (maps - 1) * MAP_GAP) / 2
    step = high * small + MAP_GAP
    places = tuple(Place(round(x), round(y + index * step), small, high, wide) for index in range(maps))
    return _typed(trace, plane, panel, places)


def _stacked(trace: PoolScan, maps: int) -> PoolLayout:
    """A signal over its window over its maps, which stand side by side."""
    cols, wide, kw = trace.axes[1], trace.output_size[1], trace.windowed.window_size[1]
    columns, largest = cols.padded + cols.overhang, max(cols.padded + cols.overhang, wide)
    enlarged = min(PANEL, ROOM / kw)
    cell = snap(min(LARGEST, ROOM / columns), largest)
    small = snap(min(cell, (ROOM - (maps - 1) * BETWEEN) / (maps * wide)), largest)
    gap = min(MOST_DROP, (BOTTOM - TOP - cell - enlarged - small) / 2)
    y = MIDDLE - (cell + enlarged + small + 2 * gap) / 2
    middle = WIDTH / 2
    x = round(middle - columns * cell / 2 + trace.windowed.padding[1] * cell)
    plane = Place(x, round(y), cell, 1, trace.input.shape[-1])
    panel = Place(middle - kw * enlarged / 2, plane.bottom + gap, enlarged, 1, kw)
    each = max(wide * small, LABEL)
    left = middle - (maps * each + (maps - 1) * BETWEEN) / 2 + (each - wide * small) / 2
    lefts = [round(left + at * (each + BETWEEN)) for at in range(maps)]
    places = tuple(Place(x, round(panel.bottom + gap), small, 1, wide) for x in lefts)
    return replace(_typed(trace, plane, panel, places), stacked=True)


def _typed(trace: PoolScan, plane: Place, panel: Place, maps: tuple[Place, ...]) -> PoolLayout:
    values = trace.input[0]
    return PoolLayout(
        plane,
        panel,
        maps,
        digits=None if values.size > MOST_CELLS else cell_type(values, plane.cell),
        values=None if panel.rows * panel.columns > MOST_CELLS else cell_type(values, panel.cell),
    )
