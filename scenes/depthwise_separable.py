"""First each channel with a kernel of its own, then 1×1 filters that mix the channels."""

from __future__ import annotations

from typing import Final

from manim import FadeIn

from core import SeparableTrace, Step, Trace
from look import Look
from look.phrases import conventions
from scenes import _separable_words as words
from scenes._motion import Run
from scenes._running import Fill, run_along
from scenes._scan_map import FeatureMap
from scenes._scan_schedule import Beat, Kind, run_beats
from scenes._scan_stage import GLIDE, fly
from scenes._separable_board import SeparableBoard
from scenes._separable_layout import MOST_FILTERS
from scenes._stage import Stage, shares
from scenes._windows import Windows

NEEDS: Final = ("separable", "plane")
NAME = "depthwise-separable"
SECONDS = 14
INTRO, FIRST, REST, MIX, OTHERS, RESULT = 1.5, 2.9, 1.4, 4.0, 1.6, 2.6
FILL = 0.9  # s; the bar of weights fills
LAND = 0.35  # s; the windows appear
LANE = (0.25, 0.33, 0.32, 0.1)  # of a lane's time: the lane lights, its sum, the value's way, a rest
FULL = 2000  # ms of the highlighted step of the second stage
WORKED = (0.16, 0.44, 0.22)  # of it: the way there, the sum, the value's way; then a rest


