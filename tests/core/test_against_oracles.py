"""The trace against scipy, against plain loops, and against itself, for drawn geometries."""

from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from core import Trace, col2im, parse_lesson

BUSY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # the machine may be

WHOLE = st.integers(-9, 9)
DECIMAL = st.floats(-9, 9).map(lambda number: round(number, 3))


@dataclass(frozen=True)
class Drawn:
    trace: Trace
    stride: tuple[int, int]
    dilation: tuple[int, int]
    padding: tuple[int, int, int, int]
    groups: int


@st.composite
def drawn(draw, most_groups=3, kinds=(WHOLE, DECIMAL)):
    def pair(least, most):
        return draw(st.tuples(st.integers(least, most), st.integers(least, most)))

    groups = draw(st.integers(1, most_groups))
    depth, per_group = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    (kh, kw), stride, dilation, (height, width) = pair(1, 3), pair(1, 3), pair(1, 3), pair(1, 7)
    top, left = pair(0, 3)
    bottom, right = pair(0, 3)
    assume(top + height + bottom > dilation[0] * (kh - 1) and left + width + right > dilation[1] * (kw - 1))

    def array(*shape):
        size = int(np.prod(shape))
        numbers = draw(st.sampled_from(kinds))
        return np.array(draw(st.lists(numbers, min_size=size, max_size=size))).reshape(shape).tolist()

    text = f"""
        title = "Drawn"
        [convolution]
        input = {array(groups * depth, height, width)}
        kernel = {array(groups * per_group, depth, kh, kw)}
        bias = {array(groups * per_group)}
        stride = {list(stride)}
        dilation = {list(dilation)}
        padding = {[top, left, bottom, right]}
        groups = {groups}
    """
    trace = Trace(parse_lesson(text, name="drawn"))
    return Drawn(trace, stride, dilation, (top, left, bottom, right), groups)


def same(actual, expected):
    assert actual.shape == expected.shape
    if actual.dtype.kind == "i":
        assert (actual == expected).all()
    else:
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-10)


@given(drawn(most_groups=1))
@settings(**BUSY)
def test_the_output_is_scipys(case):
    trace, (top, left, bottom, right) = case.trace, case.padding
    padded = np.pad(trace.input, ((0, 0), (top, bottom), (left, right)))
    maps = []
    for taps, bias in zip(trace.kernel, trace.bias, strict=True):
        total = 0
        for plane, tap in zip(padded, taps, strict=True):
            stuffed = np.zeros([d * (k - 1) + 1 for d, k in zip(case.dilation, tap.shape, strict=True)], tap.dtype)
            stuffed[:: case.dilation[0], :: case.dilation[1]] = tap
            total = total + correlate2d(plane, stuffed, "valid")[:: case.stride[0], :: case.stride[1]]
        maps.append(total + bias)
    same(trace.output, np.array(maps))


@given(drawn())
@settings(**BUSY)
def test_the_output_is_what_plain_loops_give(case):
    trace, (top, left, _, _) = case.trace, case.padding
    (channels, height, width), (outputs, depth, kh, kw) = trace.input.shape, trace.kernel.shape
    expected = np.empty((outputs, *trace.output_size), trace.output.dtype)
    for o, r, c in np.ndindex(expected.shape):
        total = trace.bias[o].item()
        for d, i, j in np.ndindex(depth, kh, kw):
            row = r * case.stride[0] + i * case.dilation[0] - top
            col = c * case.stride[1] + j * case.dilation[1] - left
            if 0 <= row < height and 0 <= col < width:
                channel = o // (outputs // case.groups) * (channels // case.groups) + d
                total += trace.input[channel, row, col].item() * trace.kernel[o, d, i, j].item()
        expected[o, r, c] = total
    same(trace.output, expected)


@given(drawn())
@settings(**BUSY)
def test_the_output_size_is_the_number_of_windows_that_fit(case):
    trace = case.trace
    for axis, size, cells in zip(trace.axes, trace.output_size, trace.padded.shape[1:], strict=True):
        starts = [start for start in range(0, cells, axis.stride) if start + axis.dilation * (axis.kernel - 1) < cells]
        assert axis.output == size == len(starts)
        assert axis.padded == cells
        assert axis.padding == cells - axis.input
        assert axis.numerator == axis.quotient * axis.stride + axis.remainder
        read = {start + tap * axis.dilation for start in starts for tap in range(axis.kernel)}
        assert axis.unread == tuple(sorted(set(range(cells)) - read))


