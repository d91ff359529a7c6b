"""The questions of a scenario put to the ordinary functions, and each answer told in the words of the file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph_model.stores.graph import Reader
from queries.answers import law as verbs
from queries.answers import owning
from queries.answers.answer import Finding
from queries.answers.law_answer import (
    BeneficialOwnersAnswer,
    BiddersAnswer,
    Conflict,
    ControllerAnswer,
    ControllerFinding,
    GradeAnswer,
    HypothesisFinding,
    LinkedAnswer,
    MeasureFinding,
    OwnerFinding,
    PairFinding,
    Percent,
    QualifyAnswer,
    ReachAnswer,
    StatusAnswer,
    StatusItem,
)
from queries.answers.law_frame import Clocked
from queries.answers.linked import linked
from queries.law.scenario import VERDICTS, Difference, Scenario, Told, compare

# A case is asked in a graph that was made a moment ago, on a server that may still be cold.
PATIENCE = 120.0
# Where nothing at all was held against a subject, no rule was triggered and no role was held.
NOTHING_SEEN = ("not_triggered", "role_not_held")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the file, and what they became in the graph; `back` leads from the graph to the file."""

    nodes: Mapping[str, str]
    facts: Mapping[str, str]

    @property
    def back(self) -> dict[str, str]:
        """File label by node or fact id."""
        return {**{v: k for k, v in self.facts.items()}, **{v: k for k, v in self.nodes.items()}}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked: its number, the verb, and where the answer differs from what was expected."""

    number: int
    ask: str
    differences: tuple[Difference, ...]


def ask_scenario(reader: Reader, scenario: Scenario, labels: Labels) -> list[Asked]:
    """Every question asked in order."""
    asked = []
    for number, question in enumerate(scenario.questions, 1):
        told = tell(reader, question, labels)
        asked.append(Asked(number, str(question["ask"]), tuple(compare(scenario, number, told))))
    return asked


def tell(reader: Reader, question: Mapping[str, Any], labels: Labels) -> Told:
    """The answer to one question in the words of the file."""
    q = question
    when = Clocked(q.get("at"), q.get("known_at"), q.get("rules_at"), q.get("place"), q.get("history"))
    told = _ASKS[question["ask"]](reader, question, when, labels)
    if when.known_at is not None:
        _not_yet(told, _ASKS[question["ask"]](reader, question, replace(when, known_at=None), labels))
    return told


# Which verdict is positive: what it says where something bears on the subject.
_POSITIVE = {"allowed": "no"}


def _not_yet(told: Told, later: Told) -> None:
    """`not_known_yet` where the same question, asked with all that is known today, finds what was not found then."""
    for key, value in later.values.items():
        if key in VERDICTS and value == _POSITIVE.get(key, "yes") and told.values.get(key) != value:
            for name in (key, ""):
                told.reasons[name] = (*told.reasons.get(name, ()), "not_known_yet")
    for key, found in later.positive.items():
        known = told.positive.get(key, [])
        told.denied.setdefault(key, []).extend({**one, "reasons": ("not_known_yet",)} for one in found if one not in known)


def _node(labels: Labels, label: str) -> str:
    return labels.nodes[label]


# --- linked ---------------------------------------------------------------------------------------------


def _linked(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    text = _node(labels, q["subject"]) if "subject" in q else q["name"]
    anchor = _node(labels, q["anchor"]) if q.get("anchor") else None
    to = _node(labels, q["to"]) if q.get("to") else None
    answer = linked(
        reader, text, anchor=anchor, at=when.at, known_at=when.known_at, rules_at=when.rules_at, place=when.place, history=when.history, to=to,
        seconds=PATIENCE,
    )
    back, law, v = labels.back, answer.law, answer.verdicts
    told = Told(values={"listed": v.listed.answer, "reached": v.reached.answer, "associated": v.associated.answer,
                        "liable_if_ruled": v.liable_if_ruled.answer, "identity": answer.subject.identity, "namesakes": answer.subject.namesakes})  # fmt: skip
    if answer.subject.namesakes is None and answer.subject.label == "Person" and "namesakes" in q.get("expect", {}):
        told.values["namesakes"] = linked(reader, str(answer.subject.caption), at=when.at, known_at=when.known_at).subject.namesakes
    if law.related_party is not None:
        told.values["related_party"] = law.related_party.answer
    _tell_paths(told, v.associated.findings, back)
    _tell_lists(told, answer, back)
    _tell_measures(told, law.measures, (*law.undetermined, *law.not_measures), back)
    told.findings["hypotheses"] = told.positive["not_hypotheses"] = [_hypothesis(h, back) for h in law.hypotheses]
    told.denied["not_hypotheses"] = [_hypothesis(h, back) for h in law.not_hypotheses]
    told.findings["candidates"] = [{"record": back.get(c.id), "identity": c.identity} for c in answer.subject.candidates]
    told.sets["not_covered"] = set(answer.coverage.not_covered)
    told.reasons.update(law.reasons)
    flags = {f for found in (v.listed, v.associated) for one in found.findings for f in one.flags}
    return _common(told, {*law.flags, *flags}, law.unknown, law.conflicts, back)


def _tell_paths(told: Told, found: Iterable[Finding], back: Mapping[str, str]) -> None:
    paths, hops = [], []
    for one in found:
        if one.path is not None and one.holds == "yes":
            joined = {step.to for step in one.path.steps if step.grade}
            every = [back.get(n.id, n.id) for n in one.path.nodes]
            paths += [every, [back.get(n.id, n.id) for n in one.path.nodes if n.id not in joined]]
            hops.append(one.hops)
    told.values["paths"] = paths
    if hops:
        told.values["hops"] = min(hops)


def _tell_lists(told: Told, answer: LinkedAnswer, back: Mapping[str, str]) -> None:
    items = [{"list": i.name, "of": back.get(i.subject.id), "fact": back.get(i.fact), "state": i.state, "from": i.from_, "until": i.until, "holds": i.holds, "rule": i.derivation.rule}
             for i in answer.law.items]  # fmt: skip
    told.findings["lists"] = items
    told.positive["not_lists"] = [i for i in items if i["holds"] == "yes"]
    told.denied["not_lists"] = [{"list": n.list, "reasons": (n.reason,)} for n in answer.law.not_lists]
    weak = answer.law.reasons.get("listed", ()) if answer.subject.id is None else ()
    loaded = {entry.list for entry in answer.coverage.lists}
    for name in (*loaded, *answer.coverage.not_covered):
        if weak or not any(n["list"] == name for n in told.denied["not_lists"]):
            told.denied["not_lists"].append({"list": name, "reasons": (*weak, "not_triggered") if name in loaded else ("unknown_fact",)})


def _tell_measures(told: Told, reached: Iterable[MeasureFinding], denied: Iterable[MeasureFinding], back: Mapping[str, str]) -> None:
    told.findings["measures"] = told.positive["not_measures"] = [_measure(m, back) for m in reached]
    told.denied["not_measures"] = [_measure(m, back) for m in denied] or [_Anything(NOTHING_SEEN)]


class _Anything(dict[str, Any]):
    """A denial that fits whatever is asked about: nothing was held against the subject."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(reasons=reasons)

    def get(self, key: str, _: Any = None) -> Any:
        return self["reasons"] if key == "reasons" else _Any()


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        return "*"


