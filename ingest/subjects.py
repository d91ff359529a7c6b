"""Whom a row names: labels, ids and nodes of its subjects, and what is wrong with their numbers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.identifiers import (
    Identifier,
    mask_idno,
    named_authority,
    named_enterprise,
    named_person,
    read_idno,
    read_lei,
    read_orgcode,
    read_regno,
    read_uscc,
)
from graph_model.model import MODEL
from graph_model.names.clean import clean_name, name_key
from graph_model.names.parse import holder_kind
from ingest.frame import Frame, each
from ingest.maps import ANY, SubjectMap
from nlp.repair import propose_repair

_READERS: Mapping[str, Callable[[str], Identifier | None]] = {
    "uscc": read_uscc, "orgcode": read_orgcode, "regno": read_regno, "lei": read_lei, "id_masked": read_idno,
}  # fmt: skip
_TERMS = {"uscc": "统一社会信用代码", "orgcode": "组织机构代码", "regno": "工商注册号", "lei": "LEI", "id_masked": "证件号码"}
_LABEL_OF_KIND = {"person": "Person", "enterprise": "Enterprise", "product": "Enterprise", "state": "Authority"}
# A name without one of these is a short name: it identifies nobody outside the source that uses it.
_FULL = re.compile(r"(公司|企业|厂|店|社|所|中心|集团|银行|行|合伙|学校|院|协会|学会|基金会|委员会|馆|站|队|局|办|部|园|场|库|处)\w{0,6}$")
_COURT, _STATE = re.compile("法院"), re.compile("国有资产|国资|财政[局厅部]|人民政府")


@dataclass(slots=True)
class Subject:
    """One subject of a part, column-wise: null where a row does not name it."""

    map: SubjectMap
    id: pa.Array
    label: pa.Array
    name: pa.Array
    key: pa.Array
    raw_name: pa.Array
    numbers: Mapping[str, pa.Array]
    problems: pa.Array
    anchor: pa.Array

    def nodes(self, frame: Frame, out: dict[str, list[pa.Table]]) -> None:
        """The nodes of the subject, by label, with their rows."""
        for label in {v for v in self.label.unique().to_pylist() if v}:
            mask = pc.fill_null(pc.and_(pc.equal(self.label, label), pc.is_valid(self.id)), False)
            columns = getattr(self, f"_{label.lower()}")()
            out.setdefault(label, []).append(pa.table({"id": self.id, **columns, "row": frame.rows}).filter(mask))

    def _enterprise(self) -> dict[str, pa.Array]:
        by = {s: pc.starts_with(self.id, f"cn-{s}-") for s in ("uscc", "orgcode", "regno", "ticker", "name")}
        uscc = pc.if_else(by["uscc"], self.numbers["uscc"], None)
        orgcode = pc.if_else(by["orgcode"], self.numbers["orgcode"], None)
        return {
            "caption": pc.coalesce(self.name, pc.replace_substring_regex(self.id, r"^cn-\w+?-", "")),
            "name_key": pc.if_else(by["name"], self.key, None),
            "uscc": uscc,
            "orgcode": pc.coalesce(orgcode, pc.utf8_slice_codeunits(uscc, 8, 17)),
            "regno": pc.if_else(by["regno"], self.numbers["regno"], None),
            "ticker": pc.if_else(by["ticker"], self.numbers["ticker"], None),
        }

    def _person(self) -> dict[str, pa.Array]:
        number = pc.if_else(pc.is_null(self.anchor), self.numbers["id_masked"], None)  # else it is what a record says
        return {"caption": self.name, "name_key": self.key, "anchor": self.anchor, "id_masked": number}

    def _authority(self) -> dict[str, pa.Array]:
        return _authority_columns(self.name, self.key)

    def record_columns(self, values: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
        """What the row says of the subject itself beside the mapped properties."""
        named = {n: a for n, a in self.numbers.items() if n in _RECORD_NAMES}
        aliases = [each(values[n], _keys) for n in ("former_names", "short_name")]
        return {
            "name": self.raw_name,
            "name_key": self.key,
            "alias_keys": _joined(aliases),
            **named,
            "problems": self.problems,
            "proposals": each(self.raw_name, _proposal),
            "state_holder": pc.if_else(pc.equal(self.label, "Authority"), True, None) if self.map.label == ANY else pa.nulls(len(self.id), pa.bool_()),
        }


_RECORD_NAMES = frozenset(p.name for p in MODEL.node["Record"].properties)


def read_subject(frame: Frame, subject: SubjectMap, edition: Any, others: Mapping[str, Subject], *, required: bool) -> Subject:
    """The subject in each row of the batch. `required`: a row that does not name it is bad."""
    raw = frame.raw(subject.name) if subject.name else frame.nothing()
    name = frame.values(subject.name, "name") if subject.name else frame.nothing()
    key = each(name, lambda text: name_key(text) or None)
    label = _labels(frame, subject, name)
    numbers, problems = _numbers(frame, subject, label)
    anchor = others[subject.within].id if subject.within else frame.nothing()
    ids = _ids(frame, subject, label, key, numbers, anchor, edition)
    found = Subject(subject, ids, label, name, key, raw if subject.name and not subject.name.lookup_file else name, numbers, problems, anchor)
    if required:
        column = frame.column_of(subject.name) if subject.name else None
        frame.mark_where(pc.is_null(ids), column, problems, "missing", "the row names nobody the map can identify (no name, no valid number)")
    if subject.label == "Person" and subject.within:
        found.anchor = anchor
    return found


def _labels(frame: Frame, subject: SubjectMap, name: pa.Array) -> pa.Array:
    if subject.label != ANY:
        return pa.array([subject.label] * frame.size, pa.string())
    guessed = each(name, lambda text: _LABEL_OF_KIND[holder_kind(text)])
    if subject.decide is None:
        return guessed
    stated = frame.values(subject.decide, "text")
    known = pa.array(list(MODEL.subjects))
    return pc.coalesce(pc.if_else(pc.is_in(stated, value_set=known), stated, None), guessed)


def _numbers(frame: Frame, subject: SubjectMap, label: pa.Array) -> tuple[dict[str, pa.Array], pa.Array]:
    """Valid numbers by scheme, and in words what is wrong with the others; nothing is repaired."""
    numbers: dict[str, pa.Array] = {n: frame.nothing() for n in ("uscc", "orgcode", "regno", "ticker", "lei", "id_masked")}
    wrongs: list[pa.Array] = []
    for scheme, cell in subject.numbers.items():
        fits = pc.equal(label, "Person") if scheme == "id_masked" else pc.not_equal(label, "Person")
        if scheme == "ticker":
            numbers[scheme] = pc.utf8_upper(pc.if_else(fits, frame.values(cell, "text"), None))
            continue
        read = frame.apply(cell, (id(cell), "number"), frame.steps(cell, partial(_judged, scheme)), pa.string())
        read = pc.if_else(fits, read, None)
        good = pc.starts_with(read, "+")
        numbers[scheme] = pc.if_else(good, pc.utf8_slice_codeunits(read, 1, None), None)
        wrongs.append(pc.if_else(good, None, pc.utf8_slice_codeunits(read, 1, None)))
    if "orgcode" not in subject.numbers and "uscc" in subject.numbers:
        numbers["orgcode"] = frame.nothing()
    return numbers, _joined(wrongs) if wrongs else frame.nothing()


def _judged(scheme: str, text: str) -> str | None:
    """`+` and the number when it is valid, `-` and what is wrong with it when it is not."""
    if scheme == "id_masked":
        found = read_idno(text)
        return None if found is None else f"+{mask_idno(text)}"
    found = _READERS[scheme](text)
    if found is None:
        return None
    return f"+{found.value}" if found.valid else f"-{_TERMS[scheme]} {text}: {found.problem}"


def _ids(
    frame: Frame, subject: SubjectMap, label: pa.Array, key: pa.Array, numbers: Mapping[str, pa.Array], anchor: pa.Array, edition: Any
) -> pa.Array:
    kinds = set(label.drop_null().to_pylist())
    ids = frame.nothing()
    if "Enterprise" in kinds:
        ids = pc.if_else(pc.equal(label, "Enterprise"), _enterprise_ids(key, numbers, edition.source), ids)
    if "Authority" in kinds:
        ids = pc.if_else(pc.equal(label, "Authority"), each(key, named_authority), ids)
    if "Person" in kinds:
        persons = pa.array(_person_ids(frame, subject, label, key, numbers, anchor, edition), pa.string())
        ids = pc.if_else(pc.equal(label, "Person"), persons, ids)
    return ids


def _enterprise_ids(key: pa.Array, numbers: Mapping[str, pa.Array], source: str) -> pa.Array:
    # the older 注册号 of 13 digits has no check digit: it is recorded, but a slip in it must not join two enterprises
    checked = {**numbers, "regno": pc.if_else(pc.equal(pc.utf8_length(numbers["regno"]), 15), numbers["regno"], None)}
    by_number = [_prefixed(f"cn-{s}-", checked[s]) for s in ("uscc", "orgcode", "regno", "ticker")]
    named = each(key, lambda k: named_enterprise(k, within=None if _FULL.search(k) else source))
    return pc.coalesce(*by_number, named)


def _person_ids(
    frame: Frame, subject: SubjectMap, label: pa.Array, key: pa.Array, numbers: Mapping[str, pa.Array], anchor: pa.Array, edition: Any
) -> list[str | None]:
    """A person is his name within one scope: an enterprise's record, else a masked number, else the case, else the row."""
    scope = anchor
    if not subject.within:
        case = frame.values(subject.scope, "text") if subject.scope else frame.nothing()
        rows = pc.cast(frame.rows, pa.string())
        scope = pc.coalesce(
            _prefixed(f"{edition.source}|id|", numbers["id_masked"]),
            _prefixed(f"{edition.source}|case|", case),
            _prefixed(f"{edition.document}|", rows),
        )
    return [
        named_person(s, k) if kind == "Person" and s and k else None
        for kind, s, k in zip(label.to_pylist(), scope.to_pylist(), key.to_pylist(), strict=True)
    ]


