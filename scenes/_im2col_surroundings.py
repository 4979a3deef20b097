"""What stands around the matrices of an im2col film: input planes, kernel slices, feature maps, and the windows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from manim import Mobject, VGroup

from core import Step, Trace
from look import Look
from look.grid import Box
from look.patch_row import MatrixExcerpt, PatchRow, Source
from look.shade import shading
from look.tints import Tints
from scenes._heat import HeatMatrix
from scenes._im2col_cells import blank_cells, repeated_ring, shaded_cell, tinted_cell
from scenes._im2col_places import Squares
from scenes._im2col_sizes import HEAT
from scenes._lattice import Lattice
from scenes._matrix import padding_ring
from scenes._scan_unread import unread_strips
from scenes._windows import window_on


class Placed(Protocol):
    """Where things stand: planes by channel, slices by filter and channel, maps by filter."""

    @property
    def excerpt(self) -> MatrixExcerpt:
        """The patches shown."""

    @property
    def planes(self) -> Mapping[int, Squares]:
        """Input planes."""

    @property
    def slices(self) -> Mapping[tuple[int, int], Squares]:
        """The kernels, channel by channel."""

    @property
    def maps(self) -> Mapping[int, Squares]:
        """Feature maps."""


class Surroundings:
    """The mobjects, made on first use, of a trace at its places."""

    def __init__(self, trace: Trace, look: Look, places: Placed) -> None:
        self.trace, self.look, self.places = trace, look, places
        self.tints = Tints(trace, look)
        self.patches: dict[int, PatchRow] = {patch.index: patch for patch in places.excerpt.patches}
        self.taps = trace.im2col.taps
        self.weight_shade = shading(look, "kernel", trace.kernel)
        self.output_shade = shading(look, "output", trace.output)

    @cached_property
    def input_planes(self) -> list[Mobject]:
        """The input's channels with their padding, and what no window reads."""
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
            if size is not None and "wrapped" in trace.lesson.traits:
                drawn.append(repeated_ring(plane, trace, channel, size, self.tints, look))
            else:
                drawn.append(padding_ring(plane, trace.convolution.padding, look))
            drawn += unread_strips(trace, plane, look)
        return drawn

    def entry(self, patch: PatchRow, column: int, box: Box, size: float | None) -> VGroup:
        """An entry of the matrix, drawn anywhere."""
        source, value, inside = patch.sources[column], patch.values[column], patch.inside[column]
        return tinted_cell(box, source, value, size, self.tints, self.look, inside=inside)

    @property
    def _planes(self) -> list[tuple[int, tuple[Lattice, float | None]]]:
        return [(channel, (squares.place, squares.size)) for channel, squares in self.places.planes.items()]

    @cached_property
    def kernel_slices(self) -> list[Mobject]:
        """The kernels at rest."""
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

    def weight_home(self, filter_: int, column: int) -> Box | None:
        """Where the weight of a column of the matrix stands in its slice, turned round if the kernel is flipped.

        None for one that no slice shows.
        """
        channel, i, j = self.trace.im2col.column[column]
        squares = self.places.slices.get((filter_, channel))
        if squares is None:
            return None
        if self.trace.convolution.flip:
            i, j = len(self._kernel_rows) - 1 - i, len(self._kernel_cols) - 1 - j
        return squares.place.at(i, j)

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

    def step(self, index: int) -> Step:
        """The first filter's step whose patch is this row."""
        return self.trace.step_at(*self.trace.im2col.cell(index))

    def windows(self, index: int) -> VGroup:
        """The window's outline on every plane."""
        step = self.step(index)
        return VGroup(*(window_on(plane, step, self.look) for _, (plane, _) in self._planes))

    def shift(self, before: int, after: int) -> tuple[float, float]:
        """How far the window moves from one row's patch to another's: pixels right and down."""
        one, two = self.step(before), self.step(after)
        cell = next(iter(self.places.planes.values())).place.cell
        return (two.input_cols[0] - one.input_cols[0]) * cell, (two.input_rows[0] - one.input_rows[0]) * cell

    def map_cell(self, filter_: int, index: int) -> VGroup | None:
        """A row's value in its feature map; None where the map is a picture or not shown."""
        squares = self.places.maps.get(filter_)
        if squares is None or squares.size is None:
            return None
        row, col = self.trace.im2col.cell(index)
        value = self.trace.output[filter_, row, col].item()
        return shaded_cell(squares.place.at(row, col), value, self.output_shade, squares.size, self.look)
