"""Where things stand in the scan film: for lessons of every size they fit the page and keep off each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core import Trace
from core.lesson import parse_lesson
from scenes._heat import MOST_CELLS
from scenes._ink import LEAST, WIDTH
from scenes._scan_layout import BOTTOM, LARGEST, MARGIN, TOP, layout

Box = tuple[float, float, float, float]


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    size = st.one_of(st.integers(1, 8), st.integers(1, 60))
    channels, filters = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    rows, columns = draw(size), draw(size)
    kernel = draw(st.tuples(st.integers(1, 13), st.integers(1, 13)))
    padding = draw(st.lists(st.integers(0, 4), min_size=4, max_size=4))
    assume(rows + padding[0] + padding[2] >= kernel[0])
    assume(columns + padding[1] + padding[3] >= kernel[1])
    digits = draw(st.sampled_from([1, 100, 12345]))
    rng = np.random.default_rng(0)
    image = (rng.integers(-9, 10, (channels, rows, columns)) * digits).tolist()
    weights = rng.integers(-9, 10, (filters, channels, *kernel)).tolist()
    text = f"title = 't'\n[convolution]\ninput = {image}\nkernel = {weights}\npadding = {padding}\n"
    return Trace(parse_lesson(text, name="t"))


@st.composite
def signals(draw: st.DrawFn) -> Trace:
    size, kernel = draw(st.one_of(st.integers(1, 12), st.integers(1, 300))), draw(st.integers(1, 9))
    padding = draw(st.tuples(st.integers(0, 4), st.integers(0, 4)))
    assume(size + sum(padding) >= kernel)
    values = np.random.default_rng(0).integers(-9, 10, size + kernel).tolist()
    text = f"title = 't'\n[convolution]\ninput = {values[:size]}\nkernel = {values[size:]}\npadding = {list(padding)}\n"
    return Trace(parse_lesson(text, name="t"))


@settings(max_examples=40)
@given(signals())
def test_a_signal_takes_the_width_of_the_page(trace: Trace) -> None:
    where = layout(trace, [trace.steps[0]])
    (plane,), (grid,), (output,) = where.planes, where.grids, where.maps
    cells = trace.axes[1].padded
    assert plane.cell == min(LARGEST, (WIDTH - 2 * MARGIN) / cells) or cells > MOST_CELLS
    assert TOP - 2 <= plane.y < plane.bottom + 80 <= grid.y < grid.bottom + 80 <= output.y < output.bottom <= BOTTOM + 2
    left = plane.x - trace.convolution.padding[1] * plane.cell
    assert left + cells * plane.cell / 2 == pytest.approx(grid.middle[0], abs=1)
    assert output.middle[0] == pytest.approx(grid.middle[0], abs=1)
    assert min(left, grid.x, output.x) >= MARGIN - 2


@settings(max_examples=60)
@given(traces())
def test_everything_fits_the_page_and_nothing_overlaps(trace: Trace) -> None:
    where = layout(trace, [trace.steps[0], trace.highlight])
    top, left, bottom, right = trace.convolution.padding
    planes = [place.span(-top, -left, place.rows + bottom, place.columns + right) for place in where.planes]
    others = [place.span(0, 0, place.rows, place.columns) for place in (*where.grids, *where.maps)]
    for box in [*planes, *others]:
        assert MARGIN - 2 <= box[0] < box[2] <= WIDTH - MARGIN + 2
        assert TOP - 2 <= box[1] < box[3] <= BOTTOM + 2
    for one, other in combinations([*planes, *others], 2):
        assert not overlap(one, other)
    assert {place.cell for place in where.planes} == {place.cell for place in where.maps}
    assert len(where.planes) == len(where.grids) == min(trace.kernel.shape[1], 4 if where.more is None else 3)
    sizes = [where.weights, where.products, where.resting, where.digits, where.factors and where.factors[0]]
    assert all(size >= LEAST for size in sizes if size)


def overlap(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
