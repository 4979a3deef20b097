"""One axis: which cells each window reads, and how far the next one would reach."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from core import AxisSize
from core.padding import PADDING_MODES, most_padding, read_as_copies

AXES = st.builds(
    AxisSize,
    input=st.integers(1, 20),
    before=st.integers(0, 5),
    after=st.integers(0, 5),
    kernel=st.integers(1, 5),
    dilation=st.integers(1, 3),
    stride=st.integers(1, 6),
).filter(lambda axis: axis.span <= axis.padded)


@given(AXES)
def test_windows_read_what_the_counts_say(axis: AxisSize) -> None:
    counted = [0] * axis.padded
    for at in range(axis.output):
        for index in axis.taps(at):
            counted[index] += 1
    assert axis.reads.tolist() == counted
    assert axis.unread == tuple(index for index, count in enumerate(counted) if not count)


@given(AXES)
def test_the_next_window_reaches_past_the_end(axis: AxisSize) -> None:
    last, after = axis.taps(axis.output - 1), axis.taps(axis.output)
    assert len(after) == axis.kernel
    assert after[0] - last[0] == axis.stride
    assert last[-1] < axis.padded <= after[-1]
    cells = set(range(axis.padded))
    assert axis.overrun == len([index for index in range(after[-1] + 1) if index not in cells])
    assert axis.overrun == axis.stride - axis.remainder


@given(AXES, st.sampled_from(PADDING_MODES))
def test_copies_in_the_padding_are_those_that_numpy_makes(axis: AxisSize, mode: str) -> None:
    most = most_padding(mode, axis.input)
    assume(most is None or max(axis.before, axis.after) <= most)
    cells = np.arange(axis.input)
    sides = (axis.before, axis.after)
    kinds = {"replicate": "edge", "circular": "wrap", "reflect": "reflect"}
    shown = np.pad(cells, sides, constant_values=-1) if mode == "zeros" else np.pad(cells, sides, kinds[mode])
    read = {int(shown[index]) for at in range(axis.output) for index in axis.taps(at)}
    unread = [cell for cell in range(axis.input) if axis.before + cell in axis.unread]
    assert read_as_copies(axis, mode) == tuple(axis.before + cell for cell in unread if cell in read)


def test_an_example_of_copies() -> None:
    axis = AxisSize(input=9, before=1, after=3, kernel=3, dilation=2, stride=2)
    assert (axis.unread, read_as_copies(axis, "circular")) == ((1, 3, 5, 7, 9, 11), (1, 3, 9))
    assert read_as_copies(axis, "zeros") == ()


def test_an_example() -> None:
    axis = AxisSize(input=6, before=1, after=1, kernel=3, dilation=1, stride=2)
    assert [axis.taps(at) for at in range(axis.output)] == [(0, 1, 2), (2, 3, 4), (4, 5, 6)]
    assert (axis.taps(axis.output), axis.overrun, axis.unread) == ((6, 7, 8), 1, (7,))
