"""Every question an investigator may ask by name: `CATALOGUE`, by subject and in the order they are declared."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from graph_model.errors import ModelError
from queries.catalogue import (
    candidates,
    coverage,
    enterprises,
    identity,
    law,
    law_index,
    law_lists,
    lists,
    paths,
    penalties,
    persons,
    sources,
)
from queries.query import Query

MODULES: tuple[ModuleType, ...] = (enterprises, persons, penalties, lists, sources, identity, paths, coverage, law, law_index, law_lists, candidates)


def queries_of(module: ModuleType) -> Iterator[Query[Any]]:
    """The questions that a module of the catalogue declares, alone or one a label."""
    for value in vars(module).values():
        if isinstance(value, Query):
            yield value
        elif isinstance(value, Mapping):
            yield from (query for query in value.values() if isinstance(query, Query))


def _collected() -> Mapping[str, Query[Any]]:
    found: dict[str, Query[Any]] = {}
    for query in (query for module in MODULES for query in queries_of(module)):
        if found.setdefault(query.name, query) is not query:
            raise ModelError(f"two questions are called {query.name}")
    return MappingProxyType(found)


CATALOGUE: Mapping[str, Query[Any]] = _collected()
