"""ONNX's reference evaluator on one node."""

import numpy as np
from onnx import helper
from onnx.reference import ReferenceEvaluator


def run(op, *inputs, outputs=1, **attributes):
    """The outputs of one ONNX node for float64 arrays; batches of one are put on, and taken off the outputs."""
    names = [f"i{at}" for at in range(len(inputs))]
    node = helper.make_node(op, names, [f"o{at}" for at in range(outputs)], **attributes)
    results = ReferenceEvaluator(node).run(None, dict(zip(names, inputs, strict=True)))
    return results if outputs > 1 else results[0]


def batch(array):
    return array[None].astype(np.float64)


def pads(sides):
    """ONNX lists every beginning, then every end: as (top, left, bottom, right) does."""
    return list(sides)