@given(drawn())
@settings(**BUSY)
def test_every_step_agrees_with_the_output_to_the_last_bit(case):
    trace = case.trace
    assert len(trace.steps) == trace.output.size
    maps = [trace.channel_maps(channel) for channel in range(len(trace.output))]
    for index, step in enumerate(trace.steps):
        assert step.index == index
        assert step == trace.step_at(step.row, step.col, step.channel)
        assert step.value == trace.output[step.channel, step.row, step.col]
        assert (trace.padded[step.window] == step.patch).all()
        assert np.shares_memory(step.patch, trace.padded)
        rows, cols = np.ix_(step.rows, step.cols)
        channels = np.arange(len(trace.input))[step.window[0]]
        assert (trace.padded[channels][:, rows, cols] == step.patch).all()
        assert (step.patch * step.weights == step.products).all()
        assert step.running.tolist() == list(np.cumsum(step.products.ravel()))
        same(step.channel_sums, step.products.sum(axis=(1, 2)))
        taps = step.weights[0].size
        for channel, total in enumerate(step.channel_sums.tolist()):
            assert step.sum_over(channel, channel + 1) == total
            assert step.sum_over(0, channel + 1) == step.running[(channel + 1) * taps - 1]
        assert step.sum_over(len(step.products) - 1) == step.channel_sums[-1]
        assert (step.channel_sums == maps[step.channel][:, step.row, step.col]).all()
        assert abs(step.channel_sums.sum() + step.bias - step.value) < 1e-9
        height, width = trace.input.shape[1:]
        inside = [[0 <= row < height and 0 <= col < width for col in step.input_cols] for row in step.input_rows]
        assert step.inside.tolist() == inside
        assert not step.patch[:, ~step.inside].any()


@given(drawn())
@settings(**BUSY)
def test_im2col_holds_every_patch_and_its_product_is_the_output(case):
    trace, im2col = case.trace, case.trace.im2col
    height, width = trace.input.shape[1:]
    assert im2col.matrix.shape == im2col.origin.shape == im2col.shape
    assert len(im2col.column) == im2col.shape[1]
    same(im2col.matrix @ im2col.weights + trace.bias, im2col.result)
    assert (im2col.result.T.reshape(trace.output.shape) == trace.output).all()
    known = im2col.origin >= 0
    assert (im2col.matrix[known] == trace.input.ravel()[im2col.origin[known]]).all()
    assert not im2col.matrix[~known].any()
    copies = np.bincount(im2col.origin[known], minlength=trace.input.size)
    assert (im2col.counts.ravel() == copies).all()
    assert im2col.taps == trace.kernel[0, 0].size
    assert im2col.entries == im2col.matrix.size
    assert im2col.blow_up == im2col.matrix.size / trace.input.size
    for row, origins in enumerate(im2col.origin):
        step = trace.step_at(*im2col.cell(row))
        assert im2col.row_of(step.row, step.col) == row
        for (channel, i, j), origin in zip(im2col.column, origins, strict=True):
            at = channel * height * width + step.input_rows[i] * width + step.input_cols[j]
            assert origin == (at if step.inside[i, j] else -1)


@given(drawn(kinds=(WHOLE,)))
@settings(**BUSY)
def test_col2im_undoes_im2col_up_to_the_counts(case):
    trace = case.trace
    assert (col2im(trace.im2col.matrix, trace) == trace.im2col.counts * trace.input).all()


@given(drawn(), st.randoms(use_true_random=False))
@settings(**BUSY)
def test_col2im_is_the_adjoint_of_im2col(case, random):
    trace = case.trace
    other = np.array([random.randint(-9, 9) for _ in range(trace.im2col.matrix.size)]).reshape(trace.im2col.shape)
    np.testing.assert_allclose(
        (trace.im2col.matrix * other).sum(), (trace.input * col2im(other, trace)).sum(), atol=1e-9
    )
