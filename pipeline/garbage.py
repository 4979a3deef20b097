"""Less searching for garbage: Python looks through every object of every library again and again while much is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 50_000
"""New objects after which to search while drawing; Python's own number is 700. A film leaves 100,000 behind."""


@contextmanager
def garbage_searched_seldom() -> Iterator[None]:
    """Search after many new objects only, and never among those of before: that takes longer than some figures do."""
    if not gc.get_freeze_count():
        gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(MANY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def garbage_left() -> Iterator[None]:
    """No search at all: for loading libraries, which leaves none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
