"""Where the preview's processes are born: forked from one that has loaded the drawing libraries, and nothing of ours.

So a process that draws with changed code is there in a moment, and none that was changed since is in it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Any

LIBRARIES = "pipeline.watch_libraries"
"""What it loads before the first fork. A child has it loaded; it and what it imports of ours are never loaded anew."""


@contextmanager
def open_nursery() -> Iterator[str]:
    """Give its address. It is open as long as the process that opens it needs it, and then gone at once."""
    forkserver.set_forkserver_preload([LIBRARIES])
    forkserver.ensure_running()
    server = _server()
    try:
        yield server._forkserver_address
    finally:
        # It would end by itself, but take its libraries apart first.
        os.kill(server._forkserver_pid, signal.SIGKILL)
        os.waitpid(server._forkserver_pid, 0)


def nursery_at(address: str) -> BaseContext:
    """The context whose processes are born there, in one that was born there itself.

    Such a process is said to use the server that it comes from, but is not told where that is, and would start another.
    """
    server = _server()
    server._forkserver_address = address
    server.ensure_running = resource_tracker.ensure_running
    return multiprocessing.get_context("forkserver")


def _server() -> Any:
    return vars(forkserver)["_forkserver"]
