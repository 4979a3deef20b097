"""An ONNX file as a network. Of its weights only the shapes are read until they are asked for; nothing in it is run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np

from core.network_errors import NetworkError
from core.network_graph import Attribute, Constant, Network, Node, named
from models.onnx_weights import load_weights
from models.onnx_wire import Walk, WireError

MOST_NODES = 100_000
MOST_NUMBERS = 4096
"""Tensors with more numbers than this are weights, of which only the shape is kept."""
MOST_DIMENSIONS = 16
NUMERIC = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13}
"""TensorProto's types that become Python's numbers: not text, complex or the tiny floats."""


def load_onnx(path: str | os.PathLike[str], opening: str | None = None) -> Network:
    """The network in an .onnx file. NetworkError, one sentence, for whatever is wrong with it.

    Messages begin with ``opening``, by default the path and a colon.
    """
    opening, file = opening or f"{os.fspath(path)}:", Path(path)
    try:
        if not file.is_file():
            what = "is a folder" if file.is_dir() else "is no ordinary file" if file.exists() else "does not exist"
            raise NetworkError(f"{opening} the file {what}: check the path")
        with file.open("rb") as stream:
            light = Walk(stream, os.fstat(stream.fileno()).st_size).light()
    except WireError as failure:
        raise NetworkError(f"{opening} the file {failure}") from None
    except (OSError, ValueError) as failure:
        if isinstance(failure, NetworkError):
            raise
        reason = (failure.strerror if isinstance(failure, OSError) else None) or "the path is not usable"
        raise NetworkError(f"{opening} the file cannot be read ({reason}): check it and its permissions") from None
    network = _Reader(opening, file.stem).network(_parsed(opening, light))
    return replace(network, weights=partial(load_weights, file.absolute(), opening))


def _parsed(opening: str, light: bytes) -> Any:
    import onnx  # here, so that only who reads such a file waits for it
    from google.protobuf.message import DecodeError

    try:
        model = onnx.ModelProto.FromString(light)
    except DecodeError:
        raise NetworkError(f"{opening} the file is damaged, or no ONNX file: save the model again") from None
    if not model.HasField("graph") or not model.graph.node:
        raise NetworkError(f"{opening} the file holds no ONNX graph with nodes: save the model again")
    if not model.opset_import and model.ir_version >= 3:
        raise NetworkError(
            f"{opening} the file is cut short or damaged, it names no opset: copy or save the model again"
        )
    if len(model.graph.node) > MOST_NODES:
        raise NetworkError(
            f"{opening} the graph has {len(model.graph.node):,} nodes, and the most is {MOST_NODES:,}: "
            "save a part of the model"
        )
    return model


class _Reader:
    def __init__(self, opening: str, name: str) -> None:
        self._opening = opening
        self._name = name

    def network(self, model: Any) -> Network:
        """The parsed model as plain data."""
        graph = model.graph
        constants = {_text(tensor.name): self._constant(tensor) for tensor in graph.initializer}
        nodes = []
        for at, node in enumerate(graph.node):
            if node.op_type == "Constant" and node.domain in ("", "ai.onnx"):
                constants |= {_text(output): self._value(node) for output in node.output}
            else:
                nodes.append(self._node(node, at))
        inputs = {_text(value.name): _dimensions(value) for value in graph.input}
        inputs = {name: shape for name, shape in inputs.items() if name not in constants}
        picture = self._picture(inputs)
        opset = max((each.version for each in model.opset_import if each.domain in ("", "ai.onnx")), default=21)
        others = {name: shape for name, shape in inputs.items() if name != picture}
        shape = inputs[picture]
        assert shape is not None
        return Network(self._name, self._opening, picture, shape, tuple(nodes), constants, others, opset)

    def _picture(self, inputs: dict[str, tuple[int | None, ...] | None]) -> str:
        """The first input with rows and columns, or else with one direction, or else any."""
        for ranks in ({4}, {3}, {*range(MOST_DIMENSIONS)}):
            for name, shape in inputs.items():
                if shape is not None and len(shape) in ranks:
                    return name
        if inputs:
            raise NetworkError(
                f"{self._opening} input {named(next(iter(inputs)))} has no shape, and a picture's is (N, C, H, W): "
                "save the model with it"
            )
        raise NetworkError(f"{self._opening} the graph has no input besides its weights: save the model with one")

    def _node(self, node: Any, at: int) -> Node:
        outputs, op = tuple(map(_text, node.output)), _text(node.op_type)
        name = _text(node.name) or next(filter(None, outputs), f"{op} {at}")
        if node.domain not in ("", "ai.onnx"):
            op = f"{_text(node.domain)}:{op}"
        attributes = {
            _text(each.name): value for each in node.attribute if (value := self._attribute(each)) is not None
        }
        return Node(name, op, tuple(map(_text, node.input)), outputs, attributes)

    def _attribute(self, attribute: Any) -> Attribute | None:
        """Numbers and text; None for graphs and whatever else tells no geometry."""
        # AttributeProto's types: FLOAT 1, INT 2, STRING 3, TENSOR 4, FLOATS 6, INTS 7, STRINGS 8.
        form = attribute.type or next((kind for field, kind in _BY_FIELD.items() if _is_set(attribute, field)), 0)
        if form == 1:
            return float(attribute.f)
        if form == 2:
            return int(attribute.i)
        if form == 3:
            return _text(attribute.s)
        if form == 4:
            numbers = self._constant(attribute.t).numbers
            return None if numbers is None else tuple(numbers.ravel().tolist())
        if form == 6:
            return tuple(float(number) for number in attribute.floats)
        if form == 7:
            return tuple(int(number) for number in attribute.ints)
        return tuple(map(_text, attribute.strings)) if form == 8 else None

    def _value(self, node: Any) -> Constant:
        """A Constant node's value."""
        for attribute in node.attribute:
            if attribute.name == "value":
                return self._constant(attribute.t)
            value = self._attribute(attribute)
            if attribute.name in ("value_int", "value_float", "value_ints", "value_floats") and value is not None:
                array = np.array(value, dtype=object)
                return Constant(tuple(array.shape), array)
        return Constant()

    def _constant(self, tensor: Any) -> Constant:
        """A tensor's shape, and its numbers if they are few and in this file."""
        shape = tuple(int(length) for length in tensor.dims)
        if len(shape) > MOST_DIMENSIONS or any(length < 0 for length in shape):
            raise NetworkError(
                f"{self._opening} tensor {named(_text(tensor.name))} has an impossible shape: save the model again"
            )
        if tensor.data_location == 1:  # EXTERNAL
            self._check_inside(tensor)
            return Constant(shape)
        if np.prod(shape, dtype=float) > MOST_NUMBERS or tensor.data_type not in NUMERIC:
            return Constant(shape)
        from onnx import numpy_helper

        try:
            array = numpy_helper.to_array(tensor)
        except (TypeError, ValueError):
            return Constant(shape)
        return Constant(shape, array.astype(object))  # Python's own numbers, which never overflow

    def _check_inside(self, tensor: Any) -> None:
        """External numbers are not read; a file outside the model's folder is refused all the same."""
        for entry in tensor.external_data:
            if entry.key != "location":
                continue
            place = _text(entry.value)
            for kind in (PurePosixPath, PureWindowsPath):
                path = kind(place)
                if path.is_absolute() or path.drive or ".." in path.parts:
                    where = f"{self._opening} tensor {named(_text(tensor.name))} keeps its numbers in {named(place)}"
                    raise NetworkError(f"{where}, outside the model's folder: put that file beside the model")


_BY_FIELD = {"ints": 7, "floats": 6, "strings": 8, "i": 2, "f": 1, "s": 3, "t": 4}


def _is_set(attribute: Any, field: str) -> bool:
    if field in ("ints", "floats", "strings"):
        return bool(getattr(attribute, field))
    return bool(attribute.HasField(field))


def _text(value: str | bytes) -> str:
    """A name, which comes as bytes where the file has it in no proper UTF-8."""
    return value if isinstance(value, str) else value.decode("utf-8", errors="replace")


def _dimensions(value: Any) -> tuple[int | None, ...] | None:
    """An input's shape, None where a dimension is open; None for no shape at all."""
    kind = value.type
    if not kind.HasField("tensor_type") or not kind.tensor_type.HasField("shape"):
        return None
    dims: Iterable[Any] = kind.tensor_type.shape.dim
    return tuple(int(dim.dim_value) if dim.HasField("dim_value") and dim.dim_value > 0 else None for dim in dims)
