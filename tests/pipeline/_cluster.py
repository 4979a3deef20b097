"""A Dask cluster of one's own: a scheduler and workers as processes, the workers in a checkout of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "figures", "locales", "look", "models", "pipeline", "scenes")


@dataclass
class Cluster:
    """A scheduler at `address`, with what its processes say in files below `folder`."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def checkout(self) -> Path:
        """Where the workers' source is: no file of it is one of this checkout."""
        return self.folder / "elsewhere"

    def copy_checkout(self) -> None:
        """Put the source where the workers find it."""
        for room in ROOMS:
            shutil.copytree(ROOT / room, self.checkout / room, ignore=shutil.ignore_patterns("__pycache__"))

    def start(self, allowed_failures: int) -> None:
        """Start the scheduler, at a port that is free."""
        file = self.folder / "scheduler.json"
        self._run(
            *("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)),
            folder=self.folder,
            environment={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)},
        )
        self.address = wait_for(lambda: json.loads(file.read_text())["address"] if file.exists() else "")

    def add_worker(self, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> int:
        """Start one more worker, in its checkout or in another folder, and give its process id once it is there."""
        log = self._run(
            *("worker", self.address, "--nthreads", "1", "--no-nanny"),
            *("--local-directory", str(self.folder / "scratch")),
            folder=folder or self.checkout,
            environment=environment or {},
        )
        wait_for(lambda: "Registered to" in log.read_text())
        return self.processes[-1].pid

    def stop(self) -> None:
        """End every process, the last one first."""
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    def _run(self, *arguments: str, folder: Path, environment: Mapping[str, str]) -> Path:
        log = self.folder / f"{len(self.processes)}.log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                cwd=folder,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
                stdout=said,
                stderr=said,
            )
        self.processes.append(process)
        return log


@contextmanager
def cluster_in(folder: Path, workers: int = 0, allowed_failures: int = 3) -> Iterator[Cluster]:
    """A cluster for a while. A job may kill `allowed_failures` workers, and one more, before it is given up."""
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        cluster.copy_checkout()
        cluster.start(allowed_failures)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()


def kill(pid: int) -> None:
    """As the kernel does when memory runs out."""
    os.kill(pid, signal.SIGKILL)


def wait_for(find: object, seconds: float = 60) -> str:
    """What `find` gives as soon as that is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = find()  # type: ignore[operator]
        except ValueError:  # a file that is half written
            found = None
        if found:
            return str(found)
        time.sleep(0.05)
    raise AssertionError("waited in vain")
