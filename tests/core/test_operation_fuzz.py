"""Any combination of any keys is a lesson whose trace holds together, or one sentence."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core import LessonError
from core.operation import trace_of
from core.operation_reader import EVERY_KEY, OPS
from tests.core._drawn import MODES, examples, lesson, numbers, seeds

WILD = st.one_of(
    st.integers(-1, 5),
    st.sampled_from([10**6, 2**62, 10**30, 0.5, True, False, "same", "valid", "x", "", "global", "../a.npy"]),
    st.lists(st.integers(-1, 4), max_size=5),
)
SMALL = st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=2, max_size=2)
BORDER = st.integers(0, 2) | st.lists(st.integers(0, 2), min_size=4, max_size=4)
PLAUSIBLE = {
    "op": st.sampled_from(OPS),
    "input": st.just([[1, 2], [3, 4]]),
    "kernel": st.just([[1, -1]]),
    "kernel_size": SMALL | st.just("global"),
    "stride": SMALL,
    "dilation": SMALL,
    "padding": BORDER | st.sampled_from(["same", "same_lower", "valid", "full"]),
    "output_padding": st.integers(0, 2),
    "padding_mode": st.sampled_from(MODES),
    "groups": st.integers(1, 2),
    "bias": st.integers(-3, 3),
    "pointwise": st.just([[1, 2], [3, 4]]),
    "pointwise_bias": st.just([0.5, 1]),
    "flip": st.booleans(),
    "ceil_mode": st.booleans(),
    "count_include_pad": st.booleans(),
    "im2col_layout": st.sampled_from(["rows", "columns"]),
    "highlight": st.just([0, 0]) | st.integers(0, 2),
}
SENTENCE = re.compile(r"^lessons/drawn\.toml: [^\n]{10,}$")


SHAPES = [
    ((6,), (3,)),
    ((2, 6), (2, 2, 3)),
    ((4, 5), (2, 3)),
    ((2, 4, 4), (2, 2, 2, 2)),
    ((2, 4, 4), (2, 1, 2, 2)),
    ((1, 2, 3, 4), (2, 2, 1, 3)),
    ((1, 1), (1, 1)),
]
OWN = {
    "conv": ["padding_mode", "groups", "bias", "pointwise", "pointwise_bias", "flip"],
    "conv_transpose": ["output_padding", "groups", "bias"],
    "max_pool": ["ceil_mode"],
    "avg_pool": ["ceil_mode", "count_include_pad"],
}
SHARED = ["stride", "dilation", "padding", "im2col_layout", "highlight"]


@st.composite
def tables(draw):
    """An operation with plausible keys, and at most one key that may be anything."""
    op = draw(st.sampled_from(OPS))
    image, kernel = draw(st.sampled_from(SHAPES))
    keys = {"op": op, "input": numbers(draw(seeds), image, draw(st.booleans()))}
    if "conv" in op:
        keys["kernel"] = numbers(draw(seeds), kernel, draw(st.booleans()))
    else:
        keys["kernel_size"] = draw(PLAUSIBLE["kernel_size"])
    for key in draw(st.sets(st.sampled_from(SHARED + OWN[op]), max_size=4)):
        keys[key] = draw(PLAUSIBLE[key])
    for key in draw(st.sets(st.sampled_from(EVERY_KEY), max_size=1)):
        keys[key] = draw(PLAUSIBLE[key] if draw(st.booleans()) else WILD)
    return keys


def test_every_key_has_plausible_values():
    assert set(PLAUSIBLE) == set(EVERY_KEY)


@given(tables())
@examples(4)
def test_a_lesson_or_a_sentence(keys):
    try:
        made = lesson(**keys)
    except LessonError as refused:
        made, sentence = None, str(refused)
    if made is None:
        assert SENTENCE.match(sentence), sentence
        return
    trace = trace_of(made)
    operation = made.convolution
    assert trace.output.shape == operation.output_shape
    assert min(trace.output.shape) >= 1
    assert np.isfinite(trace.output).all()
    assert trace.highlight.value == trace.output[(0, *operation.highlight)]
    assert len(made.digest) == 64
