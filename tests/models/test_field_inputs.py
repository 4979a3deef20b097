"""Which input of a model is the picture."""

from onnx import TensorProto, helper

from core import NetworkField
from models.onnx_file import load_onnx
from tests.models._onnx_networks import Model


def test_which_input_is_the_picture(tmp_path):
    model = Model(6, 6)
    model.inputs.insert(0, helper.make_tensor_value_info("scale", TensorProto.DOUBLE, [1]))
    model.inputs.append(helper.make_tensor_value_info("other", TensorProto.DOUBLE, ["N", 4, 6, 6]))
    model.add("Mul", ["x", "scale"])
    model.add("Add", [model.last, "other"])
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert (field.network.input, list(field.network.others)) == ("x", ["scale", "other"])
    assert field["n1"].size == (1, 1)