def _measure(m: MeasureFinding, back: Mapping[str, str]) -> dict[str, Any]:
    return {
        "measure": m.measure, "role": m.role, "through": back.get(m.through.id), "fact": back.get(m.fact or ""), "article": m.article,
        "from": m.from_, "until": m.until, "modality": m.modality, "trade": m.trade, "reasons": m.reasons, "rule": m.derivation.rule,
    }  # fmt: skip


def _hypothesis(h: HypothesisFinding, back: Mapping[str, str]) -> dict[str, Any]:
    return {"article": h.article, "burden": h.burden, "limit": h.limit, "amount_yuan": h.amount_yuan, "fact": back.get(h.fact or ""), "reasons": h.reasons, "rule": h.derivation.rule}


def _common(told: Told, flags: Iterable[str], unknown: Iterable[str], conflicts: Iterable[Conflict], back: Mapping[str, str]) -> Told:
    told.sets["flags"] = set(flags)
    told.sets["unknown"] = {_unknown(u, back) for u in unknown}
    told.findings["conflicts"] = [
        {"kind": c.kind, "between": list(c.between), "prevails": c.prevails} for c in conflicts
    ]
    return told


def _unknown(name: str, back: Mapping[str, str]) -> str:
    fact, _, key = name.rpartition(".")
    return f"{back.get(fact, fact)}.{key}"


# --- reach, status, qualify -----------------------------------------------------------------------------


