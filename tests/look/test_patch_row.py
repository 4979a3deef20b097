"""Rows of the im2col matrix read one by one, the tints of their cells, and what of the matrix is shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Trace
from core.lesson import parse_lesson
from look import THEMES, Look
from look.palette import contrast
from look.patch_row import matrix_excerpt, read_row
from look.tints import Tints


def trace_of(height: int, width: int, kernel: tuple[int, int], settings: str, channels: int = 2) -> Trace:
    values = (np.arange(channels * height * width) * 31 % 17 - 8).reshape(channels, height, width).tolist()
    weights = np.ones((1, channels, *kernel), int).tolist()
    return Trace(
        parse_lesson(f"title = 'x'\n[convolution]\ninput = {values}\nkernel = {weights}\n{settings}", name="x")
    )


@given(
    size=st.tuples(st.integers(3, 9), st.integers(3, 9)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    padding=st.integers(0, 2),
    stride=st.integers(1, 3),
)
def test_a_row_is_the_matrix_row_and_its_origin(
    size: tuple[int, int], kernel: tuple[int, int], padding: int, stride: int
) -> None:
    trace = trace_of(*size, kernel, f"padding = {padding}\nstride = {stride}")
    _, height, width = trace.input.shape
    for index in {0, trace.im2col.shape[0] // 2, trace.im2col.shape[0] - 1}:
        row = read_row(trace, index)
        assert row.cell == trace.im2col.cell(index)
        assert list(row.values) == trace.im2col.matrix[index].tolist()
        flat = [-1 if s is None else (s[0] * height + s[1]) * width + s[2] for s in row.sources]
        assert flat == trace.im2col.origin[index].tolist()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(5, 5), (1, 1), (12, 9), (40, 64)])
def test_digits_read_on_every_tint_and_a_patch_has_no_tint_twice(theme: str, size: tuple[int, int]) -> None:
    trace = trace_of(*size, (min(3, size[0]), min(3, size[1])), "", channels=1)
    look = Look(theme, "en")
    tints = Tints(trace, look)
    for step in (trace.steps[0], trace.steps[len(trace.steps) // 2], trace.steps[-1]):
        fills = [tints((0, row, column)) for row in step.input_rows for column in step.input_cols]
        assert len(set(fills)) == len(fills)
        assert min(contrast(look.ink_on(fill), fill) for fill in fills) >= 4.5
    assert tints(None) == look.surface


def test_all_channels_share_the_tint_of_a_place() -> None:
    tints = Tints(trace_of(5, 5, (3, 3), ""), Look("dark", "en"))
    assert tints((0, 2, 3)) == tints((1, 2, 3)) != tints((0, 3, 2))


@pytest.mark.parametrize(("width", "height"), [(1700, 560), (600, 400), (300, 300), (80, 80)])
def test_an_excerpt_fits_its_room(width: float, height: float) -> None:
    trace = trace_of(9, 9, (3, 3), "highlight = [4, 4]")
    shown = matrix_excerpt(trace, width, height, 24)
    assert shown.rows[0] == 0
    assert len(shown.patches) == sum(row is not None for row in shown.rows)
    assert shown.whole == (None not in shown.rows and None not in shown.columns)
    assert not shown.whole or width > 500
    assert shown.digits or width < 300


def test_the_most_copied_cell_is_one_that_is_shown() -> None:
    trace = trace_of(9, 9, (3, 3), "highlight = [4, 4]", channels=1)
    shown = matrix_excerpt(trace, 400, 300, 24)
    source = shown.most_copied(trace)
    assert trace.im2col.counts[source] == 9
    assert shown.copies(source)
    for row, column in shown.copies(source):
        _, height, width = trace.input.shape
        assert trace.im2col.origin[row, column] == (source[0] * height + source[1]) * width + source[2]


def test_padding_that_repeats_an_input_cell_is_a_copy_of_it() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, 2], [3, 4]]\nkernel = [[1, 1], [1, 1]]\npadding = 1\n"
    trace = Trace(parse_lesson(f"{text}padding_mode = 'replicate'\n", name="repeated"))
    row = read_row(trace, 0)
    assert row.inside == (False, False, False, True)
    assert row.sources == ((0, 0, 0),) * 4
    assert row.values == (1,) * 4
    excerpt = matrix_excerpt(trace, 1000, 1000, 20)
    for source, count in zip(np.ndindex(1, 2, 2), trace.im2col.counts.ravel().tolist(), strict=True):
        assert len(excerpt.copies(source)) == count


def test_a_cell_that_is_not_zero_can_be_asked_for() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[0, 0, 0], [0, 0, 7], [0, 0, 0]]\nkernel = [[1, 1]]\n"
    trace = Trace(parse_lesson(text, name="mostly-zero"))
    excerpt = matrix_excerpt(trace, 1000, 1000, 20)
    most = excerpt.most_copied(trace, nonzero=True)
    assert trace.im2col.counts[most] == trace.im2col.counts.max() == 2
    assert most[2] == 1  # the only column that is read twice holds nothing but zeros
    wide = Trace(parse_lesson(text.replace("[[1, 1]]", "[[1], [1]]"), name="mostly-zero"))
    assert matrix_excerpt(wide, 1000, 1000, 20).most_copied(wide, nonzero=True) == (0, 1, 2)
