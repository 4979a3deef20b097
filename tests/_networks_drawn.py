"""Networks that drawings must be able to show: the shipped ones, and some that are hard to draw."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from core import LessonField, Localized, load_network, parse_network

NETWORKS = Path(__file__).parents[1] / "lessons" / "networks"
SHIPPED = sorted(path.stem for path in NETWORKS.glob("*.toml"))

LONG = Localized(
    "A title as long as a title may be, about networks, their layers, their branches, and what a unit sees of them.",
    "一个长到不能再长的标题" * 10 + "，网络与感受野",
)


def _layers(*lines: str, size: object = 64, more: str = "") -> str:
    layers = "\n".join(f"{{ {line} }}," for line in lines)
    return f"title = 'x'\n[network]\ninput_size = {size}\n{more}\nlayer = [\n{layers}\n]\n"


def _stack(*settings: str, name: str = "c") -> list[str]:
    return [f'name = "{name}{at}", {setting}' for at, setting in enumerate(settings, 1)]


CONV = 'op = "conv", kernel = 3, padding = "same"'
DOWN = 'op = "conv", kernel = 3, stride = 2, padding = "same"'
LONGEST = "features/stage_seven/block_twenty_three/separable_convolution_with_a_name/depthwise"

HARD = {
    "one-layer": _layers(*_stack(CONV), size=9),
    "one-cell": _layers(*_stack('op = "conv", kernel = 1'), size=1),
    "sees-itself": _layers(*_stack('op = "conv", kernel = 1', 'op = "relu"'), size=5),
    "only-activation": _layers(*_stack('op = "relu"'), size=6),
    "only-padding": _layers(*_stack('op = "conv", kernel = 1, padding = 4'), size=3, more="unit = [0, 0]"),
    "hourglass": _layers(
        *_stack(DOWN, 'op = "upsample", scale = 2'), 'name = "sum", op = "add", inputs = ["c2", "input"]'
    ),
    "same-size": _layers(*_stack(*[CONV] * 30), size=[48, 64]),
    "wide": _layers(*_stack(DOWN, DOWN, CONV), size=[12, 400], more='node = "c2"\nunit = [0, 99]'),
    "tall": _layers(*_stack(DOWN, DOWN, CONV), size=[400, 12]),
    "one-row": _layers(*_stack('op = "conv", kernel = [1, 9], stride = [1, 4]', CONV), size=[1, 300]),
    "holes": _layers(*_stack('op = "conv", kernel = 3, dilation = 8, padding = "same"', DOWN), size=40),
    "decoder": _layers(
        *_stack(DOWN, DOWN, *['op = "conv_transpose", kernel = 4, stride = 2, padding = 1'] * 3), size=32
    ),
    "global": _layers(*_stack(CONV, DOWN, 'op = "global_avg_pool"', 'op = "conv", kernel = 1'), size=[30, 31]),
    "long-names": _layers(*_stack(DOWN, DOWN, CONV, DOWN, CONV, name=LONGEST), size=224),
    "uneven": _layers(
        *_stack('op = "conv", kernel = [5, 2], stride = [3, 1], padding = [4, 0, 1, 1]', DOWN), size=[50, 41]
    ),
    "countless": _layers(*_stack(*['op = "conv", kernel = 9, padding = "same"'] * 200), size=20),
    "deep": _layers(*_stack(*[CONV, DOWN] * 7, *[CONV] * 60), size=512),
}


@cache
def field_of(name: str) -> LessonField:
    """The fields of a shipped network, or of a hard one with the longest titles there can be."""
    if name in SHIPPED:
        return LessonField(load_network(NETWORKS / f"{name}.toml"))
    return LessonField(replace(parse_network(HARD[name], name=name), title=LONG))
