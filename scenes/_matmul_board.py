"""Everything on the stage of the film of filters times patches, made from the trace and put in its place."""

from __future__ import annotations

from functools import cached_property

from manim import Group, VGroup

from core import Trace
from look import Look
from look.grid import Box
from scenes._im2col_cells import all_boxes, blank_cells, gap_dots, shaded_cell
from scenes._im2col_surroundings import Surroundings
from scenes._matmul_names import indices, names
from scenes._matmul_places import Places, places


class Board(Surroundings):
    """The stage's mobjects: `standing` is there from the first frame, the rest comes later."""

    places: Places

    def __init__(self, trace: Trace, look: Look) -> None:
        super().__init__(trace, look, places(trace))

    @cached_property
    def standing(self) -> Group:
        """Input, kernels, the blank matrices, the bias, every name and index."""
        grids = (self.places.matrix.grid, self.places.weights.grid, self.places.product.grid)
        blanks = [blank_cells(all_boxes(grid), self.look) for grid in grids]
        dots = [gap_dots(grid, self.look) for grid in grids]
        words = [say(self.trace, self.places, self.look) for say in (names, indices)]
        return Group(
            *blanks, *dots, *words, *self.input_planes, *self.kernel_slices, *self.maps.values(), *self._biases
        )

    @cached_property
    def _biases(self) -> list[VGroup]:
        typed = self.places.bias
        if typed is None:
            return []
        return [
            shaded_cell(typed.grid.cell(f, 0), self.trace.bias[f].item(), self.weight_shade, typed.size, self.look)
            for f in typed.grid.down
        ]

    def filter_row(self, filter_: int) -> tuple[Group, list[Box]]:
        """A filter's weights as a row, and where each comes from; its own place for one that no slice shows."""
        typed = self.places.weights
        cells, boxes = Group(), []
        for tap in typed.grid.across:
            box = typed.grid.cell(filter_, tap)
            value = self.trace.im2col.weights[tap, filter_].item()
            cells.add(shaded_cell(box, value, self.weight_shade, typed.size, self.look))
            boxes.append(self.weight_home(filter_, tap) or box)
        return cells, boxes

    def patch(self, index: int) -> tuple[Group, list[Box]]:
        """A patch as a column, and the input cell that each of its cells comes from."""
        typed, patch, step = self.places.matrix, self.patches[index], self.step(index)
        cells, boxes = Group(), []
        for tap in typed.grid.down:
            box = typed.grid.cell(tap, index)
            cells.add(self.entry(patch, tap, box, typed.size))
            channel, i, j = self.trace.im2col.column[tap]
            boxes.append(self.places.planes[channel].place.at(step.input_rows[i], step.input_cols[j]))
        return cells, boxes

    def result(self, filter_: int, index: int, *, bold: bool = False) -> VGroup:
        """One cell of the product."""
        typed = self.places.product
        row, col = self.trace.im2col.cell(index)
        value = self.trace.output[filter_, row, col].item()
        box = typed.grid.cell(filter_, index)
        return shaded_cell(box, value, self.output_shade, typed.size, self.look, bold=bold)

    def filter_box(self, filter_: int) -> Box:
        """The whole row of a filter."""
        return self.places.weights.grid.row_box(filter_)

    def patch_box(self, index: int) -> Box:
        """The whole column of a patch."""
        grid = self.places.matrix.grid
        left, right = grid.across[index]
        return (left, grid.y, right, grid.bottom)
