"""The numbers in an ONNX file: read on request alone, within bounds, and never from outside the model's folder."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from core.network_errors import NetworkError
from core.network_graph import Weights, named

MOST_BYTES = 1 << 30
"""Of a file, and of all numbers that are asked for."""
TYPES: Mapping[int, np.dtype[np.floating[Any]]] = {1: np.dtype("<f4"), 10: np.dtype("<f2"), 11: np.dtype("<f8")}
"""TensorProto's floating-point types that weights come in."""

Numbers = npt.NDArray[np.floating[Any]]


def load_weights(path: Path, opening: str, names: Collection[str]) -> Weights:
    """The numbers of the constants with these names, as far as the file has them.

    NetworkError, one sentence, for whatever is wrong: too large, not floating point, cut short, or kept elsewhere.
    """
    import onnx  # here, so that only who reads such a file waits for it
    from google.protobuf.message import DecodeError

    try:
        if (length := path.stat().st_size) > MOST_BYTES:
            raise NetworkError(
                f"{opening} the file has {length:,} bytes, and the gradient is computed for at most {MOST_BYTES:,}: "
                "leave out the gradient"
            )
        model = onnx.ModelProto.FromString(path.read_bytes())
    except DecodeError:
        raise NetworkError(f"{opening} the file is damaged, or no ONNX file: save the model again") from None
    except OSError as failure:
        raise NetworkError(
            f"{opening} the file cannot be read ({failure.strerror or 'the path is not usable'}): check it"
        ) from None
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant" and len(node.output) == 1:
            for each in node.attribute:
                if each.name == "value":
                    tensors[node.output[0]] = each.t
    wanted = {name: tensors[name] for name in names if name in tensors and tensors[name].data_type in TYPES}
    total = sum(math.prod(tensor.dims) * TYPES[tensor.data_type].itemsize for tensor in wanted.values())
    if total > MOST_BYTES:
        raise NetworkError(
            f"{opening} the weights have {total:,} bytes, and the gradient is computed for at most {MOST_BYTES:,}: "
            "leave out the gradient"
        )
    return {name: _numbers(tensor, path, opening) for name, tensor in wanted.items()}


def _numbers(tensor: Any, path: Path, opening: str) -> Numbers:
    from onnx import numpy_helper

    if tensor.data_location == 1:  # EXTERNAL
        return _external(tensor, path, opening)
    try:
        numbers: Numbers = numpy_helper.to_array(tensor)
    except (TypeError, ValueError):
        raise NetworkError(
            f"{opening} tensor {named(tensor.name)} has not the numbers that its shape asks for: save the model again"
        ) from None
    return numbers


def _external(tensor: Any, path: Path, opening: str) -> Numbers:
    """Numbers in a file beside the model's, which must lie in its folder also after symbolic links."""
    entries = {entry.key: entry.value for entry in tensor.external_data}
    where = f"{opening} tensor {named(tensor.name)} keeps its numbers in {named(entries.get('location', ''))}"
    kind, count = TYPES[tensor.data_type], math.prod(tensor.dims)
    try:
        folder = path.parent.resolve()
        file = (folder / entries["location"]).resolve()
        offset = int(entries.get("offset", 0))
        if not file.is_relative_to(folder):
            raise NetworkError(f"{where}, outside the model's folder: put that file beside the model")
        if not file.is_file() or offset < 0 or file.stat().st_size < offset + count * kind.itemsize:
            raise NetworkError(f"{where}, where they are not: copy that file beside the model again")
        numbers: Numbers = np.fromfile(file, kind, count, offset=offset).reshape(tuple(tensor.dims))
    except (KeyError, OSError, RuntimeError, ValueError) as failure:
        if isinstance(failure, NetworkError):
            raise
        raise NetworkError(f"{where}, which cannot be read: copy that file beside the model again") from None
    return numbers
