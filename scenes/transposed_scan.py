"""A transposed convolution in the two ways it is taught: stamps that overlap, and a scan over a stuffed input."""

from __future__ import annotations

from typing import Final

from manim import Transform, linear

from core import Stamp, Step, TransposeTrace
from look import Look
from look.phrases import conventions
from scenes import _transposed_words as words
from scenes._ink import UNIT
from scenes._kernel_turn import HalfTurn
from scenes._motion import Glide, Run, nothing
from scenes._scan_formula import size_formulas
from scenes._scan_lane import portions
from scenes._scan_schedule import Kind, run_beats
from scenes._scan_stage import fly
from scenes._scan_sweep import Pass, passes
from scenes._stage import Stage, shares
from scenes._transposed_board import TransposedBoard
from scenes._transposed_press import Press, around, landed, lifted

NEEDS: Final = ("transposed",)
NAME = words.NAME

# Milliseconds: the opening; the first stamp, the others; padding cuts; zeros go in and the kernel turns; gather on its
# way to the watched cell, there, and after it; the result.
OPENING, FIRST, OTHERS, CUT, CHANGE, WAY, WATCHED, REST, RESULT = 1500, 1800, 2000, 600, 1600, 800, 1700, 500, 1500
BIAS = 600  # ms more for the cut, of the first stamp's time, where a bias is added to the sum
STAMP = (0.48, 0.3, 0.22)  # of the first stamp's time: products light, it flies to the canvas, a rest
WINDOW = (0.16, 0.42, 0.2, 0.22)  # of the watched step's: the window moves, products light, the value travels, a rest
HOME = 0.4  # s, the kernel's way back


