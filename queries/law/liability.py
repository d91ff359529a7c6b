"""What only a court can extend (变更追加规定): hypotheses whose stated elements are in the facts, and those that are not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined, open_on
from queries.law.clocks import NO, YES, Truth, When, before, every, negation, on_or_before, some
from queries.law.facts import Fact, holds
from queries.law.ownership import Bound, holdings
from queries.law.rules import Liability

COMPANIES = frozenset({"有限责任公司", "一人有限责任公司", "股份有限公司", "国有独资公司", "国有控股公司"})
STOCK = "股份有限公司"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One article held against one person for one enforcement: whether its elements are stated, the limit, the amount."""

    rule: Liability
    person: str
    unit: str
    fact: Fact | None
    truth: Truth
    reasons: tuple[str, ...]
    amount: Fraction | None
    facts: tuple[Fact, ...] = ()


@dataclass(slots=True)
class _View:
    case: Case
    person: str
    unit: str
    enforcement: Fact
    rule: Liability
    stakes: list[Fact] = field(default_factory=list)


def hypotheses(case: Case, person: str) -> list[Hypothesis]:
    """Every article held against the person for every enforcement against a unit he stands behind."""
    found: list[Hypothesis] = []
    for unit in _units(case, person):
        for enforcement in case.world.of("enforcement", "subject", unit):
            found += [h for rule in case.law.liabilities for h in _judge(case, rule, person, unit, enforcement)]
    return sorted(found, key=lambda h: (h.truth.value != "yes", h.rule.id, h.unit, h.fact.id if h.fact else ""))


def _units(case: Case, person: str) -> list[str]:
    ends = [f.get("of") for f in case.world.of("share", "holder", person)] + [f.get("unit") for f in case.world.of("role", "person", person)]
    ends += [f.get("branch") for f in case.world.of("branch", "head", person)]
    return sorted({min(case.world.nodes(str(e))) for e in ends} - {min(case.world.nodes(person))})


def _judge(case: Case, rule: Liability, person: str, unit: str, enforcement: Fact) -> Iterator[Hypothesis]:
    stakes = [f for f in case.world.of("share", "of", unit) if f.get("holder") in case.world.nodes(person)]
    view = _View(case, person, unit, enforcement, rule, stakes)
    if not rule.in_force(case.rules_at):
        yield Hypothesis(rule, person, unit, enforcement, NO, ("not_in_force",), None)
        return
    parts = [_ELEMENTS[name](view) for name in ("open", *rule.elements)]
    truth = every(t for t, _ in parts)
    reasons = () if truth.value == "yes" else joined(r for t, r in parts if t.value == truth.value)
    amount = _unpaid(view) if rule.amount == "unpaid" and truth.value != "no" else None
    yield Hypothesis(rule, person, unit, enforcement, truth, reasons, amount, tuple(stakes))


_Part = tuple[Truth, tuple[str, ...]]


def _not_met(truth: Truth) -> _Part:
    return truth, ("condition_not_met",) if truth.value == "no" else ("unknown_fact",) if truth.value == "undetermined" else ()


def _open(view: _View) -> _Part:
    """The enforcement was filed by the day and is not closed."""
    return open_on(view.enforcement, view.case.day, "filed", "closed"), ("not_triggered",)


def _insufficient(view: _View) -> _Part:
    value = view.enforcement.get("insufficient")
    if value == UNKNOWN:
        return _not_met(Truth("undetermined", (view.enforcement.key("insufficient"),)))
    return _not_met(YES if value == "yes" else NO)


def _kind(*kinds: str) -> Callable[[_View], _Part]:
    def judge(view: _View) -> _Part:
        return _not_met(YES if view.case.world.unit(view.unit).get("kind") in kinds else NO)

    return judge


def _shareholder(view: _View) -> _Part:
    held = [holds(f, view.case.day) for f in view.stakes]
    found = some(held) if held else NO
    return found, ("role_not_held",)


def _former(view: _View) -> _Part:
    """He held shares and gave them all away by the day."""
    if not view.stakes:
        return NO, ("role_not_held",)
    gone = [negation(holds(f, view.case.day)) for f in view.stakes]
    sold = [on_or_before(end.shifted(1), view.case.day, f.key("to")) if (end := f.day("valid_to")) else NO for f in view.stakes]
    return _not_met(every((*gone, some(sold))))


def _open_amount(fact: Fact) -> Fraction:
    """What is subscribed and not paid; a payment that is not stated was not made."""
    return Fraction(str(fact.get("subscribed") or 0)) - Fraction(str(fact.get("paid") or 0))


def _unpaid_by(day: date) -> Callable[[Fact], Truth]:
    def judge(fact: Fact) -> Truth:
        due = fact.day("paid_due")
        late = YES if due is None else before(due, day, fact.key("paid_due"))
        return every((YES if _open_amount(fact) > 0 else NO, late))

    return judge


