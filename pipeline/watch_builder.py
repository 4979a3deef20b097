"""The process of a preview that builds: it is asked over a pipe, and another takes its place when code was edited.

It runs none of our code before it knows what the files were, so that nothing old is ever drawn with.
"""

from __future__ import annotations

import pickle
import signal
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.bytecode import drop_outdated_bytecode
from pipeline.rooms import ROOT, Rooms, shown
from pipeline.source import times_at_start

if TYPE_CHECKING:
    from pipeline.plan import Request
    from pipeline.watch_stages import Seen


@dataclass(frozen=True)
class Commission:
    """What a builder builds, all its life: `request` names lessons, and perhaps drawings; its formats do not count."""

    request: Request
    rooms: Rooms
    out: Path
    scratch: Path
    nursery: str
    workers: int


@dataclass(frozen=True)
class Order:
    """Build what is not as it should be. `edits` counts edits: a later order with the same count is only about what to
    draw first. `edited` are the names of drawings whose files were edited.
    """

    seen: Seen
    edits: int = 0
    edited: frozenset[str] = frozenset()


@dataclass(frozen=True)
class News:
    """What a builder tells as it works. `page` says that the page is another, `over` that nothing is left to do.

    `mistakes` maps each sentence to the labels of what could not be drawn; None leaves them as they were.
    """

    doing: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    seconds: float = 0.0
    mistakes: dict[str, tuple[str, ...]] | None = None
    page: bool = False
    over: bool = False


def build_on_orders(pipe: Connection, commission: bytes) -> None:
    """Follow the orders that come through `pipe`, the last of them only, until nobody is at its other end.

    The pickled `commission` is not read before what it is made of can be loaded, as that may be broken now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C goes to all; the preview ends this one itself
    drop_outdated_bytecode()
    times_at_start()
    try:
        try:
            from pipeline.watch_round import Rounds

            asked: Commission = pickle.loads(commission)
        except Exception as error:
            pipe.send(News(mistakes={sentence(error): ()}, over=True))
            while True:
                pipe.recv_bytes()  # until it is replaced
        tempfile.tempdir = str(asked.scratch)
        rounds = Rounds(asked, pipe.send, _latest(pipe))
        try:
            while True:
                order = pipe.recv()
                while order is not None:
                    order = rounds.build(order)
        finally:
            rounds.end()
    except (EOFError, ConnectionError, FileNotFoundError):  # the preview is gone, or where processes are born
        return


def sentence(error: BaseException) -> str:
    """What is wrong with code of ours, with the file and line where it showed."""
    words = " ".join(str(getattr(error, "msg", error)).split())
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    ours = [(Path(file), line) for file, line in places if Path(file).is_relative_to(ROOT) and ".venv" not in file]
    where = f"{shown(ours[-1][0])}:{ours[-1][1]}: " if ours else ""
    return f"{where}{type(error).__name__}: {words}".rstrip(": ")


def _latest(pipe: Connection) -> Callable[[], Order | None]:
    """Gives the last of the orders that came meanwhile, or None."""

    def latest() -> Order | None:
        order = None
        while pipe.poll():
            order = pipe.recv()
        return order

    return latest
