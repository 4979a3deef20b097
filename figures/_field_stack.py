"""The planes of a receptive field as sheets with the cone through them, and the paths counted in the input's cells."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from core import ReceptiveField
from core.cone import Cone
from figures._lettering import POINTS
from figures._page import LEAST, Page
from look.drawing import Segment
from look.field_phrases import role_of
from look.shade import Shade
from look.sheet import ALONG, Block, Point, Sheet, hull
from look.sheet_stack import count_size, count_strength, counted_blocks, lit_blocks

MOST = 64  # blocks along an axis of a large field
LINES = 9.0  # page units: the smallest cell that is drawn with lines around it


def draw_stack(page: Page, field: Cone, sheets: Sequence[Sheet]) -> bool:
    """Draw the sheets, the last plane first, and return whether the counts are shown as digits."""
    for k in range(len(sheets) - 1, -1, -1):
        level = 1.0 + 0.2 * (len(sheets) - k)
        if k + 1 < len(sheets):
            _draw_cone(page, field, sheets[k], sheets[k + 1], level)
        _draw_sheet(page, field, sheets[k], level + 0.02)
    digits = _draw_counts(page, field, sheets[0], 1.0 + 0.2 * len(sheets) + 0.1)
    for k, sheet in enumerate(sheets):
        _outline(page, field, sheet, 1.0 + 0.2 * (len(sheets) - k) + 0.15)
    return digits


def _draw_sheet(page: Page, field: Cone, sheet: Sheet, level: float) -> None:
    look = page.look
    region = field.region(sheet.depth)
    _fill(page, [sheet.paper], "surface", level, stroke="grid", thickness=1.2)
    if sheet.cell >= LINES:
        _lines(page, sheet.grid, "grid", 1.0, level + 0.01)
    for block in sheet.outside(region):
        _fill(page, [sheet.quad(block)], "background", level + 0.01)
        if sheet.cell >= LINES:
            _lines(page, sheet.lines(block), "grid", 0.8, level + 0.02)
        _lines(page, sheet.hatch(block, 8.0), "padding", 0.9, level + 0.02)
    if sheet.depth:
        merged = sheet.cell < LINES
        blocks = lit_blocks(field.mask(sheet.depth), merged=merged)
        fill = look.cell(role_of(field, sheet.depth), 0.75)
        _fill_cells(page, [sheet.quad(block) for block in blocks], fill, sheet, level + 0.03)


def _draw_cone(page: Page, field: Cone, near: Sheet, far: Sheet, level: float) -> None:
    """From what is seen of the nearer plane to what is seen of the further one; the nearer sheet hides its start."""
    start, end = near.quad(field.region(near.depth)), far.quad(field.region(far.depth))
    role = role_of(field, far.depth)
    page.polygon(hull([*start, *end]), role, alpha=0.13, zorder=level)
    elided = far.depth > near.depth + 1
    for a, b in zip(start, end, strict=True):
        page.line([a, b], role, 1.6, dashed=elided, zorder=level + 0.01)


def _outline(page: Page, field: Cone, sheet: Sheet, level: float) -> None:
    corners = sheet.quad(field.region(sheet.depth))
    page.line([*corners, corners[0], corners[1]], role_of(field, sheet.depth), 3.2, zorder=level)
    if sheet.depth == len(field.layers):  # the active cell's corner mark
        row, col = field.unit
        mark = [sheet.point(row, col + 0.62), sheet.point(row, col + 1), sheet.point(row + 0.38, col + 1)]
        page.polygon(mark, "output", zorder=level)


def _draw_counts(page: Page, field: Cone, sheet: Sheet, level: float) -> bool:
    """Shade the input's cells by their paths; write the counts where they can be read, and the factors at two edges."""
    blocks = counted_blocks(field.paths, MOST)
    strongest = max((count for _, count in blocks), default=1)
    size = count_size(strongest, sheet, LEAST)
    single = all(block[2] - block[0] == block[3] - block[1] == 1 for block, _ in blocks)
    digits = bool(blocks) and single and size > 0 and isinstance(field, ReceptiveField)
    heat = Shade(page.look, "input", strongest).heat  # the full hue, where no digits stand on it
    by_fill: dict[str, list[list[Point]]] = {}
    for block, count in blocks:
        fill = page.look.cell("input", count_strength(count, strongest)) if digits else heat(count)
        by_fill.setdefault(fill, []).append(sheet.quad(block))
        if digits:
            page.text(*sheet.center(*block[:2]), page.look.number(count), size, page.look.ink_role(fill))
    for fill, quads in by_fill.items():
        _fill_cells(page, quads, fill, sheet, level)
    if blocks:
        _draw_factors(page, field, sheet, blocks, max(LEAST, size * 0.86) if digits else 0.0, level)
    return digits


