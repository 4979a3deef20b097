"""The receptive field by formula against the receptive field by poking every input cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import Trace, parse_lesson
from core.receptive_field import Layer, ReceptiveField

PAIR = st.tuples(st.integers(1, 3), st.integers(1, 3))
BORDER = st.integers(0, 2)


@st.composite
def stacks(draw):
    number = draw(st.integers(1, 3))
    layers = [
        Layer(draw(PAIR), draw(PAIR), draw(st.tuples(BORDER, BORDER, BORDER, BORDER)), draw(PAIR))
        for _ in range(number)
    ]
    image = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    return layers, image, draw(st.tuples(st.floats(0, 0.99), st.floats(0, 0.99)))


def scan(layers, image, unit=None):
    written = ", ".join(
        f"{{kernel = {list(layer.kernel)}, stride = {list(layer.stride)}, "
        f"padding = {list(layer.padding)}, dilation = {list(layer.dilation)}}}"
        for layer in layers
    )
    return Trace(
        parse_lesson(
            f"""
            title = "A stack"
            [convolution]
            input = {np.zeros(image, int).tolist()}
            kernel = [[1]]
            [receptive_field]
            layers = [{written}]
            {f"unit = {list(unit)}" if unit else ""}
            """,
            name="stack",
        )
    )


def ones(plane, layer):
    """One layer whose weights are all 1, by the trace."""
    text = f"""
        title = "Ones"
        [convolution]
        input = {plane.tolist()}
        kernel = {np.ones(layer.kernel, int).tolist()}
        stride = {list(layer.stride)}
        padding = {list(layer.padding)}
        dilation = {list(layer.dilation)}
    """
    return Trace(parse_lesson(text, name="ones")).output[0]


def poked(plane, layers, unit):
    """How much the unit answers to a 1 in each cell: the number of paths."""
    answers = np.zeros(plane, int)
    for cell in np.ndindex(*plane):
        image = np.zeros(plane, int)
        image[cell] = 1
        for layer in layers:
            image = ones(image, layer)
        answers[cell] = image[unit]
    return answers


@given(stacks())
@settings(max_examples=40, deadline=None)
def test_masks_and_paths_are_what_poking_finds(stack):
    layers, image, where = stack
    last = scan(layers, image).field.rows[-1].plane
    unit = int(where[0] * last[0]), int(where[1] * last[1])
    field = scan(layers, image, unit).field
    assert field.unit == unit
    for depth, row in enumerate(field.rows):
        if row.plane[0] * row.plane[1] > 150:
            continue
        answers = poked(row.plane, layers[depth:], unit)
        assert field.mask(depth).tolist() == (answers > 0).tolist()
        if depth == 0:
            assert (field.paths == answers).all()
            counts = answers[answers > 0]
            assert field.cells_read == counts.size
            assert field.path_range == ((counts.min(), counts.max()) if counts.size else None)
            assert (np.outer(*field.path_factors) == answers).all()


@given(stacks())
@settings(deadline=None)
def test_regions_planes_and_the_closed_form_agree(stack):
    layers, image, _ = stack
    field = scan(layers, image).field
    for axis in (0, 1):
        size, jump, before = 1, 1, 0
        for depth, layer in enumerate(layers, 1):
            # Araujo et al., equations 2 and 5: sums over the layers below.
            size = 1 + sum(
                (below.dilation[axis] * (below.kernel[axis] - 1))
                * int(np.prod([under.stride[axis] for under in layers[:at]]))
                for at, below in enumerate(layers[:depth])
            )
            before += layer.padding[axis] * jump
            jump *= layer.stride[axis]
            row = field.rows[depth]
            assert (row.size[axis], row.jump[axis], row.padding[axis]) == (size, jump, before)
            assert row.start[axis] == (size - 1) / 2 - before
        region = field.region(0)
        first = field.unit[axis] * jump - before
        assert (region[axis], region[axis + 2]) == (first, first + size)
        inside = np.flatnonzero(field.mask(0).any(axis=1 - axis))
        if inside.size:
            assert first <= inside[0]
            assert inside[-1] < first + size
    assert field.region(len(layers)) == (*field.unit, field.unit[0] + 1, field.unit[1] + 1)
    assert field.mask(len(layers)).sum() == 1


@given(stacks())
@settings(deadline=None)
def test_the_plane_is_the_image_or_the_least_that_gives_a_unit(stack):
    layers, image, _ = stack
    plane = scan(layers, image).lesson.plane
    for axis in (0, 1):
        if plane[axis] == image[axis]:
            continue
        smaller = plane[axis] - 1
        for layer in layers:
            reach = layer.dilation[axis] * (layer.kernel[axis] - 1) + 1
            smaller = (smaller + layer.padding[axis] + layer.padding[axis + 2] - reach) // layer.stride[axis] + 1
            if smaller < 1:
                break
        assert smaller < 1


def test_dilation_leaves_holes_in_the_mask():
    field = scan([Layer((3, 3), dilation=(2, 2))], (5, 5)).field
    assert field.mask(0).astype(int).tolist() == [[1, 0, 1, 0, 1], [0] * 5, [1, 0, 1, 0, 1], [0] * 5, [1, 0, 1, 0, 1]]
    assert field.region(0) == (0, 0, 5, 5)


def test_the_largest_stack_counts_its_paths_exactly():
    field = scan([Layer()] * 16, (1, 1)).field
    polynomial = [1]
    for _ in range(16):
        polynomial = [sum(polynomial[max(0, at - 2) : at + 1]) for at in range(len(polynomial) + 2)]
    assert field.paths[16].tolist() == [number * polynomial[16] for number in polynomial]
    assert sum(map(sum, field.paths.tolist())) == 9**16


@pytest.mark.parametrize("depth", [-1, 3])
def test_a_depth_outside_the_stack_is_refused(depth):
    field = scan([Layer(), Layer()], (5, 5)).field
    with pytest.raises(IndexError, match=f"depth {depth} is outside 0 to 2"):
        field.region(depth)
    with pytest.raises(IndexError, match=f"depth {depth} is outside 0 to 2"):
        field.mask(depth)


@given(stacks())
@settings(max_examples=60, deadline=None)
def test_the_usual_unit_reads_input_if_one_does_and_is_the_nearest_to_the_middle(stack):
    layers, image, _ = stack
    field = scan(layers, image).field
    for axis, usual in enumerate(field.unit):
        count = field.rows[-1].plane[axis]
        units = [(at, field.unit[1]) if axis == 0 else (field.unit[0], at) for at in range(count)]
        fields = [ReceptiveField(field.layers, field.plane, unit) for unit in units]
        reading = [at for at, each in enumerate(fields) if each.path_factors[axis].any()]
        middle = (count - 1) // 2
        assert usual == min(reading, key=lambda at: (abs(at - middle), at), default=middle)


def test_a_middle_that_sees_only_padding_gives_way_to_its_neighbour():
    layer = Layer((1, 3), (2, 1), (1, 2, 0, 1), (1, 2))  # the middle of two rows lies in the padding above
    assert scan((layer, layer), (5, 7)).field.unit == (1, 2)
