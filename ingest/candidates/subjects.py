"""Whom the names of a document mean: ids and nodes by the grades of identity.

A valid number or a full name singles out an enterprise whoever names it; a short or masked name only within its
document. A person is the name in one enterprise's record; a bare name is a person of this document and of no other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_model.identifiers import named_authority, named_enterprise, named_person, read_regno, read_uscc
from graph_model.names.clean import clean_name, name_key
from ingest.subjects import is_full_name
from nlp.extraction import Entity, Extraction

_MASKED = re.compile(r"某|\*|＊|×|[XＸ]{2}|[?？]")
_LABELS: Mapping[str, str] = {
    "Enterprise": "Enterprise", "SocialOrg": "Enterprise", "Institution": "Enterprise", "Person": "Person",
    "Authority": "Authority", "Court": "Authority",
}  # fmt: skip
_KINDS = {"Court": "法院", "Authority": "行政机关"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A subject that the document names: its node, and whether anybody outside the document may mean the same."""

    label: str
    node: Row
    sure: bool

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.node["id"])


@dataclass(slots=True)
class Names:
    """The subjects of one extraction; persons by the enterprise in whose record they are named."""

    extraction: Extraction
    scope: str  # the document, with the row where it is a table
    _anchors: dict[str, list[str]] = field(init=False)
    _entities: dict[str, Entity] = field(init=False)

    def __post_init__(self) -> None:
        self._entities = {e.id: e for e in self.extraction.entities}
        self._anchors = {}
        for fact in self.extraction.facts:
            if fact.type == "Role" and fact.object is not None:
                self._anchors.setdefault(fact.subject, []).append(fact.object)

    def find(self, key: str, *, within: str | None = None) -> Named | None:
        """The subject that an entity is; a person as named in the record of `within`, or of the first enterprise he serves."""
        entity = self._entities.get(key)
        label = _LABELS.get(entity.type) if entity else None
        if entity is None or label is None or not name_key(entity.name):
            return None
        if label == "Person":
            return self._person(entity, within)
        return self._authority(entity) if label == "Authority" else self._enterprise(entity)

    def every(self) -> Iterable[tuple[Entity, Named]]:
        """Each entity with the subject it is."""
        found = ((entity, self.find(entity.id)) for entity in self.extraction.entities)
        return [(entity, named) for entity, named in found if named is not None]

    def anchors(self, person: str) -> tuple[str, ...]:
        """The enterprises in whose record the document names a person."""
        return tuple(dict.fromkeys(self._anchors.get(person, ())))

    def _enterprise(self, entity: Entity) -> Named:
        name, key = clean_name(entity.name), name_key(entity.name)
        uscc, regno = read_uscc(_text(entity, "uscc")), read_regno(_text(entity, "reg_no"))
        for number, scheme in ((uscc, "uscc"), (regno, "regno")):
            # 13-digit registration numbers carry no check digit: a slip must not make two enterprises one
            if number is not None and number.valid and (scheme == "uscc" or len(number.value) == 15):
                own = {scheme: number.value} | ({"orgcode": number.value[8:17]} if scheme == "uscc" else {})
                return Named("Enterprise", {"id": f"cn-{scheme}-{number.value}", "caption": name, **own}, True)
        full = is_full_name(key) and not _MASKED.search(name)
        node = named_enterprise(key, within=None if full else self.scope)
        return Named("Enterprise", {"id": node, "caption": name, "name_key": key}, full)

    def _person(self, entity: Entity, within: str | None) -> Named:
        anchor = self._anchor(within or next(iter(self.anchors(entity.id)), None))
        name, key = clean_name(entity.name), name_key(entity.name)
        sure = anchor is not None and anchor.sure and not _MASKED.search(name)
        scope = anchor.id if anchor is not None and sure else f"{self.scope}|{anchor.id if anchor else ''}"
        stands = anchor.id if anchor is not None else self.scope.partition("|")[0]
        return Named("Person", {"id": named_person(scope, key), "caption": name, "name_key": key, "anchor": stands}, sure)

    def _anchor(self, key: str | None) -> Named | None:
        entity = self._entities.get(key or "")
        return self._enterprise(entity) if entity is not None and _LABELS.get(entity.type) == "Enterprise" else None

    def _authority(self, entity: Entity) -> Named:
        key = name_key(entity.name)
        node = {"id": named_authority(key), "caption": clean_name(entity.name), "name_key": key, "kind": _KINDS[entity.type], "state_holder": False}
        return Named("Authority", node, True)


def _text(entity: Entity, name: str) -> str | None:
    value = entity.attrs.get(name)
    return str(value) if value else None
