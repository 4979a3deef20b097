"""Everything that stands on the stage of the im2col film, made from the trace and put in its place."""

from __future__ import annotations

from functools import cached_property

from manim import Group, Mobject

from core import Trace
from look import Look
from look.grid import Box
from look.patch_row import Source
from scenes._im2col_cells import all_boxes, blank_cells, gap_dots, outline, shaded_cell
from scenes._im2col_names import indices, names
from scenes._im2col_places import Places, places
from scenes._im2col_surroundings import Surroundings


class Board(Surroundings):
    """The stage's mobjects, made on first use: `standing` is there from the first frame, the rest comes later."""

    places: Places

    def __init__(self, trace: Trace, look: Look) -> None:
        super().__init__(trace, look, places(trace))

    @cached_property
    def standing(self) -> Group:
        """Input, kernel, the blank matrices, every name and index."""
        grids = (self.places.matrix.grid, self.places.column.grid, self.places.results.grid)
        blanks = [blank_cells(all_boxes(grid), self.look) for grid in grids]
        dots = [gap_dots(grid, self.look) for grid in grids]
        words = [say(self.trace, self.places, self.look) for say in (names, indices)]
        return Group(*blanks, *dots, *words, *self.input_planes, *self.kernel_slices, *self.maps.values())

    def row(self, index: int) -> Group:
        """A row of the matrix, cell by cell."""
        typed, patch = self.places.matrix, self.patches[index]
        return Group(
            *(self.entry(patch, column, typed.grid.cell(index, column), typed.size) for column in typed.grid.across)
        )

    def sources(self, index: int) -> list[Box]:
        """Where each cell of a row comes from: its input cell, or its place in the enlarged patch."""
        step = self.step(index)
        boxes = []
        for column in self.places.matrix.grid.across:
            channel, i, j = self.trace.im2col.column[column]
            if channel in self.places.lenses:
                boxes.append(self.places.lenses[channel].grid.cell(i, j))
            else:
                place = self.places.planes[channel].place
                boxes.append(place.at(step.input_rows[i], step.input_cols[j]))
        return boxes

    def home(self, source: Source) -> Box:
        """Where an input cell stands, or stands enlarged while the highlighted patch is."""
        channel, row, column = source
        step = self.trace.highlight
        lens = self.places.lenses.get(channel)
        if lens and row in step.input_rows and column in step.input_cols:
            return lens.grid.cell(step.input_rows.index(row), step.input_cols.index(column))
        return self.places.planes[channel].place.at(row, column)

    def home_cell(self, source: Source, lens: Group) -> Mobject:
        """What is drawn there: a cell of the input, of the enlarged patch `lens`, or nothing on a picture."""
        channel, row, column = source
        step = self.trace.highlight
        if channel in self.places.lenses and row in step.input_rows and column in step.input_cols:
            tap = step.input_rows.index(row) * len(self._kernel_cols) + step.input_cols.index(column)
            return lens.submobjects[list(self.places.lenses).index(channel) * (self.taps + 1) + tap]
        return self.input_cells.get(source, Group())

    @property
    def input_box(self) -> Box:
        """All planes with their padding and the enlarged patches."""
        boxes = [lens.grid.box for lens in self.places.lenses.values()]
        before, left, after, right = self.trace.convolution.padding
        for _, (plane, _) in self._planes:
            boxes.append(plane.span(-before, -left, plane.rows + after, plane.columns + right))
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @property
    def matrix_box(self) -> Box:
        """The matrix with its row indices."""
        left, top, right, bottom = self.places.matrix.grid.box
        return (
            left - 2 * (left - self.places.indices[1]) - (self.places.indices[1] - self.places.indices[0]) - 10,
            top,
            right,
            bottom,
        )

    def lens(self, index: int) -> Group:
        """The enlarged patches of a row, outlined; nothing where the input's own digits can be read."""
        patch = self.patches[index]
        drawn = Group()
        for channel, typed in self.places.lenses.items():
            for i in self._kernel_rows:
                for j in self._kernel_cols:
                    column = channel * self.taps + i * len(self._kernel_cols) + j
                    drawn.add(self.entry(patch, column, typed.grid.cell(i, j), typed.size))
            drawn.add(outline(typed.grid.box, self.look))
        return drawn

    def column(self, filter_: int) -> tuple[Group, list[Box]]:
        """A filter's weights as a column, and where each comes from; its own place for one that no slice shows."""
        typed = self.places.column
        cells, boxes = Group(), []
        for column in typed.grid.down:
            box = typed.grid.cell(column, filter_)
            value = self.trace.im2col.weights[column, filter_].item()
            cells.add(shaded_cell(box, value, self.weight_shade, typed.size, self.look))
            boxes.append(self.weight_home(filter_, column) or box)
        return cells, boxes

    def result(self, index: int, *, bold: bool = False) -> Group:
        """The values of a row of the output column, one for each filter shown."""
        typed = self.places.results
        row, col = self.trace.im2col.cell(index)
        return Group(
            *(
                shaded_cell(
                    typed.grid.cell(index, filter_),
                    self.trace.output[filter_, row, col].item(),
                    self.output_shade,
                    typed.size,
                    self.look,
                    bold=bold,
                )
                for filter_ in typed.grid.across
            )
        )
