"""The command `gangwei`: finds the command that was called, loads it and nothing else, and says plainly what failed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final

import click

from gangwei.commands.terminal import one_line
from gangwei.errors import GangweiError

WRONG_CALL: Final = 2
INTERNAL: Final = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED: Final = 130  # 128 + SIGINT
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE
# The collector looks at what is new after so many objects, not after seven hundred: what a command loads stays, and
# documents leave next to nothing in circles.
_COLLECT: Final = 50_000


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; its help comes from the table `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"gangwei.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # 30 ms that only this option needs

        click.echo(f"gangwei {version('gangwei')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="The version."
)
@click.option("--traceback", is_flag=True, expose_value=False, hidden=True, help="Let exceptions through.")
def cli() -> None:
    """Read Chinese documents that describe posts and write what they say as tables."""


def main(args: Sequence[str] | None = None) -> int:
    """The exit status of a call, of this process's own where none is given; a command returns its own, None for 0."""
    if args is not None:
        return _called(list(args))
    gc.set_threshold(_COLLECT)
    try:
        return _called(sys.argv[1:])
    finally:
        gc.freeze()  # what is left goes with the process: to look through it once more takes a tenth of a second


def _called(words: list[str]) -> int:
    _let_anything_be_printed()
    try:
        with cli.make_context("gangwei", list(words)) as context:
            status = cli.invoke(context)
            sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("gangwei: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough (`gangwei show … | head`); keep the interpreter from flushing at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except GangweiError as error:
        lines = str(error).splitlines() or [type(error).__name__]  # a RuleError has a line for each fault
        for line in lines:
            click.echo(f"gangwei: {one_line(line)}", err=True)
        return WRONG_CALL
    except Exception as error:  # the last door: a person gets a line, not a traceback
        if "--traceback" in words[:1]:
            raise
        click.echo(
            f"gangwei: a fault of gangwei's own, {type(error).__name__}: {one_line(str(error))}. "
            "Please report it with the call and, if you may share it, the document.",
            err=True,
        )
        return INTERNAL


def _let_anything_be_printed() -> None:
    """A terminal of another encoding, or half a character in a file name, must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


# A command's name is its module's in `gangwei.commands`; the line beside it is what `gangwei --help` says.
COMMANDS: Final = {
    "extract": "Read documents and write what they say as tables.",
    "show": "Show one document in colour, its roles, and why a value was taken.",
    "compare": "Compare what roles do across documents and companies.",
    "organise": "Write who stands above whom, and posts by a taxonomy.",
    "report": "Write one HTML page on the tables of a run.",
    "serve": "Open a web page to upload, look, correct, compare and download.",
    "evaluate": "Score tables against gold, by field, layout and document.",
    "rules": "Check rule files.",
    "synth": "Make hard documents with known gold.",
}
