"""The addresses at which lessons open in the visualizer, and what it shows at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core import Convolution, Lesson
from core.arrays import Array
from core.patch_cost import cost_of
from core.receptive_field import Layer, ReceptiveField
from pipeline.pages import VISUALIZER

LIMITS: Mapping[str, int] = {
    "side": 12,
    "kernel": 7,
    "channels": 4,
    "filters": 4,
    "stride": 6,
    "padding": 6,
    "dilation": 4,
    "layers": 6,
    "plane": 40,
    "entries": 3600,
    "magnitude": 999_999,
}
"""What the page shows at most: sizes in cells, entries of the im2col matrix, a cell's magnitude.

Larger lessons have no link. Sums of whole numbers of such magnitude are exact in
the doubles that JavaScript counts with.
"""


def visualizer_address(lesson: object) -> str | None:
    """Where a lesson opens in the visualizer, as a relative address; None if the page does not show such lessons."""
    if not isinstance(lesson, Lesson) or not _is_small(lesson):
        return None
    return f"{VISUALIZER}#{setting_text(lesson)}"


def _is_small(lesson: Lesson) -> bool:
    """Whether it is a convolution within the `LIMITS`."""
    convolution = lesson.convolution
    if not isinstance(convolution, Convolution) or any(layer.ceil for layer in lesson.layers):
        return False
    (filters, _, *window), (channels, *sides) = convolution.kernel.shape, convolution.input.shape
    planes = [max(row.plane) for row in ReceptiveField(lesson.layers, lesson.plane, lesson.unit).rows]
    values = [convolution.input, convolution.kernel, convolution.bias]
    layers = [_extremes(layer) for layer in lesson.layers]
    held = {
        "side": sides,
        "kernel": [*window, *(extremes["kernel"] for extremes in layers)],
        "channels": [channels],
        "filters": [filters],
        "stride": [*convolution.stride, *(extremes["stride"] for extremes in layers)],
        "padding": [*convolution.padding, *(extremes["padding"] for extremes in layers)],
        "dilation": [*convolution.dilation, *(extremes["dilation"] for extremes in layers)],
        "layers": [len(lesson.layers)],
        "plane": planes,
        "entries": [cost_of(convolution).entries],
        "magnitude": [float(abs(array).max()) for array in values],
    }
    return all(max(held[name]) <= LIMITS[name] for name in held)


def setting_text(lesson: Lesson) -> str:
    """A lesson's setting as `web/visualizer/address.mjs` reads it; what is plain is left out."""
    convolution = lesson.convolution
    assert isinstance(convolution, Convolution)
    row, col = convolution.highlight
    parts = {
        "v": "scan",
        "i": _planes(convolution.input),
        "k": "~".join(_planes(planes) for planes in convolution.kernel),
        "b": _numbers(convolution.bias) if convolution.bias.any() else "",
        "s": _short(convolution.stride, 1),
        "p": _short(convolution.padding, 0),
        "d": _short(convolution.dilation, 1),
        "g": "" if convolution.groups == 1 else str(convolution.groups),
        "m": "" if convolution.padding_mode == "zeros" else convolution.padding_mode,
        "f": "1" if convolution.flip else "",
        "l": ";".join(map(_layer, lesson.layers)),
        "at": f"{row},{col},0",
        "u": ",".join(map(str, (len(lesson.layers), *lesson.unit))),
    }
    return "&".join(f"{key}={text}" for key, text in parts.items() if text)


def _extremes(layer: Layer) -> dict[str, Any]:
    return {name: max(getattr(layer, name)) for name in ("kernel", "stride", "padding", "dilation")}


def _planes(planes: Array) -> str:
    return "/".join(";".join(_numbers(row) for row in plane) for plane in planes)


def _numbers(values: Iterable[Any]) -> str:
    """Numbers with every digit, whole ones without a point."""
    return ",".join(str(int(value)) if value == int(value) else repr(float(value)) for value in values)


def _short(values: tuple[int, ...], plain: int) -> str:
    """One number for all, [rows, cols] for four sides, nothing for what is plain."""
    if set(values) == {plain}:
        return ""
    if len(set(values)) == 1:
        return str(values[0])
    return ",".join(map(str, values[:2] if values[:2] == values[2:] else values))


def _layer(layer: Layer) -> str:
    parts = {
        "": _short(layer.kernel, 0).replace(",", "x"),
        "s": _short(layer.stride, 1).replace(",", "x"),
        "p": _short(layer.padding, 0).replace(",", "."),
        "d": _short(layer.dilation, 1).replace(",", "x"),
    }
    return "".join(letter + text for letter, text in parts.items() if text)
