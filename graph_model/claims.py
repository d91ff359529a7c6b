"""Claims: how a fact gets its stable id, and how its clocks are read.

A claim id is `<fact>-<content>`: the fact (who says it, of whom, which relation, told apart by its identifying
values) and the content (everything else it says). The same file read twice gives the same ids; a changed value
keeps the fact and changes the content; content that comes back after it was closed gets `-2`, `-3` ….
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from graph_model.kinds import UNKNOWN

FACT_HEX, CONTENT_HEX = 20, 10
SEPARATOR = "\x1f"  # ASCII unit separator: no source prints it, so joined parts stay apart

# bounds that another claim of the same fact gives; never stored
STARTED, ENDED = "dated_from", "dated_to"

Holds = Literal["yes", "no", "undetermined"]
Status = Literal["asserted", "candidate", "disputed", "closed"]
ASSERTED: Status = "asserted"
CANDIDATE: Status = "candidate"


def digest(*parts: str | None, size: int = FACT_HEX) -> str:
    """The first `size` hex digits of the sha-256 of the parts, the same as DuckDB's `sha256` over the joined text."""
    joined = SEPARATOR.join(part or "" for part in parts)
    return sha256(joined.encode()).hexdigest()[:size]


def claim_id(fact: str, content: str, occurrence: int = 1) -> str:
    """The id of the claim that states `content` of `fact` for the n-th time."""
    return f"{fact}-{content}" if occurrence == 1 else f"{fact}-{content}-{occurrence}"


def fact_of(claim: str) -> str:
    """The fact a claim id is about."""
    return claim.partition("-")[0]


def holds_at(claim: Mapping[str, Any], day: str) -> Holds:
    """Whether a claim holds on `day` (ISO), read from its valid time; `undetermined` where a bound that decides is unknown.

    Its start may be unknown: then the day on which the source stated it (`as_of`) is the first sure day. An end
    that is unknown (历任) lies before the day on which it was stated. From `unknown_since` on nothing is sure but
    an end that is stated. A shorter date is some day in it.
    """
    start, end = claim.get("valid_from") or claim.get(STARTED), claim.get("valid_to") or claim.get(ENDED)
    if start and start != UNKNOWN and earliest(start) > day:
        return "no"
    if end and end != UNKNOWN and latest(end) < day:
        return "no"
    stated = claim.get("as_of")
    if end == UNKNOWN:
        return "no" if stated and latest(stated) <= day else "undetermined"
    sure_from = latest(start) if start and start != UNKNOWN else stated
    if not sure_from or latest(sure_from) > day:
        return "undetermined"
    if end and earliest(end) < day:
        return "undetermined"
    gone = claim.get("unknown_since")
    return "undetermined" if gone and not end and earliest(gone) <= day else "yes"


def date_by_others(claims: Sequence[dict[str, Any]]) -> None:
    """Give undated claims of one fact the term that another claim states, if they were made within it.

    One register says from when to when a man was director, another only that he was on its day: one directorship.
    """
    dated = [c for c in claims if c.get("valid_from") and c["valid_from"] != UNKNOWN]
    for claim in claims:
        stated = claim.get("as_of")
        if claim.get("valid_from") or not stated:
            continue
        terms = [c for c in dated if holds_at({**c, "as_of": None}, latest(stated)) == "yes"]
        if terms:
            term = min(terms, key=lambda c: (c["valid_from"], c.get("valid_to") or ""))
            claim[STARTED], claim[ENDED] = term["valid_from"], claim.get("valid_to") or term.get("valid_to")


def earliest(day: str) -> str:
    """The first day a date can mean."""
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]


def latest(day: str) -> str:
    """The last day a date can mean; month ends need no calendar, since days compare as text."""
    return f"{day}-12-31"[:10] if len(day) == 4 else f"{day}-31"[:10]


@dataclass(frozen=True, slots=True)
class Clocks:
    """The instants a question is asked for: when true, when known (a run), which law."""

    valid_at: str
    known_run: int
    known_at: str
    rules_at: str


GRADES = ("confirmed", "anchored", "probable", "name_only", "ambiguous", "ruled_out")
POSITIVE_GRADES = GRADES[:2]


def weakest(grades: tuple[str, ...]) -> str:
    """The weakest of the grades crossed on a path; `confirmed` when none was."""
    return max(grades, key=GRADES.index, default=GRADES[0])
