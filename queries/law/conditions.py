"""Conditions written as data: whether facts of a kind exist, how many, how much, by when; three-valued throughout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from queries.law.case import Case, matches
from queries.law.clocks import NO, YES, Truth, When, before, every, negation, on_or_before, some
from queries.law.courses import begin_key, begin_of
from queries.law.facts import Fact, holds, is_post
from queries.law.lifecycle import in_force, standing

Select = Mapping[str, Any]
_INFINITE = Fraction(10**15)


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that a condition may count, and whether it does."""

    fact: Fact
    truth: Truth


def judge(case: Case, subject: str, condition: Mapping[str, Any]) -> tuple[Truth, tuple[Fact, ...]]:
    """Whether a condition is met, and the facts that were counted. Raises `KeyError` on a condition it does not know."""
    for name, form in _FORMS.items():
        if name in condition:
            return form(case, subject, condition)
    raise KeyError(f"no known condition in {sorted(condition)}; known: {', '.join(_FORMS)}")


# --- selecting ------------------------------------------------------------------------------------------


def selected(case: Case, subject: str, select: Select) -> list[Found]:
    """The facts a selection may mean; those it surely does not mean are left out."""
    found = [Found(f, _fits(case, f, select)) for who in _whose(case, subject, select) for f in _facts(case, who, select)]
    return [one for one in found if one.truth.value != "no"]


def _facts(case: Case, who: tuple[str, Truth], select: Select) -> list[Fact]:
    ends = ("subject", "named") if select["fact"] == "listing" else ("subject",)
    facts = {f.id: f for end in ends for f in case.world.of(select["fact"], end, who[0])}
    doubt = who[1]
    return [f if doubt.value == "yes" else _Doubted.mark(f, doubt) for _, f in sorted(facts.items())]


class _Doubted:
    """Facts about somebody who only may hold the post: their truth is never more than undetermined."""

    KEY = "__doubt__"

    @classmethod
    def mark(cls, fact: Fact, doubt: Truth) -> Fact:
        return Fact(fact.kind, fact.id, fact.claims, fact.source, {**fact.values, cls.KEY: doubt})


def _whose(case: Case, subject: str, select: Select) -> list[tuple[str, Truth]]:
    if select.get("of") != "officers":
        return [(subject, YES)]
    officers = []
    for role in case.world.of("role", "unit", subject):
        truth = holds(role, case.day)
        if truth.value != "no" and any(is_post(str(role.get("role")), p) for p in select["posts"]):
            officers.append((str(role.get("person")), truth))
    return officers


def _fits(case: Case, fact: Fact, select: Select) -> Truth:
    doubt = fact.get(_Doubted.KEY, YES)
    parts = [doubt, matches(fact, select.get("where", {})), _in_time(case, fact, select)]
    if select.get("penalised"):
        parts.append(_penalised(case, fact))
    if select.get("unless"):
        parts.append(negation(matches(fact, select["unless"])) if all(fact.get(k) is not None for k in select["unless"]) else YES)
    return every(parts)


def _penalised(case: Case, fact: Fact) -> Truth:
    """Whether it led to a penalty that stands."""
    penalty = case.world.by_id("penalty", fact.get("penalised"))
    if penalty is None:
        return NO
    found = standing(case, penalty)
    return NO if found is None or found.state == "annulled" else YES


def _day_of(fact: Fact) -> When | None:
    if fact.kind == "item":
        return fact.day("date") or fact.day("since_day")
    return begin_of(fact)


def _day_key(fact: Fact) -> str:
    return fact.key("date") if fact.kind == "item" else begin_key(fact)


def _in_time(case: Case, fact: Fact, select: Select) -> Truth:
    day = _day_of(fact)
    begun = YES if day is None else on_or_before(day, case.day, _day_key(fact))
    parts = [begun]
    if fact.kind == "penalty":
        annulled = fact.day("annulled")
        parts.append(negation(on_or_before(annulled, case.day, fact.key("annulled"))) if annulled else YES)
    if fact.kind == "listing" and fact.get("stage") == "拟列入":
        return NO
    if select.get("now"):
        parts.append(in_force(case, fact))
    if select.get("valid"):
        parts.append(_valid(fact, case.day, must_start=True))
    if select.get("unexpired"):
        parts.append(_valid(fact, case.day, must_start=False))
    if select.get("within") and day is not None:
        parts.append(_within(case, fact, day, select))
    if select.get("since"):
        parts.append(negation(before(day, date.fromisoformat(select["since"]), _day_key(fact))) if day else NO)
    return every(parts)


def _within(case: Case, fact: Fact, day: When, select: Select) -> Truth:
    """Whether the look-back window still holds the day; `ever`: whether it was still in force inside the window."""
    recent = _still(day, select["within"], case.day, _day_key(fact))
    if not select.get("ever") or recent.value == "yes":
        return recent
    found = standing(case, fact)
    if found is None or found.holds.value != "no" or found.since is None:
        return in_force(case, fact)
    return some((recent, _still(found.since.shifted(-1), select["within"], case.day, fact.key("removed"))))


def _still(day: When, period: str, now: date, name: str) -> Truth:
    over = on_or_before(day.after(period).shifted(1), now, name)
    return negation(over)


def _valid(fact: Fact, day: date, *, must_start: bool) -> Truth:
    start, end = fact.day("since_day") or fact.day("date"), fact.day("until_day")
    if start is None and must_start:
        return NO
    begun = YES if start is None else on_or_before(start, day, fact.key("from"))
    over = NO if end is None else on_or_before(end.shifted(1), day, fact.key("to"))
    return every((begun, negation(over)))


# --- forms ----------------------------------------------------------------------------------------------

