"""The contract of the answers of law: what is in force, what reaches whom, until when, by which article, and why not."""

from dataclasses import dataclass
from typing import TypedDict

from graph_model.claims import Clocks, Holds
from queries.answers.answer import (
    Asked,
    Coverage,
    Evidence,
    FromDay,
    LinkedQuestion,
    NodeRef,
    Subject,
    Timing,
    Verdicts,
)


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """The question in canonical form: every default filled in."""

    verb: str
    subject: Asked
    at: str
    known_at: str
    rules_at: str
    place: str | None
    history: str | None
    identity: str
    arguments: dict[str, str]


@dataclass(frozen=True, slots=True)
class LawVerdict:
    """One verdict with the reasons for it and the bounds whose not being known decides (`fact.key`)."""

    answer: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a finding follows: the rule, then the claims for the role, the trigger and what was found; their facts."""

    rule: str
    roles: tuple[str, ...]
    triggers: tuple[str, ...]
    findings: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(slots=True)
class MeasureFinding:
    """One measure held against one person: reached or not, through which role in which unit, from when until when.

    Not frozen: there are some two hundred in an answer, and a frozen one takes three times as long to make.
    """

    measure: str
    modality: str
    article: str
    role: str | None
    through: NodeRef
    fact: str | None
    fact_kind: str | None
    from_: FromDay
    until: str
    posts: tuple[str, ...]
    trade: str | None
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    flags: tuple[str, ...]
    would_change: str | None
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two articles, or two sources, that differ; `prevails` where something ranks them, with the reason."""

    kind: str
    between: tuple[str, str]
    prevails: str | None
    reason: str
    fact: str | None


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One listing, penalty, order or enforcement as it stands on the day."""

    fact: str
    kind: str
    name: str
    number: str | None
    subject: NodeRef
    state: str
    holds: Holds
    severity: str | None
    from_: FromDay
    until: str
    since: str | None
    repairable_from: str | None
    may_apply: Holds | None
    article: str | None
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    flags: tuple[str, ...]
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class HypothesisFinding:
    """What only a court can extend: the article, who must prove, how far, for which enforcement."""

    article: str
    burden: str
    limit: str
    amount_yuan: str | None
    fact: str | None
    through: NodeRef
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class NotListed:
    """A list that the subject is not on, though a unit he stands behind is or his own listing is no decision."""

    list: str
    reason: str
    article: str | None
    through: NodeRef | None
    fact: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What every answer of law has: the question with its clocks, the evidence of every claim it used, how long it took."""

    question: LawQuestion
    clocks: Clocks
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfSubject(_Answer):
    """An answer about one subject."""

    subject: Subject
    flags: tuple[str, ...] = ()


class Common(TypedDict):
    """The fields of `_Answer`, to be filled in once."""

    question: LawQuestion
    clocks: Clocks
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer(_OfSubject):
    """Every listing, penalty, order and enforcement of a subject; `left_out` are over and need a purpose to be seen."""

    items: tuple[StatusItem, ...]
    left_out: int
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachAnswer(_OfSubject):
    """Which measures reach the subject, and which do not and why."""

    reached: LawVerdict
    measures: tuple[MeasureFinding, ...]
    undetermined: tuple[MeasureFinding, ...]
    not_measures: tuple[MeasureFinding, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyAnswer(_OfSubject):
    """May the person take the post; until when not, by which article; conflicts shown."""

    allowed: LawVerdict
    barred_until: str | None
    bans: tuple[MeasureFinding, ...]
    undetermined: tuple[MeasureFinding, ...]
    not_bans: tuple[MeasureFinding, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """One condition of a scheme and the facts it looked at."""

    clause: str
    met: Holds
    unknown: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeAnswer(_OfSubject):
    """The grade of a subject under a scheme, with every condition; `grade` null where the scheme gives none."""

    grade: str | None
    conditions: tuple[ConditionFinding, ...]
    eligible: tuple[str, ...]
    not_eligible: tuple[str, ...]
    start_score: int | None
    deduction: int | None
    until: str | None
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class PairFinding:
    """Two bidders under one ground."""

    between: tuple[NodeRef, NodeRef]
    ground: str
    article: str
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BidderListing:
    """One bidder on one list on the day of the bid."""

    bidder: NodeRef
    item: StatusItem


@dataclass(frozen=True, slots=True, kw_only=True)
class BiddersAnswer(_Answer):
    """Conflicts between the bidders of one procedure, and who of them is on which list on its day."""

    bidders: tuple[NodeRef, ...]
    conflict: LawVerdict
    pairs: tuple[PairFinding, ...]
    undetermined: tuple[PairFinding, ...]
    not_pairs: tuple[PairFinding, ...]
    listed: tuple[BidderListing, ...]


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in percent as exact text; the two are equal where it is known."""

    min: str
    max: str


@dataclass(frozen=True, slots=True)
class ControllerFinding:
    """One hypothesis of control, or one that was looked at and is none."""

    who: NodeRef
    basis: str | None
    share: Percent
    declared: bool
    computed: bool
    holds: Holds
    reasons: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerAnswer(_OfSubject):
    """Who controls the enterprise: ranked hypotheses; `undetermined` is a valid answer."""

    answer: LawVerdict
    controllers: tuple[ControllerFinding, ...]
    undetermined: tuple[ControllerFinding, ...]
    not_controllers: tuple[ControllerFinding, ...]


@dataclass(frozen=True, slots=True)
class OwnerFinding:
    """One person under the tests in order, or one holder with his share in the end."""

    who: NodeRef
    test: str | None
    share: Percent
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficialOwnersAnswer(_OfSubject):
    """The beneficial owners (令〔2024〕3号): who is, who is not, who cannot be told."""

    answer: LawVerdict
    owners: tuple[OwnerFinding, ...]
    undetermined: tuple[OwnerFinding, ...]
    not_owners: tuple[OwnerFinding, ...]
    exempt: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsAnswer(_OfSubject):
    """Who owns how much of a subject in the end (`owners`), or how much of whom it owns (`holdings`)."""

    economic: tuple[OwnerFinding, ...]
    votes: tuple[OwnerFinding, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling on what may be owed by a party and its related parties together, in percent of net assets."""

    article: str
    percent: str
    sense: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedAnswer(_Answer):
    """Whether two subjects are related parties (公司法 265(四)), by whom."""

    a: Subject
    b: Subject
    related_party: LawVerdict
    by: tuple[NodeRef, ...]
    grounds: tuple[str, ...]
    ceilings: tuple[Ceiling, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawFindings:
    """What `linked` adds of law: measures and hypotheses with their reasons, lists not extended, related parties."""

    measures: tuple[MeasureFinding, ...]
    undetermined: tuple[MeasureFinding, ...]
    not_measures: tuple[MeasureFinding, ...]
    hypotheses: tuple[HypothesisFinding, ...]
    not_hypotheses: tuple[HypothesisFinding, ...]
    not_lists: tuple[NotListed, ...]
    items: tuple[StatusItem, ...]
    related_party: LawVerdict | None
    reasons: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    flags: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class LinkedAnswer:
    """Is this subject listed, reached, associated with someone listed, liable if a court so rules?"""

    question: LinkedQuestion
    subject: Subject
    clocks: Clocks
    verdicts: Verdicts
    law: LawFindings
    coverage: Coverage
    evidence: dict[str, Evidence]
    timing: Timing
