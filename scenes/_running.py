"""Windows that run along the rows of many steps at once, while what they make fills in behind them."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject, linear

from core.window import Window
from scenes._motion import Run
from scenes._scan_schedule import Beat
from scenes._scan_sweep import Pass, passes
from scenes._stage import Stage, shares
from scenes._windows import Windows

Fill = Callable[[int, int, int | None], None]
"""Shows the steps `first` to `last - 1`, as far as up to a column of the map (None: all of them)."""


def run_along(
    stage: Stage,
    windows: Windows,
    beat: Beat,
    columns: int,
    step_of: Callable[[int], Window],
    fill: Fill,
    filling: Mobject,
) -> None:
    """Play a beat of many steps of maps with so many columns; `filling` is what `fill` changes."""
    runs = passes(beat.first, beat.last, columns, beat.milliseconds)
    for run, seconds in zip(runs, shares(beat.seconds, [run.weight for run in runs]), strict=True):
        windows.jump(step_of(run.start))

        def show(share: float, run: Pass = run) -> None:
            fill(run.first, run.last, run.start % columns + int(share * (run.stop - run.start)))

        glides = windows.glides(step_of(run.stop), rate_func=linear)
        stage.play(*glides, Run(filling, show, rate_func=linear), run_time=seconds)
        fill(run.first, run.last, None)
