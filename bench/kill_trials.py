"""Kill -9 at random moments of a build: never a broken file under a final name, and the next build completes.

    python -m bench.kill_trials [TRIALS] [SEED]

Every trial starts a small build of some of everything and kills it, at moments spread evenly over the time that it
takes: every other time the whole group of its processes, else only the build, whose workers then end by themselves.
After each kill every file under a final name is compared; about every tenth trial ends with a build that must give the
very bytes of one that was never disturbed, and leave nothing among the temporary files. Prints its counts; the exit
code is 1 if anything was wrong.
"""

import os
import random
import signal
import subprocess
import sys

from bench._trial import all_gone, ended, ground

COMPLETED, EMPTIED = 0.1, 0.8
"""The parts of the trials after which the build is completed, and after which the next begins with nothing."""
SPREAD = (5**0.5 - 1) / 2
"""Its multiples, modulo one, are spread evenly over 0 to 1 however many there are."""
WORKERS_LEAVE = 5.0
"""Seconds in which workers whose build was killed must have ended."""


def trials(count: int, seed: int) -> dict[str, int]:
    """Do it `count` times; how often what happened."""
    names = ("killed", "ended first", "files seen", "wrong files", "workers that stayed", "completed", "wrong builds")
    chance, counts = random.Random(seed), dict.fromkeys(names, 0)
    with ground() as here:
        while counts["killed"] < count:
            part = SPREAD * (counts["killed"] + counts["ended first"] + seed) % 1
            moment = here.seconds * part
            build = here.start()
            try:
                build.wait(timeout=max(moment, 0.02))
                counts["ended first"] += 1
            except subprocess.TimeoutExpired:
                (os.killpg if counts["killed"] % 2 else os.kill)(build.pid, signal.SIGKILL)
                counts["killed"] += 1
            ended(build)
            if not all_gone(build.pid, WORKERS_LEAVE):
                counts["workers that stayed"] += 1
                os.killpg(build.pid, signal.SIGKILL)
            counts["files seen"] += sum(path.is_file() for path in here.out.rglob("*"))
            counts["wrong files"] += tell(here.wrong_files())
            if chance.random() < COMPLETED:
                counts["completed"] += 1
                counts["wrong builds"] += tell(here.complete()) > 0
            if chance.random() < EMPTIED:
                here.empty()
    return counts


def tell(wrong: list[str]) -> int:
    """Print what is wrong; how many that are."""
    for what in wrong:
        print(what, file=sys.stderr)
    return len(wrong)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    result = trials(*(numbers + [200, 1][len(numbers) :]))
    print(", ".join(f"{name}: {number}" for name, number in result.items()))
    sys.exit(bool(result["wrong files"] or result["wrong builds"] or result["workers that stayed"]))
