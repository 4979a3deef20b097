"""What all tests share: the checkout they test, and how Hypothesis looks for examples."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.source import first_seen

# The same examples on every run, so that only a change turns a test red; `--hypothesis-profile=search` seeks new ones.
settings.register_profile("repeat", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=1000, deadline=None, database=None)
# `--hypothesis-profile=thorough` on tests/core draws more than 50,000 new ones, in some ten minutes.
settings.register_profile("thorough", max_examples=1200, deadline=None, database=None)
settings.load_profile("repeat")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What builds the whole article goes first: the longest must not be the last to begin, with nobody to share it."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.parent != here)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `render.py` and the rooms."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def own_sight() -> None:
    """What a test does to files of the project, or somebody else while tests run, is no other test's matter."""
    first_seen.cache_clear()


@pytest.fixture(autouse=True, scope="module")
def own_films(request: pytest.FixtureRequest) -> Iterator[None]:
    """The films and drawings that the tests of one file share go with it: those of all files fill gigabytes."""
    yield
    kept = [value for value in vars(request.module).values() if hasattr(value, "cache_clear")]
    own = [value for value in kept if value.__module__ == request.module.__name__ and value.cache_info().currsize]
    for value in own:
        value.cache_clear()
    if own:
        gc.collect()  # scenes and figures are full of circles


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another test or this machine's user has built; matplotlib's list of fonts is shared."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    monkeypatch.setenv("MPLCONFIGDIR", os.environ.get("MPLCONFIGDIR") or str(usual / "matplotlib"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
