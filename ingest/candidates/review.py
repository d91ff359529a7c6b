"""Decisions on candidates: every one is a new version of the claim that says who, when and why; the old one is closed.

accept  the claim counts from the run of the decision on (status asserted)
reject  it counts nowhere and is not asked about again (status closed)
reopen  a decision taken back: it waits again (status candidate)
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from graph_model.errors import InputError, UnknownEntity, UsageError
from graph_model.identifiers import mask_text
from graph_model.names.clean import name_key
from graph_model.stores.graph import Graph, Reader, Writer
from ingest.candidates.find import Waiting, machine_claims
from ingest.candidates.load import DOCUMENTS, review
from ingest.candidates.write import renew
from ingest.captions import refresh_named
from ingest.resolve import Touched, resolve_touched

Decision = Literal["accept", "reject", "reopen"]
State = Literal["waiting", "accepted", "rejected", "all"]
_STATUS = {"accept": "asserted", "reject": "closed", "reopen": "candidate"}
_DONE = {"accept": "accepted", "reject": "rejected", "reopen": "waiting"}
_SHORTEST = 8  # characters of an id that may stand for all of it


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates are meant: by id or by what they say."""

    ids: tuple[str, ...] = ()
    state: State = "waiting"
    document: str | None = None
    subject: str | None = None
    type: str | None = None
    confidence: float | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state is said."""
        return bool(self.ids or self.document or self.subject or self.type or self.confidence is not None)


def candidates(reader: Reader, wanted: Wanted) -> list[Waiting]:
    """The candidates meant, by document and place. Raises `UnknownEntity` for an id that is none."""
    found = [one for one in machine_claims(reader, None) if _fits(one, wanted)]
    for id_ in wanted.ids:
        hits = [one for one in found if _named(one, id_)]
        if not hits:
            raise UnknownEntity(f"no {'' if wanted.state == 'all' else wanted.state + ' '}candidate has the id {id_!r}; `xinpu review list` shows those there are")
        if len(hits) > 1:
            raise UsageError(f"{id_!r} begins {len(hits)} ids of candidates; write more of it")
    return found


def decide(graph: Graph, wanted: Wanted, decision: Decision, *, why: str, who: str) -> dict[str, Any]:
    """Decide on every candidate meant, as one run. Raises `InputError` where nothing says which are meant."""
    if decision not in get_args(Decision):
        raise UsageError(f"decision {decision!r}: expected one of {', '.join(get_args(Decision))}")
    if not wanted.narrowed:
        raise InputError("say which candidates: by id, or by --document, --subject, --type or --confidence")
    why = mask_text(why)
    with graph.writing() as writer, tempfile.TemporaryDirectory() as folder:
        found = [one for one in candidates(writer, wanted) if one.state != _DONE[decision]]
        if not found:
            return {"decision": decision, "changed": 0, "claims": [], "run": None}
        claims = {_next(one): one for one in found}
        said = review("reopened" if decision == "reopen" else _DONE[decision], who, why)
        renew(writer, Path(folder), claims, {"status": _STATUS[decision], "review": said})
        _follow(writer, Path(folder), found)
        counts = json.dumps({decision: len(found), "by": who, "why": why, "claims": list(claims)}, ensure_ascii=False)
        info = writer.publish({"started": datetime.now(UTC).isoformat(), "source": DOCUMENTS.id, "map": "review", "complete": False, "counts": counts})
    changed = [{"was": one.claim, "claim": id_} for id_, one in claims.items()]
    return {"decision": decision, "changed": len(claims), "claims": changed, "run": info.seq}


def _follow(writer: Writer, folder: Path, decided: Sequence[Waiting]) -> None:
    """Captions and identities that rest on what a document says of an enterprise itself."""
    records = [one for one in decided if one.kind == "Record"]
    if not records:
        return
    refresh_named(writer, [(one.start, one.start_label) for one in records], DOCUMENTS)
    names = ("name", "name_key", "orgcode", "regno", "ticker")
    rows = [{"id": one.start, **{n: one.values.get(n) for n in names}} for one in records if one.start_label == "Enterprise"]
    resolve_touched(writer, folder, Touched([], rows, set(), []))


def _next(one: Waiting) -> str:
    """The id of the claim's next version."""
    fact, content, *nth = one.claim.split("-")
    return f"{fact}-{content}-{int(nth[0]) + 1 if nth else 2}"


def _fits(one: Waiting, wanted: Wanted) -> bool:
    if wanted.state != "all" and one.state != wanted.state:
        return False
    if wanted.ids and not any(_named(one, id_) for id_ in wanted.ids):
        return False
    if wanted.document and wanted.document not in (one.name, one.document) and not _begins(one.document, wanted.document):
        return False
    if wanted.type and wanted.type not in (one.kind, one.term):
        return False
    if wanted.confidence is not None and float(one.values.get("confidence") or 0) < wanted.confidence:
        return False
    return wanted.subject is None or _is_about(one, wanted.subject)


def _named(one: Waiting, id_: str) -> bool:
    return one.claim == id_ or _begins(one.claim, id_)


def _begins(whole: str, part: str) -> bool:
    return len(part) >= _SHORTEST and whole.startswith(part)


def _is_about(one: Waiting, text: str) -> bool:
    key = name_key(text)
    ends = ((one.start, one.start_caption), (one.end, one.end_caption))
    return any(text == id_ or (caption and name_key(caption) == key) for id_, caption in ends)


def shown(one: Waiting) -> dict[str, Any]:
    """A candidate as plain data: what it says, of whom, from which words, how sure, and what was decided."""
    values = one.values
    own = {k: v for k, v in sorted(values.items()) if k not in _CLAIM and v is not None}
    decided = json.loads(values["review"]) if values.get("review") else None
    return {
        "id": one.claim, "state": one.state, "kind": one.kind, "term": one.term,
        "subject": {"id": one.start, "label": one.start_label, "caption": one.start_caption},
        "object": {"id": one.end, "label": one.end_label, "caption": one.end_caption} if one.end else None,
        "values": own, "valid_from": values.get("valid_from"), "valid_to": values.get("valid_to"), "as_of": values.get("as_of"),
        "document": {"id": one.document, "name": one.name}, "row": values.get("row"),
        "span": {"start": values.get("span_start"), "end": values.get("span_end")}, "position": values.get("position"),
        "quote": values.get("quote"), "confidence": float(values["confidence"]) if values.get("confidence") else None,
        "method": values.get("method"), "review": decided,
    }  # fmt: skip


_CLAIM = frozenset({
    "id", "_label", "claim_id", "source", "document", "row", "span_start", "span_end", "position", "quote", "confidence", "method", "review",
    "status", "valid_from", "valid_to", "as_of", "unknown_since", "known_from", "known_to",
})  # fmt: skip
