"""One question being answered: the view of the graph, the clocks, and the time that is left."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from graph_model.claims import Clocks
from graph_model.errors import BudgetExceeded
from graph_model.stores.graph import Reader, Row
from queries.caption import chunks
from queries.query import Query, run

RowT = TypeVar("RowT")


class Watch:
    """A reader that counts what it is asked and, until `release`, gives each question no more than the time left."""

    def __init__(self, reader: Reader, seconds: float) -> None:
        self._reader = reader
        self.started = time.monotonic()
        self._deadline: float | None = self.started + seconds
        self.queries = 0

    @property
    def run(self) -> int:
        return self._reader.run

    @property
    def elapsed(self) -> float:
        """Seconds since the question was asked."""
        return time.monotonic() - self.started

    def release(self) -> None:
        """Let the few questions that compose the answer take what they need."""
        self._deadline = None

    def left(self) -> float | None:
        """Seconds left; None when nothing limits. Raises `BudgetExceeded` when there are none."""
        if self._deadline is None:
            return None
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise BudgetExceeded("the time given to this question is spent")
        return left

    def rows(self, question: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> list[Row]:
        left = self.left()
        self.queries += 1
        return self._reader.rows(question, parameters, seconds=left if seconds is None else seconds)

    def table(self, question: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        self.left()
        self.queries += 1
        return self._reader.table(question, parameters)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What every part of an answer needs."""

    watch: Watch
    clocks: Clocks

    def ask(self, query: Query[RowT], **given: Any) -> list[RowT]:
        """The rows of a question at these clocks; long lists of ids are asked in turns."""
        if "at" in query.parameters:
            given["at"] = self.clocks.valid_at
        if "ids" not in given:
            return run(self.watch, query, **given, **self._known(query))
        return [
            row
            for ids in chunks(sorted(given.pop("ids")))
            for row in run(self.watch, query, ids=ids, **given, **self._known(query))
        ]

    def _known(self, query: Query[Any]) -> dict[str, int]:
        return {"run": self.clocks.known_run} if "{{known(" in query.text or "$run" in query.text else {}
