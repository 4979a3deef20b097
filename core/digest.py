"""The fingerprint of a lesson's data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array
from core.convolution import Convolution
from core.localized import Localized

if TYPE_CHECKING:
    from core.lesson import Lesson
    from core.network_graph import Network


def digest_of(lesson: Lesson) -> str:
    """SHA-256, in hexadecimal, of all that can change a picture, as used: with defaults and the numbers from files.

    The file's name, comments, key order and spelling (``stride = 1`` or ``[1, 1]``, a list or an .npy) do not matter.
    """
    arrays, geometry, options = _described(lesson.convolution)
    words = lesson.title, lesson.card.site, lesson.card.tagline
    settings = [
        *(_spelled(text) for text in words),
        *([list(array.shape), array.dtype.name] for array in arrays),
        *geometry,
        [layer.described for layer in lesson.layers],
        [lesson.plane, lesson.unit],
        *options,
    ]
    if lesson.im2col_layout != "rows":
        settings.append([lesson.im2col_layout])
    result = hashlib.sha256(json.dumps(settings, ensure_ascii=True).encode())
    for array in arrays:
        result.update(_bytes(array))
    return result.hexdigest()


def network_digest(title: Localized, network: Network, settings: Sequence[object] = ()) -> str:
    """SHA-256, in hexadecimal, of a network as read, its graph and constants, and of what else drawings read."""
    nodes = [[node.name, node.op, node.inputs, node.outputs, sorted(node.attributes.items())] for node in network.nodes]
    constants = [
        [name, constant.shape, None if constant.numbers is None else constant.numbers.tolist()]
        for name, constant in sorted(network.constants.items())
    ]
    others = sorted(network.others.items())
    facts = [_spelled(title), network.input, network.shape, nodes, constants, others, network.opset, *settings]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True, default=repr).encode()).hexdigest()


def _described(operation: object) -> tuple[list[Array], list[object], list[object]]:
    """The arrays, the settings and, if they are not the usual ones, the options of an operation."""
    if type(operation) is Convolution:
        arrays = [operation.input, operation.kernel, operation.bias]
        geometry: list[object] = [
            [operation.stride, operation.dilation, operation.padding],
            [operation.groups, operation.rank, operation.highlight],
        ]
        options = [operation.padding_mode, operation.flip, operation.line]
        return arrays, geometry, [] if options == ["zeros", False, False] else [options]
    arrays, named = [], {}
    for field in fields(operation):  # type: ignore[arg-type]  # every operation is a dataclass
        value = getattr(operation, field.name)
        if isinstance(value, np.ndarray):
            arrays.append(value)
        elif isinstance(value, Convolution):
            inner, geometry, options = _described(value)
            arrays += inner
            named[field.name] = [geometry, options]
        else:
            named[field.name] = value
    return arrays, [type(operation).__name__, named], []


def _spelled(text: Localized) -> list[str]:
    return [text.en, text.zh]


def _bytes(array: Array) -> bytes:
    """The same bytes on every machine: little-endian, C order."""
    return array.astype(array.dtype.newbyteorder("<"), order="C").tobytes()
