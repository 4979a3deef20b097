#!/usr/bin/env python3
"""The command line: parses, calls, prints. `python render.py --help` tells the rest."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while the rest is loaded ends it at once, without a traceback

import click

from pipeline.build_command import build, cores
from pipeline.bytecode import drop_outdated_bytecode
from pipeline.command_examples import (
    CACHE_EXAMPLES,
    DOCTOR_EXAMPLES,
    GALLERY_EXAMPLES,
    LIST_EXAMPLES,
    MAIN_EXAMPLES,
    TRACE_EXAMPLES,
    VERIFY_EXAMPLES,
)
from pipeline.command_group import DONE, FAILED, Commands, end_on_signals
from pipeline.completion import complete_lessons
from pipeline.field_command import field
from pipeline.folder_type import Folder
from pipeline.option_types import Whole
from pipeline.printing import print_pieces
from pipeline.prompt_end import ending_promptly
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms
from pipeline.watch_command import watch


def show_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    """Print the version from pyproject.toml."""
    if asked and not ctx.resilient_parsing:
        from pipeline.doctor import version

        click.echo(f"convscan {version()}")
        ctx.exit()


@click.group(
    cls=Commands,
    epilog=MAIN_EXAMPLES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Explain convolution: one lesson in; films, figures, share cards, tables and captions out."""
    ctx.obj = ctx.obj or Rooms()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command("list", epilog=LIST_EXAMPLES, short_help="List what can be drawn, and the lessons.")
@click.argument("lesson", required=False, shell_complete=complete_lessons)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def list_command(rooms: Rooms, lesson: str | None, as_json: bool) -> None:
    """List the films, figures, share cards, tables and lessons, with their captions; or what can be drawn of LESSON.

    A file that cannot be used is listed as BROKEN, with the reason.
    """
    from pipeline.catalogue import read_catalogue
    from pipeline.listing import lesson_json, lesson_lines, list_json, list_lines

    catalogue = read_catalogue(rooms)
    if lesson is not None:
        from pipeline.build import load_lessons

        (loaded,) = load_lessons([lesson], rooms)
        lines = iter([lesson_json(catalogue, loaded)]) if as_json else lesson_lines(catalogue, loaded)
    else:
        lines = iter([list_json(catalogue)]) if as_json else list_lines(catalogue)
    print_pieces(f"{line}\n" for line in lines)


cli.add_command(build)
cli.add_command(field)
cli.add_command(watch)


