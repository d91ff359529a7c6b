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


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: runs one command and ends the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 answered, 1 failed or not answered, 2 called wrongly."""
    try:
        outcome = command_tree(_execute, version=version("xinpu")).main(arguments, "xinpu", standalone_mode=False)
        sys.stdout.flush()
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
    except BrokenPipeError:
        # The reader has seen enough (`| head`): no error, and nothing more may be flushed into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _execute(verb: Verb, given: dict[str, Any], output: Output) -> None:
    settings = read_settings()
    parameters = verb.read(given)
    with progress.bar(shown=verb.name == "ingest" and sys.stderr.isatty()) as step:
        context = Context(settings, who=f"os:{getpass.getuser()}", face="cli", purpose=settings.purpose, progress=step, say=_say)
        try:
            result = call(verb, parameters, context)
        finally:
            context.close()
    _show(verb, result, output)


def _say(message: str) -> None:
    click.echo(message, err=True)


def _show(verb: Verb, result: Any, output: Output) -> None:
    if output.file is not None:
        written = _write(Path(output.file), str(result), force=output.force)
        click.echo(json_text({"written": output.file, "bytes": written}) if output.json else f"written: {output.file}", err=not output.json)
    elif verb.text:
        click.echo(json_text({"text": result}) if output.json else result, nl=output.json or not result.endswith("\n"))
    elif output.json:
        click.echo(json_text(plain(result)))
    else:
        console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
        for part in render.parts(verb.name, plain(result)):
            console.print(part)


def _write(file: Path, text: str, *, force: bool) -> int:
    if file.exists() and not force:
        raise UsageError(f"{file} is there already; --force writes over it")
    try:
        return file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


if __name__ == "__main__":
    main()
