"""Ctrl-C, a killed worker, a deleted folder, a second build, at random moments: right files, a clear end, no hang.

    python -m bench.sabotage_trials [TRIALS] [SEED]

Does each of these so many times to a small build of some of everything, at moments spread evenly over the time that it
takes. After each, every file under a final name must be whole, the build must have ended as it should and left no
process, and the next build must complete what is missing. Prints its counts; the exit code is 1 if anything was wrong.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench._trial import Ground, alive, all_gone, ended, ground
from bench.kill_trials import tell

PROMPT = 1.0
"""Seconds in which a build stops when it is told to."""
WORKER = "multiprocessing.spawn"
STOPPED = "Stopped. Finished files are complete and in the manifest.\n\n"
DELETED = "deleted from"


def ctrl_c(here: Ground, moment: float, _: random.Random) -> list[str]:
    """The signal goes to every process of the build, as from a terminal."""
    build = here.start()
    if not still_runs(build, moment):
        return judged(ended(build), (0, ""))
    os.killpg(build.pid, signal.SIGINT)
    begun = time.monotonic()
    end = ended(build)
    took = time.monotonic() - begun
    slow = [f"stopped after {took:.1f} s"] if took > PROMPT else []
    return slow + judged(end, (130, STOPPED), (130, "\n"), (-signal.SIGINT, ""), (0, "")) + left(build)


def killed_worker(here: Ground, moment: float, chance: random.Random) -> list[str]:
    """As when memory runs out: what it was drawing is drawn again, alone."""
    build = here.start()
    if still_runs(build, moment) and (workers := [pid for pid in alive(build.pid) if WORKER in called(pid)]):
        os.kill(chance.choice(workers), signal.SIGKILL)
    return judged(ended(build), (0, "")) + unequal(here) + left(build)


def deleted_folder(here: Ground, moment: float, _: random.Random) -> list[str]:
    """What was finished before is told; what is finished after is there."""
    build = here.start()
    if still_runs(build, moment):
        shutil.rmtree(here.out, ignore_errors=True)
    code, said = ended(build)
    fine = (code, said) == (0, "") or (code == 1 and DELETED in said and "Traceback" not in said)
    return ([] if fine else [f"exit code {code}: {said}"]) + left(build)


def second_build(here: Ground, moment: float, _: random.Random) -> list[str]:
    """Into the same folder: one of them waits."""
    builds = [here.start()]
    still_runs(builds[0], moment)
    builds.append(here.start())
    ends = [ended(build) for build in builds]
    return [wrong for end in ends for wrong in judged(end, (0, ""))] + unequal(here)


TRIALS: dict[str, Callable[[Ground, float, random.Random], list[str]]] = {
    "Ctrl-C": ctrl_c,
    "a worker killed": killed_worker,
    "the folder deleted": deleted_folder,
    "two builds at once": second_build,
}


def still_runs(build: subprocess.Popen[str], moment: float) -> bool:
    """Wait that long; whether the build goes on."""
    try:
        build.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        return True
    return False


def judged(end: tuple[int, str], *allowed: tuple[int, str]) -> list[str]:
    """What is wrong with how a build ended."""
    return [] if end in allowed else [f"exit code {end[0]}: {end[1]}"]


def unequal(here: Ground) -> list[str]:
    """The files that are not those of a build that was left alone, the manifest among them."""
    there = {path.relative_to(here.out).as_posix(): path.read_bytes() for path in here.out.rglob("*.*")}
    return sorted(name for name in there.keys() | here.right.keys() if there.get(name) != here.right.get(name))


def left(build: subprocess.Popen[str]) -> list[str]:
    """The processes that a build leaves."""
    return [] if all_gone(build.pid, PROMPT) else [f"left running: {', '.join(map(called, alive(build.pid)))}"]


def called(pid: int) -> str:
    """A process's command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def trials(count: int, seed: int) -> dict[str, int]:
    """Do each `count` times; how often it was done, and how often something was wrong."""
    chance, counts = random.Random(seed), dict.fromkeys((*TRIALS, "wrong"), 0)
    with ground() as here:
        for name, trial in TRIALS.items():
            for number in range(count):
                here.empty()
                wrong = trial(here, here.seconds * (number + chance.random()) / count, chance)
                wrong += here.wrong_files()
                wrong += here.complete()
                counts[name] += 1
                counts["wrong"] += tell([f"{name}: {what}" for what in wrong]) > 0
    return counts


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    result = trials(*(numbers + [25, 1][len(numbers) :]))
    print(", ".join(f"{name}: {number}" for name, number in result.items()))
    sys.exit(bool(result["wrong"]))
