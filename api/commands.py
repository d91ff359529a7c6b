"""The command line, generated from the verbs: one click command each, grouped by their first word."""

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from api.verbs import VERBS
from api.verbs.verb import Verb, extra_of

# What a run of a command hands over: the verb, its parameters as given, and how to show the result.
Execute = Callable[[Verb, dict[str, Any], "Output"], int]
_SHOWN_FIRST = {"maps": "maps list", "quarantine": "quarantine list", "law": "law list", "review": "review list"}


class Output:
    """Where the result goes: a table, JSON, or a file."""

    __slots__ = ("file", "force", "json")

    def __init__(self, *, json: bool, file: str | None = None, force: bool = False) -> None:
        self.json, self.file, self.force = json, file, force


def command_tree(execute: Execute, *, version: str) -> click.Group:
    """`xinpu` with every verb that has a command."""
    root = click.Group("xinpu", help="信谱 Xinpu: who stands on a list, who is tied to them, and what says so.", context_settings=_SETTINGS)
    root.params.append(click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version(version), help="Show the version and end."))
    for verb in VERBS:
        if "cli" in verb.faces:
            _place(root, verb, execute)
    return root


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def _version(version: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"xinpu {version}")
            context.exit()

    return show


def _place(root: click.Group, verb: Verb, execute: Execute) -> None:
    *above, last = verb.words
    group = root
    for word in above:
        found = group.commands.get(word)
        if not isinstance(found, click.Group):
            found = _group(word, execute)
            group.add_command(found)
        group = found
    group.add_command(_command(verb, last, execute))


def _group(word: str, execute: Execute) -> click.Group:
    """A group of verbs; the bare word lists, where there is something to list."""
    members = [verb for verb in VERBS if verb.words[0] == word]
    first = next((verb for verb in members if verb.name == _SHOWN_FIRST.get(word)), None)
    lines = "\n".join(f"  {verb.example}" for verb in members)
    group = click.Group(word, help=f"{' · '.join(v.title for v in members)}\n\n\b\nExamples:\n{lines}", context_settings=_SETTINGS)
    if first is not None:
        group.invoke_without_command = True
        group.no_args_is_help = False
        group.params.append(_json_option())
        group.callback = _listing(first, execute)
    return group


def _listing(verb: Verb, execute: Execute) -> Callable[..., None]:
    @click.pass_context
    def run(context: click.Context, as_json: bool) -> None:
        if context.invoked_subcommand is None:
            execute(verb, {}, Output(json=as_json))

    return run


def _json_option() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help="Canonical JSON for programs, on standard output.")


def _command(verb: Verb, word: str, execute: Execute) -> click.Command:
    def run(as_json: bool, out: str | None = None, force: bool = False, **given: Any) -> int:
        values = {key: value for key, value in given.items() if value is not None and value != ()}
        return execute(verb, values, Output(json=as_json, file=out, force=force))

    fields = sorted(verb.parameters.model_fields.items(), key=lambda field: field[0] == "purpose")  # what matters most first
    options: list[click.Parameter] = [_parameter(name, info) for name, info in fields]
    if verb.text:
        options.append(click.Option(["-o", "--out"], help="File to write; the terminal when left out."))
        options.append(click.Option(["--force"], is_flag=True, help="Write over a file that is there."))
    text = f"{verb.title} {verb.english}: {verb.question}\n\n\b\nExample:\n  {verb.example}"
    return click.Command(word, params=[*options, _json_option()], callback=run, help=text, short_help=f"{verb.title} {verb.english}", context_settings=_SETTINGS)


def _parameter(name: str, info: FieldInfo) -> click.Parameter:
    name = info.alias or name
    kind, several = _kind(info.annotation)
    needed = info.is_required()
    if extra_of(info).get("positional"):
        nargs = -1 if several else 1
        return click.Argument([name], type=_type(kind), nargs=nargs, required=needed)
    return _option(name, info, kind, several)


def _option(name: str, info: FieldInfo, kind: Any, several: bool) -> click.Option:
    short, long = extra_of(info).get("short"), name.replace("_", "-")
    names = [*([f"-{short}"] if short else []), f"--{long}" + (f"/--no-{long}" if kind is bool and info.default is None else ""), name]
    help_text = info.description or ""
    if info.default not in (None, (), False, PydanticUndefined):
        help_text = f"{help_text} [{info.default}]"
    if kind is bool:
        return click.Option(names, is_flag=True, default=None, help=help_text)
    return click.Option(names, type=_type(kind), multiple=several, required=info.is_required(), help=help_text)


def _kind(annotation: Any) -> tuple[Any, bool]:
    """The plain type below `| None` and `tuple[…, ...]`, and whether there may be several."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not NoneType)
    if get_origin(annotation) is tuple:
        return _kind(get_args(annotation)[0])[0], True
    if hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation, False


def _type(kind: Any) -> click.ParamType[Any]:
    if get_origin(kind) is Literal:
        return click.Choice(list(get_args(kind)))
    return click.INT if kind is int else click.FLOAT if kind is float else click.STRING
