from pathlib import Path

import pytest

from tests.pipeline._studio import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """Rooms of one's own with a lesson called article."""
    return Studio(tmp_path / "studio")
