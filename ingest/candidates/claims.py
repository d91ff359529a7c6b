"""The facts of an extraction as claims in the model's words; a fact the model has no place for is held, with the reason."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from graph_model.errors import ModelError
from graph_model.identifiers import mask_text, named_authority
from graph_model.kinds import UNKNOWN, plain
from graph_model.model import MODEL
from graph_model.names.clean import clean_name, name_key
from ingest.candidates.subjects import Named, Names, Row
from ingest.documents.text import Document
from ingest.frame import day_before
from nlp.extraction import Extraction, Fact

MOST_QUOTED = 1000


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: an event (`label` set) of a subject, or a relationship between two; `fact` is what it was read from."""

    kind: str
    start: Named
    end: Named | None
    values: Mapping[str, Any]
    fact: Fact
    authority: Row | None = None

    @property
    def is_event(self) -> bool:
        """Whether it is a node of its own."""
        return self.kind in MODEL.node


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that is no claim, and why."""

    fact: Fact
    reason: str


@dataclass(slots=True)
class Statements:
    """What one document states."""

    document: Document
    extraction: Extraction
    names: Names = field(init=False)
    claims: list[Claim] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def __post_init__(self) -> None:
        row = "" if self.document.row is None else f"|{self.document.row}"
        self.names = Names(self.extraction, f"{self.document.sha256}{row}")
        for fact in self.extraction.facts:
            found = _claim(fact, self.names, self.extraction)
            (self.claims if isinstance(found, Claim) else self.held).append(found)  # type: ignore[arg-type]

    def words(self, start: int, end: int) -> str:
        """The words of a span, identity numbers masked."""
        return mask_text(self.extraction.text[start:end])[:MOST_QUOTED]


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, str]]:
    """The extractor's words and the model's. Raises `ModelError` where the model has no such word."""
    data: Mapping[str, Mapping[str, str]] = yaml.safe_load(files("ingest").joinpath("candidates", "tables.yml").read_text("utf-8"))
    if wrong := {*data["roles"].values()} - MODEL.rel.keys() | {*data["lists"].values()} - MODEL.list_named.keys():
        raise ModelError(f"tables.yml: the model has no {', '.join(sorted(wrong))}")
    return data


def _claim(fact: Fact, names: Names, extraction: Extraction) -> Claim | Held:
    """The claim a fact makes. Only what is said to have happened, to be over, or (of a list) to be announced is one."""
    if fact.status not in ("asserted", "removed") and (fact.type, fact.status) != ("ListMembership", "planned"):
        return Held(fact, fact.status)
    builder = _BUILDERS.get(fact.type)
    if builder is None:
        return Held(fact, "not_in_the_model")
    return builder(fact, names, extraction)


# --- events -----------------------------------------------------------------------------------------


def _event(kind: str, fact: Fact, names: Names, values: Mapping[str, Any], authority: Any) -> Claim | Held:
    subject = names.find(fact.subject)
    if subject is None or (subject.label, kind) not in MODEL.rel["SUBJECT_OF"].ends:
        return Held(fact, "no_subject")
    named = authority if isinstance(authority, str) else None
    key = name_key(named) if named else ""
    node = {"id": named_authority(key), "caption": clean_name(named), "name_key": key} if named and key else None
    own = {"name_used": subject.node["caption"], **values, "authority": named}
    kept = {k: v for k, v in own.items() if v not in (None, "") and k in {p.name for p in MODEL.node[kind].properties}}
    begins = next((kept[n] for n in MODEL.node[kind].begins if n in kept), None)
    ends = MODEL.node[kind].ends
    end = day_before(kept[ends]) if ends in kept else UNKNOWN if fact.status == "removed" else None
    return Claim(kind, subject, None, {**kept, "valid_from": begins, "valid_to": end}, fact, node)


def _named(fact: Fact, names: Names, attr: str = "authority") -> str | None:
    """The deciding body: the fact's object where it is one, else what an attribute says."""
    found = names.find(fact.object) if fact.object else None
    return str(found.node["caption"]) if found is not None and found.label == "Authority" else _text(fact, attr)


