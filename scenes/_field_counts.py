"""The paths from each input cell to the unit, on the stage: counts in the cells, their factors at two edges."""

from __future__ import annotations

from manim import VGroup, VMobject

from core import ReceptiveField
from core.cone import Cone
from look import Look
from look.shade import Shade
from look.sheet import ALONG, Point
from look.sheet_stack import count_size, count_strength, counted_blocks
from scenes._field_sheet import FieldSheet, cells, outlines
from scenes._ink import LEAST, lettering

MOST = 48  # blocks along an axis of a large field
BAND = 78.0  # pixels kept free beside the input for the factors


class FieldCounts:
    """`rows`, `cols` and `sign` are the factors beside the input sheet, `shades` its cells by count, `digits` on them.

    Where digits would be too small, the factors are bars, and there are no digits and no sign.
    """

    def __init__(self, field: Cone, input_sheet: FieldSheet, look: Look) -> None:
        sheet = input_sheet.sheet
        blocks = counted_blocks(field.paths, MOST)
        strongest = max((count for _, count in blocks), default=1)
        single = all(block[2] - block[0] == block[3] - block[1] == 1 for block, _ in blocks)
        size = count_size(strongest, sheet, LEAST)
        self.rows, self.cols, self.sign = VGroup(), VGroup(), VGroup()
        self.shades, self.digits = VGroup(), VGroup()
        self.readable = bool(blocks) and single and size > 0 and isinstance(field, ReceptiveField)
        heat = Shade(look, "input", strongest).heat  # the full hue, where no digits stand on it
        by_fill: dict[str, list[list[Point]]] = {}
        for block, count in blocks:
            fill = look.cell("input", count_strength(count, strongest)) if self.readable else heat(count)
            by_fill.setdefault(fill, []).append(sheet.quad(block))
            if self.readable:
                ink = look.ink_role(fill)
                self.digits.add(lettering(look.number(count), *sheet.center(*block[:2]), size, look, ink))
        self.shades.add(*(cells(quads, sheet, look, fill) for fill, quads in by_fill.items()))
        row_spans = sorted({(block[0], block[2]) for block, _ in blocks})
        col_spans = sorted({(block[1], block[3]) for block, _ in blocks})
        top, left = sheet.rows.extent[0], sheet.cols.extent[0]
        rows, cols = field.path_factors
        if self.readable:
            factor_size, away = max(LEAST, size * 0.86), BAND / 2 / sheet.cell
            for row, _ in row_spans:
                place = sheet.point(row + 0.5, left - away / ALONG)
                self.rows.add(lettering(look.number(int(rows[row])), *place, factor_size, look, "muted"))
            for col, _ in col_spans:
                place = sheet.point(top - away, col + 0.5)
                self.cols.add(lettering(look.number(int(cols[col])), *place, factor_size, look, "muted"))
            corner = sheet.point(top - away, left - away / ALONG)
            self.sign.add(lettering("⊗", *corner, factor_size, look, "muted"))
        elif blocks:
            away, longest = 10.0 / sheet.cell, (BAND - 22.0) / sheet.cell
            start, fill = left - away / ALONG, look.faint("input", 0.35)
            for row0, row1 in row_spans:
                reach = longest * rows[row0:row1].max() / rows.max() / ALONG
                self.rows.add(
                    outlines([sheet.quad((row0, start - reach, row1, start))], look, fill=fill, stroke=fill, line=0.5)
                )
            for col0, col1 in col_spans:
                reach = longest * cols[col0:col1].max() / cols.max()
                self.cols.add(
                    outlines(
                        [sheet.quad((top - away - reach, col0, top - away, col1))],
                        look,
                        fill=fill,
                        stroke=fill,
                        line=0.5,
                    )
                )
        parts: tuple[tuple[VMobject, float], ...] = (
            (self.rows, 3),
            (self.cols, 3),
            (self.sign, 3),
            (self.shades, 2.5),
            (self.digits, 6),
        )
        for part, above in parts:
            part.set_z_index(input_sheet.level + above)
