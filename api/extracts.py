"""What `extract` hands out: each document with its entities and facts, every one with its place in the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_model.identifiers import mask_text
from ingest.candidates.load import Loaded
from ingest.documents.text import Document
from nlp.extraction import Entity, Extraction, Fact
from nlp.extraction import Span as Offsets
from queries.answers.answer import Span

MOST_QUOTED = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands in the document: page with the box around its lines in points, or paragraph; row of a table."""

    page: int | None
    box: tuple[float, ...] | None
    paragraph: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class ReadEntity:
    """One referent: the fullest name the document gives, every place that names it, its numbers and aliases."""

    id: str
    type: str
    name: str
    mentions: tuple[Span, ...]
    attrs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One fact: of whom, what, in which status, from which words and where; `claim` is what it became in the graph.

    `held`: why it is no claim: a status that is not asserted, or something the model has no place for.
    """

    number: int
    type: str
    subject: str
    subject_name: str
    object: str | None
    object_name: str | None
    status: str
    attrs: dict[str, Any]
    span: Span
    quote: str
    place: Place
    coref: bool
    rule: str
    confidence: float | None
    claim: str | None
    held: str | None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document; `text` is what all spans count in, given where it was asked for."""

    id: str
    name: str
    kind: str
    row: int | None
    encoding: str | None
    date: str | None
    ocr: bool
    characters: int
    version: str
    text: str | None
    entities: tuple[ReadEntity, ...]
    facts: tuple[ReadFact, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that gave no text, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExtractAnswer:
    """What was read, what could not be, and (`graph`) what the graph took in."""

    documents: tuple[ReadDocument, ...]
    failed: tuple[Unreadable, ...]
    graph: dict[str, Any] | None


def read_answer(document: Document, extraction: Extraction, loaded: Loaded | None = None, *, with_text: bool = False) -> ReadDocument:
    """One document's part of the answer."""
    return ReadDocument(
        document.sha256, document.name, document.kind, document.row, document.encoding, extraction.date_context, document.ocr,
        len(document.text), extraction.version, document.text if with_text else None, tuple(map(_entity, extraction.entities)),
        tuple(_facts(document, extraction, loaded)),
    )  # fmt: skip


def _entity(entity: Entity) -> ReadEntity:
    return ReadEntity(entity.id, entity.type, entity.name, tuple(Span(a, b) for a, b in entity.mentions), _plain(entity.attrs))


def _facts(document: Document, extraction: Extraction, loaded: Loaded | None) -> Sequence[ReadFact]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return [_fact(number, fact, document, names, loaded) for number, fact in enumerate(extraction.facts)]


def _fact(number: int, fact: Fact, document: Document, names: Mapping[str, str], loaded: Loaded | None) -> ReadFact:
    claim, held = (loaded.claims.get(number), loaded.held.get(number)) if loaded else (None, None)
    return ReadFact(
        number, fact.type, fact.subject, names.get(fact.subject, fact.subject), fact.object, names.get(fact.object or ""), fact.status, _plain(fact.attrs),
        Span(*fact.evidence), _quote(document.text, fact.evidence), _place(document, fact.evidence), fact.coref, fact.rule, fact.confidence, claim, held,
    )  # fmt: skip


def _quote(text: str, span: Offsets) -> str:
    return mask_text(text[span[0] : span[1]])[:MOST_QUOTED]


def _place(document: Document, span: Offsets) -> Place:
    found = document.place(*span)
    return Place(found.page, found.box, found.paragraph, found.row)


def _plain(attrs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in attrs.items()}
