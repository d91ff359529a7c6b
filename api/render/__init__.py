"""Answers as tables for people: each verb's renderer, or a plain table of whatever it gives."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from api.render import documents, law, linked, profile, reports, subjects, tables

Renderer = Callable[[Any], Iterator[RenderableType]]
RENDERERS: Mapping[str, Renderer] = {
    "linked": linked.linked_parts,
    "path": linked.path_parts,
    "reach": law.reach_parts,
    "qualify": law.qualify_parts,
    "status": law.status_parts,
    "law list": law.list_parts,
    "show": profile.show_parts,
    "search": subjects.search_parts,
    "queries": tables.catalogue_parts,
    "ingest": reports.ingest_parts,
    "info": reports.info_parts,
    "extract": documents.extract_parts,
    "screen-text": documents.screen_parts,
    "review list": documents.review_parts,
    "review show": documents.candidate_parts,
    "serve": tables.nothing,
}


def parts(verb: str, data: Any) -> Iterator[RenderableType]:
    """What to print, part by part."""
    yield from RENDERERS.get(verb, tables.plain_parts)(data)
