"""The contract of the answers: what every face of Xinpu hands out, as frozen values.

`as_data` gives plain JSON data, `canonical` the text that two stores must agree on byte for byte (without the
timing). The JSON Schema beside this file is generated from these classes (`schema.py`).
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from graph_model.claims import Clocks, Holds
from graph_model.schema import Polarity

Verb = Literal["linked", "path", "show", "search", "info"]
Grade = Literal["confirmed", "anchored", "probable", "name_only", "ambiguous", "ruled_out"]
Flag = Literal["hub", "state_parent", "identity_probable", "candidate"]
# displayed: stands on the list at the day asked; removed: its end is stated; unknown_since: the source no longer
# shows it; proposed: 拟列入; ended: its statutory term is over; repaired, annulled: so decided; later: listed after the day asked; undated: the dates do not decide.
ListingState = Literal[
    "displayed", "removed", "unknown_since", "proposed", "later", "undated", "ended", "repaired", "annulled",
]  # fmt: skip
From = Annotated[str, Field(alias="from")]
FromDay = Annotated[str | None, Field(alias="from")]
ORDER = ("fewest hops", "strongest evidence", "newest", "id")

# --- who ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NodeRef:
    """A node by id, with the caption its records give at the run asked."""

    id: str
    label: str
    caption: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: an id, a number or a name, and the enterprise in whose record a person is named."""

    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The enterprise or document in whose record a candidate is named."""

    id: str
    caption: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One subject that may be meant, never more than that."""

    id: str
    label: str
    caption: str
    identity: Grade
    anchor: Anchor | None
    reason: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A node judged to be the same subject, the weakest grade on the way to it and the claims that say so."""

    id: str
    grade: Grade
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the answer is about; `id` is null where the text does not single out one subject.

    `namesakes`: how many nodes bear the name; null where the question was not by name.
    """

    asked: Asked
    id: str | None
    label: str | None
    caption: str | None
    identity: Grade
    reason: str | None
    same_as: tuple[Folded, ...]
    candidates: tuple[Candidate, ...]
    namesakes: int | None


# --- the question ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkedQuestion:
    """The question in canonical form: every default filled in."""

    verb: Literal["linked"]
    subject: Asked
    at: str
    known_at: str
    rules_at: str
    place: str | None
    history: str | None
    to: str | None
    max_hops: int
    identity: Grade
    limit: int
    budget_seconds: float


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """The question in canonical form: every default filled in."""

    verb: Literal["path"]
    a: Asked
    b: Asked
    at: str
    known_at: str
    rules_at: str
    max_hops: int
    identity: Grade
    limit: int
    budget_seconds: float


# --- what was found -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """Another relation that ties the two nodes of a step on the same day."""

    along: Literal["out", "in"]
    relation: str
    term: str
    post: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, in path order; `along` says whether the relation points that way (`out`) or back (`in`).

    A SAME_AS step has a `grade` and costs no hop. `claims`: one a source, the strongest first. `also`: what else
    surely ties the two on that day.
    """

    from_: From
    to: str
    along: Literal["out", "in"]
    relation: str
    term: str
    post: str | None
    percent: str | None
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    holds: Holds
    claims: tuple[str, ...]
    grade: Grade | None
    also: tuple[Beside, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Every claim the step shows."""
        return (*self.claims, *(claim for one in self.also for claim in one.claims))


@dataclass(frozen=True, slots=True)
class Path:
    """A path from the subject, with the weakest identity grade that it crosses."""

    nodes: tuple[NodeRef, ...]
    steps: tuple[Step, ...]
    hops: int
    identity: Grade
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One listing of the subject, or one path to another subject that is listed; `holds` for the whole of it."""

    kind: Literal["listing", "path"]
    list: str
    polarity: Polarity
    severe: bool
    state: ListingState
    from_: FromDay
    to: str | None
    since: str | None
    holds: Holds
    subject: NodeRef
    hops: int
    path: Path | None
    flags: tuple[Flag, ...]
    listing: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict; a reason wherever it is not plainly borne by its findings."""

    answer: Holds
    reason: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Four things that stay apart: listed himself, reached by a measure, associated in fact, liable if a court rules."""

    listed: Verdict
    reached: Verdict
    associated: Verdict
    liable_if_ruled: Verdict


# --- how much was looked at -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListSource:
    """One source of a list as loaded: the day it is stated for, its run, how many listings it has open."""

    source: str
    name: str
    as_of: str | None
    published: str | None
    complete: bool | None
    rows: int


@dataclass(frozen=True, slots=True)
class ListCoverage:
    """One list that was searched."""

    list: str
    polarity: Polarity
    severe: bool
    listings: int
    sources: tuple[ListSource, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The time given, and whether it ran out before the search was complete."""

    seconds: float
    exhausted: bool


@dataclass(frozen=True, slots=True)
class Hub:
    """A node with so many relations that a path through it says little."""

    id: str
    caption: str
    degree: int


@dataclass(frozen=True, slots=True)
class Searched:
    """How many nodes and relations the search looked at."""

    nodes: int
    relations: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched and what was not: `hops` were searched completely, `cut` says what was left out, in order."""

    lists: tuple[ListCoverage, ...]
    not_covered: tuple[str, ...]
    hops: int
    truncated: bool
    cut: tuple[str, ...]
    order: tuple[str, ...]
    budget: Budget
    hubs: tuple[Hub, ...]
    candidates_excluded: int
    searched: Searched


# --- where it comes from --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a document's text: from `start` up to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one claim comes from and, in one Chinese sentence, what it states; `raw` is the source's own row."""

    source: str
    source_name: str
    rank: int
    document: str | None
    document_name: str | None
    sheet: str | None
    row: int | None
    span: Span | None
    status: str
    raw: dict[str, str] | None
    statement: str


@dataclass(frozen=True, slots=True)
class Timing:
    """How long it took and how many questions the store was asked; no part of the canonical form."""

    seconds: float
    queries: int


# --- answers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """How are these two connected: the shortest paths, each dated and evidenced."""

    question: PathQuestion
    a: Subject
    b: Subject
    clocks: Clocks
    connected: Verdict
    paths: tuple[Path, ...]
    coverage: Coverage
    evidence: dict[str, Evidence]
    timing: Timing


def as_data(answer: Any) -> dict[str, Any]:
    """The answer as plain JSON data, `from_` written `from`."""
    kind: Any = type(answer)
    data: dict[str, Any] = adapter(kind).dump_python(answer, mode="json", by_alias=True)
    return data


def canonical(answer: Any) -> str:
    """The answer as one line of JSON with sorted keys and without its timing: equal answers are equal text."""
    data = {key: value for key, value in as_data(answer).items() if key != "timing"}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The serialiser of an answer class."""
    return TypeAdapter(kind)
