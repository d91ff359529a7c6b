"""What every answer of law is built from: the clocks, the subject, the gathered facts, and the evidence of what was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from graph_model.claims import GRADES
from graph_model.kinds import share_text
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, Evidence, NodeRef, Subject, Timing
from queries.answers.evidence import RawRows, Stated, evidence_of
from queries.answers.law_answer import (
    Common,
    Conflict,
    Derivation,
    HypothesisFinding,
    LawQuestion,
    MeasureFinding,
    Percent,
    StatusItem,
)
from queries.answers.subject import find_subject, ref
from queries.catalogue.coverage import PUBLISHED_RUNS
from queries.clocks import day, read_clocks
from queries.inquiry import Inquiry, Watch
from queries.law.case import Case
from queries.law.facts import Fact
from queries.law.liability import Hypothesis
from queries.law.lifecycle import Standing, source_conflicts
from queries.law.ownership import Share
from queries.law.reach import Reached
from queries.law.reading import Gathering
from queries.law.rules import Effect, Measure
from queries.law.statutes import law
from queries.network import Network
from queries.presence import Presence


@dataclass(slots=True)
class Frame:
    """One question of law being answered."""

    network: Network
    gathering: Gathering
    case: Case
    raw: RawRows | None
    used: set[str] = field(default_factory=set)
    nodes: dict[str, NodeRef] = field(default_factory=dict)

    def claims(self, facts: Iterable[Fact | None]) -> tuple[str, ...]:
        """The claims of facts, kept for the evidence."""
        found = tuple(dict.fromkeys(c for f in facts if f is not None for c in f.claims))
        self.used |= set(found)
        return found

    def claims_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The claims of facts given by id."""
        wanted = set(ids)
        return self.claims(f for facts in self.case.world.facts.values() for f in facts if f.id in wanted)

    def node(self, id_: str) -> NodeRef:
        """A node by id, with its caption."""
        if id_ not in self.nodes:
            if id_ not in self.network.labels:
                self.network.meet(id_)
            self.nodes[id_] = ref(self.network, id_) if id_ in self.network.labels else NodeRef(id_, "Enterprise", id_)
        return self.nodes[id_]

    def evidence(self) -> dict[str, Evidence]:
        """Evidence of every claim used."""
        stated = [self._stated(c) for c in sorted(self.used) if c in self.gathering.rows]
        index = self.gathering.index
        titles = None if index is None else index.documents
        return evidence_of(self.network.inquiry.watch, stated, self.raw, names=self.network.source_names, ranks=self.network.ranks, titles=titles)

    def _stated(self, claim: str) -> Stated:
        kind, row, a, b = self.gathering.rows[claim]
        return Stated(claim, kind, row, self.node(a).caption, self.node(b).caption if b else "")

    def timing(self) -> Timing:
        """How long it took."""
        watch = self.network.inquiry.watch
        return Timing(round(watch.elapsed, 4), watch.queries)

    def common(self, verb: str, asked: Asked, **arguments: str | None) -> Common:
        """What every answer has, once all claims were used: the question with every default filled in, clocks, evidence, timing."""
        clocks, case = self.network.inquiry.clocks, self.case
        given = {k.rstrip("_"): v for k, v in sorted(arguments.items()) if v is not None}
        question = LawQuestion(
            verb, asked, clocks.valid_at, clocks.known_at, clocks.rules_at, case.place, case.history, self.network.weakest, given
        )
        return Common(question=question, clocks=clocks, evidence=self.evidence(), timing=self.timing())


@dataclass(frozen=True, slots=True)
class Clocked:
    """The clocks and the view that every question of law takes."""

    at: str | None = None
    known_at: str | None = None
    rules_at: str | None = None
    place: str | None = None
    history: str | None = None
    identity: str = "anchored"


def open_frame(reader: Reader, when: Clocked, raw: RawRows | None = None, index: Presence | None = None) -> Frame:
    """A frame at the clocks asked for; with an index of the reader's run the store is asked less."""
    watch = Watch(reader)
    runs = index.rows[PUBLISHED_RUNS.name] if index is not None and index.run == reader.run else None
    clocks = read_clocks(watch, at=when.at, known_at=when.known_at, rules_at=when.rules_at, published=runs)
    network = Network(Inquiry(watch, clocks, index), when.identity)
    return frame_over(network, when, raw, index)