def _is_unpaid(view: _View) -> _Part:
    current = [f for f in view.stakes if holds(f, view.case.day).value != "no"]
    return _not_met(some(_unpaid_by(view.case.day)(f) for f in current) if current else NO)


def _unpaid_when_sold(view: _View) -> _Part:
    ended = [(f, end) for f in view.stakes if (end := f.day("valid_to")) is not None]
    return _not_met(some(_unpaid_by(end.hi)(f) for f, end in ended) if ended else NO)


def _unpaid(view: _View) -> Fraction:
    return sum((amount for f in view.stakes if (amount := _open_amount(f)) > 0), Fraction(0))


def _not_shown_separate(view: _View) -> _Part:
    """The shareholder must show that the company's property is separate: what is not found counts against him."""
    found = [f for f in view.case.world.of("finding", "about", view.person) if f.get("condition") == "财产独立于股东"]
    found += [f for f in view.case.world.of("finding", "about", view.unit) if f.get("condition") == "财产独立于股东"]
    shown = any(f.get("found") == "yes" for f in found)
    return _not_met(NO if shown else YES)


def _deregistered(view: _View) -> _Part:
    unit = view.case.world.unit(view.unit)
    day, liquidated = unit.day("deregistered"), unit.get("liquidated")
    if day is None:
        return _not_met(NO)
    gone = on_or_before(day, view.case.day, f"{view.unit}.deregistered")
    doubt = Truth("undetermined", (f"{view.unit}.liquidated",))
    return _not_met(every((gone, YES if liquidated == "no" else NO if liquidated == "yes" else doubt)))


def _member(view: _View) -> _Part:
    """Shareholder of a limited company, director or controlling shareholder of a stock company, when it was deregistered."""
    world, case = view.case.world, view.case
    day = world.unit(view.unit).day("deregistered")
    if day is None:
        return NO, ("role_not_held",)
    held = some(_on(f, day) for f in view.stakes) if view.stakes else NO
    if world.unit(view.unit).get("kind") != STOCK:
        return held, ("role_not_held",)
    directors = [f for f in world.of("role", "unit", view.unit) if f.get("person") in world.nodes(view.person)]
    served = some(_on(f, day) for f in directors if f.get("role") in ("董事", "董事长")) if directors else NO
    return some((served, every((held, _controls(case.at(day.hi), view))))), ("role_not_held", "role_not_covered")


def _on(fact: Fact, day: When) -> Truth:
    first, last = holds(fact, day.lo), holds(fact, day.hi)
    return first if first.value == last.value else Truth("undetermined", (*first.unknown, *last.unknown))


def _controls(case: Case, view: _View) -> Truth:
    figure = case.law.figure("controlling_share", case.rules_at)
    bound = Bound(figure.value if figure else "> 50")
    mine = [s for s in holdings(case.world, [view.unit], case.day).stakes if s.holder in case.world.nodes(view.person)]
    return some(bound.judge(s.share, s.unknown) for s in mine) if mine else NO


def _head(view: _View) -> _Part:
    heads = {str(f.get("head")) for f in view.case.world.of("branch", "branch", view.unit)}
    return _not_met(YES if heads & view.case.world.nodes(view.person) else NO)


def _said(view: _View) -> set[str]:
    """What was found by the day of the person and the rule's condition."""
    found = [f for f in view.case.world.of("finding", "about", view.person) if f.get("condition") == view.rule.condition]
    return {str(f.get("found")) for f in found if (day := f.day("decided")) is None or day.hi <= view.case.day}


def _found(view: _View) -> _Part:
    """Somebody has found it; what nobody found is not inferred."""
    said = _said(view)
    if "yes" in said and "no" not in said:
        return YES, ()
    return NO, ("condition_not_met",) if "no" in said else ("condition_unproved",)


def _general_partner(view: _View) -> _Part:
    """Whether he is a general partner; a stake alone does not say which kind of partner its holder is."""
    said = _said(view)
    if not said:
        return Truth("undetermined", tuple(f.key("kind") for f in view.stakes)), ("unknown_fact",)
    return _not_met(YES if said == {"yes"} else NO)


_ELEMENTS: Mapping[str, Callable[[_View], _Part]] = {
    "open": _open, "under_enforcement": _open, "insufficient": _insufficient, "company": _kind(*COMPANIES),
    "one_person_company": _kind("一人有限责任公司"), "partnership": _kind("合伙企业"), "sole_proprietorship": _kind("个人独资企业"),
    "shareholder": _shareholder, "former_shareholder": _former, "unpaid": _is_unpaid, "unpaid_when_sold": _unpaid_when_sold,
    "not_shown_separate": _not_shown_separate, "deregistered_without_liquidation": _deregistered, "member_at_deregistration": _member,
    "head_of_branch": _head, "general_partner": _general_partner, "found": _found,
}  # fmt: skip
ELEMENTS = frozenset(_ELEMENTS)
