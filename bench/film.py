"""How fast films are made, as ratios to stock Manim and to FFmpeg, all from this run: `make bench`.

Whole processes, taken in turns; of several rounds the least counts, since what else the machine does only ever adds.
`--rounds N` (3), `--brief` (leave out the whole article, which takes stock Manim many minutes).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.process import Usage, least
from bench.rivals import LESSON, build, encode, encoder_name, stock_manim
from core import Trace, load_lesson
from look import Look
from pipeline.catalogue import class_name, read_catalogue
from pipeline.film import QUALITIES
from pipeline.film_import import import_manim
from pipeline.needs import unmet

QUALITY = "hd60"
SCAN = ("convolution_scan", "ConvolutionScan")
ONE_FILM = ("--only", "convolution-scan", "--format", "mp4")
ONE_VARIANT = (*ONE_FILM, "--lang", "en", "--theme", "dark")


def main() -> int:
    """Measure, and print the table. Exit code 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--brief", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="convscan-bench-") as folder:
        report = Report()
        measure(Path(folder), asked.rounds, asked.brief, report)
    report.print()
    return 1 if report.missed else 0


class Report:
    """Rows of the table."""

    def __init__(self) -> None:
        self.missed = 0
        self._table = Table("article, 1080p60", "ours", "theirs", "ratio", "target", title_justify="left")

    def time(
        self, name: str, ours: Usage, theirs: Usage, target: float, clocks: tuple[str, ...] = ("wall", "processors")
    ) -> None:
        """A row for the wall and one for the processors."""
        for clock in clocks:
            a, b = getattr(ours, clock), getattr(theirs, clock)
            self.row(f"{name}, {clock}", f"{a:.2f} s", f"{b:.2f} s", a / b, target, most=True)

    def row(self, name: str, ours: str, theirs: str, value: float, target: float, *, most: bool) -> None:
        """A value that is to be at most its target, or at least."""
        met = value <= target if most else value >= target
        self.missed += not met
        digits = f"{value:.5f}" if not most else f"{value:.3f}" if value < 10 else f"{value:.0f}"
        colour = "green" if met else "red"
        self._table.add_row(name, ours, theirs, f"[{colour}]{digits}", f"{'≤' if most else '≥'} {target:.3g}")

    def print(self) -> None:
        """To standard output."""
        Console(width=None if sys.stdout.isatty() else 120).print(self._table)


def measure(folder: Path, rounds: int, brief: bool, report: Report) -> None:
    """Everything, in turns."""
    from bench.frames import draw_raw, similarity

    quality = QUALITIES[QUALITY]
    frames, encoded, each_second = folder / "frames.yuv", folder / "encoded.mp4", folder / "each_second.mp4"
    say("drawing the frames")
    import_manim()
    from scenes.convolution_scan import ConvolutionScan

    draw_raw(ConvolutionScan, Trace(load_lesson(LESSON)), Look(theme="dark", lang="en"), quality, frames)
    build(folder, "draft", *ONE_VARIANT)  # Python compiles what it has not compiled yet
    one, four, stock, plain = [], [], [], []
    for number in range(1, rounds + 1):
        say(f"round {number} of {rounds}")
        one.append(build(folder, QUALITY, *ONE_VARIANT))
        film = (folder / "out" / "article" / "convolution-scan.en.dark.mp4").read_bytes()
        plain.append(encode(folder, frames, encoded, quality))
        stock.append(stock_manim(folder, *SCAN, "en", "dark", quality))
        four.append(build(folder, QUALITY, *ONE_FILM))
    encode(folder, frames, each_second, quality, "-g", str(quality.fps))
    ours = folder / "ours.mp4"
    ours.write_bytes(film)

    report.time("one film against stock manim", least(one), least(stock), 1 / 6)
    report.time(f"one film against {encoder_name()} encoding its frames", least(one), least(plain), 0.75)
    for name, other in (("", encoded), (" with a keyframe a second", each_second)):
        sizes = [path.stat().st_size / 1000 for path in (ours, other)]
        report.row(
            f"its size against libx264 medium crf 18{name}",
            *(f"{size:.0f} kB" for size in sizes),
            sizes[0] / sizes[1],
            1.5,
            most=True,
        )
    likeness = [similarity(path, frames, quality) for path in (ours, encoded)]
    report.row(
        "its SSIM against the drawn frames", *(f"{value:.5f}" for value in likeness), likeness[0], 0.998, most=False
    )
    memory = least(one).memory
    report.row("its memory, MB", f"{memory:.0f}", f"{least(stock).memory:.0f}", memory, 400, most=True)
    report.time("all four variants against one", least(four), least(one), 2.2, ("wall",))
    if not brief:
        say("the whole article")
        everything = build(folder, QUALITY)
        loop = [stock_manim(folder, *film, "en", "dark", quality) for film in films_of_the_lesson()]
        total = Usage(4 * sum(each.wall for each in loop), 4 * sum(each.processors for each in loop), 0)
        report.time(f"every artifact against 4 x stock manim's {len(loop)} films", everything, total, 1 / 6)


def films_of_the_lesson() -> list[tuple[str, str]]:
    """The module and the class of each scene that the lesson is built with."""
    traits = load_lesson(LESSON).traits
    scenes = [entry for entry in read_catalogue().of("film") if not unmet(entry.needs, traits)]
    return [(entry.path.stem, class_name(entry.path.stem)) for entry in scenes]


def say(words: str) -> None:
    """Tell what is going on."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