class TransposedScan(Stage):
    """Twelve seconds, whatever the lesson's size."""

    seconds = 12

    def construct(self) -> None:
        """Scatter, then gather, then both."""
        trace, look = self.trace, self.look
        group, plane = trace.windowed.channels(0), trace.input[0].size
        self.stamps = trace.stamps[group.start * plane : group.stop * plane]
        first, others = (FIRST, OTHERS) if len(self.stamps) > 1 else (FIRST + OTHERS, 0)
        more = BIAS if trace.highlight.bias else 0
        self.beats = run_beats(1, len(self.stamps), others) if others else []
        shown = [Press(self.stamps[beat.first]) for beat in self.beats if beat.kind is Kind.QUICK]
        self.board = TransposedBoard(trace, look, self.stamps, [Press(self.stamps[0]), *shown, trace.highlight])
        self.add(self.header(trace.lesson.title[look.lang], conventions(trace, look)), *self.board.layers)
        self.introduce(OPENING / 1000)
        self.stamp_slowly(self.stamps[0], (first - more) / 1000)
        self.stamp_on()
        self.cut((CUT + more) / 1000)
        self.change(CHANGE / 1000)
        self.gather()
        self.conclude(RESULT / 1000)

    def introduce(self, seconds: float) -> None:
        """The input, the kernel and a blank canvas."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.intro"))
        self.caption(words.intro(self.trace, look))
        board.scatter()
        board.counter.count_to(0)
        self.say_of(None)
        board.title(look.say(f"{NAME}.scatter"))
        self.wait(seconds)

    def stamp_slowly(self, stamp: Stamp, seconds: float) -> None:
        """The first stamp: its products light one after the other, then it flies to the canvas."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.scatter"))
        self.caption(words.scatter(self.trace, look))
        light, fly, rest = shares(seconds, STAMP)
        board.turn_to(stamp)
        together = portions(*stamp.weights[0].shape)
        for taps, time in zip(together, shares(light, [1] * len(together)), strict=True):
            board.press(stamp, taps)
            self.wait(time)
        self.fly(stamp, fly)
        board.land(stamp, 1)
        self.wait(rest)

    def fly(self, stamp: Stamp, seconds: float) -> None:
        """A stamp leaves the grid and lands on the canvas."""
        board, press = self.board, Press(stamp)
        layout, shade = board.layout, board.product_shade
        moving = lifted(press, layout.grids[0], layout.products, shade, self.look)
        there = landed(press, board.canvas.taps(stamp), layout.written, shade, self.look)
        board.flight.show(moving)
        self.play(Transform(moving, there), run_time=seconds)

    def stamp_on(self) -> None:
        """The other stamps, one at a time or, of too many, in a sweep."""
        board = self.board
        for beat in self.beats:
            if beat.kind is Kind.SWEEP:
                self.say_of(None)
                self.sweep_stamps(beat.first, beat.last, beat.milliseconds)
                continue
            stamp = self.stamps[beat.first]
            move, rest = shares(beat.seconds, (0.5, 0.5))
            board.turn_to(stamp)
            board.press(stamp)
            self.glide_frame(self.stamps[beat.first - 1], stamp, move)
            board.land(stamp, beat.first + 1)
            self.say_of(stamp)
            self.wait(rest)

    def say_of(self, stamp: Stamp | None) -> None:
        """The foot says of a stamp if the sum that is written has nothing of it; else what it says of all."""
        at, look, trace = self.trace.highlight, self.look, self.trace
        if stamp is None or (at.row in stamp.rows and at.col in stamp.cols):
            self.board.counter.say(words.foot_of_scatter(trace, look, dashed=not self.board.layout.picture))
        else:
            self.board.counter.say(look.say(f"{NAME}.missed"))

    def glide_frame(self, before: Stamp, after: Stamp, seconds: float) -> None:
        """The window on the canvas moves from one stamp's place to another's."""
        right, down = self.frame_shift(before, after)
        self.play(Glide(self.board.frame, right, down), run_time=seconds)

    def frame_shift(self, before: Stamp, after: Stamp) -> tuple[float, float]:
        """How far it is on the canvas from one stamp to another: pixels right and down."""
        (x0, y0, *_), (x1, y1, *_) = (around(self.board.canvas.taps(stamp)) for stamp in (before, after))
        return x1 - x0, y1 - y0

    def sweep_stamps(self, first: int, last: int, milliseconds: int) -> None:
        """Many stamps: the window runs along the rows, the canvas fills behind it."""
        board, columns = self.board, self.trace.input.shape[2]
        cell = board.layout.input.cell
        runs = passes(first, last, columns, milliseconds)
        for run, seconds in zip(runs, shares(milliseconds / 1000, [run.weight for run in runs]), strict=True):
            start, stop = self.stamps[run.start], self.stamps[run.stop]
            board.run_on(start, run.first)

            def fill(share: float, run: Pass = run) -> None:
                board.add_stamps(run.first + int(share * (run.last - run.first)))

            self.play(
                Glide(board.frame, *self.frame_shift(start, stop), rate_func=linear),
                Glide(board.light, (stop.col - start.col) * cell, 0, rate_func=linear),
                Run(board.right, fill, rate_func=linear),
                *(Run(part, nothing) for part in (board.progress, board.sum)),
                run_time=seconds,
            )
            board.add_stamps(run.last)

    def cut(self, seconds: float) -> None:
        """Padding cuts the canvas, and the bias is added: what is left is the feature map."""
        board = self.board
        self.chapter(self.look.say(f"{NAME}.chapters.cut"))
        self.caption(words.cut(self.trace, self.look))
        board.cut()
        board.counter.say(words.foot_of_cut(self.trace, self.look))
        self.wait(seconds)

    def change(self, seconds: float) -> None:
        """The cells of the input move apart and zeros come between them; the kernel turns by 180 degrees."""
        board, look = self.board, self.look
        apart, still, turn, rest = shares(seconds, (0.3, 0.2, 0.35, 0.15))
        board.gather()
        board.counter.count_to(0)
        board.counter.say(words.foot_of_gather(self.trace, look, dashed=not board.layout.picture))
        board.title(look.say(f"{NAME}.gather"))
        glides = board.plane.glides()
        if glides:
            self.play(*glides, run_time=apart)
        else:
            self.wait(apart)
        board.fill_up()
        self.wait(still)
        grid = board.layout.grids[0]
        self.play(HalfTurn(board.kernel, grid), run_time=turn)
        board.turned()
        self.wait(rest)

    def gather(self) -> None:
        """The scan: to the watched cell in a sweep, there in full, and on in a sweep."""
        board, trace = self.board, self.trace
        steps, watched = trace.steps[: trace.output[0].size], trace.highlight
        self.chapter(self.look.say(f"{NAME}.chapters.gather"))
        self.caption(words.gather(trace, self.look))
        way, full, rest = WAY, WATCHED, REST
        if watched.index + 1 == len(steps):
            full, rest = full + rest, 0
        land = way if not watched.index else way // 2
        self.play(Transform(board.kernel, board.ride(steps[0])), run_time=land / 1000)
        board.stand(steps[0])
        if watched.index:
            self.sweep(0, watched.index, way - land)
        self.work_out(watched, full / 1000)
        if rest:
            self.sweep(watched.index + 1, len(steps), rest)

    def work_out(self, step: Step, seconds: float) -> None:
        """The watched step with all its numbers."""
        board = self.board
        move, read, travel, rest = shares(seconds, WINDOW)
        board.counter.turn_to(step.index + 1)
        right, down = board.shift(step)
        self.play(*(Glide(part, right, down) for part in (board.kernel, board.glow)), run_time=move)
        board.stand(step)
        board.magnify(step)
        together = portions(*step.weights[0].shape)
        for taps, time in zip(together, shares(read, [1] * len(together)), strict=True):
            board.read(step, taps)
            self.wait(time)
        assert board.value is not None
        fly(self, board.flight, board.value.copy(), board.map.digits(step.row, step.col), travel)
        board.arrive(step)
        self.wait(rest)
        self.poster()

    def sweep(self, first: int, last: int, milliseconds: int) -> None:
        """Many steps: the window runs along the rows, and the values are found where they were expected."""
        board, steps, columns = self.board, self.trace.steps, self.trace.output_size[1]
        board.magnify(None)
        board.products.clear()
        board.glow.show()
        board.title(self.look.say(f"{NAME}.gather"))
        runs = passes(first, last, columns, milliseconds)
        for run, seconds in zip(runs, shares(milliseconds / 1000, [run.weight for run in runs]), strict=True):
            start, stop = steps[run.start], steps[run.stop]
            right, down = board.shift(start)
            for part in (board.kernel, board.glow):
                part.shift((right * UNIT, -down * UNIT, 0.0))
            board.at = start

            def fill(share: float, run: Pass = run, column: int = start.col) -> None:
                board.find(run.first, run.last, column + int(share * (run.stop - run.start)))

            def count(share: float, run: Pass = run) -> None:
                board.counter.count_to(run.first + int(share * (run.last - run.first)))

            right, down = board.shift(stop)
            glides = [Glide(part, right, down, rate_func=linear) for part in (board.kernel, board.glow)]
            counts = Run(board.progress, count, rate_func=linear)
            self.play(*glides, Run(board.right, fill, rate_func=linear), counts, run_time=seconds)
            board.at = stop
            board.find(run.first, run.last)

    def conclude(self, seconds: float) -> None:
        """The kernel at rest, the map that both ways make, and the formula of its size."""
        board, look = self.board, self.look
        self.chapter(look.say(f"{NAME}.chapters.result"))
        self.caption(words.result(self.trace, look))
        board.conclude()
        board.sum.show(size_formulas(self.trace, look))
        board.counter.say(words.foot_of_result(self.trace, look))
        self.play(Transform(board.kernel, board.home()), run_time=HOME)
        board.turned()
        self.wait(round(seconds - HOME, 3))


def alt(trace: TransposeTrace, look: Look) -> str:
    """Both ways in a few sentences, with the watched sum."""
    return words.describe(trace, look)
