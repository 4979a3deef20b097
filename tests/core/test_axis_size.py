"""One axis: which cells each window reads, and how far the next one would reach."""

from hypothesis import given
from hypothesis import strategies as st

from core import AxisSize

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


def test_an_example() -> None:
    axis = AxisSize(input=6, before=1, after=1, kernel=3, dilation=1, stride=2)
    assert [axis.taps(at) for at in range(axis.output)] == [(0, 1, 2), (2, 3, 4), (4, 5, 6)]
    assert (axis.taps(axis.output), axis.overrun, axis.unread) == ((6, 7, 8), 1, (7,))
