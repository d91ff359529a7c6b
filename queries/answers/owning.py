"""The verbs of ownership and control: controller, beneficial owners, owners, holdings, related party."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph_model.errors import UnknownEntity
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, NodeRef, Subject
from queries.answers.evidence import RawRows
from queries.answers.law_answer import (
    BeneficialOwnersAnswer,
    Ceiling,
    ControllerAnswer,
    ControllerFinding,
    HoldingsAnswer,
    LawVerdict,
    OwnerFinding,
    RelatedAnswer,
)
from queries.answers.law_frame import Clocked, Frame, open_frame, percent, subject_of
from queries.law.case import joined
from queries.law.control import Controller, NotController, Owner, beneficial_owners, controllers, related
from queries.law.ownership import Holdings, Owned, What, holdings, indirect

KINDS_OF_SHARE: tuple[What, ...] = ("percent", "votes")


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
    yes, open_ = (tuple(_controller(frame, c) for c in part) for part in (found.controllers, found.undetermined))
    others = tuple(_not_controller(frame, c) for c in found.not_controllers)
    _use_shares(frame)
    return ControllerAnswer(
        subject=subject, answer=LawVerdict(found.answer.value, found.reasons, found.answer.unknown), controllers=yes, undetermined=open_,
        not_controllers=others, flags=("cycle",) if found.cycle else (), **frame.common("controller", Asked(text)),
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
    yes, open_, no = (tuple(_owner(frame, o) for o in part) for part in (found.owners, found.undetermined, found.not_owners))
    _use_shares(frame)
    reasons = joined((found.reasons, joined(o.reasons for o in found.undetermined) if found.answer.value != "yes" else ()))
    return BeneficialOwnersAnswer(
        subject=subject, answer=LawVerdict(found.answer.value, reasons, joined(o.truth.unknown for o in found.undetermined)), owners=yes,
        undetermined=open_, not_owners=no, exempt=found.exempt.value, flags=("cycle",) if found.cycle else (),
        **frame.common("beneficial_owners", Asked(text)),
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
        subject=subject, economic=economic, votes=votes, truncated=not complete, flags=("cycle",) if cycle else (),
        **frame.common(verb, Asked(text)),
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
        a=first, b=second, related_party=told, by=by, grounds=grounds, ceilings=_ceilings(frame, told), flags=flags,
        **frame.common("related_party", Asked(a), to=b),
    )  # fmt: skip


def _ceilings(frame: Frame, told: LawVerdict) -> tuple[Ceiling, ...]:
    """The ceilings that count two parties as one, where they are related, or may be."""
    rules = frame.case.law.figures if told.answer != "no" else ()
    return tuple(Ceiling(f.cited, f.value, f.sense) for f in rules if f.name.startswith("related_party_ceiling") and f.in_force(frame.case.rules_at))


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
