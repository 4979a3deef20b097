"""The pages' arithmetic against core's: thousands of settings, replayed in Chromium, equal in every digit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from core import LessonError, Trace, lesson_of, load_lesson
from core.axis_size import AxisSize
from core.convolution import Convolution
from core.padding import PADDING_MODES, most_padding
from core.receptive_field import Layer, ReceptiveField, input_plane
from look.numbers import number
from pipeline.visualizer import LIMITS
from tests._shipped import LESSONS
from tests.web import _replay
from tests.web._replay import MODULES, WEB, plain, replayed

SIZES = ("input", "before", "after", "kernel", "dilation", "stride", "ceil")
SETTINGS, STACKS, AXES, NUMBERS, REFUSALS = 2000, 500, 500, 4000, 500


def values(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Whole numbers, halves, or decimals that no double holds exactly."""
    match rng.integers(4):
        case 0:
            return rng.integers(-9, 10, shape)
        case 1:
            return rng.integers(-999_999, 1_000_000, shape)
        case 2:
            return rng.integers(-40, 40, shape) / 2**6
        case _:
            return rng.integers(-9999, 9999, shape) / 10.0 ** rng.integers(1, 7)


def settings(rng: np.random.Generator, count: int) -> list[Convolution]:
    """Convolutions of every kind that fit."""
    found: list[Convolution] = []
    while len(found) < count:
        height, width, kh, kw = (int(n) for n in rng.integers(1, [9, 9, 6, 6]))
        groups, deep, wide = (int(n) for n in rng.integers(1, [3, 3, 3]))
        mode = str(rng.choice(PADDING_MODES))
        bounds = [most_padding(mode, cells) for cells in (height, width, height, width)]
        padding = [int(rng.integers(0, min(4, 3 if most is None else most) + 1)) for most in bounds]
        stride, dilation = (tuple(int(n) for n in rng.integers(1, [top, top])) for top in (5, 4))
        convolution = Convolution(
            values(rng, (groups * deep, height, width)), values(rng, (groups * wide, deep, kh, kw)),
            values(rng, (groups * wide,)), stride, dilation, tuple(padding), groups, 3,
            padding_mode=mode, flip=bool(rng.integers(2)),
        )  # fmt: skip
        if min(convolution.output_size) >= 1:
            found.append(convolution)
    return found


def asked(convolution: Convolution) -> dict[str, Any]:
    names = ("input", "kernel", "bias", "stride", "dilation", "padding", "groups", "flip")
    asked = {name: plain(getattr(convolution, name)) for name in names}
    # JSON knows no negative zero as this test writes it, and an author's -0.0 is 0 in every sum
    assert "negative zero" not in json.dumps(asked)
    return {"convolution": asked | {"mode": convolution.padding_mode}}


def sized(axis: AxisSize) -> list[Any]:
    names = (
        "padding",
        "padded",
        "span",
        "numerator",
        "quotient",
        "remainder",
        "output",
        "overrun",
        "dropped",
        "overhang",
    )
    return [getattr(axis, name) for name in names] + [plain(axis.reads), plain(axis.unread)]


