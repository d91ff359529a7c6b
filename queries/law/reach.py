"""Which measures reach a person: a rule in force, triggered, that names a role he held at the rule's time.

One hop along a role, or the person himself where the rule says so. Every element is judged apart, so that a
measure which does not reach says every reason why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from queries.law.case import Case, joined, matches
from queries.law.clocks import NO, YES, Truth, When, every, negation, on_or_before, some
from queries.law.courses import begin_of
from queries.law.facts import Fact, holds, is_post, posts
from queries.law.rules import FIXED, LIFE, OPEN, UNSTATED, Effect, Measure
from queries.law.triggers import set_off, standing_in, start_of, triggers_of

NOT_TRIGGERED = ("not_triggered",)


@dataclass(slots=True)
class Reached:
    """One measure held against one person through one role in one unit, reached or not, with all that was looked at.

    Not frozen: there are some two hundred in an answer, and a frozen one takes three times as long to make.
    """

    rule: Measure
    effect: Effect
    person: str
    role: str | None
    through: str
    fact: Fact | None
    truth: Truth
    reasons: tuple[str, ...]
    from_: When | None
    until: When | None
    until_word: str
    roles: tuple[Fact, ...] = ()
    findings: tuple[Fact, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def until_text(self) -> str:
        """The last day as an answer writes it."""
        return self.until_word if self.until is None else self.until.text


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a person to a unit: his roles there, and whether only a branch of it."""

    unit: str
    roles: tuple[Fact, ...]
    posts_in_events: tuple[Fact, ...]
    by_branch: bool = False
    posts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "posts", tuple(posts((*self.roles, *self.posts_in_events))))


def reached_by(case: Case, person: str, *, near: bool = False) -> list[Reached]:
    """Every rule held against the person: what reaches him and what does not, in a total order.

    `near`: only rules in force, of the place, that something set off: all that can reach.
    """
    ties = ties_of(case, person)
    found = [one for rule in case.law.measures for one in _by_rule(case, rule, person, ties)] if not near else list(_near(case, person, ties))
    return sorted(found, key=_order)


def _near(case: Case, person: str, ties: Sequence[Tie]) -> Iterator[Reached]:
    for rule in set_off(case, person):
        if rule.self:
            yield from _by_rule(case, rule, person, ())
    for tie in ties:
        for rule in set_off(case, tie.unit):
            if rule.roles:
                yield from _through(case, rule, person, tie)


def _order(one: Reached) -> tuple[object, ...]:
    fact = one.fact.id if one.fact else ""
    return (one.truth.value != "yes", one.truth.value != "undetermined", one.rule.id, one.effect.measure, one.through, fact, one.role or "")


def ties_of(case: Case, person: str) -> list[Tie]:
    """The units the person has, or had, a role in; the head of a branch he has a role in, marked as such."""
    units: dict[str, tuple[list[Fact], list[Fact]]] = {}
    for kind, index in (("role", 0), ("event_role", 1)):
        for role in case.world.of(kind, "person", person):
            unit = min(case.world.nodes(str(role.get("unit"))))
            units.setdefault(unit, ([], []))[index].append(role)
    for share in case.world.of("share", "holder", person):
        # a shareholder stands behind the unit too; no rule names him as such, and the answer says so
        unit = min(case.world.nodes(str(share.get("of"))))
        post = {**share.values, "person": share.get("holder"), "unit": share.get("of"), "role": "股东"}
        units.setdefault(unit, ([], []))[0].append(Fact("role", share.id, share.claims, share.source, post))
    ties = [Tie(unit, tuple(roles), tuple(events)) for unit, (roles, events) in sorted(units.items())]
    for tie in list(ties):
        for branch in case.world.of("branch", "branch", tie.unit):
            head = min(case.world.nodes(str(branch.get("head"))))
            if head not in units:
                ties.append(Tie(head, tie.roles, (), by_branch=True))
    return ties


def _by_rule(case: Case, rule: Measure, person: str, ties: Sequence[Tie]) -> Iterator[Reached]:
    if rule.self and not (rule.of_persons and case.world.unit(person).label != "Person"):
        yield from _about_himself(case, rule, person)
    if rule.roles:
        for tie in ties:
            yield from _through(case, rule, person, tie)


