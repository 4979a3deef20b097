"""Lessons of many shapes that a scene must be able to show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from core import Trace, load_lesson
from core.lesson import parse_lesson
from tests._shipped import PLAIN, lessons_with

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = tuple(lessons_with(*PLAIN))


def _numbers(shape: tuple[int, ...], low: int, high: int) -> list:  # type: ignore[type-arg]
    return np.random.default_rng(7).integers(low, high, shape).tolist()


_RISE = [[0, 0, 9, 9]] * 4
_SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
_FLOATS = [[0.125, -12.5, 0.5, 3.25], [1.5, 2.75, -1 / 3, 10.125], [0.1, 0.2, 0.3, 0.4], [-12.5, 0.125, 7.75, 0.001]]

UNUSUAL: dict[str, str] = {
    "small": f"input = {_RISE}\nkernel = {_SOBEL}",
    "twelve": f"input = {_numbers((12, 12), 0, 10)}\nkernel = {_SOBEL}",
    "picture": f"input = {_numbers((40, 64), 0, 256)}\nkernel = {_SOBEL}\nhighlight = [20, 31]",
    "five": f"input = {_numbers((7, 7), -9, 10)}\nkernel = {_numbers((5, 5), -3, 4)}",
    "pointwise": "input = [[1, 2, 3], [4, 5, 6]]\nkernel = [[-2]]\nbias = [3]",
    "one-step": f"input = {_numbers((3, 3), 0, 9)}\nkernel = {_SOBEL}",
    "dilated": f"input = {_numbers((3, 9), 0, 9)}\nkernel = [[1, 2, 1], [-1, -2, -1]]\ndilation = [1, 2]\n"
    "padding = [1, 2, 0, 1]\nstride = [1, 2]",
    "decimals": f"input = {_FLOATS}\nkernel = [[0.125, -12.5], [-0.3333, 0.5]]\nbias = [-0.125]",
    "tiny-decimals": "input = [[1e-9, 2.5], [1234567.125, -0.00001234]]\nkernel = [[-1e-7]]",
    "large": "input = [[255, 128, 1000], [12345, 5, 600], [7, -8000, 9]]\nkernel = [[100, -200], [300, 4]]",
    "all-zero": f"input = {_numbers((3, 3), 0, 9)}\nkernel = [[0, 0], [0, 0]]",
    "eleven": f"input = {_numbers((17, 17), 0, 10)}\nkernel = {_numbers((11, 11), -3, 4)}",
    "fifteen": f"input = {_numbers((30, 30), 0, 10)}\nkernel = {_numbers((15, 15), -3, 4)}",
    "four-channels": f"input = {_numbers((4, 5, 5), 0, 4)}\nkernel = {_numbers((2, 4, 3, 3), -1, 2)}",
    "eight-channels": f"input = {_numbers((8, 6, 6), 0, 4)}\nkernel = {_numbers((5, 8, 3, 3), -1, 2)}\n"
    "bias = [1, 2, 0, -1, 3]\npadding = 1",
    "colour-picture": f"input = {_numbers((3, 32, 32), 0, 256)}\nkernel = {_numbers((6, 3, 3, 3), -1, 2)}",
    "depthwise": f"input = {_numbers((3, 5, 5), 0, 4)}\nkernel = {_numbers((3, 1, 3, 3), -1, 2)}\ngroups = 3",
    "groups": f"input = {_numbers((4, 5, 5), 0, 4)}\nkernel = {_numbers((2, 2, 3, 3), -1, 2)}\ngroups = 2",
    "six-filters": f"input = {_numbers((1, 5, 5), 0, 9)}\nkernel = {_numbers((6, 1, 3, 3), -3, 4)}",
    "six-rows": f"input = {_numbers((5, 6), 0, 6)}\nkernel = [[1, 0, -1], [2, 1, -2]]\nbias = [0.5]\n"
    "stride = [1, 2]\npadding = [2, 0, 1, 1]\ndilation = [2, 1]",
    "wide": f"input = {_numbers((2, 40), 0, 9)}\nkernel = [[1, -1]]",
    "tall": f"input = {_numbers((40, 2), 0, 9)}\nkernel = [[1], [-1]]\nhighlight = [38, 1]",
    "far-padding": "input = [[1, 2], [3, 4]]\nkernel = [[1, 1], [1, 1]]\npadding = 30",
}
LONG = {
    "en": "A title of the greatest length " * 3 + "that a lesson may have at all",
    "zh": "一个长得不能再长的标题" * 10,
}


@cache
def trace(name: str) -> Trace:
    """The trace of a shipped lesson, or of an unusual one."""
    if name in SHIPPED:
        return Trace(load_lesson(ROOT / "lessons" / f"{name}.toml"))
    title = "{" + ", ".join(f"{lang} = '{text[:120]}'" for lang, text in LONG.items()) + "}"
    return Trace(parse_lesson(f"title = {title}\n[convolution]\n{UNUSUAL[name]}\n", name=name))


EVERY = (*SHIPPED, *UNUSUAL)
IN_BOTH = tuple((name, lang) for name in SHIPPED for lang in ("en", "zh"))
FILMS = (*IN_BOTH, *zip(UNUSUAL, ("en", "zh") * len(UNUSUAL), strict=False))
"""(lesson, language) of the films to watch: shipped lessons in both languages, unusual ones in one or the other."""
