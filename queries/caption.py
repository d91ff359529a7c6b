"""The name a node is shown by, from the records that are visible at the clock: the one caption rule.

The caption a node carries is today's; an answer as of an earlier run must show the name known then, so it is
derived again from the records of that run.
"""

from collections.abc import Iterable, Iterator, Sequence

from graph_model.captions import UNRANKED, caption_of
from graph_model.model import MODEL
from graph_model.stores.graph import Reader, Row

__all__ = ["UNRANKED", "caption_of", "captions", "chunks", "source_ranks"]

CHUNK = 500
# Measured on LadybugDB, 60 k enterprises, text keys: one subject by its key 0.4 ms, 20 by `IN $ids` 67 ms (a scan).
FEW = 100

_NODES = "UNWIND $ids AS wanted MATCH (s:LABEL {id: wanted}) RETURN s.id AS subject, s.caption AS caption"
_TOLD = (
    " {{known(d)}} AND {{asserted(d)}} AND {{known(r)}} AND d.name IS NOT NULL"
    " RETURN s.id AS subject, d.name AS name, d.source AS source, d.as_of AS as_of, d.id AS id"
)
_NAMES_OF_ONE = "MATCH (s:LABEL {id: $id})<-[r:DESCRIBES]-(d:Record) WHERE" + _TOLD
_NAMES_OF_MANY = "MATCH (s:LABEL)<-[r:DESCRIBES]-(d:Record) WHERE s.id IN $ids AND" + _TOLD
_RANKS = "MATCH (s:Source) RETURN s.id AS id, s.rank AS rank"


def captions(reader: Reader, ids: Iterable[str], *, run: int | None = None) -> dict[str, str]:
    """Caption of each subject as of a run; the node's own where no record names it, the id where nothing does."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    known, ranks = reader.run if run is None else run, source_ranks(reader)
    found: dict[str, str] = {}
    for label in MODEL.subjects:
        own = {row["subject"]: row["caption"] for part in chunks(wanted) for row in reader.rows(_of(label, _NODES), {"ids": part})}
        named: dict[str, list[Row]] = {}
        for row in _names(reader, label, list(own), known):
            named.setdefault(row["subject"], []).append({**row, "rank": ranks.get(row["source"])})
        found |= {id_: caption_of(named.get(id_, ())) or caption or id_ for id_, caption in own.items()}
    return found


def source_ranks(reader: Reader) -> dict[str, int]:
    """Rank of each Source: 1 official register … 5 our own inference."""
    return {row["id"]: row["rank"] or UNRANKED for row in reader.rows(_RANKS)}


def chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    """The ids in lists that a store takes as one parameter; never an empty one."""
    for at in range(0, len(ids), CHUNK):
        yield list(ids[at : at + CHUNK])


def _names(reader: Reader, label: str, ids: Sequence[str], run: int) -> Iterator[Row]:
    if len(ids) > FEW:
        for part in chunks(ids):
            yield from reader.rows(_of(label, _NAMES_OF_MANY), {"ids": part, "run": run})
        return
    for id_ in ids:
        yield from reader.rows(_of(label, _NAMES_OF_ONE), {"id": id_, "run": run})


def _of(label: str, text: str) -> str:
    return text.replace("LABEL", label)

