"""What a lesson has, against what its scan shows."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import load_any_lesson, parse_lesson, parse_network
from core.errors import LessonError
from core.lesson_traits import TRAITS
from core.transpose_trace import TransposeTrace
from tests.core import _drawn

ONE = "input = [[1,2,3],[4,5,6],[7,8,9]]\nkernel = [[1,0],[0,1]]\n"
TWO = "input = [[[1,2],[3,4]],[[5,6],[7,8]]]\n"
MANY = "kernel = [[[[1]],[[1]]],[[[1]],[[1]]],[[[1]],[[1]]]]\n"
APART = "kernel = [[[[1]]],[[[1]]]]\ngroups = 2\n"


@pytest.mark.parametrize(
    ("keys", "traits"),
    [
        (ONE, "convolution plane overlapping"),
        (ONE + "stride = 2", "convolution plane strided"),
        (ONE + "dilation = 2", "convolution plane dilated"),
        (ONE + "padding = [0, 1]\nflip = true", "convolution plane overlapping padded flipped"),
        (ONE + "padding = 1\npadding_mode = 'circular'", "convolution plane overlapping padded wrapped"),
        (ONE + "padding_mode = 'zeros'\nstride = 2", "convolution plane strided"),
        (ONE + "im2col_layout = 'columns'\nstride = 2", "convolution plane strided columns"),
        ("input = [1, 2]\nkernel = [3]", "convolution line pointwise"),
        ("input = [1, 2]\nkernel = [3, 4]\npadding = 1", "convolution line padded overlapping"),
        (TWO + MANY, "convolution plane channels filters pointwise"),
        (TWO + APART, "convolution plane channels filters pointwise grouped depthwise"),
        (TWO + APART + "pointwise = [[1, 1]]", "separable plane channels pointwise grouped depthwise"),
        (TWO + "op = 'max_pool'\nkernel_size = 2", "pooling max-pooling plane channels filters strided"),
        (TWO + "op = 'avg_pool'\nkernel_size = 'global'", "pooling average-pooling plane channels filters strided"),
        (ONE + "op = 'conv_transpose'\nstride = 2", "transposed plane strided"),
        (ONE + "op = 'conv_transpose'\npadding = 1", "transposed plane overlapping padded"),
        (ONE + "op = 'conv_transpose'\ndilation = 2", "transposed plane dilated overlapping"),
    ],
)
def test_traits(keys: str, traits: str) -> None:
    lesson = parse_lesson(f'title = "T"\n[convolution]\n{keys}', name="x")
    assert " ".join(sorted(lesson.traits)) == " ".join(sorted(traits.split()))
    assert lesson.traits <= set(TRAITS)


@_drawn.examples()
@given(st.one_of(_drawn.convolutions(), _drawn.transposed(), _drawn.pools()))
def test_windows_overlap_where_the_counts_say_so(keys: dict[str, object]) -> None:
    trace = _drawn.scan(**keys)
    counts = trace.overlaps if isinstance(trace, TransposeTrace) else trace.im2col.counts
    assert ("overlapping" in trace.lesson.traits) == (counts.max() > 1)


def test_a_network_has_one_trait_and_equals_its_like() -> None:
    text = 'title = "N"\n[network]\n[[network.layer]]\nname = "a"\nop = "conv"\nkernel = {}\n'
    made, same, other = (parse_network(text.format(size), name="n") for size in (3, "[3, 3]", 5))
    assert made.traits == {"network"}
    assert made == same != other
    assert hash(made) == hash(same)


def test_a_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    made = tmp_path / "x.toml"
    made.write_text(f'title = "T"\n[convolution]\n{ONE}')
    assert "convolution" in load_any_lesson(made).traits
    made.write_text('title = "N"\n[network]\n[[network.layer]]\nname = "a"\nop = "relu"\n')
    assert "network" in load_any_lesson(made).traits
    made.write_text('title = "N"\n[network]\n[convolution]\n')
    with pytest.raises(LessonError) as caught:
        load_any_lesson(made)
    assert str(caught.value) == (
        f"{made}: has both [convolution] and [network]: a lesson is about one of them, so make it two files"
    )


def test_the_traits_can_be_read_without_running_anything() -> None:
    source = Path(__file__).parents[2].joinpath("core/lesson_traits.py").read_text(encoding="utf-8")
    named = {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert ast.literal_eval(named["TRAITS"]) == TRAITS
