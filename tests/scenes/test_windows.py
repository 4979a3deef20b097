"""The window of every film marks the cells that are read: what a dilated one skips is dimmed, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import Mobject, VMobject

from core import Trace
from core.mode_variant import border_step, mode_variants
from core.window import Window
from look import Look
from scenes import _col2im_board, _im2col_board, _matmul_board
from scenes._lattice import Lattice, Place
from scenes._mode_layout import panel_places
from scenes._mode_panel import ModePanel
from scenes._pool_board import PoolBoard
from scenes._scan_kernel import VEIL
from scenes._windows import Windows
from tests.scenes._operations import DILATED, POOLS, read
from tests.scenes._overlap import ink_box

LOOK = Look("light", "en")
Drawn = tuple[Window, Lattice, Mobject]


def _trace(name: str) -> Trace:
    found = read(name, DILATED.get(name))
    assert isinstance(found, Trace)
    return found


def _im2col(trace: Trace) -> Drawn:
    board = _im2col_board.Board(trace, LOOK)
    return board.step(1), board.places.planes[0].place, board.windows(1)


def _matmul(trace: Trace) -> Drawn:
    board = _matmul_board.Board(trace, LOOK)
    return board.step(1), board.places.planes[0].place, board.windows(1)


def _col2im(trace: Trace) -> Drawn:
    board = _col2im_board.Board(trace, LOOK)
    return board.step(1), board.places.sums.place, board.window(1)


def _modes(trace: Trace) -> Drawn:
    place = panel_places(trace, 4)[0]
    step = border_step(trace)
    return step, place.plane, ModePanel(mode_variants(trace)[0], trace, place, LOOK).window(step)


def _planes(trace: Trace) -> Drawn:
    plane = Place(300, 300, 40, *trace.input.shape[1:])
    windows = Windows([plane], LOOK)
    windows.stand(trace.steps[1])
    return trace.steps[1], plane, windows.frames


def _veiled(drawn: Mobject, plane: Lattice, step: Window) -> set[tuple[int, int]]:
    """The cells within the window's span whose middle lies under a veil."""
    veils = [
        ink_box(part)
        for part in drawn.get_family()
        if isinstance(part, VMobject) and len(part.points) and part.get_fill_opacity() == VEIL
    ]
    rows, cols = step.input_rows, step.input_cols
    found = set()
    for row in range(rows[0], rows[-1] + 1):
        for col in range(cols[0], cols[-1] + 1):
            x, y = plane.center(row, col)
            if any(left < x < right and top < y < bottom for left, top, right, bottom in veils):
                found.add((row, col))
    return found


def _skipped(step: Window) -> set[tuple[int, int]]:
    rows, cols = step.input_rows, step.input_cols
    spanned = np.ndindex(rows[-1] - rows[0] + 1, cols[-1] - cols[0] + 1)
    return {(rows[0] + r, cols[0] + c) for r, c in spanned if rows[0] + r not in rows or cols[0] + c not in cols}


@pytest.mark.parametrize("name", ["dilated", "uneven", "padded", "article"])
@pytest.mark.parametrize("draw", [_im2col, _matmul, _col2im, _modes, _planes])
def test_what_a_window_skips_is_dimmed_and_what_it_reads_is_not(draw: Callable[[Trace], Drawn], name: str) -> None:
    trace = _trace(name)
    if draw is _modes and "padded" not in trace.lesson.traits:
        trace = _trace("uneven")
    step, plane, drawn = draw(trace)
    assert _veiled(drawn, plane, step) == _skipped(step)
    assert bool(_skipped(step)) == bool(trace.windowed.skipped)


def test_a_pools_window_too() -> None:
    trace = read("holes", POOLS["holes"])
    board = PoolBoard(trace, LOOK, [trace.steps[0]])  # type: ignore[arg-type]
    board.stand(trace.steps[0])  # type: ignore[arg-type]
    assert _veiled(board.frame, board.layout.plane, trace.steps[0]) == _skipped(trace.steps[0]) != set()
