"""What the law adds to `linked`: measures that reach the subject, hypotheses, lists that are not extended to him, related parties."""

from collections.abc import Iterable
from dataclasses import dataclass

from queries.answers.answer import NodeRef, Subject, Verdict
from queries.answers.law import red_and_black
from queries.answers.law_answer import LawFindings, LawVerdict, NotListed, StatusItem
from queries.answers.law_frame import Frame, conflicts_of, hypothesis, item, measure, unsure
from queries.answers.owning import related_verdict
from queries.law.case import Case, joined
from queries.law.clocks import Truth, some
from queries.law.courses import list_rule
from queries.law.facts import Fact, holds, is_post
from queries.law.liability import Hypothesis, hypotheses
from queries.law.lifecycle import Standing, of_subject, standing
from queries.law.reach import ReachVerdict, Tie, reached_by, ties_of, verdict

NOBODY = LawFindings((), (), (), (), (), (), (), None, {}, (), (), ())


@dataclass(frozen=True, slots=True)
class LawPart:
    """The two verdicts of law and everything that bears them."""

    reached: Verdict
    liable: Verdict
    findings: LawFindings


_SPENT = Verdict("undetermined", "the time given to this question is spent", ())
OUT_OF_TIME = LawPart(_SPENT, _SPENT, NOBODY)


def law_part(frame: Frame, subject: Subject, to: Subject | None) -> LawPart:
    """The part of law in an answer about one subject."""
    related = _related(frame, subject, to)
    if subject.id is None:
        why = unsure(subject) or "unknown_fact"
        empty = Verdict("undetermined", subject.reason, ())
        reasons: dict[str, tuple[str, ...]] = dict.fromkeys(("listed", "reached", "associated", "liable_if_ruled"), (why,))
        return LawPart(empty, empty, _findings(NOBODY, reasons, related))
    frame.gathering.behind(subject.id)
    for tie in ties_of(frame.case, subject.id):
        frame.gathering.unit(tie.unit)
    return _of_subject(frame, subject, subject.id, related)


def _of_subject(frame: Frame, subject: Subject, id_: str, related: tuple[LawVerdict | None, tuple[str, ...]]) -> LawPart:
    case = frame.case
    reach, guesses = verdict(reached_by(case, id_)), _guesses(frame, id_)
    own = [s for s in of_subject(case, id_) if s.fact.kind == "listing"]
    weak = unsure(subject)
    reached = _verdict(reach.answer, reach.reasons, weak)
    liable = _verdict(some(h.truth for h in guesses), _why(guesses), weak)
    not_lists = tuple(_not_lists(frame, id_, own))
    items = tuple(item(frame, s, case.world.nodes(id_)) for s in own)
    conflicts = tuple(conflicts_of(frame, own))
    reasons = {
        "listed": joined((n.reason,) for n in not_lists) or _listed_reasons(items), "reached": (*((weak,) if weak else ()), *reach.reasons),
        "associated": (weak,) if weak else (), "liable_if_ruled": _why(guesses),
    }  # fmt: skip
    shown = [s for s in own if s.shown]
    flags = joined((reach.flags, joined(s.flags for s in shown), red_and_black(shown), ("conflict_of_sources",) if conflicts else ()))
    base = LawFindings(
        tuple(measure(frame, m) for m in reach.measures), tuple(measure(frame, m) for m in reach.undetermined),
        tuple(measure(frame, m) for m in reach.not_measures), tuple(hypothesis(frame, h) for h in guesses if h.truth.value == "yes"),
        tuple(hypothesis(frame, h) for h in guesses if h.truth.value != "yes"), not_lists, items, None, {},
        _unknown(reach, guesses, items), flags, conflicts,
    )  # fmt: skip
    return LawPart(reached, liable, _findings(base, reasons, related))


def _guesses(frame: Frame, id_: str) -> list[Hypothesis]:
    world = frame.case.world
    for share in world.of("share", "holder", id_):
        frame.gathering.subject(str(share.get("of")))
    for role in world.of("role", "person", id_):
        if role.get("role") in ("董事", "董事长"):
            frame.gathering.subject(str(role.get("unit")))
    return hypotheses(frame.case, id_)


