"""The verbs of law: status, reach, qualify, grade, bidders."""

from collections.abc import Iterable
from dataclasses import replace

from graph_model.errors import UnknownEntity, UsageError
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, Subject
from queries.answers.evidence import RawRows
from queries.answers.law_answer import (
    BidderListing,
    BiddersAnswer,
    ConditionFinding,
    Conflict,
    GradeAnswer,
    LawVerdict,
    PairFinding,
    QualifyAnswer,
    ReachAnswer,
    StatusAnswer,
)
from queries.answers.law_frame import (
    Clocked,
    Frame,
    conflicts_of,
    folded,
    item,
    measure,
    open_frame,
    subject_of,
    unsure,
)
from queries.catalogue.law import BIDDERS_OF, BidderRow
from queries.law.bidding import Pair, bidding
from queries.law.case import joined
from queries.law.lifecycle import Standing, of_subject, visible
from queries.law.qualify import qualify as judge_post
from queries.law.reach import reached_by, verdict
from queries.law.schemes import facts_of, graded
from queries.law.statutes import law
from queries.presence import Presence


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
    items = tuple(item(frame, one, mine, also) for one, also in folded(frame, shown))
    flags = joined((joined(s.flags for s in shown), ("conflict_of_sources",) if conflicts else (), red_and_black(shown)))
    return StatusAnswer(
        subject=subject, items=items, left_out=len(every) - len(shown), conflicts=conflicts, flags=flags,
        unknown=joined(i.unknown for i in items), **frame.common("status", Asked(text, anchor)),
    )  # fmt: skip


def red_and_black(found: Iterable[Standing]) -> tuple[str, ...]:
    """`red_and_black` where a red list and a negative list hold at once."""
    polarities = {s.fact.get("polarity") for s in found if s.fact.kind == "listing" and s.holds.value == "yes"}
    return ("red_and_black",) if {"positive", "negative"} <= polarities else ()


def reach(
    reader: Reader, text: str, when: Clocked, *, anchor: str | None = None, raw: RawRows | None = None, index: Presence | None = None
) -> ReachAnswer:
    """Which measures reach a subject, through which role, until when, by which article; which do not, and why.

    With an `index` of the reader's run the answer is the same and quicker.
    """
    frame = open_frame(reader, when, raw, index)
    subject = subject_of(frame, text, anchor)
    if subject.id is not None:
        frame.gathering.behind(subject.id)
    found = verdict(reached_by(frame.case, subject.id)) if subject.id is not None else verdict(())
    told = _weakened(LawVerdict(found.answer.value, found.reasons, found.answer.unknown), subject)
    yes, open_, no = (tuple(measure(frame, one) for one in part) for part in (found.measures, found.undetermined, found.not_measures))
    return ReachAnswer(
        subject=subject, reached=told, measures=yes, undetermined=open_, not_measures=no, conflicts=(), flags=found.flags,
        **frame.common("reach", Asked(text, anchor)),
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
    yes, open_, no = (tuple(measure(frame, b.reached, b.truth.value, b.reasons) for b in part) for part in (found.bans, found.undetermined, found.not_bans))
    conflicts = tuple(Conflict("rules", c.between, c.prevails, c.reason, None) for c in found.conflicts)
    return QualifyAnswer(
        subject=subject, allowed=allowed, barred_until=found.barred_until, bans=yes, undetermined=open_, not_bans=no, conflicts=conflicts,
        flags=found.flags, **frame.common("qualify", Asked(text, anchor), as_=post, of=of),
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
    asked_year = None if year is None else str(year)
    return GradeAnswer(
        subject=subject, grade=found.grade, conditions=conditions, eligible=found.eligible, not_eligible=found.not_eligible,
        start_score=found.start_score, deduction=found.deduction, until=found.until, reasons=found.reasons, unknown=found.unknown,
        source=found.source, flags=flags, **frame.common("grade", Asked(text), scheme=scheme, year=asked_year),
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
    yes, open_, no = (tuple(_pair(frame, p) for p in part) for part in (found.pairs, found.undetermined, found.not_pairs))
    listed = tuple(BidderListing(frame.node(b), item(frame, s)) for b, s in found.listed if s.shown)
    reasons = () if found.answer.value == "yes" else joined(p.reasons for p in (*found.undetermined, *found.not_pairs))
    return BiddersAnswer(
        bidders=tuple(frame.node(i) for i in ids), conflict=LawVerdict(found.answer.value, reasons, found.answer.unknown), pairs=yes,
        undetermined=open_, not_pairs=no, listed=listed, **frame.common("bidders", Asked(name), kind=kind),
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
