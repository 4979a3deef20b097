"""What a scan says of what no window reads, and of signals, in whole sentences."""

import pytest

from core import Trace, lesson_of
from look import Look
from scenes._scan_unread import told_unread
from scenes._scan_words import describe, intro, result

SIGNAL = lesson_of(
    input=[3, 1, 4, 1, 5, 9, 2, 6, 5],
    kernel=[1, -2, 3],
    flip=True,
    dilation=2,
    stride=2,
    padding=[1, 3],
    padding_mode="circular",
)
PLANE = {"input": [[1, 2, 3, 4, 5]] * 5, "kernel": [[2]], "stride": 2, "padding": 1}


def test_cells_that_are_read_as_copies_are_counted() -> None:
    trace = Trace(SIGNAL)
    assert told_unread(trace, Look(lang="en")) == [
        "hatched pink: read by no window, of which read as copies in the padding: 3"
    ]
    assert told_unread(trace, Look(lang="zh")) == ["粉色斜线：没有窗口读到；其中经由填充里的副本读到的：3 格"]


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("zeros", "hatched pink: read by no window"),
        ("circular", "hatched pink: read by no window, of which read as copies in the padding: rows 2, columns 2"),
    ],
)
def test_a_planes_rows_and_columns_are_counted(mode: str, told: str) -> None:
    assert told_unread(Trace(lesson_of(**PLANE, padding_mode=mode)), Look(lang="en")) == [told]


def test_nothing_is_told_where_all_is_read() -> None:
    assert told_unread(Trace(lesson_of(**{**PLANE, "stride": 1})), Look(lang="en")) == []


def test_a_signal_has_cells() -> None:
    trace, look = Trace(SIGNAL), Look(lang="en")
    assert intro(trace, look) == "An input of 9 cells, a kernel of 3 and an empty feature map of 5."
    assert result(trace, look).startswith("The feature map of 5 cells fills up (steps: 5): out = ")
    assert describe(trace, look) == (
        "A kernel of 3 glides over an input of 9 cells and fills a feature map of 5. Steps: 5. "
        "At output cell 1: 1·3 + 1·(−2) + 9·1 = 10."
    )
