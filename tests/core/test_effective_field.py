"""The effective receptive field: paths in closed form, by poking networks of ones, and what is made of them."""

from itertools import pairwise
from math import comb, prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import NetworkError, NetworkField, load_network
from core.effective_field import SHARE
from tests.core._networks import conv, layer, network

LESSONS = sorted((Path(__file__).parents[2] / "lessons" / "networks").glob("*.toml"))


def trinomials(layers):
    """The coefficients of (1 + x + x^2) to the power of ``layers``, from binomial ones."""
    return tuple(
        sum(comb(layers, ones) * comb(ones, power - ones) for ones in range(power + 1))
        for power in range(2 * layers + 1)
    )


@pytest.mark.parametrize("layers", [1, 2, 3, 7, 20])
def test_stacked_threes_count_trinomial_coefficients(layers):
    """Luo et al., section 2.1: the derivative of n stacked layers of ones is a convolution of n boxes."""
    nodes = [conv(f"c{at}", f"c{at - 1}" if at else "x") for at in range(layers)]
    field = NetworkField(network(*nodes, size=(2 * layers + 1, 2 * layers + 1)))
    seen = field.effective(f"c{layers - 1}", (0, 0))
    assert trinomials(3) == (1, 3, 6, 7, 6, 3, 1)
    assert seen.factors == (trinomials(layers),) * 2
    assert seen.paths == 9**layers
    assert seen.deviation == pytest.approx([(layers * (3**2 - 1) / 12) ** 0.5] * 2)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=5), st.data())
def test_a_chain_is_the_product_of_its_layers_polynomials(stack, data):
    nodes = [
        conv(f"c{at}", f"c{at - 1}" if at else "x", kernel, stride, 0, dilation)
        for at, (kernel, stride, dilation) in enumerate(stack)
    ]
    polynomial, jump = np.array([1], dtype=object), 1
    for kernel, stride, dilation in stack:
        ones = np.zeros((kernel - 1) * dilation * jump + 1, dtype=object)
        ones[:: dilation * jump] = 1
        polynomial, jump = np.convolve(polynomial, ones), jump * stride
    unit = data.draw(st.integers(0, 2))
    size = len(polynomial) + 2 * jump
    seen = NetworkField(network(*nodes, size=(size, size))).effective(nodes[-1].name, (unit, 0))
    assert seen.factors[0] == (*[0] * (unit * jump), *polynomial, *[0] * ((2 - unit) * jump))
    assert seen.box == (unit * jump, 0, unit * jump + len(polynomial), len(polynomial))
    assert seen.paths == prod(kernel**2 for kernel, _, _ in stack)


SIZE = st.integers(1, 3)


@st.composite
def graphs(draw):
    """A network with branches, and the same as functions: what each node makes of a picture, all weights being 1."""
    size = draw(st.integers(5, 9)), draw(st.integers(5, 9))
    planes, nodes, functions = {"x": size}, [], {}
    for at in range(draw(st.integers(1, 6))):
        source = draw(st.sampled_from(list(planes)))
        same = [name for name, plane in planes.items() if plane == planes[source] and name != source]
        name, kind = f"n{at}", draw(st.sampled_from(["conv", "pool", "turned", "add", "pad", "whole"]))
        if kind == "add" and same:
            others = (source, draw(st.sampled_from(same)))
            nodes.append(layer(name, "Add", others))
            functions[name] = others, np.add
        elif kind == "pad":
            mode = draw(st.sampled_from(["constant", "edge", "reflect"]))
            nodes.append(layer(name, "Pad", source, pads=(0, 0, 1, 2, 0, 0, 2, 1), mode=mode))
            functions[name] = (source,), lambda plane, mode=mode: np.pad(plane, ((1, 2), (2, 1)), mode=mode)
        elif kind == "whole":
            nodes += [layer(f"{name}g", "GlobalAveragePool", source), layer(name, "Mul", (source, f"{name}g"))]
            functions[name] = (source,), lambda plane: plane + plane.sum()  # a product's derivative has two terms
        elif kind == "turned":
            kernel, stride = draw(st.integers(1, 3)), draw(SIZE)
            nodes.append(conv(name, source, kernel, stride, 0, op="ConvTranspose"))
            functions[name] = (source,), lambda plane, kernel=kernel, stride=stride: stamped(plane, kernel, stride)
        else:
            settings = draw(SIZE), draw(SIZE), draw(st.integers(0, 2)), draw(st.integers(1, 2))
            op = "MaxPool" if kind == "pool" else "Conv"
            nodes.append(conv(name, source, *settings, op=op))
            functions[name] = (source,), lambda plane, settings=settings: windowed(plane, *settings)
        plane = functions[name][1](*(np.zeros(planes[each]) for each in functions[name][0]))
        if min(plane.shape) < 1 or max(plane.shape) > 40:
            nodes = [node for node in nodes if not node.name.startswith(name)]
            del functions[name]
        else:
            planes[name] = plane.shape
    return network(*nodes, size=size), planes, functions


def windowed(plane, kernel, stride, padding, dilation):
    """Every window's sum."""
    padded = np.pad(plane, padding)
    span = dilation * (kernel - 1) + 1
    rows, cols = (range(0, length - span + 1, stride) for length in padded.shape)
    return np.array(
        [[padded[r : r + span : dilation, c : c + span : dilation].sum() for c in cols] for r in rows]
    ).reshape(len(rows), len(cols))


