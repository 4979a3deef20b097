"""What waits for an encoder: in order, and never more bytes than the limit."""

import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline import film_backlog
from pipeline.film_backlog import Backlog

SOON, LONG = 0.05, 30.0


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_backlog, "LIMIT", 100)


@pytest.fixture
def aside() -> Iterator[Callable[..., threading.Event]]:
    """Does something in a thread of its own; the event is set when it is done."""
    threads = []

    def start(work: Callable[..., object], *arguments: object) -> threading.Event:
        done = threading.Event()
        threads.append(threading.Thread(target=lambda: (work(*arguments), done.set()), daemon=True))
        threads[-1].start()
        return done

    yield start
    for thread in threads:
        thread.join(LONG)
        assert not thread.is_alive()


def test_what_is_put_first_is_taken_first() -> None:
    backlog: Backlog[int] = Backlog()
    for item in range(5):
        backlog.put(item, 20)
    assert [backlog.take() for _ in range(5)] == [0, 1, 2, 3, 4]


def test_who_puts_more_than_the_limit_waits_until_there_is_room(aside: Callable[..., threading.Event]) -> None:
    backlog: Backlog[str] = Backlog()
    backlog.put("first", 60)
    backlog.put("second", 40)
    third = aside(backlog.put, "third", 1)
    assert not third.wait(SOON)
    assert backlog.take() == "first"
    assert third.wait(LONG)
    fourth = aside(backlog.put, "fourth", 60)
    assert not fourth.wait(SOON)
    assert (backlog.take(), backlog.take(), backlog.take()) == ("second", "third", "fourth")


def test_what_is_larger_than_the_limit_goes_alone(aside: Callable[..., threading.Event]) -> None:
    backlog: Backlog[str] = Backlog()
    assert aside(backlog.put, "huge", 1000).wait(LONG)
    after = aside(backlog.put, "after", 1)
    assert not after.wait(SOON)
    assert backlog.take() == "huge"
    assert after.wait(LONG)


def test_what_has_no_size_never_waits() -> None:
    backlog: Backlog[str | None] = Backlog()
    backlog.put("full", 100)
    backlog.put(None)
    assert (backlog.take(), backlog.take()) == ("full", None)


def test_who_takes_waits_for_something(aside: Callable[..., threading.Event]) -> None:
    backlog: Backlog[str] = Backlog()
    taken: list[str] = []
    done = aside(lambda: taken.append(backlog.take()))
    assert not done.wait(SOON)
    backlog.put("at last", 1)
    assert done.wait(LONG)
    assert taken == ["at last"]
