"""A cleaned text with who is named where: what every finder of facts reads.

A finder is a pure function from a `Reading` to facts; the pipeline's components only carry it into a spaCy `Doc`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nlp.extraction import Entity, Span


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place that means an entity: by a name of its own, or (`coref`) by 当事人, 该公司, 其."""

    start: int
    end: int
    entity: str
    coref: bool = False

    @property
    def span(self) -> Span:
        """The place as a span."""
        return (self.start, self.end)


@dataclass(frozen=True)
class Reading:
    """The cleaned text, its entities (offsets into the cleaned text), and every mention of them in text order."""

    text: str
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    date_context: str | None = None

    @cached_property
    def starts(self) -> Mapping[int, Mention]:
        """Each mention by the offset at which it begins."""
        return {m.start: m for m in self.mentions}

    def within(self, start: int, end: int, *types: str) -> tuple[Mention, ...]:
        """The mentions inside a stretch of text, of some entity types or of any."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end and (not types or self.entities[m.entity].type in types))
