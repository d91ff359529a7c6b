"""`screen-text`: whom a document names, whom in the graph each may be, and the four verdicts on each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api import services
from api.context import Context
from api.lookups import note
from api.reading import reader_of
from graph_model.errors import UnknownEntity
from ingest.documents.read import Reading, document_of, read_document
from ingest.documents.text import Document
from nlp.extraction import Entity, Extraction
from queries.answers.answer import Span, Subject, Verdict
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked

SCREENED = ("Enterprise", "SocialOrg", "Institution", "Person")


@dataclass(frozen=True, slots=True)
class Screened:
    """One name of the document: whom it may mean, the verdicts in short, and the whole answer."""

    name: str
    type: str
    number: str | None
    anchor: str | None
    mentions: tuple[Span, ...]
    subject: Subject | None
    verdicts: dict[str, str]
    lists: tuple[str, ...]
    candidates: int
    answer: LinkedAnswer | None


@dataclass(frozen=True, slots=True)
class ScreenAnswer:
    """A document screened: every enterprise and person it names, in the order of the text."""

    id: str
    name: str
    characters: int
    screened: tuple[Screened, ...]


def screen_text(context: Context, p: Any) -> ScreenAnswer:
    """The document read, and each name asked about."""
    document = _document(context, p)
    extraction = reader_of(context)(document)
    return ScreenAnswer(document.sha256, document.name, len(document.text), tuple(_screened(context, p, extraction)))


def _document(context: Context, p: Any) -> Document:
    how = Reading(encoding=p.encoding, date=p.at, most_bytes=context.settings.max_document)
    if str(p.file) != "-":
        return read_document(p.file, how)
    import sys

    return document_of(sys.stdin.buffer.read(how.most_bytes), "standard input", how)


def _screened(context: Context, p: Any, extraction: Extraction) -> Iterator[Screened]:
    anchors = _anchors(extraction)
    for entity in extraction.entities:
        if entity.type in SCREENED:
            anchor = anchors.get(entity.id)
            if entity.type == "Person":  # noted before it is answered, as every look-up of a person
                note(context, "screen-text", {"file": Path(p.file).name, "name": entity.name, "anchor": anchor}, p.purpose)
            yield _one(entity, anchor, _ask(context, p, entity, anchor))


def _anchors(extraction: Extraction) -> Mapping[str, str]:
    """The enterprise in whose record the document names each person: its number, else its name."""
    called = {e.id: str(e.attrs.get("uscc") or e.name) for e in extraction.entities}
    roles = [f for f in extraction.facts if f.type == "Role" and f.object in called]
    return {f.subject: called[str(f.object)] for f in reversed(roles)}


def _ask(context: Context, p: Any, entity: Entity, anchor: str | None) -> LinkedAnswer | None:
    """The `linked` answer on a name; None where the graph has nothing by that name or number."""
    number = str(entity.attrs.get("uscc") or "")
    with context.graph.reading() as reader:
        for text in filter(None, (number, entity.name)):
            try:
                answer = linked(
                    reader, text, anchor=anchor if entity.type == "Person" else None, at=p.at, known_at=p.known_at, max_hops=p.max_hops,
                    identity=p.identity, limit=p.limit, seconds=p.seconds, raw=services.home_of(context).archive,
                )  # fmt: skip
            except UnknownEntity:
                continue
            if answer.subject.id is not None or text == entity.name:
                return answer
    return None


def _one(entity: Entity, anchor: str | None, answer: LinkedAnswer | None) -> Screened:
    mentions = tuple(Span(a, b) for a, b in entity.mentions)
    number = entity.attrs.get("uscc")
    head = (entity.name, entity.type, str(number) if number else None, anchor, mentions)
    if answer is None:
        return Screened(*head, None, dict.fromkeys(_VERDICTS, "undetermined"), (), 0, None)
    verdicts: dict[str, Verdict] = {name: getattr(answer.verdicts, name) for name in _VERDICTS}
    lists = tuple(dict.fromkeys(f.list for f in verdicts["listed"].findings if f.holds == "yes"))
    return Screened(*head, answer.subject, {n: v.answer for n, v in verdicts.items()}, lists, answer.coverage.candidates_excluded, answer)


_VERDICTS = ("listed", "reached", "associated", "liable_if_ruled")
