"""The digits in the pictures: read back from the SVG that is written, and compared with the trace."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from core import Trace, parse_lesson
from core.patch_cost import KNOWN_LAYERS, other_costs
from look import LANGUAGES, Look
from look.numbers import factor, number, size
from look.phrases import bracketed
from look.shade import PHOTOGRAPH
from look.typesetting import typeset
from look.typst_svg import CLOSE
from tests.figures._drawings import FIGURES, SHIPPED, labels, svg_of, trace_of

NUMERAL = re.compile(r"[−]?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
PLAIN = re.compile(rf"{NUMERAL.pattern}\Z")
LOOK = Look("light", "zh")

# Large numbers that occur nowhere by chance: whatever of them is shown must have been computed.
ODD = """
title = "odd"
[convolution]
input = [[211, 307, 401, 503, 601], [223, 311, 409, 509, 607], [227, 313, 419, 521, 613], [229, 317, 421, 523, 617]]
kernel = [[101, -103], [107, -109]]
bias = 10007
stride = [1, 2]
padding = [1, 0]
highlight = [2, 1]
"""
ODD_CHANNELS = """
title = "odd"
[convolution]
input = [[[211, 307, 401], [223, 311, 409], [227, 313, 419]], [[503, 601, 701], [509, 607, 709], [521, 613, 719]]]
kernel = [
  [[[101, -103], [107, -109]], [[113, 127], [-131, 137]]],
  [[[139, 149], [151, -157]], [[163, -167], [173, 179]]],
]
bias = [10007, -20011]
"""
TRACES = {name: trace_of(name) for name in SHIPPED if trace_of(name).input[0].size < PHOTOGRAPH}
TRACES |= {name: Trace(parse_lesson(text, name=name)) for name, text in (("odd", ODD), ("odd-channels", ODD_CHANNELS))}


@lru_cache(maxsize=16)
def computed(trace: Trace) -> set[str]:
    """Every number that the trace holds, as a reader sees it, and the counts and indices up to its largest extent."""
    step = trace.highlight
    arrays: list[NDArray[np.generic]] = [trace.input, trace.kernel, trace.bias, trace.output]
    arrays += [trace.im2col.matrix, trace.im2col.result, trace.field.paths]
    arrays += [part for at in trace.steps for part in (at.products, at.running, at.channel_sums)]
    limits = [np.abs(array).max() for array in (trace.output, trace.input, trace.kernel, step.products)]
    counts = {*trace.im2col.shape, trace.input.size, trace.input[0].size, trace.output.size, trace.im2col.matrix.size}
    for axis in trace.axes:
        counts |= {axis.numerator, axis.padded, axis.span}
    for row in trace.field.rows:
        counts |= {int(np.prod(row.size)), int(trace.field.mask(row.depth).sum())}
        counts |= {length for pair in (row.plane, row.size, row.jump, row.start, row.padding) for length in pair}
    counts |= set(range(1 + max(*trace.im2col.shape, *trace.padded.shape)))
    values = [value for array in arrays for value in np.unique(array).tolist()]
    return {number(value) for value in [*values, *limits, *(-limit for limit in limits), *counts]} | {"2"}


def foreign_numbers(shown: Iterable[str], trace: Trace, also: Collection[str] = ()) -> Iterator[str]:
    """Numbers in texts that the trace does not hold; what it has `also` is known too."""
    title = {trace.lesson.title[lang] for lang in LANGUAGES}
    known = computed(trace) | {factor(trace.im2col.blow_up), *also}
    known |= {text.removeprefix("−") for text in known}  # a minus sign may also be read as subtraction
    for label in shown:
        if label not in title:
            yield from (f"{numeral} in {label!r}" for numeral in _numerals(label) if numeral not in known)


def _numerals(label: str) -> list[str]:
    words = label.replace("im2col", "")
    return [numeral.removeprefix("−") if f"{numeral}" not in words else numeral for numeral in NUMERAL.findall(words)]


@pytest.mark.parametrize(("lesson", "lang"), [*((lesson, "en") for lesson in TRACES), ("article", "zh"), ("odd", "zh")])
@pytest.mark.parametrize("figure", FIGURES)
def test_every_number_in_a_figure_is_the_traces(figure: str, lesson: str, lang: str) -> None:
    trace = TRACES[lesson]
    shown = labels(svg_of(figure, trace, Look("light", lang)))
    assert shown
    settings = [] if figure != "padding_stride" else [size(*pair) for pair in variant_sizes(trace)]
    settings += [known.network for known in KNOWN_LAYERS] if figure == "im2col_memory" else []
    also = cost_numbers(trace) if figure == "im2col_memory" else set()
    assert list(foreign_numbers([label for label in shown if label not in settings], trace, also)) == []


def test_a_number_from_elsewhere_is_found() -> None:
    trace = TRACES["odd"]
    assert list(foreign_numbers(["211", "−103", "输入 4×5", "211·(−103) + 10007"], trace)) == []
    assert list(foreign_numbers(["212", "211·(−104)", "99999"], trace)) == [
        "212 in '212'",
        "−104 in '211·(−104)'",
        "99999 in '99999'",
    ]


def outlines(svg: ET.Element) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Each labelled element that is drawn in one colour: what it reads, and the points of its outline."""
    elements = list(svg.iter())
    texts = [element for element in elements if element.get("id", "").startswith("text-")]
    for text, after in zip(texts, [*texts[1:], None], strict=True):
        if "aria-label" in text.attrib and (after is None or "aria-label" in after.attrib):
            data = "".join(path.get("d", "") for path in text.iter() if path.tag.endswith("path"))
            points = np.array([float(value) for value in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", data)])
            yield text.attrib["aria-label"], points.reshape(-1, 2)


def alike(points: NDArray[np.float64], text: str) -> bool:
    """Whether an outline has the shape of `text`, wherever it stands and however large it is."""
    for bold in (False, True):
        shapes = typeset(text, bold=bold).shapes
        wanted = np.concatenate([shape.points[shape.codes != CLOSE] for shape in shapes]) * (1, -1)
        if points.shape == wanted.shape and np.allclose(_normal(points), _normal(wanted), atol=0.01):
            return True
    return False


def _normal(points: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = points - points.mean(axis=0)
    return np.asarray(centred / np.ptp(centred[:, 1]))


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_drawn_is_what_the_label_reads(figure: str) -> None:
    drawn = [(label, points) for label, points in outlines(svg_of(figure, TRACES["odd"], LOOK)) if PLAIN.match(label)]
    assert [label for label, points in drawn if not alike(points, label)] == []


def test_another_digit_than_its_label_is_found() -> None:
    drawn = dict(outlines(svg_of("feature_map", TRACES["odd"], LOOK)))
    assert alike(drawn["211"], "211")
    assert not alike(drawn["211"], "271")
    assert not alike(drawn["223"], "227")


def plain_numbers(shown: Iterable[str]) -> Counter[str]:
    return Counter(label for label in shown if PLAIN.match(label))


def numbers(*arrays: NDArray[np.generic]) -> Counter[str]:
    return Counter(number(value) for array in arrays for value in array.ravel().tolist())


@pytest.mark.parametrize("lesson", TRACES)
def test_the_feature_map_shows_every_value_once(lesson: str) -> None:
    trace = TRACES[lesson]
    limit = np.abs(trace.output).max()
    scale = Counter([number(-limit), number(0), number(limit)])
    shown = plain_numbers(labels(svg_of("feature_map", trace, LOOK)))
    assert shown == numbers(trace.input, trace.kernel, trace.output) + scale


@pytest.mark.parametrize("lesson", [name for name, trace in TRACES.items() if len(trace.input) == 1])
def test_the_hand_calculation_shows_every_product_with_its_factors(lesson: str) -> None:
    trace = TRACES[lesson]
    step = trace.highlight
    shown = labels(svg_of("hand_calculation", trace, LOOK))
    assert plain_numbers(shown) == numbers(trace.input, step.patch, step.weights, step.products, np.array([step.value]))
    pairs = list(zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True))
    factors = Counter(f"{number(value)}·{bracketed(weight)}" for value, weight in pairs)
    assert factors <= Counter(shown)
    (total,) = [label for label in shown if label.endswith(f"= {number(step.value)}")]
    assert _evaluated(total) == sum(value * weight for value, weight in pairs) + step.bias == step.value


@pytest.mark.parametrize("lesson", [name for name, trace in TRACES.items() if len(trace.input) > 1])
def test_the_hand_calculation_adds_up_across_channels(lesson: str) -> None:
    trace = TRACES[lesson]
    step = trace.highlight
    shown = labels(svg_of("hand_calculation", trace, LOOK))
    assert plain_numbers(shown) == numbers(
        trace.input, step.patch, step.weights, step.products, step.channel_sums, np.array([step.value])
    )
    (total,) = [label for label in shown if label.endswith(f"= {number(step.value)}")]
    assert _evaluated(total) == step.value


def _evaluated(total: str) -> int:
    """The left side of a sum of whole products, worked out."""
    left = total.replace("−", "-").partition("=")[0]
    result = 0
    for term in left.split(" + "):
        factors = [int(factor.strip("() ")) for factor in term.split("·")]
        result += int(np.prod(factors))
    return result


def cost_numbers(trace: Trace) -> set[str]:
    """The numbers of im2col's cost for other layers and settings, counted here, and those of a scale of bytes."""
    costs = [known.cost for known in KNOWN_LAYERS] + [
        other.cost for row in other_costs(trace.convolution) for other in row
    ]
    found: set[float] = {4, 32, *(2**power for power in range(10))}
    for cost in costs:
        rows, cols = cost.axes
        windows = [_count(axis.padded, axis.span, axis.stride) for axis in cost.axes]
        cells = cost.channels * rows.input * cols.input
        entries = cost.channels * rows.kernel * cols.kernel * windows[0] * windows[1]
        found |= {cost.channels, round(entries / cells, 2 if entries >= cells else 3)}
        found |= {extent for axis in cost.axes for extent in (axis.input, axis.kernel, axis.stride)}
        found |= {float(f"{4 * count / 1024**power:.3g}") for count in (cells, entries) for power in range(3)}
    return {number(value) for value in found} | {number(value, 3) for value in found}


def variant_sizes(trace: Trace) -> list[tuple[int, int]]:
    """Output sizes of the paddings and strides that the table shows, counted by moving a window."""
    from core.variant import variants

    table = [variant for row in variants(trace.convolution) for variant in row]
    return [tuple(_count(axis.padded, axis.span, axis.stride) for axis in v.axes) for v in table]  # type: ignore[misc]


def _count(cells: int, span: int, stride: int) -> int:
    return len([start for start in range(0, cells, stride) if start + span <= cells])


@pytest.mark.parametrize("lesson", TRACES)
def test_the_table_of_settings_shows_every_output_size(lesson: str) -> None:
    trace = TRACES[lesson]
    sizes = Counter(size(*pair) for pair in variant_sizes(trace))
    assert sizes <= Counter(labels(svg_of("padding_stride", trace, LOOK)))


@pytest.mark.parametrize("lesson", TRACES)
def test_the_output_size_counts_its_windows(lesson: str) -> None:
    trace = TRACES[lesson]
    shown = labels(svg_of("output_size", trace, LOOK))
    axes = trace.axes if trace.axes[0] != trace.axes[1] else trace.axes[:1]
    for axis in axes:
        assert _count(axis.padded, axis.span, axis.stride) == axis.output
        assert LOOK.say("output-size.fits", count=axis.output) in shown
        assert any(label.endswith(f"= {axis.output}") for label in shown)
    most = 3 if lesson in SHIPPED else 0  # of more windows only some may be shown
    windows = Counter(number(at) for axis in axes for at in range(min(most, axis.output)))
    cells = Counter(number(at) for axis in axes for at in range(axis.input) if at + axis.before not in axis.unread)
    assert windows + cells <= plain_numbers(shown)
