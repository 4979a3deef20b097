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


def test_a_lesson_about_one_operation_loads_nothing_that_reads_networks():
    code = (
        "import sys; from core import load_any_lesson; from pipeline.artifacts import trace_for\n"
        "trace_for(load_any_lesson('lessons/article.toml')).output\n"
        "print(*(name for name in sys.modules if name.startswith('core.network_')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == ["core.network_errors", "core.network_lesson"]


def test_every_name_the_core_offers_is_there_and_documented():
    import core

    for name in core.__all__:
        assert getattr(core, name).__doc__, name
