"""Copies of mobjects, as deep as Manim's but several times faster: what cannot change is shared without being asked."""

from __future__ import annotations

import copy
from pathlib import PosixPath
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np
from manim import ManimColor, Mobject
from manim.constants import CapStyleType, LineJointType

_UNCHANGING = frozenset(
    (
        bool,
        bytes,
        complex,
        float,
        int,
        str,
        type,
        type(None),
        BuiltinFunctionType,
        FunctionType,
        PosixPath,
        np.float64,
        np.int64,
        CapStyleType,
        LineJointType,
        ManimColor,
    )
)


def deep_copy(mobject: Mobject, memo: dict[int, Any]) -> Mobject:
    """What `Mobject.__deepcopy__` gives."""
    kind = type(mobject)
    result: Mobject = kind.__new__(kind)
    memo[id(mobject)] = result
    attributes = vars(result)
    for name, value in vars(mobject).items():
        attributes[name] = value if type(value) in _UNCHANGING else _copied(value, memo)
    attributes["original_id"] = str(id(mobject))
    return result


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind is np.ndarray and value.dtype != object:
        array = memo.get(id(value))
        if array is None:
            array = memo[id(value)] = value.copy()
        return array
    if kind is list:
        items = memo.get(id(value))
        if items is None:
            items = memo[id(value)] = []
            items.extend([item if type(item) in _UNCHANGING else _copied(item, memo) for item in value])
        return items
    return copy.deepcopy(value, memo)
