"""Passages with their names marked in place, so that a test says text and names in one string.

`⟦E:某某公司⟧` marks an enterprise, `⟦E:某某@某某公司⟧` its short name; P, A, C, S, I mark persons, authorities, courts,
social organisations and institutions.
"""

import re

from nlp.extraction import Entity, Fact, Span
from nlp.reading import Mention, Reading
from nlp.references import references

_TYPES = {
    "E": "Enterprise",
    "P": "Person",
    "A": "Authority",
    "C": "Court",
    "S": "SocialOrg",
    "I": "Institution",
}
_MARK = re.compile(r"⟦([EPACSI]):([^@⟧]+)(?:@([^⟧]+))?⟧")


def read(marked: str, date: str | None = None) -> Reading:
    """The reading of a marked passage; an entity's id is its full name."""
    text, at = "", 0
    spans: dict[str, list[Span]] = {}
    types: dict[str, str] = {}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        name = match[3] or match[2]
        spans.setdefault(name, []).append((len(text), len(text) + len(match[2])))
        types.setdefault(name, _TYPES[match[1]])
        text += match[2]
        at = match.end()
    text += marked[at:]
    entities = {n: Entity(n, types[n], n, tuple(places)) for n, places in spans.items()}  # type: ignore[arg-type]
    named = tuple(Mention(a, b, n) for n, places in spans.items() for a, b in places)
    return Reading(text, entities, tuple(sorted(named + references(text, entities, date))), date)


def told(facts: list[Fact], *attrs: str) -> set[tuple[str, ...]]:
    """The facts as plain tuples: subject, the asked attributes, and the status where it is not asserted."""
    return {
        (
            f.subject,
            *((f.object or "",) if "object" in attrs else ()),
            *(str(f.attrs.get(a)) for a in attrs if a != "object"),
            *((f.status,) if f.status != "asserted" else ()),
        )
        for f in facts
    }
