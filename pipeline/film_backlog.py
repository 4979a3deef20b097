"""What waits for an encoder, in order: bounded by its bytes, so that bursts of small changes never stop the drawing."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

LIMIT = 48_000_000
"""Bytes that may wait: an article's scan at 1080p60 waits for nothing, a film that changes all over after 15 frames."""

Item = TypeVar("Item")


class Backlog(Generic[Item]):
    """A queue between two threads."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Item, int]] = deque()
        self._held = 0
        self._changed = threading.Condition()

    def put(self, item: Item, size: int = 0) -> None:
        """Add an item of `size` bytes; waits until it has room beside others. What has no size never waits."""
        with self._changed:
            if size:
                self._changed.wait_for(lambda: not self._held or self._held + size <= LIMIT)
            self._held += size
            self._waiting.append((item, size))
            self._changed.notify_all()

    def take(self) -> Item:
        """The oldest item; waits for one."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting)
            item, size = self._waiting.popleft()
            self._held -= size
            self._changed.notify_all()
        return item