Judged = tuple[Truth, tuple[Fact, ...]]


def _exists(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    found = selected(case, subject, condition["exists"])
    return some(f.truth for f in found) if found else NO, tuple(f.fact for f in found)


def _none(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    truth, facts = _exists(case, subject, {"exists": condition["none"]})
    return negation(truth), facts


def _count(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    found = selected(case, subject, condition["count"])
    sure, open_ = (sum(f.truth.value == word for f in found) for word in ("yes", "undetermined"))
    unknown = tuple(u for f in found for u in f.truth.unknown)
    parts = []
    if "at_least" in condition:
        parts.append(_bounded(sure >= condition["at_least"], sure + open_ >= condition["at_least"], unknown))
    if "below" in condition:
        parts.append(_bounded(sure + open_ < condition["below"], sure < condition["below"], unknown))
    return every(parts), tuple(f.fact for f in found)


def _bounded(surely: bool, possibly: bool, unknown: tuple[str, ...]) -> Truth:
    return YES if surely else Truth("undetermined", unknown) if possibly else NO


def _sum(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    found = selected(case, subject, condition["sum"])
    least = most = Fraction(0)
    unknown: list[str] = []
    for one in found:
        low, high, names = _amount(one, condition["of"])
        least, most = least + low, most + high
        unknown += names
    told = tuple(unknown)
    if "at_most" in condition:
        limit = Fraction(condition["at_most"])
        return _bounded(most <= limit, least <= limit, told), tuple(f.fact for f in found)
    limit = Fraction(condition["more_than"])
    return _bounded(least > limit, most > limit, told), tuple(f.fact for f in found)


_WITH_MONEY = frozenset({"罚款", "没收违法所得", "没收非法财物"})


def _amount(one: Found, name: str) -> tuple[Fraction, Fraction, tuple[str, ...]]:
    fact = one.fact
    stated = fact.get(name)
    if stated is None and fact.kind == "penalty":
        parts = [fact.get(k) for k in ("fine", "confiscated") if fact.get(k) is not None]
        stated = sum(Fraction(str(p)) for p in parts) if parts else None
    if stated is None:
        open_ = bool(_WITH_MONEY & set(fact.get("kinds") or ()))
        return Fraction(0), (_INFINITE if open_ else Fraction(0)), (fact.key("amount_yuan"),) if open_ else ()
    amount = Fraction(str(stated))
    sure = one.truth.value == "yes"
    return (amount if sure else Fraction(0)), amount, one.truth.unknown


def _all(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    return _together(every, [judge(case, subject, c) for c in condition["all"]])


def _any(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    return _together(some, [judge(case, subject, c) for c in condition["any"]])


def _together(how: Callable[[Sequence[Truth]], Truth], parts: list[Judged]) -> Judged:
    facts = {f.id: f for _, found in parts for f in found}
    return how([t for t, _ in parts]), tuple(facts.values())


def _years_in_row(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    """The latest years asked for, one after another, all with the value."""
    select = condition["years_in_row"]
    found = selected(case, subject, select)
    years = {int(f.fact.get("year")): f for f in found if f.fact.get("year") is not None}
    run = [all(y - back in years for back in range(select["years"])) for y in years]
    kinds = {k: v for k, v in select["where"].items() if k == "kind"}
    newest = max((int(f.get("year")) for f in case.world.of("item", "subject", subject) if matches(f, kinds).value == "yes" and f.get("year")), default=None)
    ends = [y for y, ok in zip(years, run, strict=True) if ok]
    return (YES if newest is not None and newest in ends else NO), tuple(f.fact for f in found)


def _since(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    """Whether a period has passed since a day of the subject's record."""
    day = next((d for n in sorted(case.world.nodes(subject)) if (d := case.world.unit(n).day(condition["since"])) is not None), None)
    if day is None:
        return NO, ()
    return on_or_before(day.after(condition["at_least"]), case.day, f"{min(case.world.nodes(subject))}.{condition['since']}"), ()


def _latest(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    """Whether the newest of the selected facts has one of the values named."""
    found = selected(case, subject, condition["latest"])
    if not found:
        return NO, ()
    newest = max(found, key=lambda f: (_order(f.fact), f.fact.id))
    wanted = {k: v for k, v in condition.items() if k in ("value", "kind")}
    return every((newest.truth, matches(newest.fact, wanted))), (newest.fact,)


def _order(fact: Fact) -> date:
    day = _day_of(fact)
    year = fact.get("year")
    return day.hi if day is not None else date(int(year), 12, 31) if year is not None else date.min


def _close_together(case: Case, subject: str, condition: Mapping[str, Any]) -> Judged:
    """Whether so many of the selected facts lie within a period of each other."""
    found = sorted((f for f in selected(case, subject, condition["within_of_each_other"]) if _day_of(f.fact)), key=lambda f: _order(f.fact))
    size = condition["count"]
    groups = [found[i : i + size] for i in range(len(found) - size + 1)]
    truths = []
    for group in groups:
        first, last = _day_of(group[0].fact), _day_of(group[-1].fact)
        assert first is not None and last is not None
        close = negation(on_or_before(first.after(condition["span"]).shifted(1), last.hi, _day_key(group[0].fact)))
        truths.append(every((close, *(f.truth for f in group))))
    return some(truths) if truths else NO, tuple(f.fact for f in found)


_FORMS: Mapping[str, Callable[[Case, str, Mapping[str, Any]], Judged]] = {
    "within_of_each_other": _close_together, "exists": _exists, "none": _none, "count": _count, "sum": _sum, "all": _all, "any": _any, "years_in_row": _years_in_row,
    "since": _since, "latest": _latest,
}  # fmt: skip
