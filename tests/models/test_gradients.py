"""The gradient of a unit by the picture against poking the same model with ONNX's reference evaluator."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx.reference import ReferenceEvaluator

from core import NetworkField
from core.network_gradient import gradient_field
from models.onnx_file import load_onnx
from tests.models._onnx_networks import CHANNELS, Model

SMALL = st.integers(1, 3)
PAIR = st.tuples(SMALL, SMALL)
KINDS = ["conv", "stamp", "mean", "norm", "add", "scale", "concat", "pad", "global", "identity"]


@st.composite
def linear_models(draw):
    """A model of linear layers, and the plane size of each node; weights have both signs."""
    model = Model(draw(st.integers(4, 8)), draw(st.integers(4, 8)))
    planes = {"x": (*model.size[:2], CHANNELS)}
    for _ in range(draw(st.integers(1, 5))):
        grow(draw, model, planes, draw(st.sampled_from(list(planes))))
    return model, planes


def grow(draw, model, planes, source):
    channels = planes[source][2]
    kind = draw(
        st.sampled_from(["conv", "stamp", "mean", "norm", "add", "scale", "concat", "pad", "global", "identity"])
    )
    kernel, strides, dilations = draw(PAIR), draw(PAIR), draw(PAIR)
    pads = [draw(st.integers(0, 1)) for _ in range(4)]
    before = len(model.nodes), len(model.weights)
    if kind == "conv":
        group = draw(st.sampled_from([1, 2, channels])) if channels % 2 == 0 else 1
        name = model.conv(
            source, channels, 2 * channels, kernel, group=group, strides=strides, dilations=dilations, pads=pads
        )
        channels *= 2
    elif kind == "stamp":
        extra = [
            draw(st.integers(0, max(0, max(stride, dilation) - 1)))
            for stride, dilation in zip(strides, dilations, strict=True)
        ]
        name = model.conv(
            source,
            channels,
            channels,
            kernel,
            "ConvTranspose",
            group=draw(st.sampled_from([1, channels])),
            strides=strides,
            dilations=dilations,
            output_padding=extra,
        )
    elif kind == "mean":
        counted = draw(st.integers(0, 1))
        pads = [min(pad, side - 1) for pad, side in zip(pads, (*kernel, *kernel), strict=True)]
        name = model.add(
            "AveragePool", [source], kernel_shape=kernel, strides=strides, pads=pads, count_include_pad=counted
        )
    elif kind == "norm":
        numbers = [model.constant(np.linspace(low, 2, channels)) for low in (-1, 0.5, -2, 0.25)]
        name = model.add("BatchNormalization", [source, *numbers])
    elif kind in ("add", "concat"):
        others = [other for other, plane in planes.items() if plane == planes[source]]
        names = [source, draw(st.sampled_from(others))]
        name = (
            model.add("Concat", names, axis=1)
            if kind == "concat"
            else model.add(draw(st.sampled_from(["Add", "Sub"])), names)
        )
        channels *= 1 + (kind == "concat")
    elif kind == "scale":
        name = model.add(
            draw(st.sampled_from(["Mul", "Div"])), [source, model.constant(np.linspace(-2, 3, channels)[:, None, None])]
        )
    elif kind == "pad":
        name = model.add("Pad", [source, model.constant(np.array([0, 0, *pads[:2], 0, 0, *pads[2:]]))])
    elif kind == "global":
        name = model.add("Add", [source, model.add("GlobalAveragePool", [source])])
    else:
        name = model.add("Identity", [source])
    found = load_shapes(model, name)
    if found is None or max(found) > 40 or found[2] > 64:
        del model.nodes[before[0] :], model.weights[before[1] :]
    else:
        planes[name] = found


def load_shapes(model, name):
    try:
        (value,) = run(model, [name], np.zeros(model.size))
    except Exception:
        return None
    return (*value.shape[2:], value.shape[1]) if value.size else None


def run(model, names, picture):
    return ReferenceEvaluator(model.proto(names)).run(None, {"x": np.moveaxis(picture, 2, 0)[None].astype(np.float64)})


def poked_gradient(model, name, unit):
    """(H, W): the magnitudes, summed over the picture's channels, of the derivative of the sum of a unit's channels."""
    height, width, channels = model.size
    session = ReferenceEvaluator(model.proto([name]))

    def value(picture):
        return session.run(None, {"x": picture[None]})[0][0, :, unit[0], unit[1]].sum()

    ground = value(np.zeros((channels, height, width)))
    found = np.zeros((height, width))
    for place in np.ndindex(channels, height, width):
        picture = np.zeros((channels, height, width))
        picture[place] = 1
        found[place[1:]] += abs(value(picture) - ground)
    return found


@settings(max_examples=60)
@given(linear_models(), st.data())
def test_the_gradient_is_what_poking_shows(tmp_path_factory, grown, data):
    model, planes = grown
    names = [name for name in planes if name != "x"]
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    unit = tuple(data.draw(st.integers(0, length - 1)) for length in planes[name][:2])
    field = NetworkField(load_onnx(model.save(tmp_path_factory.mktemp("model"), [name])))
    found = gradient_field(field, name, unit)
    wanted = poked_gradient(model, name, unit)
    total = wanted.sum()
    np.testing.assert_allclose(found.weights, wanted / total if total > 1e-9 else 0, rtol=1e-6, atol=1e-9)
    assert found.measure == "gradient"
    assert found.box == field.effective(name, unit).box
