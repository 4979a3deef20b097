"""Lessons about pools, transposed and dilated convolutions that their films must be able to show."""

from __future__ import annotations

from functools import cache

import numpy as np

from core import AnyTrace, load_lesson, trace_of
from core.lesson import parse_lesson
from tests.scenes._lessons import LONG, ROOT


def _numbers(shape: tuple[int, ...], low: int, high: int) -> list:  # type: ignore[type-arg]
    return np.random.default_rng(7).integers(low, high, shape).tolist()


_FLOATS = [[0.125, -12.5, 0.5, 3.25], [1.5, 2.75, -1 / 3, 10.125], [0.1, 0.2, 0.3, 0.4], [-12.5, 0.125, 7.75, 0.001]]

POOLS: dict[str, str] = {
    "ceil": f"op = 'max_pool'\ninput = {_numbers((5, 6), 0, 9)}\nkernel_size = 3\nstride = 2\nceil_mode = true",
    "dropped": f"op = 'avg_pool'\ninput = {_numbers((4, 4), 0, 9)}\nkernel_size = 2\nstride = 3\npadding = 1\n"
    "ceil_mode = true",
    "counted": f"op = 'avg_pool'\ninput = {_numbers((6, 6), 0, 9)}\nkernel_size = 3\nstride = 2\npadding = 1\n"
    "ceil_mode = true",
    "line": f"op = 'max_pool'\ninput = {_numbers((12,), -9, 9)}\nkernel_size = 3",
    "picture": f"op = 'max_pool'\ninput = {_numbers((64, 64), 0, 255)}\nkernel_size = 2\nhighlight = [10, 20]",
    "global": f"op = 'avg_pool'\ninput = {_numbers((7, 7), 0, 9)}\nkernel_size = 'global'",
    "global-picture": f"op = 'max_pool'\ninput = {_numbers((30, 30), 0, 9)}\nkernel_size = 'global'",
    "channels": f"op = 'max_pool'\ninput = {_numbers((3, 6, 6), 0, 9)}\nkernel_size = 2",
    "holes": f"op = 'max_pool'\ninput = {_numbers((7, 7), -9, 0)}\nkernel_size = 2\ndilation = 2\nstride = 1\n"
    "padding = 1",
    "decimals": f"op = 'avg_pool'\ninput = {_FLOATS}\nkernel_size = [2, 3]\nstride = 1",
    "unread": f"op = 'max_pool'\ninput = {_numbers((5, 5), 0, 9)}\nkernel_size = 2",
    "wide": f"op = 'avg_pool'\ninput = {_numbers((2, 40), 0, 9)}\nkernel_size = 2",
}
TRANSPOSED: dict[str, str] = {
    "channels": f"input = {_numbers((3, 3, 3), 0, 5)}\nkernel = {_numbers((3, 2, 3, 3), -1, 2)}\nstride = 2\n"
    "bias = [3, -1]",
    "groups": f"input = {_numbers((2, 3, 3), 0, 5)}\nkernel = {_numbers((2, 1, 2, 2), -1, 2)}\nstride = 2\ngroups = 2",
    "line": f"input = {_numbers((5,), 0, 9)}\nkernel = [1, -2, 3]\nstride = 2\npadding = [1, 0]",
    "picture": f"input = {_numbers((32, 32), 0, 255)}\nkernel = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]\nstride = 2\n"
    "padding = 1\noutput_padding = 1\nhighlight = [30, 40]",
    "one": "input = [[3]]\nkernel = [[1, 2], [3, -4]]",
    "decimals": f"input = {_FLOATS}\nkernel = [[0.25, -1.5], [2.125, 0.3333]]\ndilation = 3\nstride = 2",
    "taken-away": f"input = {_numbers((4, 4), 0, 9)}\nkernel = [[1, 2], [3, 4]]\npadding = 2\nstride = 3",
    "many": f"input = {_numbers((7, 7), 0, 9)}\nkernel = {_numbers((3, 3), -3, 4)}\nstride = 2\npadding = 1",
    "gaps": f"input = {_numbers((3, 3), 0, 9)}\nkernel = [[1, 2], [3, 4]]\nstride = 3\nbias = [5]",
    "thirteen": f"input = {_numbers((3, 3), 0, 9)}\nkernel = {_numbers((13, 13), -3, 4)}",
    "wide": "input = [[1, 2, 3], [4, 5, 6]]\nkernel = [[1, 2, 1], [3, 0, -1]]\nstride = [2, 3]\n"
    "padding = [0, 1, 1, 0]\noutput_padding = [1, 2]",
    "pointwise": f"input = {_numbers((4, 5), 0, 9)}\nkernel = [[2]]",
    "first": f"input = {_numbers((2, 2), 0, 9)}\nkernel = {_numbers((3, 3), -3, 4)}\nhighlight = [0, 0]",
    "last": f"input = {_numbers((2, 2), 0, 9)}\nkernel = {_numbers((3, 3), -3, 4)}\nhighlight = [3, 3]",
}
DILATED: dict[str, str] = {
    "channels": f"input = {_numbers((3, 7, 7), 0, 5)}\nkernel = {_numbers((2, 3, 3, 3), -1, 2)}\ndilation = 2",
    "uneven": f"input = {_numbers((3, 9), 0, 9)}\nkernel = [[1, 2, 1], [-1, -2, -1]]\ndilation = [1, 2]\n"
    "padding = [1, 2, 0, 1]\nstride = [1, 2]",
    "picture": f"input = {_numbers((64, 64), 0, 255)}\nkernel = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]\ndilation = 6\n"
    "padding = 'same'\nhighlight = [30, 40]",
    "far": f"input = {_numbers((12, 12), 0, 9)}\nkernel = [[1, 2], [3, -4]]\ndilation = 10",
    "decimals": f"input = {_FLOATS}\nkernel = [[0.25, -1.5], [2.125, 0.3333]]\ndilation = 2",
    "padded": f"input = {_numbers((5, 5), 0, 9)}\nkernel = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]\ndilation = 2\n"
    "padding = 2\nstride = 2",
    "no-holes": f"input = {_numbers((4, 5), 0, 9)}\nkernel = [[2]]\ndilation = 2",
    "across-alone": f"input = {_numbers((4, 6), 0, 9)}\nkernel = [[1, 0, -1]]\ndilation = [3, 1]",
    "eleven": f"input = {_numbers((21, 21), 0, 9)}\nkernel = {_numbers((11, 11), -3, 4)}\ndilation = 2",
    "groups": f"input = {_numbers((2, 5, 7), 0, 5)}\nkernel = [[[[1, 0, -1]]], [[[2, 1, -1]]]]\ngroups = 2\n"
    "dilation = [1, 2]\npadding = [1, 2, 0, 1]\nstride = [2, 1]",
    "thirteen": f"input = {_numbers((25, 25), 0, 9)}\nkernel = {_numbers((13, 13), -3, 4)}\ndilation = 2",
}


@cache
def read(name: str, body: str | None = None) -> AnyTrace:
    """The trace of a shipped lesson, or of the one that `body` says, with the longest of titles."""
    if body is None:
        return trace_of(load_lesson(ROOT / "lessons" / f"{name}.toml"))
    title = "{" + ", ".join(f"{lang} = '{text[:120]}'" for lang, text in LONG.items()) + "}"
    return trace_of(parse_lesson(f"title = {title}\n[convolution]\n{body}\n", name=name))


def films(shipped: tuple[str, ...], unusual: dict[str, str]) -> list[tuple[str, str]]:
    """(lesson, language) of the films to watch: shipped lessons in both languages, unusual ones in one or the other."""
    both = [(name, lang) for name in shipped for lang in ("en", "zh")]
    return [*both, *zip(unusual, ("en", "zh") * len(unusual), strict=False)]
