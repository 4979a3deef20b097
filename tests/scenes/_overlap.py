"""Finds text on a stage that overlaps other text, leaves the frame or is too small to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    texts = [(text.content, text.size, ink_box(text)) for text in letterings(scene.mobjects)]
    faults = [f"'{content}' is {size:.1f} px" for content, size, _ in texts if size < LEAST - 0.01]
    for content, _, (left, top, right, bottom) in texts:
        if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
            faults.append(f"'{content}' leaves the frame")
    boxes = np.array([box for _, _, box in texts]).reshape(-1, 4)
    across = np.minimum(boxes[:, None, 2], boxes[:, 2]) - np.maximum(boxes[:, None, 0], boxes[:, 0])
    down = np.minimum(boxes[:, None, 3], boxes[:, 3]) - np.maximum(boxes[:, None, 1], boxes[:, 1])
    for one, other in np.argwhere(np.triu((across > slack) & (down > slack), 1)).tolist():
        faults.append(f"'{texts[one][0]}' overlaps '{texts[other][0]}'")
    return faults
