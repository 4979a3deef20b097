"""What the trials share: a copy of the checkout in which nobody edits, a small build, and what it makes undisturbed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.aside import LEFT_BEHIND
from pipeline.manifest import NAME
from pipeline.pages import NAMES as PAGES

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "figures", "lessons", "locales", "look", "models", "pipeline", "scenes", "web")
NAMES = ("receptive-field-growth", "output-size", "share-card", "trace", "summary")
ASKED = (
    *("--lang", "en", "--theme", "dark", "--quality", "draft"),
    *(word for name in NAMES for word in ("--only", name)),
)


@dataclass(frozen=True)
class Ground:
    """Where trials go on. `right` are the files of a build that was left alone, `seconds` how long that took."""

    place: Path
    right: dict[str, bytes]
    seconds: float

    @property
    def out(self) -> Path:
        """Where the builds write."""
        return self.place / "out"

    @property
    def temporary(self) -> Path:
        """What builds take for the machine's folder of temporary files."""
        return self.place / "tmp"

    def start(self, *options: str, out: Path | None = None, **environment: str) -> subprocess.Popen[str]:
        """Begin a build in a group of processes of its own."""
        own = {"XDG_CACHE_HOME": str(self.place / "store"), "TMPDIR": str(self.temporary)}
        command = [sys.executable, str(self.place / "checkout" / "render.py"), "build", "-q", *ASKED, *options]
        return subprocess.Popen(
            [*command, "--out", str(out or self.out)],
            env={**os.environ, **own, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wrong_files(self) -> list[str]:
        """Files under a final name that are not as they must be; the manifest and the pages grow, and are left out."""
        grow = {NAME, *PAGES}
        return [name for name, data in files(self.out).items() if name not in grow and self.right.get(name) != data]

    def complete(self) -> list[str]:
        """Build once more, undisturbed; what is wrong then, be it only something left behind."""
        code, said = ended(self.start())
        there = {path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file()}
        now = files(self.out)
        wrong = sorted(name for name in there | set(self.right) if now.get(name) != self.right.get(name))
        left = [f"left behind: {path.name}" for path in self.temporary.iterdir()]
        return [*wrong, *left, *([f"exit code {code}: {said}"] if code or said else [])]

    def empty(self) -> None:
        """Begin anew, with nothing in the folder and nothing in the store."""
        for folder in (self.out, self.place / "store"):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ground() -> Iterator[Ground]:
    """Prepare it: a copy of the checkout and a build that is left alone, the second, since the first compiles."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        for room in ROOMS:
            shutil.copytree(CHECKOUT / room, place / "checkout" / room, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("render.py", "pyproject.toml"):
            shutil.copy(CHECKOUT / file, place / "checkout")
        (place / "tmp").mkdir()
        bare = Ground(place, {}, 0.0)
        for _ in range(2):
            bare.empty()
            begun = time.monotonic()
            code, said = ended(bare.start())
            assert code == 0, said
        yield Ground(place, files(bare.out), time.monotonic() - begun)


def files(out: Path) -> dict[str, bytes]:
    """Everything under a final name."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not LEFT_BEHIND.fullmatch(path.name)}


def ended(build: subprocess.Popen[str], timeout: float = 120.0) -> tuple[int, str]:
    """Exit code and errors of a build, which is killed when it hangs: then the code is that of SIGKILL."""
    try:
        _, errors = build.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        _, errors = build.communicate()
    return build.returncode, errors


def alive(group: int) -> list[int]:
    """The processes of a group that still run; one that only waits to be reaped does not."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def all_gone(group: int, within: float) -> bool:
    """Whether every process of a group ends within so many seconds."""
    deadline = time.monotonic() + within
    while alive(group):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
