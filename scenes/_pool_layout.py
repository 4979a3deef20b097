"""Where everything in the pooling film stands: the input, its window enlarged, and one or two maps, in page pixels."""

from __future__ import annotations

from dataclasses import dataclass

from core import AverageStep, MaxStep
from core.scan import Scan
from scenes._heat import MOST_CELLS
from scenes._lattice import Place
from scenes._matrix import cell_type
from scenes._scan_layout import BOTTOM, LABEL, LARGEST, MAP_GAP, MARGIN, MIDDLE, ROOM, TOP, snap

PANEL, PANEL_WIDE = 150.0, 400.0  # side of an enlarged cell, and what all of them may be wide
GAP, WIDE_GAP = 170.0, 260.0
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


def pool_layout(trace: PoolScan, maps: int) -> PoolLayout:
    """Room for a pool of any size and so many maps of its output's size."""
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
    return PoolLayout(
        plane,
        panel,
        tuple(Place(round(x), round(y + index * step), small, high, wide) for index in range(maps)),
        digits=None if trace.input[0].size > MOST_CELLS else cell_type(trace.input[0], cell),
        values=None if kh * kw > MOST_CELLS else cell_type(trace.input[0], enlarged),
    )
