"""The receptive-field figure: every stack draws, its digits are the trace's, and no text leaves its place."""

import re
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from core import Trace, load_lesson, parse_lesson
from core import trace_of as any_trace_of
from figures import receptive_field
from figures._page import HEIGHT, LEAST, WIDTH, lettering
from look import Look
from look.numbers import number, size
from look.phrases import pair
from tests._stacks import STACKS, trace_of

LOOKS = [Look("dark", "en"), Look("light", "zh")]


@cache
def drawn(trace, look=LOOKS[0]):
    fig = Figure()
    receptive_field.draw(trace, fig, look)
    return fig


def words(fig):
    return [text.content for text in lettering(fig)]


def by_place(fig):
    """The middle of each text's ink, and the text."""
    return [((t.extent[0] + t.extent[2]) / 2, (t.extent[1] + t.extent[3]) / 2, t.content) for t in lettering(fig)]


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
@pytest.mark.parametrize("name", STACKS)
def test_no_text_overlaps_or_leaves_the_page_or_is_too_small_or_is_cut(name, look):
    texts = lettering(drawn(trace_of(name), look))
    for text in texts:
        left, top, right, bottom = text.extent
        assert left >= 30, text.content
        assert top >= 30, text.content
        assert right <= WIDTH - 30, text.content
        assert bottom <= HEIGHT - 20, text.content
        assert text.size >= LEAST - 1e-9, text.content
    assert [text.content for text in texts if text.content.endswith("…")] == []
    for one, two in combinations(texts, 2):
        apart = (
            one.extent[2] <= two.extent[0]
            or two.extent[2] <= one.extent[0]
            or one.extent[3] <= two.extent[1]
            or two.extent[3] <= one.extent[1]
        )
        assert apart, (one.content, two.content)


@pytest.mark.parametrize("name", ["default", "one-layer", "wide-input", "three", "holes", "corner", "even"])
def test_the_counts_in_the_cells_are_the_paths(name):
    trace = trace_of(name)
    counts = trace.field.paths[trace.field.mask(0)].tolist()
    rows, cols = (factor[factor > 0].tolist() for factor in trace.field.path_factors)
    inside = [text for x, y, text in by_place(drawn(trace)) if x < 430 and 120 < y < 550 and text != "⊗"]
    assert sorted(inside) == sorted(number(count) for count in [*counts, *rows, *cols])


def test_each_count_stands_in_its_own_cell():
    trace = trace_of("default")
    found = [place for place in by_place(drawn(trace)) if place[0] < 430 and 120 < place[1] < 550 and place[2] != "⊗"]
    # The sheet's rows go straight down: digits of one column share their x, and each column rises to the right.
    columns = {}
    for x, y, text in found:
        columns.setdefault(next((at for at in columns if abs(at - x) < 12), x), []).append((y, text))
    ordered = [[text for _, text in sorted(columns[x])] for x in sorted(columns)]
    assert len(ordered) == 6
    rows, cols = (factor.tolist() for factor in trace.field.path_factors)
    assert ordered[0] == [number(count) for count in rows]
    for col, column in enumerate(ordered[1:]):
        assert column == [number(cols[col]), *(number(count) for count in trace.field.paths[:, col].tolist())]


@pytest.mark.parametrize("name", STACKS)
def test_the_table_says_what_the_field_says(name):
    trace = trace_of(name)
    places = by_place(drawn(trace))
    table = next(x for x, _, text in places if text == "layer")
    texts = [text for x, _, text in places if x > table - 30]
    for row in trace.field.rows:
        assert size(*row.size) in texts
        assert pair(row.jump) in texts
        if row.layer:
            assert size(*row.layer.kernel) in texts
            assert pair(row.layer.stride) in texts


def test_padding_and_dilation_have_a_column_where_a_layer_has_any():
    assert {"padding", "dilation"} & set(words(drawn(trace_of("default")))) == set()
    assert {"padding", "dilation"} & set(words(drawn(trace_of("corner")))) == {"padding"}
    assert {"padding", "dilation"} & set(words(drawn(trace_of("holes")))) == {"dilation"}
    assert {"padding", "dilation"} <= set(words(drawn(trace_of("everything"))))


def pooled(size):
    text = f"title = 'x'\n[convolution]\nop = 'max_pool'\ninput = {np.ones((size, size), int).tolist()}\n"
    return any_trace_of(parse_lesson(f"{text}kernel_size = 3\nstride = 2\nceil_mode = true", name="x"))


def test_rounding_up_is_told_of_the_layer_that_it_acts_on_and_is_no_padding():
    said = words(drawn(pooled(6)))
    assert "ceil" in said
    assert said.count("+1") == 1
    assert "padding" not in said
    assert "window" in said  # a pool has no kernel
    assert not [text for text in said if "kernel" in text]
    assert any("size rounded up (ceil mode)" in text for text in said)
    even = words(drawn(pooled(7)))
    assert [text for text in even if "ceil" in text or text.startswith("+")] == []


def test_four_paddings_in_the_table_have_their_order_beside_them():
    order = LOOKS[0].say("receptive-field.order")
    told = {name: words(drawn(trace_of(name))) for name in ("everything", "corner")}
    assert "(1, 0, 2, 1)" in told["everything"]
    assert [name for name, texts in told.items() if any(order in text for text in texts)] == ["everything"]


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
def test_alt_text_has_the_numbers_of_the_trace(name, look):
    field = trace_of(name).field
    said = receptive_field.alt(trace_of(name), look)
    last = field.rows[-1]
    counts = field.paths[field.mask(0)]
    wanted = [size(*last.size), *(size(*layer.kernel) for layer in field.layers), pair(last.jump), pair(last.padding)]
    wanted += [number(index) for index in field.unit] + [number(int(field.mask(0).sum()))]
    wanted += [number(int(counts.min())), number(int(counts.max()))] if counts.size else []
    for text in wanted:
        assert re.search(rf"(?<![\d.×]){re.escape(text)}(?![\d×])", said), (text, said)
    assert ("路径" if look.lang == "zh" else "path") in said.lower()


@pytest.mark.parametrize("lesson", ["article", "strided-padding", "three-channels"])
def test_the_shipped_lessons_show_their_field(lesson, checkout):
    trace = Trace(load_lesson(checkout / "lessons" / f"{lesson}.toml"))
    texts = words(drawn(trace))
    extent = size(*trace.field.rows[-1].size)
    assert f"receptive field {extent}" in texts
    assert f"One unit of layer 2 has a {extent} receptive field" in texts


def pixels(fig):
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def test_hatching_and_torn_edges_are_explained_where_they_are_drawn():
    said = {name: " ".join(words(drawn(trace_of(name)))) for name in ("corner", "default", "wide-input")}
    assert [name for name in said if "hatched: outside the plane" in said[name]] == ["corner"]
    assert [name for name in said if "torn edge: the plane goes on" in said[name]] == ["corner", "wide-input"]


def test_dilation_leaves_cells_unlit():
    look = LOOKS[0]
    image = pixels(drawn(trace_of("holes"), look))
    fill = np.array([int(look.cell("input", 1.0)[k : k + 2], 16) for k in (1, 3, 5)])
    lit = (np.abs(image[120:550, :430, :3].astype(int) - fill) <= 2).all(axis=2)
    # The outline of the field spans 5×5 cells, of which 9 are lit: columns of lit cells with unlit ones between.
    columns = np.flatnonzero(lit.sum(axis=0) > 20)
    runs = 1 + int((np.diff(columns) > 8).sum())
    assert runs == 3
