"""Patches become rows, the kernel becomes a column, and the convolution is one matrix product."""

from __future__ import annotations

from typing import Final

from manim import FadeIn, FadeOut, Group, LaggedStart, Mobject, VGroup

from core import Trace
from look import Look
from look.grid import Box
from look.numbers import size
from look.phrases import DOT, conventions, fitting_sum, leaves_out_zero_weights, spoken_sum
from scenes._im2col_board import Board
from scenes._im2col_cells import outline
from scenes._im2col_flight import Flight
from scenes._im2col_names import signs
from scenes._im2col_reveal import Reveal
from scenes._im2col_schedule import COPIES, FOLD, INTRO, KERNEL, MULTIPLY, SECONDS, row_beats, runs
from scenes._im2col_stage import ROOM, STORY_SIZE, Im2colStage, middle
from scenes._im2col_words import (
    copies_line,
    copying,
    flattening,
    folding,
    kernel_line,
    opening,
    product,
    row_landing,
)
from scenes._ink import rectangle, strokes
from scenes._motion import Glide, Slot

NEEDS: Final = ("convolution", "plane", "not columns")

NAME = "im2col-build"
VEIL = 0.72
LIFT, LIFTED = 0.2, 400  # the share of a flight for which a patch lifts off as a whole; ms a flight must last for that


