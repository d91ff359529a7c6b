"""Where candidates stand in the graph: they are reached from their document over the subjects it names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph_model.model import MODEL
from graph_model.stores.graph import Reader, Row

DECIDED: Mapping[str, str] = {"candidate": "waiting", "asserted": "accepted", "closed": "rejected"}
# What a machine reads: everything but where names stand and which nodes are one.
_TYPES = "|".join(r.type for r in MODEL.rels if r.type not in ("MENTIONED_IN", "SAME_AS", "DESCRIBES", "ISSUED_BY", "ON_LIST"))
_NAMED = "MATCH (d:Document)<-[m:MENTIONED_IN]-(s:LABEL) WHERE WHICH {{known(m)}} WITH DISTINCT d, s "
_OUT = (
    "MATCH (s)-[r:TYPES]->(x) WHERE r.document = d.id AND {{known(r)}} AND r.method IS NOT NULL RETURN d.id AS document, d.name AS name,"
    " s.id AS start, {{label(s)}} AS start_label, s.caption AS start_caption, {{type(r)}} AS type, r AS claim, x.id AS other, {{label(x)}} AS other_label, x AS node"
)
_IN = _OUT.replace("(s)-[r:TYPES]->(x)", "(s)<-[r:DESCRIBES]-(x)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One claim that a machine read, whatever was decided on it: what it says, of whom, from which words."""

    claim: str
    kind: str
    document: str
    name: str
    start: str
    start_label: str
    start_caption: str
    end: str | None
    end_label: str | None
    end_caption: str | None
    values: Row

    @property
    def state(self) -> str:
        """waiting, accepted or rejected."""
        return DECIDED.get(str(self.values.get("status")), "waiting")

    @property
    def is_event(self) -> bool:
        """Whether it is a node of its own."""
        return self.kind in MODEL.node

    @property
    def term(self) -> str:
        """What it is, in Chinese."""
        return MODEL.node[self.kind].term if self.is_event else MODEL.rel[self.kind].term


def machine_claims(reader: Reader, documents: Iterable[str] | None = None, *, run: int | None = None) -> list[Waiting]:
    """Every claim that a machine read in these documents (in all, when left out), as known at the run."""
    given: dict[str, Any] = {} if run is None else {"run": run}
    wanted = None if documents is None else sorted(set(documents))
    which = "" if wanted is None else "d.id IN $documents AND"
    if wanted is not None:
        if not wanted:
            return []
        given["documents"] = wanted
    found: dict[str, Waiting] = {}
    for label in MODEL.subjects:
        for tail in (_OUT.replace("TYPES", _TYPES), _IN):
            text = _NAMED.replace("LABEL", label).replace("WHICH", which) + tail
            found.update((one.claim, one) for one in _rows(reader.rows(text, given)))
    return sorted(found.values(), key=lambda w: (w.name, w.document, w.values.get("row") or 0, w.values.get("span_start") or 0, w.claim))


def _rows(rows: Iterable[Row]) -> Iterator[Waiting]:
    for row in rows:
        head = (row["document"], row["name"], row["start"], row["start_label"], row["start_caption"])
        if MODEL.node[row["other_label"]].bears_claim:
            yield Waiting(row["node"]["id"], row["other_label"], *head, None, None, None, row["node"])
        else:
            yield Waiting(row["claim"]["claim_id"], row["type"], *head, row["other"], row["other_label"], row["node"].get("caption"), row["claim"])