def _about_himself(case: Case, rule: Measure, person: str) -> Iterator[Reached]:
    triggers = triggers_of(case, rule, person)
    for effect in rule.effects:
        if not triggers:
            yield _not(rule, effect, person, None, person, NOT_TRIGGERED)
        for trigger in triggers:
            yield _judged(case, rule, effect, person, person, trigger, None, _Part(YES))


def _through(case: Case, rule: Measure, person: str, tie: Tie) -> Iterator[Reached]:
    triggers = triggers_of(case, rule, tie.unit)
    if not triggers:
        yield from (_not(rule, effect, person, post, tie.unit, NOT_TRIGGERED) for effect in rule.effects for post in tie.posts)
        return
    for effect in rule.effects:
        for trigger in triggers:
            for role, part in _roles_at(case, rule, tie, trigger):
                yield _judged(case, rule, effect, person, tie.unit, trigger, role, part)


def _not(rule: Measure, effect: Effect, person: str, role: str | None, unit: str, reasons: tuple[str, ...]) -> Reached:
    return Reached(rule, effect, person, role, unit, None, NO, reasons, None, None, OPEN)


# --- the trigger ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """One element judged: whether it holds, why not, and the facts that say so."""

    truth: Truth
    reasons: tuple[str, ...] = ()
    roles: tuple[Fact, ...] = ()
    findings: tuple[Fact, ...] = ()
    since: When | None = None
    over: When | None = None


def _triggered(case: Case, rule: Measure, fact: Fact) -> _Part:
    """Whether the trigger stands: an order or a listing while it is in force, a penalty until it is annulled."""
    if fact.get("stage") == "拟列入":
        return _Part(NO, ("not_a_decision",))
    fit = matches(fact, rule.trigger.where)
    if fact.kind == "registration":
        start = fact.day("registration_annulled")
        begun = on_or_before(start, case.day, fact.key("registration_annulled")) if start else NO
        return _Part(every((fit, begun)), ("not_triggered",))
    found = standing_in(case, fact)
    if found is None:
        return _Part(NO, ("not_triggered",))
    if rule.duration == OPEN:
        reason = ("term_ended", "not_triggered") if found.holds.value == "no" else ()
        return _Part(every((fit, found.holds)), reason)
    begun = on_or_before(begin_of(fact) or found.from_, case.day, fact.key(rule.start))
    return _Part(every((fit, begun, NO if found.state == "annulled" else YES)), ("not_triggered",))


# --- the role -------------------------------------------------------------------------------------------


def _roles_at(case: Case, rule: Measure, tie: Tie, trigger: Fact) -> Iterator[tuple[str | None, _Part]]:
    """Each post the person has or had in the unit, and whether the rule names it and he held it at the rule's time."""
    events = {trigger.id, str(trigger.get("because_of") or "")}
    by_post: dict[str, list[_Part]] = {}
    for role in tie.posts_in_events:
        if role.get("event") in events:
            by_post.setdefault(str(role.get("role")), []).append(_Part(YES, roles=(role,)))
    for role in tie.roles:
        by_post.setdefault(str(role.get("role")), []).append(_held(case, rule, role, trigger))
    if not by_post:
        yield None, _Part(NO, ("role_not_held",))
    for post, parts in sorted(by_post.items()):
        yield post, _best(rule, tie, post, parts)


def _best(rule: Measure, tie: Tie, post: str, parts: Sequence[_Part]) -> _Part:
    named = not tie.by_branch and any(is_post(post, wanted) for wanted in rule.roles)
    held = some(p.truth for p in parts)
    if not named:
        # a post the rule does not name: that it was not held at the time either adds nothing
        return _Part(NO, ("role_not_covered",), tuple(r for p in parts for r in p.roles))
    kept = [p for p in parts if p.truth.value == held.value] or list(parts)
    reasons = ("role_not_held",) if held.value == "no" else ()
    since = min((p.since for p in kept if p.since), key=lambda w: w.lo, default=None)
    last = None if any(p.over is None for p in kept) else max((p.over for p in kept if p.over), key=lambda w: w.hi, default=None)
    return _Part(held, reasons, tuple(r for p in kept for r in p.roles), since=since, over=last)


