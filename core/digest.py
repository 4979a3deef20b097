"""The fingerprint of a lesson's data."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from core.convolution import Array
from core.localized import Localized

if TYPE_CHECKING:
    from core.lesson import Lesson


def digest(lesson: Lesson) -> str:
    """SHA-256, in hexadecimal, of all that can change a picture, as used: with defaults and the numbers from files.

    The file's name, comments, key order and spelling (``stride = 1`` or ``[1, 1]``, a list or an .npy) do not matter.
    """
    convolution = lesson.convolution
    arrays = convolution.input, convolution.kernel, convolution.bias
    words = lesson.title, lesson.card.site, lesson.card.tagline
    settings = [
        *(_spelled(text) for text in words),
        *([list(array.shape), array.dtype.name] for array in arrays),
        [convolution.stride, convolution.dilation, convolution.padding],
        [convolution.groups, convolution.rank, convolution.highlight],
        [[layer.kernel, layer.stride, layer.padding, layer.dilation] for layer in lesson.layers],
        [lesson.plane, lesson.unit],
    ]
    result = hashlib.sha256(json.dumps(settings, ensure_ascii=True).encode())
    for array in arrays:
        result.update(_bytes(array))
    return result.hexdigest()


def _spelled(text: Localized) -> list[str]:
    return [text.en, text.zh]


def _bytes(array: Array) -> bytes:
    """The same bytes on every machine: little-endian, C order."""
    return array.astype(array.dtype.newbyteorder("<"), order="C").tobytes()
