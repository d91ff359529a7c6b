"""The rows that several questions share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """One claim that ties the subject asked for to another one."""

    subject: str
    id: str
    label: str
    caption: str | None
    relation: str
    post: str | None
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Share:
    """One claim of a shareholding."""

    subject: str
    id: str
    label: str
    caption: str | None
    percent: str | None
    votes: str | None
    subscribed: str | None
    paid: str | None
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Membership:
    """One membership in a list; `claim` is also the id of the Listing node."""

    subject: str
    label: str
    caption: str | None
    list: str | None
    polarity: str | None
    stage: str | None
    listed: str | None
    removed: str | None
    unknown_since: str | None
    number: str | None
    ground: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One penalty decision; `claim` is also the id of the Penalty node."""

    subject: str
    label: str
    caption: str | None
    number: str | None
    violation: str | None
    kinds: str | None
    fine: str | None
    decided: str | None
    annulled: str | None
    authority: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A subject and how often something is true of it."""

    id: str
    label: str
    caption: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """A text and how many subjects share it."""

    text: str
    count: int
