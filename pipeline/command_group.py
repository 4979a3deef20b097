"""How the commands end: exit codes, and one sentence for a mistake."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn, cast

import click

from look.words import WordsError
from pipeline.held_signals import ENDING
from pipeline.request_error import RequestError, close_to

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class Commands(click.Group):
    """A group whose user errors are one sentence on standard error and exit code 2, and whose Ctrl-C is quiet: 130."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named. A usage error that tells the nearest."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            ctx.fail(f"There is no command '{name}': `--help` lists them.{close_to(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command and exit with its code."""
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show × gets a question mark, not a traceback.
            if stream is not None:  # closed by whoever called
                cast(TextIOWrapper, stream).reconfigure(errors="replace")
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.ClickException as error:
            click.echo(f"Error: {_with_move(error)}", err=True)
            code = BAD_INPUT
        except (RequestError, WordsError) as error:
            click.echo(f"Error: {error}", err=True)
            code = BAD_INPUT
        except click.Abort:  # Ctrl-C
            code = INTERRUPTED
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            click.echo("Error: what was printed could not be written: the device is full", err=True)
            code = BAD_INPUT
        if standalone_mode:
            sys.exit(code or DONE)
        return code


def _with_move(error: click.ClickException) -> str:
    """The message, and where to look where click only says what is wrong."""
    message = error.format_message()
    bare = isinstance(error, click.MissingParameter | click.BadOptionUsage) or message.startswith("Got unexpected")
    bare |= isinstance(error, click.NoSuchOption) and not error.possibilities
    if not bare or not isinstance(error, click.UsageError):
        return message
    command = f"{error.ctx.command_path} --help" if error.ctx else "--help"
    return f"{message.rstrip('.')}: `{command}` shows what goes where."


def end_on_signals() -> None:
    """From now on a signal to end, or a terminal that closes, lets files and processes be cleared away first."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(number, stop)


def stop(number: int, frame: object) -> NoReturn:
    """End as on Ctrl-C, but with the code that the signal calls for."""
    sys.exit(128 + number)
