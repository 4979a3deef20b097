"""Receptive fields of ONNX graphs against poking every input cell, with ONNX's reference evaluator as the network."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core import NetworkField
from models.onnx_file import load_onnx
from tests.models._onnx_networks import CHANNELS, Model

SMALL = st.integers(1, 3)
PAIR = st.tuples(SMALL, SMALL)
MODES = [
    ("nearest", "asymmetric", "floor"),
    ("nearest", "half_pixel", "round_prefer_floor"),
    ("nearest", "half_pixel", "ceil"),
    ("nearest", "align_corners", "round_prefer_ceil"),
    ("linear", "half_pixel", "floor"),
    ("linear", "asymmetric", "floor"),
    ("linear", "align_corners", "floor"),
    ("linear", "pytorch_half_pixel", "floor"),
]


@st.composite
def graphs(draw):
    """A model whose every layer has CHANNELS channels, and the names and plane sizes of its nodes."""
    model = Model(draw(st.integers(4, 9)), draw(st.integers(4, 9)))
    planes = {"x": model.size[:2]}
    for _ in range(draw(st.integers(1, 6))):
        source = draw(st.sampled_from(list(planes)))
        grow(draw, model, planes, source)
    return model, planes


def grow(draw, model, planes, source):
    height, width = planes[source]
    same = [name for name, plane in planes.items() if plane == planes[source] and name != source]
    kind = draw(st.sampled_from(list(LAYERS)))
    if kind in ("add", "max", "concat") and not same:
        kind = "conv"
    before = len(model.nodes)
    name = LAYERS[kind](draw, model, source, (height, width), same)
    for at in name if isinstance(name, list) else [name]:
        size = plane_of(model, at)
        if size is None or max(size) > 24 or min(size) < 1:
            del model.nodes[before:]
            return
        planes[at] = size


def plane_of(model, name):
    """What the reference evaluator makes of it; None if it will not."""
    from onnx.reference import ReferenceEvaluator

    height, width, channels = model.size
    try:
        value = ReferenceEvaluator(model.proto([name])).run(None, {"x": np.ones((1, channels, height, width))})[0]
    except Exception:  # an impossible layer, whatever it raises
        return None
    return value.shape[2:] if value.ndim == 4 and value.shape[1] == CHANNELS else None


def conv(draw, model, source, plane, same):
    kernel, stride, dilation = draw(PAIR), draw(PAIR), draw(st.sampled_from([(1, 1), (1, 1), (2, 1), (2, 3)]))
    group = draw(st.sampled_from([1, 2, 4]))
    pads = draw(pads_or_mode())
    return model.conv(source, CHANNELS, CHANNELS, kernel, group=group, strides=stride, dilations=dilation, **pads)


@st.composite
def pads_or_mode(draw):
    mode = draw(st.sampled_from(["NOTSET", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"]))
    if mode == "NOTSET":
        return {"pads": [draw(st.integers(0, 2)) for _ in range(4)]}
    return {"auto_pad": mode}


def transpose(draw, model, source, plane, same):
    stride = draw(PAIR)
    kernel = tuple(max(one, two) for one, two in zip(draw(PAIR), stride, strict=True))
    extra = tuple(draw(st.integers(0, step - 1)) for step in stride)
    pads = [draw(st.integers(0, (kernel[at % 2] - 1) // 2)) for at in range(4)]
    return model.conv(
        source, CHANNELS, CHANNELS, kernel, "ConvTranspose", strides=stride, output_padding=extra, pads=pads
    )


def pool(draw, model, source, plane, same):
    kernel = draw(PAIR)
    pads = [draw(st.integers(0, kernel[at % 2] - 1)) for at in range(4)]
    op = draw(st.sampled_from(["MaxPool", "AveragePool"]))
    if op == "MaxPool":  # the reference evaluator takes its pads for pairs, so only equal ones mean the same
        pads = [*pads[:2], *pads[:2]] if pads[0] == pads[1] else [0] * 4
    # Of an average's last window it moves half of what hangs over to the first, so ceil is tried with maxima alone.
    ceil = {"ceil_mode": 1} if draw(st.booleans()) and op == "MaxPool" and not any(pads) else {}
    return model.add(op, [source], kernel_shape=kernel, strides=draw(PAIR), pads=pads, **ceil)


def add(draw, model, source, plane, same):
    return model.add("Add", [source, draw(st.sampled_from(same))])


def largest(draw, model, source, plane, same):
    return model.add("Max", [source, draw(st.sampled_from(same))])


def relu(draw, model, source, plane, same):
    return model.add("Relu", [source])


def concat(draw, model, source, plane, same):
    """Two stacks of channels, and half of the stack: which half depends on the cut."""
    both = model.add("Concat", [source, draw(st.sampled_from(same))], axis=1)
    start = draw(st.integers(0, CHANNELS))
    ends = [model.constant(np.array([number])) for number in (start, start + CHANNELS, 1)]
    return model.add("Slice", [both, *ends])


def shuffle(draw, model, source, plane, same):
    shape = model.constant(np.array([0, 2, CHANNELS // 2, *plane]))
    apart = model.add("Reshape", [source, shape])
    turned = model.add("Transpose", [apart], perm=[0, 2, 1, 3, 4])
    return model.add("Reshape", [turned, model.constant(np.array([0, CHANNELS, *plane]))])


def gate(draw, model, source, plane, same):
    whole = model.add(draw(st.sampled_from(["GlobalAveragePool", "GlobalMaxPool"])), [source])
    return model.add("Add", [source, whole])


def pad(draw, model, source, plane, same):
    mode = draw(st.sampled_from(["constant", "edge", "reflect", "wrap"]))
    least = 0 if mode != "constant" else -1
    most = min(2, min(plane) - 1)
    pads = [0, 0, *(draw(st.integers(least, most)) for _ in range(2))]
    pads += [0, 0, *(draw(st.integers(least, most)) for _ in range(2))]
    return model.add("Pad", [source, model.constant(np.array(pads))], mode=mode)


def crop(draw, model, source, plane, same):
    axis = draw(st.sampled_from([2, 3]))
    start, step = draw(st.integers(-4, 3)), draw(SMALL)
    end = draw(st.sampled_from([-1, 4, 7, 2**40]))
    return model.add("Slice", [source, *(model.constant(np.array([number])) for number in (start, end, axis, step))])


def resize(draw, model, source, plane, same):
    mode, where, rounding = draw(st.sampled_from(MODES))
    sizes = [CHANNELS, *(draw(st.integers(1, 13)) for _ in range(2))]
    return model.add(
        "Resize",
        [source, "", "", model.constant(np.array(sizes))],
        axes=[1, 2, 3],
        mode=mode,
        coordinate_transformation_mode=where,
        nearest_mode=rounding,
    )


def blocks(draw, model, source, plane, same):
    deep = model.add("SpaceToDepth", [source], blocksize=2)
    return model.add("DepthToSpace", [deep], blocksize=2, mode=draw(st.sampled_from(["DCR", "CRD"])))


LAYERS = {
    "conv": conv,
    "transpose": transpose,
    "pool": pool,
    "add": add,
    "max": largest,
    "relu": relu,
    "concat": concat,
    "shuffle": shuffle,
    "gate": gate,
    "pad": pad,
    "crop": crop,
    "resize": resize,
    "blocks": blocks,
}


@given(graphs(), st.data())
@settings(report_multiple_bugs=False)
def test_the_cells_are_those_that_poking_finds(tmp_path_factory, graph, data):
    model, planes = graph
    names = [name for name in planes if name != "x"]
    if not names:
        return
    field = NetworkField(load_onnx(model.save(tmp_path_factory.mktemp("poke"), names)))
    assert field.stops == []
    for name, found in zip(names, model.poked(names), strict=True):
        row = field[name]
        assert row.plane == planes[name]
        for _ in range(3):
            unit = tuple(data.draw(st.integers(0, side - 1)) for side in row.plane)
            assert field.cells(name, unit).tolist() == found[:, :, *unit].tolist(), (name, unit)
