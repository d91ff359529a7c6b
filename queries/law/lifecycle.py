"""The life of a listing, penalty, order or enforcement: in which state it is on a day, since when, until when, and why.

displayed → minimum passed (repairable) → ended; or repaired, removed, annulled; disputed; unknown since the source
vanished. A vanished source is not a removal; a statutory term that has run out is an end, whatever a page shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph_model.claims import Holds
from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined, matches, open_on
from queries.law.clocks import NO, YES, Truth, When, every, negation, on_or_before, some
from queries.law.facts import Fact
from queries.law.rules import FIXED, OPEN, UNSTATED, Display, Grading, ListRule, Repair, Shown, Term

State = Literal[
    "displayed", "repairable", "never_displayed", "masked", "ended", "repaired", "removed", "annulled", "disputed",
    "unknown_since", "proposed",
]  # fmt: skip
# What an answer shows unless history is asked for.
SHOWN_STATES = frozenset({"displayed", "repairable", "masked", "disputed", "unknown_since"})
_BEGINS = {"listing": "listed", "penalty": "decided", "order": "issued", "enforcement": "filed", "grade": "issued", "debt": "due"}
# Days from which it is over, by what is then said of it.
_ENDINGS = {
    "listing": (("annulled", "annulled"), ("removed", "removed"), ("repaired", "repaired")),
    "penalty": (("annulled", "annulled"), ("repaired", "repaired")),
    "order": (("closed", "removed"),), "enforcement": (("closed", "removed"),), "debt": (("paid", "removed"),),
}  # fmt: skip
_PUBLIC = {"closed": "lifted", "issued": "issued"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one event stands on the day asked for.

    `holds`: whether it is in force and shown. `until`: last day, None where no end is known; `until_word` says
    `open`, `life` or `unknown`. `repairable_from`: first day on which repair can be asked.
    """

    fact: Fact
    state: State
    holds: Truth
    from_: When
    since: When | None
    until: When | None
    until_word: str
    repairable_from: When | None = None
    may_apply: Truth | None = None
    severity: str | None = None
    rule: str | None = None
    article: str | None = None
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def until_text(self) -> str:
        """The last day as an answer writes it."""
        return self.until_word if self.until is None else self.until.text

    @property
    def shown(self) -> bool:
        """Whether a default answer holds it."""
        return self.state in SHOWN_STATES


@dataclass(frozen=True, slots=True)
class _Course:
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
    return fact.day(_BEGINS[fact.kind]) or fact.day("valid_from") or (fact.day("filed") if fact.kind == "order" else None)


def begin_key(fact: Fact) -> str:
    """How that day is named."""
    return fact.key(_BEGINS[fact.kind])


def standing(case: Case, fact: Fact) -> Standing | None:
    """How an event stands on the day; None where it had not begun."""
    start = begin_of(fact) or When(date.min, date.max)
    begun = on_or_before(start, case.day, begin_key(fact))
    if begun.value == "no":
        return None
    if fact.get("stage") == "拟列入":
        return Standing(fact, "proposed", NO, start, start, None, OPEN, reasons=("not_a_decision",))
    course = _course(case, fact)
    found = _by_endings(case, fact, start, begun, course)
    return _with_report(case, _with_flags(found, course, start))


def _course(case: Case, fact: Fact) -> _Course:
    if fact.kind == "listing":
        return _list_course(case, fact)
    if fact.kind == "penalty":
        return _penalty_course(case, fact)
    fixed = fact.day("fixed_until")
    return _Course(fixed, OPEN)


# --- listings -------------------------------------------------------------------------------------------


def list_rule(case: Case, list_: str) -> ListRule | None:
    """The rule of a list in force on the day whose law applies."""
    return next((r for r in case.law.lists if r.list_ == list_ and r.in_force(case.rules_at)), None)


def _list_course(case: Case, fact: Fact) -> _Course:
    rule, fixed = list_rule(case, str(fact.get("list"))), fact.day("fixed_until")
    if rule is None:
        return _Course(fixed, OPEN, reasons=() if fixed else ("no_rule",))
    fact = _with_head(fact, rule)
    repair = [r for r in rule.repair if matches(fact, r.where).value == "yes"]
    known = _Course(fixed, OPEN, repair, rule=rule.id, article=rule.cited, in_force_since=rule.from_)
    return known if fixed is not None else _term(fact, rule, known)


def _with_head(fact: Fact, rule: ListRule) -> Fact:
    """The statutory head from the words of the ground, where the source gives no number."""
    ground = str(fact.get("ground") or "")
    head = next((number for words, number in rule.head_words.items() if words in ground), None)
    if head is None or fact.get("head") is not None:
        return fact
    return replace(fact, values={**fact.values, "head": head})


def _term(fact: Fact, rule: ListRule, known: _Course) -> _Course:
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


