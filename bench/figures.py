"""How long the article's figures and share cards take, once matplotlib is loaded: `python -m bench.figures`.

Each is drawn in every language and theme, and saved in every format at hd, in a process of its own for each round, so
that texts are set as in a build. Processor seconds of one look, the mean of all, as garbage is collected only now and
then; of `--rounds N` (3) the least counts, since what else the machine does only ever adds. Exit code 1 if a target is
missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
LESSON = ROOT / "lessons/article.toml"
TARGET = 0.25


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--round", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.round:
        print(json.dumps(drawn_once()))
        return 0
    rounds = [one_round() for _ in range(asked.rounds)]
    table = Table("article, hd, all formats", "seconds", "target", title_justify="left")
    missed = 0
    for name in rounds[0]:
        seconds = min(found[name] for found in rounds)
        missed += seconds > TARGET
        table.add_row(name, f"[{'red' if seconds > TARGET else 'green'}]{seconds:.3f}", f"≤ {TARGET}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return 1 if missed else 0


def one_round() -> dict[str, float]:
    """`drawn_once` in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.figures", "--round"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def drawn_once() -> dict[str, float]:
    """Processor seconds of each figure and card, the mean of its looks."""
    import matplotlib.backends.backend_agg
    import matplotlib.backends.backend_pdf
    import matplotlib.backends.backend_svg  # noqa: F401

    from core import load_lesson, trace_of
    from look import LANGUAGES, THEMES, Look
    from pipeline.author_file import load_module
    from pipeline.catalogue import read_catalogue
    from pipeline.figure import draw_figure
    from pipeline.needs import unmet
    from pipeline.rooms import Rooms

    lesson = load_lesson(LESSON)
    trace = trace_of(lesson)
    catalogue = read_catalogue(Rooms())
    taken = {}
    for entry in (*catalogue.of("figure"), *catalogue.of("card")):
        if unmet(entry.needs, lesson.traits):
            continue
        draw = load_module(entry.path).draw
        looks = [Look(theme=theme, lang=lang) for lang in LANGUAGES for theme in THEMES]
        begun = process_time()
        for look in looks:
            draw_figure(draw, trace, look, entry.formats, title="", description="", card=entry.kind == "card")
        taken[entry.name] = (process_time() - begun) / len(looks)
    return taken


if __name__ == "__main__":
    sys.exit(main())
