"""The verbs of law: status, reach, qualify, grade, bidders, controller, beneficial owners, owners, holdings, related party."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph_model.errors import UnknownEntity, UsageError
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, NodeRef, Subject
from queries.answers.evidence import RawRows
from queries.answers.law_answer import (
    BeneficialOwnersAnswer,
    BidderListing,
    BiddersAnswer,
    ConditionFinding,
    Conflict,
    ControllerAnswer,
    ControllerFinding,
    GradeAnswer,
    HoldingsAnswer,
    LawVerdict,
    OwnerFinding,
    PairFinding,
    QualifyAnswer,
    ReachAnswer,
    RelatedAnswer,
    StatusAnswer,
)
from queries.answers.law_frame import (
    Clocked,
    Frame,
    conflicts_of,
    item,
    measure,
    open_frame,
    percent,
    subject_of,
    unsure,
)
from queries.catalogue.law import BIDDERS_OF, BidderRow
from queries.law.bidding import Pair, bidding
from queries.law.case import joined
from queries.law.clocks import Truth
from queries.law.control import Controller, NotController, Owner, beneficial_owners, controllers, related
from queries.law.lifecycle import Standing, of_subject, visible
from queries.law.ownership import Holdings, Owned, What, holdings, indirect
from queries.law.qualify import qualify as judge_post
from queries.law.reach import reached_by, verdict
from queries.law.rules import law
from queries.law.schemes import facts_of, graded

KINDS_OF_SHARE: tuple[What, ...] = ("percent", "votes")


def status(reader: Reader, text: str, when: Clocked, *, anchor: str | None = None, raw: RawRows | None = None) -> StatusAnswer:
    """Every listing, penalty, order and enforcement of a subject with its state and why."""
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text, anchor)
    every: list[Standing] = []
    if subject.id is not None:
        frame.gathering.subject(subject.id)
        every = of_subject(frame.case, subject.id)
    shown = visible(every, when.history)
    conflicts = tuple(conflicts_of(frame, every))
    mine = frame.case.world.nodes(subject.id) if subject.id is not None else frozenset()
    items = tuple(item(frame, one, mine) for one in shown)
    flags = joined((joined(s.flags for s in shown), ("conflict_of_sources",) if conflicts else (), red_and_black(shown)))
    return StatusAnswer(
        frame.question("status", Asked(text, anchor), {}), subject, frame.network.inquiry.clocks, items, len(every) - len(shown),
        conflicts, flags, joined(i.unknown for i in items), frame.evidence(), frame.timing(),
    )  # fmt: skip


def red_and_black(found: Iterable[Standing]) -> tuple[str, ...]:
    """`red_and_black` where a red list and a negative list hold at once."""
    polarities = {s.fact.get("polarity") for s in found if s.fact.kind == "listing" and s.holds.value == "yes"}
    return ("red_and_black",) if {"positive", "negative"} <= polarities else ()


def reach(reader: Reader, text: str, when: Clocked, *, anchor: str | None = None, raw: RawRows | None = None) -> ReachAnswer:
    """Which measures reach a subject, through which role, until when, by which article; which do not, and why."""
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text, anchor)
    if subject.id is not None:
        frame.gathering.behind(subject.id)
    found = verdict(reached_by(frame.case, subject.id)) if subject.id is not None else verdict(())
    told = _weakened(LawVerdict(found.answer.value, found.reasons, found.answer.unknown), subject)
    groups = [tuple(measure(frame, one) for one in part) for part in (found.measures, found.undetermined, found.not_measures)]
    return ReachAnswer(
        frame.question("reach", Asked(text, anchor), {}), subject, frame.network.inquiry.clocks, told, groups[0], groups[1], groups[2],
        (), found.flags, frame.evidence(), frame.timing(),
    )  # fmt: skip


def _weakened(told: LawVerdict, subject: Subject) -> LawVerdict:
    """Nothing is sure of a subject that is not singled out."""
    why = unsure(subject)
    return told if why is None else LawVerdict("undetermined", joined(((why,), told.reasons if subject.id else ())), told.unknown)


def qualify(
    reader: Reader, text: str, post: str, when: Clocked, *, of: str | None = None, anchor: str | None = None, raw: RawRows | None = None
) -> QualifyAnswer:
    """May a person take a post (in an enterprise); until when not, by which article."""
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text, anchor)
    unit = subject_of(frame, of).id if of is not None else None
    if of is not None and unit is None:
        raise UsageError(f"--of {of!r} is no one enterprise; give its id")
    if subject.id is not None:
        frame.gathering.behind(subject.id)
        if unit is not None:
            frame.gathering.unit(unit)
    found = judge_post(frame.case, subject.id or "", post, unit)
    allowed = _weakened(LawVerdict(found.allowed.value, found.reasons, found.allowed.unknown), subject)
    groups = [tuple(measure(frame, b.reached, b.truth.value, b.reasons) for b in part) for part in (found.bans, found.undetermined, found.not_bans)]
    conflicts = tuple(Conflict("rules", c.between, c.prevails, c.reason, None) for c in found.conflicts)
    return QualifyAnswer(
        frame.question("qualify", Asked(text, anchor), {"as": post, "of": of}), subject, frame.network.inquiry.clocks, allowed,
        found.barred_until, groups[0], groups[1], groups[2], conflicts, found.flags, frame.evidence(), frame.timing(),
    )  # fmt: skip


def grade(
    reader: Reader, text: str, scheme: str, when: Clocked, *, year: int | None = None, raw: RawRows | None = None
) -> GradeAnswer:
    """The grade of a subject under a scheme, with every condition and what is unknown."""
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text)
    if subject.id is None:
        raise UnknownEntity(f"{text!r} is no one subject: {subject.reason}")
    frame.gathering.subject(subject.id)
    frame.gathering.officers(subject.id)
    found = graded(frame.case, subject.id, scheme, year)
    frame.claims(facts_of(found))
    conditions = tuple(ConditionFinding(c.clause, c.met.value, c.met.unknown, tuple(f.id for f in c.facts)) for c in found.conditions)
    flags = joined((found.flags, red_and_black(of_subject(frame.case, subject.id))))
    arguments = {"scheme": scheme, "year": None if year is None else str(year)}
    return GradeAnswer(
        frame.question("grade", Asked(text), arguments), subject, frame.network.inquiry.clocks, found.grade, conditions, found.eligible,
        found.not_eligible, found.start_score, found.deduction, found.until, found.reasons, found.unknown, found.source, flags,
        frame.evidence(), frame.timing(),
    )  # fmt: skip


# --- bidders --------------------------------------------------------------------------------------------


def bid_bidders(reader: Reader, bid: str, when: Clocked, *, raw: RawRows | None = None) -> BiddersAnswer:
    """The conflicts between the bidders of a bid that is in the graph; its clock is its own date."""
    frame = open_frame(reader, when, raw)
    rows: list[BidderRow] = frame.network.inquiry.ask(BIDDERS_OF, id=bid)
    if not rows:
        raise UnknownEntity(f"no bid with bidders has the id {bid}")
    own = rows[0].bid
    dated = replace(when, at=when.at or str(own["date"]))
    return bidders(reader, str(own["kind"]), [r.bidder for r in rows], dated, name=str(own.get("project") or bid), raw=raw)


def bidders(
    reader: Reader, kind: str, who: Iterable[str], when: Clocked, *, name: str = "", raw: RawRows | None = None
) -> BiddersAnswer:
    """The conflicts between bidders, given by id, number or name, in a procedure of a kind."""
    if not any(rule.bid == kind for rule in law().bids):
        raise UsageError(f"{kind!r} is no kind of procedure; known: {', '.join(sorted({r.bid for r in law().bids}))}")
    frame = open_frame(reader, when, raw)
    ids = [_one(frame, text) for text in who]
    for id_ in ids:
        frame.gathering.above(id_)
        frame.gathering.people(id_)
    found = bidding(frame.case, kind, [min(frame.case.world.nodes(i)) for i in ids])
    groups = [tuple(_pair(frame, p) for p in part) for part in (found.pairs, found.undetermined, found.not_pairs)]
    listed = tuple(BidderListing(frame.node(b), item(frame, s)) for b, s in found.listed if s.shown)
    reasons = () if found.answer.value == "yes" else joined(p.reasons for p in (*found.undetermined, *found.not_pairs))
    return BiddersAnswer(
        frame.question("bidders", Asked(name), {"kind": kind}), tuple(frame.node(i) for i in ids), frame.network.inquiry.clocks,
        LawVerdict(found.answer.value, reasons, found.answer.unknown), groups[0], groups[1], groups[2], listed, frame.evidence(), frame.timing(),
    )  # fmt: skip


def _one(frame: Frame, text: str) -> str:
    subject = subject_of(frame, text)
    if subject.id is None:
        raise UsageError(f"{text!r} is no one enterprise: {subject.reason}; give its id or 统一社会信用代码")
    return subject.id


def _pair(frame: Frame, pair: Pair) -> PairFinding:
    frame.claims_of(pair.facts)
    return PairFinding(
        (frame.node(pair.a), frame.node(pair.b)), pair.ground, pair.rule.cited, pair.truth.value, pair.reasons, pair.truth.unknown, pair.facts
    )


# --- ownership and control ------------------------------------------------------------------------------


def _held(reader: Reader, text: str, when: Clocked, raw: RawRows | None) -> tuple[Frame, Subject, str]:
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text)
    if subject.id is None:
        raise UnknownEntity(f"{text!r} is no one subject: {subject.reason}")
    frame.gathering.above(subject.id)
    return frame, subject, subject.id


def controller(reader: Reader, text: str, when: Clocked, *, raw: RawRows | None = None) -> ControllerAnswer:
    """Who controls an enterprise, as ranked hypotheses."""
    frame, subject, id_ = _held(reader, text, when, raw)
    found = controllers(frame.case, id_)
    groups = [tuple(_controller(frame, c) for c in part) for part in (found.controllers, found.undetermined)]
    others = tuple(_not_controller(frame, c) for c in found.not_controllers)
    _use_shares(frame)
    return ControllerAnswer(
        frame.question("controller", Asked(text), {}), subject, frame.network.inquiry.clocks,
        LawVerdict(found.answer.value, found.reasons, found.answer.unknown), groups[0], groups[1], others,
        ("cycle",) if found.cycle else (), frame.evidence(), frame.timing(),
    )  # fmt: skip


def _use_shares(frame: Frame) -> None:
    frame.claims(f for kind in ("share", "control") for f in frame.case.world.facts.get(kind, ()))


def _controller(frame: Frame, one: Controller) -> ControllerFinding:
    return ControllerFinding(
        frame.node(one.who), one.basis, percent(one.share), one.declared, one.computed, one.truth.value,
        () if one.truth.value == "yes" else ("unknown_bound",), one.facts,
    )  # fmt: skip


def _not_controller(frame: Frame, one: NotController) -> ControllerFinding:
    return ControllerFinding(frame.node(one.who), None, percent(one.share), False, False, "no", one.reasons, ())


def owners_of_benefit(reader: Reader, text: str, when: Clocked, *, raw: RawRows | None = None) -> BeneficialOwnersAnswer:
    """The beneficial owners of an enterprise under the three tests in order."""
    frame, subject, id_ = _held(reader, text, when, raw)
    found = beneficial_owners(frame.case, id_)
    groups = [tuple(_owner(frame, o) for o in part) for part in (found.owners, found.undetermined, found.not_owners)]
    _use_shares(frame)
    reasons = joined((found.reasons, joined(o.reasons for o in found.undetermined) if found.answer.value != "yes" else ()))
    return BeneficialOwnersAnswer(
        frame.question("beneficial_owners", Asked(text), {}), subject, frame.network.inquiry.clocks,
        LawVerdict(found.answer.value, reasons, joined(o.truth.unknown for o in found.undetermined)), groups[0], groups[1], groups[2],
        found.exempt.value, ("cycle",) if found.cycle else (), frame.evidence(), frame.timing(),
    )  # fmt: skip


def _owner(frame: Frame, one: Owner) -> OwnerFinding:
    test = None if one.test is None else str(one.test)
    return OwnerFinding(frame.node(one.who), test, percent(one.share), one.truth.value, one.reasons, one.truth.unknown)


def owners(reader: Reader, text: str, when: Clocked, *, raw: RawRows | None = None) -> HoldingsAnswer:
    """Who owns how much of an enterprise in the end: economic shares and votes apart."""
    frame, subject, id_ = _held(reader, text, when, raw)
    unit = min(frame.case.world.nodes(id_))
    units = [u for u in frame.case.world.units if frame.case.world.unit(u).label == "Enterprise"]
    parts = [indirect(holdings(frame.case.world, units, frame.case.day, what), unit) for what in KINDS_OF_SHARE]
    return _holdings(frame, "owners", text, subject, [p[0].values() for p in parts], any(p[1] for p in parts), True)


def held_by(reader: Reader, text: str, when: Clocked, *, raw: RawRows | None = None) -> HoldingsAnswer:
    """How much of whom a subject owns in the end: economic shares and votes apart."""
    frame = open_frame(reader, when, raw)
    subject = subject_of(frame, text)
    if subject.id is None:
        raise UnknownEntity(f"{text!r} is no one subject: {subject.reason}")
    complete = frame.gathering.below(subject.id)
    who = min(frame.case.world.nodes(subject.id))
    units = [u for u in frame.case.world.units if frame.case.world.unit(u).label == "Enterprise"]
    told: list[list[Owned]] = []
    cycle = False
    for what in KINDS_OF_SHARE:
        found: Holdings = holdings(frame.case.world, units, frame.case.day, what)
        own = []
        for of in sorted(found.of):
            owned, closed = indirect(found, of)
            cycle = cycle or closed
            if who in owned and of != who:
                own.append(replace(owned[who], who=of))
        told.append(own)
    return _holdings(frame, "holdings", text, subject, told, cycle, complete)


def _holdings(
    frame: Frame, verb: str, text: str, subject: Subject, told: Iterable[Iterable[Owned]], cycle: bool, complete: bool
) -> HoldingsAnswer:
    economic, votes = (tuple(_owned(frame, o) for o in sorted(part, key=lambda o: (-o.share.low, -o.share.high, o.who))) for part in told)
    _use_shares(frame)
    return HoldingsAnswer(
        frame.question(verb, Asked(text), {}), subject, frame.network.inquiry.clocks, economic, votes, ("cycle",) if cycle else (),
        not complete, frame.evidence(), frame.timing(),
    )  # fmt: skip


def _owned(frame: Frame, one: Owned) -> OwnerFinding:
    holds: Any = "yes" if one.share.exact else "undetermined"
    return OwnerFinding(frame.node(one.who), None, percent(one.share), holds, (), one.unknown)


def related_party(reader: Reader, a: str, b: str, when: Clocked, *, raw: RawRows | None = None) -> RelatedAnswer:
    """Whether two subjects are related parties."""
    frame = open_frame(reader, when, raw)
    first, second = subject_of(frame, a), subject_of(frame, b)
    told, by, grounds, flags = related_verdict(frame, first, second)
    return RelatedAnswer(
        frame.question("related_party", Asked(a), {"to": b}), first, second, frame.network.inquiry.clocks, told, by, grounds, flags,
        frame.evidence(), frame.timing(),
    )  # fmt: skip


def related_verdict(frame: Frame, a: Subject, b: Subject) -> tuple[LawVerdict, tuple[NodeRef, ...], tuple[str, ...], tuple[str, ...]]:
    """The verdict on two subjects, by whom they are related, on which grounds, with which flags."""
    if a.id is None or b.id is None:
        return LawVerdict("undetermined", ("name_only",), ()), (), (), ()
    for id_ in (a.id, b.id):
        frame.gathering.above(id_)
        frame.gathering.people(id_)
    found = related(frame.case, a.id, b.id)
    _use_shares(frame)
    frame.claims(frame.case.world.facts.get("role", ()))
    told = LawVerdict(found.answer.value, found.reasons, found.answer.unknown)
    return told, tuple(frame.node(w) for w in found.by), found.grounds, found.flags


__all__ = ["Clocked", "Truth", "bid_bidders", "bidders", "controller", "grade", "held_by", "owners", "owners_of_benefit", "qualify", "reach", "related_party", "status"]
