"""The kernel scans the input and the feature map fills in."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from manim import Transform, linear

from core import Step, Trace
from look import Look
from look.phrases import DOT, conventions
from scenes import _scan_words as words
from scenes._ink import WIDTH
from scenes._kernel_turn import HalfTurn
from scenes._motion import Glide, Run
from scenes._scan_board import Board
from scenes._scan_formula import size_formulas
from scenes._scan_kernel import window_shift
from scenes._scan_layout import SUM_LINE
from scenes._scan_schedule import SECONDS, Beat, Kind, schedule
from scenes._scan_stage import ScanStage, fly
from scenes._scan_subtitles import subtitles
from scenes._scan_sum import SumLine
from scenes._scan_sweep import Pass, passes
from scenes._scan_unread import read_copies, told_unread
from scenes._stage import shares

NEEDS: Final = ("convolution",)

FIRST = (0.22, 0.46, 0.17, 0.15)  # of a full step's time: the window lands, products light, the value travels, a rest
AGAIN = (0.14, 0.44, 0.17, 0.25)
HOME = 0.3  # s, the kernel's way back
TURNING = 1600  # ms that the opening lasts if the kernel turns in it
TURN = (0.4, 0.35, 0.25)  # of the opening: the kernel as written, its turn, a rest


class ConvolutionScan(ScanStage):
    """Eight seconds, whatever the lesson's size; `scenes._scan_schedule` shares them out."""

    seconds = SECONDS
    spread = False  # whether the kernel at rest has the holes of its dilation

    def beats(self) -> tuple[Beat, ...]:
        """How the seconds are shared out."""
        opening = TURNING if self.trace.convolution.flip else None
        return schedule(len(self.steps), self.trace.highlight.index, opening=opening)

    def subtitle(self, kind: Kind, first: int, last: int) -> str:
        """What is said about a part of the scan, the steps `first` to `last - 1`."""
        return words.said(self.trace, self.look, kind, first, last)

    def construct(self) -> None:
        """Play the schedule."""
        trace, look = self.trace, self.look
        self.steps = trace.steps
        beats = self.beats()
        self.cues += subtitles(beats, self.subtitle)
        shown = [self.steps[beat.first] for beat in beats if beat.kind in (Kind.FULL, Kind.QUICK)]
        self.board = Board(trace, look, shown, spread=self.spread)
        self.add(self.header(trace.lesson.title[look.lang], conventions(trace, look)), *self.board.layers)
        show = {
            Kind.INTRO: self.introduce,
            Kind.FULL: self.work_out,
            Kind.QUICK: self.step_on,
            Kind.SWEEP: self.sweep,
            Kind.RESULT: self.conclude,
        }
        for kind, run in groupby(beats, key=lambda beat: beat.kind):
            together = list(run)
            self.announce(kind, together[0].first)
            for beat in together:
                show[kind](beat)

    def announce(self, kind: Kind, first: int) -> None:
        """The chapter of a run of beats of one kind; each full step has one of its own."""
        if kind is Kind.INTRO:
            self.chapter(self.opening())
        elif kind in (Kind.QUICK, Kind.SWEEP):
            self.scan_chapter(first)
        elif kind is Kind.RESULT:
            self.chapter(self.look.say("convolution-scan.chapters.result"))

    def opening(self) -> str:
        """The title of the first chapter."""
        return self.look.say("convolution-scan.chapters.intro")

    def scan_chapter(self, first: int) -> None:
        """A new chapter, if the scan goes on in another way than before."""
        rest = first > self.trace.highlight.index > 0
        text = self.look.say(f"convolution-scan.chapters.{'rest' if rest else 'scan'}")
        if text not in (said for _, said in self.chapters):
            self.chapter(text)

    def introduce(self, beat: Beat) -> None:
        """Input, kernel and the empty feature map."""
        board = self.board
        board.rest(self.steps[0])
        board.turn_to(0, done=0)
        board.progress.count_to(0)
        board.progress.say(words.conventions_at_rest(self.trace, self.look))
        if self.trace.convolution.flip:
            self.turn(beat.seconds)
        else:
            self.wait(beat.seconds)

    def turn(self, seconds: float) -> None:
        """True convolution: the kernels as written turn by 180 degrees."""
        board = self.board
        written, turn, turned = shares(seconds, TURN)
        for lane, pose in zip(board.lanes, board.unturned(self.steps[0]), strict=True):
            lane.kernel.submobjects = pose.submobjects
        board.signs.clear()
        self.wait(written)
        self.play(*(HalfTurn(lane.kernel, lane.grid) for lane in board.lanes), run_time=turn)
        board.rest(self.steps[0])
        self.wait(turned)

    def work_out(self, beat: Beat) -> None:
        """One step with all its numbers, one after the other."""
        board, step, look = self.board, self.steps[beat.first], self.look
        highlight = step.index == self.trace.highlight.index
        name, values = ("first", {}) if step.index == 0 else ("highlight", {"row": step.row, "col": step.col})
        self.chapter(look.say(f"convolution-scan.chapters.{name}", **values))
        land, taps, travel, rest = shares(beat.seconds, FIRST if step.index == 0 else AGAIN)
        self.begin(step)
        self.face(step)
        board.begin(step)
        self.move(step, land)
        portions = [*board.portions(step), *([None] if step.bias else [])]
        for number, (portion, seconds) in enumerate(zip(portions, shares(taps, [1] * len(portions)), strict=True), 1):
            if portion is not None:
                board.light(step, *portion)
            if number == len(portions):
                board.sum.add_up(step, None)
            self.wait(seconds)
        board.complete(step)
        self.deliver(step, travel)
        self.wait(rest)
        if highlight:
            self.poster()

    def begin(self, step: Step) -> None:
        """Turn to a step: its filter's weights, its map."""
        self.board.jump_filter(step)
        self.board.turn_to(step.channel, done=step.index)

    def face(self, step: Step) -> None:
        """What the foot says about a step."""
        self.board.progress.turn_to(step.index + 1)
        self.board.progress.say(self.foot(step))

    def foot(self, step: Step) -> str:
        """What is stated about a step."""
        terms = self.board.sum.terms_shown(step) if isinstance(self.board.sum, SumLine) else None
        return words.foot(self.trace, step, self.look, terms)

    def move(self, step: Step, seconds: float) -> None:
        """The kernel leaves its place for the window, or glides on to the next one."""
        board = self.board
        board.magnify(None)
        if board.at is None:
            poses = zip(board.lanes, board.ride(step), strict=True)
            self.play(*(Transform(lane.kernel, pose) for lane, pose in poses), run_time=seconds)
            board.land(step)
        else:
            right, down = window_shift(board.lanes[0].plane, board.at, step)
            self.play(*(Glide(part, right, down) for part in board.riding), run_time=seconds)
            board.at = step
        board.magnify(step)

    def deliver(self, step: Step, seconds: float) -> None:
        """The value travels from the sum to its cell."""
        board = self.board
        assert board.sum.value is not None
        fly(self, board.flight, board.sum.value.copy(), board.maps.of(step.channel).digits(step.row, step.col), seconds)
        board.arrive(step)

    def sweep(self, beat: Beat) -> None:
        """Many steps: the window runs along the rows, the feature map fills behind it."""
        board = self.board
        for lane in board.lanes:
            lane.products.clear()
        board.magnify(None)
        many = len(self.trace.output) > 1
        said = self.look.say(f"convolution-scan.{'sweep_many' if many else 'sweep'}")
        board.sum.show(self.text(said, WIDTH / 2, SUM_LINE, 40, "kernel"))
        board.progress.say(words.conventions_at_rest(self.trace, self.look))
        columns = self.trace.output_size[1]
        runs = passes(beat.first, beat.last, columns, beat.milliseconds)
        for run, seconds in zip(runs, shares(beat.seconds, [run.weight for run in runs]), strict=True):
            start, stop = self.steps[run.start], self.steps[run.stop]
            board.turn_to(start.channel, done=run.first)
            board.jump(start)

            def fill(share: float, run: Pass = run, start: Step = start) -> None:
                board.maps.fill(run.first, run.last, start.col + int(share * (run.stop - run.start)))

            def count(share: float, run: Pass = run) -> None:
                board.progress.mark(run.first + share * (run.last - run.first))

            right, down = window_shift(board.lanes[0].plane, start, stop)
            glides = (Glide(part, right, down, rate_func=linear) for part in board.riding)
            self.play(
                *glides,
                Run(board.maps, fill, rate_func=linear),
                Run(board.progress, count, rate_func=linear),
                run_time=seconds,
            )
            board.at = stop
            board.maps.fill(run.first, run.last)
            board.progress.count_to(run.last)

    def conclude(self, beat: Beat) -> None:
        """The kernel at rest again, the finished feature map, and the formula of its size."""
        board, look, first = self.board, self.look, self.steps[0]
        board.magnify(None)
        board.leave(first)
        board.formula.show(size_formulas(self.trace, look))
        board.mark_unread()
        said = [*told_unread(self.trace, look), look.say("common.conventions.floor")]
        if any(read_copies(self.trace)):
            said = said[:1]
        elif self.trace.convolution.groups > 1:
            said = [words.filter_shown(self.trace, first, look), *said][:2]  # the formula's brackets say floor too
        board.progress.say(DOT.join(said))
        poses = zip(board.lanes, board.home(first), strict=True)
        self.play(*(Transform(lane.kernel, pose) for lane, pose in poses), run_time=HOME)
        board.rest(first)
        self.wait(round(beat.seconds - HOME, 3))


def alt(trace: Trace, look: Look) -> str:
    """The scan in a sentence or two, with the highlighted sum."""
    return words.describe(trace, look)
