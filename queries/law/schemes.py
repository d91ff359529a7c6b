"""Grades under a scheme: the class with every condition, its facts, and what is unknown; never a cut-off of our own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph_model.errors import UnknownEntity
from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined, matches
from queries.law.clocks import NO, YES, Truth, When, every, negation, on_or_before, some
from queries.law.conditions import judge, selected
from queries.law.facts import Fact
from queries.law.lifecycle import of_subject, standing
from queries.law.rules import OPEN, UNSTATED

UNDETERMINED = "undetermined"
Scheme = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a class, and the facts it looked at."""

    clause: str
    met: Truth
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """What a scheme says of a subject on the day; `grade` None where the scheme has no grade to give."""

    scheme: str
    grade: str | None = None
    conditions: tuple[Condition, ...] = ()
    eligible: tuple[str, ...] = ()
    not_eligible: tuple[str, ...] = ()
    start_score: int | None = None
    deduction: int | None = None
    until: str | None = None
    reasons: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    source: str | None = None


def graded(case: Case, subject: str, scheme: str, year: int | None = None) -> Graded:
    """The grade of a subject. Raises `UnknownEntity` on a scheme that no rule file declares."""
    found = case.law.schemes.get(scheme)
    if found is None:
        raise UnknownEntity(f"no scheme is called {scheme!r}; known: {', '.join(sorted(case.law.schemes))}")
    blank = Graded(scheme, UNDETERMINED, source=found.get("source"))
    if not _in_force(found, case.rules_at):
        own = issued(case, subject, scheme, year) if found["kind"] == "tax" else None
        kept = replace(blank, grade=str(own.get("level")), facts=(own,)) if own is not None else blank
        return replace(kept, reasons=("not_in_force",))
    if found.get("place") and not case.here(found["place"], subject):
        return replace(blank, reasons=("other_place",))
    return _KINDS[found["kind"]](case, subject, found, year, blank)


def _in_force(scheme: Scheme, day: date) -> bool:
    return str(scheme.get("from_") or "0001-01-01") <= day.isoformat() <= str(scheme.get("until") or "9999-12-31")


# --- classes --------------------------------------------------------------------------------------------


def _classes(case: Case, subject: str, scheme: Scheme, _: int | None, blank: Graded) -> Graded:
    """The most severe class that applies; open where one above it is."""
    conditions: list[Condition] = []
    truths: dict[str, Truth] = {}
    for one in scheme["classes"]:
        judged = [Condition(c["clause"], *judge(case, subject, c)) for c in one["conditions"]]
        conditions += judged
        truths[one["grade"]] = (every if one["mode"] == "all" else some)([c.met for c in judged])
    found = replace(blank, conditions=tuple(conditions))
    for grade in scheme["precedence"]:
        truth = truths.get(grade, YES if grade == scheme.get("otherwise") else NO)
        if truth.value == "yes":
            return replace(found, grade=grade)
        if truth.value == "undetermined":
            return replace(found, reasons=("unknown_bound",), unknown=truth.unknown)
    return replace(found, reasons=(UNSTATED,), unknown=("scheme.mapping",))


# --- counted, issued ------------------------------------------------------------------------------------


def _counted(case: Case, subject: str, scheme: Scheme, _: int | None, blank: Graded) -> Graded:
    """The grade for nothing counted; where something counts, the text gives no measure."""
    found = [f for select in scheme["counted"] for f in selected(case, subject, {**select, "since": scheme.get("since")})]
    live = [(f.fact, every((f.truth, _not_quashed(case, f.fact)))) for f in found]
    counted = some(t for _, t in live) if live else NO
    facts = tuple(f for f, t in live if t.value != "no")
    if counted.value == "no":
        return replace(blank, grade=scheme["none"])
    unknown = (f"scheme.{scheme['unknown']}",) if counted.value == "yes" else counted.unknown
    return replace(blank, reasons=(UNSTATED,) if counted.value == "yes" else ("unknown_bound",), unknown=unknown, facts=facts)


def _not_quashed(case: Case, fact: Fact) -> Truth:
    """Not where the penalty it led to was revoked."""
    penalty = case.world.by_id("penalty", fact.get("penalised"))
    found = standing(case, penalty) if penalty is not None else None
    return NO if found is not None and found.state == "annulled" else YES


def _issued(case: Case, subject: str, scheme: Scheme, year: int | None, blank: Graded) -> Graded:
    """The grade that somebody issued; none is computed."""
    fact = issued(case, subject, scheme["name"], year)
    if fact is not None:
        return replace(blank, grade=str(fact.get("level")), facts=(fact,))
    return replace(blank, reasons=(UNSTATED,), unknown=(f"scheme.{scheme['unknown']}",))


def issued(case: Case, subject: str, scheme: str, year: int | None) -> Fact | None:
    """The newest grade issued under a scheme by the day, of the year where one is given."""
    found = []
    for fact in case.world.of("grade", "subject", subject):
        day = fact.day("issued")
        if fact.get("scheme") != scheme or (year is not None and fact.get("period") not in (None, str(year))):
            continue
        if day is None or on_or_before(day, case.day, fact.key("issued")).value == "yes":
            found.append(fact)
    return max(found, key=lambda f: (str(f.get("period") or ""), str(f.get("issued") or ""), f.id), default=None)


# --- tax ------------------------------------------------------------------------------------------------


