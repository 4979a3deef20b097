"""What a lesson becomes: defaults, conventions, fingerprints, and values that cannot change."""

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from core import Convolution, Localized, Step, Trace, col2im, parse_lesson
from core.receptive_field import Layer


def lesson(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]", kernel="[[1,0],[0,1]]", title='"T"', name="x"):
    return parse_lesson(f"title = {title}\n[convolution]\ninput = {image}\nkernel = {kernel}\n{rest}", name=name)


def test_title_input_and_kernel_are_enough():
    made = lesson()
    convolution = made.convolution
    assert (convolution.stride, convolution.dilation, convolution.padding) == ((1, 1), (1, 1), (0, 0, 0, 0))
    assert (convolution.groups, convolution.rank, convolution.highlight) == (1, 2, (1, 1))
    assert convolution.bias.tolist() == [0]
    assert (made.name, made.title) == ("x", Localized("T", "T"))
    assert made.layers == (Layer((2, 2)), Layer((2, 2)))  # its own layer, twice: the input has room
    assert (made.plane, made.unit) == ((3, 3), (0, 0))
    assert made.card.site == Localized("convscan", "convscan")
    assert made.card.tagline == Localized("", "")


def test_layers_are_the_lessons_own_as_often_as_fits():
    once = lesson("stride = 2\npadding = 1", kernel="[[1,0,1],[1,1,1],[1,1,1]]", image="[[1]]")
    assert once.layers == (Layer((3, 3), (2, 2), (1, 1, 1, 1)),) * 2
    assert lesson(kernel="[[1,0,1],[1,1,1],[1,1,1]]").layers == (Layer((3, 3)),)
    assert lesson(kernel="[[1,0,1],[1,1,1],[1,1,1]]").plane == (3, 3)


def test_the_highlight_of_a_large_output_is_its_middle():
    image = str([[1] * 40] * 21)
    assert lesson(image=image).convolution.highlight == (10, 19)


def test_the_highlight_falls_back_to_the_corner():
    assert lesson(kernel="[[1,1],[1,1],[1,1]]").convolution.highlight == (0, 0)


def test_the_unit_is_the_middle_of_the_last_plane():
    made = lesson("[receptive_field]\nlayers = [{kernel = 1}]", image=str(np.ones((5, 8), int).tolist()))
    assert (made.plane, made.unit) == ((5, 8), (2, 3))


@pytest.mark.parametrize(
    ("written", "sides"),
    [
        ("2", (2, 2, 2, 2)),
        ("[1, 2]", (1, 2, 1, 2)),
        ("[1, 2, 3, 0]", (1, 2, 3, 0)),
        ("'valid'", (0, 0, 0, 0)),
        ("'same'", (1, 0, 2, 1)),  # reach 3 and 1: as in PyTorch the extra cell goes to the bottom and right
        ("'full'", (3, 1, 3, 1)),
    ],
)
def test_padding_as_written(written, sides):
    made = lesson(f"padding = {written}\ndilation = [3, 1]", image=str(np.ones((6, 6), int).tolist()))
    assert made.convolution.padding == sides
    if written == "'same'":
        assert made.convolution.output_size == (6, 6)


def test_layers_take_the_same_settings():
    made = lesson(
        "[receptive_field]\n"
        "layers = [{kernel = [3, 1], stride = 2, padding = 'full'}, {kernel = 2, padding = [0, 1, 2, 3]}]"
    )
    assert made.layers == (Layer((3, 1), (2, 2), (2, 0, 2, 0)), Layer((2, 2), padding=(0, 1, 2, 3)))


def test_text_in_one_language_serves_both():
    assert lesson(title='{zh = "卷积"}').title == Localized("卷积", "卷积")
    both = lesson(title='{en = " Edge ", zh = "边缘"}').title
    assert (both["en"], both["zh"]) == ("Edge", "边缘")
    with pytest.raises(KeyError, match="no language 'fr': there are en, zh"):
        both["fr"]


def test_whole_numbers_stay_whole_to_the_last_bit():
    trace = Trace(lesson("bias = 1", image=f"[[{2**62 - 1}]]", kernel="[[2]]"))
    assert trace.output.dtype == np.int64
    assert trace.output.item() == 2**63 - 1
    assert type(trace.steps[0].value) is int


def test_each_array_keeps_its_own_kind_of_number():
    trace = Trace(lesson("bias = 0.5", kernel="[[1]]"))
    assert (trace.input.dtype, trace.kernel.dtype, trace.output.dtype) == (np.int64, np.int64, np.float64)
    assert trace.output[0, 0].tolist() == [1.5, 2.5, 3.5]
    assert type(trace.steps[0].value) is float


def test_large_whole_numbers_with_a_decimal_bias_do_not_wrap_round():
    trace = Trace(lesson("bias = 0.5", image=f"[[{2**40}]]", kernel=f"[[{2**40}]]"))
    assert trace.output.item() == trace.im2col.result.item() == trace.steps[0].value == 2.0**80


def test_no_negative_zero_ever_shows():
    trace = Trace(lesson(image="[[0.0, -0.0]]", kernel="[[-1.0]]"))
    for array in (trace.input, trace.output, trace.im2col.result, trace.steps[0].products, trace.steps[0].running):
        assert not np.signbit(array).any()


