"""Every question an investigator may ask by name: `CATALOGUE`, by subject and in the order they are declared."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from graph_model.errors import ModelError
from queries.catalogue import enterprises, lists, penalties, persons, sources
from queries.query import Query

MODULES: tuple[ModuleType, ...] = (enterprises, persons, penalties, lists, sources)


def queries_of(module: ModuleType) -> Iterator[Query[Any]]:
    """The questions that a module of the catalogue declares."""
    return (value for value in vars(module).values() if isinstance(value, Query))


def _collected() -> Mapping[str, Query[Any]]:
    found: dict[str, Query[Any]] = {}
    for module in MODULES:
        for query in queries_of(module):
            if query.name in found:
                raise ModelError(f"two questions are called {query.name}")
            found[query.name] = query
    return MappingProxyType(found)


CATALOGUE: Mapping[str, Query[Any]] = _collected()
