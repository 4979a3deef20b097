"""A full disk and a read-only one: a clear sentence, no broken file, and the right bytes once there is room.

    sudo python -m bench.disk_trials

Mounts small tmpfs folders in a mount namespace of its own, so it needs root or `unshare -rm`. The disk is filled up at
a different size in each trial. Prints its counts; the exit code is 1 if anything was wrong.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.kill_trials import command, copy_checkout, files

SIZES = ("16k", "64k", "128k", "256k", "512k", "1m")
INSIDE = "CONVSCAN_DISK_TRIALS"


def mount(folder: Path, *options: str) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)], check=True)


def told(run: "subprocess.CompletedProcess[str]") -> bool:
    """Whether a build that could not write said so, without a traceback."""
    said = "cannot be written" in run.stderr and "Traceback" not in run.stderr
    return run.returncode in (1, 2) and said


def trials() -> dict[str, int]:
    """How often what happened."""
    counts = dict.fromkeys(("full disks", "told", "wrong files", "completed", "full stores", "read-only", "failed"), 0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        checkout = copy_checkout(place / "checkout")
        environment = {**os.environ, "XDG_CACHE_HOME": str(place / "store")}
        subprocess.run(command(checkout, place / "right", "--no-cache"), check=True, env=environment)
        right = files(place / "right")

        def build(out: Path, *options: str, **changes: str) -> "subprocess.CompletedProcess[str]":
            asked = {**environment, **changes}
            return subprocess.run(
                command(checkout, out, *options), env=asked, capture_output=True, text=True, timeout=300, check=False
            )

        for size in SIZES:
            out = place / f"out-{size}"
            mount(out, f"size={size}")
            for options in (("--no-cache",), ()):
                counts["full disks"] += 1
                counts["told"] += told(build(out, *options))
                there = {name: data for name, data in files(out).items() if name != "manifest.json"}
                counts["wrong files"] += sum(right[name] != data for name, data in there.items())
            subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)
            done = build(out).returncode == 0 and files(out) == right
            counts["completed"] += done
            counts["failed"] += not done
            subprocess.run(["umount", str(out)], check=True)
        mount(place / "small-store", "size=64k")
        done = build(place / "full-store", XDG_CACHE_HOME=str(place / "small-store")).returncode == 0
        counts["full stores"] += done and files(place / "full-store") == right
        mount(place / "locked", "size=1m,ro")
        counts["read-only"] += told(build(place / "locked"))
        for mounted in ("small-store", "locked"):
            subprocess.run(["umount", str(place / mounted)], check=True)
    counts["failed"] += counts["full disks"] - counts["told"] + 2 - counts["full stores"] - counts["read-only"]
    return counts


if __name__ == "__main__":
    if INSIDE not in os.environ:
        again = ["unshare", "--mount", sys.executable, "-m", "bench.disk_trials"]
        sys.exit(subprocess.run(again, env={**os.environ, INSIDE: "1"}, check=False).returncode)
    result = trials()
    print(", ".join(f"{name}: {number}" for name, number in result.items()))
    sys.exit(bool(result["wrong files"] or result["failed"]))