def _tax(case: Case, subject: str, scheme: Scheme, year: int | None, blank: Graded) -> Graded:
    """The tax grade of a year: as issued, as carried over, or open with what the score starts from."""
    wanted = year if year is not None else case.day.year - 1
    own = issued(case, subject, scheme["name"], wanted)
    start, start_facts = _start_score(case, subject, scheme["start"], wanted)
    before = issued(case, subject, scheme["name"], wanted - 1)
    last_d = before is not None and before.get("level") == "D"
    by_score = last_d and before is not None and before.get("basis") == "得分" and wanted >= int(scheme["first_year"])
    found = replace(blank, start_score=start, deduction=int(scheme["after_score_d"]) if by_score else 0, facts=start_facts)
    if own is not None:
        return replace(found, grade=str(own.get("level")), facts=(own, *start_facts))
    if last_d and before is not None and before.get("basis") == "直接判级":
        return replace(found, grade="D", facts=(before,))
    return replace(found, reasons=(UNSTATED,), unknown=(f"scheme.{scheme['unknown']}",))


def _start_score(case: Case, subject: str, rule: Mapping[str, Any], year: int) -> tuple[int | None, tuple[Fact, ...]]:
    """The score it starts from: more where some year of the window has information of the kind asked for."""
    if year < int(rule["from_year"]):
        return None, ()
    window = range(year - int(rule["years"]) + 1, year + 1)
    facts = tuple(f for f in case.world.of("item", "subject", subject)
                  if matches(f, rule["where"]).value == "yes" and _year(f) in window)  # fmt: skip
    return int(rule["with"] if facts else rule["without"]), facts


def _year(fact: Fact) -> int | None:
    day = fact.day("date")
    return int(fact.get("year")) if fact.get("year") is not None else day.lo.year if day is not None else None


def _mapped(case: Case, subject: str, scheme: Scheme, year: int | None, blank: Graded) -> Graded:
    """What another scheme's grade means here: a colour, or whether one may take part."""
    fact = issued(case, subject, scheme["scheme"], year)
    level = str(fact.get("level")) if fact is not None else None
    facts = (fact,) if fact is not None else ()
    if "colours" in scheme:
        colour = scheme["colours"].get(level)
        return replace(blank, grade=colour or UNDETERMINED, facts=facts, reasons=() if colour else ("unknown_fact",))
    place = case.place or case.place_of(subject)
    grades = max(((p, g) for p, g in scheme["eligible"].items() if place.startswith(p)), key=lambda pg: len(pg[0]))[1]
    name = scheme["name"]
    fits = level in grades
    return replace(blank, grade=None, eligible=(name,) if fits else (), not_eligible=() if fits else (name,), facts=facts)


# --- honours --------------------------------------------------------------------------------------------


def _honours(case: Case, subject: str, scheme: Scheme, _: int | None, blank: Graded) -> Graded:
    """The honour held, and which may be asked for; a bar after a title was taken away runs from the repair."""
    bar = _bar(case, subject, scheme)
    judged = {level["honour"]: judge(case, subject, level) for level in scheme["levels"]}
    cancelled = [Condition(c["clause"], *judge(case, subject, c)) for c in scheme["cancelled_by"]]
    barred = every((bar[0],))
    fits = {name: every((truth, negation(barred))) for name, (truth, _) in judged.items()}
    held = [s for s in of_subject(case, subject) if s.fact.kind == "listing" and s.fact.get("list") in scheme["honours"] and s.shown]
    best = max((s for s in held), key=lambda s: scheme["honours"].index(s.fact.get("list")), default=None)
    unknown = joined(t.unknown for t in fits.values() if t.value == "undetermined")
    return replace(
        blank, grade=str(best.fact.get("list")) if best is not None else None, conditions=tuple(cancelled),
        eligible=tuple(n for n, t in fits.items() if t.value == "yes"), not_eligible=tuple(n for n, t in fits.items() if t.value == "no"),
        until=bar[1], unknown=unknown, facts=tuple(f for _, found in judged.values() for f in found),
    )  # fmt: skip


def _bar(case: Case, subject: str, scheme: Scheme) -> tuple[Truth, str | None]:
    """Whether a new application is barred, and until when: a title was taken away and a severe penalty is not long enough repaired."""
    taken = [f for f in case.world.of("listing", "subject", subject) if f.get("list") in scheme["honours"] and _gone(case, f)]
    severe = [p for p in case.world.of("penalty", "subject", subject) if matches(p, scheme["bar"]["where"]).value == "yes" and _stands(case, p)]
    if not taken or not severe:
        return NO, None
    ends = [_bar_end(case, p, scheme["bar"]) for p in severe]
    truth = some(t for t, _ in ends)
    live = [word for t, word in ends if t.value != "no"]
    if not live:
        return truth, None
    return truth, OPEN if OPEN in live else UNKNOWN if UNKNOWN in live else max(live)


def _gone(case: Case, fact: Fact) -> bool:
    day = fact.day("removed")
    return day is not None and day.lo <= case.day


def _stands(case: Case, fact: Fact) -> bool:
    found = standing(case, fact)
    return found is not None and found.state != "annulled"


def _bar_end(case: Case, penalty: Fact, bar: Mapping[str, Any]) -> tuple[Truth, str]:
    repaired = penalty.day(bar["start"])
    if repaired is None or on_or_before(repaired, case.day, "").value == "no":
        return YES, OPEN
    last: When = repaired.after(bar["last"])
    over = on_or_before(last.shifted(1), case.day, penalty.key(bar["start"]))
    return negation(over), last.text


_KINDS: Mapping[str, Callable[[Case, str, Scheme, int | None, Graded], Graded]] = {
    "classes": _classes, "counted": _counted, "issued": _issued, "tax": _tax, "mapped": _mapped, "honours": _honours,
}  # fmt: skip


def facts_of(found: Graded) -> Sequence[Fact]:
    """Every fact that a grade rests on, each once."""
    every_one = {f.id: f for f in (*found.facts, *(f for c in found.conditions for f in c.facts))}
    return [every_one[key] for key in sorted(every_one)]