def _penalty(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    values = {
        "number": _text(fact, "decision_no"), "decided": _text(fact, "date"), "violation": _text(fact, "violation"), "kinds": _joined(fact, "penalty_types"),
        "fine": _money(fact, "fine_amount"), "confiscated": _money(fact, "confiscated_amount"), "amount": _money(fact, "group_total_amount"),
        "basis": _joined(fact, "legal_basis", "；"),
    }  # fmt: skip
    return _event("Penalty", fact, names, values, _named(fact, names))


def _listing(fact: Fact, names: Names, extraction: Extraction) -> Claim | Held:
    code = _text(fact, "list_code") or ""
    entity = next((e for e in extraction.entities if e.id == fact.object), None)
    known = next((MODEL.list_named[n] for n in (tables()["lists"].get(code, code), entity.name if entity else "") if n in MODEL.list_named), None)
    if known is None:
        return Held(fact, "unknown_list")
    stage = {"removed": "移出", "planned": "拟列入"}.get(fact.status, "列入")
    values = {
        "list": known.term, "polarity": known.polarity, "listed": _text(fact, "listed_on"), "removed": _text(fact, "removed_on"), "stage": stage,
        "number": _text(fact, "doc_no"), "ground": _text(fact, "reason"), "remark": _remark(fact, "amount", "grade", "term_years"),
    }  # fmt: skip
    return _event("Listing", fact, names, values, _named(fact, names))


def _judgment(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    values = {
        "number": _text(fact, "case_no"), "decided": _text(fact, "date"), "cause": _text(fact, "cause"), "outcome": _text(fact, "outcome"),
        "remark": _remark(fact, "case_type", "amount"),
    }  # fmt: skip
    return _event("Judgment", fact, names, values, _named(fact, names, "court"))


def _enforcement(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    values = {
        "kind": _text(fact, "measure"), "number": _text(fact, "case_no"), "issued": _text(fact, "date"), "amount": _money(fact, "amount"),
        "remark": _remark(fact, "shares"),
    }  # fmt: skip
    return _event("Enforcement", fact, names, values, _named(fact, names, "court"))


def _grade(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    values = {
        "scheme": _text(fact, "scheme"), "level": _text(fact, "grade"), "period": _text(fact, "period") or _text(fact, "year"), "issued": _text(fact, "date"),
        "remark": _remark(fact, "previous_grade"),
    }  # fmt: skip
    return _event("Grade", fact, names, values, _named(fact, names))


# --- relationships ----------------------------------------------------------------------------------


def _link(kind: str, fact: Fact, names: Names, values: Mapping[str, Any]) -> Claim | Held:
    end = names.find(fact.object) if fact.object else None
    start = names.find(fact.subject, within=fact.object)
    if start is None or end is None:
        return Held(fact, "no_subject")
    rel = MODEL.rel[kind]
    if (start.label, end.label) not in rel.ends or start.id == end.id:
        return Held(fact, "ends")
    kept = {k: v for k, v in values.items() if v is not None and k in {"valid_from", "valid_to", *(p.name for p in rel.properties)}}
    return Claim(kind, start, end, kept, fact)


def _role(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    kind = tables()["roles"].get(_text(fact, "role") or "")
    if kind is None:
        return Held(fact, "no_relationship")
    over = fact.status == "removed" or fact.attrs.get("tense") == "former"
    holder = next((e.name for e in names.extraction.entities if e.id == fact.subject), None)
    values = {"post": _text(fact, "role_text") or _text(fact, "role"), "name_used": holder, "valid_to": UNKNOWN if over else None}
    return _link(kind, fact, names, values)


def _ownership(fact: Fact, names: Names, _: Extraction) -> Claim | Held:
    holder = next((e.name for e in names.extraction.entities if e.id == fact.subject), None)
    values = {
        "percent": _number(fact, "percent"), "shares": _text(fact, "shares"), "name_used": holder, "valid_from": _text(fact, "date"),
        "valid_to": UNKNOWN if fact.status == "removed" else None,
    }  # fmt: skip
    return _link("SHAREHOLDER_OF", fact, names, values)


_BUILDERS: Mapping[str, Callable[[Fact, Names, Extraction], Claim | Held]] = {
    "Penalty": _penalty, "ListMembership": _listing, "Judgment": _judgment, "Enforcement": _enforcement,
    "CreditGrade": _grade, "Role": _role, "Ownership": _ownership,
}  # fmt: skip


# --- values -----------------------------------------------------------------------------------------


def _text(fact: Fact, name: str) -> str | None:
    value = fact.attrs.get(name)
    return None if value in (None, "", [], ()) else mask_text(str(value))


def _number(fact: Fact, name: str) -> str | None:
    value = fact.attrs.get(name)
    return None if value is None or isinstance(value, bool) else f"{plain(Decimal(str(value)))}"


_money = _number


def _joined(fact: Fact, name: str, by: str = "、") -> str | None:
    value = fact.attrs.get(name)
    return by.join(map(str, value)) or None if isinstance(value, list | tuple) else _text(fact, name)


def _remark(fact: Fact, *names: str) -> str | None:
    """Attributes the model has no property for, kept in words."""
    return "; ".join(_told(fact, names)) or None


def _told(fact: Fact, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if (value := _text(fact, name)) is not None:
            yield f"{name} {value}"