def _held(case: Case, rule: Measure, role: Fact, trigger: Fact) -> _Part:
    doubt = Truth("undetermined", (role.key("person"),)) if role.get("person") in case.world.unsure else YES
    if rule.role_time == "now":
        truth = every((holds(role, case.day), doubt))
        return _Part(truth, roles=(role,), since=role.day("valid_from"), over=role.day("valid_to"))
    first, last = _role_days(case, rule, trigger)
    return _Part(every((_held_between(role, first, last), doubt)), roles=(role,))


def _role_days(case: Case, rule: Measure, trigger: Fact) -> tuple[tuple[When, str], tuple[When, str]]:
    """The first and last day on which the role is looked for: those of the conduct, else of the decision."""
    basis = case.world.by_id("penalty", trigger.get("because_of")) or trigger
    if rule.role_time == "conduct" and (basis.day("conduct_from") or basis.day("conduct_to")):
        first, last = basis.day("conduct_from") or basis.day("conduct_to"), basis.day("conduct_to") or basis.day("conduct_from")
        assert first is not None and last is not None
        return (first, basis.key("conduct_from")), (last, basis.key("conduct_to"))
    chosen = basis if rule.role_time == "conduct" else trigger
    day = start_of(rule, chosen) or begin_of(chosen) or When(date.min, date.max)
    return (day, chosen.key(rule.start)), (day, chosen.key(rule.start))


def _held_between(role: Fact, first: tuple[When, str], last: tuple[When, str]) -> Truth:
    """Whether the role was held on some day of a span."""
    start, end = role.day("valid_from"), role.day("valid_to")
    began = NO if start is None else _not_after(start, role.key("from"), *last)
    lasted = YES if end is None else _not_after(first[0], first[1], end, role.key("to"))
    if start is None:
        seen = role.day("as_of")
        began = YES if seen and seen.hi <= last[0].lo else Truth("undetermined", (role.key("from"),))
    return every((began, lasted))


def _not_after(a: When, a_key: str, b: When, b_key: str) -> Truth:
    if a.hi <= b.lo:
        return YES
    if a.lo > b.hi:
        return NO
    return Truth("undetermined", tuple(k for w, k in ((a, a_key), (b, b_key)) if not w.exact))


# --- condition, clock, term -----------------------------------------------------------------------------


def _condition(case: Case, rule: Measure, person: str, trigger: Fact) -> _Part:
    if rule.condition is None:
        return _Part(YES)
    events = {trigger.id, str(trigger.get("because_of") or ""), *_caused(case, trigger)}
    found = [f for f in case.world.of("finding", "about", person) if f.get("condition") == rule.condition and f.get("event", trigger.id) in events]
    known = [f for f in found if (day := f.day("decided")) is None or day.lo <= case.day]
    said = {str(f.get("found")) for f in known}
    if said >= {"yes", "no"}:
        return _Part(Truth("undetermined", tuple(f.key("found") for f in known)), ("conflict",), findings=tuple(known))
    if "yes" in said:
        sure = every(on_or_before(f.day("decided") or When(date.min, date.min), case.day, f.key("date")) for f in known)
        return _Part(sure, findings=tuple(known))
    word = "condition_not_met" if "no" in said else "condition_unproved"
    truth = Truth("undetermined") if rule.condition_doubtful else NO
    return _Part(truth, (word,), findings=tuple(known))


def _caused(case: Case, trigger: Fact) -> list[str]:
    """Listings that rest on a penalty: what was found for one was found for the other."""
    return [f.id for f in case.world.of("listing", "subject", str(trigger.get("subject"))) if f.get("because_of") == trigger.id]


def _running(case: Case, rule: Measure, trigger: Fact, role: _Part) -> tuple[_Part, When | None, When | None, str]:
    """Whether the term runs on the day, its first and last day."""
    if rule.clock and matches(trigger, rule.clock).value == "no":
        return _Part(NO, ("clock_absent",)), None, None, OPEN
    start = start_of(rule, trigger)
    if start is None:
        return _Part(NO, ("clock_absent",)), None, None, OPEN
    last, word = _last(case, rule, trigger, start)
    if rule.role_time == "now" and role.since is not None and role.since.lo > start.lo:
        start = role.since
    if rule.role_time == "now" and role.over is not None and (last is None or role.over.lo < last.lo):
        last = role.over
    if last is None:
        return _Part(YES), start, None, word
    keys = () if start.exact else (trigger.key(rule.start),)
    over = on_or_before(last.shifted(1), case.day, "")
    if word == UNSTATED and over.value == "undetermined":
        return _Part(Truth("undetermined"), (UNSTATED,)), start, last, word
    truth = Truth(negation(over).value, keys if over.value == "undetermined" else ())
    return _Part(truth, ("term_ended",) if truth.value == "no" else ()), start, last, word


