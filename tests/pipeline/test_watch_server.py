"""The preview's server: this machine's own browser gets the files of one folder, and nobody gets anything else."""

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline import watch_server
from pipeline.request_error import RequestError
from pipeline.rooms import ROOT
from pipeline.watch_server import Board, open_server, page_url
from pipeline.watch_stages import Seen

FILM = bytes(range(256)) * 40


@dataclass
class Serving:
    """A server in a thread, and what it heard."""

    out: Path
    port: int = 0
    board: Board = field(default_factory=Board)
    seen: list[Seen] = field(default_factory=list)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a request, the path sent as it is. Headers' names have `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def status(self, path: str, method: str = "GET", **headers: str) -> int:
        """The status alone."""
        return self.ask(path, method, **headers)[0].status


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    out = tmp_path / "out"
    (out / "article").mkdir(parents=True)
    (out / "article" / "film.mp4").write_bytes(FILM)
    (out / "article" / ".film.part").write_bytes(b"half")
    (out / ".hidden").mkdir()
    (out / ".hidden" / "file.txt").write_text("hidden")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "out-of-it").mkdir()
    (tmp_path / "out-of-it" / "secret.txt").write_text("secret")
    (out / "article" / "away.txt").symlink_to(tmp_path / "secret.txt")
    (out / "article" / "elsewhere").symlink_to(tmp_path)
    (out / "article" / "here.mp4").symlink_to(out / "article" / "film.mp4")
    with Running(Serving(out)) as serving:
        yield serving


