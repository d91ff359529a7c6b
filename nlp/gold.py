"""Annotated passages as readings and extractions, and extractions as records of the same layout.

The layout: one JSON object a line with `id`, `text`, `date_context`, `entities` (type, name, mention_spans,
attrs) and `facts` (type, subject, object, attrs, evidence_span, status, coref).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nlp.clean import Cleaned, clean
from nlp.extraction import Entity, Extraction, Fact
from nlp.reading import Mention, Reading
from nlp.references import references

Record = Mapping[str, Any]


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file of annotated passages."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_records(path: Path, records: Iterable[Record]) -> None:
    """A file with one record a line."""
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def extraction_of(record: Record) -> Extraction:
    """The annotation of a passage as an extraction: what a perfect run would give."""
    entities = tuple(_entity(item) for item in record["entities"])
    facts = tuple(_fact(item) for item in record["facts"])
    return Extraction(record["text"], entities, facts, record.get("date_context"))


def reading_of(record: Record) -> Reading:
    """The passage cleaned, with the annotated entities and what 当事人, 该公司, 我局 … mean beside them."""
    cleaned = clean(record["text"])
    entities = {item["id"]: _moved(_entity(item), cleaned) for item in record["entities"]}
    named = tuple(Mention(a, b, key) for key, entity in entities.items() for a, b in entity.mentions)
    date = record.get("date_context")
    return Reading(cleaned.text, entities, tuple(sorted(named + references(cleaned.text, entities, date))), date)


def record_of(key: str, extraction: Extraction) -> dict[str, Any]:
    """The extraction in the layout of the annotated passages."""
    return {
        "id": key,
        "date_context": extraction.date_context,
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "mention_spans": [list(m) for m in e.mentions],
             "attrs": dict(e.attrs)}
            for e in extraction.entities
        ],
        "facts": [
            {"id": f"f{at}", "type": f.type, "subject": f.subject, "object": f.object, "attrs": dict(f.attrs),
             "evidence_span": list(f.evidence), "status": f.status, "coref": f.coref}
            for at, f in enumerate(extraction.facts, 1)
        ],
    }  # fmt: skip


def _entity(item: Record) -> Entity:
    spans = tuple((a, b) for a, b in item.get("mention_spans", ()))
    return Entity(item["id"], item["type"], item["name"], spans, item.get("attrs") or {})


def _fact(item: Record) -> Fact:
    start, end = item["evidence_span"]
    return Fact(
        item["type"], item["subject"], item.get("object"), item.get("attrs") or {}, (start, end),
        status=item.get("status", "asserted"), coref=bool(item.get("coref")),
    )  # fmt: skip


def _moved(entity: Entity, cleaned: Cleaned) -> Entity:
    """The entity with its places, and the name it has there, in the cleaned text."""
    spans = tuple(span for a, b in entity.mentions if (span := cleaned.forward(a, b)) is not None)
    name = clean(entity.name).text or entity.name
    return Entity(entity.id, entity.type, name, spans, entity.attrs)