def frame_over(network: Network, when: Clocked, raw: RawRows | None = None, index: Presence | None = None) -> Frame:
    """A frame over a network that is there already."""
    clocks = network.inquiry.clocks
    gathering = Gathering.begin(network, index)
    days = (date.fromisoformat(day(clocks.valid_at, "at")), date.fromisoformat(day(clocks.rules_at, "rules_at")))
    case = Case(gathering.world, law(), *days, when.place, when.history)
    return Frame(network, gathering, case, raw)


def subject_of(frame: Frame, text: str, anchor: str | None = None) -> Subject:
    """Whom the text means."""
    return find_subject(frame.network, text, anchor)[0]


def unsure(subject: Subject) -> str | None:
    """The reason for which nothing sure can be said of a subject, if there is one."""
    if subject.id is None:
        return "name_only" if subject.identity in ("name_only", "ambiguous") else "unknown_fact"
    return None if GRADES.index(subject.identity) <= 1 else "name_only"


# --- findings -------------------------------------------------------------------------------------------

_WOULD = {
    "condition_unproved": "如认定其{condition}，则到达", "condition_not_met": "如改认其{condition}，则到达",
    "role_not_held": "如在该时点任{roles}，则到达", "role_not_covered": "如任{roles}，则到达",
    "not_triggered": "如有触发的名单、处罚、命令或债务，则到达", "term_ended": "期限已满，不再到达", "clock_absent": "如起算的事件发生，则到达",
    "not_in_force": "适用该条施行期间的法律，则到达", "other_place": "在{place}，则到达", "not_a_decision": "如作出决定，则到达",
    "unknown_bound": "补齐所缺的日期或数值，即可确定", "other_trade": "属于该行业的，则到达", "other_post": "任该条所列职务的，则到达",
}  # fmt: skip


def measure(frame: Frame, one: Reached, holds: str | None = None, reasons: tuple[str, ...] | None = None) -> MeasureFinding:
    """A measure as the answer tells it."""
    rule, told = one.rule, one.reasons if reasons is None else reasons
    if one.fact is None:
        return _not_set_off(frame, one, "no" if holds is None else holds, told)
    basis = frame.case.world.by_id("penalty", one.fact.get("because_of"))
    facts = tuple(dict.fromkeys(f.id for f in (*one.roles, one.fact, *((basis,) if basis else ()), *one.findings)))
    derivation = Derivation(rule.id, frame.claims(one.roles), frame.claims((one.fact, basis)), frame.claims(one.findings), facts)
    answer = one.truth.value if holds is None else holds
    return MeasureFinding(
        one.effect.measure, rule.modality, rule.cited, one.role, frame.node(one.through), one.fact.id, one.fact.kind,
        one.from_.text if one.from_ else None, one.until_text, tuple(one.effect.posts),
        one.effect.trade, answer, told, one.truth.unknown, one.flags, _change(one, told), derivation,  # type: ignore[arg-type]
    )  # fmt: skip


def _not_set_off(frame: Frame, one: Reached, holds: str, reasons: tuple[str, ...]) -> MeasureFinding:
    """A measure that nothing set off: by far the most of an answer, so told without looking anything up."""
    rule, effect = one.rule, one.effect
    key = (id(rule), id(effect), reasons)
    if key not in _TOLD:
        _TOLD[key] = rule, effect, rule.cited, tuple(effect.posts), _change(one, reasons), Derivation(rule.id, (), (), (), ())
    *_, article, posts, change, derivation = _TOLD[key]
    return MeasureFinding(
        effect.measure, rule.modality, article, one.role, frame.node(one.through), None, None, None, one.until_word, posts, effect.trade,
        holds, reasons, one.truth.unknown, (), change, derivation,  # type: ignore[arg-type]
    )  # fmt: skip


