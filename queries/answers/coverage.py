"""What an answer covers: the lists that are loaded, as of which day, and the lists of the model that are not."""

from collections.abc import Iterable, Sequence

from graph_model.model import MODEL
from graph_model.schema import Polarity
from queries.answers.answer import ORDER, Budget, Coverage, Hub, ListCoverage, ListSource, Searched
from queries.catalogue.coverage import LISTINGS_LOADED, PUBLISHED_RUNS, ListCount, RunRow
from queries.inquiry import Inquiry
from queries.law.reading import lists_known
from queries.network import Network

_POLARITIES: dict[str, Polarity] = {"negative": "negative", "positive": "positive"}


def polarity(text: str) -> Polarity:
    """A polarity as the contract writes it."""
    return _POLARITIES.get(text, "neutral")


def severe(list_: str) -> bool:
    """Whether a list is one of severe dishonesty."""
    return list_ in MODEL.list_named and MODEL.list_named[list_].severe


def lists_covered(inquiry: Inquiry, network: Network) -> tuple[ListCoverage, ...]:
    """Every list with a listing that is believed at the run, and its sources."""
    known = lists_known(network) or frozenset()
    runs = [row for row in inquiry.ask(PUBLISHED_RUNS) if row.seq <= inquiry.clocks.known_run]
    rows: dict[tuple[str, str], list[ListCount]] = {}
    for row in inquiry.ask(LISTINGS_LOADED):
        rows.setdefault((row.list, row.polarity), []).append(row)
    for name in known:
        # a complete edition with nobody on it was loaded all the same
        rows.setdefault((name, MODEL.list_named[name].polarity), [])
    return tuple(
        ListCoverage(
            list_, polarity(kind), severe(list_), sum(row.rows for row in counts),
            tuple(_source(row, runs, network) for row in sorted(counts, key=lambda row: row.source)),
        )
        for (list_, kind), counts in sorted(rows.items())
    )  # fmt: skip


def _source(row: ListCount, runs: Sequence[RunRow], network: Network) -> ListSource:
    last = next((run for run in reversed(runs) if run.source == row.source), None)
    as_of = last.as_of if last is not None and last.as_of else row.as_of
    return ListSource(
        row.source, network.source_names.get(row.source, row.source), as_of,
        last.published if last else None, last.complete if last else None, row.rows,
    )  # fmt: skip


def covered(
    network: Network, lists: tuple[ListCoverage, ...], *, hops: int, cut: Iterable[str], seconds: float,
    exhausted: bool, hubs: tuple[Hub, ...] = (), nodes: int = 0, candidates: int = 0, asks_lists: bool = True,
) -> Coverage:  # fmt: skip
    """The coverage of one answer; nodes with too many relations to follow are named in what was cut."""
    capped = [
        f"of {network.captions[node]} ({node}) only the first relations by claim id were followed: it has too many"
        for node in sorted(network.capped)
    ]
    told = (*cut, *capped)
    loaded = {entry.list for entry in lists}
    missing = tuple(entry.term for entry in MODEL.lists if entry.term not in loaded) if asks_lists else ()
    return Coverage(
        lists, missing, hops, bool(told), told, ORDER,
        Budget(seconds, exhausted), hubs, candidates, Searched(nodes, len(network.claims)),
    )  # fmt: skip
