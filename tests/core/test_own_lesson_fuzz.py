"""Whatever is given to lesson_of is a lesson or a mistake told in one sentence."""

from collections import OrderedDict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core import LessonError, lesson_of, trace_of
from core.operation_reader import EVERY_KEY

ODD = [
    None,
    object(),
    b"x",
    Decimal("1.5"),
    Fraction(1, 2),
    1j,
    set(),
    Path("x.npy"),
    OrderedDict(),
    np.ma.masked,
    range(3),
]
numbers = (
    st.integers(-3, 9) | st.floats() | st.booleans() | st.sampled_from([2**70, -(2**63), np.int8(3), np.float16(2)])
)
array = arrays.arrays(
    st.sampled_from(["i8", "u1", "f4", ">i4", "c8", "?", "U3", "O", "M8[s]"]),
    arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
plain = numbers | st.text(max_size=9) | st.sampled_from(ODD) | array
value = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3) | st.tuples(inner, inner)
    ),
    max_leaves=9,
)
image = st.lists(st.lists(numbers, min_size=2, max_size=4), min_size=1, max_size=4) | array | value
WORDS = [
    "conv",
    "conv_transpose",
    "max_pool",
    "avg_pool",
    "same",
    "full",
    "valid",
    "reflect",
    "circular",
    "global",
    "columns",
]
tables = st.fixed_dictionaries(
    {"input": image},
    optional={"kernel": image, "receptive_field": value, "card": value, "title": value}
    | {key: value | numbers | st.sampled_from(WORDS) for key in EVERY_KEY if key not in ("input", "kernel")},
)


@given(tables)
@example({"input": np.ma.masked_array([[1, 2]], mask=[[0, 1]]), "kernel": [[1]]})
def test_whatever_is_given_is_a_lesson_or_a_sentence(given_tables):
    try:
        lesson = lesson_of(**given_tables)
    except LessonError as mistake:
        sentence = str(mistake)
        assert sentence.startswith("lesson_of: ")
        assert "\n" not in sentence
    else:
        assert trace_of(lesson).output.dtype.kind in "if"