def scanned(convolution: Convolution) -> dict[str, Any]:
    trace = Trace(load_lesson(LESSONS / "article.toml").about(convolution))
    parts = ("rows", "cols", "patch", "products", "running", "channel_sums", "value")
    step = trace.step_at(trace.output_size[0] - 1, trace.output_size[1] // 2, convolution.output_channels - 1)
    channels = convolution.channels(step.channel)
    assert step.value == trace.output[step.channel, step.row, step.col]
    matrix = trace.im2col
    return {
        "axes": [sized(axis) for axis in trace.axes],
        "padded": plain(trace.padded),
        "output": plain(trace.output),
        "shown": [number(value.item()) for value in trace.output.flat],
        "step": plain(
            [range(channels.start, channels.stop), *(getattr(step, part) for part in parts)]
        ),
        "matrix": plain(matrix.matrix),
        "origin": plain(matrix.origin),
        "column": plain(matrix.column),
        "counts": plain(matrix.counts),
        "size": plain([matrix.shape, matrix.entries, matrix.blow_up]),
    }  # fmt: skip


def test_every_setting_comes_out_as_in_core(page: Page) -> None:
    convolutions = settings(np.random.default_rng(5), SETTINGS)
    answers = replayed(page, [asked(convolution) for convolution in convolutions])
    assert len(answers) == SETTINGS
    for convolution, answer in zip(convolutions, answers, strict=True):
        expected = scanned(convolution)
        assert {name: answer[name] == expected[name] for name in expected} == dict.fromkeys(expected, True), convolution
    kinds = {(c.padding_mode, c.flip, c.groups > 1, c.dtype.kind) for c in convolutions}
    assert len(kinds) == 4 * 2 * 2 * 2, "every padding mode with and without flip, groups and decimals"


def test_every_stack_comes_out_as_in_core(page: Page) -> None:
    rng = np.random.default_rng(6)
    stacks = []
    for _ in range(STACKS):
        layers = []
        for _ in range(rng.integers(1, 5)):
            kernel, stride, dilation = (tuple(int(n) for n in rng.integers(1, [top, top])) for top in (6, 4, 4))
            layers.append(Layer(kernel, stride, tuple(int(n) for n in rng.integers(0, 4, 4)), dilation))
        stacks.append((tuple(layers), tuple(int(n) for n in rng.integers(1, 12, 2))))
    names = ("kernel", "stride", "padding", "dilation")
    vectors = [
        {"layers": [{name: getattr(layer, name) for name in names} for layer in layers], "least": least}
        for layers, least in stacks
    ]
    for (layers, least), answer in zip(stacks, replayed(page, vectors), strict=True):
        plane = input_plane(layers, least)
        last = ReceptiveField(layers, plane, (0, 0)).rows[-1].plane
        field = ReceptiveField(layers, plane, ((last[0] - 1) // 2, (last[1] - 1) // 2))
        assert answer["rows"] == plain([(r.plane, r.size, r.jump, r.start, r.padding) for r in field.rows])
        assert answer["regions"] == plain([field.region(row.depth) for row in field.rows])
        paths = [[np.array(factor) for factor in factors] for factors in answer["paths"]]
        assert [factor.tolist() for factor in paths[0]] == [factor.tolist() for factor in field.path_factors]
        for depth, (rows, cols) in enumerate(paths):
            assert (np.outer(rows > 0, cols > 0) == field.mask(depth)).all()


def test_every_axis_comes_out_as_in_core(page: Page) -> None:
    rng = np.random.default_rng(7)
    axes: list[AxisSize] = []
    while len(axes) < AXES:
        cells, before, after, kernel, dilation, stride = (
            int(n) for n in rng.integers([1, 0, 0, 1, 1, 1], [12, 5, 5, 7, 5, 6])
        )
        axis = AxisSize(cells, before, after, kernel, dilation, stride, bool(rng.integers(2)))
        if axis.output >= 1:
            axes.append(axis)
    vectors = [{"axis": {name: getattr(axis, name) for name in SIZES}} for axis in axes]
    assert replayed(page, vectors) == [sized(axis) for axis in axes]
    assert any(axis.dropped for axis in axes)
    assert any(axis.overhang for axis in axes)


def test_the_most_padding_of_a_mode_is_that_of_core(page: Page) -> None:
    vectors = [{"mode": mode, "cells": cells} for mode in PADDING_MODES for cells in range(1, 13)]
    assert replayed(page, vectors) == [most_padding(str(v["mode"]), v["cells"]) for v in vectors]


def test_cells_read_as_copies_are_those_that_numpy_puts_into_the_padding(page: Page) -> None:
    rng = np.random.default_rng(10)
    vectors, expected = [], []
    while len(vectors) < AXES:
        cells, before, after, kernel, dilation, stride = (
            int(n) for n in rng.integers([2, 0, 0, 1, 1, 1], [9, 5, 5, 4, 4, 6])
        )
        mode = str(rng.choice(PADDING_MODES))
        axis = AxisSize(cells, before, after, kernel, dilation, stride, False)
        if axis.output < 1 or max(before, after) > min(4, most_padding(mode, cells) or 4):
            continue
        vectors.append({"copies": {name: getattr(axis, name) for name in SIZES}, "mode": mode})
        kind = {"zeros": "constant", "replicate": "edge", "circular": "wrap"}.get(mode, mode)
        sources = np.pad(
            np.arange(cells), (before, after), kind, **({"constant_values": -1} if mode == "zeros" else {})
        )
        read = set(sources[axis.reads > 0].tolist())
        expected.append([before + cell for cell in range(cells) if axis.reads[before + cell] == 0 and cell in read])
    assert replayed(page, vectors) == expected
    assert {vector["mode"] for vector, copies in zip(vectors, expected, strict=True) if copies} == {*PADDING_MODES} - {
        "zeros"
    }


def test_what_core_refuses_the_page_refuses_and_nothing_else(page: Page) -> None:
    rng = np.random.default_rng(9)
    vectors, accepted, kinds = [], [], set()
    for _ in range(REFUSALS):
        height, width, kh, kw, *steps = (int(n) for n in rng.integers(1, [6, 6, 5, 5, 4, 4, 4, 4]))
        channels, filters, groups, depth = (int(n) for n in rng.integers(1, 5, 4))
        if rng.integers(5):  # what fits by chance is rare
            groups = int(rng.choice([count for count in range(1, 5) if channels % count == filters % count == 0]))
            depth = channels // groups
        facts: dict[str, Any] = {
            "input": values(rng, (channels, height, width)),
            "kernel": values(rng, (filters, depth, kh, kw)),
            "bias": values(rng, (filters,)),
            "stride": steps[:2],
            "dilation": steps[2:],
            "padding": rng.integers(0, 4, 4).tolist(),
            "groups": groups,
            "flip": bool(rng.integers(2)),
        }
        mode = str(rng.choice(PADDING_MODES))
        vectors.append({"asked": address_of(facts, mode), "limits": dict(LIMITS)})
        try:
            lesson_of(**facts, **({"padding_mode": mode} if any(facts["padding"]) else {}))
        except LessonError:
            accepted.append(False)
        else:
            accepted.append(True)
            kinds.add((groups > 1, depth > 1, filters > 1, facts["flip"]))
    assert replayed(page, vectors) == accepted
    assert REFUSALS / 5 < sum(accepted) < REFUSALS * 4 / 5
    # several groups with a filter each are several filters
    assert len(kinds) == 2**4 - 2**2, "with and without groups, channels, filters and flip"


def address_of(facts: dict[str, Any], mode: str) -> str:
    """The address of a setting, also of one that no lesson can have."""

    def joined(block: Any, *signs: str) -> str:
        sign, *rest = signs
        return sign.join(joined(part, *rest) if rest else repr(part) for part in block)

    texts = {"i": joined(facts["input"].tolist(), *"/;,"), "k": joined(facts["kernel"].tolist(), *"~/;,")}
    for key, name in (("b", "bias"), ("s", "stride"), ("d", "dilation"), ("p", "padding")):
        texts[key] = joined(plain(facts[name]), ",")
    return (
        "&".join(f"{key}={text}" for key, text in texts.items())
        + f"&g={facts['groups']}&m={mode}{'&f=1' * facts['flip']}"
    )


def test_every_number_is_written_as_on_the_pictures(page: Page) -> None:
    """Rounding halves to even, exactly: where Python and JavaScript differ."""
    rng = np.random.default_rng(8)
    numbers = [
        0,
        -1,
        0.5,
        1.0625,
        -1.0635,
        2.5,
        9999.5,
        9999999.5,
        12345000,
        12355000,
        1e21,
        1e300,
        5e-324,
        2**-14,
        1e-4,
        99995e-9,
    ]
    numbers += [float(n) for n in rng.integers(-(10**6), 10**6, NUMBERS) / 2.0 ** rng.integers(0, 12, NUMBERS)]
    numbers += [float(n) for n in rng.normal(size=NUMBERS) * 10.0 ** rng.integers(-12, 12, NUMBERS)]
    assert replayed(page, [{"value": value} for value in numbers]) == [number(value) for value in numbers]


@pytest.mark.parametrize(
    ("proof", "right", "wrong"),
    [
        (test_every_setting_comes_out_as_in_core, "* weights[channel][k][i][j] + 0", "* weights[channel][k][i][j]"),
        (test_every_stack_comes_out_as_in_core, "counts[tap] += paths", "counts[tap] += 1"),
        (test_what_core_refuses_the_page_refuses_and_nothing_else, " || kernel.length % groups", ""),
    ],
)
def test_the_proof_sees_a_single_wrong_digit(
    proof: Callable[[Page], None], right: str, wrong: str, page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in MODULES:
        text = (WEB / name).read_text(encoding="utf-8")
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace(right, wrong), encoding="utf-8")
    monkeypatch.setattr(_replay, "WEB", tmp_path)
    monkeypatch.setitem(globals(), "SETTINGS", 100)
    monkeypatch.setitem(globals(), "STACKS", 20)
    with pytest.raises(AssertionError):
        proof(page)