def test_the_digest_sees_the_data_and_nothing_else():
    base = lesson()
    same = parse_lesson(
        'title = {zh = "T"} # a comment\n[card]\n[convolution]\nstride = [1, 1]\nkernel = [[1,0],[0,1]]\n'
        "padding = 'valid'\ninput = [[1,2,3],[4,5,6],[7,8,9]]\n",
        name="other",
    )
    assert same.digest == base.digest
    assert len(base.digest) == 64
    assert same != base
    assert lesson() == base
    assert hash(lesson()) == hash(base)
    changed = [
        lesson("stride = 2"),
        lesson("padding = 1"),
        lesson("dilation = 2"),
        lesson("bias = 1"),
        lesson("bias = 0.0"),
        lesson("highlight = [0, 0]"),
        lesson("[receptive_field]\nlayers = [{kernel = 3}]"),
        lesson("[receptive_field]\nlayers = [{kernel = 1}]\nunit = [0, 0]"),
        lesson("[receptive_field]\nlayers = [{kernel = 1}]\nunit = [0, 1]"),
        lesson("[card]\ntagline = 'x'"),
        lesson("[card]\nsite = 'x'"),
        lesson(title='{en = "T", zh = "题"}'),
        lesson(kernel="[[1,0],[0,2]]"),
        lesson(image="[[1,2,3],[4,5,6],[7,8,9.0]]"),
        lesson(image="[[[1,2,3],[4,5,6],[7,8,9]]]", kernel="[[[[1,0],[0,1]]]]"),
    ]
    assert len({made.digest for made in [base, *changed]}) == len(changed) + 1


def test_nothing_can_be_written_to():
    trace = Trace(lesson("padding = 1"))
    step = trace.highlight
    arrays = [
        trace.input,
        trace.padded,
        trace.kernel,
        trace.bias,
        trace.output,
        trace.field.paths,
        *trace.field.path_factors,
        trace.channel_maps(0),
    ]
    arrays += [step.patch, step.weights, step.products, step.running, step.channel_sums, step.inside]
    im2col = trace.im2col
    arrays += [im2col.matrix, im2col.origin, im2col.weights, im2col.result, im2col.counts, trace.axes[0].reads]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    for value, name in [(trace, "lesson"), (trace.lesson, "name"), (trace.convolution, "input"), (step, "row")]:
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


def test_a_convolution_keeps_its_own_numbers():
    mine = np.ones((1, 2, 2))
    convolution = Convolution(mine, np.ones((1, 1, 1, 1)), np.zeros(1))
    mine[...] = 7
    assert convolution.input.sum() == 4


def test_lessons_and_traces_travel_to_other_processes():
    made = lesson("padding = 1")
    trace = Trace(made)
    trace.output, trace.im2col.matrix  # noqa: B018 - computed before pickling, and not sent along
    sent = pickle.dumps(trace)
    assert len(sent) < 3000
    back = pickle.loads(sent)
    assert back.lesson == made
    assert (back.output == trace.output).all()
    assert not back.input.flags.writeable


def test_steps_are_a_sequence():
    trace = Trace(lesson(image="[[[1,2,3],[4,5,6]]]", kernel="[[[[1]]],[[[2]]]]"))
    assert len(trace.steps) == 12
    assert [step.cell for step in trace.steps][5:8] == [(0, 1, 2), (1, 0, 0), (1, 0, 1)]
    assert isinstance(trace.steps[0], Step)
    assert [step.index for step in trace.steps[::-5]] == [11, 6, 1]
    assert trace.steps[-1] == trace.step_at(1, 2, 1)
    assert trace.steps.index(trace.steps[4]) == 4
    with pytest.raises(IndexError):
        trace.steps[12]
    with pytest.raises(IndexError, match=r"cell \(0, 2, 0\) is outside the output of shape \(2, 2, 3\)"):
        trace.step_at(2, 0)
    with pytest.raises(IndexError):
        trace.step_at(-1, 0)


def test_col2im_says_what_it_cannot_do():
    trace = Trace(lesson())
    with pytest.raises(ValueError, match=r"col2im needs a matrix of shape \(4, 4\), not \(2, 2\)"):
        col2im(np.ones((2, 2)), trace)
    with pytest.raises(OverflowError, match="pass a float matrix"):
        col2im(np.full((4, 4), 2**62), trace)


def test_sums_and_rows_outside_are_refused():
    trace = Trace(lesson())
    with pytest.raises(IndexError, match="no input channels from 1 to None: there are 1"):
        trace.steps[0].sum_over(1)
    height, width = trace.output_size
    with pytest.raises(IndexError):
        trace.im2col.row_of(0, width)
    with pytest.raises(IndexError):
        trace.im2col.row_of(height, 0)


def test_one_number_is_the_bias_of_every_filter():
    made = lesson("bias = 2", image="[[[1]]]", kernel="[[[[1]]], [[[3]]]]")
    assert made.convolution.bias.tolist() == [2, 2]
    assert Trace(made).output.ravel().tolist() == [3, 5]
