"""The receptive field grows layer by layer, from one unit back to the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from manim import AnimationGroup, FadeIn, FadeOut, Transform, VGroup, VMobject
from numpy.typing import NDArray

from core import ReceptiveField, Trace
from look import Look
from look.field_phrases import (
    SECTION,
    alternative,
    arithmetic,
    drawing_notes,
    equal_paths,
    name,
    path_range,
    seen,
    settings,
    text_role,
)
from look.numbers import size
from look.phrases import DOT
from look.sheet import Block
from look.sheet_stack import fit_depths, stack
from look.typesetting import typeset
from scenes._cone_flight import fly_down
from scenes._field_counts import BAND, FieldCounts
from scenes._field_sheet import FieldSheet, body, cells, outlines, rays
from scenes._ink import BODY, LABEL, LEAST, WIDTH, Lettering
from scenes._stage import MARGIN, Stage, shares

NEEDS: Final = ("convolution", "plane", "not wrapped")

NAME = "receptive-field-growth"
PLANES = (7, 6, 5, 4, 3)  # at most, the first of these that fits; the layers between are left out
CROWDED = 5  # layers from which on the words say less
STACK = (92.0, 190.0, 1828.0, 786.0)
GAP = 30.0  # at least, between planes
LINES = (818.0, 857.0, 894.0)  # heights of the words under the planes
NAMES = 28.0
LONG = 10.0  # em; longer settings take two lines
SENTENCE = 970.0
WINDOWS = 9  # of this many units of layer 1 every window is shown, of more the four at the corners


Mask = NDArray[np.bool_]


def alt(trace: Trace, look: Look) -> str:
    """What the film shows, with its numbers."""
    return alternative(trace, look)


class ReceptiveFieldGrowth(Stage):
    """One unit lights, then what it reads in each plane before it, then how many paths each input cell has to it."""

    seconds = 9

    def construct(self) -> None:
        """Unit, layers, the last layer's windows one by one, their union, path counts."""
        self._set_stage()
        layers = len(self.field.layers)
        sweep = layers > 1 and bool(self.field.mask(1).any())
        weights = [0.5, 0.7, min(0.8 * max(1, layers - 1), 2.2), 2.2 if sweep else 0.0, 1.0, 0.9, 0.9, 1.9]
        rest, unit, descent, windows, union, factors, counts, hold = self._times(weights)
        self._say("unit", depth=layers, row=self.field.unit[0], col=self.field.unit[1])
        self.chapter(self.look.say(f"{NAME}.chapter.unit"))
        self.wait(rest)
        self._light_unit(unit)
        self.chapter(self.look.say(f"{NAME}.chapter.field"))
        last = len(self.sheets) - 1
        if layers > 1:
            self._descend_between(range(last, 1, -1), descent)
        if sweep:
            self._show_windows(windows)
        self._join(union if layers > 1 else descent + union, sweep)
        self.chapter(self.look.say(f"{NAME}.chapter.{'equal' if equal_paths(self.field) else 'paths'}"))
        self._count_paths(factors, counts)
        self.poster()
        self.wait(hold)

    def _times(self, weights: list[float]) -> list[float]:
        """The film's seconds by weight; what has no weight takes no time."""
        taken = shares(self.seconds, [weight for weight in weights if weight])
        return [taken.pop(0) if weight else 0.0 for weight in weights]

    def _set_stage(self) -> None:
        """The planes, their names and the words that stay."""
        self.field = field = self.trace.field
        look = self.look
        self.crowded = len(field.layers) >= CROWDED
        depths, widths = fit_depths(len(field.layers), PLANES, self._label_width, STACK, GAP)
        drawn = stack(field, depths, STACK, largest=120, smallest=34, gaps=(GAP, 400), band=BAND, labels=widths)
        self.sheets = [FieldSheet(field, sheet, 10.0 * (len(drawn) - k), look) for k, sheet in enumerate(drawn)]
        self.counts = FieldCounts(field, self.sheets[0], look)
        self.sentence: Lettering | None = None
        lesson = self.trace.lesson.title[look.lang]
        self.add(self.header(look.say(f"{NAME}.title"), arithmetic(self.trace, look), lesson))
        self.add(self.footer(drawing_notes(field, drawn, look)))
        self.add(*(sheet.base for sheet in self.sheets))
        self.add(self.sheets[-1].edge, self.sheets[-1].corner_mark(*field.unit))
        self.seen = self._label(widths)
        for near, far in pairwise(drawn):
            if far.depth > near.depth + 1:
                dots = self.text("⋯", (near.box[2] + far.box[0]) / 2, (near.box[1] + near.box[3]) / 2, 44, "muted")
                self.add(dots.set_z_index(100))

    def _label(self, widths: Sequence[float]) -> list[Lettering]:
        """Under each plane its name and its layer's settings; what the unit sees there is returned, to appear later."""
        drawn = [sheet.sheet for sheet in self.sheets]
        centres = [(sheet.box[0] + sheet.box[2]) / 2 for sheet in drawn]
        edges = [MARGIN - centres[0], *centres, 2 * WIDTH - MARGIN - centres[-1]]
        later = []
        for k, (sheet, x) in enumerate(zip(drawn, centres, strict=True)):
            room = max(widths[k], sheet.box[2] - sheet.box[0])
            role = text_role(self.field, sheet.depth)
            self.add(self.text(self._name(sheet.depth), x, LINES[0], NAMES, role, max_width=room))
            words = seen(self.field, sheet.depth, self.look)
            later.append(self.text(words, x, LINES[1], LABEL, role, bold=True, max_width=room))
            layer = self.field.rows[sheet.depth].layer
            room = max(widths[k], min(x - edges[k], edges[k + 2] - x) - GAP)
            for n, line in enumerate(_lines(settings(layer, self.look)) if layer else []):
                self.add(self.text(line, x, LINES[2] + 32 * n, LEAST, "muted", max_width=room))
        return later

    def _name(self, depth: int) -> str:
        """What a plane is called, and its size where there is room."""
        if self.crowded:
            return name(depth, self.look)
        extent = size(*self.field.rows[depth].plane)
        return self.look.say(f"{NAME}.plane", name=name(depth, self.look), size=extent)

    def _label_width(self, depth: int) -> float:
        """The width that the words under a plane want."""
        layer = self.field.rows[depth].layer
        wide = [typeset(seen(self.field, depth, self.look), bold=True).width * LABEL]
        wide.append(typeset(self._name(depth)).width * NAMES)
        wide += [typeset(line).width * LEAST for line in _lines(settings(layer, self.look))] if layer else []
        return max(wide)

    def _say(self, key: str, /, **values: float | str) -> VMobject:
        return self._sentence(self.look.say(f"{NAME}.say.{key}", **values))

    def _sentence(self, text: str, role: str = "ink", *, said: bool = True) -> VMobject:
        """Put a sentence under the stack in place of the one before; unless it is too brief it is the subtitle too."""
        if self.sentence is not None:
            self.remove(self.sentence)
        if said:
            self.caption(text)
        self.sentence = self.text(text, WIDTH / 2, SENTENCE, BODY - 4, role, max_width=WIDTH - 2 * MARGIN)
        self.add(self.sentence)
        return self.sentence

    def _light_unit(self, seconds: float) -> None:
        self.play(FadeIn(self.sheets[-1].lit), FadeIn(self.seen[-1]), run_time=seconds)

    def _descend_between(self, steps: range, seconds: float) -> None:
        """The cone reaches from plane to plane, down to layer 1."""
        rows = self.field.rows
        several = len(steps) > 2
        if several:
            extents = [seen(self.field, depth, self.look) for depth in range(len(rows) - 2, 0, -1)]
            self._say("layers", sizes=", ".join(extents))
        for k, share in zip(steps, shares(seconds, [1.0] * len(steps)), strict=True):
            if not several:
                self._say_reads(self.sheets[k - 1].sheet.depth)
            self._reach(k, share)

    def _say_reads(self, depth: int) -> None:
        """What the unit reads of a layer: all units of a block, or so many that are spread over it."""
        count, extent = int(self.field.mask(depth).sum()), seen(self.field, depth, self.look)
        row0, col0, row1, col1 = self.field.region(depth)
        if count == (row1 - row0) * (col1 - col0):
            self._say("reads", size=extent, depth=depth)
        else:
            self._say("reads_some", count=count, size=extent, depth=depth)

    def _reach(self, k: int, seconds: float) -> None:
        """From what is seen of sheet k the cone reaches to what that reads of the sheet before it."""
        fly_down(self, self.sheets[k], self.sheets[k - 1], self.seen[k - 1], seconds)

    def _show_windows(self, seconds: float) -> None:
        """Each unit of layer 1 reads its own window of the input: one outline glides over both planes."""
        near, far = self.sheets[0], self.sheets[1]
        units = self._visited()
        look, level = self.look, near.level - 4
        windows = [self._window(unit) for unit in units]
        kernel, span = self.field.layers[0].kernel, self.field.layers[0].span
        if span == kernel:
            self._say("each", size=size(*kernel))
        else:
            self._say("each_spread", size=size(*kernel), span=size(*span))
        self.swept = VGroup()
        cell, window, lines = self._glider(units[0], windows[0].region(0))
        start = far.sheet.quad(_cell(units[0]))
        landing = outlines([start], look, stroke="window", line=6.0).set_z_index(near.level + 5)
        edges = rays(start, start, look, "window", level + 1)
        self.add(cell, edges)
        parts = shares(seconds, [1.6, *[1.0] * (len(units) - 1), 0.3])
        done = np.zeros_like(self.field.mask(0))
        done, fresh = self._fresh(done, windows[0].mask(0))
        moves = [Transform(landing, window), Transform(edges, lines), FadeIn(fresh)]
        self.play(*moves, *([FadeIn(near.beyond)] if len(near.beyond) else []), run_time=parts[0])
        for unit, view, share in zip(units[1:], windows[1:], parts[1:-1], strict=True):
            done, fresh = self._fresh(done, view.mask(0))
            to_cell, to_window, to_lines = self._glider(unit, view.region(0))
            moves = [Transform(cell, to_cell), Transform(landing, to_window), Transform(edges, to_lines)]
            self.play(*moves, FadeIn(fresh), run_time=share)
        self.wait(parts[-1])
        self.gliding = (cell, landing, edges)

    def _visited(self) -> list[tuple[int, int]]:
        """The units of layer 1 whose windows are shown, in an order in which neighbours follow each other."""
        rows, cols = (np.flatnonzero(self.field.mask(1).any(axis=axis)).tolist() for axis in (1, 0))
        if len(rows) * len(cols) > WINDOWS:
            rows, cols = sorted({rows[0], rows[-1]}), sorted({cols[0], cols[-1]})
        return [(row, col) for n, row in enumerate(rows) for col in (cols[::-1] if n % 2 else cols)]

    def _window(self, unit: tuple[int, int]) -> ReceptiveField:
        return replace(self.field, layers=self.field.layers[:1], unit=unit)

    def _glider(self, unit: tuple[int, int], block: Block) -> tuple[VMobject, VMobject, VMobject]:
        """A unit of layer 1 outlined, its window in the input, and the four lines between them."""
        near, far = self.sheets[0], self.sheets[1]
        quads = near.sheet.quad(block), far.sheet.quad(_cell(unit))
        lines = rays(*quads, self.look, "window", near.level - 3)
        return far.window(_cell(unit), "ink", 4.0), near.window(block, "window", 6.0), lines

    def _fresh(self, done: Mask, mask: Mask) -> tuple[Mask, VMobject]:
        """The cells of `mask` not lit yet, as a mobject, and what is lit with them."""
        near = self.sheets[0]
        rows, cols = np.nonzero(mask & ~done)
        quads = [near.sheet.quad((r, c, r + 1, c + 1)) for r, c in zip(rows.tolist(), cols.tolist(), strict=True)]
        fresh = cells(quads, near.sheet, self.look, self.look.cell("input", 0.75)).set_z_index(near.level + 2)
        self.swept.add(fresh)
        return done | mask, fresh

    def _join(self, seconds: float, swept: bool) -> None:
        """All windows together are the receptive field."""
        near, far = self.sheets[0], self.sheets[1]
        height, width = self.field.rows[-1].size
        count = self.field.cells_read
        if count == height * width:
            self._say("field" if swept else "direct", size=size(height, width))
        else:
            self._say("field_some" if swept else "direct_some", size=size(height, width), count=count)
        if not swept:
            self._reach(1, seconds)
            return
        cell, landing, edges = self.gliding
        start, end = far.sheet.quad(far.region), near.sheet.quad(near.region)
        lines = rays(end, start, self.look, far.role, near.level - 3)
        self.play(
            FadeOut(cell),
            Transform(landing, near.window(near.region, near.role)),
            Transform(edges, lines),
            FadeIn(body(end, start, self.look, far.role, near.level - 4)),
            FadeIn(near.lit),
            FadeIn(self.seen[0]),
            run_time=seconds,
        )
        self.remove(self.swept)

    def _count_paths(self, factors: float, counts: float) -> None:
        """First the paths along rows and along columns at the edges, then their products in the cells."""
        shown = self.counts
        self._sentence(self.look.say(f"{NAME}.say.product"), said=False)
        note = self.footer(right=self.look.say(f"{SECTION}.product")) if shown.readable else VGroup()
        self.play(FadeIn(shown.rows), FadeIn(shown.cols), FadeIn(shown.sign), FadeIn(note), run_time=factors)
        self._sentence(path_range(self.trace, self.look))
        shades = [FadeIn(part) for part in (shown.shades, shown.digits) if len(part)]
        self.play(AnimationGroup(*shades) if shades else FadeIn(self.seen[0]), run_time=counts)


def _lines(phrases: Sequence[str]) -> list[str]:
    """Phrases on one line, or on two of like width where one would be long."""
    whole = DOT.join(phrases)
    if len(phrases) == 1 or typeset(whole).width <= LONG:
        return [whole]
    splits = [[DOT.join(phrases[:cut]), DOT.join(phrases[cut:])] for cut in range(1, len(phrases))]
    return min(splits, key=lambda lines: max(typeset(line).width for line in lines))


def _cell(unit: tuple[int, int]) -> Block:
    return (unit[0], unit[1], unit[0] + 1, unit[1] + 1)
