"""The core needs NumPy and the standard library, nothing else."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_importing_and_using_the_core_loads_nothing_but_numpy():
    code = (
        "import sys; before = set(sys.modules); import core\n"
        "trace = core.Trace(core.load_lesson('lessons/article.toml'))\n"
        "trace.output, trace.im2col.result, trace.field.paths, trace.lesson.digest\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["core", "numpy"]


def test_every_name_the_core_offers_is_there_and_documented():
    import core

    for name in core.__all__:
        assert getattr(core, name).__doc__, name
