"""What the regime says of a listing or penalty: its last day, its class, and the repair open to it.

The rules say it all: the term of a list by its values, the severity of a penalty by the steps of the platform's rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined, matches
from queries.law.clocks import NO, YES, Truth, When, every
from queries.law.facts import Fact
from queries.law.rules import OPEN, UNSTATED, Display, Grading, ListRule, Repair, Shown, Term

BEGINS: Mapping[str, str] = {"listing": "listed", "penalty": "decided", "order": "issued", "enforcement": "filed", "grade": "issued", "debt": "due"}


@dataclass(frozen=True, slots=True)
class Course:
    """What the regime says of a fact: its last day and class, and the repair open to it."""

    last: When | None
    word: str
    repair: Sequence[Repair] = ()
    never: bool = False
    severity: str | None = None
    rule: str | None = None
    article: str | None = None
    in_force_since: date | None = None
    reasons: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def begin_of(fact: Fact) -> When | None:
    """The day on which the event begins."""
    return fact.day(BEGINS[fact.kind]) or fact.day("valid_from") or (fact.day("filed") if fact.kind == "order" else None)


def begin_key(fact: Fact) -> str:
    """How that day is named."""
    return fact.key(BEGINS[fact.kind])


def course_of(case: Case, fact: Fact) -> Course:
    if fact.kind == "listing":
        return _list_course(case, fact)
    if fact.kind == "penalty":
        return _penalty_course(case, fact)
    fixed = fact.day("fixed_until")
    return Course(fixed, OPEN)


# --- listings -------------------------------------------------------------------------------------------


def list_rule(case: Case, list_: str) -> ListRule | None:
    """The rule of a list in force on the day whose law applies."""
    return next((r for r in case.law.lists if r.list_ == list_ and r.in_force(case.rules_at)), None)


def _list_course(case: Case, fact: Fact) -> Course:
    rule, fixed = list_rule(case, str(fact.get("list"))), fact.day("fixed_until")
    if rule is None:
        return Course(fixed, OPEN, reasons=() if fixed else ("no_rule",))
    fact = _with_head(fact, rule)
    repair = [r for r in rule.repair if matches(fact, r.where).value == "yes"]
    known = Course(fixed, OPEN, repair, rule=rule.id, article=rule.cited, in_force_since=rule.from_)
    return known if fixed is not None else _term(fact, rule, known)


def _with_head(fact: Fact, rule: ListRule) -> Fact:
    """The statutory head from the words of the ground, where the source gives no number."""
    ground = str(fact.get("ground") or "")
    head = next((number for words, number in rule.head_words.items() if words in ground), None)
    if head is None or fact.get("head") is not None:
        return fact
    return replace(fact, values={**fact.values, "head": head})


def _term(fact: Fact, rule: ListRule, known: Course) -> Course:
    start = fact.day(rule.start) or begin_of(fact)
    possible: list[tuple[Term, Truth]] = []
    for term in rule.terms_of:
        truth = matches(fact, term.where)
        if truth.value != "no":
            possible.append((term, truth))
        if truth.value == "yes":
            break
    unknown = joined(t.unknown for _, t in possible)
    if not possible or start is None:
        return known
    if len(possible) == 1 and possible[0][0].last == OPEN:
        return known
    spans = [_span(fact, term, start) for term, _ in possible]
    reasons = (UNSTATED,) if any(UNSTATED in t.last or "-" in t.last for t, _ in possible) else ()
    last = When(min(s.lo for s in spans), max(s.hi for s in spans))
    if last.exact:
        return replace(known, last=last)
    return replace(known, last=last, word=UNKNOWN, unknown=unknown or ((begin_key(fact),) if not start.exact else ()), reasons=reasons)


def _span(fact: Fact, term: Term, start: When) -> When:
    if term.last in (OPEN, UNSTATED):
        return When(start.lo, date.max) if term.last == UNSTATED else When(date.max, date.max)
    least, _, most = term.last.partition("-")
    lo, hi = start.after(least), start.after(most or least)
    years = int(fact.get(term.extended_by) or 0) if term.extended_by else 0
    if years:
        lo = hi = start.after(_longer(least, years))
    return When(lo.lo, hi.hi)


def _longer(period: str, years: int) -> str:
    return f"{int(period.removesuffix('年')) + years}年"


# --- penalties ------------------------------------------------------------------------------------------


def display_rule(case: Case, fact: Fact) -> Display | None:
    """The rule of the platform whose record the penalty is, in force on the day whose law applies."""
    subject = str(fact.get("subject"))
    return next((r for r in case.law.displays if r.platform == fact.get("shown_on") and case.here(r.place, subject)
                 and r.in_force(case.rules_at)), None)  # fmt: skip


def _penalty_course(case: Case, fact: Fact) -> Course:
    rule = display_rule(case, fact)
    if rule is None:
        return Course(None, UNKNOWN, severity=fact.get("severity"), reasons=("no_rule",))
    severity, unknown = grade_of(fact, rule.grading)
    person = case.world.unit(str(fact.get("subject"))).label == "Person"
    possible, doubts = _classes(fact, [s for s in rule.shown if person or not s.of_persons], severity)
    start = fact.day(rule.start) or begin_of(fact)
    known = Course(None, UNKNOWN, severity=severity, rule=rule.id, article=rule.cited, in_force_since=rule.from_, unknown=unknown)
    if not possible or start is None:
        return replace(known, reasons=(UNSTATED,))
    if len(possible) == 1 and possible[0].last == "never":
        return replace(known, never=True, word=OPEN)
    spans = [_shown_span(fact, one, start) for one in possible if one.last != "never"]
    last = When(min(s.lo for s in spans), max(s.hi for s in spans))
    repair = _common_repair(fact, case, possible)
    if last.exact:
        kept = _kept_by_listings(case, fact, last, possible)
        return replace(known, last=kept, word=OPEN if kept is None else known.word, repair=repair)
    open_text = any("-" in one.last for one in possible)
    told = joined((unknown, doubts, (fact.key(rule.start),) if not start.exact else ()))
    return replace(known, last=last, repair=repair, unknown=told, reasons=(UNSTATED,) if open_text else ())


def _kept_by_listings(case: Case, fact: Fact, last: When, possible: Sequence[Shown]) -> When | None:
    """The last day, later where the subject is then on a list that keeps the penalty shown; None where no end of that is known."""
    names = {name for one in possible for name in one.while_listed}
    after = last.shifted(1).lo
    for listing in case.world.of("listing", "subject", str(fact.get("subject"))):
        if listing.get("list") in names and listing.get("stage") != "拟列入":
            begun, end = begin_of(listing), _end_of_listing(case, listing)
            if begun is not None and begun.hi <= after and (end is None or end.lo >= after):
                return end
    return last


def _end_of_listing(case: Case, listing: Fact) -> When | None:
    over = [day.shifted(-1) for name in ("removed", "annulled", "repaired") if (day := listing.day(name)) is not None]
    course = _list_course(case, listing)
    ends = [*over, *((course.last,) if course.last is not None else ())]
    return min(ends, key=lambda end: end.lo, default=None)


def grade_of(fact: Fact, steps: Sequence[Grading]) -> tuple[str | None, tuple[str, ...]]:
    """The severity of a penalty under a regime; `undetermined` where a step that would decide is open."""
    if not steps:
        return fact.get("severity"), ()
    for step in steps:
        truth = _graded(fact, step)
        if truth.value == "yes":
            return (str(fact.get("severity")) if step.stated else step.severity), ()
        if truth.value == "undetermined":
            return "undetermined", truth.unknown
    return "undetermined", (fact.key("severity"),)


def _graded(fact: Fact, step: Grading) -> Truth:
    if step.stated:
        return YES if fact.get("severity") else NO
    kinds = set(fact.get("kinds") or ())
    if step.kinds_only:
        return YES if kinds and kinds <= set(step.kinds_only) else NO
    if step.kinds_any:
        return YES if kinds & set(step.kinds_any) else NO
    if step.procedures:
        return YES if fact.get("procedure") in step.procedures else NO
    if step.ground_has:
        return YES if any(word in str(fact.get("ground") or "") for word in step.ground_has) else NO
    return _amount_in(fact, step.amount_in)


def _amount_in(fact: Fact, name: str) -> Truth:
    """Whether the fine lies in one range and not in the other; on the border of both it is open."""
    text, amount = fact.get(f"basis_{name}"), fact.get("amount") or fact.get("fine")
    if not text or amount is None:
        return NO
    other = fact.get("basis_serious" if name == "ordinary" else "basis_ordinary")
    inside, also = _between(amount, str(text)), other is not None and _between(amount, str(other))
    return Truth("undetermined", (fact.key("severity"),)) if inside and also else (YES if inside else NO)


def _between(amount: object, text: str) -> bool:
    low, high = text.split("..")
    return float(low) <= float(str(amount)) <= float(high)


def _classes(fact: Fact, shown: Sequence[Shown], severity: str | None) -> tuple[list[Shown], tuple[str, ...]]:
    """The classes a penalty may be in: one where everything that decides is known."""
    possible: list[Shown] = []
    doubts: list[str] = []
    for one in shown:
        truth = _in_class(fact, one, severity)
        if truth.value != "no":
            possible.append(one)
            doubts += truth.unknown
        if truth.value == "yes":
            break
    return possible, tuple(dict.fromkeys(doubts))


def _in_class(fact: Fact, one: Shown, severity: str | None) -> Truth:
    kinds = set(fact.get("kinds") or ())
    if (one.kinds_only and not kinds <= set(one.kinds_only)) or (one.kinds_any and not kinds & set(one.kinds_any)):
        return NO
    if one.unpublished and fact.get("published") is not None:
        return NO
    fit = matches(fact, one.where)
    if not one.severity:
        return fit
    if severity in (None, "undetermined"):
        return every((fit, Truth("undetermined", (fact.key("severity"),))))
    return every((fit, YES if severity == one.severity else NO))


def _shown_span(fact: Fact, one: Shown, start: When) -> When:
    least, _, most = one.last.partition("-")
    span = When(start.after(least).lo, start.after(most or least).hi)
    fixed = fact.day(one.fixed_by) if one.fixed_by else None
    return fixed if fixed is not None and fixed.lo > span.hi else span


def _common_repair(fact: Fact, case: Case, possible: Sequence[Shown]) -> Sequence[Repair]:
    """The repair that every class still possible allows, in the slowest form; none where one of them bars it."""
    found = [next((r for r in one.repair if _trade_fits(case, fact, r)), None) for one in possible if one.last != "never"]
    if not found or any(r is None for r in found):
        return ()
    kept = [r for r in found if r is not None]
    return (kept[0],) if all(r == kept[0] for r in kept) else tuple(kept)


def _trade_fits(case: Case, fact: Fact, repair: Repair) -> bool:
    trades = set(case.world.unit(str(fact.get("subject"))).get("trade") or ())
    wanted = set(repair.where.get("trade") or ())
    rest = {k: v for k, v in repair.where.items() if k != "trade"}
    return (not wanted or bool(trades & wanted)) and matches(fact, rest).value != "no"
