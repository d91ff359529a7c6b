"""What is wrong with the rules: unknown words, missing articles, windows outside every version, overlaps; file and line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph_model.kinds import UNKNOWN
from graph_model.model import MODEL
from queries.law.clocks import FIRST, LAST, last_day
from queries.law.rules import (
    AT_ONCE,
    FIXED,
    LIFE,
    OPEN,
    UNSTATED,
    Display,
    Law,
    Liability,
    ListRule,
    Measure,
    Version,
)


def check(found: Law) -> Iterator[str]:
    """Every contradiction between rules, with file and line."""
    seen: dict[str, Any] = {}
    for rule in found.rules:
        at = f"{rule.file}, line {rule.line}: {rule.id}"
        if rule.id in seen:
            yield f"{at}: the id is used twice (also line {seen[rule.id].line})"
        seen[rule.id] = rule
        yield from (f"{at}: {problem}" for problem in _rule_problems(found, rule))
    yield from _overlaps(found)


def _rule_problems(found: Law, rule: Any) -> Iterator[str]:
    instrument = found.instruments.get(rule.instrument)
    if instrument is None:
        yield f"unknown instrument {rule.instrument}"
    elif not any(_inside(rule, version) for version in instrument.versions):
        yield f"its window {rule.from_} to {rule.until or 'now'} lies in no version of {rule.instrument}"
    if not rule.article and not rule.source and rule.mark == "quoted":
        yield "a quoted rule needs its article or the lines of its source"
    if not rule.terms or not rule.sense.strip():
        yield "needs the operative terms and the sense"
    if (rule.reading == "read") != (rule.read_on is not None):
        yield "a rule that was read says when (read_on), one that was not does not"
    if rule.until is not None and rule.until < rule.from_:
        yield "ends before it begins"
    yield from _KIND_PROBLEMS.get(type(rule).__name__, lambda _: iter(()))(rule)


def _inside(rule: Any, version: Version) -> bool:
    return version.from_ <= rule.from_ and (version.until or LAST) >= (rule.until or LAST)


def _measure_problems(rule: Measure) -> Iterator[str]:
    for role in rule.roles:
        if role not in MODEL.role:
            yield f"unknown role {role}"
    if not rule.roles and not rule.self:
        yield "reaches nobody: give roles or self"
    if rule.duration not in (LIFE, OPEN) and not rule.start:
        yield "a duration without a start rule"
    if rule.duration == FIXED and not rule.fixed_by:
        yield "a fixed duration needs fixed_by"
    if not rule.effects:
        yield "has no effect"
    listed = rule.trigger.where.get("list")
    for name in [listed] if isinstance(listed, str) else listed or ():
        if name not in MODEL.list_named:
            yield f"unknown list {name}"
    yield from _periods([rule.duration])


def _list_problems(rule: ListRule) -> Iterator[str]:
    if rule.list_ not in MODEL.list_named:
        yield f"unknown list {rule.list_}"
    if not rule.terms_of:
        yield "needs a term"
    yield from _periods([part for t in rule.terms_of for part in t.last.split("-")])
    yield from _periods([r.after for r in rule.repair])


def _display_problems(rule: Display) -> Iterator[str]:
    if not rule.start:
        yield "a duration without a start rule"
    if not rule.shown:
        yield "shows nothing"
    yield from _periods([part for s in rule.shown for part in s.last.split("-") if s.last != "never"])
    yield from _periods([r.after for s in rule.shown for r in s.repair])


def _liability_problems(rule: Liability) -> Iterator[str]:
    if not rule.elements:
        yield "needs elements"
    if {"found", "general_partner"} & set(rule.elements) and not rule.condition:
        yield "an element that must have been found needs the condition"


_KIND_PROBLEMS: Mapping[str, Any] = {
    "Measure": _measure_problems, "ListRule": _list_problems, "Display": _display_problems, "Liability": _liability_problems,
}  # fmt: skip


def _periods(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text in (LIFE, OPEN, FIXED, UNSTATED, AT_ONCE, UNKNOWN):
            continue
        try:
            last_day(FIRST.replace(year=2000), text)
        except ValueError as error:
            yield str(error)


def _overlaps(found: Law) -> Iterator[str]:
    """Two versions of one instrument, or two rules of a list or platform, in force on the same day."""
    for instrument in found.instruments.values():
        for a, b in _pairs(sorted(instrument.versions, key=lambda v: v.from_)):
            if (a.until or LAST) >= b.from_:
                yield f"{instrument.name}: two versions are in force on {b.from_}"
    groups: dict[tuple[str, ...], list[Any]] = {}
    for one in found.lists:
        groups.setdefault(("list", one.list_), []).append(one)
    for shown in found.displays:
        groups.setdefault(("display", shown.platform, shown.place or ""), []).append(shown)
    for rules in groups.values():
        for a, b in _pairs(sorted(rules, key=lambda r: r.from_)):
            if (a.until or LAST) >= b.from_:
                yield f"{b.file}, line {b.line}: {b.id} and {a.id} are both in force on {b.from_}"


def _pairs(ordered: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(ordered, ordered[1:], strict=False)
