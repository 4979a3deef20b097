"""A full disk and a read-only one: a clear sentence, no broken file, and the right bytes once there is room.

    sudo python -m bench.disk_trials

Mounts small tmpfs folders in a mount namespace of its own, so it needs root or `unshare -rm`. The disk is filled up at
a different size in each trial. Prints its counts; the exit code is 1 if anything was wrong.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench._trial import ended, files, ground

SIZES = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)
"""Disks, as parts of what would be needed."""
INSIDE = "CONVSCAN_DISK_TRIALS"


def mount(folder: Path, *options: str) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)], check=True)


def told(end: tuple[int, str]) -> bool:
    """Whether a build that could not write said so, without a traceback."""
    code, said = end
    return code in (1, 2) and "cannot be written" in said and "Traceback" not in said


def trials() -> dict[str, int]:
    """How often what happened."""
    counts = dict.fromkeys(("full disks", "told", "wrong files", "completed", "full stores", "read-only", "failed"), 0)
    with ground() as here:
        needed = sum(map(len, here.right.values()))
        for part in SIZES:
            here.empty()
            mount(here.out, f"size={int(part * needed)}")
            for options in (("--no-cache",), ()):
                counts["full disks"] += 1
                counts["told"] += told(ended(here.start(*options)))
                counts["wrong files"] += len(here.wrong_files())
            subprocess.run(["mount", "-o", "remount,size=64m", str(here.out)], check=True)
            done = here.complete() == []
            counts["completed"] += done
            counts["failed"] += not done
            subprocess.run(["umount", str(here.out)], check=True)
        small, locked = here.place / "small-store", here.place / "locked"
        here.empty()
        mount(small, "size=64k")
        done = ended(here.start(XDG_CACHE_HOME=str(small))) == (0, "")
        counts["full stores"] += done and files(here.out) == here.right
        mount(locked, "size=1m,ro")
        counts["read-only"] += told(ended(here.start(out=locked)))
        for mounted in (small, locked):
            subprocess.run(["umount", str(mounted)], check=True)
    counts["failed"] += counts["full disks"] - counts["told"] + 2 - counts["full stores"] - counts["read-only"]
    return counts


if __name__ == "__main__":
    if INSIDE not in os.environ:
        again = ["unshare", "--mount", sys.executable, "-m", "bench.disk_trials"]
        sys.exit(subprocess.run(again, env={**os.environ, INSIDE: "1"}, check=False).returncode)
    result = trials()
    print(", ".join(f"{name}: {number}" for name, number in result.items()))
    sys.exit(bool(result["wrong files"] or result["failed"]))
