"""Every figure, lessons that are hard to draw, and what can be read back from a drawing."""

from __future__ import annotations

import importlib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from core import Convolution, Lesson, Localized, Trace, load_lesson, parse_lesson
from figures._lettering import Lettering
from look import Look
from pipeline.figure import SETTINGS, draw_figure
from tests._shipped import PLAIN, entries_of, lessons_with

ROOT = Path(__file__).resolve().parents[2]
FIGURES = sorted(entry.path.stem for entry in entries_of(("figure", "card"), "article"))
SHIPPED = lessons_with(*PLAIN)

LONG = Localized(
    "A title as long as a title may be, about kernels, strides, padding, dilation, feature maps and what comes then.",
    "一个长到不能再长的标题" * 10 + "，卷积核、步幅、填充",
)


def _values(*shape: int, low: int = -9, high: int = 9) -> list[Any]:
    """Whole numbers that look random and never change."""
    count = int(np.prod(shape))
    values: list[Any] = ((np.arange(count) * 7919 + 13) % (high - low + 1) + low).reshape(shape).tolist()
    return values


def _text(input: object, kernel: object, settings: str = "") -> str:
    return f"title = 'x'\n[convolution]\ninput = {input}\nkernel = {kernel}\n{settings}\n"


HARD = {
    "one-cell": _text([[7]], [[-2]]),
    "four-by-four": _text(_values(4, 4, low=0), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "twelve": _text(_values(12, 12), _values(5, 5, low=-3, high=3), "padding = 2\nhighlight = [0, 3]"),
    "decimals": _text(
        [[0.125, -12.5, 1 / 3, 12345.678]] * 3, [[0.125, -12.5, 1]] * 2, "padding = [0, 2]\nstride = [1, 3]"
    ),
    "uneven": _text(
        _values(11, 4, low=0), _values(3, 2), "dilation = [2, 1]\nstride = 2\npadding = [1, 0, 2, 1]\nbias = -3"
    ),
    "full": _text(_values(4, 4), _values(3, 3), "padding = 'full'\nhighlight = [0, 0]"),
    "strip": _text(_values(1, 16), [[1, -2, 1]], "stride = [1, 3]"),
    "groups": _text(_values(6, 7, 7, low=0, high=255), _values(6, 2, 3, 3), "groups = 3\nbias = [1, -2, 3, 4, 5, 600]"),
    "deep": _text(_values(16, 6, 6), _values(12, 16, 3, 3), "padding = 1"),
    "large-numbers": _text([[1234567 * value for value in row] for row in _values(5, 5)], [[1000, -2000], [3, 4]]),
    "wide-kernel": _text(_values(20, 20), _values(9, 9), "dilation = 2"),
    "zeros": _text([[0] * 4] * 4, [[0, 0]] * 2),
    "stride-past-kernel": _text(_values(9, 9), [[1, 2], [3, 4]], "stride = 3"),
    "five-channels": _text(_values(5, 4, 4), _values(1, 5, 3, 3)),
    "wide": _text(_values(4, 20, low=0), _values(3, 3), "padding = 1\nhighlight = [1, 9]"),
    "mostly-padding": _text([[1, 2], [3, 4]], [[1, 1], [1, 1]], "padding = 9\nstride = 4"),
}
PHOTOGRAPH = "photograph"


@lru_cache(maxsize=64)
def trace_of(name: str) -> Trace:
    """A shipped lesson, or a hard one with the longest titles there can be."""
    if name in SHIPPED:
        return Trace(load_lesson(ROOT / "lessons" / f"{name}.toml"))
    if name == PHOTOGRAPH:
        waves = np.add.outer(np.sin(np.arange(512) / 20), np.cos(np.arange(512) / 33)) * 127
        plain = parse_lesson(_text([[1.5] * 3] * 3, [[0.125, 0.0, -0.125]] * 3), name=name)
        return Trace(
            _with(plain, Convolution(waves[None], plain.convolution.kernel, plain.convolution.bias, padding=(1,) * 4))
        )
    lesson = parse_lesson(HARD[name], name=name)
    return Trace(_with(lesson, lesson.convolution))


def _with(lesson: Lesson, convolution: Convolution) -> Lesson:
    return replace(lesson, title=LONG, convolution=convolution)


def module_of(figure: str) -> ModuleType:
    """A figure's module."""
    return importlib.import_module(f"figures.{figure}")


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: its texts, its size in page units, and its pixels without the texts (RGB, one pixel a unit)."""

    texts: list[Lettering]
    parts: list[Lettering]
    size: tuple[float, float]
    ground: NDArray[np.uint8]


def drawing(draw: Callable[[Trace, Figure, Look], None], trace: Trace, look: Look) -> Drawing:
    """Draw a figure as the pipeline does, and read it back."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        figure = Figure(dpi=100)
        draw(trace, figure, look)
        parts = figure.findobj(Lettering)
        for part in parts:
            part.set_visible(False)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        ground = np.asarray(canvas.buffer_rgba())[..., :3]
    width, height = figure.get_size_inches()
    texts = [part for part in parts if part.content is not None]
    return Drawing(texts, parts, (width * 100, height * 100), ground)


@lru_cache(maxsize=4)
def drawn(figure: str, lesson: str, look: Look) -> Drawing:
    """A figure of one of the lessons, drawn once."""
    return drawing(module_of(figure).draw, trace_of(lesson), look)


@lru_cache(maxsize=4)
def svg_of(figure: str, trace: Trace, look: Look) -> ET.Element:
    """The SVG that the pipeline writes."""
    drawn = draw_figure(module_of(figure).draw, trace, look, ("svg",), title="t", description="d")
    return ET.fromstring(drawn["svg"][0])


def labels(svg: ET.Element) -> list[str]:
    """What the texts of an SVG read, in drawing order."""
    return [element.attrib["aria-label"] for element in svg.iter() if "aria-label" in element.attrib]
