"""The rules as values; `statutes` reads them from the YAML under `rules/`, `checks` holds them against each other.

No rule is in code. A rule carries its instrument and article, the window and place it is in force, the words that
operate (verbatim), their sense in our own words, and how far its text was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as checked

from queries.law.clocks import LAST

_STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
# quoted: stored text of the instrument. secondary: a third party's page. memory: to be verified. unstated: the source
# gives no value.
Mark = Literal["quoted", "secondary", "memory"]
Modality = Literal["应当", "可以", "不得"]
RoleTime = Literal["now", "decision", "conduct"]
LIFE, OPEN, FIXED, UNSTATED, AT_ONCE = "life", "open", "fixed", "unstated", "at_once"
OWN_TRADE = "本行业"
Where = dict[str, Any]


@checked(frozen=True, config=_STRICT)
class Version:
    """One text of an instrument and the days it is in force."""

    from_: date
    until: date | None = None
    mark: Mark = "quoted"
    source: str = ""
    note: str = ""


@checked(frozen=True, config=_STRICT)
class Instrument:
    """A law, regulation or document that rules are taken from."""

    name: str
    full: str
    authority: str
    versions: list[Version]
    number: str = ""
    place: str | None = None


@checked(frozen=True, config=_STRICT)
class Trigger:
    """What sets a rule off: a fact of a kind whose values are among those named."""

    fact: Literal["penalty", "listing", "order", "debt", "registration", "enforcement", "grade"]
    where: Where = field(default_factory=dict)


@checked(frozen=True, config=_STRICT)
class Effect:
    """What a measure does: to which posts, in which trade; no posts: it bears on nothing one can be asked to qualify for.

    The trade 本行业 is that of the unit through which it reaches.
    """

    measure: str
    posts: list[str] = field(default_factory=list)
    trade: str | None = None
    other_units: bool = False
    target_kinds: list[str] = field(default_factory=list)
    needs_unit: bool = False


@checked(frozen=True, config=_STRICT)
class _Rule:
    """`reading`: whether a person or session compared article and words with the stored text that the instrument's version names."""

    id: str
    instrument: str
    article: str
    from_: date
    mark: Mark
    terms: list[str]
    sense: str
    until: date | None = None
    place: str | None = None
    reading: Literal["unread", "read"] = "unread"
    read_on: date | None = None
    source: str = ""
    file: str = ""
    line: int = 0

    @property
    def cited(self) -> str:
        """Instrument and article, as an answer cites it."""
        return f"{self.instrument} {self.article}".strip()

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.from_ <= day <= (self.until or LAST)


@checked(frozen=True, config=_STRICT)
class Measure(_Rule):
    """Who is reached by what: a trigger, the roles it reaches, a condition, and how long.

    `role_time`: when the role must be held. `self`: it reaches the very subject the trigger is about; `of_persons`: only
    where that is a natural person. `duration`: a
    period, `life`, `open` (as long as the trigger is in force) or `fixed` (the day in `fixed_by`). `clock`: a narrower
    trigger from which alone the period counts. `to_life`: the text goes from the period up to life. `trades`: only
    units of these trades. `condition_doubtful`: whether the condition is one of the measure is itself in doubt.
    """

    trigger: Trigger = field(default_factory=lambda: Trigger("penalty"))
    effects: list[Effect] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    role_time: RoleTime = "decision"
    self: bool = False
    of_persons: bool = False
    condition: str | None = None
    condition_doubtful: bool = False
    trades: list[str] = field(default_factory=list)
    to_life: bool = False
    start: str = "decided"
    clock: Where = field(default_factory=dict)
    duration: str = OPEN
    fixed_by: str = ""
    modality: Modality = "不得"
    conflicts: list[str] = field(default_factory=list)
    prevails: str | None = None


@checked(frozen=True, config=_STRICT)
class Term:
    """How long a listing lasts where its values are among those named: a period, `open`, `unstated`, or two periods a-b."""

    last: str
    where: Where = field(default_factory=dict)
    extended_by: str | None = None


