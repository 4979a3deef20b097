"""The preview's web server: an output folder for this machine's own browser, and events when it changed."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from look import LANGUAGES, THEMES
from pipeline.request_error import RequestError
from pipeline.watch_stages import Seen

ADDRESS = "127.0.0.1"
"""Nobody else on the network can ask."""

HTTP = 80
"""The port of addresses that name none."""

ALIVE = 15.0
"""Seconds after which something is sent, so that a page that is gone is noticed."""

MOST_PLACES = 1000


class Board:
    """What all open pages are told: `facts`, which JSON can say, again whenever they change."""

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}
        self.changed = asyncio.Event()

    def tell(self, **facts: Any) -> None:
        """Change some of the facts; pages hear of it at once if they are not as they were."""
        if self.facts | facts != self.facts:
            self.facts = self.facts | facts
            changed, self.changed = self.changed, asyncio.Event()
            changed.set()


def open_server(
    out: Path, port: int, board: Board, page: Callable[[], tuple[str, int]], seen: Callable[[Seen], None]
) -> tuple[HTTPServer, int]:
    """Serve `out` and its `page`, a text and its version, which is told what `board` has.

    `seen` is called with what a reader looks at.
    The server and its port: that one, or for 0 any free one. Raises RequestError if the port is taken.
    """
    try:
        listener = socket.create_server((ADDRESS, port))
    except OSError as error:
        raise RequestError(
            f"Port {port} cannot be had ({os.strerror(error.errno or 0)}): choose another --port, or none."
        ) from error
    listener.setblocking(False)
    port = listener.getsockname()[1]
    names = (ADDRESS, "localhost")
    hosts = {f"{name}:{port}" for name in names} | set(names if port == HTTP else ())
    shared = {"hosts": frozenset(hosts)}
    application = Application(
        [
            ("/(?:index[.]html)?", PageHandler, shared | {"page": page}),
            ("/_watch/events", EventsHandler, shared | {"board": board}),
            ("/_watch/seen", SeenHandler, shared | {"seen": seen}),
            ("/(.*)", FileHandler, shared | {"path": str(out)}),
        ],
        log_function=lambda handler: None,
    )
    server = HTTPServer(application)
    server.add_socket(listener)
    return server, port


class OwnHandler(RequestHandler):
    """Answers only those who ask for this machine by its own name: a foreign page may let its name point here."""

    SUPPORTED_METHODS = ("GET", "HEAD")
    hosts: frozenset[str]

    def set_default_headers(self) -> None:
        """A page from elsewhere can neither read, embed nor frame what is here."""
        self.clear_header("Server")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> Awaitable[None] | None:
        """403 for any other name, and for what a page from elsewhere asks for."""
        if self.request.host not in self.hosts:
            raise HTTPError(403)
        site, mode = (self.request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Mode"))
        if site == "cross-site" and mode != "navigate":
            raise HTTPError(403)
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """The reason, and nothing of what is here."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")

    def log_exception(self, *error: Any) -> None:
        """What a browser should not have asked for is no news on the terminal; our own mistakes are."""
        if not isinstance(error[1], HTTPError):
            super().log_exception(*error)

    def head(self, *_: str) -> None:
        """Nothing to say about it."""


class PageHandler(OwnHandler):
    """The page itself."""

    def initialize(self, hosts: frozenset[str], page: Callable[[], tuple[str, int]]) -> None:
        """Take the server's names and what gives the page."""
        self.hosts, self.page = hosts, page

    def get(self) -> None:
        """As it is now."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        text, version = self.page()
        self.set_header("X-Version", str(version))
        self.finish(text)

    def head(self, *_: str) -> None:
        """The same; Tornado leaves the content out."""
        self.get()


class EventsHandler(OwnHandler):
    """Server-sent events: the board, whenever it changes."""

    def initialize(self, hosts: frozenset[str], board: Board) -> None:
        """Take the server's names and the board."""
        self.hosts, self.board = hosts, board
        self.gone = False

    def on_connection_close(self) -> None:
        """Nobody listens any more."""
        self.gone = True

    async def get(self) -> None:
        """Until nobody listens."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        told: dict[str, Any] | None = None
        try:
            while not self.gone:
                changed, facts = self.board.changed, self.board.facts
                self.write(":\n\n" if facts == told else f"data: {json.dumps(facts)}\n\n")
                await self.flush()
                told = facts
                try:
                    await asyncio.wait_for(changed.wait(), ALIVE)
                except TimeoutError:
                    continue
        except (StreamClosedError, asyncio.CancelledError):  # one of both ends has gone
            return


class SeenHandler(OwnHandler):
    """What a reader looks at: `?lang=en&theme=dark&at=article/output-size&at=…`."""

    def initialize(self, hosts: frozenset[str], seen: Callable[[Seen], None]) -> None:
        """Take the server's names and who wants to know."""
        self.hosts, self.seen = hosts, seen

    def get(self) -> None:
        """204; 400 for a look that there is not."""
        lang, theme = self.get_query_argument("lang", ""), self.get_query_argument("theme", "")
        places = self.get_query_arguments("at")
        if lang not in LANGUAGES or theme not in THEMES or len(places) > MOST_PLACES:
            raise HTTPError(400)
        self.seen(Seen(lang, theme, frozenset(places)))
        self.set_status(204)


class FileHandler(OwnHandler, StaticFileHandler):
    """The files of the folder, also in parts, so that films can be wound; no folders, and nothing that leads out."""

    def initialize(self, hosts: frozenset[str], path: str) -> None:  # type: ignore[override]
        """Take the server's names and the folder."""
        self.hosts = hosts
        StaticFileHandler.initialize(self, path)

    async def head(self, path: str) -> None:  # type: ignore[override]
        """As `get`, without the content."""
        await StaticFileHandler.head(self, path)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Where it is, links followed. 403 or 404 for anything but a file in the folder, and for hidden ones."""
        if any(part.startswith(".") for part in self.path.split("/")):
            raise HTTPError(404)
        try:
            return super().validate_absolute_path(root, absolute_path)
        except ValueError as error:  # no file can have such a name
            raise HTTPError(404) from error

    def compute_etag(self) -> str | None:
        """Tornado would keep the first file's for as long as it runs."""
        status = os.stat(str(self.absolute_path))
        return f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'

    def should_return_304(self) -> bool:
        """By the tag alone: by its time in whole seconds a film drawn twice in one would seem unchanged."""
        return self.check_etag_header()

    def get_modified_time(self) -> None:
        """None is told."""
        return


def page_url(port: int) -> str:
    """Where a browser finds the page."""
    return f"http://{ADDRESS}:{port}/"
