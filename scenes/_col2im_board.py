"""Everything on the stage of the col2im film, made from the trace and put in its place."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import Group, Mobject, VGroup

from core import Step, Trace
from look import Look
from look.grid import Box
from look.numbers import TIMES, number, size
from look.patch_row import PatchRow
from look.shade import shading
from look.tints import Tints
from look.typesetting import typeset
from scenes._col2im_places import INDEX, Places, places
from scenes._col2im_tally import Tally
from scenes._heat import HeatMatrix
from scenes._im2col_cells import gap_dots, outline, repeated_ring, tinted_cell
from scenes._im2col_places import HEADS, LEFT, RIGHT, head_type
from scenes._ink import LEAST, arrow, lettering
from scenes._lattice import Lattice
from scenes._matrix import padding_ring
from scenes._scan_unread import unread_strips
from scenes._windows import window_on

NAME = "col2im-overlap"
DIM = 0.3  # of what has gone home
NAMES, FACTORS = 28.0, 25.0  # type of the names; from the factors of the counts to their plane


class Board:
    """The stage's mobjects: `standing` is there from the first frame; the tallies count up."""

    def __init__(self, trace: Trace, look: Look) -> None:
        self.trace, self.look = trace, look
        self.places: Places = places(trace)
        self.channel = self.places.channel
        self.tints = Tints(trace, look)
        self.matrix = trace.im2col.matrix
        self.totals = trace.im2col.fold(self.matrix)[self.channel]
        self.counts = trace.im2col.counts[self.channel]
        self.patches = {patch.index: patch for patch in self.places.excerpt.patches}
        most = int(self.counts.max())
        self.sums = Tally(self.places.sums, self._tint, shading(look, "output", self.totals), look)
        self.reads = Tally(
            self.places.counts,
            lambda row, column, value: look.cell("kernel", round(value / most, 3)),
            shading(look, "kernel", self.counts),
            look,
        )
        self.tally(0)

    def _tint(self, row: int, column: int, value: float) -> str:
        return self.tints((self.channel, row, column))

    def tally(self, first: int) -> None:
        """Show the sums and the counts of the first so many patches."""
        im2col = self.trace.im2col
        counts = im2col.fold(np.ones(im2col.shape, np.int64), first)[self.channel]
        self.sums.show(im2col.fold(self.matrix, first)[self.channel], counts > 0)
        self.reads.show(counts, counts > 0)

    @cached_property
    def standing(self) -> Group:
        """The columns, the input, the padding around the planes, every name and index."""
        grid, look = self.places.matrix.grid, self.look
        self.columns = {index: self._column(index) for index in grid.across}
        rings = [padding_ring(self._sums, self.trace.convolution.padding, look), self._ring]
        strips = unread_strips(self.trace, self._input, look)
        way = arrow((grid.right + 16, self._sums.middle[1]), (self._left(self._sums) - 16, self._sums.middle[1]), look)
        return Group(
            *self.columns.values(), gap_dots(grid, look), *rings, *self._input_cells, *strips, way, self._names
        )

    @property
    def _ring(self) -> VGroup:
        """The input's padding, as the cells that it repeats where it does and they can be read."""
        size = self.places.input.size
        if size is not None and "wrapped" in self.trace.lesson.traits:
            return repeated_ring(self._input, self.trace, self.channel, size, self.tints, self.look)
        return padding_ring(self._input, self.trace.convolution.padding, self.look)

    @property
    def _sums(self) -> Lattice:
        return self.places.sums.place

    @property
    def _input(self) -> Lattice:
        return self.places.input.place

    def _left(self, plane: Lattice) -> float:
        return plane.x - self.trace.convolution.padding[1] * plane.cell

    def _column(self, index: int) -> Group:
        typed, patch = self.places.matrix, self.patches[index]
        return Group(
            *(
                tinted_cell(
                    typed.grid.cell(tap, index),
                    patch.sources[tap],
                    patch.values[tap],
                    typed.size,
                    self.tints,
                    self.look,
                )
                for tap in typed.grid.down
            )
        )

    def _entry(self, patch: PatchRow, tap: int, box: Box, size: float | None) -> VGroup:
        """An entry of the columns, drawn anywhere."""
        source, value, inside = patch.sources[tap], patch.values[tap], patch.inside[tap]
        return tinted_cell(box, source, value, size, self.tints, self.look, inside=inside)

    @property
    def _input_cells(self) -> list[Mobject]:
        plane, trace, look = self._input, self.trace, self.look
        values = trace.input[self.channel]
        if self.places.heat:
            shade = shading(look, "input", values)
            return [HeatMatrix(values, plane.x, plane.y, plane.cell, shade, look)]
        return [
            tinted_cell(plane.at(*at), (self.channel, *at), value.item(), self.places.input.size, self.tints, look)
            for at, value in np.ndenumerate(values)
        ]

    @property
    def _names(self) -> VGroup:
        look, grid, shape = self.look, self.places.matrix.grid, self.trace.im2col.shape
        columns = look.say(f"{NAME}.columns", size=size(self.trace.im2col.taps, shape[0]))
        drawn = VGroup(self._over(grid.box, grid.y - 66, columns, "ink"))
        counts = look.say(f"{NAME}.counts")
        if self.places.counts.size is None:
            counts = look.say(f"{NAME}.range", least=int(self.counts.min()), most=int(self.counts.max()))
        for squares, text, role in (
            (self.places.sums, look.say(f"{NAME}.sums"), "output"),
            (self.places.counts, counts, "kernel"),
            (self.places.input, look.say(f"{NAME}.input", size=size(*self.trace.input.shape[1:])), "input"),
        ):
            place = squares.place
            top = place.y - self.trace.convolution.padding[0] * place.cell
            drawn.add(self._over(place.span(0, 0, place.rows, place.columns), top - 62, text, role))
        drawn.add(*self._indices)
        return drawn

    def _over(self, box: Box, y: float, text: str, role: str) -> VGroup:
        half = typeset(text).width * NAMES / 2
        x = min(max((box[0] + box[2]) / 2, LEFT + half), RIGHT - half)
        return lettering(text, x, y, NAMES, self.look, role)

    @property
    def _indices(self) -> VGroup:
        """i and j beside the columns' rows, the output cell over each column."""
        grid, look = self.places.matrix.grid, self.look
        drawn = VGroup()
        taps = min(HEADS, max(LEAST, grid.height / 1.12))
        for axis, name in enumerate(("i", "j")):
            right = grid.x - 14 - (1 - axis) * INDEX
            drawn.add(lettering(name, right, grid.y - 22, HEADS, look, "kernel", anchor="right"))
            for tap, (top, bottom) in grid.down.items():
                index = number(self.trace.im2col.column[tap][1 + axis])
                drawn.add(lettering(index, right, (top + bottom) / 2, taps, look, "muted", anchor="right"))
        pairs = {
            index: look.say("im2col-matmul.pair", row=patch.cell[0], col=patch.cell[1])
            for index, patch in self.patches.items()
        }
        head = head_type(pairs.values(), grid.width - 6)
        if head:
            for index, text in pairs.items():
                drawn.add(lettering(text, sum(grid.across[index]) / 2, grid.y - 22, head, look, "muted"))
        return drawn

    def step(self, index: int) -> Step:
        """The step whose patch is this column."""
        return self.trace.step_at(*self.trace.im2col.cell(index))

    def flying(self, index: int) -> tuple[Group, list[Box]]:
        """Copies of a column's cells as they come home onto the plane of sums, and where each comes from.

        Padding lands in the padding, or on the input cell that it repeats.
        """
        typed, patch, step = self.places.matrix, self.patches[index], self.step(index)
        cells, boxes = Group(), []
        repeats = "wrapped" in self.trace.lesson.traits
        rows, cols = (step.source_rows, step.source_cols) if repeats else (step.input_rows, step.input_cols)
        for tap in typed.grid.down:
            _, i, j = self.trace.im2col.column[tap]
            home = self._sums.at(rows[i], cols[j])
            cells.add(self._entry(patch, tap, home, self.places.sums.size))
            boxes.append(typed.grid.cell(tap, index))
        return cells, boxes

    def dim(self, index: int) -> None:
        """A column that has gone home steps back."""
        for cell in self.columns[index]:
            cell.set_opacity(DIM)

    def light(self, index: int, tap: int) -> None:
        """A cell of a column is as bright as ever."""
        cells = self.columns[index].submobjects
        cells[list(self.places.matrix.grid.down).index(tap)].set_opacity(1.0)

    def window(self, index: int) -> VGroup:
        """The window's outline on the plane of sums."""
        return window_on(self._sums, self.step(index), self.look)

    def post(self, index: int) -> VGroup:
        """The outline of a column."""
        grid = self.places.matrix.grid
        left, right = grid.across[index]
        return outline((left, grid.y, right, grid.bottom), self.look)

    def shift(self, before: int, after: int) -> tuple[float, float]:
        """How far the window moves from one patch to another: pixels right and down."""
        one, two, cell = self.step(before), self.step(after), self._sums.cell
        return (two.input_cols[0] - one.input_cols[0]) * cell, (two.input_rows[0] - one.input_rows[0]) * cell

    def factors(self) -> VGroup:
        """How many windows read each row and each column, at two edges of the counts, where they can be read."""
        squares, look = self.places.counts, self.look
        drawn = VGroup()
        if squares.size is None:
            return drawn
        rows, cols = self.trace.im2col.count_factors
        place = squares.place
        for row, count in enumerate(rows.tolist()):
            drawn.add(lettering(number(count), place.x - FACTORS, place.center(row, 0)[1], LEAST, look, "kernel"))
        for column, count in enumerate(cols.tolist()):
            drawn.add(lettering(number(count), place.center(0, column)[0], place.y - FACTORS, LEAST, look, "kernel"))
        drawn.add(lettering(TIMES, place.x - FACTORS, place.y - FACTORS, LEAST, look, "muted"))
        return drawn

    def sign(self, at: int, text: str) -> VGroup:
        """A sign between two planes."""
        return lettering(text, self.places.middles[at] - 10 * (1 - at), self._sums.middle[1], 46, self.look)
