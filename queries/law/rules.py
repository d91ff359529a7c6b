"""The rules: YAML under `rules/`, read into values and checked against each other.

No rule is in code. A rule carries its instrument and article, the window and place it is in force, the words that
operate (verbatim), their sense in our own words, and how far its text was read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from graph_model.errors import ModelError
from graph_model.kinds import UNKNOWN
from graph_model.model import MODEL
from queries.law.clocks import FIRST, LAST, last_day
from queries.law.reader import LINE, read_yaml

_STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
# quoted: stored text of the instrument. secondary: a third party's page. memory: to be verified. unstated: the source
# gives no value.
Mark = Literal["quoted", "secondary", "memory"]
Modality = Literal["应当", "可以", "不得"]
RoleTime = Literal["now", "decision", "conduct"]
LIFE, OPEN, FIXED, UNSTATED = "life", "open", "fixed", "unstated"
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

    fact: Literal["penalty", "listing", "order", "debt", "registration", "enforcement"]
    where: Where = field(default_factory=dict)


@checked(frozen=True, config=_STRICT)
class Effect:
    """What a measure does: to which posts, in which trade; no posts: it bears on nothing one can be asked to qualify for."""

    measure: str
    posts: list[str] = field(default_factory=list)
    trade: str | None = None
    other_units: bool = False
    target_kinds: list[str] = field(default_factory=list)
    needs_unit: bool = False


@checked(frozen=True, config=_STRICT)
class _Rule:
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
    """From when repair may be asked: a period from the day in `start`, what must be stated, which kinds never."""

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
    amount_in: Literal["", "ordinary", "serious"] = ""
    stated: bool = False


@checked(frozen=True, config=_STRICT)
class Shown:
    """How long a penalty of a class is shown: `never`, or at most `last`; `least` before repair; `fixed_by` where later.

    `last` of two periods (`3月-3年`): the text leaves open which.
    """

    last: str
    severity: str = ""
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
    """What only a court can extend: the elements stated in the facts, who bears the burden, and the limit."""

    elements: list[str] = field(default_factory=list)
    who: Literal["shareholder", "former_shareholder", "any"] = "shareholder"
    burden: str = "申请执行人"
    limit: str = ""
    amount: str = ""


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


_KIND_OF = {made: kind for kind, made in RULE_KINDS.items()}


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


@lru_cache(maxsize=1)
def law() -> Law:
    """The rules that come with the product. Raises `ModelError` with every problem, file and line."""
    found, problems = load_rules({p.name: p.read_text(encoding="utf-8") for p in _files()})
    if problems:
        raise ModelError("the rules contradict themselves:\n  " + "\n  ".join(problems))
    return found


def _files() -> Iterable[Any]:
    return sorted((p for p in files("queries.law").joinpath("rules").iterdir() if p.name.endswith(".yml")), key=lambda p: p.name)


def rules_problems() -> list[str]:
    """Every contradiction in the rules that come with the product, with file and line."""
    return load_rules({p.name: p.read_text(encoding="utf-8") for p in _files()})[1]


def rule_rows(found: Law) -> list[dict[str, Any]]:
    """Rules and schemes as rows, by instrument."""
    rows = [{"instrument": r.instrument, "article": r.article, "id": r.id, "kind": _KIND_OF[type(r)], "from": str(r.from_),
             "until": str(r.until) if r.until else None, "place": r.place, "mark": r.mark, "reading": r.reading, "sense": r.sense}
            for r in found.rules]  # fmt: skip
    for name, scheme in found.schemes.items():
        rows.append({"instrument": scheme.get("instrument") or scheme.get("source"), "article": "", "id": name, "kind": "scheme",
                     "from": scheme.get("from_"), "until": scheme.get("until"), "place": scheme.get("place"), "mark": "quoted",
                     "reading": "unread", "sense": str(scheme.get("reading") or "")})  # fmt: skip
    return sorted(rows, key=lambda r: (str(r["instrument"]), str(r["article"]), str(r["id"])))


def rule_shown(found: Law, name: str) -> dict[str, Any] | None:
    """One rule, instrument or scheme with everything its file says."""
    rule = next((r for r in found.rules if r.id == name), None) or found.instruments.get(name)
    if rule is None:
        return dict(found.schemes[name]) if name in found.schemes else None
    shown: dict[str, Any] = TypeAdapter(type(rule)).dump_python(rule, mode="json")
    return shown


def load_rules(texts: Mapping[str, str]) -> tuple[Law, list[str]]:
    """The rules in files by name, and every problem found in them."""
    problems: list[str] = []
    instruments: dict[str, Instrument] = {}
    rules: dict[str, list[Any]] = {kind: [] for kind in RULE_KINDS}
    schemes: dict[str, Mapping[str, Any]] = {}
    for name, text in texts.items():
        document = read_yaml(text, name, lines=True) or {}
        for entry in document.get("instruments", ()):
            made = _made(Instrument, entry, name, problems)
            if made is not None:
                instruments[made.name] = made
        for entry in document.get("rules", ()):
            kind = entry.pop("kind", None)
            if kind not in RULE_KINDS:
                problems.append(f"{name}, line {entry[LINE]}: kind {kind!r}; known: {', '.join(RULE_KINDS)}")
                continue
            if kind == "list":
                entry["list_"] = entry.pop("list", "")
            made = _made(RULE_KINDS[kind], {**entry, "file": name, "line": entry[LINE]}, name, problems)
            if made is not None:
                rules[kind].append(made)
        for entry in document.get("schemes", ()):
            schemes[entry["name"]] = _plain(entry) | {"file": name, "line": entry[LINE]}
    made_law = Law(
        instruments, tuple(rules["measure"]), tuple(rules["list"]), tuple(rules["display"]), tuple(rules["liability"]),
        tuple(rules["bid"]), tuple(rules["figure"]), tuple(rules["precedence"]), schemes,
    )  # fmt: skip
    return made_law, [*problems, *check(made_law)]


def _made(kind: Any, entry: Mapping[str, Any], name: str, problems: list[str]) -> Any:
    values = _plain(entry)
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        for one in error.errors():
            where = ".".join(str(p) for p in one["loc"])
            problems.append(f"{name}, line {entry[LINE]}: {where}: {one['msg']}")
        return None


def _plain(value: Any) -> Any:
    """Without line marks; `from` is `from_` in Python."""
    if isinstance(value, Mapping):
        return {("from_" if k == "from" else k): _plain(v) for k, v in value.items() if k != LINE}
    return [_plain(v) for v in value] if isinstance(value, list) else value


# --- checks ---------------------------------------------------------------------------------------------


def check(found: Law) -> Iterator[str]:
    """Every contradiction between rules, with file and line."""
    seen: dict[str, Any] = {}
    for rule in found.rules:
        at = f"{rule.file}, line {rule.line}: {rule.id}"
        if rule.id in seen:
            yield f"{at}: the id is used twice (also line {seen[rule.id].line})"
        seen[rule.id] = rule
        yield from (f"{at}: {problem}" for problem in _rule_problems(found, rule))
    yield from _overlaps(found)


def _rule_problems(found: Law, rule: Any) -> Iterator[str]:
    instrument = found.instruments.get(rule.instrument)
    if instrument is None:
        yield f"unknown instrument {rule.instrument}"
    elif not any(_inside(rule, version) for version in instrument.versions):
        yield f"its window {rule.from_} to {rule.until or 'now'} lies in no version of {rule.instrument}"
    if not rule.article and not rule.source and rule.mark == "quoted":
        yield "a quoted rule needs its article or the lines of its source"
    if not rule.terms or not rule.sense.strip():
        yield "needs the operative terms and the sense"
    if rule.until is not None and rule.until < rule.from_:
        yield "ends before it begins"
    yield from _KIND_PROBLEMS.get(type(rule).__name__, lambda _: iter(()))(rule)


def _inside(rule: Any, version: Version) -> bool:
    return version.from_ <= rule.from_ and (version.until or LAST) >= (rule.until or LAST)


def _measure_problems(rule: Measure) -> Iterator[str]:
    for role in rule.roles:
        if role not in MODEL.role:
            yield f"unknown role {role}"
    if not rule.roles and not rule.self:
        yield "reaches nobody: give roles or self"
    if rule.duration not in (LIFE, OPEN) and not rule.start:
        yield "a duration without a start rule"
    if rule.duration == FIXED and not rule.fixed_by:
        yield "a fixed duration needs fixed_by"
    if not rule.effects:
        yield "has no effect"
    listed = rule.trigger.where.get("list")
    for name in [listed] if isinstance(listed, str) else listed or ():
        if name not in MODEL.list_named:
            yield f"unknown list {name}"
    yield from _periods([rule.duration])


def _list_problems(rule: ListRule) -> Iterator[str]:
    if rule.list_ not in MODEL.list_named:
        yield f"unknown list {rule.list_}"
    if not rule.terms_of:
        yield "needs a term"
    yield from _periods([part for t in rule.terms_of for part in t.last.split("-")])
    yield from _periods([r.after for r in rule.repair])


def _display_problems(rule: Display) -> Iterator[str]:
    if not rule.start:
        yield "a duration without a start rule"
    if not rule.shown:
        yield "shows nothing"
    yield from _periods([part for s in rule.shown for part in s.last.split("-") if s.last != "never"])


def _liability_problems(rule: Liability) -> Iterator[str]:
    if not rule.elements:
        yield "needs elements"


_KIND_PROBLEMS: Mapping[str, Any] = {
    "Measure": _measure_problems, "ListRule": _list_problems, "Display": _display_problems, "Liability": _liability_problems,
}  # fmt: skip


def _periods(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text in (LIFE, OPEN, FIXED, UNSTATED, UNKNOWN):
            continue
        try:
            last_day(FIRST.replace(year=2000), text)
        except ValueError as error:
            yield str(error)


def _overlaps(found: Law) -> Iterator[str]:
    """Two versions of one instrument, or two rules of a list or platform, in force on the same day."""
    for instrument in found.instruments.values():
        for a, b in _pairs(sorted(instrument.versions, key=lambda v: v.from_)):
            if (a.until or LAST) >= b.from_:
                yield f"{instrument.name}: two versions are in force on {b.from_}"
    groups: dict[tuple[str, ...], list[Any]] = {}
    for one in found.lists:
        groups.setdefault(("list", one.list_), []).append(one)
    for shown in found.displays:
        groups.setdefault(("display", shown.platform, shown.place or ""), []).append(shown)
    for rules in groups.values():
        for a, b in _pairs(sorted(rules, key=lambda r: r.from_)):
            if (a.until or LAST) >= b.from_:
                yield f"{b.file}, line {b.line}: {b.id} and {a.id} are both in force on {b.from_}"


def _pairs(ordered: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(ordered, ordered[1:], strict=False)
