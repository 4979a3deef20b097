"""What a command prints, to a reader who may leave before its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable


def print_pieces(pieces: Iterable[str]) -> None:
    """Write text as it comes. A reader who has seen enough, as `| head` has, ends the command: that is no failure."""
    try:
        for piece in pieces:
            if sys.stdout is not None:  # closed by whoever called, as click.echo has it
                sys.stdout.write(piece)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer goes nowhere, or the interpreter would fail once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
