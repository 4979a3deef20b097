"""The command line ends at once, with its exit code, what it said, and everybody's farewells."""

import subprocess
import sys
from pathlib import Path

import pytest

WORDS = """
import atexit, sys
from pipeline.prompt_end import ending_promptly
class Slow:
    def __del__(self): print("taken apart")
slow = Slow()
with ending_promptly():
    atexit.register(lambda: print("farewell"))
    print("said", end=" ")
    {end}
"""


@pytest.mark.parametrize(
    ("end", "code"),
    [("pass", 0), ("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(2)", 2), ("sys.exit('why')", 1), ("1 / 0", 1)],
)
def test_a_process_ends_with_its_code_and_all_it_said(checkout: Path, end: str, code: int) -> None:
    run = subprocess.run([sys.executable, "-c", WORDS.format(end=end)], cwd=checkout, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (code, "said farewell\n")
    assert ("ZeroDivisionError" in run.stderr, "why" in run.stderr) == ("/" in end, "why" in end)


def test_a_closed_stream_changes_nothing(checkout: Path) -> None:
    program = WORDS.format(end="sys.stdout.close(); sys.exit(2)").replace('print("farewell")', "None")
    run = subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (2, "said ", "")