def authority_ids(name: pa.Array) -> pa.Array:
    """Ids of authorities by name."""
    return each(name, lambda text: named_authority(name_key(text)))


def authority_nodes(frame: Frame, name: pa.Array, ids: pa.Array, out: dict[str, list[pa.Table]]) -> None:
    """Nodes of the authorities that decided events."""
    columns = _authority_columns(each(name, clean_name), each(name, name_key))
    table = pa.table({"id": ids, **columns, "row": frame.rows}).filter(pc.is_valid(ids))
    if table.num_rows:
        out.setdefault("Authority", []).append(table)


def _authority_columns(name: pa.Array, key: pa.Array) -> dict[str, pa.Array]:
    kind = each(name, lambda text: "法院" if _COURT.search(text) else "国有资产管理机构" if _STATE.search(text) else "行政机关")
    return {"caption": name, "name_key": key, "kind": kind, "state_holder": pc.equal(kind, "国有资产管理机构")}


def _keys(text: str) -> str | None:
    keys = [name_key(part) for part in re.split(r"[、,，;；|]+", text)]
    return "|".join(["", *filter(None, keys), ""]) if any(keys) else None


def _proposal(name: str) -> str | None:
    found = propose_repair(name)
    if found is None:
        return None
    steps = [{"at": s.position, "was": s.was, "becomes": s.becomes, "why": s.why} for s in found.steps]
    return json.dumps({"name": {"raw": found.raw, "proposed": found.proposed, "steps": steps}}, ensure_ascii=False)


def is_full_name(key: str) -> bool:
    """Whether the key of a name singles out an enterprise: 简称 and brands do not."""
    return _FULL.search(key) is not None


def _prefixed(prefix: str, column: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(pa.scalar(prefix), column, "")


def _joined(columns: list[pa.Array]) -> pa.Array:
    """The texts of several columns, separated by "; "; null where all are."""
    told = [c for c in columns if c.null_count < len(c)]
    if len(told) < 2:
        return (told or columns)[0]
    return pa.array(["; ".join(filter(None, parts)) or None for parts in zip(*(c.to_pylist() for c in told), strict=True)], pa.string())
