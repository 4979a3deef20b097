"""What all tests share: the checkout they test, and how Hypothesis looks for examples."""

import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.source import times_at_start

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


@pytest.fixture(scope="session")
def article(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole article, built once at draft quality on two processes, for all who look at it: they change nothing."""
    out, cache = tmp_path_factory.mktemp("article") / "out", tmp_path_factory.mktemp("cache")
    command = [sys.executable, str(checkout / "render.py"), "build", "-q", "--quality", "draft", "--jobs", "2"]
    environment = {**os.environ, "MPLCONFIGDIR": matplotlib_folder(), "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [*command, "--out", str(out)], capture_output=True, text=True, timeout=600, env=environment, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


def matplotlib_folder() -> str:
    """Where matplotlib keeps its list of fonts, which all tests share."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return os.environ.get("MPLCONFIGDIR") or str(usual / "matplotlib")


@pytest.fixture(autouse=True)
def own_sight() -> None:
    """What a test does to files of the project, or somebody else while tests run, is no other test's matter."""
    times_at_start.cache_clear()


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
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)  # else the C library keeps for itself what drawings and frames have left


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another test or this machine's user has built; matplotlib's list of fonts is shared."""
    monkeypatch.setenv("MPLCONFIGDIR", matplotlib_folder())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
