"""Filters are rows, patches are columns: one matrix product makes every feature map."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from manim import FadeIn, Group, LaggedStart, Mobject, VGroup

from core import Trace
from look import Look
from look.grid import Box
from look.numbers import number, size
from look.phrases import DOT, conventions, fitting_sum, leaves_out_zero_weights, spoken_sum
from look.typesetting import Run
from scenes._im2col_cells import outline
from scenes._im2col_flight import Flight
from scenes._im2col_reveal import Reveal
from scenes._im2col_schedule import runs
from scenes._im2col_stage import ROOM, STORY_SIZE, Im2colStage
from scenes._matmul_board import Board
from scenes._matmul_schedule import FILTERS, FOLD, INTRO, REST, SECONDS, patch_beats, product_beats
from scenes._motion import Glide

NEEDS: Final = ("convolution", "plane")

NAME = "im2col-matmul"
MOST_VALUES = 6


class Im2colMatmul(Im2colStage):
    """Everything stands where it stays; weights, patches and results fly between."""

    seconds = SECONDS

    def construct(self) -> None:
        """The four acts."""
        self.board = Board(self.trace, self.look)
        self.open()
        self.lay_filters()
        self.lay_patches()
        self.multiply()
        self.fold()

    @property
    def only(self) -> bool:
        """Whether there is one filter."""
        return len(self.trace.kernel) == 1

    def open(self) -> None:
        """The first frame: everything but the entries."""
        look, trace, board = self.look, self.trace, self.board
        self.add(self.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang]))
        self.note.show(self.small_print(look.say(f"{NAME}.index")))
        self.add(self.note, board.standing)
        self.first = board.places.excerpt.patches[0].index
        self.windows, self.at = board.windows(self.first), self.first
        self.add(self.windows, self.story)
        filters, depth = len(trace.kernel), trace.im2col.shape[1]
        self.chapter(look.say(f"{NAME}.chapter.filters"))
        self.caption(look.say(f"{NAME}.cue.filters", filters=filters, size=size(filters, depth)))
        self.tell(look.say(f"{NAME}.open_one") if self.only else look.say(f"{NAME}.open"))
        self.hold(INTRO)

    def lay_filters(self) -> None:
        """Each kernel flattens to a row, one after the other."""
        look, filters = self.look, self.board.places.filters
        each = (FILTERS - 200) // len(filters)
        for filter_ in filters:
            said = look.say(f"{NAME}.filter", index=filter_)
            if self.only:
                said = look.say(f"{NAME}.kernel", count=self.trace.im2col.shape[1])
            self.tell([(said, "kernel")])
            cells, boxes = self.board.filter_row(filter_)
            self.add(cells)
            self.play(Flight(cells, boxes, spread=0.6, arc=0.12), run_time=each / 1000)
        self.hold(FILTERS - each * len(filters))

    def lay_patches(self) -> None:
        """Each patch lands as a column; of many the first one by one, the rest in sweeps."""
        look, trace, board = self.look, self.trace, self.board
        self.chapter(look.say(f"{NAME}.chapter.patches"))
        head, rest = runs(board.places.excerpt.rows)
        first, each, sweep, left = patch_beats(board.places.excerpt.rows)
        values = [number(value) for value in board.patches[self.first].values]
        shown = [*values[:MOST_VALUES], *["…"] * (len(values) > MOST_VALUES)]
        told = look.say("im2col-build.comma").join(shown)
        self.caption(look.say(f"{NAME}.cue.patch", count=len(values), values=told))
        for index in head:
            if len(head) > 1 and index == head[1]:
                self.caption(look.say(f"{NAME}.cue.patches", size=size(*trace.im2col.shape[::-1])))
            self.tell(self.counted(f"{NAME}.patch", index))
            glide = 0 if index == self.first else round(each * 0.35)
            self.go_to(index, glide)
            cells, boxes = board.patch(index)
            self.add(cells)
            self.bring_to_front(self.windows)
            beat, lift = (first, 0.25) if index == self.first else (each, 0.0)
            flight = round(beat * 0.85) if lift else beat - glide
            self.play(Flight(cells, boxes, spread=0.5, lift=lift), run_time=flight / 1000)
            self.hold(beat - glide - flight)
        for block in rest:
            self.tell(self.counted(f"{NAME}.patch", block[-1]))
            self.sweep(block, sweep)
        self.hold(left)
        self.remove(self.windows)

    def go_to(self, index: int, milliseconds: int) -> None:
        """The window glides to a patch."""
        if milliseconds:
            self.play(Glide(self.windows, *self.board.shift(self.at, index)), run_time=milliseconds / 1000)
            self.at = index

    def sweep(self, block: list[int], milliseconds: int) -> None:
        """The window runs over what is left out, and the next columns that are shown appear."""
        self.play(
            Glide(self.windows, *self.board.shift(self.at, block[-1])),
            LaggedStart(*(FadeIn(self.board.patch(index)[0]) for index in block), lag_ratio=0.3),
            run_time=milliseconds / 1000,
        )
        self.at = block[-1]
        self.bring_to_front(self.windows)

    def multiply(self) -> None:
        """The first row meets every column, at the highlighted one the sum is written out; then the other rows."""
        look, board = self.look, self.board
        self.chapter(look.say(f"{NAME}.chapter.multiply"))
        shown = list(board.places.matrix.grid.across)
        filters = board.places.filters
        step = self.trace.highlight
        lit = self.trace.im2col.row_of(step.row, step.col)
        each, slow, row = product_beats(len(shown), len(filters))
        self.results: dict[tuple[int, int], VGroup] = {}
        band = outline(board.filter_box(filters[0]), look, "kernel")
        post = outline(board.patch_box(shown[0]), look)
        self.add(band, post)
        self.tell("" if self.only else look.say(f"{NAME}.fill", filter=filters[0]))
        for before, index in zip([shown[0], *shown], shown, strict=False):
            result = self.results[filters[0], index] = board.result(filters[0], index, bold=index == lit)
            moves = [Glide(post, self.across(before, index), 0)] if before != index else []
            if index != lit:
                self.play(*moves, FadeIn(result), run_time=each / 1000)
            else:
                self.work_out(result, moves, slow)
                self.tell("" if self.only else look.say(f"{NAME}.fill", filter=filters[0]))
        for above, filter_ in pairwise(filters):
            if above == filters[0]:
                self.caption(look.say(f"{NAME}.cue.fill", entries=self.trace.output.size))
            self.tell(look.say(f"{NAME}.fill", filter=filter_))
            self.fill_row(filter_, band, post, (board.filter_box(above), board.filter_box(filter_)), row)
        self.remove(band, post)

    def across(self, before: int, after: int) -> float:
        """Pixels from one column to another."""
        grid = self.board.places.matrix.grid
        return grid.across[after][0] - grid.across[before][0]

    def work_out(self, result: VGroup, moves: list[Glide], milliseconds: int) -> None:
        """The highlighted cell: its row, its column, its patch, and the sum written out."""
        look, trace, board = self.look, self.trace, self.board
        step = trace.highlight
        lit = trace.im2col.row_of(step.row, step.col)
        said = {"filter": board.places.filters[0], "row": step.row, "col": step.col}
        self.caption(look.say(f"{NAME}.cue.sum", sum=spoken_sum(step, look), **said))
        if moves:
            self.play(*moves, run_time=0.15)
        if len(step.patch) > 1:
            key = "channel_sums_bias" if step.bias else "channel_sums"
            self.note.show(self.small_print(look.say(f"im2col-build.{key}")))
        elif leaves_out_zero_weights(step):
            self.note.show(self.small_print(look.say("common.conventions.zero_weights")))
        window = board.windows(lit)
        self.add(window)
        self.tell(fitting_sum(step, look, ROOM, STORY_SIZE * 0.7), FadeIn(result), milliseconds=350)
        self.add(self.mark(board.places.product.grid.cell(board.places.filters[0], lit), "output"))
        self.hold(100)
        self.poster()
        self.hold(milliseconds - 450 - (150 if moves else 0))
        self.remove(window)
        self.note.show(self.small_print(look.say(f"{NAME}.index")))

    def fill_row(self, filter_: int, band: Mobject, post: Mobject, boxes: tuple[Box, Box], milliseconds: int) -> None:
        """The next filter's row meets every column."""
        board = self.board
        shown = list(board.places.matrix.grid.across)
        cells = []
        for index in shown:
            cells.append(board.result(filter_, index))
            self.results[filter_, index] = cells[-1]
        step = round(milliseconds * 0.25)
        back = self.across(shown[-1], shown[0])
        self.play(Glide(band, 0, boxes[1][1] - boxes[0][1]), Glide(post, back, 0), run_time=step / 1000)
        self.play(
            Glide(post, -back, 0),
            LaggedStart(*(FadeIn(cell) for cell in cells), lag_ratio=0.6),
            run_time=(milliseconds - step) / 1000,
        )

    def fold(self) -> None:
        """Each row of the product folds into its feature map, and the sizes are written down."""
        look, trace, board = self.look, self.trace, self.board
        self.chapter(look.say(f"{NAME}.chapter.fold"))
        told = self.sizes()
        said = "".join(text for text, _ in told)
        self.caption(look.say(f"{NAME}.cue.fold", product=said, map=size(*trace.output_size)))
        each = (FOLD - REST - 300) // len(board.maps)
        for filter_, drawn in board.maps.items():
            self.tell([(look.say(f"{NAME}.fold_one") if self.only else self.folding(filter_), "output")])
            self.play(*self.fold_moves(filter_, drawn), run_time=each / 1000)
        step, place = trace.highlight, board.places.maps[board.places.filters[0]].place
        self.add(self.mark(place.at(step.row, step.col), "output"))
        self.tell(told)
        self.hold(FOLD - each * len(board.maps))

    def folding(self, filter_: int) -> str:
        """Which row folds."""
        return self.look.say(f"{NAME}.fold", filter=filter_)

    def fold_moves(self, filter_: int, drawn: Mobject) -> list[Mobject]:
        """What flies into a feature map, and what appears there because its column is left out."""
        board, squares = self.board, self.board.places.maps[filter_]
        if squares.size is None:
            return [Reveal(drawn)] if hasattr(drawn, "reveal") else [FadeIn(self.unread_map(filter_))]
        cells, boxes, others = Group(), [], Group()
        for index in range(self.trace.im2col.shape[0]):
            cell = board.map_cell(filter_, index)
            if (filter_, index) in self.results:
                cells.add(cell)
                boxes.append(board.places.product.grid.cell(filter_, index))
            else:
                others.add(cell)
        self.add(cells)
        return [Flight(cells, boxes, spread=0.5, arc=0.0), *([FadeIn(others)] if others.submobjects else [])]

    def sizes(self) -> list[Run]:
        """2×27 · 27×6 + bias = 2×6 in the colours of its parts."""
        (count, depth), filters = self.trace.im2col.shape, len(self.trace.kernel)
        bias: list[Run] = [(" + ", "muted"), (self.look.say("common.bias"), "accent")] if self.trace.bias.any() else []
        product: list[Run] = [(size(filters, depth), "kernel"), (" · ", "muted"), (size(depth, count), "ink")]
        return [*product, *bias, (" = ", "muted"), (size(filters, count), "output")]

    def small_print(self, left: str) -> VGroup:
        """The foot of the page: what is counted at the left, the layout and what tints mean at the right."""
        look, convolution = self.look, self.trace.convolution
        said = [look.say(f"{NAME}.order")]
        if convolution.groups > 1:
            said.append(look.say(f"{NAME}.groups"))
        elif convolution.flip:
            said.append(look.say(f"{NAME}.turned"))
        else:
            said.append(look.say(f"{NAME}.tints_many") if len(self.trace.input) > 1 else look.say(f"{NAME}.tints"))
        return self.footer(left, DOT.join(said))


def alt(trace: Trace, look: Look) -> str:
    """What the film shows, with the lesson's numbers."""
    step, (count, depth), filters = trace.highlight, trace.im2col.shape, len(trace.kernel)
    return look.say(
        f"{NAME}.alt",
        filters=size(filters, depth),
        columns=size(depth, count),
        product=size(filters, count),
        map=size(*trace.output_size),
        filter=step.channel,
        row=step.row,
        col=step.col,
        sum=spoken_sum(step, look),
    )
