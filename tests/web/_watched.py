"""A preview of a copy of the project that a test may edit, as a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "figures", "lessons", "locales", "look", "models", "pipeline", "scenes", "web")
LONG = 120.0
"""Seconds after which a test gives up, on a machine that has other things to do as well."""


def copied_project(place: Path) -> Path:
    """What a preview needs of the project, in `place`."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("render.py", "pyproject.toml"):
        shutil.copy(ROOT / name, place / name)
    return place


class Watched:
    """A running preview of the project in `folder`; `said` is what it printed."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "render.py", "watch", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.url = ""

    def wait(self) -> None:
        """Until it says where it is."""
        until(lambda: any("http" in line for line in self.said) or self.process.poll() is not None)
        found = re.search(r"http://127\.0\.0\.1:\d+/", "".join(self.said))
        assert found, "".join(self.said)
        self.url = found.group()

    def edit(self, file: str, old: str, new: str) -> None:
        """Put `new` in the place of `old` in a file of the project, as an editor saves it."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def interrupt(self) -> int:
        """Press Ctrl-C in its terminal, which goes to all its processes; the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(LONG)
        self.reader.join()
        return code

    def processes(self) -> list[int]:
        """Those of its session that run."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = status.read_text().rpartition(")")[2].split()[:4]
            except OSError:  # it has just ended
                continue
            if int(session) == self.process.pid and state not in "ZX":
                found.append(int(status.parent.name))
        return found

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.said.extend(lines)


@contextmanager
def watched(folder: Path, *arguments: str) -> Iterator[Watched]:
    """Start one, and end it, whatever happens."""
    preview = Watched(folder, *arguments)
    try:
        preview.wait()
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.interrupt()


def until(holds: Callable[[], bool]) -> None:
    """Wait until it does."""
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
