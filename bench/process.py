"""A whole process and what it took: the clock's time, the processors' time and memory, its children's included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GLANCE = 0.05
"""Seconds between looks at the memory."""


@dataclass(frozen=True)
class Usage:
    """Seconds on the wall, seconds of processors, and the greatest memory of all its processes at once in MB."""

    wall: float
    processors: float
    memory: float


def least(usages: Sequence[Usage]) -> Usage:
    """The least time, since what other work on the machine adds is never negative, and the most memory."""
    return Usage(
        min(usage.wall for usage in usages),
        min(usage.processors for usage in usages),
        max(usage.memory for usage in usages),
    )


def run(command: Sequence[str | Path], cwd: Path, **environment: str) -> Usage:
    """Run a command in `cwd` to its end. Exits with its last words if it fails."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=cwd, env=inherited | environment, stdout=said, stderr=subprocess.STDOUT
        )
        memory = _Memory(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = memory.stop()
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}\n{said.read().decode(errors='replace')[-3000:]}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss / 1024))


class _Memory:
    """Watches how much memory a process and all its descendants hold (where /proc tells)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(GLANCE):
            self._peak = max(self._peak, _resident(self._pid))


def _resident(pid: int) -> float:
    """MB; memory that processes share counts for each, so this is rather too much."""
    process = Path(f"/proc/{pid}")
    try:
        pages = int((process / "statm").read_text().split()[1])
        children = [child for task in (process / "task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(_resident(int(child)) for child in children)
