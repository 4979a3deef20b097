"""The command `build`: parses, calls, prints."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from pipeline.bytecode import drop_outdated_bytecode
from pipeline.command_examples import BUILD_EXAMPLES
from pipeline.command_group import DONE, FAILED, end_on_signals
from pipeline.completion import complete_lessons, complete_names
from pipeline.film import QUALITIES
from pipeline.folder_type import Folder
from pipeline.option_types import Whole, Word
from pipeline.plan import EVERY_FORMAT, Request
from pipeline.rooms import Rooms
from pipeline.source import times_at_start


@click.command(epilog=BUILD_EXAMPLES, short_help="Draw lessons into files.")
@click.argument("lessons", nargs=-1, metavar="[LESSON]...", shell_complete=complete_lessons)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME|GLOB",
    shell_complete=complete_names,
    help="Only this name; may be given again.",
)
@click.option("--lang", multiple=True, type=Word(Request.langs), help="Only this language; may be given again.")
@click.option("--theme", multiple=True, type=Word(Request.themes), help="Only this theme; may be given again.")
@click.option(
    "--format", "formats", multiple=True, type=Word(EVERY_FORMAT), help="Only this format; may be given again."
)
@click.option("--quality", default="hd", show_default=True, type=Word(tuple(QUALITIES)), help="Of films and PNGs.")
@click.option("--out", default="out", show_default=True, metavar="DIR", type=Folder(), help="The output folder.")
@click.option("-j", "--jobs", type=Whole(1), metavar="N", help="Processes at once [default: one per core]")
@click.option(
    "--cluster", metavar="ADDRESS", help="Draw on the Dask cluster whose scheduler is there, such as tcp://host:8786."
)
@click.option("--no-cache", is_flag=True, help="Draw everything anew, and keep none of it in the store.")
@click.option("--explain", is_flag=True, help="Say what is drawn, and why.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say how long each took, and tracebacks.")
@click.pass_obj
def build(
    rooms: Rooms,
    lessons: tuple[str, ...],
    only: tuple[str, ...],
    lang: tuple[str, ...],
    theme: tuple[str, ...],
    formats: tuple[str, ...],
    quality: str,
    out: Path,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
    explain: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Draw lessons into files: out/LESSON/NAME[.LANG][.THEME].EXT and out/manifest.json.

    A LESSON is the name of a shipped one (see `list`) or a path to a .toml file; without any, it is the article.
    Without other options everything is made that goes with it (see `list LESSON`): each language and theme, films as
    MP4 with a poster and captions (WebM and GIF with --format), figures as SVG, PDF and PNG, share cards as SVG and
    PNG. A file of other origin that is in the way is kept as FILE.kept.

    Films are 854x480 at 15 frames a second in draft quality, 1920x1080 at 30 in hd and at 60 in hd60, and 3840x2160 at
    60 in uhd.

    What did not change since an earlier build, into any folder, is not drawn again: see `cache`.

    With --cluster the workers of a Dask cluster draw. Each must stand in a checkout in the same state as this one, with
    the same packages: start it there with `python -m dask worker ADDRESS --nthreads 1`.

    Exit code 0: done; 1: something could not be drawn, the rest is there; 2: a mistake in what was asked.
    """
    from pipeline.stamp import files_unchanged
    from pipeline.store import usual_store

    if jobs and cluster:
        raise click.UsageError("--jobs is about this machine, and --cluster about others: choose one.")
    request = Request(
        lessons=lessons or Request.lessons,
        only=only,
        langs=lang or Request.langs,
        themes=theme or Request.themes,
        formats=formats,
        quality=quality,
    )
    places = usual_store()
    store = None if no_cache else places
    unchanged = files_unchanged(request, out, rooms, store) if store else None
    if unchanged is not None:
        if not quiet:
            click.echo(f"{unchanged} files in {click.format_filename(out)}, all up to date")
        return DONE
    times_at_start()
    drop_outdated_bytecode()
    from pipeline.early_crew import getting_ready

    # NumPy's matrix products use a thread per core, which costs more to start than they take here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    end_on_signals()
    try:
        with nullcontext(0) if cluster else getting_ready(request, rooms, jobs or cores()) as workers:
            from pipeline.build import build_files
            from pipeline.failure_list import failure_lines
            from pipeline.progress import Bar, Lines, Quiet

            progress = (Quiet if quiet else Bar if sys.stderr.isatty() else Lines)(verbose)
            outcome = build_files(
                request,
                out,
                progress,
                workers=workers,
                cluster=cluster,
                rooms=rooms,
                store=store,
                places=places,
                explain=explain,
            )
    except KeyboardInterrupt:
        click.echo("Stopped. Finished files are complete and in the manifest.", err=True)
        raise
    if not quiet:
        files = len(outcome.records)
        drawn = "" if outcome.drawn == files else f", {outcome.drawn or 'none'} of them drawn now"
        click.echo(f"{files} files in {click.format_filename(out)}{drawn}")
    if outcome.failures:
        click.echo(f"{len(outcome.failures)} could not be made:", err=True)
        for line in failure_lines(outcome.failures):
            click.echo(f"  {line}", err=True)
    return FAILED if outcome.failures else DONE


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
