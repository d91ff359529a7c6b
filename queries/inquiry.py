"""One question being answered: the view of the graph, the clocks, and the time that is left."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import pyarrow as pa

from graph_model.claims import Clocks
from graph_model.errors import BudgetExceeded
from graph_model.stores.graph import Reader, Row
from queries.query import Query, run

RowT = TypeVar("RowT")


class Watch:
    """A reader that counts what it is asked and, while limited, gives each question no more than the time left."""

    def __init__(self, reader: Reader, seconds: float | None = None) -> None:
        self._reader = reader
        self._started = time.monotonic()
        self._until: float | None = None if seconds is None else self._started + seconds
        self.queries = 0

    @property
    def run(self) -> int:
        return self._reader.run

    @property
    def elapsed(self) -> float:
        """Seconds since the question was asked."""
        return time.monotonic() - self._started

    def limit(self, seconds: float | None) -> None:
        """Refuse questions from `seconds` after the start on; None lifts the limit."""
        self._until = None if seconds is None else self._started + seconds

    def left(self) -> float | None:
        """Seconds left; None when nothing limits. Raises `BudgetExceeded` when there are none."""
        if self._until is None:
            return None
        left = self._until - time.monotonic()
        if left <= 0:
            raise BudgetExceeded(
                "the time given to this question is spent; ask for fewer hops or give it more"
            )
        return left

    def rows(
        self, question: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None
    ) -> list[Row]:
        left = self.left()
        self.queries += 1
        return self._reader.rows(question, parameters, seconds=left if seconds is None else seconds)

    def table(self, question: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        self.left()
        self.queries += 1
        return self._reader.table(question, parameters)


class Index(Protocol):
    """What an index kept in memory knows of one run (`queries.presence`)."""

    @property
    def run(self) -> int:
        """The run it is of."""

    @property
    def rows(self) -> Mapping[str, list[Any]]:
        """Rows of questions that depend on no subject, by name."""

    def has(self, what: str, id_: str) -> bool:
        """Whether a node has anything of a kind."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What every part of an answer needs."""

    watch: Watch
    clocks: Clocks
    index: Index | None = None

    def nothing(self, what: str, id_: str) -> bool:
        """Whether an index of this run knows that a node has nothing of a kind."""
        return self.index is not None and self.index.run == self.watch.run and not self.index.has(what, id_)

    @property
    def newest(self) -> bool:
        """Whether an index says that the clock is that of the last run, so that a node's own caption is the one known then."""
        return self.index is not None and self.index.run == self.clocks.known_run == self.watch.run

    def ask(self, query: Query[RowT], **given: Any) -> list[RowT]:
        """The rows of a question at these clocks."""
        if self.index is not None and not given and query.name in self.index.rows and self.index.run == self.watch.run:
            return list(self.index.rows[query.name])
        if "at" in query.parameters:
            given["at"] = self.clocks.valid_at
        if "{{known(" in query.text or "$run" in query.text:
            given["run"] = self.clocks.known_run
        return run(self.watch, query, **given)
