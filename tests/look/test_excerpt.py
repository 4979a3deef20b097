"""What of a long run is shown, and where its cells stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from look.excerpt import abridge, blocks
from look.grid import BREAK, GAP, Grid, extent


@given(count=st.integers(1, 10_000), most=st.integers(3, 40), share=st.floats(0, 1))
def test_an_excerpt_keeps_what_matters(count: int, most: int, share: float) -> None:
    around = int(share * (count - 1))
    shown = abridge(count, most, around)
    indices = [index for index in shown if index is not None]
    assert len(shown) <= most or count <= 3
    assert indices == sorted(set(indices))
    assert indices[0] == 0
    assert indices[-1] == count - 1
    if most >= 5:
        assert around in indices
    if count <= most:
        assert shown == tuple(range(count))
    for before, index, after in zip(shown, shown[1:], shown[2:], strict=False):
        if index is None:
            assert before is not None
            assert after is not None
            assert after - before > 2  # a gap of one would take no less room than what it hides


@given(count=st.integers(1, 30), size=st.integers(1, 30), most=st.integers(3, 8), each=st.integers(3, 12))
def test_blocks_are_all_cut_alike(count: int, size: int, most: int, each: int) -> None:
    shown = blocks(count, size, most, each)
    indices = [index for index in shown if index is not None]
    assert indices == sorted(set(indices))
    taps = {index // size: [] for index in indices}
    for index in indices:
        taps[index // size].append(index % size)
    assert len({tuple(inner) for inner in taps.values()}) == 1
    assert 0 in taps
    assert count - 1 in taps


def test_a_grid_places_cells_gaps_and_breaks() -> None:
    grid = Grid(10, 20, 30, 40, (0, None, 7), (0, 1, 2, 3), block=2)
    assert grid.cell(0, 0) == (10, 20, 40, 60)
    left = 10 + (3 + BREAK) * 30
    top = 20 + (1 + GAP) * 40
    assert grid.cell(7, 3) == pytest.approx((left, top, left + 30, top + 40))
    assert grid.box == pytest.approx((10, 20, left + 30, top + 40))
    assert grid.row_gaps == pytest.approx((20 + (1 + GAP / 2) * 40,))
    assert grid.column_gaps == ()
    assert [index for index, _, _ in grid.spans] == [0, 1]
    assert extent(grid.columns, 2) == 4 + BREAK
    with pytest.raises(KeyError):
        grid.cell(3, 0)