def _penalty_course(case: Case, fact: Fact) -> _Course:
    rule = display_rule(case, fact)
    if rule is None:
        return _Course(None, UNKNOWN, severity=fact.get("severity"), reasons=("no_rule",))
    severity, unknown = grade_of(fact, rule.grading)
    possible, doubts = _classes(fact, rule, severity)
    start = fact.day(rule.start) or begin_of(fact)
    known = _Course(None, UNKNOWN, severity=severity, rule=rule.id, article=rule.cited, in_force_since=rule.from_, unknown=unknown)
    if not possible or start is None:
        return replace(known, reasons=(UNSTATED,))
    if len(possible) == 1 and possible[0].last == "never":
        return replace(known, never=True, word=OPEN)
    spans = [_shown_span(fact, one, start) for one in possible if one.last != "never"]
    last = When(min(s.lo for s in spans), max(s.hi for s in spans))
    repair = _common_repair(fact, case, possible)
    if last.exact:
        return replace(known, last=last, repair=repair)
    open_text = any("-" in one.last for one in possible)
    told = joined((unknown, doubts, (fact.key(rule.start),) if not start.exact else ()))
    return replace(known, last=last, repair=repair, unknown=told, reasons=(UNSTATED,) if open_text else ())


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


def _classes(fact: Fact, rule: Display, severity: str | None) -> tuple[list[Shown], tuple[str, ...]]:
    """The classes a penalty may be in: one where everything that decides is known."""
    possible: list[Shown] = []
    doubts: list[str] = []
    for one in rule.shown:
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


# --- together -------------------------------------------------------------------------------------------


def _by_endings(case: Case, fact: Fact, start: When, begun: Truth, course: _Course) -> Standing:
    overs = list(_endings(case, fact, course))
    done = [(day, state) for day, state, truth in overs if truth.value == "yes"]
    base = Standing(
        fact, "displayed", YES, start, start, course.last if course.last and course.last.exact else None, course.word,
        severity=course.severity, rule=course.rule, article=course.article, reasons=course.reasons, unknown=course.unknown,
    )  # fmt: skip
    if course.never and not any(state == "annulled" for _, state in done):
        return replace(base, state="never_displayed", holds=NO, since=start)
    if done:
        day, state = min(done, key=lambda d: (d[1] != "annulled", d[0].hi, d[1]))
        return replace(base, state=state, holds=NO, since=day, until=day.shifted(-1), until_word=UNKNOWN)
    truth = every((begun, *(negation(t) for _, _, t in overs)))
    until, word = _earliest(overs, course)
    alive = replace(base, holds=truth, until=until, until_word=word, unknown=joined((course.unknown, truth.unknown)))
    return _alive(case, alive, course)


def _endings(case: Case, fact: Fact, course: _Course) -> Iterator[tuple[When, State, Truth]]:
    for key, state in _ENDINGS.get(fact.kind, ()):
        day = fact.day(key)
        if day is not None:
            yield day, state, on_or_before(day, case.day, fact.key(_PUBLIC.get(key, key) if fact.kind == "order" else key))  # type: ignore[misc]
    for dispute in case.world.of("dispute", "about", fact.id):
        closed = dispute.day("concluded")
        if dispute.get("upheld") == "yes" and closed is not None:
            yield closed, "annulled", on_or_before(closed, case.day, dispute.key("closed"))
    if course.last is not None:
        over = course.last.shifted(1)
        named = course.unknown or ((begin_key(fact),) if not course.reasons else ())
        truth = on_or_before(over, case.day, "")
        yield over, "ended", Truth(truth.value, named if truth.value == "undetermined" else ())


def _earliest(overs: Sequence[tuple[When, State, Truth]], course: _Course) -> tuple[When | None, str]:
    """The last day: before the first end that is known; unknown where an end is known to be without its day."""
    exact = [day for day, _, _ in overs if day.exact]
    if any(not day.exact for day, _, _ in overs):
        return None, UNKNOWN
    return (min(exact, key=lambda d: d.hi).shifted(-1), course.word) if exact else (None, course.word)


def _alive(case: Case, found: Standing, course: _Course) -> Standing:
    found = _with_repair(case, found, course)
    fact = found.fact
    masked = _masked(case, fact)
    if masked is not None:
        found = replace(found, state="masked", since=masked)
    opened = [d.day("opened") for d in case.world.of("dispute", "about", fact.id) if open_on(d, case.day, "opened", "concluded").value == "yes"]
    if opened:
        found = replace(found, state="disputed", since=min((o for o in opened if o), key=lambda o: o.lo), flags=(*found.flags, "disputed"))
    gone = fact.day("unknown_since")
    if gone is not None and gone.lo <= case.day:
        doubt = Truth("undetermined", (fact.key("unknown_since"),))
        found = replace(found, state="unknown_since", since=gone, holds=every((found.holds, doubt)), reasons=(*found.reasons, "unknown_bound"))
    return found


def _masked(case: Case, fact: Fact) -> When | None:
    """Since when a listing is hidden while another fact of the subject is under way (修复期间)."""
    rule = list_rule(case, str(fact.get("list"))) if fact.kind == "listing" else None
    if rule is None or not rule.masked_by:
        return None
    for other in case.world.of(rule.masked_by["fact"], "subject", str(fact.get("subject"))):
        if open_on(other, case.day, rule.masked_by["since"], rule.masked_by["over"]).value == "yes":
            return other.day(rule.masked_by["since"])
    return None


