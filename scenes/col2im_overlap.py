"""Every patch folds back onto the input's plane, copies of a cell add up, and their count gives the input back."""

from __future__ import annotations

from typing import Final

from manim import FadeIn, FadeOut, VGroup

from core import Trace
from look import Look
from look.exactness import equals
from look.grid import Box
from look.numbers import number, size
from look.phrases import DOT, bracketed, conventions
from look.typesetting import Run
from scenes._col2im_board import NAME, Board
from scenes._im2col_flight import Flight
from scenes._im2col_schedule import runs
from scenes._im2col_stage import INSET, Im2colStage, middle
from scenes._ink import strokes
from scenes._motion import Glide, Slot
from scenes._motion import Run as Moving

NEEDS: Final = ("convolution", "plane", "overlapping")

INTRO, FOLD, CELL, IDENTITY = 800, 4600, 2500, 3100  # ms
FIRST, SECOND, SWEEP, LONGEST = 1600, 900, 700, 500  # of the first column, the second, a run after a gap, of the others
STEPS = 12  # of a sweep: how often the tallies count on
MOST_TERMS = 9
FOLDED = "fold(unfold(x))"


class Col2imOverlap(Im2colStage):
    """Columns, sums, counts and input stand where they stay; copies of the patches fly home."""

    seconds = (INTRO + FOLD + CELL + IDENTITY) / 1000

    def construct(self) -> None:
        """The four acts."""
        self.board = Board(self.trace, self.look)
        self.signs = Slot()
        self.open()
        self.fold()
        self.light_copies()
        self.identify()

    def open(self) -> None:
        """The first frame: the patches, the input that they were taken from, and the empty planes."""
        look, trace, board = self.look, self.trace, self.board
        self.add(self.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang]))
        self.add(self.small_print(), board.sums, board.reads, board.standing, self.story, self.signs)
        self.chapter(look.say(f"{NAME}.chapter.fold"))
        rows = trace.im2col.shape[0]
        self.caption(look.say(f"{NAME}.cue.open", count=rows, size=size(board.trace.im2col.taps, rows)))
        self.tell(look.say(f"{NAME}.open"))
        self.hold(INTRO)

    def fold(self) -> None:
        """Column after column goes home; of many the first one by one, the rest in sweeps."""
        head, rest = runs(self.board.places.excerpt.rows)
        self.window, self.post, self.at = self.board.window(head[0]), self.board.post(head[0]), head[0]
        self.add(self.window, self.post)
        left = FOLD - SWEEP * len(rest)
        for at, index in enumerate(head):
            beat = self.beat(at, len(head), left)
            left -= beat
            self.tell(self.counted(f"{NAME}.patch", index))
            if at == 1:
                self.caption(self.look.say(f"{NAME}.cue.fold"))
            self.send_home(index, beat)
        for block in rest:
            self.tell(self.counted(f"{NAME}.patch", block[-1]))
            self.sweep(block)
        self.hold(left)
        self.remove(self.window, self.post)

    def beat(self, at: int, count: int, left: int) -> int:
        """Milliseconds of the column in this place, of those `left` for all that follow."""
        if at == 0:
            return min(FIRST, left)
        if at == 1:
            return min(SECOND, left // (count - 1))
        return min(LONGEST, left // (count - at))

    def send_home(self, index: int, milliseconds: int) -> None:
        """Copies of a column fly onto the sums, where they are added."""
        board = self.board
        glide = 0 if index == self.at else round(milliseconds * 0.3)
        if glide:
            self.play(*self.glides(index), run_time=glide / 1000)
        cells, boxes = board.flying(index)
        self.add(cells)
        self.bring_to_front(self.window, self.post)
        lift, hold = (0.2, round(milliseconds * 0.2)) if milliseconds >= SECOND else (0.0, 0)
        flight = Flight(cells, boxes, spread=0.5, lift=lift)
        self.play(flight, run_time=(milliseconds - glide - hold) / 1000)
        self.remove(cells)
        board.tally(index + 1)
        self.board.dim(index)
        self.hold(hold)

    def glides(self, index: int) -> list[Glide]:
        """The window and the outline of the column on their way."""
        across = self.board.places.matrix.grid.across
        right = across[index][0] - across[self.at][0]
        moves = [Glide(self.window, *self.board.shift(self.at, index)), Glide(self.post, right, 0)]
        self.at = index
        return moves

    def sweep(self, block: list[int]) -> None:
        """The window runs over what is left out while sums and counts count on."""
        start, stop = self.at + 1, block[-1] + 1
        done = [start]

        def count_on(share: float) -> None:
            first = start + round(round(share * STEPS) / STEPS * (stop - start))
            if first != done[0]:
                done[0] = first
                self.board.tally(first)

        counting = Moving(self.board.sums, count_on)
        self.play(*self.glides(block[-1]), counting, run_time=SWEEP / 1000)
        self.board.tally(stop)
        for index in block:
            self.board.dim(index)

    @property
    def source(self) -> tuple[int, int]:
        """The input cell that is copied most, with as many copies in sight as any."""
        _, row, column = self.board.places.excerpt.most_copied(self.trace, nonzero=True)
        return row, column

    def light_copies(self) -> None:
        """The most copied cell: all its copies in the columns light, and their sum is written out."""
        look, board = self.look, self.board
        self.chapter(look.say(f"{NAME}.chapter.cell"))
        row, column = self.source
        value, total = self.trace.input[board.channel, row, column].item(), board.totals[row, column].item()
        count = int(board.counts[row, column])
        self.caption(look.say(f"{NAME}.cue.cell", row=row, col=column, count=count, value=value, total=total))
        entries = board.places.excerpt.copies((board.channel, row, column))
        grid = board.places.matrix.grid
        boxes = [grid.cell(tap, index) for index, tap in entries]
        home = board.places.sums.place.at(row, column)
        for index, tap in entries:
            board.light(index, tap)
        leads = strokes([(middle(box), middle(home)) for box in boxes], look, "accent", line=2.0, opacity=0.55)
        leads.set_z_index(-1)  # under the digits
        marks = VGroup(*(self.marked(box, "accent") for box in boxes))
        self.lit = self.marked(home, "output")
        self.play(FadeIn(marks), FadeIn(leads), FadeIn(self.lit), run_time=0.4)
        self.tell(self.summed(value, count, total))
        self.hold(200)
        self.poster()
        self.hold(CELL - 950)
        self.play(FadeOut(leads), run_time=0.35)

    def summed(self, value: float, count: int, total: float) -> list[Run]:
        """3 + 3 + 3 = 3·3 = 9: the copies, how many they are, and their sum."""
        terms = [bracketed(value) if at else number(value) for at in range(min(count, MOST_TERMS))]
        runs_: list[Run] = [(" + ".join(terms), "input")]
        if count > MOST_TERMS:
            runs_.append((" + …", "muted"))
        product: list[Run] = [(" = ", "ink"), (number(count), "kernel"), ("·", "muted"), (bracketed(value), "input")]
        return [*runs_, *product, (equals([value, total]), "ink"), (number(total), "output")]

    def identify(self) -> None:
        """Sums are counts times the input; divided by the counts they are the input."""
        look, board = self.look, self.board
        row, column = self.source
        self.chapter(look.say(f"{NAME}.chapter.identity"))
        self.caption(look.say(f"{NAME}.cue.identity"))
        marks = [
            self.marked(squares.place.at(row, column), role)
            for squares, role in ((board.places.counts, "kernel"), (board.places.input, "input"))
        ]
        self.signs.show(board.sign(0, "="), board.sign(1, "⊙"), *marks)
        counts: Run = (look.say(f"{NAME}.counts"), "kernel")
        self.tell([(FOLDED, "output"), (" = ", "ink"), counts, (" ⊙ ", "ink"), ("x", "input")])
        self.play(FadeIn(self.signs), FadeIn(board.factors()), run_time=0.4)
        self.hold(IDENTITY // 2 - 400)
        self.caption(look.say(f"{NAME}.cue.divide") if board.counts.all() else look.say(f"{NAME}.cue.unread"))
        self.signs.show(board.sign(0, "÷"), board.sign(1, "="), *marks)
        self.tell(self.divided(row, column))
        self.hold(IDENTITY - IDENTITY // 2)

    def divided(self, row: int, column: int) -> list[Run]:
        """fold(unfold(x)) ÷ counts = x, and the numbers of a cell."""
        board, value = self.board, self.trace.input[self.board.channel, row, column].item()
        total, count = board.totals[row, column].item(), int(board.counts[row, column])
        division: Run = (" ÷ ", "ink")
        named = [(FOLDED, "output"), division, (self.look.say(f"{NAME}.counts"), "kernel"), (" = ", "ink")]
        cell = [(number(total), "output"), division, (number(count), "kernel"), (equals([value, total]), "ink")]
        return [*named, ("x", "input"), (DOT, "muted"), *cell, (number(value), "input")]

    def marked(self, box: Box, role: str) -> VGroup:
        """The mark of a cell, which may be small."""
        return self.mark(box, role, min(INSET, (box[2] - box[0]) * 0.06))

    def small_print(self) -> VGroup:
        """The foot of the page: the layout at the left; what is shown, and what becomes of padding, at the right."""
        look, trace = self.look, self.trace
        said = [look.say("im2col-matmul.order")]
        if len(trace.input) > 1:
            said.append(look.say(f"{NAME}.channel", index=self.board.channel, count=len(trace.input)))
        if "wrapped" in trace.lesson.traits:
            padding = look.say(f"{NAME}.repeated")
        elif "padded" in trace.lesson.traits:
            padding = look.say(f"{NAME}.dropped")
        else:
            padding = look.say("im2col-build.tints")
        return self.footer(DOT.join(said), padding)


def alt(trace: Trace, look: Look) -> str:
    """What the film shows, with the lesson's numbers."""
    counts = trace.im2col.counts
    return look.say(
        f"{NAME}.alt",
        patches=trace.im2col.shape[0],
        input=size(*trace.input.shape[1:]),
        least=int(counts.min()),
        most=int(counts.max()),
    )
