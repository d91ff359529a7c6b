"""`xinpu`: parse, call, print. Answers go to standard output, everything else to standard error."""

import getpass
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from api import progress, render
from api.call import call, json_text, plain
from api.commands import Output, command_tree
from api.context import Context
from api.settings import read_settings
from api.verbs.verb import Verb
from graph_model.errors import UsageError, XinpuError

STOPPED = 130
WIDTH = 140  # of a table that goes into a pipe or a file


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: runs one command and ends the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 answered, 1 failed or not answered, 2 called wrongly."""
    try:
        outcome = command_tree(_execute, version=version("xinpu")).main(arguments, "xinpu", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except XinpuError as error:
        click.echo(f"xinpu: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("xinpu: stopped", err=True)
        return STOPPED


def _execute(verb: Verb, given: dict[str, Any], output: Output) -> int:
    settings = read_settings()
    parameters = verb.read(given)
    with progress.bar(shown=verb.name in ("ingest", "extract", "nlp predict") and sys.stderr.isatty()) as step:
        context = Context(settings, who=f"os:{getpass.getuser()}", face="cli", purpose=settings.purpose, progress=step, say=_say)
        try:
            result = call(verb, parameters, context)
        finally:
            context.close()
    try:
        _show(verb, result, output)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`): no error, and nothing more may be flushed into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return verb.exit_code(result)


def _say(message: str) -> None:
    click.echo(message, err=True)


def _show(verb: Verb, result: Any, output: Output) -> None:
    if output.file is not None:
        _to_file(result, output)
    elif verb.text:
        _to_terminal(result, output)
    elif output.json:
        click.echo(json_text(plain(result)))
    else:
        console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
        for part in render.parts(verb.name, plain(result)):
            console.print(part)


def _to_terminal(content: str | bytes, output: Output) -> None:
    if isinstance(content, bytes):
        if output.json or sys.stdout.isatty():
            raise UsageError("this format is a binary file; name it with --out")
        click.echo(content, nl=False)
    else:
        click.echo(json_text({"text": content}) if output.json else content, nl=output.json or not content.endswith("\n"))


def _to_file(content: str | bytes, output: Output) -> None:
    file, data = Path(str(output.file)), content.encode() if isinstance(content, str) else content
    if file.exists() and not output.force:
        raise UsageError(f"{file} is there already; --force writes over it")
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    if output.json:
        click.echo(json_text({"written": str(file), "bytes": len(data)}))
    else:
        _say(f"written: {file}")


if __name__ == "__main__":
    main()
