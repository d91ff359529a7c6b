"""What sets a rule off: the facts about a subject that a rule names, and how each of them stands on the day."""

from collections.abc import Iterable

from queries.law.case import Case, matches
from queries.law.clocks import When
from queries.law.courses import begin_of
from queries.law.facts import Fact
from queries.law.lifecycle import Standing, standing
from queries.law.rules import Measure


def triggers_of(case: Case, rule: Measure, subject: str) -> list[Fact]:
    """Facts about a subject of the kind and with the values that set the rule off; worked out once a subject and day."""
    if rule.trigger.fact not in _kinds_about(case, subject):
        return []
    key = ("triggers", rule.id, subject, case.day)
    found: list[Fact] | None = case.world.memo.get(key)
    if found is None:
        found = case.world.memo[key] = _triggers(case, rule, subject)
    return found


def set_off(case: Case, subject: str) -> list[Measure]:
    """The rules in force, of the subject's place, that some fact about the subject sets off."""
    key = ("set off", subject, case.day, case.rules_at, case.place)
    found: list[Measure] | None = case.world.memo.get(key)
    if found is None:
        kinds = _kinds_about(case, subject)
        apt = [r for r in case.law.measures if r.trigger.fact in kinds and r.in_force(case.rules_at) and case.here(r.place, subject)]
        found = case.world.memo[key] = [r for r in apt if triggers_of(case, r, subject)]
    return found


_KINDS = (("penalty", "subject"), ("listing", "subject"), ("listing", "named"), ("order", "subject"), ("debt", "subject"), ("enforcement", "subject"), ("grade", "subject"))


def _kinds_about(case: Case, subject: str) -> frozenset[str]:
    """The kinds of fact that there are about a subject: what can set off a rule at all."""
    key = ("kinds", subject)
    found: frozenset[str] | None = case.world.memo.get(key)
    if found is None:
        kinds = {kind for kind, end in _KINDS if case.world.any(kind, end, subject)}
        annulled = {"registration"} if case.world.unit(subject).get("registration_annulled") else set()
        found = case.world.memo[key] = frozenset(kinds | annulled)
    return found


def _triggers(case: Case, rule: Measure, subject: str) -> list[Fact]:
    if rule.trigger.fact == "registration":
        return [f for f in (_registration(case, subject),) if f is not None and matches(f, rule.trigger.where).value != "no"]
    ends = ("subject", "named") if rule.self and rule.trigger.fact == "listing" else ("subject",)
    found = {f.id: f for end in ends for f in case.world.of(rule.trigger.fact, end, subject)}
    kept = _newest(case, found.values()) if rule.trigger.fact == "grade" else [f for _, f in sorted(found.items())]
    return [f for f in kept if matches(f, rule.trigger.where).value != "no"]


def _newest(case: Case, grades: Iterable[Fact]) -> list[Fact]:
    """Of the grades under each scheme the newest by the day: an older one is superseded."""
    best: dict[str, Fact] = {}
    for fact in sorted(grades, key=lambda f: (str(f.get("issued") or ""), f.id)):
        day = fact.day("issued")
        if day is None or day.lo <= case.day:
            best[str(fact.get("scheme"))] = fact
    return list(best.values())


def _registration(case: Case, subject: str) -> Fact | None:
    """The annulling of a registration as an event of the unit itself."""
    for node in sorted(case.world.nodes(subject)):
        unit = case.world.unit(node)
        if unit.get("registration_annulled"):
            claims = tuple(unit.get("claims") or ())
            return Fact("registration", node, claims, None, {**unit.values, "subject": node})
    return None


def start_of(rule: Measure, fact: Fact) -> When | None:
    """The day from which a rule counts."""
    return fact.day(rule.start) or (begin_of(fact) if rule.start in ("decided", "listed", "issued", "due", "filed") else None)


def standing_in(case: Case, fact: Fact) -> Standing | None:
    """How an event stands on the day; worked out once, whatever number of rules looks at it."""
    key = ("standing", fact.kind, fact.id, case.day, case.rules_at, case.place)
    if key not in case.world.memo:
        case.world.memo[key] = standing(case, fact)
    found: Standing | None = case.world.memo[key]
    return found