class DepthwiseSeparable(Stage):
    """The first stage at one position lane by lane, then at all; the second filter by filter, one cell in full."""

    seconds = SECONDS
    trace: SeparableTrace  # type: ignore[assignment]

    def construct(self) -> None:
        """Depthwise, pointwise, and what is counted."""
        trace, look = self.trace, self.look
        self.first, self.second = trace.stages
        self.count = trace.output_size[0] * trace.output_size[1]
        self.filters = min(len(trace.output), MOST_FILTERS)
        beats = self._mixing_beats()
        lanes = [self.first.step_at(0, 0, channel) for channel in range(len(self.first.output))]
        summed = [self.second.steps[beat.first] for beat in beats if beat.kind is not Kind.SWEEP]
        self.board = SeparableBoard(trace, look, (lanes, summed))
        header = self.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang])
        self.add(header, *self.board.layers)
        self._open()
        self._first_position()
        self._other_positions()
        self._mix(beats)
        self._other_filters()
        self._count()

    def _mixing_beats(self) -> list[Beat]:
        """The first filter's steps: those before the highlighted one, that in full, those after it."""
        at = self.trace.highlight.index
        room = round(1000 * (MIX + (OTHERS if self.filters == 1 else 0.0))) - FULL
        before = room * at // max(1, self.count - 1)
        beats = run_beats(0, at, before) if at else []
        length = FULL + (room if self.count == 1 else 0)
        beats.append(Beat(Kind.FULL, at, at + 1, length))
        return beats + (run_beats(at + 1, self.count, room - before) if at + 1 < self.count else [])

    def _open(self) -> None:
        """Everything in its place, all maps empty."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.intro"))
        self.caption(words.intro(self.trace, look))
        board.progress.count_to(0)
        board.progress.say(words.at_rest(self.trace, look))
        self.wait(INTRO)

    def _first_position(self) -> None:
        """One window on every channel; lane by lane its own sum, which goes to its own map."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.depthwise"))
        self.caption(look.say(f"{NAME}.captions.depthwise"))
        board.work_on(second=False)
        board.windows.stand(self.first.steps[0])
        self.play(FadeIn(board.windows.glows), FadeIn(board.windows.frames), run_time=LAND)
        weights = [1.5 if lane == 0 else 1.0 for lane in board.lanes]
        for lane, seconds in zip(board.lanes, shares(FIRST - LAND, weights), strict=True):
            step = self.first.step_at(0, 0, lane)
            light, add, travel, rest = shares(seconds, LANE)
            board.clear()
            board.light(lane, step)
            board.progress.say(words.foot("depthwise", step, look))
            self.wait(light)
            board.add_up(step)
            self.wait(add)
            self._deliver(step, board.middles[lane], travel)
            board.progress.count_to(lane + 1)
            self.wait(rest)
        board.clear()

    def _other_positions(self) -> None:
        """The rest of the first stage, all channels at once."""
        board = self.board
        board.say(self.look.say(f"{NAME}.apart"))
        board.progress.say(words.at_rest(self.trace, self.look))
        self._scanned(1)
        beats = run_beats(1, self.count, round(1000 * REST)) if self.count > 1 else []
        for beat in beats:
            if beat.kind is Kind.SWEEP:
                self._run(beat, board.windows, self.first, self._fill_middles)
                continue
            step = self.first.steps[beat.first]
            glide, rest = shares(beat.seconds, (GLIDE, 1 - GLIDE))
            self.play(*board.windows.glides(step), run_time=glide)
            for feature_map in board.middles:
                feature_map.arrive(step.row, step.col)
            self._scanned(beat.last)
            self.wait(rest)
        if not beats:
            self.wait(REST)
        board.rest()

    def _scanned(self, positions: int) -> None:
        """So many positions of the first stage are done, in every channel."""
        self.board.progress.count_to(positions * len(self.first.output))

    def _fill_middles(self, first: int, last: int, column: int | None) -> None:
        for feature_map in self.board.middles:
            feature_map.rest()
            feature_map.fill(first, last, column)
        if column is None:
            self._scanned(last)

    def _mix(self, beats: list[Beat]) -> None:
        """The second stage's first filter, the highlighted step in full."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.pointwise"))
        self.caption(words.pointwise(self.trace, look))
        board.work_on(second=True)
        board.signs.turn_to(0)
        for beat in beats:
            if beat.kind is Kind.SWEEP:
                board.clear()
                self._run(beat, board.cells, self.second, self._fill_maps)
                continue
            step = self.second.steps[beat.first]
            way = (GLIDE, 0.0, 0.0) if beat.kind is Kind.QUICK else WORKED
            move, add, travel = (round(beat.seconds * share, 3) for share in way)
            self._move(step, move)
            board.progress.say(words.foot("pointwise", step, look))
            board.add_up(step)
            if add:
                self.wait(add)
                self._deliver(step, board.maps[0], travel)
            board.maps[0].arrive(step.row, step.col)
            self._mixed(beat.last)
            self.wait(round(beat.seconds - move - add - travel, 3))
            if beat.kind is Kind.FULL:
                self.poster()

    def _move(self, step: Step, seconds: float) -> None:
        """The cells that a 1×1 filter reads, one in each map."""
        cells = self.board.cells
        if cells.at is None:
            cells.stand(step)
            self.play(FadeIn(cells.frames), run_time=seconds)
        else:
            self.play(*cells.glides(step), run_time=seconds)

    def _mixed(self, steps: int) -> None:
        """So many steps of the second stage are done."""
        self.board.progress.count_to(len(self.first.steps) + steps)

    def _fill_maps(self, first: int, last: int, column: int | None) -> None:
        index = first // self.count
        feature_map = self.board.maps[index]
        feature_map.rest()
        feature_map.fill(first - index * self.count, last - index * self.count, column)
        if column is None:
            self._mixed(last)

    def _run(self, beat: Beat, windows: Windows, stage: Trace, fill: Fill) -> None:
        columns = self.trace.output_size[1]
        run_along(self, windows, beat, columns, stage.steps.__getitem__, fill, self.board.filling)

    def _deliver(self, step: Step, feature_map: FeatureMap, seconds: float) -> None:
        """The value travels from the sum to its cell."""
        board = self.board
        assert board.sum.value is not None
        fly(self, board.flight, board.sum.value.copy(), feature_map.digits(step.row, step.col), seconds)
        board.flight.show()
        feature_map.arrive(step.row, step.col)

    def _other_filters(self) -> None:
        """The other filters mix the same maps in their own way."""
        if self.filters == 1:
            return
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.others"))
        self.caption(look.say(f"{NAME}.captions.others"))
        board.maps[0].rest()
        board.say(look.say(f"{NAME}.captions.others"))
        board.progress.say(words.at_rest(self.trace, look))
        for index, seconds in enumerate(shares(OTHERS, [1.0] * (self.filters - 1)), 1):
            board.signs.turn_to(index)
            beat = Beat(Kind.SWEEP, index * self.count, (index + 1) * self.count, round(1000 * seconds))
            self._run(beat, board.cells, self.second, self._fill_maps)

    def _count(self) -> None:
        """All maps are full; what both steps take, and what the one convolution would."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.result"))
        self.caption(words.result(self.trace, look))
        board.clear()
        board.rest()
        board.signs.work_on(None)
        board.signs.filter.show()
        self._mixed(len(self.second.steps))
        board.progress.say(words.at_rest(self.trace, look))
        self.play(Run(board.counts, board.counts.fill), run_time=FILL)
        board.counts.fill(1.0)
        board.counts.tell()
        self.wait(RESULT - FILL)


def alt(trace: SeparableTrace, look: Look) -> str:
    """Both stages, a sum of the second, and what they save."""
    return words.describe(trace, look)