def _verdict(truth: Truth, reasons: tuple[str, ...], weak: str | None) -> Verdict:
    if weak is not None:
        return Verdict("undetermined", weak, ())
    return Verdict(truth.value, None if truth.value == "yes" else (reasons[0] if reasons else "not_triggered"), ())


def _why(found: Iterable[Hypothesis]) -> tuple[str, ...]:
    told = list(found)
    if any(h.truth.value == "yes" for h in told):
        return ()
    near = [h for h in told if h.truth.value == "undetermined"] or [h for h in told if "not_in_force" not in h.reasons]
    return joined(h.reasons for h in near) or ("not_triggered",)


def _unknown(reach: ReachVerdict, guesses: Iterable[Hypothesis], items: Iterable[StatusItem]) -> tuple[str, ...]:
    parts = [m.truth.unknown for m in reach.undetermined] + [h.truth.unknown for h in guesses if h.truth.value == "undetermined"]
    return joined((*parts, *(i.unknown for i in items)))


def _listed_reasons(items: tuple[StatusItem, ...]) -> tuple[str, ...]:
    return joined(i.reasons for i in items)


def _related(frame: Frame, subject: Subject, to: Subject | None) -> tuple[LawVerdict | None, tuple[str, ...]]:
    if to is None:
        return None, ()
    told, _, _, flags = related_verdict(frame, subject, to)
    return told, flags


def _findings(base: LawFindings, reasons: dict[str, tuple[str, ...]], related: tuple[LawVerdict | None, tuple[str, ...]]) -> LawFindings:
    told, flags = related
    every = {**reasons, **({"related_party": told.reasons} if told else {})}
    unknown = joined((base.unknown, told.unknown if told else ()))
    return LawFindings(
        base.measures, base.undetermined, base.not_measures, base.hypotheses, base.not_hypotheses, base.not_lists, base.items, told,
        every, unknown, joined((base.flags, flags)), base.conflicts,
    )  # fmt: skip


# --- lists that do not take him in ----------------------------------------------------------------------

_STATE_REASON = {
    "proposed": "not_a_decision", "ended": "term_ended", "removed": "term_ended", "repaired": "term_ended", "annulled": "not_triggered",
    "unknown_since": "unknown_bound",
}  # fmt: skip


def _not_lists(frame: Frame, id_: str, own: Iterable[Standing]) -> Iterable[NotListed]:
    """His own listings that do not count, and the listings of units he stands behind, each with why he is not on the list."""
    for one in own:
        if one.holds.value != "yes":
            reason = _STATE_REASON.get(one.state, "unknown_bound")
            yield NotListed(str(one.fact.get("list")), reason, one.article, None, one.fact.id)
    mine = frame.case.world.nodes(id_)
    for tie in ties_of(frame.case, id_):
        for fact in frame.case.world.of("listing", "subject", tie.unit):
            if fact.get("polarity") == "negative" and not mine & set(fact.get("named") or ()):
                yield from _not_extended(frame, tie, fact)


def _not_extended(frame: Frame, tie: Tie, fact: Fact) -> Iterable[NotListed]:
    case, name = frame.case, str(fact.get("list"))
    found = standing(case, fact)
    if found is None or found.holds.value == "no":
        return
    rule = list_rule(case, name)
    reason = _extension(case, tie, rule)
    forbids = rule is not None and reason == "extension_forbidden"
    yield NotListed(name, reason, rule.not_extended_article if forbids and rule else None, _unit(frame, tie), fact.id)


def _unit(frame: Frame, tie: Tie) -> NodeRef:
    return frame.node(tie.unit)


def _extension(case: Case, tie: Tie, rule: object) -> str:
    """Why a unit's listing does not take in who stands behind it."""
    held = [str(r.get("role")) for r in (*tie.roles, *tie.posts_in_events) if r.kind == "event_role" or holds(r, case.day).value != "no"]
    forbidden, named = getattr(rule, "not_extended_to", ()), getattr(rule, "names_roles", ())
    if any(is_post(h, f) for h in held for f in forbidden) and not tie.by_branch:
        return "extension_forbidden"
    if any(is_post(h, n) for h in held for n in named):
        return "not_a_decision"
    return "role_not_covered" if named else "no_rule"
