"""The sign before a result: what the digits on a picture come to is decided exactly, never by how floats round."""

from __future__ import annotations

import pytest

from core import AverageStep, Step, parse_lesson, trace_of
from look import Look
from look.phrases import spoken_sum
from look.pool_phrases import spoken_pool


def sum_of(settings: str) -> str:
    step = trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{settings}", name="x")).highlight
    if isinstance(step, AverageStep):
        return spoken_pool(step)
    assert isinstance(step, Step)
    return spoken_sum(step, Look("light", "en"))


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ("input = [[0.1, 0.2]]\nkernel = [[1, 1]]", "0.1·1 + 0.2·1 = 0.3"),  # in floats 0.30000000000000004
        ("input = [[0.1, 3]]\nkernel = [[3, 2]]\nbias = 0.1", "0.1·3 + 3·2 + 0.1 = 6.4"),
        ("input = [[0.12345, 1]]\nkernel = [[1, 1]]", "0.1235·1 + 1·1 ≈ 1.123"),
        ("input = [[1.001, 1]]\nkernel = [[1.001, 1]]", "1.001·1.001 + 1·1 ≈ 2.002"),  # the sum is 2.002001
        ("input = [[[0.1, 0.2]], [[6, 0]]]\nkernel = [[[[1, 1]], [[1, 1]]]]", "0.3 + 6 = 6.3"),
        ("input = [[[0.3333333, 0]], [[0.6666667, 0]]]\nkernel = [[[[1, 1]], [[1, 1]]]]", "0.3333 + 0.6667 ≈ 1"),
        ("op = 'avg_pool'\ninput = [[0.1, 0.2, 0.3]]\nkernel_size = [1, 3]", "(0.1 + 0.2 + 0.3) / 3 = 0.2"),
        ("op = 'avg_pool'\ninput = [[1, 1, 0]]\nkernel_size = [1, 3]", "(1 + 1 + 0) / 3 ≈ 0.6667"),
    ],
)
def test_a_result_is_equal_where_its_digits_are_all_there(settings: str, written: str) -> None:
    assert sum_of(settings) == written
