"""What of a long run of rows or columns is shown: the first, those around the one that matters, the last."""

from __future__ import annotations

from collections.abc import Iterator

Shown = tuple[int | None, ...]
"""Indices in order; None stands for those left out between its neighbours."""


def abridge(count: int, most: int, around: int = 0) -> Shown:
    """At most `most` places (at least 3) for 0 .. count - 1; a gap takes a place of its own.

    >>> abridge(9, 9), abridge(100, 9, around=50)
    ((0, 1, 2, 3, 4, 5, 6, 7, 8), (0, 1, None, 49, 50, 51, None, 98, 99))
    >>> abridge(100, 3, around=50)
    (0, None, 99)
    """
    most = max(3, most)
    if count <= most:
        return tuple(range(count))
    kept: set[int] = set()
    for index in _by_weight(count, around):
        grown = kept | {index}
        if len(_with_gaps(grown, count)) <= most:
            kept = grown
        elif len(kept) >= most:
            break
    return _with_gaps(kept, count)


def _by_weight(count: int, around: int) -> Iterator[int]:
    """Indices, the most telling first: both ends, the middle one and its neighbours, then more at either end."""
    first = (0, count - 1, around, around + 1, around - 1, 1, count - 2)
    yield from (index for index in first if 0 <= index < count)
    yield from range(2, min(count, 64))


def _with_gaps(kept: set[int], count: int) -> Shown:
    """The kept indices in order with None where some are missing; a single missing one needs no more, and is shown."""
    shown: list[int | None] = []
    before = -1
    for index in [*sorted(kept), count]:
        missing = index - before - 1
        if missing == 1:
            shown.append(before + 1)
        elif missing:
            shown.append(None)
        if index < count:
            shown.append(index)
        before = index
    return tuple(shown)


def blocks(count: int, size: int, most_blocks: int, most_each: int) -> Shown:
    """Columns that come in `count` blocks of `size`: every shown block is cut in the same way.

    >>> blocks(2, 4, 3, 3)
    (0, None, 3, 4, None, 7)
    """
    inner = abridge(size, most_each)
    shown: list[int | None] = []
    for block in abridge(count, most_blocks):
        shown += [None] if block is None else [at if at is None else block * size + at for at in inner]
    return tuple(shown)
