"""What every drawing keeps to: its texts are large enough, in their place, readable and whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from matplotlib.colors import to_hex

from figures._page import LEAST
from look.palette import contrast
from tests.figures._drawings import Drawing

CARD_LEAST = 14.0
MARGIN = 4.0
TOUCH = 0.6  # units by which the outlines of two texts may run into each other's boxes
READABLE = 4.5
THINGS = (
    "layers channels filters maps paths cells entries copies steps rows columns products places windows numbers times"
)
PLURAL = re.compile(rf"(?<![\d.×−])(?<![+=·] )\b1 (more |input )?({THINGS.replace(' ', '|')})\b")


def small_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts below the least size."""
    for text in seen.texts:
        if text.size < least - 1e-6:
            yield f"{text.content!r} is {text.size:.1f} units high, less than {least}"


def strayed_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts that leave the page, or the box they must keep to."""
    width, height = seen.size
    page = (MARGIN, MARGIN, width - MARGIN, height - MARGIN)
    for text in seen.texts:
        for name, box in (("the page", page), ("its box", text.within)):
            if box and not _inside(text.extent, box):
                yield f"{text.content!r} leaves {name}: {_rounded(text.extent)} is not in {_rounded(box)}"


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    (left, top, right, bottom), slack = inner, TOUCH
    return (
        left >= outer[0] - slack
        and top >= outer[1] - slack
        and right <= outer[2] + slack
        and bottom <= outer[3] + slack
    )


def _rounded(box: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(round(value) for value in box)


def overlapping_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Pairs of texts whose inked boxes overlap."""
    boxes = np.array([text.extent for text in seen.texts])
    left, top, right, bottom = boxes.T
    across = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    down = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    for first, second in np.argwhere(np.triu((across > TOUCH) & (down > TOUCH), 1)):
        yield f"{seen.texts[first].content!r} overlaps {seen.texts[second].content!r} at {_rounded(boxes[first])}"


def faint_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts with less contrast than 4.5:1 to most of what is behind them."""
    tall, wide, _ = seen.ground.shape
    ground = seen.ground.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    for part in seen.parts:
        points = part.get_path().vertices
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        behind = ground[max(0, int(top)) : min(tall, int(bottom) + 1), max(0, int(left)) : min(wide, int(right) + 1)]
        colours, counts = np.unique(behind, return_counts=True)
        order = np.argsort(-counts)[:40]
        ratios = np.array([_ratio(to_hex(part.get_facecolor()), f"#{colours[index]:06x}") for index in order])
        readable = counts[order][ratios >= READABLE - 0.02].sum() / max(1, counts[order].sum())
        if readable < 0.6:
            yield f"{part.content or 'a part of a text'!r} has a contrast of {ratios[0]:.2f} to what is behind it"


_ratio = lru_cache(maxsize=1 << 14)(contrast)


def cut_texts(seen: Drawing, least: float) -> Iterator[str]:
    """Texts that had to be cut; only an author's endless title may be."""
    for text in seen.texts:
        if text.content and len(text.content) > 1 and text.content.endswith("…"):
            yield f"{text.content!r} is cut"


def false_plurals(seen: Drawing, least: float) -> Iterator[str]:
    """English texts that say such as "1 channels"."""
    for text in seen.texts:
        if text.content and PLURAL.search(text.content):
            yield f"{text.content!r} counts one thing as several"


RULES: list[Callable[[Drawing, float], Iterator[str]]] = [
    small_texts,
    strayed_texts,
    overlapping_texts,
    faint_texts,
    false_plurals,
]


def breaches(seen: Drawing, figure: str, *, cut: bool = False) -> list[str]:
    """What is wrong with the texts of a figure; with `cut`, a text that was cut is a breach too."""
    least = CARD_LEAST if figure.startswith("share_card") else LEAST
    return [breach for rule in ([*RULES, cut_texts] if cut else RULES) for breach in rule(seen, least)]