def _with_repair(case: Case, found: Standing, course: _Course) -> Standing:
    fact = found.fact
    kinds = set(fact.get("kinds") or ())
    answers = [_repair(case, fact, r) for r in course.repair if not kinds & set(r.barred)]
    if not answers:
        return replace(found, may_apply=NO if course.rule else None)
    first = When(min(a[0].lo for a in answers), max(a[0].hi for a in answers))
    passed = every(on_or_before(a[0], case.day, a[1]) for a in answers)
    needed = every(a[2] for a in answers)
    state: State = "repairable" if passed.value == "yes" else "displayed"
    since = first if state == "repairable" else found.since
    seen = first if first.lo != date.max else None
    return replace(found, state=state, since=since, repairable_from=seen, may_apply=every((passed, needed)))


def _repair(case: Case, fact: Fact, rule: Repair) -> tuple[When, str, Truth]:
    start = fact.day(rule.start)
    if start is None:
        # what must come first has not happened: repair is not in sight
        return When(date.max, date.max), fact.key(rule.start), NO
    needs = every(_stated(case, fact, key) for key in rule.needs)
    return start.after(rule.after).shifted(1), fact.key(rule.start), needs


def _stated(case: Case, fact: Fact, key: str) -> Truth:
    value = fact.get(key)
    if value in (None, "not_met"):
        return NO
    return YES if value == "met" else on_or_before(fact.day(key) or When(date.min, date.max), case.day, fact.key(key))


def _with_flags(found: Standing, course: _Course, start: When) -> Standing:
    """`transitional` where the rule applied came into force after the fact."""
    if course.in_force_since is not None and course.in_force_since > start.lo and found.state not in ("annulled", "removed", "proposed"):
        return replace(found, flags=joined((found.flags, ("transitional",))))
    return found


# --- what other sources show ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceConflict:
    """Two sources that differ on one fact; `prevails` where a rule ranks them."""

    fact: Fact
    between: tuple[str, str]
    prevails: str | None
    rule: str | None


def source_conflicts(case: Case, found: Standing) -> list[SourceConflict]:
    """Sources that show a fact otherwise than its own source does, as seen by the day."""
    conflicts = []
    for report in case.world.of("report", "about", found.fact.id):
        seen = report.day("seen")
        if seen is None or seen.hi > case.day or report.source is None:
            continue
        then = _own_standing(case.at(seen.hi), found.fact)
        shown = then is not None and then.shown
        if (report.get("says") in SHOWN_STATES) != shown:
            conflicts.append(_ranked(case, found.fact, report))
    return conflicts


def _own_standing(case: Case, fact: Fact) -> Standing | None:
    start = begin_of(fact) or When(date.min, date.max)
    begun = on_or_before(start, case.day, begin_key(fact))
    return None if begun.value == "no" else _by_endings(case, fact, start, begun, _course(case, fact))


def _ranked(case: Case, fact: Fact, report: Fact) -> SourceConflict:
    between = (str(fact.source), str(report.source))
    for rule in case.law.precedences:
        ranked = [s for s in between if case.world.sources.get(s, {}).get("kind") == rule.prevails]
        if rule.in_force(case.rules_at) and len(ranked) == 1:
            return SourceConflict(fact, between, ranked[0], rule.id)
    return SourceConflict(fact, between, None, None)


def _with_report(case: Case, found: Standing) -> Standing:
    """The state that the prevailing source shows, where another source than the fact's own prevails."""
    for report in sorted(case.world.of("report", "about", found.fact.id), key=lambda r: str(r.get("seen")), reverse=True):
        seen = report.day("seen")
        if seen is None or seen.hi > case.day:
            continue
        ranked = _ranked(case, found.fact, report)
        if ranked.prevails == report.source and ranked.prevails != found.fact.source and (report.get("says") in SHOWN_STATES) != found.shown:
            says: State = report.get("says")
            return replace(found, state=says, since=seen, holds=YES if says in SHOWN_STATES else NO)
    return found


def visible(found: Iterable[Standing], history: str | None) -> list[Standing]:
    """What an answer shows: without a stated purpose only what is in force and shown."""
    return [s for s in found if history or s.shown]


def of_subject(case: Case, subject: str) -> list[Standing]:
    """Every listing, penalty, order and enforcement of a subject as it stands on the day, in a total order."""
    found: list[Standing] = []
    for kind in ("listing", "penalty", "order", "enforcement"):
        facts = {f.id: f for end in ("subject", "named") for f in case.world.of(kind, end, subject)}
        found += [s for _, fact in sorted(facts.items()) if (s := standing(case, fact)) is not None]
    return found


def in_force(case: Case, fact: Fact) -> Truth:
    """Whether an event is in force on the day; 拟列入 is not."""
    found = standing(case, fact)
    return NO if found is None else found.holds


def holds_word(truth: Truth) -> Holds:
    """The word of a truth."""
    return truth.value


__all__ = ["FIXED", "SHOWN_STATES", "SourceConflict", "Standing", "State", "in_force", "of_subject", "some", "source_conflicts", "standing", "visible"]