class Im2colBuild(Im2colStage):
    """Input, matrix, kernel, output: everything stands where it stays, and cells fly between."""

    seconds = SECONDS
    story_at = 942.0

    def construct(self) -> None:
        """The five acts."""
        self.board = Board(self.trace, self.look)
        self.lens = Slot()
        self.open()
        self.lay_rows()
        self.light_copies()
        self.flatten_kernel()
        self.multiply()
        self.fold()

    def open(self) -> None:
        """The first frame: everything but the entries."""
        look, trace, board = self.look, self.trace, self.board
        lesson = trace.lesson.title[look.lang]
        self.add(self.header(look.say(f"{NAME}.title"), conventions(trace, look), lesson))
        self.note.show(self.small_print(look.say(f"{NAME}.indices")))
        self.add(self.note)
        self.add(board.standing)
        self.first = board.places.excerpt.patches[0].index
        self.windows = board.windows(self.first)
        self.lens.show(board.lens(self.first))
        self.at = self.first
        self.add(self.lens, self.windows, self.story)
        self.chapter(look.say(f"{NAME}.chapter.rows"))
        self.caption(opening(trace, look))
        self.tell(look.say(f"{NAME}.open"))
        self.hold(INTRO)

    def lay_rows(self) -> None:
        """Every patch lifts off and lands as a row; of a long matrix the first rows one by one, the rest in sweeps."""
        look, count = self.look, self.trace.im2col.shape[0]
        head, rest = runs(self.board.places.excerpt.rows)
        beats, sweep = row_beats(len(head), len(rest))
        self.rows: dict[int, Group] = {}
        for at, (index, (glide, flight, pause)) in enumerate(zip(head, beats, strict=True)):
            if at == 0 or index + 1 == count == 2:
                self.caption(row_landing(self.trace, self.board.patches[index], look))
            elif at == 1:
                self.caption(
                    look.say(f"{NAME}.cue.rest", first=index + 1, count=count, size=size(*self.trace.im2col.shape))
                )
            self.tell(look.say(f"{NAME}.patch", index=index + 1, count=count, row=index))
            self.go_to(index, glide)
            row = self.rows[index] = self.board.row(index)
            self.add(row)
            self.bring_to_front(self.windows)
            lift = LIFT if flight >= LIFTED else 0.0
            self.play(Flight(row, self.board.sources(index), spread=0.6, lift=lift), run_time=flight / 1000)
            self.hold(pause)
        for block in rest:
            self.tell(look.say(f"{NAME}.patch", index=block[-1] + 1, count=count, row=block[-1]))
            self.sweep(block, sweep)

    def go_to(self, index: int, milliseconds: int) -> None:
        """The window glides to the patch of a row; on pictures the enlarged patch follows."""
        if index == self.at or not milliseconds:
            return
        self.play(Glide(self.windows, *self.board.shift(self.at, index)), run_time=milliseconds / 1000)
        self.at = index
        self.lens.show(self.board.lens(index))

    def sweep(self, block: list[int], milliseconds: int) -> None:
        """The window runs over what is left out, and the next rows that are shown appear."""
        for index in block:
            self.rows[index] = self.board.row(index)
        last = block[-1]
        self.play(
            Glide(self.windows, *self.board.shift(self.at, last)),
            LaggedStart(*(FadeIn(self.rows[index]) for index in block), lag_ratio=0.3),
            run_time=milliseconds / 1000,
        )
        self.at = last
        self.lens.show(self.board.lens(last))
        self.bring_to_front(self.windows)

    def light_copies(self) -> None:
        """The most copied input cell and all its copies light together, the rest steps back."""
        look, trace, board = self.look, self.trace, self.board
        self.chapter(look.say(f"{NAME}.chapter.copies"))
        source = board.places.excerpt.most_copied(trace)
        count = int(trace.im2col.counts[source])
        self.caption(copying(trace, source, look))
        lit = trace.im2col.row_of(trace.highlight.row, trace.highlight.col)
        self.remove(self.windows)
        lens = board.lens(lit)
        self.lens.show(lens)
        entries = board.places.excerpt.copies(source)
        self.tell(copies_line(trace, count, len(entries), look))
        if count < 2:
            self.hold(COPIES)
            return
        columns = list(board.places.matrix.grid.across)
        cells = [self.rows[index].submobjects[columns.index(column)] for index, column in entries]
        home, origin = board.home(source), board.home_cell(source, lens)
        boxes = [board.places.matrix.grid.cell(*entry) for entry in entries]
        leads = strokes([(middle(home), middle(box)) for box in boxes], look, "accent", line=2.0, opacity=0.55)
        marks = VGroup(*(self.mark(box, "accent") for box in boxes))
        veil = VGroup(*(self.veil(box) for box in (board.input_box, board.matrix_box)))
        for height, raised in ((1, [veil]), (2, [leads]), (3, [origin, *cells]), (4, [marks])):
            for mobject in raised:
                mobject.set_z_index(height)
        ring = self.mark(home, "accent").set_z_index(4)
        self.play(FadeIn(veil), FadeIn(ring), run_time=0.3)
        self.play(FadeIn(leads), FadeIn(marks), run_time=0.3)
        self.hold(COPIES - 850)
        self.play(FadeOut(Group(veil, leads, marks, ring)), run_time=0.25)
        for mobject in (origin, *cells):
            mobject.set_z_index(0)

    def veil(self, box: Box) -> Mobject:
        """What makes a part of the picture step back."""
        left, top, right, bottom = box
        return rectangle(
            left - 8, top - 8, right - left + 16, bottom - top + 16, self.look, fill="background"
        ).set_opacity(VEIL)

    def flatten_kernel(self) -> None:
        """The kernel's weights, in the order of the matrix's columns, become a column for each filter."""
        look = self.look
        self.chapter(look.say(f"{NAME}.chapter.kernel"))
        self.caption(flattening(self.trace, look))
        self.tell([(kernel_line(self.trace, look), "kernel")])
        flights = []
        for filter_ in self.board.places.filters:
            cells, boxes = self.board.column(filter_)
            self.add(cells)
            flights.append(Flight(cells, boxes, spread=0.6, arc=0.15))
        self.play(*flights, run_time=(KERNEL - 200) / 1000)
        self.add(signs(self.trace, self.board.places, look))
        self.hold(200)

    def multiply(self) -> None:
        """Row by row the matrix meets the column; at the highlighted row the product is written out."""
        look, trace, board = self.look, self.trace, self.board
        self.chapter(look.say(f"{NAME}.chapter.multiply"))
        step = trace.highlight
        lit = trace.im2col.row_of(step.row, step.col)
        grid, first = board.places.matrix.grid, board.places.column.grid
        filter_ = board.places.filters[0]
        band = outline(grid.row_box(self.first), look)
        post = outline((first.across[filter_][0], first.y, first.across[filter_][1], first.bottom), look, "kernel")
        self.results: dict[int, Group] = {}
        shown = list(grid.down)
        each = min(130, 1000 // max(1, len(shown) - 1))
        slow = MULTIPLY - each * (len(shown) - 1)
        at = self.first
        self.add(band, post)
        self.tell("")
        for index in shown:
            result = self.results[index] = board.result(index, bold=index == lit)
            down = grid.down[index][0] - grid.down[at][0]
            moves = [Glide(band, 0, down)] if down else []
            at = index
            if index != lit:
                self.play(*moves, FadeIn(result), run_time=each / 1000)
                continue
            self.caption(look.say(f"{NAME}.cue.row_product", row=index, sum=spoken_sum(step, look)))
            if moves:
                self.play(*moves, run_time=each / 1000)
            if len(step.patch) > 1:
                self.note.show(
                    self.small_print(look.say(f"{NAME}.channel_sums_bias" if step.bias else f"{NAME}.channel_sums"))
                )
            elif leaves_out_zero_weights(step):
                self.note.show(self.small_print(look.say("common.conventions.zero_weights")))
            window = board.windows(lit)
            self.add(window)
            self.tell(fitting_sum(step, look, ROOM, STORY_SIZE * 0.7), FadeIn(result), milliseconds=300)
            self.add(self.mark(board.places.results.grid.cell(lit, filter_), "output"))
            self.bring_to_front(band)
            self.hold(60)
            self.poster()
            self.hold(slow - 360 - (each if moves else 0))
            self.remove(window)
            self.tell("")
            self.note.show(self.small_print(look.say(f"{NAME}.indices")))
        self.remove(band, post)

    def fold(self) -> None:
        """The output column folds back into the feature map, and the sizes are written down."""
        look, trace, board = self.look, self.trace, self.board
        self.chapter(look.say(f"{NAME}.chapter.fold"))
        self.caption(folding(trace, look))
        self.tell(product(trace, look))
        moves = []
        for filter_, drawn in board.maps.items():
            cells, boxes, others = Group(), [], Group()
            for index in range(trace.im2col.shape[0]) if board.places.maps[filter_].size else ():
                cell = board.map_cell(filter_, index)
                if index in self.results:
                    cells.add(cell)
                    boxes.append(board.places.results.grid.cell(index, filter_))
                else:
                    others.add(cell)
            if cells.submobjects:
                self.add(cells)
                moves.append(Flight(cells, boxes, spread=0.5, arc=0.0))
            if others.submobjects:
                moves.append(FadeIn(others))
            if not board.places.maps[filter_].size:
                moves.append(Reveal(drawn))
        self.play(*moves, run_time=0.8)
        step, place = trace.highlight, next(iter(board.places.maps.values())).place
        self.add(self.mark(place.at(step.row, step.col), "output"))
        self.hold(FOLD - 800)

    def small_print(self, left: str) -> VGroup:
        """The foot of the page: what is counted at the left, the order of the layout at the right."""
        look = self.look
        said = look.say(f"{NAME}.tints_many") if len(self.trace.input) > 1 else look.say(f"{NAME}.tints")
        if self.trace.convolution.flip:
            said = look.say("im2col-matmul.turned")
        return self.footer(left, DOT.join([look.say(f"{NAME}.order"), said]))


def alt(trace: Trace, look: Look) -> str:
    """What the film shows, with the lesson's numbers."""
    step = trace.highlight
    rows, columns = trace.im2col.shape
    values = {
        "matrix": size(rows, columns),
        "kernel": size(*trace.im2col.weights.shape),
        "output": size(rows, len(trace.kernel)),
        "map": size(*trace.output_size),
        "row": trace.im2col.row_of(step.row, step.col),
        "sum": spoken_sum(step, look),
    }
    if len(trace.kernel) == 1:
        return look.say(f"{NAME}.alt", **values)
    return look.say(f"{NAME}.alt_many", filters=len(trace.kernel), **values)
