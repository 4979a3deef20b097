"""Resize and Upsample: a plane sampled at other places."""

from __future__ import annotations

from fractions import Fraction

from core.network_call import Call, Operation
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open, times
from core.network_pieces import END, read_along
from core.network_reads import Sampling
from core.network_tensor import CHANNELS, Tensor


def resize(call: Call) -> Tensor:
    """Resize and Upsample: nearest, linear or cubic, in every coordinate convention but tf_crop_and_resize."""
    tensor = call.tensor()
    rank = len(tensor.dims)
    upsample = call.node.op == "Upsample"
    newer = not upsample and call.opset >= 11
    scales, sizes = call.setting("scales", 2 if newer else 1), call.wholes("sizes", 3) if newer else None
    axes = [call.dimension(axis, rank) for axis in call.wholes("axes", 9) or range(rank)]
    if call.integer("antialias", 0):
        raise Untraceable("resizes with antialiasing, whose window is not followed: switch antialias off")
    if sizes and call.text("keep_aspect_ratio_policy", "stretch") != "stretch":
        raise Untraceable("keeps the aspect ratio, which is not followed: give the sizes as they come out")
    for number, values in (("scales", scales), ("sizes", sizes)):
        if values and len(values) != len(axes):
            raise Untraceable(f"has {len(values)} {number} and needs {len(axes)}: write one for each dimension")
    if not scales and not sizes:
        raise Untraceable("has neither scales nor sizes: give it one of them")
    for place, at in enumerate(axes):
        tensor = _resized(call, tensor, at, scales[place] if scales else None, sizes[place] if sizes else None, newer)
    return tensor


def _resized(
    call: Call, tensor: Tensor, at: int, scale: Extent | float | None, size: int | None, newer: bool
) -> Tensor:
    length = tensor.shape[at]
    if scale == 1 or (size is not None and size == length):
        return tensor
    if len(tensor.dims[at]) > 1 or tensor.dims[at][0].axis == CHANNELS:
        raise Untraceable(
            "resizes channels or a flattened plane, and only rows and columns are followed: ask for a node before it"
        )
    if isinstance(scale, Open) or length is None:
        raise Untraceable(f"has scales that depend on the input's size: {GIVE_SIZE}")
    if scale is not None and not 0 < scale < END:
        raise Untraceable("has a scale that is not above 0: correct it")
    units: Extent
    if size is not None or not isinstance(length, Open):
        if isinstance(length, Open):
            raise Untraceable(f"has sizes, whose ratio depends on the input's size: {GIVE_SIZE}")
        units = size if size is not None else int(Fraction(scale or 1) * length)
        if units < 1:
            raise Untraceable("makes a plane without rows or columns: use a larger input or scale")
    elif isinstance(scale, int | float) and float(scale).is_integer():
        units = times(length, int(scale))
    else:
        raise Untraceable(f"has a scale that is not a whole number, over an open size: {GIVE_SIZE}")
    return read_along(tensor, at, _sampling(call, length, units, scale, newer).reads(units), units)


def _sampling(call: Call, length: Extent, units: Extent, scale: float | None, newer: bool) -> Sampling:
    mode = call.text("mode", "nearest").replace("bilinear", "linear")
    if mode not in ("nearest", "linear", "cubic"):
        raise Untraceable(f"has mode {mode!r}: use nearest, linear or cubic")
    if scale is None and isinstance(units, int) and isinstance(length, int):
        ratio = Fraction(length, units)
    else:
        ratio = 1 / Fraction(scale or 1)
    where = call.text("coordinate_transformation_mode", "half_pixel") if newer else "asymmetric"
    rounding = call.text("nearest_mode", "round_prefer_floor") if newer else "floor"
    offset = (ratio - 1) / 2
    if where == "asymmetric":
        offset = Fraction(0)
    elif where == "align_corners":
        if not isinstance(length, int) or not isinstance(units, int):
            raise Untraceable(f"aligns corners, and where they are depends on the input's size: {GIVE_SIZE}")
        ratio, offset = (Fraction(length - 1, units - 1) if units > 1 else Fraction(0)), Fraction(0)
    elif where == "pytorch_half_pixel" and units == 1:
        offset = Fraction(0)
    elif where == "half_pixel_symmetric" and isinstance(length, int) and isinstance(units, int):
        exact = Fraction(scale or Fraction(units, length)) * length
        offset += Fraction(length, 2) * (1 - units / exact)
    elif where not in ("half_pixel", "pytorch_half_pixel", "half_pixel_symmetric"):
        raise Untraceable(f"resizes with {where}, which is not followed: export it with half_pixel or asymmetric")
    return Sampling(ratio, offset, mode, rounding)


RESIZING: dict[str, Operation] = {"Resize": resize, "Upsample": resize}
