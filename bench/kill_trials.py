"""Kill -9 at random moments of a build: never a broken file under a final name, and the next build completes.

    python -m bench.kill_trials [TRIALS] [SEED]

Every trial starts a build of the article's tables, figures and one film, kills the whole group of its processes, and
looks at each file under a final name. About every tenth trial ends with a build that must give the very bytes of one
that was never disturbed. Prints its counts; the exit code is 1 if any file was wrong.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.aside import LEFT_BEHIND

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "figures", "lessons", "locales", "look", "pipeline", "scenes")
NAMES = ("output-size", "share-card*", "feature-map", "im2col-build", "trace", "summary")
ASKED = (
    "--lang",
    "en",
    "--theme",
    "dark",
    "--quality",
    "draft",
    *(word for name in NAMES for word in ("--only", name)),
)
COMPLETED, EMPTIED = 0.1, 0.7
"""The parts of the trials after which the build is completed, and after which it begins with nothing."""


def copy_checkout(place: Path) -> Path:
    """A copy in which nobody edits while the trials go on."""
    for room in ROOMS:
        shutil.copytree(CHECKOUT / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("render.py", "pyproject.toml"):
        shutil.copy(CHECKOUT / file, place)
    return place


def command(checkout: Path, out: Path, *options: str) -> list[str]:
    """A build of some of everything into `out`."""
    return [sys.executable, str(checkout / "render.py"), "build", "-q", "--out", str(out), *ASKED, *options]


def files(out: Path) -> dict[str, bytes]:
    """Everything under a final name."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not LEFT_BEHIND.fullmatch(path.name)}


def trials(count: int, seed: int) -> dict[str, int]:
    """Do it `count` times; how often what happened."""
    chance, counts = (
        random.Random(seed),
        dict.fromkeys(("killed", "ended first", "wrong files", "completed", "wrong builds"), 0),
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        right_out, out, store = place / "right", place / "out", place / "store"
        checkout = copy_checkout(place / "checkout")
        begun = time.monotonic()
        subprocess.run(command(checkout, right_out, "--no-cache"), check=True)
        longest = time.monotonic() - begun
        right = files(right_out)
        environment = {**os.environ, "XDG_CACHE_HOME": str(store), "TMPDIR": str(place)}
        quiet = {"env": environment, "start_new_session": True, "stderr": subprocess.DEVNULL}
        while counts["killed"] < count:
            build = subprocess.Popen(command(checkout, out), **quiet)
            try:
                build.wait(timeout=chance.uniform(0.05, longest))
                counts["ended first"] += 1
            except subprocess.TimeoutExpired:
                os.killpg(build.pid, signal.SIGKILL)
                build.wait()
                counts["killed"] += 1
            there = {name: data for name, data in files(out).items() if name != "manifest.json"} if out.exists() else {}
            counts["wrong files"] += sum(right.get(name) != data for name, data in there.items())
            if chance.random() < COMPLETED:
                subprocess.run(command(checkout, out), env=environment, check=True)
                everything = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
                counts["completed"] += 1
                wrong = {name for name in everything | set(right) if files(out).get(name) != right.get(name)}
                print(*sorted(wrong), file=sys.stderr, end="\n" * bool(wrong))
                counts["wrong builds"] += bool(wrong)
            if chance.random() < EMPTIED:
                shutil.rmtree(out, ignore_errors=True)
                shutil.rmtree(store, ignore_errors=True)
    return counts


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    result = trials(*(numbers + [200, 1][len(numbers) :]))
    print(", ".join(f"{name}: {number}" for name, number in result.items()))
    sys.exit(bool(result["wrong files"] or result["wrong builds"]))
