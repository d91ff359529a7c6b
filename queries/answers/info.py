"""What is in the graph: the store, the last run, sources with their days, lists, counts by label and type."""

from dataclasses import dataclass
from typing import Any, Literal

from graph_model.claims import Clocks
from graph_model.model import MODEL
from graph_model.schema import Polarity
from graph_model.stores.graph import Graph, Reader
from queries.catalogue.coverage import LISTINGS_LOADED
from queries.catalogue.sources import RUNS, SOURCES, RunRow, SourceRow
from queries.clocks import read_clocks
from queries.query import MOST_ROWS, run

LAST_RUNS = 20
# A claim is counted where it is believed at the run; nodes without claims are counted as they are.
_CLAIM_NODES = "MATCH (n:LABEL) WHERE {{known(n)}} RETURN count(*) AS count"
_NODES = "MATCH (n:LABEL) RETURN count(*) AS count"
_RELATIONS = "MATCH (a)-[r:TYPE]->(b) WHERE {{known(r)}} RETURN count(*) AS count"


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """Which store this is, where, and its version."""

    store: str
    url: str
    version: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a label or relationship type are believed at the run, with its Chinese term."""

    name: str
    term: str
    count: int


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list of the model and how many listings each source has in it."""

    list: str
    polarity: Polarity
    severe: bool
    listings: int
    sources: dict[str, int]


@dataclass(frozen=True, slots=True)
class InfoQuestion:
    """The question in canonical form."""

    verb: Literal["info"]
    known_at: str


@dataclass(frozen=True, slots=True)
class InfoAnswer:
    """What the graph holds as of a run; `runs` are the last ones, `runs_total` how many there were."""

    question: InfoQuestion
    store: StoreFacts
    clocks: Clocks
    sources: tuple[SourceRow, ...]
    lists: tuple[ListFacts, ...]
    nodes: tuple[Count, ...]
    relations: tuple[Count, ...]
    runs: tuple[RunRow, ...]
    runs_total: int


def info(graph: Graph, *, known_at: str | None = None) -> InfoAnswer:
    """What is in the graph as of a run, the last one unless said."""
    told = graph.info()
    with graph.reading() as reader:
        clocks = read_clocks(reader, known_at=known_at)
        known = clocks.known_run
        runs = run(reader, RUNS, run=known, limit=MOST_ROWS)
        return InfoAnswer(
            InfoQuestion("info", clocks.known_at),
            StoreFacts(told.store, told.url, told.version, dict(told.detail)),
            clocks,
            tuple(run(reader, SOURCES, run=known, limit=MOST_ROWS)),
            _lists(reader, known),
            tuple(_nodes(reader, known)),
            tuple(_relations(reader, known)),
            tuple(runs[:LAST_RUNS]),
            len(runs),
        )


def _lists(reader: Reader, known: int) -> tuple[ListFacts, ...]:
    """The lists that have a listing; then those of the model that have none."""
    counted: dict[str, dict[str, int]] = {}
    for row in run(reader, LISTINGS_LOADED, run=known):
        counted.setdefault(row.list, {})[row.source] = row.rows
    facts = [
        ListFacts(entry.term, entry.polarity, entry.severe, sum(by.values()), dict(sorted(by.items())))
        for entry in MODEL.lists
        for by in [counted.get(entry.term, {})]
    ]
    return tuple(sorted(facts, key=lambda f: (-f.listings, f.list)))


def _nodes(reader: Reader, known: int) -> list[Count]:
    counts = []
    for node in MODEL.nodes:
        text, given = (_CLAIM_NODES, {"run": known}) if node.bears_claim else (_NODES, {})
        counts.append(Count(node.label, node.term, int(reader.rows(text.replace("LABEL", node.label), given)[0]["count"])))
    return counts


def _relations(reader: Reader, known: int) -> list[Count]:
    return [
        Count(rel.type, rel.term, int(reader.rows(_RELATIONS.replace("TYPE", rel.type), {"run": known})[0]["count"]))
        for rel in MODEL.rels
    ]
