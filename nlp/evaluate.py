"""Figures of predictions against annotated passages: by type and kind, micro and macro, on negatives, by attribute."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.agreement import (
    REAL,
    Passage,
    Record,
    alike,
    judge_attributes,
    match_entities,
    match_facts,
    passage,
    status_class,
)
from nlp.alike import plain

ENTITY_TYPES = ("Enterprise", "Person", "Authority", "SocialOrg", "Court", "Institution")
FACT_TYPES = ("Penalty", "ListMembership", "Role", "Ownership", "Judgment", "Enforcement", "Measure", "CreditGrade")
_ADVERSE = frozenset({"Penalty", "ListMembership", "Judgment", "Enforcement"})


@dataclass(slots=True)
class Count:
    """How many were found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the found that is right."""
        found = self.right + self.wrong
        return self.right / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        """The share of the annotated that was found."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Mean:
    """A sum of values and how many there were."""

    total: float = 0.0
    number: int = 0

    def add(self, value: float) -> None:
        """One more value."""
        self.total += value
        self.number += 1

    @property
    def value(self) -> float | None:
        """The mean; None of nothing."""
        return self.total / self.number if self.number else None


@dataclass(slots=True)
class Figures:
    """Everything that one run over annotated passages shows."""

    passages: int = 0
    entities: dict[str, Count] = field(default_factory=lambda: {t: Count() for t in ENTITY_TYPES})
    facts: dict[str, Count] = field(default_factory=lambda: {t: Count() for t in FACT_TYPES})
    kinds: dict[str, Count] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Mean] = field(default_factory=dict)
    duplicates: int = 0
    uscc: Mean = field(default_factory=Mean)
    alias: Mean = field(default_factory=Mean)
    macro: Mean = field(default_factory=Mean)
    entity_macro: Mean = field(default_factory=Mean)
    spurious: Counter[str] = field(default_factory=Counter)
    negatives: int = 0
    negatives_false: int = 0
    negatives_facts: int = 0
    negatives_adverse: int = 0
    unreal: int = 0
    unreal_as_asserted: int = 0

    @property
    def entity(self) -> Count:
        """All entities together."""
        return sum(self.entities.values(), Count())

    @property
    def fact(self) -> Count:
        """All facts together."""
        return sum(self.facts.values(), Count())

    @property
    def attribute_accuracy(self) -> float | None:
        """The mean over all attributes of the facts that were found."""
        every = Mean(sum(m.total for m in self.attributes.values()), sum(m.number for m in self.attributes.values()))
        return every.value


def evaluate(gold: Iterable[Record], found: Mapping[str, Record]) -> Figures:
    """The figures of the predictions, by id, for the annotated passages; a passage without one counts as empty."""
    figures = Figures()
    for record in gold:
        _add(figures, passage(record), passage(found.get(record["id"], {})))
    return figures


def evaluate_with(gold: Iterable[Record], predict: Callable[[Record], Record]) -> Figures:
    """The figures of a predictor, which is shown only `id`, `text` and `date_context` of each passage."""
    records = list(gold)
    shown = [{key: record.get(key) for key in ("id", "text", "date_context")} for record in records]
    return evaluate(records, {str(item["id"]): predict(item) for item in shown})


def held_out(gold: Sequence[Record], found: Mapping[str, Record], key: str) -> dict[str, Figures]:
    """The figures apart for each value of a field (kind, source_group, text_class)."""
    groups: dict[str, list[Record]] = {}
    for record in gold:
        groups.setdefault(str(record.get(key)), []).append(record)
    return {name: evaluate(records, found) for name, records in groups.items()}


def _add(figures: Figures, gold: Passage, found: Passage) -> None:
    figures.passages += 1
    _add_entities(figures, gold, found)
    _add_facts(figures, gold, found)


def _add_entities(figures: Figures, gold: Passage, found: Passage) -> None:
    pairs, doubles = match_entities(gold, found)
    figures.duplicates += len(doubles)
    home = {g: f for f, g in pairs.items()}
    here = Count()
    for key, entity in gold.entities.items():
        if entity.type in figures.entities:
            here += _counted(figures.entities, entity.type, Count(1) if key in home else Count(missed=1))
        match = found.entities.get(home.get(key, ""))
        if entity.attrs.get("uscc"):
            figures.uscc.add(match is not None and plain(match.attrs.get("uscc")) == plain(entity.attrs["uscc"]))
        for name in entity.attrs.get("alias", ()):
            figures.alias.add(match is not None and plain(name) in match.names)
    for key, entity in found.entities.items():
        if entity.type in figures.entities and key not in pairs and entity.name not in gold.ignored:
            here += _counted(figures.entities, entity.type, Count(wrong=1))
    if here.right + here.missed:
        figures.entity_macro.add(here.f1)


