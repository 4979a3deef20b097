"""The input beside the feature map it becomes."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace, TransposeTrace
from figures._filter_panel import draw_filter, draw_pooled
from figures._map_pair import draw_pair, draw_planes
from figures._page import LEAST, MARGIN, SMALL, Page
from figures._signal_rows import draw_signals
from figures._source_plane import beyond_notes
from look import Look
from look.extents import AnyScan, counting, extents_in, place, place_in_output
from look.numbers import number, size
from look.phrases import DOT, conventions
from look.shade import Shade, magnitude, shading

NEEDS: Final = ("convolution|transposed|pooling",)

NAME = "feature-map"
MOST_FILTERS, MOST_ACROSS = 8, 4
INPUT = 0.24  # of the width, for the input's planes where there are several filters
SCALE = (220.0, 14.0)
PARTS = 41  # odd, so that zero has one of its own


def draw(trace: AnyScan, fig: Figure, look: Look) -> None:
    """One map: input, kernel, feature map. Several, and signals: the input, then each filter with its map."""
    page = Page(fig, look)
    filters = len(trace.output)
    pooled = not isinstance(trace, Trace | TransposeTrace)
    title = look.say(f"{NAME}.title" if filters == 1 else f"{NAME}.title_{'channels' if pooled else 'filters'}")
    top = page.header(title, conventions(trace, look), trace.lesson.title[look.lang]) + 6
    bottom, left, right = page.height - 74, MARGIN, page.width - MARGIN
    if trace.windowed.line:
        picture = draw_signals(page, trace, min(filters, MOST_FILTERS), (left, top, right, bottom))
    elif filters == 1 and len(trace.input) == 1:
        picture = draw_pair(page, trace, (left, top, right, bottom))
    else:
        split = left + (right - left) * INPUT
        draw_planes(page, trace, (left, top, split, bottom))
        picture = _draw_filters(page, trace, (split + 44, top, right, bottom))
    step = trace.highlight
    said = [place_in_output(step, look), counting(trace, look), *beyond_notes(trace, look)]
    if filters > MOST_FILTERS:
        shown = f"{NAME}.some_{'maps' if pooled else 'filters'}"
        said = [look.say(shown, shown=MOST_FILTERS, count=filters), *said]
    page.footer(DOT.join(said))
    _draw_scale(page, trace, shading(look, "output", trace.output), picture=picture)


def _draw_filters(page: Page, trace: AnyScan, box: tuple[float, float, float, float]) -> bool:
    """A panel for each filter, in one row or two; returns whether their maps are drawn as pictures."""
    left, top, right, bottom = box
    shown = min(len(trace.output), MOST_FILTERS)
    across = shown if shown < MOST_ACROSS else -(-shown // 2)
    down = -(-shown // across)
    gap = 26.0
    width = (right - left - gap * (across - 1)) / across
    height = (bottom - top - gap * (down - 1)) / down
    pictures = []
    for channel in range(shown):
        x, y = left + channel % across * (width + gap), top + channel // across * (height + gap)
        panel = (x, y, x + width, y + height)
        if isinstance(trace, Trace | TransposeTrace):
            pictures.append(draw_filter(page, trace, channel, trace.weights, trace.bias[channel].item(), panel))
        else:
            pictures.append(draw_pooled(page, trace, channel, panel))
    return all(pictures)


def _draw_scale(page: Page, trace: AnyScan, shade: Shade, *, picture: bool) -> None:
    """The diverging scale at the foot: centred at zero, the largest magnitude at either end."""
    limit = magnitude(trace.output)
    if not trace.output.any():
        return
    width, height = SCALE
    low, high = number(-limit), number(limit)
    y = page.height - 38
    right = page.width - MARGIN
    right = page.text(right, y, high, SMALL, "muted", anchor="right", least=LEAST)[0] - 10
    left = right - width
    for part in range(PARTS):
        value = (2 * part / (PARTS - 1) - 1) * limit
        fill = shade.heat(value) if picture else shade(value)
        page.rect(left + part * width / PARTS, y - height / 2, width / PARTS + 0.5, height, fill=fill)
    page.rect(left, y - height / 2, width, height, stroke="grid", thickness=1, zorder=2)
    page.line([(left + width / 2, y - height / 2 - 4), (left + width / 2, y + height / 2 + 4)], "muted", 1.5)
    page.text(left - 10, y, low, SMALL, "muted", anchor="right")
    page.text(left + width / 2, y - 22, number(0), SMALL, "muted")


def alt(trace: AnyScan, look: Look) -> str:
    """The sizes, the range of values and the value at the highlight."""
    step, count = trace.highlight, len(trace.output)
    several = "alt_filters" if isinstance(trace, Trace | TransposeTrace) else "alt_channels"
    return look.say(
        f"{NAME}.alt" if count == 1 else f"{NAME}.{several}",
        **({} if count == 1 else {"count": count}),
        input=size(*extents_in(trace, *trace.input.shape[-2:])),
        output=size(*extents_in(trace, *trace.output_size)),
        low=trace.output.min().item(),
        high=trace.output.max().item(),
        place=place(step, look),
        value=step.value,
    )
