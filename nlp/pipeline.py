"""Texts to extractions: the pipeline of `config.cfg`, with every offset in the original text.

A long text is read in parts cut at empty lines or line ends, one after another, so that memory does not grow
with its length; what the parts name alike is one entity. Each later part is read behind the head of the text and
the short names told so far, so that 我局, 当事人 and 云岫智能 mean there what they mean in the whole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from thinc.api import Config

from nlp import components
from nlp.clean import Cleaned, clean
from nlp.entities import key_of
from nlp.extraction import Entity, Extraction, Fact, Span
from nlp.gold import Record, record_of

PART = 40_000
_HEAD = 1_200  # characters of the beginning that every later part is read behind: letterhead, parties, 以下简称
_MOST_TOLD, _LONGEST_TOLD = 60, 60
_BETWEEN = r"[\s〔〕（）\[\]]*"  # a number may have lost its brackets on the way
_NUMBER_SIZE = 40
_VERBATIM = frozenset({"decision_no", "doc_no", "case_no", "violation", "reason", "role_text", "legal_basis", "cause", "outcome", "list_kind"})


@cache
def load() -> Language:
    """The pipeline, made once from its configuration."""
    components.register()
    config = Config().from_str(files("nlp").joinpath("config.cfg").read_text("utf-8"))
    return load_model_from_config(config, auto_fill=True)


def extract(text: str, date_context: str | None = None) -> Extraction:
    """All entities and facts of a text; `date_context` (its day of publication) completes dates without a year."""
    merged = _Merged()
    for start, end in parts(text):
        before = merged.context(text, text[start:end]) if start else ""
        merged.add(_read(before + text[start:end], date_context), start - len(before), start)
    return Extraction(text, tuple(merged.entities.values()), tuple(merged.facts), date_context, _version())


def predict(record: Record) -> dict[str, Any]:
    """The prediction for an annotated passage, in its layout: only `id`, `text` and `date_context` are read."""
    return record_of(record["id"], extract(record["text"], record.get("date_context")))


def parts(text: str, size: int = PART) -> Iterator[Span]:
    """The stretches that are read one at a time: the whole of a short text, else cut where a paragraph or line ends."""
    at = 0
    while len(text) - at > size:
        cut = max(text.rfind("\n\n", at + size // 2, at + size), 0) or text.rfind("\n", at + size // 2, at + size)
        cut = cut if cut > at else text.rfind("。", at + size // 2, at + size)
        cut = cut + 1 if cut > at else at + size
        yield at, cut
        at = cut
    yield at, len(text)


@cache
def _version() -> str:
    return f"xinpu {version('xinpu')}"


def _read(text: str, date_context: str | None) -> Extraction:
    """One part through the pipeline, mapped back to its original characters."""
    language = load()
    doc = language.make_doc(text)
    doc._.date_context = date_context
    if doc._.cleaned.text:
        doc = language(doc)
    return _mapped(doc, text, date_context)


def _mapped(doc: Doc, text: str, date_context: str | None) -> Extraction:
    cleaned = doc._.cleaned
    entities = tuple(_original(entity, cleaned) for entity in (doc._.entities or {}).values())
    facts = tuple(
        replace(fact, evidence=cleaned.back(*fact.evidence), attrs=_printed(fact, cleaned))
        for fact in components.facts_of(doc)
    )
    return Extraction(text, entities, facts, date_context)


def _original(entity: Entity, cleaned: Cleaned) -> Entity:
    """The entity with its places and spellings in the original: 當 stays 當."""
    spans = tuple(cleaned.back(*span) for span in entity.mentions)
    written = {cleaned.text[a:b]: cleaned.printed(a, b) for a, b in entity.mentions}
    attrs = dict(entity.attrs)
    if "alias" in attrs:
        attrs["alias"] = [written.get(name, name) for name in attrs["alias"]]
    return Entity(entity.id, entity.type, written.get(entity.name, entity.name), spans, attrs)


def _printed(fact: Fact, cleaned: Cleaned) -> dict[str, Any]:
    """The attributes, those that repeat the text with the characters that it has in print."""
    if cleaned.text == cleaned.original:
        return dict(fact.attrs)
    return {key: _spelled(value, fact, cleaned) if key in _VERBATIM else value for key, value in fact.attrs.items()}


def _spelled(value: Any, fact: Fact, cleaned: Cleaned) -> Any:
    if isinstance(value, list):
        return [_spelled(item, fact, cleaned) for item in value]
    if not isinstance(value, str):
        return value
    at = cleaned.text.find(value, *fact.evidence)
    at = at if at >= 0 else cleaned.text.find(value)
    if at >= 0:
        return cleaned.printed(at, at + len(value))
    loose = re.search(_BETWEEN.join(map(re.escape, value)), cleaned.text) if len(value) <= _NUMBER_SIZE else None
    return re.sub(r"\s+", "", cleaned.printed(*loose.span())) if loose else value


class _Merged:
    """The entities and facts of all parts; what is named alike is one."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.facts: list[Fact] = []
        self._known: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def context(self, text: str, part: str) -> str:
        """What is read before a later part: the head of the text, and the names with another name that the part uses."""
        told = [
            f"{entity.name}（以下简称“{alias}”）。\n"
            for entity in self.entities.values()
            if len(entity.name) <= _LONGEST_TOLD and entity.type != "Person"
            for alias in entity.attrs.get("alias", ())
            if 2 <= len(alias) < len(entity.name) and alias in part and entity.name not in part
        ]
        end = text.rfind("\n", 0, _HEAD)
        return text[: end if end > 0 else _HEAD] + "\n\n" + "".join(told[:_MOST_TOLD]) + "\n"

    def add(self, part: Extraction, offset: int, first: int = 0) -> None:
        """One more part, whose text begins at an offset of the whole; what lies before `first` was read already."""
        ids = {entity.id: self._place(entity, offset, first) for entity in part.entities}
        for fact in part.facts:
            place = self._evidence(fact.evidence, offset, first)
            if place is not None:
                self._add(replace(fact, subject=ids[fact.subject], object=ids.get(fact.object or ""), evidence=place))

    @staticmethod
    def _evidence(span: Span, offset: int, first: int) -> Span | None:
        """The place in the whole: behind `first` moved, in the head read again as it stands there, else none."""
        start, end = span
        if end + offset > first:
            return (max(start + offset, first), end + offset)
        return span if end <= min(_HEAD, first) else None

    def _add(self, fact: Fact) -> None:
        """The fact, in place of one of the same kind that says less, and not where one says as much."""
        for at, known in enumerate(self.facts):
            if self._same(fact, known):
                return
            if self._says_more(fact, known):
                self.facts[at] = fact
                return
        self.facts.append(fact)

    @staticmethod
    def _says_more(one: Fact, other: Fact) -> bool:
        alike = (one.type, one.subject, one.object, one.status) == (other.type, other.subject, other.object, other.status)
        return alike and one.evidence[0] == other.evidence[0] and other.attrs.items() <= one.attrs.items()

    @staticmethod
    def _same(one: Fact, other: Fact) -> bool:
        return (one.type, one.subject, one.object, one.status, one.attrs) == (
            other.type, other.subject, other.object, other.status, other.attrs)  # fmt: skip

    def _place(self, entity: Entity, offset: int, first: int) -> str:
        names = [entity.name, *entity.attrs.get("alias", ())]
        known = next((key for name in names if (key := self._known.get((entity.type, key_of(name))))), None)
        spans = tuple((a + offset, b + offset) for a, b in entity.mentions if a + offset >= first)
        if known is None:
            letter = entity.id.rstrip("0123456789")
            self._counts[letter] = self._counts.get(letter, 0) + 1
            known = f"{letter}{self._counts[letter]}"
            self.entities[known] = replace(entity, id=known, mentions=spans)
        else:
            self.entities[known] = _joined(self.entities[known], entity, spans)
        self._known |= {(entity.type, key_of(name)): known for name in names}
        return known


def _joined(known: Entity, other: Entity, spans: tuple[Span, ...]) -> Entity:
    attrs = {**other.attrs, **known.attrs}
    names = [known.name, *known.attrs.get("alias", ()), other.name, *other.attrs.get("alias", ())]
    name = max((known.name, other.name), key=len)
    aliases = [n for n in dict.fromkeys(names) if n != name]
    if aliases:
        attrs["alias"] = aliases
    return replace(known, name=name, mentions=known.mentions + spans, attrs=attrs)


__all__ = ["clean", "extract", "load", "parts", "predict"]
