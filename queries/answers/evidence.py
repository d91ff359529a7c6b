"""Where each claim of an answer comes from, and one Chinese sentence of what it states."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph_model.kinds import UNKNOWN
from graph_model.model import MODEL
from graph_model.stores.graph import Reader
from queries.answers.answer import Evidence, Span
from queries.catalogue.coverage import DOCUMENTS_NAMED
from queries.query import run

_SHA256 = re.compile(r"[0-9a-f]{64}")
UNRANKED = 9


class RawRows(Protocol):
    """The rows of documents as they were read."""

    def row(self, sha256: str, row_number: int, sheet: str | None = None) -> dict[str, str] | None:
        """The row with this number; None when it is not kept."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim to be shown: its id, its relationship type or event label, all it says, and who it is about."""

    claim_id: str
    kind: str
    claim: Mapping[str, Any]
    subject: str
    other: str = ""


def evidence_of(
    reader: Reader,
    stated: Iterable[Stated],
    raw: RawRows | None,
    *,
    names: Mapping[str, str],
    ranks: Mapping[str, int],
    titles: Mapping[str, str | None] | None = None,
) -> dict[str, Evidence]:
    """Evidence by claim id; `names` and `ranks` are of the sources, `titles` of all documents, where they were read before."""
    every = {one.claim_id: one for one in stated}
    if titles is None:
        documents = sorted({str(one.claim["document"]) for one in every.values() if one.claim.get("document")})
        titles = {row.id: row.name for row in run(reader, DOCUMENTS_NAMED, ids=documents)}
    return {id_: _evidence(every[id_], raw, names, ranks, titles) for id_ in sorted(every)}


def _evidence(
    one: Stated,
    raw: RawRows | None,
    names: Mapping[str, str],
    ranks: Mapping[str, int],
    titles: Mapping[str, str | None],
) -> Evidence:
    claim, source = one.claim, str(one.claim["source"])
    document = claim.get("document")
    sha, _, sheet = str(document or "").partition("#")
    row = claim.get("row")
    kept = (
        raw.row(sha, row, sheet or None)
        if raw is not None and row is not None and _SHA256.fullmatch(sha)
        else None
    )
    start, end = claim.get("span_start"), claim.get("span_end")
    return Evidence(
        source, names.get(source, source), ranks.get(source, UNRANKED), document, titles.get(str(document)), sheet or None,
        row, Span(start, end) if start is not None and end is not None else None, str(claim["status"]), kept, statement(one),
    )  # fmt: skip


def statement(one: Stated) -> str:
    """What a claim states, as one Chinese sentence."""
    claim = one.claim
    if one.kind in MODEL.node:
        return f"{one.subject}{_event(one.kind, claim)}{_period(claim)}。"
    rel = MODEL.rel[one.kind]
    said = {
        "role": f"{one.subject}任{one.other}{claim.get('post') or rel.term}",
        "share": f"{one.subject}持有{one.other}{_percent(claim)}股权",
        "control": f"{one.subject}为{one.other}的{rel.term}",
        "identity": f"{one.subject}与{one.other}{_same(claim)}",
    }
    text = said.get(rel.category, f"{one.subject}与{one.other}：{rel.term}")
    return f"{text}{_period(claim)}。"


def _event(label: str, claim: Mapping[str, Any]) -> str:
    number = f"（{claim['number']}）" if claim.get("number") else ""
    if label == "Listing":
        word = "移出" if claim.get("stage") == "移出" else claim.get("stage") or "列入"
        return f"{word}《{claim.get('list', '')}》{number}"
    return f"：{MODEL.node[label].term}{number}"


def _percent(claim: Mapping[str, Any]) -> str:
    percent = str(claim.get("percent") or "")
    return f"{percent.replace('..', '%至')}%" if percent else ""


def _same(claim: Mapping[str, Any]) -> str:
    return (
        "判定不是同一主体" if claim.get("grade") == "ruled_out" else f"判定为同一主体（{claim.get('grade')}）"
    )


def _period(claim: Mapping[str, Any]) -> str:
    start, end = claim.get("valid_from"), claim.get("valid_to")
    parts = [f"自{start}起" if start and start != UNKNOWN else ""]
    parts.append("已终止，日期不详" if end == UNKNOWN else f"至{end}止" if end else "")
    if claim.get("unknown_since"):
        parts.append(f"{claim['unknown_since']}起来源不再显示")
    told = "，".join(part for part in parts if part)
    return f"（{told}）" if told else ""