@cli.command(epilog=TRACE_EXAMPLES, short_help="Print what a lesson's scan computes.")
@click.argument("lesson", shell_complete=complete_lessons)
@click.option("--json", "as_json", is_flag=True, help="Every step as one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="The output values as row,col,value.")
@click.pass_obj
def trace(rooms: Rooms, lesson: str, as_json: bool, as_csv: bool) -> None:
    """Print what the scan of LESSON computes: sizes, output and the highlighted step.

    With --json it is one object with output_size, output, im2col_shape, im2col and steps, its lists nested as in the
    lesson. Each step has index, cell and patch; then products, or of a max pool winner and winner_index, or of an
    average pool sum and divisor; then value. A max pool also has winners, an average pool divisors, and a transposed
    convolution overlaps and stamps (each index, cell, value, products, rows and cols), its steps being the gather. A
    separable convolution has two such objects, depthwise and pointwise, weight_counts and product_counts.
    """
    from pipeline.trace_print import trace_pieces

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other: choose one.")
    print_pieces(trace_pieces(lesson, "json" if as_json else "csv" if as_csv else "text", rooms))


@cli.command(epilog=VERIFY_EXAMPLES, short_help="Check that the files are what was built.")
@click.argument("lessons", nargs=-1, metavar="[LESSON]...", shell_complete=complete_lessons)
@click.option("--rebuild", is_flag=True, help="Draw everything again, aside, and compare.")
@click.option("--out", default="out", show_default=True, metavar="DIR", type=Folder(), help="The output folder.")
@click.option("-j", "--jobs", type=Whole(1), metavar="N", help="Processes at once [default: one per core]")
@click.pass_obj
def verify(rooms: Rooms, lessons: tuple[str, ...], rebuild: bool, out: Path, jobs: int | None) -> int:
    """Check the files in the output folder against its manifest; of all lessons, or of those named.

    A file that differs is named, with the place: the first frame and its time, node, line, key, pixel or byte. With
    --rebuild, everything is also drawn again in a folder of its own, without the store, and must come out the same.

    Exit code 0: all is as it was built; 1: something differs; 2: a mistake in what was asked.
    """
    drop_outdated_bytecode()
    from pipeline.progress import Bar, Quiet
    from pipeline.store import usual_store
    from pipeline.verification import check_files, check_rebuilt, entries_of

    end_on_signals()
    entries = entries_of(out, lessons, rooms)
    wrong = set()
    progress = (Bar if sys.stderr.isatty() else Quiet)(False)
    again = check_rebuilt(out, entries, lessons, rooms, jobs or cores(), progress) if rebuild else iter(())
    for finding in (*check_files(out, entries, usual_store()), *again):
        click.echo(f"{finding.file} {finding.wrong}")
        wrong.add(finding.file)
    asked = "built again and compared" if rebuild else "compared with the manifest"
    click.echo(f"{len(entries)} files {asked}: {f'{len(wrong)} differ' if wrong else 'all are right'}")
    return FAILED if wrong else DONE


@cli.command(epilog=GALLERY_EXAMPLES, short_help="Write the page that shows what was built.")
@click.option("--out", default="out", show_default=True, metavar="DIR", type=Folder(), help="The output folder.")
def gallery(out: Path) -> None:
    """Write DIR/index.html, the page that shows everything that is built in the folder: `build` does it too.

    It opens from the disk as well as from any web host, which then wants the whole folder. A page of other origin that
    is in the way is kept as FILE.kept.
    """
    from pipeline.manifest import built_entries
    from pipeline.pages import GALLERY, write_pages

    built_entries(out)
    write_pages(out, lambda text: click.echo(text, err=True))
    click.echo(click.format_filename(out / GALLERY))


@cli.command(epilog=CACHE_EXAMPLES, short_help="Show, limit or empty the store of what was drawn.")
@click.option("--info", is_flag=True, help="Say where it is and what it holds; the default.")
@click.option("--limit", metavar="SIZE", help="Hold at most this, such as 500M; the least recently used goes first.")
@click.option("--clear", is_flag=True, help="Forget all that was drawn.")
def cache(info: bool, limit: str | None, clear: bool) -> None:
    """Show, limit or empty the store of what was drawn, in $XDG_CACHE_HOME/convscan or ~/.cache/convscan.

    Builds take from it what did not change, also from another checkout. Every file is checked by its SHA-256 when it is
    read, so it may be deleted, or shared between machines, at any time.
    """
    from pipeline.store import bytes_of, shown_size, usual_store

    store = usual_store()
    try:
        if limit is not None:
            store.set_limit(bytes_of(limit))
        if clear:
            store.clear()
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="'--limit'") from error
    except OSError as error:
        raise RequestError(
            f"{error.filename or store.root} cannot be written ({error.strerror}): "
            "set XDG_CACHE_HOME to another folder."
        ) from error
    if info or not (clear or limit is not None):
        usage = store.usage()
        held = f"{shown_size(usage.bytes)} of at most {shown_size(usage.limit)}"
        click.echo(f"{click.format_filename(store.root)}: {usage.files} files, {held}")


@cli.command(epilog=DOCTOR_EXAMPLES, short_help="Say what is installed, and how to mend what is not.")
def doctor() -> int:
    """Say what is installed, what is missing and how to mend it. Exit code 1 if something is missing."""
    from pipeline.doctor import examine

    missing = 0
    for check in examine():
        missing += not check.ok
        click.echo(f"{'ok' if check.ok else 'MISSING':<8} {check.name:<22} {check.found}")
        if not check.ok:
            click.echo(f"{'':<8} {'':<22} {check.remedy}")
    return FAILED if missing else DONE


if __name__ == "__main__":
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with ending_promptly():
        cli(prog_name="render.py")
