"""Every filter is as deep as the input: products add up within each channel, then across the channels."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from manim import FadeIn

from core import Step, Trace
from look import Look
from look.phrases import conventions
from scenes import _channel_words as words
from scenes._channel_board import ChannelBoard
from scenes._channel_layout import map_count
from scenes._motion import Run
from scenes._running import run_along
from scenes._scan_schedule import Beat, Kind, run_beats, schedule
from scenes._scan_stage import ScanStage, fly
from scenes._stage import shares
from scenes._subtitles import READABLE

NEEDS: Final = ("convolution", "plane", "channels", "not depthwise")
NAME = "multi-channel-scan"
SECONDS = 14
INTRO, FAN, CLOSE, RESULT = 1.7, 1.0, 0.9, 2.0  # seconds
FILTER, OTHERS = 2.0, 3.2  # seconds for each further filter whose map is shown, and at most for all of them
FULL = (0.1, 0.52, 0.14, 0.12, 0.12)  # of a full step: the windows land, the lanes, the sum across, its way, a rest
SWAP = 0.4  # seconds from one filter to the next


class MultiChannelScan(ScanStage):
    """The stacks fan out into lanes, one filter scans, then the others; at last everything is stacked again."""

    seconds = SECONDS

    def construct(self) -> None:
        """Stacks, lanes, the first filter step by step, the other filters, stacks."""
        trace, look = self.trace, self.look
        self.steps = trace.steps
        self.cells = trace.output_size[0] * trace.output_size[1]
        self.shown_filters = map_count(len(trace.output), trace.output_size[0])
        first, others = self._beats()
        shown = [self.steps[beat.first] for beat in first + others if beat.kind in (Kind.FULL, Kind.QUICK)]
        self.board = ChannelBoard(trace, look, shown)
        lesson = trace.lesson.title[look.lang]
        title = look.say(f"{NAME}.{'title' if trace.convolution.groups == 1 else 'title_groups'}")
        self.add(self.header(title, conventions(trace, look), lesson), *self.board.layers)
        self._open()
        show = {Kind.FULL: self._work_out, Kind.QUICK: self.step_on, Kind.SWEEP: self._sweep}
        for full, run in groupby(first, key=lambda beat: beat.kind is Kind.FULL):
            beats = list(run)
            if not full:
                long = sum(beat.seconds for beat in beats) >= READABLE
                self.caption(look.say(f"{NAME}.captions.scan") if long else "")
            for beat in beats:
                self._announce(beat)
                show[beat.kind](beat)
        if others:
            self.chapter(look.say(f"{NAME}.chapters.others"))
            self.caption(words.other_filters(self.shown_filters, look))
        for beat in others:
            if beat.first % self.cells == 0:
                self._turn_to(self.steps[beat.first])
            show[beat.kind](beat)
        self._close()

    def _beats(self) -> tuple[list[Beat], list[Beat]]:
        """The first filter's scan, and those of the others whose maps are shown; the first has what time is left."""
        others: list[Beat] = []
        each = min(FILTER, OTHERS / max(1, self.shown_filters - 1))
        for filter_ in range(1, self.shown_filters):
            begin, end = filter_ * self.cells, (filter_ + 1) * self.cells
            others += run_beats(begin, end, round(1000 * (each - SWAP)))
        before, after = (INTRO + FAN) * 1000, (each * (self.shown_filters - 1) + CLOSE + RESULT) * 1000
        scan = schedule(
            self.cells, self.trace.highlight.index, seconds=SECONDS, edge=round(after), opening=round(before)
        )
        return list(scan[1:-1]), others

    def _open(self) -> None:
        """The stacks as they are, then fanned out."""
        board, look, step = self.board, self.look, self.steps[0]
        self.chapter(look.say(f"{NAME}.chapters.intro"))
        self.caption(words.intro(self.trace, look))
        board.maps.turn_to(0, done=0)
        board.stack(step, deep=True)
        board.progress.count_to(0)
        board.progress.say(words.stacked(self.trace, look))
        self.wait(INTRO)
        self._fan(step, FAN, out=True)

    def _fan(self, step: Step, seconds: float, *, out: bool) -> None:
        """From stacks to lanes, or back."""
        board = self.board

        def move(share: float) -> None:
            board.part(step, 1 - share if out else share)

        board.signs.clear()
        self.play(Run(board.stacks.cells, move), run_time=seconds)
        if out:
            board.fan(step)
        else:
            board.stack(step, deep=False)

    def _announce(self, beat: Beat) -> None:
        """The chapter of a beat of the first filter."""
        look, highlight = self.look, self.trace.highlight
        if beat.first == 0:
            text = look.say(f"{NAME}.chapters.first")
        elif beat.kind is Kind.FULL:
            text = look.say(f"{NAME}.chapters.highlight", row=highlight.row, col=highlight.col)
        else:
            text = look.say(f"{NAME}.chapters.{'rest' if beat.first > highlight.index > 0 else 'scan'}")
        if text not in (said for _, said in self.chapters):
            self.chapter(text)

    def _work_out(self, beat: Beat) -> None:
        """One step with all its numbers: lane by lane, then across."""
        board, step = self.board, self.steps[beat.first]
        self.caption(words.full_step(self.trace, step, self.look))
        land, lanes, across, travel, rest = shares(beat.seconds, FULL)
        board.begin(step)
        self.face(step)
        self.move(step, land)
        for lane, seconds in zip(board.lanes, shares(lanes, [1] * len(board.lanes)), strict=True):
            multiply, add = shares(seconds, [0.55, 0.45])
            board.multiply(step, lane)
            self.wait(multiply)
            board.tally.add_up(step, lane + 1)
            self.wait(add)
        board.complete(step)
        self.wait(across)
        self._deliver(step, travel)
        self.wait(rest)
        if step.index == self.trace.highlight.index:
            self.poster()

    def face(self, step: Step) -> None:
        """What the foot says of a step."""
        self.board.progress.turn_to(step.index + 1)
        self.board.progress.say(words.foot(self.trace, step, self.look))

    def move(self, step: Step, seconds: float) -> None:
        """The windows glide to a step's cells, or appear there."""
        windows = self.board.windows
        self.board.leave()
        if windows.at is None:
            windows.stand(step)
            self.play(FadeIn(windows.glows), FadeIn(windows.frames), run_time=seconds)
        else:
            self.play(*windows.glides(step), run_time=seconds)
        self.board.enlarge(step)

    def _deliver(self, step: Step, seconds: float) -> None:
        """The value travels from the sum to its cell."""
        board = self.board
        assert board.tally.value is not None
        fly(
            self,
            board.flight,
            board.tally.value.copy(),
            board.maps.of(step.channel).digits(step.row, step.col),
            seconds,
        )
        board.arrive(step)

    def _turn_to(self, step: Step) -> None:
        """The next filter takes the place of the one before; its windows begin again."""
        board, before = self.board, self.steps[step.index - 1]
        board.begin(before)
        board.windows.hide()
        self.face(step)
        self.play(Run(board.stacks.cells, lambda share: board.stacks.swap(before, step, share)), run_time=SWAP)
        board.fan(step)
        board.maps.turn_to(step.channel, done=step.index)

    def _sweep(self, beat: Beat) -> None:
        """Many steps: the windows run along the rows, the feature map fills behind them."""
        board = self.board
        board.begin(self.steps[beat.first])
        board.progress.say(self.look.say("convolution-scan.sweep"))

        def fill(first: int, last: int, column: int | None) -> None:
            board.maps.fill(first, last, column)
            if column is None:
                board.progress.count_to(last)

        columns = self.trace.output_size[1]
        run_along(self, board.windows, beat, columns, self.steps.__getitem__, fill, board.maps)

    def _close(self) -> None:
        """The lanes close to stacks again; the maps are full."""
        board, look, step = self.board, self.look, self.steps[(self.shown_filters - 1) * self.cells]
        self.chapter(look.say(f"{NAME}.chapters.result"))
        self.caption(words.result(self.trace, look))
        board.maps.turn_to(0, done=len(self.steps))
        board.progress.count_to(len(self.steps))
        board.progress.say(words.stacked(self.trace, look))
        self._fan(step, CLOSE, out=False)
        board.tally.say(words.weight_runs(self.trace, look))
        self.wait(RESULT)


def alt(trace: Trace, look: Look) -> str:
    """The stacks, the sum within and across channels at the highlighted cell, and what comes out."""
    return words.describe(trace, look)
