"""A pool's window scans the input: the largest cell wins, or all are averaged."""

from __future__ import annotations

from functools import partial
from typing import Final

from manim import linear

from look import Look
from look.phrases import conventions
from scenes import _pool_words as words
from scenes._ink import WIDTH
from scenes._motion import Glide, Run, nothing
from scenes._pool_board import PoolBoard
from scenes._scan_formula import size_formulas
from scenes._scan_lane import portions
from scenes._scan_layout import SUM_LINE
from scenes._scan_schedule import Beat, Kind, schedule
from scenes._scan_stage import ScanStage, fly
from scenes._scan_subtitles import subtitles
from scenes._scan_sweep import Pass, passes
from scenes._stage import shares

NEEDS: Final = ("pooling",)
EDGE = 1600  # ms that the opening and the result last
FULL = (0.12, 0.45, 0.2, 0.23)  # of a full step's time: the window moves, cells are read, the value travels, a rest
HOME = 0.4  # s, the window's way back to the highlighted step


class PoolingScan(ScanStage):
    """Ten seconds, whatever the lesson's size. Of several channels the first is shown."""

    seconds = 10

    def construct(self) -> None:
        """Play the schedule."""
        trace, look = self.trace, self.look
        self.steps = trace.steps
        beats = schedule(trace.output[0].size, trace.highlight.index, seconds=self.seconds, edge=EDGE)
        self.cues += subtitles(beats, partial(words.said, trace, look))
        shown = [self.steps[beat.first] for beat in beats if beat.kind in (Kind.FULL, Kind.QUICK)]
        self.board = PoolBoard(trace, look, shown)
        self.add(self.header(trace.lesson.title[look.lang], conventions(trace, look)), *self.board.layers)
        show = {
            Kind.INTRO: self.introduce,
            Kind.FULL: self.work_out,
            Kind.QUICK: self.step_on,
            Kind.SWEEP: self.sweep,
            Kind.RESULT: self.conclude,
        }
        for beat in beats:
            self.announce(beat.kind, beat.first)
            show[beat.kind](beat)

    def announce(self, kind: Kind, first: int) -> None:
        """The chapter of a beat, unless it goes on with the one before."""
        highlight = self.trace.highlight
        if kind is Kind.FULL and first and first == highlight.index:
            text = self.look.say(f"{words.NAME}.chapters.highlight", row=highlight.row, col=highlight.col)
        else:
            rest = first > highlight.index > 0
            name = {Kind.FULL: "first", Kind.INTRO: "intro", Kind.RESULT: "result"}.get(
                kind, "rest" if rest else "scan"
            )
            text = self.look.say(f"{words.NAME}.chapters.{name}")
        if text not in (said for _, said in self.chapters):
            self.chapter(text)

    def introduce(self, beat: Beat) -> None:
        """The input with the window on its first cells, and empty maps."""
        board = self.board
        board.stand(self.steps[0])
        board.progress.count_to(0)
        board.progress.say(words.rest(self.trace, self.look))
        self.wait(beat.seconds)

    def work_out(self, beat: Beat) -> None:
        """One step: its cells are read one after the other, and what they come to travels to the map."""
        board, step = self.board, self.steps[beat.first]
        land, read, travel, rest = shares(beat.seconds, FULL)
        board.progress.turn_to(step.index + 1)
        board.progress.say(words.rest(self.trace, self.look))
        board.panel.clear()
        board.sum.show()
        self.move(step, land)
        together = portions(*step.patch.shape[1:])
        for taps, seconds in zip(together, shares(read, [1] * len(together)), strict=True):
            board.light(step, taps)
            self.wait(seconds)
        self.face(step)
        board.complete(step)
        self.deliver(step, travel)
        self.wait(rest)
        if step.index == self.trace.highlight.index:
            self.poster()

    def face(self, step: words.PoolStep) -> None:
        """What the foot says about a step."""
        self.board.progress.turn_to(step.index + 1)
        self.board.progress.say(words.foot(step, self.look))

    def move(self, step: words.PoolStep, seconds: float) -> None:
        """The window glides on."""
        board = self.board
        board.magnify(None)
        board.lights.show()
        right, down = board.shift(step)
        if right or down:
            self.play(*(Glide(part, right, down) for part in board.riding), run_time=seconds)
        else:
            self.wait(seconds)
        board.stand(step)
        board.magnify(step)

    def deliver(self, step: words.PoolStep, seconds: float) -> None:
        """The value travels to its cell, the index of the largest stands beside it."""
        board = self.board
        fly(self, board.flight, board.flight_start(step), board.map.digits(step.row, step.col), seconds)
        board.arrive(step)

    def sweep(self, beat: Beat) -> None:
        """Many steps: the window runs along the rows, the maps fill behind it."""
        board = self.board
        board.panel.clear()
        board.magnify(None)
        board.lights.show()
        board.sum.show(self.text(self.look.say(f"{words.NAME}.sweep"), WIDTH / 2, SUM_LINE, 40, "kernel"))
        board.progress.say(words.rest(self.trace, self.look))
        columns = self.trace.output_size[1]
        runs = passes(beat.first, beat.last, columns, beat.milliseconds)
        for run, seconds in zip(runs, shares(beat.seconds, [run.weight for run in runs]), strict=True):
            start, stop = self.steps[run.start], self.steps[run.stop]
            board.stand(start)

            def fill(share: float, run: Pass = run, column: int = start.col) -> None:
                board.fill(run.first, run.last, column + int(share * (run.stop - run.start)))
                board.progress.mark(run.first + share * (run.last - run.first))

            right, down = board.shift(stop)
            glides = (Glide(part, right, down, rate_func=linear) for part in board.riding)
            others = (Run(part, nothing) for part in board.filling[1:])
            self.play(*glides, Run(board.filling[0], fill, rate_func=linear), *others, run_time=seconds)
            board.at = stop
            board.fill(run.first, run.last)
            board.remember(run.first, run.last)
            board.progress.count_to(run.last)

    def conclude(self, beat: Beat) -> None:
        """The finished maps, the window back at the highlighted step, and the formula of the maps' size."""
        board, step = self.board, self.trace.highlight
        board.leave()
        board.progress.say(words.result(self.trace, self.look, marked=bool(board.won.submobjects)))
        board.sum.show(size_formulas(self.trace, self.look))
        self.move(step, HOME)
        board.complete(step)
        board.arrive(step)
        board.progress.count_to(board.count)
        board.sum.show(size_formulas(self.trace, self.look))
        self.wait(round(beat.seconds - HOME, 3))


def alt(trace: words.PoolTrace, look: Look) -> str:
    """The scan in a sentence or two, with the highlighted step."""
    return words.describe(trace, look)