def _reach(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: ReachAnswer = verbs.reach(reader, _node(labels, q["subject"]), when)
    told = Told(values={"reached": answer.reached.answer}, reasons={"": answer.reached.reasons})
    _tell_measures(told, answer.measures, (*answer.undetermined, *answer.not_measures), labels.back)
    unknown = answer.reached.unknown if answer.reached.answer == "undetermined" else tuple(u for m in answer.undetermined for u in m.unknown)
    return _common(told, answer.flags, unknown, answer.conflicts, labels.back)


def _item(i: StatusItem, back: Mapping[str, str]) -> dict[str, Any]:
    return {
        "fact": back.get(i.fact), "state": i.state, "severity": i.severity, "from": i.from_, "until": i.until, "since": i.since,
        "repairable_from": i.repairable_from, "may_apply": i.may_apply, "article": i.article, "reason": i.reasons, "rule": i.derivation.rule,
    }  # fmt: skip


def _status(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: StatusAnswer = verbs.status(reader, _node(labels, q["subject"]), when)
    told = Told(findings={"items": [{**_item(i, labels.back), "fact": labels.back.get(fact)} for i in answer.items for fact in i.derivation.facts]})
    told.sets["facts"] = {str(i["fact"]) for i in told.findings["items"]}
    return _common(told, answer.flags, answer.unknown, answer.conflicts, labels.back)


def _qualify(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    of = _node(labels, q["of"]) if q.get("of") else None
    answer: QualifyAnswer = verbs.qualify(reader, _node(labels, q["person"]), q["as"], when, of=of)
    told = Told(values={"allowed": answer.allowed.answer, "barred_until": answer.barred_until}, reasons={"": answer.allowed.reasons})
    told.findings["bans"] = told.positive["not_bans"] = [_measure(m, labels.back) for m in answer.bans]
    denied = [_measure(m, labels.back) for m in (*answer.undetermined, *answer.not_bans)]
    told.denied["not_bans"] = denied or [_Anything(NOTHING_SEEN)]
    return _common(told, answer.flags, answer.allowed.unknown, answer.conflicts, labels.back)


# --- grade, bidders -------------------------------------------------------------------------------------


def _grade(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: GradeAnswer = verbs.grade(reader, _node(labels, q["subject"]), q["scheme"], when, year=q.get("year"))
    told = Told(values={"grade": answer.grade, "start_score": answer.start_score, "deduction": answer.deduction, "until": answer.until})
    told.findings["conditions"] = [{"clause": c.clause, "met": c.met} for c in answer.conditions]
    told.sets["eligible"], told.sets["not_eligible"] = set(answer.eligible), set(answer.not_eligible)
    told.reasons[""] = answer.reasons
    return _common(told, answer.flags, answer.unknown, (), labels.back)


def _pair(p: PairFinding, back: Mapping[str, str]) -> dict[str, Any]:
    return {"between": [back.get(n.id, n.id) for n in p.between], "ground": p.ground, "article": p.article, "reasons": p.reasons}


def _bidders(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: BiddersAnswer = verbs.bid_bidders(reader, labels.facts[q["bid"]], when)
    back = labels.back
    told = Told(values={"answer": answer.conflict.answer})
    told.findings["pairs"] = told.positive["not_pairs"] = [_pair(p, back) for p in answer.pairs]
    told.denied["not_pairs"] = [_pair(p, back) for p in (*answer.undetermined, *answer.not_pairs)]
    told.findings["listed"] = [{"bidder": back.get(one.bidder.id), "list": one.item.name} for one in answer.listed if one.item.holds == "yes"]
    unknown = tuple(u for p in answer.undetermined for u in p.unknown)
    return _common(told, (), unknown, (), back)


# --- control --------------------------------------------------------------------------------------------


def _share(share: Percent) -> dict[str, str]:
    return {"min": share.min, "max": share.max}


def _who(c: ControllerFinding | OwnerFinding, back: Mapping[str, str]) -> dict[str, Any]:
    own = {"basis": c.basis} if isinstance(c, ControllerFinding) else {"test": c.test}
    return {"who": back.get(c.who.id, c.who.id), "share": _share(c.share), "reasons": c.reasons, **own}


def _controller(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: ControllerAnswer = owning.controller(reader, _node(labels, q["enterprise"]), when)
    told = Told(values={"answer": answer.answer.answer}, reasons={"": answer.answer.reasons})
    told.findings["controllers"] = told.positive["not_controllers"] = [_who(c, labels.back) for c in answer.controllers]
    told.denied["not_controllers"] = [_who(c, labels.back) for c in (*answer.undetermined, *answer.not_controllers)]
    return _common(told, answer.flags, answer.answer.unknown, (), labels.back)


def _beneficial(reader: Reader, q: Mapping[str, Any], when: Clocked, labels: Labels) -> Told:
    answer: BeneficialOwnersAnswer = owning.owners_of_benefit(reader, _node(labels, q["enterprise"]), when)
    told = Told(values={"answer": answer.answer.answer, "exempt": answer.exempt}, reasons={"": answer.answer.reasons})
    told.findings["owners"] = told.positive["not_owners"] = [_who(o, labels.back) for o in answer.owners]
    told.findings["undetermined"] = [_who(o, labels.back) for o in answer.undetermined]
    told.denied["not_owners"] = [_who(o, labels.back) for o in (*answer.undetermined, *answer.not_owners)]
    return _common(told, answer.flags, answer.answer.unknown, (), labels.back)


_ASKS: Mapping[str, Callable[[Reader, Mapping[str, Any], Clocked, Labels], Told]] = {
    "linked": _linked, "reach": _reach, "status": _status, "qualify": _qualify, "grade": _grade, "bidders": _bidders,
    "controller": _controller, "beneficial_owners": _beneficial,
}  # fmt: skip
