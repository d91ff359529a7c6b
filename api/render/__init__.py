"""Answers as tables for people: each verb's renderer, or a plain table of whatever it gives."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from api.render import linked, profile, reports, subjects, tables

Renderer = Callable[[Any], Iterator[RenderableType]]
RENDERERS: Mapping[str, Renderer] = {
    "linked": linked.linked_parts,
    "path": linked.path_parts,
    "show": profile.show_parts,
    "search": subjects.search_parts,
    "queries": tables.catalogue_parts,
    "ingest": reports.ingest_parts,
    "info": reports.info_parts,
    "serve": tables.nothing,
}


def parts(verb: str, data: Any) -> Iterator[RenderableType]:
    """What to print, part by part."""
    yield from RENDERERS.get(verb, tables.plain_parts)(data)
