"""A person's judgement on two nodes: one subject, or not. Recorded as a claim, taken back by closing it."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph_model.errors import UnknownEntity, UsageError
from graph_model.identifiers import mask_text
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN
from graph_model.stores.graph import Graph, Writer
from ingest.resolve import DECISIONS, Judgement, record


def judge(graph: Graph, a: str, b: str, *, grade: str | None, why: str, close: bool, who: str) -> dict[str, Any]:
    """Record that two nodes are one subject (`confirmed`) or not (`ruled_out`), or close the judgement that is open.

    Raises `UnknownEntity` for an id that is not there, `UsageError` where the two cannot be one.
    """
    if a == b:
        raise UsageError(f"{a} is one node already")
    with graph.writing() as writer, tempfile.TemporaryDirectory() as folder:
        label = _label(writer, a, b)
        if close:
            done = _close(writer, label, a, b)
        else:
            found = Judgement(label, a, b, str(grade), "decision", mask_text(why))
            done = sum(record(writer, Path(folder), [found], source=DECISIONS, decided_by=who).values())
        if not done:
            return {"a": a, "b": b, "grade": grade, "changed": 0, "run": None}
        info = writer.publish({"started": None, "source": DECISIONS.id, "map": "judgement", "counts": json.dumps({"same_as": done, "by": who, "why": mask_text(why)}, ensure_ascii=False)})
    return {"a": a, "b": b, "grade": None if close else grade, "changed": done, "run": info.seq}


def _label(writer: Writer, a: str, b: str) -> str:
    labels = {row["id"]: row["label"] for row in writer.rows("MATCH (n:{{types(subjects)}}) WHERE n.id IN $ids RETURN n.id AS id, {{label(n)}} AS label", {"ids": [a, b]})}
    for wanted in (a, b):
        if wanted not in labels:
            raise UnknownEntity(f"no subject has the id {wanted!r}; `xinpu search` finds ids")
    if labels[a] != labels[b] or (labels[a], labels[b]) not in MODEL.rel["SAME_AS"].ends:
        raise UsageError(f"a {labels[a]} and a {labels[b]} cannot be one subject")
    return str(labels[a])


def _close(writer: Writer, label: str, a: str, b: str) -> int:
    first, second = sorted((a, b))
    pairs = pa.table({"from": [first], "to": [second]})
    existing = writer.existing_rels("SAME_AS", label, label, by=DECISIONS.id, pairs=pairs)
    open_ = [e for e in existing.to_pylist() if e["known_to"] == STILL_KNOWN]
    if not open_:
        raise UnknownEntity(f"no judgement of a person is open between {a} and {b}")
    return writer.close_rels("SAME_AS", label, label, pa.table({n: pa.array([e[n] for e in open_]) for n in ("from", "to", "claim_id")}))
