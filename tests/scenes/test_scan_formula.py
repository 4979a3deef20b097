"""The formulas under the picture keep clear of what stands above them and of the foot, whatever the lesson."""

from __future__ import annotations

import pytest
from manim import Group

from core import AnyTrace, Trace
from look import Look
from scenes._ink import HEIGHT
from scenes._scan_formula import size_formulas, span_formulas
from scenes._scan_layout import BOTTOM
from scenes._scan_progress import Progress
from tests.scenes._lessons import EVERY, trace
from tests.scenes._operations import DILATED, POOLS, TRANSPOSED, read
from tests.scenes._overlap import ink_box

CLEAR = 12.0  # px
LOOK = Look("light", "zh")
ODD = {f"pool-{name}": body for name, body in POOLS.items()}
ODD |= {f"dilated-{name}": body for name, body in DILATED.items()}
ODD |= {f"transposed-{name}": f"op = 'conv_transpose'\n{body}" for name, body in TRANSPOSED.items()}


def _is_clear(formulas: Group) -> bool:
    foot = Progress(5, LOOK)
    foot.count_to(3)
    _, top, _, bottom = ink_box(formulas)
    return top >= BOTTOM + CLEAR and bottom <= ink_box(foot)[1] - CLEAR < HEIGHT


@pytest.mark.parametrize("name", EVERY)
def test_a_size_formula_is_not_squeezed(name: str) -> None:
    assert _is_clear(size_formulas(trace(name), LOOK))


@pytest.mark.parametrize("name", ODD)
def test_those_of_other_operations_are_not_either(name: str) -> None:
    other: AnyTrace = read(name, ODD[name])
    assert _is_clear(size_formulas(other, LOOK))  # type: ignore[arg-type]
    if isinstance(other, Trace):
        assert _is_clear(span_formulas(other, LOOK))
