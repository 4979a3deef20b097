"""Any file at all as an ONNX model: a table of receptive fields, or one sentence.

Run with: python -m bench.fuzz_onnx [COUNT] [--first NUMBER]. The models that the onnx package brings are damaged: a
third in their bytes, the others in what they say: operations, attributes, names, shapes and numbers.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import onnx

from bench._fuzz import main
from core import NetworkError, NetworkField
from core.network_field import OPERATIONS
from models.onnx_file import load_onnx

SMALL, LARGE = 3_000, 20_000
"""Bytes of the models that are tried all the time, and of those that are now and then; the rest say nothing new."""

WHOLE = (-(2**63), 2**63 - 1, 2**40, 2**31, -(2**31), 100_000, 1000, 64, 7, 4, 3, 2, 1, 1, 0, 0, -1, -2)
DECIMALS = (0.0, -1.0, 0.3, 1.0, 2.0, 1e30, float("inf"), float("nan"))
WORDS = (b"SAME_UPPER", b"SAME_LOWER", b"VALID", b"NOTSET", b"cubic", b"nearest", b"reflect", b"x", b"", b"\xff\xfe")
OPS = (*OPERATIONS, "Shape", "Loop", "If", "Constant", "Cast", "Gather", "", "\u202e")
SIZES = (*[None] * 8, (1, 1), (7, 64), (224, 224), (1_000_000, 1))
PICTURES = ((1, 4, 8, 8), (1, 3, 224, 224), (None, 3, None, None), (2, 16, 9, 1), (1, 4, 9))


@cache
def seeds() -> tuple[list[bytes], list[bytes]]:
    """Small models, nearly each about one operation, and larger ones."""
    folder = Path(onnx.__file__).parent / "backend" / "test" / "data"
    models = [path.read_bytes() for path in sorted(folder.rglob("*.onnx"))]
    return (
        [model for model in models if len(model) < SMALL],
        [model for model in models if SMALL <= len(model) < LARGE],
    )


def attempt_in(folder: Path) -> Callable[[random.Random], str | None]:
    """What tries one input as a file in `folder`."""
    file = folder / "fuzzed.onnx"

    def attempt(chance: random.Random) -> str | None:
        model = chance.choice(seeds()[chance.random() < 0.1])
        file.write_bytes(damaged(chance, model) if chance.random() < 0.35 else altered(chance, model))
        try:
            use(chance, NetworkField(load_onnx(file), chance.choice(SIZES)))
        except NetworkError as refusal:
            return str(refusal)
        return None

    return attempt


def use(chance: random.Random, field: NetworkField) -> None:
    """What `field` prints can be printed, and one unit's cells can be told."""
    for row in field.rows:
        assert min(row.size) >= 0
        assert min(row.stride) >= 0
    for stop in field.stops:
        raise NetworkError(stop.sentence(field.network.opening))
    if field.rows:
        row = chance.choice(field.rows)
        rows, cols = row.plane
        if all(field.size) and rows and cols:
            field.cells(row.name, (rows // 2, cols // 2))


def damaged(chance: random.Random, model: bytes) -> bytes:
    """Bytes changed, cut off, cut out, doubled, or taken from another model."""
    data = bytearray(model)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(6)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            del data[at : at + chance.choice((1, 2, 8, 64))]
        elif kind == 2:
            data[at:at] = data[at : at + chance.choice((1, 8, 64))]
        elif kind == 3:
            other = chance.choice(seeds()[0])
            start = chance.randrange(len(other))
            data[at:at] = other[start : start + chance.choice((2, 16, 128))]
        elif kind == 4:
            data[at:at] = b"\xff" * chance.choice((1, 4, 9)) + b"\x7f"
        elif data:
            data[at % len(data)] = chance.randrange(256)
        if not data:
            break
    return bytes(data)


def altered(chance: random.Random, model: bytes) -> bytes:
    """A well-formed file that says something else."""
    said = onnx.ModelProto.FromString(model)
    if said.graph.input and chance.random() < 0.7:
        lengths = said.graph.input[0].type.tensor_type.shape.dim
        del lengths[:]
        for length in chance.choice(PICTURES):
            lengths.add(**({"dim_param": "N"} if length is None else {"dim_value": length}))
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        chance.choice(ALTERATIONS)(chance, said.graph)
    if chance.random() < 0.05 and said.opset_import:
        said.opset_import[0].version = chance.choice(WHOLE)
    data: bytes = said.SerializeToString()
    return data


def operation(chance: random.Random, graph: Any) -> None:
    """Another operation in a node."""
    if graph.node:
        chance.choice(graph.node).op_type = chance.choice(OPS)


def attribute(chance: random.Random, graph: Any) -> None:
    """An attribute changed, or one given that another node has."""
    nodes = [node for node in graph.node if node.attribute]
    if not nodes:
        return
    node = chance.choice(nodes)
    one = chance.choice(node.attribute)
    if chance.random() < 0.3:
        chance.choice(graph.node).attribute.add().CopyFrom(one)
    kind = chance.randrange(6)
    if kind == 0:
        one.i = chance.choice(WHOLE)
    elif kind == 1 and one.ints:
        one.ints[chance.randrange(len(one.ints))] = chance.choice(WHOLE)
    elif kind == 2:
        one.ints.append(chance.choice(WHOLE))
    elif kind == 3:
        one.s = chance.choice(WORDS)
    elif kind == 4:
        one.f = chance.choice(DECIMALS)
    else:
        one.type = chance.randrange(12)


def name(chance: random.Random, graph: Any) -> None:
    """A node reads or makes something else: a loop, a name that nothing makes, one that is made twice."""
    if not graph.node:
        return
    names = ["", "nowhere", *(text for node in graph.node for text in (*node.input, *node.output))]
    node = chance.choice(graph.node)
    texts = node.input if chance.random() < 0.7 else node.output
    if texts and chance.random() < 0.8:
        texts[chance.randrange(len(texts))] = chance.choice(names)
    else:
        texts.append(chance.choice(names))


def shape(chance: random.Random, graph: Any) -> None:
    """An input or a tensor of other dimensions, or numbers other than its shape says."""
    tensor = chance.random() < 0.5
    things = graph.initializer if tensor else graph.input
    if not things:
        return
    thing = chance.choice(things)
    if tensor:
        dims = thing.dims
        if dims and chance.random() < 0.7:
            dims[chance.randrange(len(dims))] = chance.choice(WHOLE)
        else:
            dims.append(chance.choice(WHOLE))
        if chance.random() < 0.2:
            thing.data_type = chance.randrange(25)
        return
    lengths = thing.type.tensor_type.shape.dim
    if lengths and chance.random() < 0.8:
        chance.choice(lengths).dim_value = chance.choice(WHOLE)
    elif chance.random() < 0.5:
        lengths.add().dim_param = "N"
    else:
        thing.type.tensor_type.ClearField("shape")


def piece(chance: random.Random, graph: Any) -> None:
    """A node left out or put in from another model."""
    if len(graph.node) > 1 and chance.random() < 0.5:
        del graph.node[chance.randrange(len(graph.node))]
        return
    others = onnx.ModelProto.FromString(chance.choice(seeds()[0])).graph.node
    if others and graph.node:
        new = graph.node.add()
        new.CopyFrom(chance.choice(others))
        made = [text for node in graph.node[:-1] for text in node.output]
        if new.input and made:
            new.input[0] = chance.choice(made)


ALTERATIONS = (operation, attribute, attribute, attribute, name, shape, shape, piece)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.exit(main("ONNX reader", attempt_in(Path(place))))
