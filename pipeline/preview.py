"""The preview: a server for the page, a builder that draws what edits made stale, and an eye on the files."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import signal
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from look.words import load_words
from pipeline.held_signals import deaf_to_ctrl_c
from pipeline.local_crew import no_main_file
from pipeline.watch_builder import Commission, News, Order, build_on_orders
from pipeline.watch_files import Edit, edit_of, watched_folders
from pipeline.watch_nursery import close_nursery
from pipeline.watch_page import watched_page
from pipeline.watch_server import Board, open_server, page_url
from pipeline.watch_stages import Seen

STEP, MOST = 15, 120
"""Milliseconds: an edit is over when so long nothing more changes, and at the latest after so long."""

PATIENCE = 0.5
"""Seconds that a builder has to end by itself."""

FEW = 3
"""So many drawings are named on the terminal; of more, their number is said."""

DIED = "the process that draws was killed, or crashed; memory may have run out: any edit starts another"


class Preview:
    """A preview of what a `commission` builds. `say` takes a line for the terminal."""

    def __init__(self, commission: Commission, say: Callable[[str], None]) -> None:
        self.commission, self.say = commission, say
        self.board = Board()
        self.board.tell(version=0, mistakes={}, doing=[])
        self.seen = Seen()
        self.builder: Builder | None = None
        self.stopped = asyncio.Event()
        self.edits = 0
        self.edited: frozenset[str] = frozenset()

    async def run(self, port: int, *, browser: bool = False) -> None:
        """Serve at `port` (0: any) until Ctrl-C, SIGTERM or SIGHUP. Raises RequestError if the port is taken."""
        server, port = open_server(self.commission.out, port, self.board, self._page, self._look)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopped.set)
        try:
            self.say(f"{page_url(port)} shows {self._named()}, and follows your edits. Ctrl-C ends it.")
            self._order()
            if browser:
                await asyncio.to_thread(webbrowser.open, page_url(port))
            async for edit in self._edits():
                self._edit(edit)
        finally:
            server.stop()
            if self.builder:
                self.builder.end()
                await asyncio.wait({self.builder.gone}, timeout=PATIENCE)
            close_nursery()

    def _named(self) -> str:
        request = self.commission.request
        drawings = f"{' and '.join(request.only)} of " if request.only else ""
        return drawings + " and ".join(Path(lesson).stem for lesson in request.lessons)

    async def _edits(self) -> AsyncIterator[Edit]:
        request, rooms = self.commission.request, self.commission.rooms
        while not self.stopped.is_set():
            folders = watched_folders(request, rooms)
            changes = awatch(
                *folders,
                watch_filter=DefaultFilter(ignore_dirs=(), ignore_entity_patterns=(r"\.py[cod]$", r"~$", r"\.sw.$")),
                debounce=MOST,
                step=STEP,
                stop_event=self.stopped,
                recursive=False,
                ignore_permission_denied=True,
            )
            async for found in changes:
                edit = edit_of((path for _, path in found), request, rooms)
                if edit is not None:
                    yield edit
                if watched_folders(request, rooms) != folders:  # a lesson names a file elsewhere, or no longer
                    break

    def _edit(self, edit: Edit) -> None:
        self.say(f"{time.strftime('%H:%M:%S')} {', '.join(edit.files)} edited")
        load_words.cache_clear()
        if edit.code and self.builder:
            self.builder.end()
            self.builder = None
        self.edits += 1
        self.edited |= edit.drawings
        self._order()

    def _order(self) -> None:
        if self.builder is None:
            self.builder = Builder(self.commission, self._hear)
        self.builder.order(Order(self.seen, self.edits, self.edited))

    def _look(self, seen: Seen) -> None:
        """A reader looks at something else: what waits to be drawn is put in another order."""
        if seen != self.seen:
            self.seen = seen
            if self.builder and self.builder.busy:
                self._order()

    def _page(self) -> tuple[str, int]:
        version: int = self.board.facts["version"]
        return watched_page(self.commission.out, version), version

    def _hear(self, news: News | None) -> None:
        """From the builder; None when it is gone."""
        if news is None:
            self.builder = None
            news = News(mistakes={DIED: ()}, over=True)
        if news.drawn:
            drawn = ", ".join(news.drawn) if len(news.drawn) <= FEW else f"{len(news.drawn)} drawings"
            self.say(f"  {drawn} in {news.seconds:.2f} s")
        if news.mistakes is not None:
            for sentence in news.mistakes.keys() - self.board.facts["mistakes"].keys():
                print(f"Error: {sentence}", file=sys.stderr, flush=True)
            self.board.tell(mistakes={text: list(labels) for text, labels in news.mistakes.items()})
        if news.page:
            self.board.tell(version=max(time.time_ns() // 1_000_000, self.board.facts["version"] + 1))
        self.board.tell(doing=list(news.doing))
        if news.over:
            self.edited = frozenset()


class Builder:
    """A process that builds, from its start to its end. `hear` gets its news, and None if it ends by itself."""

    def __init__(self, commission: Commission, hear: Callable[[News | None], None]) -> None:
        self.hear = hear
        self.busy = False
        context = get_context("forkserver")
        self.pipe, self.theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=build_on_orders, args=(self.theirs, pickle.dumps(commission))
        )
        loop = asyncio.get_running_loop()
        loop.add_reader(self.pipe.fileno(), self._read)
        self.started = loop.run_in_executor(None, self._start)  # it waits for the libraries; the page does not

    def order(self, order: Order) -> None:
        """Have it build; what it has not begun of an earlier order is dropped."""
        self.busy = True
        with contextlib.suppress(OSError):  # it is gone, and that is heard too
            self.pipe.send(order)

    def end(self) -> None:
        """Let it end, with all that it has started, soon; `gone` is done when it is."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.pipe.fileno())
        self.pipe.close()
        self.gone = loop.create_task(self._wait())

    def _start(self) -> None:
        with deaf_to_ctrl_c(), no_main_file():
            self.process.start()
        self.theirs.close()

    async def _wait(self) -> None:
        with contextlib.suppress(EOFError):  # it was never born
            await self.started
            await asyncio.to_thread(self._bury)

    def _bury(self) -> None:
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()

    def _read(self) -> None:
        while (news := self._received()) is not None:
            self.busy = not news.over
            self.hear(news)

    def _received(self) -> News | None:
        """What waits in the pipe, or None; the builder's end is heard too."""
        try:
            if not self.pipe.closed and self.pipe.poll():
                news: News = self.pipe.recv()
                return news
        except (EOFError, OSError):
            self.end()
            self.hear(None)
        return None
