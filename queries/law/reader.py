"""YAML read as text: only plain numbers become numbers; `yes`, `no` and dates stay text. Mappings know their line."""

import re
from pathlib import Path
from typing import Any

import yaml

from graph_model.errors import InputError

LINE = "__line__"


class TextLoader(yaml.SafeLoader):
    """A loader without truth values and date objects, which refuses a key given twice."""


class LinedLoader(TextLoader):
    """As `TextLoader`; every mapping carries its line under `__line__`."""


TextLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    ("tag:yaml.org,2002:null", r"~|null|", ["~", "n", ""]),
):
    TextLoader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), list(_first))
LinedLoader.yaml_implicit_resolvers = TextLoader.yaml_implicit_resolvers


def _mapping(loader: TextLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise yaml.MarkedYAMLError(problem=f"the key {key!r} is given twice", problem_mark=key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    if isinstance(loader, LinedLoader):
        found[LINE] = node.start_mark.line + 1
    return found


for _loader in (TextLoader, LinedLoader):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(text: str, name: str, *, lines: bool = False) -> Any:
    """The document in `text`. Raises `InputError` that names the file and the line."""
    try:
        return yaml.load(text, LinedLoader if lines else TextLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        raise InputError(f"{where}: {getattr(error, 'problem', None) or error}") from error


def read_yaml_file(path: Path, *, lines: bool = False) -> Any:
    """The document in a file. Raises `InputError`."""
    try:
        return read_yaml(path.read_text(encoding="utf-8"), path.name, lines=lines)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
