"""A language model as a further proposer: what it says is kept only where every value stands in the text.

The endpoint is the user's own (any that speaks the OpenAI interface); nothing is sent unless he allowed it. The
result are facts like any other, with the model's name as their rule and no confidence: candidates for a person.
"""

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from graph_model.kinds import BadValue, clean_date, read_money
from nlp.extraction import Entity, EntityType, Extraction, Fact, FactType, Span, Status

PART = 6_000  # characters a request
_TEXTS = ("decision_no", "violation", "measure_type", "doc_no", "reason", "list_code", "role", "case_no", "cause", "outcome", "measure", "scheme", "grade", "percent")
_DATES = ("date", "listed_on")
_AMOUNTS = ("fine_amount", "confiscated_amount", "amount")
_BLANK = re.compile(r"\s+")
_ASK = (
    "You read one Chinese official document or news text. List only facts about named enterprises, persons or organisations that the text itself "
    "states: penalties, measures, list memberships, roles, shareholdings, judgments, enforcement, official credit grades. Rules, statistics and "
    "general statements are no facts. Copy subject, object, evidence and every value character by character from the text; leave out what is not "
    "there. status: asserted (has happened), removed, planned (announced, not final), proposed, conditional or negated."
)


class LlmError(RuntimeError):
    """The endpoint could not be asked, or answered with something that is no list of facts."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask: address, model, key, and how long to wait."""

    url: str
    model: str
    key: str | None = None
    seconds: float = 120.0


def propose(extraction: Extraction, endpoint: Endpoint) -> Extraction:
    """The extraction with the facts the model adds. Raises `LlmError`; `ModuleNotFoundError` without the extra `llm`."""
    client = importlib.import_module("openai").OpenAI(base_url=endpoint.url, api_key=endpoint.key or "none", timeout=endpoint.seconds, max_retries=1)
    book = _Book(extraction, f"llm:{endpoint.model}")
    for start in range(0, max(1, len(extraction.text)), PART):
        for proposal in _asked(client, endpoint, extraction.text[start : start + PART]):
            book.add(proposal, start)
    return book.extraction


def _asked(client: Any, endpoint: Endpoint, text: str) -> list[Mapping[str, Any]]:
    openai = importlib.import_module("openai")
    try:
        reply = client.chat.completions.create(
            model=endpoint.model, temperature=0,
            messages=[{"role": "system", "content": _ASK}, {"role": "user", "content": text}],
            response_format={"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": SCHEMA}},
        )  # fmt: skip
        content = json.loads(reply.choices[0].message.content or "")
    except openai.OpenAIError as error:
        raise LlmError(f"{endpoint.url}: {error}") from error
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise LlmError(f"{endpoint.url}: the answer is not the JSON that was asked for ({error})") from error
    facts = content.get("facts") if isinstance(content, dict) else None
    if not isinstance(facts, list):
        raise LlmError(f"{endpoint.url}: the answer has no list of facts")
    return [fact for fact in facts if isinstance(fact, dict)]


def _text_or_null() -> dict[str, Any]:
    return {"type": ["string", "null"]}


_VALUES = {name: _text_or_null() for name in (*_TEXTS, *_DATES, *_AMOUNTS)}
_FACT = {
    "type": {"type": "string", "enum": list(get_args(FactType))}, "status": {"type": "string", "enum": list(get_args(Status))},
    "subject": {"type": "string"}, "subject_type": {"type": "string", "enum": ["Enterprise", "Person", "SocialOrg", "Institution"]},
    "object": _text_or_null(), "object_type": {"type": ["string", "null"], "enum": [*get_args(EntityType), None]}, "evidence": {"type": "string"},
    "values": {"type": "object", "properties": _VALUES, "required": list(_VALUES), "additionalProperties": False},
}  # fmt: skip
SCHEMA: Mapping[str, Any] = {
    "type": "object", "required": ["facts"], "additionalProperties": False,
    "properties": {"facts": {"type": "array", "items": {"type": "object", "properties": _FACT, "required": list(_FACT), "additionalProperties": False}}},
}  # fmt: skip


@dataclass(slots=True)
class _Book:
    """The extraction as it grows; what is not anchored in the text never enters it."""

    extraction: Extraction
    rule: str

    def add(self, proposal: Mapping[str, Any], offset: int) -> None:
        """Take one proposal in, if it is well formed, stands in the text, and says something new."""
        evidence = self._place(proposal.get("evidence"), offset)
        if evidence is None or proposal.get("type") not in get_args(FactType) or proposal.get("status") not in get_args(Status):
            return
        subject = self._entity(proposal.get("subject"), proposal.get("subject_type"), offset)
        named = self._entity(proposal.get("object"), proposal.get("object_type"), offset) if proposal.get("object") else None
        if subject is None or (proposal.get("object") and named is None):
            return
        attrs = dict(self._values(proposal.get("values"), offset))
        fact = Fact(cast(FactType, proposal["type"]), subject, named, attrs, evidence, cast(Status, proposal["status"]), rule=self.rule)
        if not any(self._same(fact, known) for known in self.extraction.facts):
            self.extraction = replace(self.extraction, facts=(*self.extraction.facts, fact))

    def _place(self, words: Any, offset: int) -> Span | None:
        """Where the words stand, blanks and line ends aside; None where they do not."""
        if not isinstance(words, str) or not words.strip():
            return None
        pattern = r"\s*".join(map(re.escape, _BLANK.sub("", words)[:2000]))
        found = re.compile(pattern).search(self.extraction.text, offset, offset + PART)
        return found.span() if found else None

    def _entity(self, name: Any, type_: Any, offset: int) -> str | None:
        """The entity of that name, a new one where the text has the name and nobody found it before."""
        place = self._place(name, offset)
        if place is None:
            return None
        said = self.extraction.text[place[0] : place[1]]
        for entity in self.extraction.entities:
            if said == entity.name or any(self.extraction.text[a:b] == said for a, b in entity.mentions):
                return entity.id
        if type_ not in get_args(EntityType):
            return None
        made = Entity(f"llm{len(self.extraction.entities) + 1}", cast(EntityType, type_), said, (place,))
        self.extraction = replace(self.extraction, entities=(*self.extraction.entities, made))
        return made.id

    def _values(self, values: Any, offset: int) -> Iterator[tuple[str, Any]]:
        for name, value in values.items() if isinstance(values, dict) else ():
            if name in _VALUES and self._place(value, offset) is not None and (clean := _clean(name, value)) is not None:
                yield name, clean

    def _same(self, one: Fact, other: Fact) -> bool:
        """Whether two facts are one: of one kind about one subject, from words that overlap or with the same other end."""
        if (one.type, one.subject) != (other.type, other.subject):
            return False
        overlap = one.evidence[0] < other.evidence[1] and other.evidence[0] < one.evidence[1]
        return overlap or (one.object is not None and one.object == other.object and one.type == "Role")


def _clean(name: str, value: str) -> Any:
    """The value in the form facts have it; None where it is none of its kind."""
    try:
        if name in _DATES:
            return clean_date(_BLANK.sub("", value))
        if name in _AMOUNTS:
            money = read_money(_BLANK.sub("", value))
            return float(money.amount) if money.currency == "CNY" else None
        if name == "percent":
            return float(value.strip().rstrip("%％"))
    except (BadValue, ValueError):
        return None
    return value.strip()