def _counted(table: dict[str, Count], name: str, count: Count) -> Count:
    table[name] = table.get(name, Count()) + count
    return count


def _add_facts(figures: Figures, gold: Passage, found: Passage) -> None:
    pairs = match_facts(gold, found)
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    required = [i for i, fact in enumerate(gold.facts) if not fact.get("optional")]
    here = Count()
    for i, j in pairs:
        if i in required:
            here += _counted(figures.facts, gold.facts[i]["type"], Count(1))
            _add_attributes(figures, gold, gold.facts[i], found, found.facts[j])
    for i in required:
        if i not in matched:
            here += _counted(figures.facts, gold.facts[i]["type"], Count(missed=1))
    false = [fact for j, fact in enumerate(found.facts) if j not in used]
    for fact in false:
        here += _counted(figures.facts, str(fact.get("type")), Count(wrong=1))
    _counted(figures.kinds, gold.kind, here)
    if required:
        figures.macro.add(here.f1)
    else:
        _add_negative(figures, false)
    _add_unreal(figures, gold, found, used)


def _add_attributes(figures: Figures, gold: Passage, fact: Record, found: Passage, other: Record) -> None:
    judged, spurious = judge_attributes(gold, fact, found, other)
    figures.spurious.update(spurious)
    for key, value in judged.items():
        figures.attributes.setdefault((fact["type"], key), Mean()).add(value)


def _add_negative(figures: Figures, false: Sequence[Record]) -> None:
    figures.negatives += 1
    figures.negatives_false += bool(false)
    figures.negatives_facts += len(false)
    figures.negatives_adverse += any(f.get("type") in _ADVERSE and status_class(f) == REAL for f in false)


def _add_unreal(figures: Figures, gold: Passage, found: Passage, used: set[int]) -> None:
    """Count the facts that do not hold, and those that were told as if they did."""
    asserted = [f for j, f in enumerate(found.facts) if j not in used and status_class(f) == REAL]
    for fact in gold.facts:
        if status_class(fact) != REAL and not fact.get("optional"):
            figures.unreal += 1
            told = {**fact, "status": "asserted"}
            figures.unreal_as_asserted += any(alike(gold, told, found, other) is not None for other in asserted)


def summary(figures: Figures) -> dict[str, Any]:
    """The main figures as plain values, rounded to four places."""
    return {
        "passages": figures.passages,
        "entity": _row(figures.entity), "fact": _row(figures.fact),
        "entities": {name: _row(count) for name, count in figures.entities.items()},
        "facts": {name: _row(count) for name, count in figures.facts.items()},
        "kinds": {name: round(count.f1, 4) for name, count in sorted(figures.kinds.items())},
        "fact_macro_f1": _round(figures.macro), "entity_macro_f1": _round(figures.entity_macro),
        "attribute_accuracy": round(value, 4) if (value := figures.attribute_accuracy) is not None else None,
        "attributes": {f"{t}.{k}": _round(m) for (t, k), m in sorted(figures.attributes.items())},
        "duplicates": figures.duplicates, "uscc_accuracy": _round(figures.uscc), "alias_recall": _round(figures.alias),
        "spurious": dict(figures.spurious),
        "negatives": {"passages": figures.negatives, "with_false_fact": figures.negatives_false,
                      "false_facts": figures.negatives_facts, "with_adverse": figures.negatives_adverse},
        "status": {"not_asserted": figures.unreal, "told_as_asserted": figures.unreal_as_asserted},
    }  # fmt: skip


def _row(count: Count) -> dict[str, float]:
    return {"p": round(count.precision, 4), "r": round(count.recall, 4), "f1": round(count.f1, 4),
            "tp": count.right, "fp": count.wrong, "fn": count.missed}  # fmt: skip


def _round(mean: Mean) -> float | None:
    return round(mean.value, 4) if mean.value is not None else None
