"""The contract of the answers of law: what is in force, what reaches whom, until when, by which article, and why not."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class MeasureFinding:
    """One measure held against one person: reached or not, through which role in which unit, from when until when."""

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


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """Every listing, penalty, order and enforcement of a subject; `left_out` are over and need a purpose to be seen."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    items: tuple[StatusItem, ...]
    left_out: int
    conflicts: tuple[Conflict, ...]
    flags: tuple[str, ...]
    unknown: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class ReachAnswer:
    """Which measures reach the subject, and which do not and why."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    reached: LawVerdict
    measures: tuple[MeasureFinding, ...]
    undetermined: tuple[MeasureFinding, ...]
    not_measures: tuple[MeasureFinding, ...]
    conflicts: tuple[Conflict, ...]
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class QualifyAnswer:
    """May the person take the post; until when not, by which article; conflicts shown."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    allowed: LawVerdict
    barred_until: str | None
    bans: tuple[MeasureFinding, ...]
    undetermined: tuple[MeasureFinding, ...]
    not_bans: tuple[MeasureFinding, ...]
    conflicts: tuple[Conflict, ...]
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """One condition of a scheme and the facts it looked at."""

    clause: str
    met: Holds
    unknown: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeAnswer:
    """The grade of a subject under a scheme, with every condition; `grade` null where the scheme gives none."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
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
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


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


@dataclass(frozen=True, slots=True)
class BiddersAnswer:
    """Conflicts between the bidders of one procedure, and who of them is on which list on its day."""

    question: LawQuestion
    bidders: tuple[NodeRef, ...]
    clocks: Clocks
    conflict: LawVerdict
    pairs: tuple[PairFinding, ...]
    undetermined: tuple[PairFinding, ...]
    not_pairs: tuple[PairFinding, ...]
    listed: tuple[BidderListing, ...]
    evidence: dict[str, Evidence]
    timing: Timing


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


@dataclass(frozen=True, slots=True)
class ControllerAnswer:
    """Who controls the enterprise: ranked hypotheses; `undetermined` is a valid answer."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    answer: LawVerdict
    controllers: tuple[ControllerFinding, ...]
    undetermined: tuple[ControllerFinding, ...]
    not_controllers: tuple[ControllerFinding, ...]
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class OwnerFinding:
    """One person under the tests in order, or one holder with his share in the end."""

    who: NodeRef
    test: str | None
    share: Percent
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeneficialOwnersAnswer:
    """The beneficial owners (令〔2024〕3号): who is, who is not, who cannot be told."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    answer: LawVerdict
    owners: tuple[OwnerFinding, ...]
    undetermined: tuple[OwnerFinding, ...]
    not_owners: tuple[OwnerFinding, ...]
    exempt: Holds
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class HoldingsAnswer:
    """Who owns how much of a subject in the end (`owners`), or how much of whom it owns (`holdings`)."""

    question: LawQuestion
    subject: Subject
    clocks: Clocks
    economic: tuple[OwnerFinding, ...]
    votes: tuple[OwnerFinding, ...]
    flags: tuple[str, ...]
    truncated: bool
    evidence: dict[str, Evidence]
    timing: Timing


@dataclass(frozen=True, slots=True)
class RelatedAnswer:
    """Whether two subjects are related parties (公司法 265(四)), by whom."""

    question: LawQuestion
    a: Subject
    b: Subject
    clocks: Clocks
    related_party: LawVerdict
    by: tuple[NodeRef, ...]
    grounds: tuple[str, ...]
    flags: tuple[str, ...]
    evidence: dict[str, Evidence]
    timing: Timing


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
