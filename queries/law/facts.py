"""The facts a question of law looks at: one part of the graph at one known clock, as plain values.

A fact's `values` bear the names of the model's properties. Dates stay text (`2021-03-15`, `2021-03`, `2021`,
`unknown`), None is left out: what is not stated is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from queries.law.clocks import NO, YES, Truth, When, every, negation, on_or_before, when

# Kinds of fact. Relations: role (person, unit), event_role (person, unit, event), share (holder, of), control (by, of),
# manages (manager, managed), family (a, b), branch (branch, head). Events of a subject: penalty, listing, order,
# enforcement, debt, finding, grade, item (信用事项), dispute, report.
RELATIONS = ("role", "event_role", "share", "control", "manages", "family", "branch")
EVENTS = ("penalty", "listing", "order", "enforcement", "debt", "finding", "grade", "item", "dispute", "report")
# 公司法 265: some posts are kinds of another post.
KINDS_OF_POST: Mapping[str, str] = {
    "董事长": "董事", "副董事长": "董事", "执行董事": "董事", "独立董事": "董事", "职工董事": "董事",
    "监事会主席": "监事", "职工监事": "监事",
    "经理": "高级管理人员", "总经理": "高级管理人员", "副经理": "高级管理人员", "副总经理": "高级管理人员",
    "财务负责人": "高级管理人员", "财务总监": "高级管理人员", "董事会秘书": "高级管理人员",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `id` is stable over corrections of later dates, `claims` are the claims that say it now."""

    kind: str
    id: str
    claims: tuple[str, ...]
    source: str | None
    values: Mapping[str, Any]

    def get(self, name: str, default: Any = None) -> Any:
        """A value; the default where the fact does not state it."""
        return self.values.get(name, default)

    def day(self, name: str) -> When | None:
        """A date as the days it can be; None where it is not stated."""
        return when(self.values.get(name))

    def key(self, name: str) -> str:
        """How a value of this fact is named in an answer: `fact.key`."""
        return f"{self.id}.{name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A subject as its records describe it; `values`: kind, place, trade (tuple), founded, capital, state_holder …."""

    id: str
    label: str
    caption: str
    values: Mapping[str, Any]

    def get(self, name: str, default: Any = None) -> Any:
        """A value; the default where no record states it."""
        return self.values.get(name, default)

    def day(self, name: str) -> When | None:
        """A date as the days it can be; None where it is not stated."""
        return when(self.values.get(name))


@dataclass(slots=True)
class World:
    """Subjects and facts, looked up by kind and by the subject they are about.

    `same`: every node and the nodes judged to be one subject with it. `unsure`: nodes joined only by a probable
    judgement: what rests on them is undetermined. `missing`: lists without a source.
    """

    units: dict[str, Unit] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    same: dict[str, frozenset[str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    sources: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _by: dict[tuple[str, str, str], list[Fact]] = field(default_factory=dict)
    _ids: dict[tuple[str, str], Fact] = field(default_factory=dict)
    # What was worked out about these facts; forgotten when a fact comes or goes.
    memo: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        """Take a fact in."""
        self.memo.clear()
        self.facts.setdefault(fact.kind, []).append(fact)
        self._ids.setdefault((fact.kind, fact.id), fact)
        for key in _keys(fact):
            self._by.setdefault(key, []).append(fact)

    def drop(self, fact: Fact) -> None:
        """Take a fact out."""
        self.memo.clear()
        self.facts[fact.kind].remove(fact)
        rest = [f for f in self.facts[fact.kind] if f.id == fact.id]
        self._ids.pop((fact.kind, fact.id), None)
        self._ids |= {(f.kind, f.id): f for f in rest[:1]}
        for key in _keys(fact):
            self._by[key].remove(fact)

    def nodes(self, id_: str) -> frozenset[str]:
        """The node and every node that is one subject with it."""
        return self.same.get(id_, frozenset((id_,)))

    def of(self, kind: str, end: str, id_: str) -> list[Fact]:
        """Facts of a kind whose `end` (subject, person, unit, holder …) is this subject, in a total order."""
        found = {f.id: f for node in self.nodes(id_) for f in self._by.get((kind, end, node), ())}
        return [found[key] for key in sorted(found)]

    def any(self, kind: str, end: str, id_: str) -> bool:
        """Whether there is a fact of a kind whose `end` is this subject."""
        return any(self._by.get((kind, end, node)) for node in self.nodes(id_))

    def by_id(self, kind: str, id_: str | None) -> Fact | None:
        """The fact of a kind with this id."""
        return self._ids.get((kind, id_)) if id_ is not None else None

    def unit(self, id_: str) -> Unit:
        """A subject with what the records of all its nodes say; without values where none describes it."""
        found = [self.units[node] for node in sorted(self.nodes(id_)) if node in self.units]
        if len(found) == 1:
            return found[0]
        values = {k: v for unit in reversed(found) for k, v in unit.values.items()}
        return Unit(id_, found[0].label, found[0].caption, values) if found else Unit(id_, "Enterprise", id_, {})


_ENDS: Mapping[str, tuple[str, ...]] = {
    "role": ("person", "unit"), "event_role": ("person", "unit", "event"), "share": ("holder", "of"), "control": ("by", "of"),
    "manages": ("manager", "managed"), "family": ("a", "b"), "branch": ("branch", "head"),
    "listing": ("subject", "named"), "debt": ("subject",), "dispute": ("about",), "report": ("about",),
    "finding": ("about", "event"),
}  # fmt: skip


def _keys(fact: Fact) -> Iterable[tuple[str, str, str]]:
    """Under which subjects a fact is looked up."""
    for name in _ENDS.get(fact.kind, ("subject",)):
        ends = fact.values.get(name)
        yield from ((fact.kind, name, end) for end in (ends if isinstance(ends, tuple) else (ends,)) if end is not None)


def holds(fact: Fact, day: date, first: str = "valid_from", last: str = "valid_to") -> Truth:
    """Whether a dated relation holds on a day: from its first to its last day, either may be unknown."""
    begun = _begun(fact, day, first)
    end = fact.day(last)
    over = NO if end is None else on_or_before(end.shifted(1), day, fact.key(_public(last)))
    gone = fact.day("unknown_since")
    vanished = YES if gone is not None and end is None and gone.lo <= day else NO
    if vanished is YES and begun.value == "yes":
        return Truth("undetermined", (fact.key("unknown_since"),))
    return every((begun, negation(over)))


def _begun(fact: Fact, day: date, first: str) -> Truth:
    start, seen = fact.day(first), fact.day("as_of")
    if seen is not None and seen.hi <= day and (start is None or not start.exact) and (start is None or start.lo <= day):
        return YES
    if start is None:
        return Truth("undetermined", (fact.key(_public(first)),))
    return on_or_before(start, day, fact.key(_public(first)))


def _public(name: str) -> str:
    return {"valid_from": "from", "valid_to": "to"}.get(name, name)


def is_post(held: str, named: str) -> bool:
    """Whether a post held is the post a rule names, or a kind of it."""
    return held == named or KINDS_OF_POST.get(held) == named


def posts(facts: Iterable[Fact]) -> list[str]:
    """The posts of role facts, each once, in order."""
    return list(dict.fromkeys(str(f.get("role")) for f in facts))
