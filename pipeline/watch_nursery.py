"""Where the preview's processes are born: forked from one that has loaded the drawing libraries, and nothing of ours.

So a process that draws with changed code is there in a moment, and none that was changed since is in it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Any

from pipeline.held_signals import deaf_to_ctrl_c
from pipeline.request_error import RequestError

LIBRARIES = "pipeline.watch_libraries"
"""What it loads before the first fork. A child has it loaded; it and what it imports of ours are never loaded anew."""


def open_nursery() -> str:
    """Start it, from a process that lives as long as it is needed; its address. RequestError if it can have none."""
    # A process that had to be killed leaves locks; multiprocessing clears them away, and need not say so.
    ignored = [os.environ.get("PYTHONWARNINGS"), "ignore::UserWarning:multiprocessing.resource_tracker"]
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, ignored))
    forkserver.set_forkserver_preload([LIBRARIES])
    try:
        with deaf_to_ctrl_c():
            forkserver.ensure_running()
    except OSError as error:
        where = f"an address in {tempfile.gettempdir()} ({error})"
        raise RequestError(f"The preview's processes cannot have {where}: set TMPDIR to a shorter path.") from error
    address: str = _server()._forkserver_address
    return address


def close_nursery() -> None:
    """End it now: by itself it would end too, but take its libraries apart first. Who waits for a birth gets EOFError.

    Whoever was born there lives on.
    """
    os.kill(_server()._forkserver_pid, signal.SIGKILL)


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
