"""Receptive fields of networks: the closed form, published numbers, alignment, and what an open size leaves open."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import NetworkError, NetworkField, load_network
from tests.core._networks import conv, layer, network

LESSONS = Path(__file__).parents[2] / "lessons" / "networks"

# Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019, the table.
DISTILL = {
    "alexnet": (195, 32, 64),
    "vgg16": (212, 32, 90),
    "mobilenet_v1": (315, 32, 126),
    "resnet50": (483, 32, 239),
    "resnet101": (1027, 32, 511),
    "inception_v2": (699, 32, 318),
    "inception_v3": (1311, 32, 618),
    "inception_resnet_v2": (3039, 32, 1482),
}


@pytest.mark.parametrize(("name", "published"), DISTILL.items())
def test_the_shipped_networks_are_as_distill_published(name, published):
    row = NetworkField(load_network(LESSONS / f"{name}.toml").network).rows[-1]
    for axis in (0, 1):
        assert row.padding is not None
        assert (row.size[axis], row.stride[axis], row.padding[axis]) == published
    assert row.aligned


def test_every_shipped_network_is_in_the_table():
    assert {path.stem for path in LESSONS.glob("*.toml")} == DISTILL.keys()


STACK = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=6
)


@given(STACK)
def test_a_chain_is_the_closed_form(stack):
    """Araujo et al., equations 2 and 5."""
    nodes = []
    for at, (kernel, stride, pads, dilation) in enumerate(stack):
        nodes.append(conv(f"c{at}", nodes[-1].name if nodes else "x", kernel, stride, pads, dilation))
    row = NetworkField(network(*nodes)).rows[-1]
    jumps = [int(np.prod([stride for _, stride, _, _ in stack[:at]])) for at in range(len(stack) + 1)]
    size = 1 + sum(dilation * (kernel - 1) * jump for (kernel, _, _, dilation), jump in zip(stack, jumps, strict=False))
    padding = sum(pads * jump for (_, _, pads, _), jump in zip(stack, jumps, strict=False))
    assert (row.size, row.stride, row.padding) == ((size,) * 2, (jumps[-1],) * 2, (padding,) * 2)
    assert row.start == (Fraction(size - 1, 2) - padding,) * 2
    assert row.plane == (None, None)


@st.composite
def branching(draw):
    """Nodes of odd and even kernels that branch and meet; a merge of unlike planes is left out."""
    nodes = []
    for at in range(draw(st.integers(2, 9))):
        source = draw(st.sampled_from(["x", *(node.name for node in nodes)]))
        kernel, stride = draw(st.integers(1, 4)), draw(st.sampled_from([1, 1, 2, 3]))
        kind = draw(st.sampled_from(["pads", "SAME_UPPER", "SAME_LOWER", "VALID", "Add"]))
        if kind == "Add":
            nodes.append(layer(f"n{at}", "Add", (source, draw(st.sampled_from(["x", *(node.name for node in nodes)])))))
        elif kind == "pads":
            nodes.append(conv(f"n{at}", source, kernel, stride, draw(st.integers(0, kernel - 1))))
        else:
            nodes.append(conv(f"n{at}", source, kernel, stride, auto_pad=kind))
    return nodes


@given(branching(), st.integers(40, 90), st.integers(40, 90))
def test_what_is_told_without_a_size_is_so_at_every_size(nodes, height, width):
    left_open = NetworkField(network(*nodes))
    sized = NetworkField(network(*nodes), (height, width))
    names = {row.name for row in sized.rows}
    for row in left_open.rows:
        if row.name not in names:
            continue  # its merge does not fit at this size
        other = sized[row.name]
        assert row.stride == other.stride
        if row.padding is not None:
            assert (row.padding, row.start) == (other.padding, other.start)
        if row.aligned:
            assert (other.aligned, row.size) == (True, other.size)
        else:
            assert all(one <= two for one, two in zip(row.size, other.size, strict=True)) or row.padding is not None


@given(branching(), st.integers(0, 10**6))
def test_the_numbers_frame_the_cells(nodes, seed):
    """A unit far from every border reads from its first to its last cell; near one, no cell outside."""
    field = NetworkField(network(*nodes), (160, 150))
    rows = [row for row in field.rows if row.padding and row.aligned and max(row.size) < 60]
    assume(rows)
    row = rows[seed % len(rows)]
    unit = tuple((side - 1) // 2 for side in row.plane)
    mask = field.cells(row.name, unit)
    for axis in (0, 1):
        read = np.flatnonzero(mask.any(axis=1 - axis))
        first = unit[axis] * int(row.stride[axis]) - row.padding[axis]
        assert (read[0], read[-1]) == (first, first + row.size[axis] - 1)
    corner = field.cells(row.name, (0, 0))
    assert not corner[max(0, row.size[0] - row.padding[0]) :].any()
    assert not corner[:, max(0, row.size[1] - row.padding[1]) :].any()


def test_holes_and_borders_are_exact():
    field = NetworkField(network(conv("a", "x", 3, 1, 2, 2)), (5, 6))
    assert field.cells("a", (2, 2)).astype(int).tolist() == [
        [1, 0, 1, 0, 1, 0],
        [0, 0, 0, 0, 0, 0],
        [1, 0, 1, 0, 1, 0],
        [0, 0, 0, 0, 0, 0],
        [1, 0, 1, 0, 1, 0],
    ]
    assert field.cells("a", (0, 5)).astype(int).tolist() == [
        [0, 0, 0, 1, 0, 1],
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 1],
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ]


def test_a_cross_is_no_square():
    """Branches of 1×5 and 5×1 read a cross, whose size is 5×5."""
    nodes = conv("a", "x", (1, 5), 1, (0, 2, 0, 2)), conv("b", "x", (5, 1), 1, (2, 0, 2, 0))
    field = NetworkField(network(*nodes, layer("c", "Concat", ("a", "b"), axis=1)), (9, 9))
    assert (field["c"].size, field["c"].padding, field["c"].aligned) == ((5, 5), (2, 2), True)
    assert field.cells("c", (4, 4)).sum() == 9


RESIDUAL = [
    # the long branch, the short one, and whether they look at the same places
    (conv("a", "x", 3, 1, 1), conv("b", "x", 1, 1, 0), True),
    (conv("a", "x", 3, 2, 1), conv("b", "x", 1, 2, 0), True),
    (conv("a", "x", 3, 2, (0, 0, 1, 1)), conv("b", "x", 1, 2, 0), False),
    (conv("a", "x", 2, 2, 0), conv("b", "x", 1, 2, 0), False),
    (conv("a", "x", 4, 2, 1), conv("b", "x", 2, 2, 0), True),
    (conv("a", "x", 3, 2, auto_pad="SAME_UPPER"), conv("b", "x", 1, 2, auto_pad="SAME_UPPER"), False),  # 20 is even
    (conv("a", "x", 3, 1, auto_pad="SAME_UPPER"), conv("b", "x", 5, 1, auto_pad="SAME_LOWER"), True),
    (conv("a", "x", 2, 1, auto_pad="SAME_UPPER"), conv("b", "x", 2, 1, auto_pad="SAME_LOWER"), False),
]


@pytest.mark.parametrize(("one", "two", "same"), RESIDUAL)
def test_alignment_is_told_at_the_merge_and_after_it(one, two, same):
    nodes = one, two, layer("sum", "Add", ("a", "b")), layer("relu", "Relu", "sum"), conv("last", "relu", 3, 1, 1)
    field = NetworkField(network(*nodes), (20, 20))
    assert field["a"].aligned
    assert field["b"].aligned
    for name in ("sum", "relu", "last"):
        assert field[name].misaligned == (None if same else "sum")


def test_a_size_decides_over_alignment():
    nodes = conv("a", "x", 3, 2, auto_pad="SAME_UPPER"), conv("b", "x", 1, 2), layer("sum", "Add", ("a", "b"))
    assert NetworkField(network(*nodes), (20, 21))["sum"].misaligned == "sum"
    assert NetworkField(network(*nodes), (21, 21))["sum"].aligned
    assert NetworkField(network(*nodes))["sum"].misaligned == "sum"  # it cannot be counted on


def test_different_strides_are_misaligned_and_exact():
    """Every other cell plus the first half: at the last unit the two are as far apart as they get."""
    half = layer("crop", "Slice", "x", starts=(0, 0), ends=(8, 8), axes=(2, 3))
    field = NetworkField(network(conv("a", "x", 1, 2), half, layer("sum", "Add", ("a", "crop"))), (16, 16))
    assert (field["sum"].size, field["sum"].misaligned) == ((8, 8), "sum")
    assert np.argwhere(field.cells("sum", (7, 7))).tolist() == [[7, 7], [14, 14]]


def test_same_padding_without_a_size():
    nodes = (
        conv("one", "x", 3, 1, auto_pad="SAME_UPPER"),
        conv("two", "one", 2, 2, auto_pad="SAME_UPPER"),
        conv("three", "two", 3, 2, auto_pad="SAME_UPPER"),
        conv("four", "three", 3, 1, 1),
    )
    field = NetworkField(network(*nodes))
    assert [row.padding for row in field.rows] == [(1, 1), (1, 1), None, None]
    assert [row.size for row in field.rows] == [(3, 3), (4, 4), (8, 8), (16, 16)]
    assert NetworkField(network(*nodes), (8, 9))["four"].padding == (5, 7)


def test_a_gate_sees_everything_and_moves_nothing():
    """Squeeze-and-excitation: each unit reads its own place and, through the gate, all there is."""
    nodes = conv("a", "x", 3, 2, 1), layer("pool", "GlobalAveragePool", "a"), layer("gated", "Mul", ("a", "pool"))
    field = NetworkField(network(*nodes), (8, 8))
    assert (field["pool"].plane, field["pool"].size) == ((1, 1), (9, 9))
    row = field["gated"]
    assert (row.size, row.stride, row.padding, row.aligned) == ((9, 9), (2, 2), (1, 1), True)
    assert field.cells("gated", (0, 0)).all()


def test_upsampling_halves_the_stride():
    nodes = (
        conv("down", "x", 2, 2, op="MaxPool"),
        layer("up", "Resize", "down", scales=(1.0, 1.0, 2.0, 2.0)),
        layer("skip", "Concat", ("x", "up"), axis=1),
        conv("stamp", "down", 4, 2, 1, op="ConvTranspose"),
    )
    field = NetworkField(network(*nodes), (8, 8))
    assert [(row.size, row.stride) for row in field.rows] == [
        ((2, 2), (2, 2)),
        ((2, 2), (1, 1)),
        ((2, 2), (1, 1)),
        ((4, 4), (1, 1)),
    ]
    assert field["skip"].aligned
    assert NetworkField(network(*nodes))["stamp"].plane == (None, None)


def test_channels_are_followed_one_by_one():
    """Half of a stack, cut back out of it, sees only what that half saw."""
    nodes = (
        conv("wide", "x", 5, 1, 2, group=4),
        layer("both", "Concat", ("x", "wide"), axis=1),
        layer("first", "Slice", "both", starts=(0,), ends=(4,), axes=(1,)),
        layer("across", "Slice", "both", starts=(3,), ends=(5,), axes=(1,)),
    )
    field = NetworkField(network(*nodes), (9, 9))
    assert [field[name].size for name in ("both", "first", "across")] == [(5, 5), (1, 1), (5, 5)]


def test_a_sequence_has_one_direction():
    from core.network_graph import Network, Node

    node = Node("c", "Conv", ("x",), ("c",), {"kernel_shape": (5,), "strides": (2,), "pads": (1, 3)})
    row = NetworkField(Network("net", "net.onnx:", "x", (1, 2, 30), (node,))).rows[0]
    assert (row.size, row.stride, row.padding, row.plane) == ((1, 5), (1, 2), (0, 1), (1, 15))


def test_channels_last_pictures_are_read_as_the_first_layer_reads_them():
    from core.network_graph import Network

    nodes = layer("turn", "Transpose", "x", perm=(0, 3, 1, 2)), conv("c", "turn", (3, 1))
    net = Network("net", "net.onnx:", "x", (1, None, None, 3), nodes)
    row = NetworkField(net, (10, 20))["c"]
    assert (row.size, row.plane) == ((3, 1), (8, 20))


def test_a_unit_that_is_not_there():
    field = NetworkField(network(conv("a", "x", 3)), (5, 5))
    with pytest.raises(IndexError, match="unit \\(3, 0\\) is outside rows 0 to 2 of 'a'"):
        field.cells("a", (3, 0))
    with pytest.raises(
        NetworkError, match="depend on the input's size: give --input-size H W, or a lesson's input_size"
    ):
        NetworkField(network(conv("a", "x", 3))).cells("a", (0, 0))


def test_cost_is_linear():
    """Ten thousand layers with skips take seconds even on a slow machine, and no recursion."""
    nodes = [conv("n0", "x", 3, 1, 1)]
    for at in range(1, 10_000):
        if at % 2:
            nodes.append(conv(f"n{at}", f"n{at - 1}", 3, 1, 1))
        else:
            nodes.append(layer(f"n{at}", "Add", (f"n{at - 1}", f"n{at - 2}")))
    field = NetworkField(network(*nodes, channels=None), (32, 32))
    assert field.rows[-1].size == (10_003, 10_003)
    assert field.cells("n9999", (16, 16)).all()
