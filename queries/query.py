"""A question to the graph: its text, its parameters and the row it returns, declared in one place.

The text is written once, in the common subset of Cypher with the fragments of `graph_model.dialect`; no
question needed a second text for one store so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter

from graph_model.dialect import LADYBUG, parameters_of
from graph_model.errors import ModelError, UsageError
from graph_model.kinds import BadValue, clean_date, clean_integer
from graph_model.stores.graph import Reader

RowT = TypeVar("RowT")
ParamKind = Literal["text", "texts", "date", "integer"]
Value = str | int | Sequence[str]
# Never more rows than this from one question, whatever the caller asks for.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class ParamSpec:
    """One parameter of a question; without a `default` it must be given."""

    kind: ParamKind
    description: str
    sample: Value
    default: Value | None = None


@dataclass(frozen=True, slots=True)
class Query(Generic[RowT]):
    """A named question: what it answers in words, its text, its parameters and its row (a dataclass).

    `$run` is filled in by the reader unless it is given; `$limit` is `limit` unless it is given.
    """

    name: str
    title: str
    question: str
    text: str
    row: type[RowT]
    parameters: Mapping[str, ParamSpec] = field(default_factory=dict)
    limit: int | None = None

    def __post_init__(self) -> None:
        named = _used(self.text) - {"run", "limit"}
        if named != set(self.parameters):
            raise ModelError(
                f"query {self.name}: its text uses {sorted(named)}, declared are {sorted(self.parameters)}"
            )
        if ("limit" in _used(self.text)) != (self.limit is not None):
            raise ModelError(f"query {self.name}: $limit in the text and `limit` go together")

    def samples(self) -> dict[str, Value]:
        """Parameters with which the question can be tried."""
        return {name: spec.sample for name, spec in self.parameters.items()}


def run(reader: Reader, query: Query[RowT], *, seconds: float | None = None, **given: Any) -> list[RowT]:
    """The rows of the question, typed. An empty list of ids has no rows; the store is not asked.

    Raises `UsageError` on a missing, unknown or bad parameter, `BudgetExceeded` after `seconds`.
    """
    values = _checked(query, given)
    if any(isinstance(value, list) and not value for value in values.values()):
        return []
    kind: Any = query.row
    found: list[RowT] = _adapter(kind).validate_python(reader.rows(query.text, values, seconds=seconds))
    return found


def _checked(query: Query[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    allowed = _used(query.text)
    if unknown := given.keys() - allowed:
        raise UsageError(
            f"query {query.name} has no parameter {', '.join(sorted(unknown))}; it has: {_known(query)}"
        )
    values = {name: _value(query, name, given.get(name)) for name in query.parameters}
    if query.limit is not None:
        values["limit"] = max(1, min(int(given.get("limit") or query.limit), MOST_ROWS))
    if "run" in allowed and given.get("run") is not None:
        values["run"] = int(given["run"])
    return values


def _value(query: Query[Any], name: str, value: Any) -> Value:
    spec = query.parameters[name]
    value = spec.default if value is None else value
    if value is None:
        raise UsageError(f"query {query.name} needs {name} ({spec.description}); it has: {_known(query)}")
    try:
        return _clean(spec.kind, value)
    except BadValue as error:
        raise UsageError(f"query {query.name}, parameter {name}: {error}") from error


def _clean(kind: ParamKind, value: Any) -> Value:
    if kind == "texts":
        return [value] if isinstance(value, str) else [str(one) for one in value]
    if kind == "integer":
        return clean_integer(str(value))
    return clean_date(str(value)) if kind == "date" else str(value)


@lru_cache(maxsize=256)
def _used(text: str) -> frozenset[str]:
    """The parameters a text uses, those of its fragments ($run, $at) too; they are the same on every store."""
    return parameters_of(LADYBUG.text(text))


def _known(query: Query[Any]) -> str:
    return ", ".join(query.parameters) or "none"


@lru_cache(maxsize=256)
def _adapter(row: Any) -> TypeAdapter[Any]:
    return TypeAdapter(list[row])
