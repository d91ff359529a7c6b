"""The baselines beside which the extractor's figures stand: the bare tagger, and regular expressions alone."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nlp.clean import clean
from nlp.extraction import EntityType
from nlp.gold import Record
from nlp.heads import heads, type_of_name
from nlp.personal import HAN, is_name
from nlp.tagger import tag

_LEFT = re.compile(rf"[{HAN}（）A-Za-z0-9]{{2,30}}$")
_PERSON = re.compile(rf"(?:法定代表人|负责人|经营者|董事长|总经理|经理|董事|监事|股东|原告|被告)[：:]?(?P<who>[{HAN}]{{2,3}})(?=[，。；、）（\s]|$)")
Spans = Iterator[tuple[int, int, EntityType]]


def bare_tagger(record: Record) -> dict[str, Any]:
    """What the tagger alone sees: persons, and organisations typed by their end."""
    return _entities_only(record, _tagged(record["text"]))


def expressions(record: Record) -> dict[str, Any]:
    """What regular expressions alone see: all that runs up to a head word, and names behind posts."""
    return _entities_only(record, _shaped(record["text"]))


def _tagged(text: str) -> Spans:
    cleaned = clean(text)
    for word in tag(cleaned.text):
        if word.tag in ("PER", "ORG"):
            kind = type_of_name(cleaned.text[word.start : word.end]) or "Enterprise"
            yield *cleaned.back(word.start, word.end), "Person" if word.tag == "PER" else kind


def _shaped(text: str) -> Spans:
    for head in heads(text):
        left = _LEFT.search(text, max(0, head.end - 30), head.end)
        if left and left.start() < head.start:
            yield left.start(), head.end, head.type
    for match in _PERSON.finditer(text):
        if is_name(match["who"]):
            yield *match.span("who"), "Person"


def _entities_only(record: Record, spans: Iterable[tuple[int, int, EntityType]]) -> dict[str, Any]:
    named: dict[tuple[str, str], list[list[int]]] = {}
    for start, end, kind in spans:
        named.setdefault((kind, record["text"][start:end]), []).append([start, end])
    entities = [
        {"id": f"e{at}", "type": kind, "name": name, "mention_spans": places, "attrs": {}}
        for at, ((kind, name), places) in enumerate(named.items(), 1)
    ]
    return {"id": record["id"], "entities": entities, "facts": []}
