"""Everything that stands on the stage of the im2col film, made from the trace and put in its place."""

from __future__ import annotations

from functools import cached_property

from manim import Group, Mobject, VGroup

from core import Step, Trace
from look import Look
from look.grid import Box
from look.patch_row import PatchRow, Source
from look.shade import shading
from look.tints import Tints
from scenes._heat import HeatMatrix
from scenes._im2col_cells import all_boxes, blank_cells, gap_dots, outline, shaded_cell, tinted_cell
from scenes._im2col_names import indices, names
from scenes._im2col_places import Places, places
from scenes._im2col_sizes import HEAT
from scenes._lattice import Lattice
from scenes._matrix import padding_ring

WINDOW_LEAST = 22.0  # px; a window on a large picture is drawn at least so large


class Board:
    """The stage's mobjects, made on first use: `standing` is there from the first frame, the rest comes later."""

    def __init__(self, trace: Trace, look: Look) -> None:
        self.trace, self.look = trace, look
        self.places: Places = places(trace)
        self.tints = Tints(trace, look)
        self.patches: dict[int, PatchRow] = {patch.index: patch for patch in self.places.excerpt.patches}
        self.taps = trace.im2col.taps
        self.weight_shade = shading(look, "kernel", trace.kernel)
        self.output_shade = shading(look, "output", trace.output)

    @cached_property
    def standing(self) -> Group:
        """Input, kernel, the blank matrices, every name and index."""
        grids = (self.places.matrix.grid, self.places.column.grid, self.places.results.grid)
        blanks = [blank_cells(all_boxes(grid), self.look) for grid in grids]
        dots = [gap_dots(grid, self.look) for grid in grids]
        words = [say(self.trace, self.places, self.look) for say in (names, indices)]
        return Group(*blanks, *dots, *words, *self._inputs, *self._slices, *self.maps.values())

    @cached_property
    def _inputs(self) -> list[Mobject]:
        look, trace = self.look, self.trace
        drawn: list[Mobject] = []
        self.input_cells: dict[Source, Mobject] = {}
        for channel, (plane, size) in self._planes:
            if size is None:
                shade = shading(look, "input", trace.input)
                drawn.append(HeatMatrix(trace.input[channel], plane.x, plane.y, plane.cell, shade, look))
            else:
                for row in range(plane.rows):
                    for column in range(plane.columns):
                        value = trace.input[channel, row, column].item()
                        source = (channel, row, column)
                        cell = tinted_cell(plane.at(row, column), source, value, size, self.tints, look)
                        self.input_cells[source] = cell
                        drawn.append(cell)
            drawn.append(padding_ring(plane, trace.convolution.padding, look))
        return drawn

    @property
    def _planes(self) -> list[tuple[int, tuple[Lattice, float | None]]]:
        return [(channel, (squares.place, squares.size)) for channel, squares in self.places.planes.items()]

    @cached_property
    def _slices(self) -> list[Mobject]:
        drawn: list[Mobject] = []
        for (f, c), squares in self.places.slices.items():
            place = squares.place
            if place.rows * place.columns > HEAT:
                weights = self.trace.kernel[f, c - self.trace.convolution.channels(f).start]
                drawn.append(HeatMatrix(weights, place.x, place.y, place.cell, self.weight_shade, self.look))
            else:
                drawn += [self.weight(f, c, i, j) for i in self._kernel_rows for j in self._kernel_cols]
        return drawn

    @property
    def _kernel_rows(self) -> range:
        return range(self.trace.axes[0].kernel)

    @property
    def _kernel_cols(self) -> range:
        return range(self.trace.axes[1].kernel)

    def weight(self, filter_: int, channel: int, i: int, j: int) -> VGroup:
        """One weight of a kernel slice, where the slice stands."""
        squares = self.places.slices[filter_, channel]
        depth = channel - self.trace.convolution.channels(filter_).start
        value = self.trace.kernel[filter_, depth, i, j].item()
        return shaded_cell(squares.place.at(i, j), value, self.weight_shade, squares.size, self.look)

    @cached_property
    def maps(self) -> dict[int, Mobject]:
        """The feature maps by filter, blank."""
        drawn: dict[int, Mobject] = {}
        for filter_, squares in self.places.maps.items():
            place = squares.place
            if squares.size is None:
                drawn[filter_] = HeatMatrix(
                    self.trace.output[filter_], place.x, place.y, place.cell, self.output_shade, self.look, known=False
                )
            else:
                cells = [place.at(row, column) for row in range(place.rows) for column in range(place.columns)]
                drawn[filter_] = blank_cells(cells, self.look)
        return drawn

    def row(self, index: int) -> Group:
        """A row of the matrix, cell by cell."""
        typed, patch = self.places.matrix, self.patches[index]
        return Group(
            *(
                tinted_cell(
                    typed.grid.cell(index, column),
                    patch.sources[column],
                    patch.values[column],
                    typed.size,
                    self.tints,
                    self.look,
                )
                for column in typed.grid.across
            )
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

    def step(self, index: int) -> Step:
        """The first filter's step whose patch is this row."""
        return self.trace.step_at(*self.trace.im2col.cell(index))

    def windows(self, index: int) -> VGroup:
        """The window's outline on every plane."""
        step = self.step(index)
        rows, cols = step.input_rows, step.input_cols
        return VGroup(
            *(
                outline(plane.span(rows[0], cols[0], rows[-1] + 1, cols[-1] + 1), self.look, least=WINDOW_LEAST)
                for _, (plane, _) in self._planes
            )
        )

    def shift(self, before: int, after: int) -> tuple[float, float]:
        """How far the window moves from one row's patch to another's: pixels right and down."""
        one, two = self.step(before), self.step(after)
        cell = next(iter(self.places.planes.values())).place.cell
        return (two.input_cols[0] - one.input_cols[0]) * cell, (two.input_rows[0] - one.input_rows[0]) * cell

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
                    drawn.add(
                        tinted_cell(
                            typed.grid.cell(i, j),
                            patch.sources[column],
                            patch.values[column],
                            typed.size,
                            self.tints,
                            self.look,
                        )
                    )
            drawn.add(outline(typed.grid.box, self.look))
        return drawn

    def column(self, filter_: int) -> tuple[Group, list[Box]]:
        """A filter's weights as a column, and where each comes from; its own place for one that no slice shows."""
        typed = self.places.column
        cells, boxes = Group(), []
        for column in typed.grid.down:
            channel, i, j = self.trace.im2col.column[column]
            box = typed.grid.cell(column, filter_)
            value = self.trace.im2col.weights[column, filter_].item()
            cells.add(shaded_cell(box, value, self.weight_shade, typed.size, self.look))
            squares = self.places.slices.get((filter_, channel))
            boxes.append(squares.place.at(i, j) if squares else box)
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

    def map_cell(self, filter_: int, index: int) -> VGroup | None:
        """A row's value in its feature map; None where the map is a picture or not shown."""
        squares = self.places.maps.get(filter_)
        if squares is None or squares.size is None:
            return None
        row, col = self.trace.im2col.cell(index)
        value = self.trace.output[filter_, row, col].item()
        return shaded_cell(squares.place.at(row, col), value, self.output_shade, squares.size, self.look)
