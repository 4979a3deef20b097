from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from render import cli
from tests.pipeline._studio import Studio


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """Rooms of one's own, with the working folder beside them."""
    monkeypatch.chdir(tmp_path)
    return Studio(tmp_path / "studio")


@pytest.fixture
def run(studio: Studio) -> Callable[..., Result]:
    """Runs a command line against the studio's rooms."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments, obj=studio.rooms)

    return run