# What never differs between two such tellings; rule and effect are kept with it, so that their addresses stay theirs.
_TOLD: dict[tuple[int, int, tuple[str, ...]], tuple[Measure, Effect, str, tuple[str, ...], str | None, Derivation]] = {}


def _change(one: Reached, reasons: tuple[str, ...]) -> str | None:
    told = next((_WOULD[r] for r in reasons if r in _WOULD), None)
    words = {"condition": one.rule.condition or "", "roles": "、".join(one.rule.roles), "place": one.rule.place or ""}
    return told.format(**words) if told else None


def name_of(fact: Fact) -> str:
    """What an event is called: its list, order, kinds of penalty."""
    return str(fact.get("list") or fact.get("order") or "、".join(fact.get("kinds") or ()) or fact.get("kind") or fact.kind)


def folded(frame: Frame, found: Iterable[Standing]) -> list[tuple[Standing, tuple[Fact, ...]]]:
    """Standings in order, each with what other sources say of the same event and say alike; the strongest source speaks."""
    groups: dict[tuple[object, ...], list[Standing]] = {}
    for one in found:
        fact = one.fact
        key = (fact.kind, name_of(fact), fact.get("subject"), fact.get("number"), one.from_, one.state, one.until_text)
        kept = groups.setdefault(key, [])
        # two decisions that one source tells of are two, however alike
        twin = any(other.fact.source == fact.source for other in kept)
        (groups.setdefault((*key, fact.id), []) if twin else kept).append(one)
    ordered = [sorted(group, key=lambda s: (frame.network.rank(str(s.fact.source)), s.fact.id)) for group in groups.values()]
    return [(group[0], tuple(s.fact for s in group[1:])) for group in ordered]


def item(frame: Frame, found: Standing, mine: frozenset[str] = frozenset(), also: Sequence[Fact] = ()) -> StatusItem:
    """A standing as the answer tells it; `mine`: the nodes of the subject, where a listing names several; `also`: the event in other sources."""
    fact = found.fact
    named = [n for n in (fact.get("subject"), *(fact.get("named") or ())) if n]
    subject = next((n for n in named if n in mine), named[0] if named else "")
    told = found.may_apply.value if found.may_apply is not None else None
    derivation = Derivation(found.rule or "", (), frame.claims((fact, *also)), frame.claims(found.because), (fact.id, *(f.id for f in also)))
    unknown = found.unknown or (found.holds.unknown if found.holds.value == "undetermined" else ())
    return StatusItem(
        fact.id, fact.kind, name_of(fact), fact.get("number"), frame.node(subject), found.state, found.holds.value, found.severity,
        found.from_.text, found.until_text, found.since.text if found.since else None,
        found.repairable_from.text if found.repairable_from else None, told, found.article, found.reasons, unknown, found.flags, derivation,
    )  # fmt: skip


def hypothesis(frame: Frame, one: Hypothesis) -> HypothesisFinding:
    """A hypothesis as the answer tells it."""
    amount = None if one.amount is None else share_text(one.amount)
    facts = tuple(dict.fromkeys(f.id for f in (*one.facts, *((one.fact,) if one.fact else ()))))
    derivation = Derivation(one.rule.id, frame.claims(one.facts), frame.claims((one.fact,)), (), facts)
    return HypothesisFinding(
        one.rule.cited, one.rule.burden, one.rule.limit, amount, one.fact.id if one.fact else None, frame.node(one.unit),
        one.truth.value, one.reasons, one.truth.unknown, derivation,
    )  # fmt: skip


def conflicts_of(frame: Frame, found: Iterable[Standing]) -> list[Conflict]:
    """Sources that differ on what was found."""
    told = []
    for one in found:
        for c in source_conflicts(frame.case, one):
            reason = "以“信用中国”为准" if c.prevails else "没有规则排列这两个来源"
            told.append(Conflict("sources", c.between, c.prevails, reason, one.fact.id))
    return told


def percent(share: Share) -> Percent:
    """A share as exact text."""
    return Percent(share_text(share.low), share_text(share.high))


def amount(value: Fraction) -> str:
    """A number as exact text."""
    return share_text(value)