class Running:
    """Runs the server as long as it is entered."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    def __enter__(self) -> Serving:
        up = threading.Event()

        async def serve() -> None:
            self.loop, self.done = asyncio.get_running_loop(), asyncio.Event()
            serving = self.serving
            page = lambda: ("<p>page</p>", 7)  # noqa: E731
            server, serving.port = open_server(serving.out, serving.port, serving.board, page, serving.seen.append)
            up.set()
            await self.done.wait()
            server.stop()
            await server.close_all_connections()

        self.thread = threading.Thread(target=asyncio.run, args=(serve(),))
        self.thread.start()
        assert up.wait(60)
        return self.serving

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.done.set)
        self.thread.join()


def test_the_page_and_files_are_served(serving: Serving) -> None:
    for path in ("/", "/index.html"):
        answer, content = serving.ask(path)
        assert (answer.status, content, answer.getheader("X-Version")) == (200, b"<p>page</p>", "7")
    answer, content = serving.ask("/article/film.mp4?v=3")
    assert (answer.status, content, answer.getheader("Content-Type")) == (200, FILM, "video/mp4")
    assert serving.ask("/article/here.mp4")[1] == FILM
    answer, content = serving.ask("/article/film.mp4", "HEAD")
    assert (answer.status, content, answer.getheader("Content-Length")) == (200, b"", str(len(FILM)))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-", 0, len(FILM) - 1), ("bytes=100-199", 100, 199), ("bytes=-10", len(FILM) - 10, len(FILM) - 1)],
)
def test_a_film_is_served_in_parts(serving: Serving, asked: str, first: int, last: int) -> None:
    answer, content = serving.ask("/article/film.mp4", Range=asked)
    assert content == FILM[first : last + 1]
    if len(content) < len(FILM):
        assert (answer.status, answer.getheader("Content-Range")) == (206, f"bytes {first}-{last}/{len(FILM)}")


def test_a_part_after_the_end_is_refused(serving: Serving) -> None:
    assert serving.status("/article/film.mp4", Range=f"bytes={len(FILM)}-") == 416


@pytest.mark.parametrize(
    "path",
    [
        "/article",
        "/article/",
        "//",
        "/../secret.txt",
        "/article/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/article/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fout-of-it/secret.txt",
        "/..%5csecret.txt",
        "/article/away.txt",
        "/article/elsewhere/secret.txt",
        "/article/.film.part",
        "/.hidden/file.txt",
        "/%2ehidden/file.txt",
        "/article/film.mp4%00.txt",
        "/%2Fetc/passwd",
        "//etc/passwd",
        "/article/nothing.svg",
    ],
)
def test_there_is_nothing_else(serving: Serving, path: str) -> None:
    answer, content = serving.ask(path)
    assert answer.status in (403, 404)
    assert b"secret" not in content
    assert str(serving.out).encode() not in content


@pytest.mark.parametrize("path", ["/", "/article/film.mp4", "/_watch/events", "/_watch/seen?lang=en&theme=dark"])
@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "[::1]:{port}", ""]
)
def test_only_this_machines_own_names_are_answered(serving: Serving, path: str, name: str) -> None:
    assert serving.status(path, Host=name.format(port=serving.port)) in (400, 403)
    assert serving.seen == []


@pytest.mark.parametrize("name", ["127.0.0.1:{port}", "localhost:{port}"])
def test_both_of_its_names_are_answered(serving: Serving, name: str) -> None:
    assert serving.status("/", Host=name.format(port=serving.port)) == 200


def test_at_the_port_of_http_a_browser_names_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(watch_server, "HTTP", port)
    with Running(Serving(tmp_path, port)) as serving:
        for name in ("127.0.0.1", "localhost", f"localhost:{port}"):
            assert serving.status("/", Host=name) == 200
        for name in ("evil.example", "localhost:1", "127.0.0.2"):
            assert serving.status("/", Host=name) == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/article/film.mp4", "/_watch/seen"])
def test_nothing_can_be_changed(serving: Serving, method: str, path: str) -> None:
    assert serving.status(path, method) == 405


def test_a_page_from_elsewhere_gets_nothing(serving: Serving) -> None:
    assert serving.status("/article/film.mp4", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors") == 403
    assert serving.status("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate") == 200
    answer, _ = serving.ask("/article/film.mp4")
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"


def test_a_file_drawn_twice_in_a_moment_is_another_one(serving: Serving) -> None:
    path = serving.out / "article" / "film.mp4"
    tag = str(serving.ask("/article/film.mp4")[0].getheader("ETag"))
    assert serving.status("/article/film.mp4", If_None_Match=tag) == 304
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    other = path.with_name("other")
    other.write_bytes(FILM[::-1])
    other.replace(path)
    os.utime(path, ns=times)
    answer, content = serving.ask("/article/film.mp4", If_None_Match=tag)
    assert (answer.status, content) == (200, FILM[::-1])
    late = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert serving.status("/article/film.mp4", If_Modified_Since=late) == 200


def test_it_is_told_what_a_reader_looks_at(serving: Serving) -> None:
    assert serving.status("/_watch/seen?lang=zh&theme=dark&at=article/a&at=article/b") == 204
    assert serving.seen == [Seen("zh", "dark", frozenset(("article/a", "article/b")))]
    assert serving.status("/_watch/seen?lang=fr&theme=dark") == 400
    assert len(serving.seen) == 1


def test_open_pages_are_told_what_is_new(serving: Serving) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=60)
    connection.request("GET", "/_watch/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"

    def told() -> dict[str, object]:
        line, end = answer.readline(), answer.readline()
        assert end == b"\n"
        facts = json.loads(line.removeprefix(b"data: "))
        assert isinstance(facts, dict)
        return facts

    assert told() == {}
    for number in range(3):
        serving.board.tell(version=number)
        assert told() == {"version": number}
    connection.close()


def test_a_port_that_is_taken_is_said(serving: Serving) -> None:
    with pytest.raises(RequestError, match=rf"^Port {serving.port} cannot be had \(.+\): choose another --port"):
        open_server(serving.out, serving.port, Board(), lambda: ("", 0), serving.seen.append)


def test_it_is_not_on_the_network(serving: Serving) -> None:
    assert urlsplit(page_url(serving.port)).hostname == "127.0.0.1"
    bound = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{serving.port:04X}") and line.split()[3] == "0A"
    ]
    assert bound == [f"0100007F:{serving.port:04X}"]


def test_a_folder_too_deep_for_addresses_is_said(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    done = subprocess.run(
        [sys.executable, "render.py", "watch", "article"],
        cwd=ROOT, env=os.environ | {"TMPDIR": str(deep)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    why = f"cannot have an address in {deep} (AF_UNIX path too long): set TMPDIR to a shorter path."
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Error: The preview's processes {why}\n")
