"""How the field grows with depth: which nodes are layers, and the largest field at each depth."""

from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from core import LessonField, NetworkField, load_network
from core.network_growth import growth_of, strides_of
from tests.core._networks import conv, layer, network

LESSONS = sorted((Path(__file__).parents[2] / "lessons" / "networks").glob("*.toml"))


def told(growth):
    return [(step.depth, step.size[0], int(step.stride[0]), step.node) for step in growth]


def test_activations_are_no_layers_and_strides_multiply():
    nodes = [
        conv("a", "x", 3, pads=1),
        layer("r", "Relu", "a"),
        conv("b", "r", 3, 2, pads=1),
        conv("c", "b", 3, pads=1),
        conv("d", "c", 2, 2),
    ]
    growth = growth_of(NetworkField(network(*nodes, size=(32, 32))), "d")
    assert told(growth) == [(0, 1, 1, "x"), (1, 3, 1, "a"), (2, 5, 2, "b"), (3, 9, 2, "c"), (4, 11, 4, "d")]
    assert [step.depth for step in strides_of(growth)] == [2, 4]


def test_a_depth_is_the_longest_way_and_its_field_the_largest_there():
    nodes = [
        conv("short", "x", 1),
        conv("one", "x", 5, pads=2),
        conv("two", "one", 1),
        layer("sum", "Add", ("short", "two")),
        conv("aside", "x", 31, pads=15),
        conv("after", "sum", 3, pads=1),
    ]
    growth = growth_of(NetworkField(network(*nodes, size=(32, 32))), "after")
    assert told(growth) == [(0, 1, 1, "x"), (1, 5, 1, "one"), (2, 5, 1, "two"), (3, 7, 1, "after")]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_shipped_network_grows_to_its_own_field(path):
    field = LessonField(load_network(path))
    growth = field.growth
    assert growth[-1].size == field[field.deepest].size
    assert [step.depth for step in growth] == list(range(growth[-1].depth + 1))
    assert [step.size for step in growth] == list(accumulate((step.size for step in growth), max))
    strides = [step.stride for step in strides_of(growth)]
    assert strides[-1] == field[field.deepest].stride
    assert all(one < two for one, two in pairwise(strides))
    assert {other.lesson.name for other in field.compared} == {other.stem for other in LESSONS} - {path.stem}
