"""The command `watch`: parses, calls, prints."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from pipeline.build_command import cores
from pipeline.command_examples import WATCH_EXAMPLES
from pipeline.command_group import DONE, end_on_signals
from pipeline.completion import complete_targets
from pipeline.option_types import Whole
from pipeline.plan import Request
from pipeline.rooms import Rooms

if TYPE_CHECKING:
    from pipeline.watch_builder import Commission


@click.command(epilog=WATCH_EXAMPLES, short_help="Show a page that follows your edits.")
@click.argument("targets", nargs=-1, metavar="[LESSON|SCENE|FIGURE]...", shell_complete=complete_targets)
@click.option("--lang", multiple=True, type=click.Choice(Request.langs), help="Only this language; may be given again.")
@click.option("--theme", multiple=True, type=click.Choice(Request.themes), help="Only this theme; may be given again.")
@click.option("--port", type=Whole(1, 65535), metavar="N", help="Serve at this port [default: any free one]")
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
@click.option("-j", "--jobs", type=Whole(1), metavar="N", help="Processes at once [default: one per core]")
@click.pass_obj
def watch(
    rooms: Rooms,
    targets: tuple[str, ...],
    lang: tuple[str, ...],
    theme: tuple[str, ...],
    port: int | None,
    browser: bool,
    jobs: int | None,
) -> int:
    """Serve the gallery to this machine's browser, and draw again what an edit made stale.

    A LESSON is a name or a path as for `build`; a SCENE or FIGURE is a name or its file, and then only that is shown.
    Without any, it is the whole article. Saving a lesson, a scene, a figure, words or anything that they use changes
    just what depends on it in the open page, first what is on screen. A mistake is said in the page, where the last
    good picture stays until it is mended.

    Films are drawn in draft quality, into a folder of the preview's own that goes when it ends: nothing of `build` is
    touched. Ctrl-C ends it.
    """
    import asyncio

    from pipeline.scratch import scratch_folder
    from pipeline.watch_builder import Commission
    from pipeline.watch_nursery import close_nursery, open_nursery
    from pipeline.watch_targets import read_targets

    asked = Request(langs=lang or Request.langs, themes=theme or Request.themes, quality="draft")
    request = read_targets(targets, asked, rooms)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `build` has it
    end_on_signals()
    nursery = open_nursery()
    try:
        with scratch_folder() as scratch:
            for name in ("out", "work"):
                (scratch / name).mkdir()
            commission = Commission(request, rooms, scratch / "out", scratch / "work", nursery, jobs or cores())
            asyncio.run(_preview(commission, port or 0, browser))
    finally:
        close_nursery()
    return DONE


async def _preview(commission: Commission, port: int, browser: bool) -> None:
    from pipeline.preview import Preview

    await Preview(commission, click.echo).run(port, browser=browser)
