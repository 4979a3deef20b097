"""Stacks of layers that a receptive field's drawings must bear: shallow and deep, strided, dilated, padded, huge."""

from functools import cache

import numpy as np

from core import Trace, parse_lesson

LONG = {
    "en": "A title as long as a title may be: " + "layers upon layers " * 4,
    "zh": "感受野逐层变大的很长很长的标题" * 8,
}

STACKS = {  # name: layers, (h, w) of the input, unit (None: the middle one)
    "default": ("{kernel=3}, {kernel=3}", (5, 5), None),
    "one-layer": ("{kernel=3}", (4, 4), None),
    "wide-input": ("{kernel=3}, {kernel=3}", (12, 12), None),
    "three": ("{kernel=3}, {kernel=3}, {kernel=3}", (12, 12), None),
    "six": (", ".join(["{kernel=3}"] * 6), (12, 12), None),
    "sixteen": (", ".join(["{kernel=3}"] * 16), (5, 5), None),
    "dilated": ("{kernel=3}, {kernel=3, dilation=2}, {kernel=3, dilation=4}", (20, 20), None),
    "holes": ("{kernel=3, dilation=2}", (9, 9), (1, 2)),
    "spread": ("{kernel=[3, 2], dilation=[1, 2]}, {kernel=[3, 2], dilation=[1, 2]}", (5, 5), None),
    "strided": (", ".join(["{kernel=3, stride=2, padding=1}"] * 4), (64, 64), None),
    "photograph": ("{kernel=7, stride=2, padding=3}, " + ", ".join(["{kernel=3, padding=1}"] * 4), (512, 512), None),
    "pooled": (
        ", ".join(["{kernel=3, padding=1}, {kernel=3, padding=1}, {kernel=2, stride=2}"] * 5) + ", {kernel=7}",
        (64, 64),
        None,
    ),
    "not-square": ("{kernel=[1, 5]}, {kernel=[3, 1]}", (6, 14), None),
    "single-cells": ("{kernel=1}, {kernel=1}", (5, 5), (2, 3)),
    "corner": ("{kernel=3, padding=1}, {kernel=3, padding=1}", (6, 6), (0, 5)),
    "only-padding": ("{kernel=1, padding=2}", (3, 3), (0, 0)),
    "blind": ("{kernel=1}, {kernel=1, padding=2}", (3, 3), (0, 0)),
    "even": ("{kernel=4, stride=2, padding=1}, {kernel=2, stride=[1, 2]}", (8, 10), None),
    "tall": ("{kernel=[40, 1]}, {kernel=[1, 2]}", (60, 3), None),
    "everything": (
        ", ".join(["{kernel=[3, 2], stride=[2, 1], padding=[1, 0, 2, 1], dilation=[1, 2]}"] * 6),
        (30, 30),
        None,
    ),
}


@cache
def trace_of(name: str) -> Trace:
    """The trace of one of STACKS."""
    layers, (height, width), unit = STACKS[name]
    text = f"""
        title = {{ en = "{LONG["en"][:120]}", zh = "{LONG["zh"][:120]}" }}
        [convolution]
        input = {np.zeros((height, width), int).tolist()}
        kernel = [[0.125, -12.5]]
        [receptive_field]
        layers = [{layers}]
        {f"unit = {list(unit)}" if unit else ""}
    """
    return Trace(parse_lesson(text, name=name))