@checked(frozen=True, config=_STRICT)
class Repair:
    """From when repair may be asked: a period from the day in `start`, what must be stated, which kinds never.

    `after`: a period that must have passed, `at_once`, or `unstated`.
    """

    after: str
    start: str
    needs: list[str] = field(default_factory=list)
    barred: list[str] = field(default_factory=list)
    where: Where = field(default_factory=dict)


@checked(frozen=True, config=_STRICT)
class ListRule(_Rule):
    """The life of a listing: its term, when repair may be asked, what masks it, whom it must not be extended to."""

    list_: str = ""
    terms_of: list[Term] = field(default_factory=list)
    start: str = "listed"
    repair: list[Repair] = field(default_factory=list)
    masked_by: dict[str, str] = field(default_factory=dict)
    head_words: dict[str, int] = field(default_factory=dict)
    names_roles: list[str] = field(default_factory=list)
    not_extended_to: list[str] = field(default_factory=list)
    not_extended_article: str = ""


@checked(frozen=True, config=_STRICT)
class Grading:
    """One step of grading a penalty; the first whose conditions are met decides, one that cannot be decided stops."""

    severity: str
    kinds_only: list[str] = field(default_factory=list)
    kinds_any: list[str] = field(default_factory=list)
    ground_has: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    amount_in: Literal["", "ordinary", "serious"] = ""
    stated: bool = False


@checked(frozen=True, config=_STRICT)
class Shown:
    """How long a penalty of a class is shown: `never`, or at most `last`; `least` before repair; `fixed_by` where later.

    `last` of two periods (`3月-3年`): the text leaves open which. `unpublished`: only those that nobody published;
    `of_persons`: only those of natural persons. `while_listed`: lists on which the subject, if it is on one when the
    period ends, keeps the penalty shown until it leaves.
    """

    last: str
    severity: str = ""
    unpublished: bool = False
    of_persons: bool = False
    while_listed: list[str] = field(default_factory=list)
    kinds_only: list[str] = field(default_factory=list)
    kinds_any: list[str] = field(default_factory=list)
    where: Where = field(default_factory=dict)
    fixed_by: str = ""
    repair: list[Repair] = field(default_factory=list)


@checked(frozen=True, config=_STRICT)
class Display(_Rule):
    """How a platform shows penalties: which class a penalty is in and how long that class is shown."""

    platform: str = ""
    start: str = "decided"
    grading: list[Grading] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


@checked(frozen=True, config=_STRICT)
class Liability(_Rule):
    """What only a court can extend: the elements stated in the facts, who bears the burden, and the limit.

    `condition`: what somebody must have found of the person, for the elements `found` and `general_partner`.
    """

    elements: list[str] = field(default_factory=list)
    who: Literal["shareholder", "former_shareholder", "any"] = "shareholder"
    burden: str = "申请执行人"
    limit: str = ""
    amount: str = ""
    condition: str = ""


@checked(frozen=True, config=_STRICT)
class BidRule(_Rule):
    """When two bidders of one procedure conflict."""

    bid: str = ""
    grounds: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@checked(frozen=True, config=_STRICT)
class Figure(_Rule):
    """A number or choice that a rule states and a calculation uses."""

    name: str = ""
    value: str = ""


@checked(frozen=True, config=_STRICT)
class Precedence(_Rule):
    """Which kind of source prevails where two differ."""

    prevails: str = ""


RULE_KINDS: Mapping[str, Any] = {
    "measure": Measure, "list": ListRule, "display": Display, "liability": Liability, "bid": BidRule, "figure": Figure,
    "precedence": Precedence,
}  # fmt: skip


@dataclass(frozen=True)
class Law:
    """All rules, checked."""

    instruments: Mapping[str, Instrument]
    measures: tuple[Measure, ...]
    lists: tuple[ListRule, ...]
    displays: tuple[Display, ...]
    liabilities: tuple[Liability, ...]
    bids: tuple[BidRule, ...]
    figures: tuple[Figure, ...]
    precedences: tuple[Precedence, ...]
    schemes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[Any, ...]:
        """Every rule, schemes apart."""
        return (*self.measures, *self.lists, *self.displays, *self.liabilities, *self.bids, *self.figures, *self.precedences)

    def figure(self, name: str, day: date) -> Figure | None:
        """The number in force on a day."""
        return next((f for f in self.figures if f.name == name and f.in_force(day)), None)
