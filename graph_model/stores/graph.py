"""What a store must do, and `open_graph`: the same protocol over LadybugDB and Neo4j.

Reading is done inside `reading()`, which pins one published run: an answer made of several questions sees one
graph. Writing is done inside `writing()`, one writer at a time; nothing is visible before `publish`.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from graph_model.dialect import Dialect, parameters_of
from graph_model.errors import UsageError
from graph_model.model import MODEL

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One published load, as the Run node has it."""

    seq: int
    published: str


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Which store this is and where."""

    store: str
    url: str
    version: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class Reader(Protocol):
    """One consistent view of the graph as of one published run."""

    @property
    def run(self) -> int:
        """The last published run: the default known clock."""

    def rows(self, question: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> list[Row]:
        """The rows a question returns; fragments are filled in, `$run` defaults to this view's run.

        Nodes and relationships come as plain dicts with `_label` and without nulls. Raises `BudgetExceeded`
        after `seconds`, `UsageError` on a missing or needless parameter.
        """

    def table(self, question: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """The same as an Arrow table, for large reads of plain columns."""


class Writer(Reader, Protocol):
    """A run being written; its claims carry `run` as `known_from`."""

    @property
    def fresh(self) -> bool:
        """Whether no claim was ever loaded, so that nothing needs comparing."""

    def expect(self, rows: int) -> None:
        """Told how many claims the run may write, before the first."""

    def add_nodes(self, label: str, path: Path) -> int:
        """Add the nodes of a Parquet file (columns as `MODEL.node[label].columns`) whose id is not there; how many."""

    def add_rels(self, type: str, source: str, target: str, path: Path) -> int:
        """Add the relationships of a Parquet file: `from`, `to`, then `MODEL.rel[type].columns`; how many."""

    def set_properties(self, label: str, rows: pa.Table) -> int:
        """Set the columns of `rows` (first: `id`) on the nodes; for captions and support nodes."""

    def close_rels(self, type: str, source: str, target: str, rows: pa.Table) -> int:
        """Close the open claims in `rows` (`from`, `to`, `claim_id`) as of this run; how many."""

    def close_nodes(self, label: str, ids: Sequence[str]) -> int:
        """Close event or record nodes and every open relationship that hangs on them; how many nodes."""

    def existing_rels(self, type: str, source: str, target: str, *, by: str, pairs: pa.Table | None) -> pa.Table:
        """Claims that the Source `by` ever made, closed ones too: `from`, `to`, `claim_id`, `known_to`.

        With `pairs` (`from`, `to`, or `to` alone) only those between, or to, them.
        """

    def existing_nodes(self, label: str, *, by: str, subjects: pa.Table | None) -> pa.Table:
        """Event or record nodes that the Source `by` ever made, closed ones too: `id`, `known_to`, `subject`.

        With `subjects` (`subject`, `subject_label`) only those attached to them.
        """

    def matching(self, pattern: str, key: str, values: Sequence[str], returns: str, *, where: str = "true") -> list[Row]:
        """Rows of a pattern whose `key` is one of many values: a join, where `IN $values` would compare all with all."""

    def publish(self, run: Mapping[str, Any]) -> RunInfo:
        """Make the run visible as a whole, with its Run node's properties."""


class Graph(Protocol):
    """A graph store."""

    @property
    def dialect(self) -> Dialect:
        """How this store writes what the stores write differently."""

    @property
    def url(self) -> str:
        """Where it is; without a password."""

    def create(self) -> bool:
        """Create the graph or bring its schema up to the model; whether anything changed."""

    def exists(self) -> bool:
        """Whether the graph has been created."""

    def info(self) -> StoreInfo:
        """Which store, where, which version."""

    def reading(self) -> AbstractContextManager[Reader]:
        """A consistent view. Raises `StoreUnavailable` where there is no graph."""

    def writing(self) -> AbstractContextManager[Writer]:
        """The one writer. Raises `StoreBusy` while another run writes."""

    def close(self) -> None:
        """Let go of files and connections."""


def support_rows(label: str) -> list[Row]:
    """The support nodes that the model itself declares: the List nodes."""
    if label != "List":
        return []
    return [
        {"id": entry.id, "name": entry.term, "english": entry.english, "polarity": entry.polarity,
         "severe": entry.severe, "authority": entry.authority}
        for entry in MODEL.lists
    ]  # fmt: skip


def checked_parameters(text: str, parameters: Mapping[str, Any] | None, run: int) -> dict[str, Any]:
    """The parameters a text needs, `run` filled in. Raises `UsageError` on a missing or needless one."""
    given, wanted = dict(parameters or {}), parameters_of(text)
    if "run" in wanted:
        given.setdefault("run", run)
    if missing := wanted - given.keys():
        raise UsageError(f"the question needs {', '.join(sorted(missing))}")
    if needless := given.keys() - wanted:
        raise UsageError(f"the question has no parameter {', '.join(sorted(needless))}")
    return given
