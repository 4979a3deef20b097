"""A dilated kernel scans the input: its taps stand apart, and what lies between them is skipped."""

from __future__ import annotations

from typing import Final

from manim import Transform

from core import Step, Trace
from look import Look
from look.numbers import size
from look.phrases import DOT, pair, spoken_sum
from scenes import _scan_words as words
from scenes._scan_formula import span_formulas
from scenes._scan_schedule import Beat, Kind, schedule
from scenes._stage import shares
from scenes.convolution_scan import ConvolutionScan

NEEDS: Final = ("convolution", "plane", "dilated", "not flipped")
NAME = "dilated-scan"
OPENING, EDGE = 3000, 1600  # ms that the opening and the result last
SPREAD = (0.3, 0.4, 0.3)  # of the opening: the dense kernel, its taps move apart, how far it reaches now


class DilatedScan(ConvolutionScan):
    """The scan in eleven seconds; before it, the kernel is spread."""

    seconds = 11
    spread = True

    def beats(self) -> tuple[Beat, ...]:
        """How the seconds are shared out."""
        count, highlight = len(self.steps), self.trace.highlight.index
        return schedule(count, highlight, seconds=self.seconds, edge=EDGE, opening=OPENING)

    def opening(self) -> str:
        """The title of the first chapter."""
        return self.look.say(f"{NAME}.chapters.spread", dilation=pair(self.trace.convolution.dilation))

    def subtitle(self, kind: Kind, first: int, last: int) -> str:
        """What is said about a part of the scan; the opening tells how far the kernel reaches."""
        if kind is Kind.INTRO:
            dilation = pair(self.trace.convolution.dilation)
            return self.look.say(f"{NAME}.captions.spread", dilation=dilation, **reach(self.trace))
        return super().subtitle(kind, first, last)

    def foot(self, step: Step) -> str:
        """What is stated about a step, and how much of its window is skipped."""
        return DOT.join([self.look.say(f"{NAME}.skips", skipped=self.trace.convolution.skipped), super().foot(step)])

    def introduce(self, beat: Beat) -> None:
        """The dense kernel, its taps moving apart, and the formula of its span."""
        board, look, first = self.board, self.look, self.steps[0]
        dense, move, reached = shares(beat.seconds, SPREAD)
        board.signs.spread = False
        board.rest(first)
        board.turn_to(0, done=0)
        board.progress.count_to(0)
        board.progress.say(words.conventions_at_rest(self.trace, look))
        for lane, pose in zip(board.lanes, board.dense(first), strict=True):
            lane.kernel.submobjects = pose.submobjects
            lane.resting.show()
        self.wait(dense)
        board.signs.spread = True
        board.signs.rest(first)
        poses = zip(board.lanes, board.home(first), strict=True)
        self.play(*(Transform(lane.kernel, pose) for lane, pose in poses), run_time=move)
        board.rest(first)
        board.formula.show(span_formulas(self.trace, look))
        kernel = reach(self.trace)
        board.progress.say(
            look.say(f"{NAME}.reads", span=kernel["span"], reads=kernel["reads"], skipped=kernel["skipped"])
        )
        self.wait(reached)
        board.formula.show()


def reach(trace: Trace) -> dict[str, str | int]:
    """How many cells the kernel spans, and how many of them it reads and skips."""
    rows, cols = trace.axes
    taps = trace.kernel[0, 0]
    return {
        "kernel": size(*taps.shape),
        "span": size(rows.span, cols.span),
        "reads": taps.size,
        "skipped": trace.convolution.skipped,
    }


def alt(trace: Trace, look: Look) -> str:
    """The kernel's reach and the scan, with the highlighted sum."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt",
        dilation=pair(trace.convolution.dilation),
        input=size(*trace.input.shape[-2:]),
        output=size(*trace.output_size),
        steps=len(trace.steps),
        row=step.row,
        col=step.col,
        sum=spoken_sum(step, look),
        **reach(trace),
    )
