"""The receptive field of pools that round their size up: by formula against poking every input cell."""

import numpy as np
import pytest

from core import LessonError, parse_lesson, trace_of
from core.receptive_field import Layer, input_plane, last_plane


def pooled(plane, kernel, stride, padding):
    text = f"title = 'x'\n[convolution]\nop = 'max_pool'\ninput = {plane.tolist()}\nkernel_size = {kernel}\n"
    return trace_of(parse_lesson(f"{text}stride = {stride}\npadding = {padding}\nceil_mode = true", name="x"))


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding"),
    [(6, 3, 2, 0), (7, 2, 2, 0), (8, 3, 2, 1), (9, 4, 3, 1), (11, 2, 2, 1), (10, 3, 3, 0), (5, 3, 1, 0)],
)
def test_a_unit_sees_what_moves_it(size, kernel, stride, padding):
    trace = pooled(np.zeros((size, size + 1), int), kernel, stride, padding)
    layers, field = trace.lesson.layers, trace.field
    assert [layer.padding for layer in layers] == [(padding,) * 4] * len(layers)
    assert field.plane == (size, size + 1)
    assert field.rows[1].plane == trace.output_size
    for unit in np.ndindex(field.rows[-1].plane):
        moved = np.zeros(field.plane, bool)
        for cell in np.ndindex(field.plane):
            plane = np.zeros(field.plane, int)
            plane[cell] = 1
            for _ in layers:
                plane = pooled(plane, kernel, stride, padding).output[0]
            moved[cell] = plane[unit]
        seen = type(field)(layers, field.plane, unit)
        assert np.array_equal(seen.mask(0), moved), unit


def test_a_layer_reaches_past_its_padding_only_where_it_must():
    trace = pooled(np.zeros((6, 6), int), 3, 2, 0)
    assert trace.lesson.layers == (Layer((3, 3), (2, 2), ceil=True),) * 2
    assert [trace.field.overhang(depth) for depth in (0, 1, 2)] == [(0, 0), (1, 1), (0, 0)]


@pytest.mark.parametrize("ceil", [False, True])
@pytest.mark.parametrize(("kernel", "stride", "padding"), [(3, 2, 0), (2, 2, 0), (3, 3, 1), (4, 1, 0), (5, 3, 2)])
def test_no_smaller_plane_would_do(kernel, stride, padding, ceil):
    layer = Layer((kernel, kernel), (stride, stride), (padding,) * 4, ceil=ceil)
    for wanted in range(1, 6):
        least = layer.input_size((wanted, wanted))[0]
        enough = [size for size in range(1, 40) if layer.output_size((size, size))[0] >= wanted]
        assert least == enough[0]
    assert min(last_plane([layer] * 3, input_plane([layer] * 3, (1, 1)))) >= 1


def test_rounding_up_changes_the_digest():
    plane = np.zeros((6, 6), int)
    up = pooled(plane, 3, 2, 0).lesson
    down = parse_lesson(
        f"title = 'x'\n[convolution]\nop = 'max_pool'\ninput = {plane.tolist()}\nkernel_size = 3\nstride = 2", name="x"
    )
    assert up.layers != down.layers
    assert up.digest != down.digest


def test_a_layer_of_the_table_may_round_up():
    text = "title = 'x'\n[convolution]\ninput = [[1, 2, 3, 4, 5, 6]]\nkernel = [[1]]\n[receptive_field]\nlayers = [{}]"
    pool = "{ kernel = [1, 3], stride = [1, 2], ceil_mode = true }"
    lesson = parse_lesson(text.format(pool), name="x")
    field = trace_of(lesson).field
    assert lesson.layers == (Layer((1, 3), (1, 2), ceil=True),)
    assert (field.rows[1].plane, field.overhang(1)) == ((1, 3), (0, 1))
    floor = parse_lesson(text.format(pool.replace("true", "false")), name="x")
    assert trace_of(floor).field.rows[1].plane == (1, 2)
    with pytest.raises(LessonError, match=r"^x\.toml: 'ceil_mode' in layer 1 of .* must be true or false, not 1"):
        parse_lesson(text.format(pool.replace("true", "1")), name="x")
