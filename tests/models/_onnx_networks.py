"""Small ONNX models for tests: built layer by layer, with weights that let a poke through."""

from itertools import count
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save_model
from onnx.reference import ReferenceEvaluator

CHANNELS = 4
POKE, NOISE = 2.0**30, 1e-4
"""A poke so large that no maximum hides it, and what rounding may make of it where a weight should be zero."""


class Model:
    """A graph that grows; ``shape`` tells what each output has, the batch left out."""

    def __init__(self, height, width, channels=CHANNELS, opset=21, open_size=False):
        self.opset = opset
        self.nodes, self.weights = [], []
        dims = ["H", "W"] if open_size else [height, width]
        self.inputs = [helper.make_tensor_value_info("x", TensorProto.DOUBLE, ["N", channels, *dims])]
        self.size = height, width, channels
        self.last = "x"
        self.count = count()
        self.random = np.random.default_rng(7)

    def constant(self, value):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, op, inputs=None, outputs=1, **attributes):
        names = [f"n{next(self.count)}" + (f"_{at}" if at else "") for at in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs or [self.last], names, name=names[0], **attributes))
        self.last = names[0]
        return names[0] if outputs == 1 else names

    def conv(self, source, inputs, outputs, kernel, op="Conv", group=1, **attributes):
        shape = (outputs, inputs // group) if op == "Conv" else (inputs, outputs // group)
        weights = self.random.uniform(1, 2, (*shape, *kernel)) / (2 * inputs * kernel[0] * kernel[1])
        return self.add(op, [source, self.constant(weights)], group=group, kernel_shape=kernel, **attributes)

    def __repr__(self):
        return f"{self.size} " + "; ".join(helper.printable_node(node) for node in self.nodes)

    def proto(self, outputs=None):
        names = outputs or [self.last]
        infos = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in names]
        graph = helper.make_graph(self.nodes, "test", self.inputs, infos, self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], ir_version=10)

    def save(self, folder, outputs=None):
        path = Path(folder) / "model.onnx"
        save_model(self.proto(outputs), path)
        return path

    def poked(self, outputs):
        """Per output (H, W, h, w) bool: whether a poke at an input cell changes any channel of a unit."""
        height, width, channels = self.size
        cells = height * width
        batch = np.ones((cells + 1, channels, height, width))
        for at in range(cells):
            batch[at, :, at // width, at % width] = POKE
        values = ReferenceEvaluator(self.proto(outputs)).run(None, {"x": batch})
        changed = [(abs(value[:-1] - value[-1]) > NOISE).any(axis=1) for value in values]
        return [each.reshape(height, width, *each.shape[1:]) for each in changed]
