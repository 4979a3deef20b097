"""One padding mode on the stage: the input, the border's cells ring by ring, and the indices they copy."""

from __future__ import annotations

from manim import AnimationGroup, FadeIn, Group, Mobject, VGroup

from core import Step, Trace
from core.mode_variant import ModeVariant
from look import Look
from look.shade import shading
from look.tints import Tints
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._im2col_cells import filled_cell, outline
from scenes._ink import LEAST, hatching, lettering
from scenes._matrix import cell_type, padding_ring
from scenes._mode_layout import PanelPlace
from scenes._motion import Glide
from scenes._windows import window_on

INDEX_CELL = 30.0  # cells this large have their indices beside them
MOST_RINGS = 6  # more are filled several at a time


class ModePanel:
    """The mobjects of a mode: `base` stands from the beginning, `rings` come from the inside out, `indices` after them.

    `rings` holds for each ring its cells with the way they come, in pixels right and down: zeros appear in place.
    """

    def __init__(self, variant: ModeVariant, trace: Trace, place: PanelPlace, look: Look) -> None:
        self.variant, self.look, self.place = variant, look, place
        self.step_padding = trace.convolution.padding
        self.shown = variant.trace or trace
        self.tints = Tints(trace, look)
        plane = place.plane
        self.heat = self.shown.padded[0].size > MOST_CELLS
        self.size = None if self.heat else cell_type(self.shown.padded[0], plane.cell)
        self.base: Mobject = Group(self._input(trace), padding_ring(plane, self.step_padding, look))
        self.frame = self._frame().set_z_index(1)
        self.rings: list[list[tuple[VGroup, float, float]]] = []
        self.picture: HeatMatrix | None = None
        self.indices = VGroup()
        if variant.trace is None:
            return
        if self.heat:
            top, left, _, _ = self.step_padding
            x, y, _, _ = plane.at(-top, -left)
            shade = shading(look, "input", trace.input)
            self.picture = HeatMatrix(self.shown.padded[0], x, y, plane.cell, shade, look)
            return
        self.rings = self._rings()
        if plane.cell >= INDEX_CELL:
            self.indices = self._indices()

    def _input(self, trace: Trace) -> Mobject:
        plane = self.place.plane
        if self.heat:
            return HeatMatrix(
                trace.input[0], plane.x, plane.y, plane.cell, shading(self.look, "input", trace.input), self.look
            )
        cells = VGroup()
        for row in range(plane.rows):
            for column in range(plane.columns):
                value = trace.input[0, row, column].item()
                fill = self.tints((0, row, column))
                cells.add(filled_cell(plane.at(row, column), fill, value, self.size, self.look))
        return cells

    def _frame(self) -> Mobject:
        """Around the input, so that it can be told from its copies."""
        plane = self.place.plane
        return outline(plane.span(0, 0, plane.rows, plane.columns), self.look, "input", line=5.0)

    def _rings(self) -> list[list[tuple[VGroup, float, float]]]:
        """The border's cells by their distance from the input; many rings are joined to a few."""
        top, left, _, _ = self.step_padding
        plane = self.place.plane
        rows, cols = self.variant.sources
        depth = max(self.step_padding)
        rings: list[list[tuple[VGroup, float, float]]] = [[] for _ in range(min(depth, MOST_RINGS))]
        for r in range(len(rows)):
            for c in range(len(cols)):
                row, column = r - top, c - left
                out = max(-row, row - plane.rows + 1, -column, column - plane.columns + 1)
                if out > 0:
                    ring = (out - 1) * len(rings) // depth
                    rings[ring].append(self._border_cell(row, column, int(rows[r]), int(cols[c])))
        return [ring for ring in rings if ring]

    def _border_cell(self, row: int, column: int, from_row: int, from_column: int) -> tuple[VGroup, float, float]:
        """A cell of the border where its copy comes from, and the way to its place."""
        plane = self.place.plane
        copied = from_row >= 0 and from_column >= 0
        start = (from_row, from_column) if copied else (row, column)
        top, left, _, _ = self.step_padding
        value = self.shown.padded[0, row + top, column + left].item()
        fill = self.tints((0, *start)) if copied else self.look.surface
        cell = filled_cell(plane.at(*start), fill, value, self.size, self.look)
        x0, y0, x1, y1 = plane.at(*start)
        gap = max(5.0, min(13.0, plane.cell / 4))
        cell.insert(1, hatching(x0 + 2, y0 + 2, x1 - x0 - 4, y1 - y0 - 4, self.look, gap=gap))
        return cell, (column - start[1]) * plane.cell, (row - start[0]) * plane.cell

    def _indices(self) -> VGroup:
        """Under each column, and left of each row of what is no signal, the index of the input's that stands there."""
        plane, (top, left, bottom, _) = self.place.plane, self.step_padding
        rows, cols = self.variant.sources
        written = VGroup()
        for c, source in enumerate(cols.tolist()):
            x, _ = plane.center(0, c - left)
            written.add(self._index(source, c - left, plane.columns, x, plane.bottom + bottom * plane.cell + 22))
        for r, source in enumerate([] if self.shown.windowed.line else rows.tolist()):
            _, y = plane.center(r - top, 0)
            written.add(self._index(source, r - top, plane.rows, plane.x - left * plane.cell - 20, y))
        return written

    def _index(self, source: int, at: int, count: int, x: float, y: float) -> Mobject:
        text = self.look.number(source) if source >= 0 else "–"
        return lettering(text, x, y, LEAST, self.look, "muted" if 0 <= at < count else "accent")

    def ring_plays(self, seconds: float) -> list[tuple[AnimationGroup, float]]:
        """A play for each ring, in `seconds` altogether; zeros fade in, copies glide from where they come from."""
        if self.picture is not None:
            return [(AnimationGroup(FadeIn(self.picture)), seconds)]
        each = seconds / max(1, len(self.rings))
        plays = []
        for ring in self.rings:
            moves = [Glide(cell, right, down) if right or down else FadeIn(cell) for cell, right, down in ring]
            plays.append((AnimationGroup(*moves), each))
        return plays

    def cells_of(self, ring: int) -> VGroup:
        """The cells of one ring."""
        return VGroup(*(cell for cell, _, _ in self.rings[ring]))

    def window(self, step: Step) -> VGroup:
        """The outline of a step's window, and what dims the cells that a dilated one skips; the outline comes last."""
        return window_on(self.place.plane, step, self.look, line=8.0, least=14.0).set_z_index(2)