def _draw_factors(
    page: Page, field: Cone, sheet: Sheet, blocks: Sequence[tuple[Block, float]], size: float, level: float
) -> None:
    """The paths along rows and along columns beside the sheet: as digits at `size`, or as bars when it is 0."""
    rows, cols = field.path_factors
    top, left = sheet.rows.extent[0], sheet.cols.extent[0]
    digits = size > 0
    away = 20.0 / sheet.cell if digits else 6.0 / sheet.cell
    longest = 30.0 / sheet.cell
    bars = []
    for row0, row1 in sorted({(block[0], block[2]) for block, _ in blocks}):
        count = rows[row0:row1].max().item()
        if digits:
            page.text(*sheet.point(row0 + 0.5, left - away / ALONG), page.look.number(count), size, "muted")
        end = left - (away + longest * count / rows.max()) / ALONG
        bars.append(sheet.quad((row0, end, row1, left - away / ALONG)))
    for col0, col1 in sorted({(block[1], block[3]) for block, _ in blocks}):
        count = cols[col0:col1].max().item()
        if digits:
            page.text(*sheet.point(top - away, col0 + 0.5), page.look.number(count), size, "muted")
        bars.append(sheet.quad((top - away - longest * count / cols.max(), col0, top - away, col1)))
    if digits:
        page.text(*sheet.point(top - away, left - away / ALONG), "⊗", size, "muted")
    else:
        fill = page.look.faint("input", 0.35)
        _fill(page, bars, fill, level, stroke=fill, thickness=0.4)


def _fill_cells(page: Page, quads: Sequence[Sequence[Point]], fill: str, sheet: Sheet, level: float) -> None:
    """Lit cells: parted by thin lines where they are large, else touching without a seam."""
    if sheet.cell >= LINES:
        _fill(page, quads, fill, level, stroke="background", thickness=1.3)
    else:
        outlines = (Path([*quad, quad[0]], closed=True) for quad in quads)
        colour = page.look.colour(fill)
        # As one outline: there may be thousands, and each on its own costs far more than its part of one.
        page.axes.add_artist(
            PathPatch(
                Path.make_compound_path(*outlines),
                facecolor=colour,
                edgecolor=colour,
                linewidth=0.3 * POINTS,
                joinstyle="round",
                zorder=level,
            )
        )


def _fill(
    page: Page, polygons: Sequence[Sequence[Point]], fill: str, level: float, *, stroke: str = "", thickness: float = 0
) -> None:
    page.axes.add_collection(
        PolyCollection(
            polygons,
            facecolors=page.look.colour(fill),
            edgecolors=page.look.colour(stroke) if stroke else "none",
            linewidths=thickness * POINTS,
            joinstyle="round",
            antialiaseds=True,
            zorder=level,
        ),
        autolim=False,
    )


def _lines(page: Page, segments: Sequence[Segment], role: str, thickness: float, level: float) -> None:
    page.axes.add_collection(
        LineCollection(segments, colors=page.look.colour(role), linewidths=thickness * POINTS, zorder=level),
        autolim=False,
    )
