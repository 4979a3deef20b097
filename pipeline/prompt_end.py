"""The command line ends as soon as all is said, rather than after Python has taken every library apart."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ending_promptly() -> Iterator[None]:
    """The process ends with the code of the `SystemExit` that leaves this block, after all farewells (atexit)."""
    code = 1

    def end() -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # nobody reads it any more, or it is closed
                stream.flush()
        os._exit(code)

    atexit.register(end)  # the first to register is the last to be called
    try:
        yield
        code = 0
    except SystemExit as farewell:
        code = farewell.code if isinstance(farewell.code, int) else int(farewell.code is not None)
        raise
