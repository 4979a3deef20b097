"""Any graph at all: whatever operations meet, the answer is a field or a reason, and it comes soon."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core import NetworkError, NetworkField
from core.network_constants import FOLDINGS
from core.network_field import OPERATIONS
from core.network_graph import Constant, Network, Node

NUMBERS = st.sampled_from([-(2**63), -5, -3, -2, -1, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 16, 1000, 2**31, 2**62])
FLOATS = st.sampled_from([-1.0, 0.0, 0.3, 0.5, 1.0, 1.5, 2.0, 2.0, 3.0, 1e9, float("inf"), float("nan")])
_WORDS = """
NOTSET VALID SAME_UPPER SAME_LOWER constant reflect edge wrap nearest linear cubic DCR CRD asymmetric align_corners
half_pixel half_pixel_symmetric pytorch_half_pixel floor ceil round_prefer_ceil sharp
"""
_KEYS = """
axis axes kernel_shape strides pads dilations auto_pad group ceil_mode output_padding output_shape perm shape starts
ends steps split scales sizes mode coordinate_transformation_mode nearest_mode blocksize keepdims transA transB
allowzero antialias start end to value num_outputs noop_with_empty_axes keep_aspect_ratio_policy
"""
WORDS = st.sampled_from(_WORDS.split())
LISTS = st.lists(NUMBERS, max_size=5).map(tuple) | st.lists(st.integers(0, 3), max_size=6).map(tuple)
KEYS = st.sampled_from(_KEYS.split())
VALUES = NUMBERS | LISTS | LISTS | WORDS | FLOATS | st.lists(FLOATS, max_size=4).map(tuple)
LENGTHS = st.sampled_from([0, 1, 1, 1, 2, 3, 4, 5, 8, 100_000, 2**40])
OPS = st.sampled_from([*OPERATIONS, *OPERATIONS, "Shape", *FOLDINGS, "Loop"])


@st.composite
def constants(draw):
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return Constant(tuple(draw(st.lists(LENGTHS, max_size=5))))
    if kind == 1:
        return Constant()
    items = draw(st.lists(NUMBERS if kind == 2 else FLOATS, max_size=5))
    array = np.array(items, dtype=object)
    if len(items) == 1 and draw(st.booleans()):
        array = array.reshape(())
    return Constant(array.shape, array)


@st.composite
def networks(draw):
    shape = draw(st.sampled_from([(1, 3, None, None), (1, 4, 8, 8), (2, 4, 8, 1), (None, None, 7, 9), (1, 4, 9)]))
    given_constants = {f"c{at}": draw(constants()) for at in range(draw(st.integers(0, 4)))}
    names = ["x", "x", *given_constants]
    nodes = []
    for at in range(draw(st.integers(1, 7))):
        inputs = tuple(draw(st.lists(st.sampled_from([*names, ""]), min_size=1, max_size=4)))
        outputs = tuple(f"n{at}_{which}" for which in range(draw(st.sampled_from([1, 1, 1, 2, 3, 0]))))
        attributes = draw(st.dictionaries(KEYS, VALUES, max_size=4))
        nodes.append(Node(f"n{at}", draw(OPS), inputs, outputs, attributes))
        names += outputs * 2
    return Network(
        "net", "net.onnx:", "x", shape, tuple(nodes), given_constants, opset=draw(st.sampled_from([6, 10, 21]))
    )


@given(networks(), st.sampled_from([None, None, (12, 7)]))
def test_any_graph_has_an_answer(network, size):
    if len(network.shape) == 3 and size:
        size = (1, 7)
    field = NetworkField(network, size)
    for stop in field.stops:
        assert "\n" not in stop.sentence(network.opening)
    for row in field.rows:
        assert min(row.size) >= 0
        if None in row.plane or row.plane[0] * row.plane[1] > 10_000:
            continue
        unit = tuple(side // 2 for side in row.plane)
        try:
            mask = field.cells(row.name, unit)
        except NetworkError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert mask.shape == tuple(field.size)
