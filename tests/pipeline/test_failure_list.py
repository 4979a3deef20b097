"""A reason is said once, however many files it stopped."""

from pipeline.failure_list import failure_lines
from pipeline.job import Failure


def test_reasons_are_said_once() -> None:
    failures = [Failure("b (zh)", "x.py:1: oh"), Failure("c", "y.py:2: no"), Failure("a (en)", "x.py:1: oh")]
    assert list(failure_lines(failures)) == ["x.py:1: oh", "  a (en)", "  b (zh)", "c: y.py:2: no"]


def test_nothing_failed() -> None:
    assert list(failure_lines([])) == []