def stamped(plane, kernel, stride):
    """A transposed convolution: every cell stamps a kernel of ones."""
    result = np.zeros([stride * (length - 1) + kernel for length in plane.shape])
    for row, col in np.ndindex(plane.shape):
        result[row * stride : row * stride + kernel, col * stride : col * stride + kernel] += plane[row, col]
    return result


@given(graphs(), st.data())
def test_paths_are_what_poking_a_network_of_ones_shows(graph, data):
    net, planes, functions = graph
    if not functions:
        return
    name = data.draw(st.sampled_from(list(functions)))
    unit = tuple(data.draw(st.integers(0, length - 1)) for length in planes[name])
    field = NetworkField(net)
    seen = field.effective(name, unit)
    counted = np.zeros(planes["x"])
    for cell in np.ndindex(counted.shape):
        values = {"x": np.zeros(planes["x"])}
        values["x"][cell] = 1
        for each, (inputs, function) in functions.items():
            values[each] = function(*(values[source] for source in inputs))
        counted[cell] = values[name][unit]
    np.testing.assert_allclose(seen.weights * seen.paths, counted, rtol=1e-12)
    assert seen.paths == counted.sum()
    assert (field.cells(name, unit) == (counted > 0)).all()
    if seen.factors:
        np.testing.assert_array_equal(np.outer(*seen.factors), counted)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_box_is_the_receptive_field_and_the_core_holds_its_share(path):
    field = NetworkField(load_network(path).network)
    name = field.deepest
    row, unit = field[name], field.middle(name)
    seen = field.effective(name, unit)
    assert seen.box is not None
    assert row.padding is not None
    assert seen.size == row.size
    for axis in (0, 1):
        assert seen.box[axis] == unit[axis] * row.stride[axis] - row.padding[axis]
    assert seen.weights.sum() == pytest.approx(1)
    assert (seen.weights > 0).sum() == seen.cells_read == field.cells(name, unit).sum()
    row0, col0, row1, col1 = seen.core
    assert seen.held == pytest.approx(seen.weights[row0:row1, col0:col1].sum())
    assert SHARE <= seen.held + 1e-9 < SHARE + 0.02
    for smaller in (np.s_[row0 + 1 : row1 - 1, col0:col1], np.s_[row0:row1, col0 + 1 : col1 - 1]):
        assert seen.weights[smaller].sum() < SHARE
    assert 0 < seen.area_share == prod(seen.core_size) / prod(seen.size) < 1


def test_counts_beyond_floating_point_stay_right():
    nodes = [conv(f"c{at}", f"c{at - 1}" if at else "x", 9, pads=4) for at in range(400)]
    nodes.append(layer("sum", "Add", ("c399", "c398")))
    field = NetworkField(network(*nodes, size=(21, 21)))
    chain = field.effective("c399", (10, 10))
    assert chain.paths > 10**500
    joined = field.effective("sum", (10, 10))
    above = field.effective("c398", (10, 10))
    assert joined.factors is None
    assert abs(joined.paths - chain.paths - above.paths) * 10**12 < joined.paths
    np.testing.assert_allclose(joined.weights.sum(), 1)


def test_a_unit_that_sees_only_padding_has_no_effective_field():
    seen = NetworkField(network(conv("c", "x", 1, pads=2), size=(3, 3))).effective("c", (0, 0))
    assert (seen.paths, seen.core, seen.core_size, seen.held, seen.area_share) == (0, None, (0, 0), 0.0, 0.0)
    assert seen.box == (-2, -2, -1, -1)
    assert not seen.weights.any()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_cone_goes_down_through_planes_that_all_paths_cross(path):
    field = NetworkField(load_network(path).network)
    name = field.deepest
    unit = field.middle(name)
    cone = field.cone(name, unit)
    assert cone.rows[0].row.name == "input"
    assert cone.rows[-1].row.name == name
    assert [station.row.name for station in cone.layers] == [
        row.name for row in field.rows if row.name in {station.row.name for station in cone.layers}
    ]
    assert cone.region(len(cone.layers)) == (*unit, unit[0] + 1, unit[1] + 1)
    assert cone.region(0) == field.effective(name, unit).box
    assert (cone.mask(0) == field.cells(name, unit)).all()
    for below, above in pairwise(cone.rows):
        assert below.row.size <= above.row.size
        assert below.counts.any()
    assert max(cone.rows[-1].counts.flat) == 1
    for most in (2, 3, 5, 7):
        fewer = cone.abridged(most)
        assert len(fewer.rows) == min(most, len(cone.rows))
        assert (fewer.rows[0], fewer.rows[-1]) == (cone.rows[0], cone.rows[-1])
        assert [row for row in cone.rows if row in fewer.rows] == list(fewer.rows)


def test_what_cannot_be_told_is_one_sentence():
    field = NetworkField(network(conv("c", "x", 3, 2, auto_pad="SAME_UPPER")))
    with pytest.raises(NetworkError) as caught:
        field.effective("c", (0, 0))
    assert str(caught.value) == (
        "net.onnx: node 'c' (Conv) has units whose cells depend on the input's size: "
        "give --input-size H W, or a lesson's input_size"
    )
    with pytest.raises(NetworkError) as caught:
        field.middle("c")
    assert (
        str(caught.value)
        == "net.onnx: the plane of 'c' depends on the input's size: give --input-size H W, or a lesson's input_size"
    )
    with pytest.raises(IndexError, match="outside rows 0 to 1"):
        NetworkField(network(conv("c", "x"), size=(4, 4))).cone("c", (2, 0))
