"""The life of a listing, penalty, order or enforcement: in which state it is on a day, since when, until when, and why.

displayed → minimum passed (repairable) → ended; or repaired, removed, annulled; disputed; unknown since the source
vanished. A vanished source is not a removal; a statutory term that has run out is an end, whatever a page shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined, open_on
from queries.law.clocks import NO, YES, Truth, When, every, negation, on_or_before
from queries.law.courses import Course, begin_key, begin_of, course_of, list_rule
from queries.law.facts import Fact
from queries.law.rules import AT_ONCE, OPEN, UNSTATED, Repair

State = Literal[
    "displayed", "repairable", "never_displayed", "masked", "ended", "repaired", "removed", "annulled", "disputed",
    "unknown_since", "proposed",
]  # fmt: skip
# What an answer shows unless history is asked for.
SHOWN_STATES = frozenset({"displayed", "repairable", "masked", "disputed", "unknown_since"})
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
    # Facts beside its own on which the state rests: disputes, the penalty that masks, what another source shows.
    because: tuple[Fact, ...] = ()

    @property
    def until_text(self) -> str:
        """The last day as an answer writes it."""
        return self.until_word if self.until is None else self.until.text

    @property
    def shown(self) -> bool:
        """Whether a default answer holds it."""
        return self.state in SHOWN_STATES


def standing(case: Case, fact: Fact) -> Standing | None:
    """How an event stands on the day; None where it had not begun."""
    start = begin_of(fact) or When(date.min, date.max)
    begun = on_or_before(start, case.day, begin_key(fact))
    if begun.value == "no":
        return None
    if fact.get("stage") == "拟列入":
        return Standing(fact, "proposed", NO, start, start, None, OPEN, reasons=("not_a_decision",))
    course = course_of(case, fact)
    found = _by_endings(case, fact, start, begun, course)
    return _with_report(case, _with_flags(found, course, start))


# --- together -------------------------------------------------------------------------------------------


def _by_endings(case: Case, fact: Fact, start: When, begun: Truth, course: Course) -> Standing:
    overs = list(_endings(case, fact, course))
    done = [(day, state) for day, state, truth in overs if truth.value == "yes"]
    upheld = tuple(d for d in case.world.of("dispute", "about", fact.id) if d.get("upheld") == "yes")
    base = Standing(
        fact, "displayed", YES, start, start, course.last if course.last and course.last.exact else None, course.word,
        severity=course.severity, rule=course.rule, article=course.article, reasons=course.reasons, unknown=course.unknown,
        because=upheld,
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


def _endings(case: Case, fact: Fact, course: Course) -> Iterator[tuple[When, State, Truth]]:
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


def _earliest(overs: Sequence[tuple[When, State, Truth]], course: Course) -> tuple[When | None, str]:
    """The last day: before the first end that is known; unknown where an end is known to be without its day."""
    exact = [day for day, _, _ in overs if day.exact]
    if any(not day.exact for day, _, _ in overs):
        return None, UNKNOWN
    return (min(exact, key=lambda d: d.hi).shifted(-1), course.word) if exact else (None, course.word)


def _alive(case: Case, found: Standing, course: Course) -> Standing:
    found = _with_repair(case, found, course)
    fact = found.fact
    masked = _masked(case, fact)
    if masked is not None:
        found = replace(found, state="masked", since=masked[1], because=(*found.because, masked[0]))
    disputes = [d for d in case.world.of("dispute", "about", fact.id) if open_on(d, case.day, "opened", "concluded").value == "yes"]
    opened = [day for d in disputes if (day := d.day("opened")) is not None]
    if opened:
        since = min(opened, key=lambda o: o.lo)
        because = (*found.because, *(d for d in disputes if d not in found.because))
        found = replace(found, state="disputed", since=since, flags=(*found.flags, "disputed"), because=because)
    gone = fact.day("unknown_since")
    if gone is not None and gone.lo <= case.day:
        doubt = Truth("undetermined", (fact.key("unknown_since"),))
        found = replace(found, state="unknown_since", since=gone, holds=every((found.holds, doubt)), reasons=(*found.reasons, "unknown_bound"))
    return found


def _masked(case: Case, fact: Fact) -> tuple[Fact, When] | None:
    """The fact of the subject that is under way (修复期间) and hides a listing, and since when."""
    rule = list_rule(case, str(fact.get("list"))) if fact.kind == "listing" else None
    if rule is None or not rule.masked_by:
        return None
    for other in case.world.of(rule.masked_by["fact"], "subject", str(fact.get("subject"))):
        since = other.day(rule.masked_by["since"])
        if since is not None and open_on(other, case.day, rule.masked_by["since"], rule.masked_by["over"]).value == "yes":
            return other, since
    return None


def _with_repair(case: Case, found: Standing, course: Course) -> Standing:
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
    if rule.after == UNSTATED:
        return When(start.shifted(1).lo, date.max), fact.key(rule.start), needs
    first = start if rule.after == AT_ONCE else start.after(rule.after).shifted(1)
    return first, fact.key(rule.start), needs


def _stated(case: Case, fact: Fact, key: str) -> Truth:
    value = fact.get(key)
    if value in (None, "not_met"):
        return NO
    return YES if value == "met" else on_or_before(fact.day(key) or When(date.min, date.max), case.day, fact.key(key))


def _with_flags(found: Standing, course: Course, start: When) -> Standing:
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
    return None if begun.value == "no" else _by_endings(case, fact, start, begun, course_of(case, fact))


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
            return replace(found, state=says, since=seen, holds=YES if says in SHOWN_STATES else NO, because=(*found.because, report))
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
