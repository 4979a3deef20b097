"""What the fuzzers share: many inputs, each told by its number alone, within bounds of time and memory."""

from __future__ import annotations

import argparse
import random
import resource
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = 10.0
"""An input that takes longer than this counts as a hang."""
MEMORY = 3 << 30
"""Bytes of address space for the whole process: what needs more is a MemoryError."""
MOST_TOLD = 10
MARKS = str.maketrans(dict.fromkeys("0123456789", "0"))


class HangError(BaseException):
    """Raised in the middle of whatever takes too long; not an Exception, so that nothing swallows it."""


@dataclass
class Tally:
    """What became of the inputs. `sentences` counts refusals, alike but for their numbers, by what they say."""

    accepted: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)

    @property
    def inputs(self) -> int:
        """How many were tried."""
        return self.accepted + self.sentences.total() + len(self.wrong)


def tally(attempt: Callable[[random.Random], str | None], numbers: range) -> Tally:
    """Try each input. `attempt` makes it from a generator; None is acceptance, a text the sentence of a refusal.

    A refusal must be one printable line of bounded length. Everything raised, and every hang, is wrong.
    """
    done = Tally()
    previous = signal.signal(signal.SIGALRM, _stop)
    try:
        for number in numbers:
            begun = time.perf_counter()
            try:
                signal.setitimer(signal.ITIMER_REAL, SECONDS)
                sentence = attempt(random.Random(number))
                signal.setitimer(signal.ITIMER_REAL, 0)
                if sentence is None:
                    done.accepted += 1
                elif not sentence.isprintable() or not 20 <= len(sentence) <= 1000:
                    done.wrong.append((number, f"not one clear sentence: {sentence!r}"))
                else:
                    done.sentences[sentence.translate(MARKS).partition(": ")[2][:70]] += 1
            except (Exception, HangError) as error:
                signal.setitimer(signal.ITIMER_REAL, 0)
                done.wrong.append((number, "".join(traceback.format_exception(error)[-6:])))
            done.slowest = max(done.slowest, (time.perf_counter() - begun, number))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    return done


def main(what: str, attempt: Callable[[random.Random], str | None]) -> int:
    """Ask for a count and a first number, try, print what happened; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("count", type=int, nargs="?", default=100_000, help="how many inputs [100000]")
    parser.add_argument("--first", type=int, default=0, help="number of the first: one alone shows it again")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    begun = time.perf_counter()
    done = tally(attempt, range(asked.first, asked.first + asked.count))
    seconds = time.perf_counter() - begun
    refused = done.sentences.total()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{what}: {done.inputs:,} inputs in {seconds:,.0f} s, {1000 * seconds / max(done.inputs, 1):.2f} ms each")
    print(f"  {done.accepted:,} accepted, {refused:,} refused in {len(done.sentences):,} kinds of sentences")
    print(f"  slowest {done.slowest[0]:.2f} s (number {done.slowest[1]}), memory at most {peak} MiB")
    print(f"  {len(done.wrong)} wrong: tracebacks, hangs or sentences that are none")
    for number, told in done.wrong[:MOST_TOLD]:
        print(f"\nnumber {number}: {told}")
    return 1 if done.wrong else 0


def _stop(number: int, frame: object) -> None:
    raise HangError(f"longer than {SECONDS:g} s")
