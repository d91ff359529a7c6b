"""What an extraction is: entities and facts with their places in the original text.

The shapes are those of the annotation layout that `evaluate.py` scores, so that a prediction is written as it
stands. Offsets are Python character offsets into the original text, the end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]
Status = Literal["asserted", "removed", "planned", "proposed", "conditional", "negated"]
EntityType = Literal["Enterprise", "Person", "Authority", "Court", "SocialOrg", "Institution", "List"]
FactType = Literal["Penalty", "Measure", "ListMembership", "Role", "Ownership", "Judgment", "Enforcement", "CreditGrade"]


@dataclass(frozen=True, slots=True)
class Entity:
    """One referent: the fullest name the document gives, every place that names it, and its numbers and aliases."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Span, ...]
    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about an entity, with the stretch of text that says it.

    `subject` and `object` are entity ids (`object` may be missing); `coref` says that the subject is named
    outside `evidence` (该公司, 当事人). `rule` names the pattern that found it, `confidence` its measured share of
    right facts of this type.
    """

    type: FactType
    subject: str
    object: str | None
    attrs: Mapping[str, Any]
    evidence: Span
    status: Status = "asserted"
    coref: bool = False
    rule: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that a text says: its entities and its facts, in the order of the text."""

    text: str
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    date_context: str | None = None
    version: str = ""

    def entity(self, key: str) -> Entity:
        """The entity with that id."""
        return next(e for e in self.entities if e.id == key)
