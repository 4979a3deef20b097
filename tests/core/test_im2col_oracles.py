"""The im2col matrix of every operation in both layouts, and col2im, against NumPy's windows, ONNX and themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import col2im
from tests.core._drawn import convolutions, examples, numbers, pools, same, scan, seeds, transposed
from tests.core._onnx import run

every_operation = st.one_of(convolutions(), pools(), transposed())


def unfolded(trace):
    """(C*kh*kw, h*w), as torch.nn.functional.unfold lays it out, by NumPy's sliding windows."""
    (rows, cols), padded = trace.axes, trace.padded
    seen = np.lib.stride_tricks.sliding_window_view(padded, (rows.span, cols.span), axis=(1, 2))
    seen = seen[:, :: rows.stride, :: cols.stride][:, : rows.output, : cols.output, :: rows.dilation, :: cols.dilation]
    return seen.transpose(0, 3, 4, 1, 2).reshape(-1, rows.output * cols.output)


@given(every_operation)
@examples(2)
def test_a_patch_per_column_is_unfold_and_a_patch_per_row_its_transpose(keys):
    trace = scan(**keys)
    im2col = trace.im2col
    assert (im2col.columns == unfolded(trace)).all()
    assert im2col.matrix.shape == im2col.shape == (trace.output_size[0] * trace.output_size[1], len(im2col.column))
    assert (im2col.matrix == unfolded(trace).T).all()
    assert im2col.blow_up == im2col.matrix.size / trace.input.size
    for row in range(im2col.shape[0]):
        patches = [trace.step_at(*im2col.cell(row), channel) for channel in range(len(trace.output))]
        channels = {step.window[0].start: step.patch for step in patches}
        assert im2col.matrix[row].tolist() == np.concatenate([channels[at] for at in sorted(channels)]).ravel().tolist()


@given(every_operation)
@examples(2)
def test_every_entry_knows_the_input_cell_it_copies(keys):
    trace = scan(**keys)
    im2col = trace.im2col
    known = im2col.origin >= 0
    assert (im2col.matrix[known] == trace.input.ravel()[im2col.origin[known]]).all()
    assert (im2col.matrix[~known] == trace.windowed.fill).all()
    assert (im2col.counts.ravel() == np.bincount(im2col.origin[known], minlength=trace.input.size)).all()
    _, height, width = trace.input.shape
    for row, origins in enumerate(im2col.origin):
        step = trace.step_at(*im2col.cell(row))
        for (channel, i, j), origin in zip(im2col.column, origins, strict=True):
            source = step.source_rows[i], step.source_cols[j]
            assert origin == (-1 if -1 in source else channel * height * width + source[0] * width + source[1])
            if step.inside[i, j]:
                assert origin >= 0
                if keys["op"] != "conv_transpose":
                    assert source == (step.input_rows[i], step.input_cols[j])
            elif keys.get("padding_mode", "zeros") == "zeros":
                assert origin == -1


@given(st.one_of(convolutions(), transposed()))
@examples(1.5)
def test_the_product_is_the_output_in_both_layouts_and_block_by_block(keys):
    trace = scan(**keys)
    im2col = trace.im2col
    assert (im2col.result.T.reshape(trace.output.shape) == trace.output).all()
    sums = (trace.output - trace.bias[:, None, None]).reshape(len(trace.output), -1)
    rows, columns = im2col.product("rows"), im2col.product("columns")
    same(rows.left @ rows.right, rows.result)
    same(columns.left @ columns.right, columns.result)
    assert rows.left.shape == im2col.shape
    assert columns.left.shape == (len(trace.output), im2col.shape[1])
    assert columns.right.shape == im2col.shape[::-1]
    np.testing.assert_allclose(columns.result, sums, rtol=1e-9, atol=1e-8)
    assert (rows.result == columns.result.T).all()
    for layout, axis in (("rows", 1), ("columns", 0)):
        blocks = im2col.blocks(layout)
        assert len(blocks) == keys["groups"]
        for block in blocks:
            same(block.left @ block.right, block.result)
        same(np.concatenate([block.result for block in blocks], axis), im2col.product(layout).result)
        assert sum(block.left.size + block.right.size for block in blocks) <= rows.left.size + rows.right.size


@given(every_operation, seeds)
@examples(1.5)
def test_col2im_is_the_adjoint_of_im2col_in_both_layouts(keys, seed):
    trace = scan(**keys)
    other = numbers(seed, trace.im2col.shape, True)
    folded = col2im(other, trace)
    assert folded.shape == trace.input.shape
    assert (col2im(other.T, trace, "columns") == folded).all()
    known = trace.im2col.origin >= 0
    copied = np.where(known, trace.im2col.matrix, 0)
    np.testing.assert_allclose((copied * other).sum(), (trace.input * folded).sum(), atol=1e-8)
    same(col2im(copied, trace), trace.im2col.counts * trace.input)


@given(convolutions(modes=("zeros",)), seeds)
@examples(1.5)
def test_col2im_is_onnxs(keys, seed):
    trace = scan(**keys)
    other = numbers(seed, trace.im2col.shape, True)
    expected = run(
        "Col2Im",
        other.T[None].astype(float),
        np.array(trace.input.shape[1:]),
        np.array(trace.kernel.shape[2:]),
        strides=list(keys["stride"]),
        dilations=list(keys["dilation"]),
        pads=list(keys["padding"]),
    )[0]
    assert (col2im(other, trace) == expected).all()


def test_a_layout_that_is_not_there():
    trace = scan(input=[[1, 2], [3, 4]], kernel=[[1]])
    with pytest.raises(ValueError, match="no layout 'tiles': there are rows, columns"):
        trace.im2col.product("tiles")
