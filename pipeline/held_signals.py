"""Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) at a moment of one's own choosing.

An exception out of nowhere, inside a lock or while a process is starting, would leave the lock taken or the process
unknown. So a build over processes notes the signal and acts between two looks at its workers.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDING = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__)
HELD = (signal.SIGINT, *ENDING)


@contextmanager
def hold_signals() -> Iterator[Callable[[], None]]:
    """Give a function that lets the signals since noted act as they would have. Only the main thread gets signals."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    noted: list[int] = []
    handlers = {number: handler for number in HELD if callable(handler := signal.getsignal(number))}
    for number in handlers:
        signal.signal(number, lambda number, _: noted.append(number))

    def act() -> None:
        while noted:
            number = noted.pop()
            handlers[signal.Signals(number)](number, None)

    try:
        yield act
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        act()


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started in here never see Ctrl-C, which a terminal sends to all of them: the build ends them itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # here, as quick commands need none of it

    ensure_running()  # multiprocessing's own process; started later, it would undo the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
