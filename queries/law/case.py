"""One question of law: the facts, the rules, the day asked for and the day whose law applies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph_model.kinds import UNKNOWN
from queries.law.clocks import NO, YES, Truth, When, every, on_or_before, some
from queries.law.facts import Fact, World
from queries.law.rules import Law


@dataclass(frozen=True, slots=True)
class Case:
    """What every part of an answer looks at; `place` overrides the place of the subject."""

    world: World
    law: Law
    day: date
    rules_at: date
    place: str | None = None
    history: str | None = None

    def at(self, day: date) -> "Case":
        """The same question for another day, under the same law."""
        return Case(self.world, self.law, day, self.rules_at, self.place, self.history)

    def here(self, place: str | None, subject: str) -> bool:
        """Whether a rule of a place applies to a subject: a national rule everywhere."""
        if place is None:
            return True
        return (self.place or self.place_of(subject)).startswith(place)

    def place_of(self, subject: str) -> str:
        """Province and city of a subject, as one of its records has it; a branch without one is where its head is."""
        for node in sorted(self.world.nodes(subject)):
            found = self.world.unit(node).get("place")
            if found:
                return str(found)
        return ""


def matches(fact: Fact, where: Mapping[str, Any]) -> Truth:
    """Whether a fact has, for every key, one of the values named; a value that is `unknown` leaves it open."""
    return every(_one(fact, key, wanted) for key, wanted in where.items())


def _one(fact: Fact, key: str, wanted: Any) -> Truth:
    allowed = wanted if isinstance(wanted, list) else [wanted]
    if key == "ground_has":
        return YES if any(str(words) in str(fact.get("ground") or "") for words in allowed) else NO
    value = fact.get(key)
    if value is None:
        return YES if None in allowed or "" in allowed else NO
    if value == UNKNOWN:
        return Truth("undetermined", (fact.key(key),))
    values = value if isinstance(value, tuple) else (value,)
    if key == "under":
        return some(_under(fact, str(value), str(one)) for one in allowed)
    return YES if any(v in allowed or str(v) in map(str, allowed) for v in values) else NO


def _under(fact: Fact, said: str, wanted: str) -> Truth:
    """Whether a decision was given under an instrument or article; one that names no article leaves it open."""
    if said == wanted or (" " not in wanted and said.partition(" ")[0] == wanted):
        return YES
    if " " not in said and wanted.partition(" ")[0] == said:
        return Truth("undetermined", (fact.key("under"),))
    return YES if said.partition("(")[0] == wanted else NO


def within(first: When, last: When | None, day: date, names: tuple[str, str]) -> Truth:
    """Whether a day lies between two days; no last day: it goes on."""
    begun = on_or_before(first, day, names[0])
    if last is None:
        return begun
    over = on_or_before(last.shifted(1), day, names[1])
    return every((begun, Truth({"yes": "no", "no": "yes"}.get(over.value, "undetermined"), over.unknown)))  # type: ignore[arg-type]


def open_on(fact: Fact, day: date, first: str, over: str) -> Truth:
    """Whether something opened on one day and over from another is open on a day."""
    start, end = fact.day(first), fact.day(over)
    if start is None:
        return NO
    return within(start, end.shifted(-1) if end is not None else None, day, (fact.key(first), fact.key(over)))


def joined(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of several lists, each once, in order."""
    return tuple(dict.fromkeys(word for part in parts for word in part))


__all__ = ["Case", "every", "joined", "matches", "open_on", "some", "within"]