def _last(case: Case, rule: Measure, trigger: Fact, start: When) -> tuple[When | None, str]:
    if rule.duration == LIFE:
        return None, LIFE
    if rule.duration == OPEN:
        found = standing_in(case, trigger) if trigger.kind != "registration" else None
        return (found.until, found.until_word) if found is not None else (None, OPEN)
    fixed = trigger.day(rule.fixed_by) if rule.fixed_by else None
    if rule.duration == FIXED or fixed is not None:
        return (fixed, OPEN) if fixed is not None else (When(start.lo, date.max), UNSTATED)
    last = start.after(rule.duration)
    return (When(last.lo, date.max), UNSTATED) if rule.to_life else (last, OPEN)


# --- together -------------------------------------------------------------------------------------------


def _judged(
    case: Case, rule: Measure, effect: Effect, person: str, unit: str, trigger: Fact, role: str | None, part: _Part
) -> Reached:
    running, start, last, word = _running(case, rule, trigger, part)
    parts = [
        _Part(YES if case.here(rule.place, unit) else NO, ("other_place",)),
        _Part(YES if rule.in_force(case.rules_at) else NO, ("not_in_force",)),
        _Part(YES if _in_trade(case, rule, unit) else NO, ("other_trade",)),
        _triggered(case, rule, trigger), part, _condition(case, rule, person, trigger), running,
    ]  # fmt: skip
    truth = every(p.truth for p in parts)
    found = Reached(
        rule, effect, person, role, unit, trigger, truth, _reasons(parts, truth), start, last, word,
        part.roles, tuple(f for p in parts for f in p.findings),
    )  # fmt: skip
    return replace(found, flags=_flags(case, rule, trigger))


def _in_trade(case: Case, rule: Measure, unit: str) -> bool:
    held = {t for node in case.world.nodes(unit) for t in case.world.unit(node).get("trade") or ()}
    return not rule.trades or bool(held & set(rule.trades))


def _reasons(parts: Sequence[_Part], truth: Truth) -> tuple[str, ...]:
    if truth.value == "yes":
        return ()
    told = joined(p.reasons for p in parts if p.truth.value == truth.value)
    if truth.value == "no":
        return told
    kept = tuple(r for r in told if r in ("conflict", "condition_unproved", "condition_not_met", UNSTATED))
    return joined((kept, ("unknown_bound",) if truth.unknown or not kept else ()))


def _flags(case: Case, rule: Measure, trigger: Fact) -> tuple[str, ...]:
    start = start_of(rule, trigger)
    late = start is not None and rule.from_ > start.lo and rule.in_force(case.rules_at)
    found = standing_in(case, trigger) if trigger.kind not in ("registration",) else None
    disputed = found is not None and found.state == "disputed"
    return tuple(flag for flag, on in (("transitional", late), ("disputed", disputed)) if on)


@dataclass(frozen=True, slots=True)
class ReachVerdict:
    """Whether anything reaches the person: what does, what does not, and why."""

    answer: Truth
    reasons: tuple[str, ...]
    measures: tuple[Reached, ...]
    undetermined: tuple[Reached, ...]
    not_measures: tuple[Reached, ...]
    flags: tuple[str, ...]


def verdict(found: Iterable[Reached]) -> ReachVerdict:
    """The verdict over every rule: one that reaches decides; the reasons are those of rules that came near."""
    ordered = list(found)
    by = {word: tuple(f for f in ordered if f.truth.value == word) for word in ("yes", "undetermined", "no")}
    answer = some(f.truth for f in ordered)
    near = [f for f in by["no"] if f.fact is not None and not {"not_in_force", "other_place"} & set(f.reasons)]
    apt = tuple(f for f in by["no"] if not {"not_in_force", "other_place"} & set(f.reasons))
    told = by["undetermined"] or tuple(near) or apt or by["no"]
    reasons = () if answer.value == "yes" else joined(f.reasons for f in told) or ("not_triggered",)
    flags = joined(f.flags for f in (*by["yes"], *by["undetermined"]))
    return ReachVerdict(answer, reasons, by["yes"], by["undetermined"], by["no"], flags)
