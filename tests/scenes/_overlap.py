"""Finds text on a stage that overlaps other text, leaves the frame or is too small to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from manim import Mobject, Scene

from scenes._ink import HEIGHT, LEAST, UNIT, WIDTH, Lettering

Box = tuple[float, float, float, float]  # left, top, right, bottom; page pixels


def letterings(mobjects: Iterable[Mobject]) -> Iterator[Lettering]:
    """Every text that can be seen."""
    for mobject in mobjects:
        if isinstance(mobject, Lettering):
            if any(part.get_fill_opacity() > 0 for part in mobject.submobjects):
                yield mobject
        else:
            yield from letterings(mobject.submobjects)


def ink_box(mobject: Mobject) -> Box:
    """Where a mobject's ink is."""
    points = np.concatenate([part.points for part in mobject.family_members_with_points()])
    left, bottom, _ = points.min(axis=0)
    right, top, _ = points.max(axis=0)
    return (left / UNIT + WIDTH / 2, HEIGHT / 2 - top / UNIT, right / UNIT + WIDTH / 2, HEIGHT / 2 - bottom / UNIT)


def text_faults(scene: Scene, slack: float = 1.0) -> list[str]:
    """What is wrong with the text on the stage now; overlaps of up to `slack` pixels do not count."""
    texts = list(letterings(scene.mobjects))
    return faults_in(texts, [ink_box(text) for text in texts], slack)


def faults_in(texts: Sequence[Lettering], inked: Sequence[Box], slack: float = 1.0) -> list[str]:
    """What is wrong with texts whose ink is in these boxes."""
    faults = [f"'{text.content}' is {text.size:.1f} px" for text in texts if text.size < LEAST - 0.01]
    for text, (left, top, right, bottom) in zip(texts, inked, strict=True):
        if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
            faults.append(f"'{text.content}' leaves the frame")
    boxes = np.array(inked).reshape(-1, 4)
    across = np.minimum(boxes[:, None, 2], boxes[:, 2]) - np.maximum(boxes[:, None, 0], boxes[:, 0])
    down = np.minimum(boxes[:, None, 3], boxes[:, 3]) - np.maximum(boxes[:, None, 1], boxes[:, 1])
    for one, other in np.argwhere(np.triu((across > slack) & (down > slack), 1)).tolist():
        faults.append(f"'{texts[one].content}' overlaps '{texts[other].content}'")
    return faults
