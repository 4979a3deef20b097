"""Receptive fields as a notebook shows them: HTML strings."""

from __future__ import annotations

from itertools import islice

from core.html_table import heading, line, lines_table, number_table, page
from core.network_field import NetworkField
from core.node_text import HEADER, node_line, pair_text, plane_text
from core.number_text import number, size
from core.receptive_field import ReceptiveField

MOST_NODES = 400
"""Rows of a network's table; all of them are in ``field.rows``."""

DEPTHS = ("depth", "kernel", "stride", "dilation", "plane", "field", "jump", "start", "padding")


def field_html(field: ReceptiveField) -> str:
    """A stack of layers depth by depth, and how many paths lead from each input cell to the unit."""
    lines = []
    for row in field.rows:
        layer = (
            (size(*pair) for pair in (row.layer.kernel, row.layer.stride, row.layer.dilation))
            if row.layer
            else ("", "", "")
        )
        start = ", ".join(number(place) for place in dict.fromkeys(row.start))
        lines.append(
            (
                number(row.depth),
                *layer,
                size(*row.plane),
                size(*row.size),
                pair_text(row.jump),
                start,
                pair_text(row.padding),
            )
        )
    unit = ", ".join(map(str, field.unit))
    seen = f"unit ({unit}) of the last plane reads {number(field.cells_read)} of {number(field.paths.size)} input cells"
    paths = number_table(field.paths, f"paths from each input cell to unit ({unit})", {"window": field.paths > 0})
    return page(heading("receptive field", seen), lines_table("layers", DEPTHS, lines), paths)


def network_html(field: NetworkField) -> str:
    """The table of a network's nodes, in cells of the picture."""
    network = field.network
    said = (f"picture {plane_text(field.size)}", f"nodes with rows and columns: {number(len(field.rows))}")
    rows = [node_line(row) for row in islice(field.rows, MOST_NODES)]
    parts = [heading(network.name, *said), lines_table("nodes", HEADER, rows)]
    if len(field.rows) > MOST_NODES:
        parts.append(line(f"… more nodes: {number(len(field.rows) - MOST_NODES)}"))
    if merge := next((row.misaligned for row in field.rows if row.misaligned), None):
        parts.append(line(f"The branches that meet at {merge} look at different places."))
    if unknown := next((row.name for row in field.rows if row.padding is None), None):
        parts.append(line(f"The padding is not known from {unknown} on: it depends on the picture's size."))
    return page(*parts)
