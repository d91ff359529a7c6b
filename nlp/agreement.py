"""Which predicted entities and facts are the annotated ones, one to one, and how well their attributes agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.alike import (
    canonical_list,
    canonical_measure,
    canonical_role,
    overlap,
    plain,
    plain_number,
    same_amount,
    same_date,
    same_number,
)

Record = Mapping[str, Any]
Attrs = Mapping[str, Any]
REAL, REMOVED, UNREAL = "real", "removed", "unreal"
_CLASS = {"asserted": REAL, "removed": REMOVED, "planned": UNREAL, "proposed": UNREAL, "conditional": UNREAL, "negated": UNREAL}
_ORGANISATIONS = frozenset({"Enterprise", "SocialOrg", "Institution", "Authority", "Court"})
_AMOUNTS = ("fine_amount", "confiscated_amount", "group_total_amount")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of a record with every form of its name."""

    type: str
    types: frozenset[str]
    name: str
    names: frozenset[str]
    attrs: Attrs
    raw: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One record made ready for comparison."""

    kind: str
    entities: Mapping[str, Named]
    facts: Sequence[Record]
    ignored: frozenset[str] = field(default_factory=frozenset)


def passage(record: Record) -> Passage:
    """The record made ready for comparison."""
    text = record.get("text", "")
    entities = {item["id"]: _named(item, text) for item in record.get("entities") or ()}
    ignored = frozenset(plain(name) for name in record.get("ignore") or ())
    return Passage(str(record.get("kind")), entities, record.get("facts") or (), ignored)


def _named(item: Record, text: str) -> Named:
    attrs = item.get("attrs") or {}
    aliases = attrs.get("alias") or ()
    forms = [item.get("name"), *((aliases,) if isinstance(aliases, str) else aliases)]
    forms += [text[a:b] for a, b in item.get("mention_spans") or ()] if text else []
    names = frozenset(plain(form) for form in forms) - {""}
    types = frozenset((item["type"], *(item.get("alt_types") or ())))
    return Named(item["type"], types, plain(item.get("name")), names, attrs, str(item.get("name")))


def status_class(fact: Record) -> str:
    """Whether a fact holds, was lifted, or is not (yet) real."""
    return _CLASS.get(fact.get("status", "asserted"), REAL)


def match_entities(gold: Passage, found: Passage) -> tuple[dict[str, str], list[str]]:
    """Found id → gold id, by name first and by any form of the name then; and the found ids that are duplicates."""
    pairs: dict[str, str] = {}
    for same in (lambda f, g: f.name == g.name, lambda f, g: f.name in g.names):
        _pair(gold, found, pairs, same)
    doubles = [
        key for key, entity in found.entities.items()
        if key not in pairs and any(entity.type in g.types and entity.name in g.names for g in gold.entities.values())
    ]  # fmt: skip
    return pairs, doubles


def _pair(gold: Passage, found: Passage, pairs: dict[str, str], same: Callable[[Named, Named], bool]) -> None:
    used = set(pairs.values())
    for key, entity in found.entities.items():
        fits = (k for k, g in gold.entities.items() if k not in used and entity.type in g.types and same(entity, g))
        home = None if key in pairs else next(fits, None)
        if home is not None:
            pairs[key] = home
            used.add(home)


# --- facts -------------------------------------------------------------------------------------------


def match_facts(gold: Passage, found: Passage) -> list[tuple[int, int]]:
    """The pairs of one gold and one found fact that say the same, the best pair first, required before optional."""
    pairs = []
    for i, fact in enumerate(gold.facts):
        for j, other in enumerate(found.facts):
            likeness = alike(gold, fact, found, other)
            if likeness is not None:
                pairs.append((-likeness, bool(fact.get("optional")), i, j))
    taken: list[tuple[int, int]] = []
    for _, _, i, j in sorted(pairs):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return taken


def alike(gold: Passage, fact: Record, found: Passage, other: Record) -> float | None:
    """How like two facts are; None where they are not the same."""
    if fact["type"] != other.get("type") or status_class(fact) != status_class(other):
        return None
    if not same_entity(gold, fact["subject"], found, other.get("subject")):
        return None
    return _RULES[fact["type"]](_Pair(gold, fact, found, other))


def same_entity(gold: Passage, key: str | None, found: Passage, other: str | None) -> bool:
    """Whether two ids mean the same by name; one kind of organisation is forgiven for another."""
    one, two = gold.entities.get(key or ""), found.entities.get(other or "")
    if one is None or two is None or two.name not in one.names:
        return False
    return two.type in one.types or {one.type, two.type} <= _ORGANISATIONS or "List" in (one.type, two.type)


class _Pair:
    """A gold fact and a found one, with what their comparison needs."""

    def __init__(self, gold: Passage, fact: Record, found: Passage, other: Record) -> None:
        self.attrs: Attrs = fact.get("attrs") or {}
        self.theirs: Attrs = other.get("attrs") or {}
        self.others: Attrs = fact.get("attrs_alt") or {}
        organ = gold.entities.get(fact.get("object") or "")
        self.organ = organ.names if organ is not None else None
        self.object = same_entity(gold, fact.get("object"), found, other.get("object"))
        listed = found.entities.get(other.get("object") or "")
        self.list_name = listed.raw if listed is not None else None

    def number(self, key: str, value: object) -> bool:
        """Whether a found number is the gold's, or one accepted in its place."""
        accepted = [self.attrs.get(key), *(self.others.get(key) or ())]
        return any(same_number(number, value, self.organ) for number in accepted if number)

    def other_amount(self) -> bool:
        """Whether an amount that is accepted in place of the gold's was found, under whatever name."""
        return any(same_amount(v, self.theirs.get(k)) for k in _AMOUNTS for v in self.others.get(k) or ())


def _penalty(pair: _Pair) -> float | None:
    ours, theirs = pair.attrs, pair.theirs
    same_no = pair.number("decision_no", theirs.get("decision_no"))
    amounts = [key for key in _AMOUNTS if key in ours]
    equal = all(k == "confiscated_amount" and "fine_amount" in ours or same_amount(ours[k], theirs.get(k)) for k in amounts)
    same_sum = bool(amounts) and (equal or pair.other_amount())
    same_day = "date" not in ours or same_date(ours["date"], theirs.get("date"))
    numbered = bool(plain_number(ours.get("decision_no")))
    if numbered or amounts:
        if not (same_no or same_sum and same_day):
            return None
        if numbered and plain_number(theirs.get("decision_no")) and not same_no:
            return None
    elif theirs.get("date") and not same_day:
        return None
    day = "date" in ours and same_day
    return 1.0 + 2 * same_no + 2 * same_sum + day + 0.5 * pair.object + overlap(ours.get("violation"), theirs.get("violation"))


def _listing(pair: _Pair) -> float | None:
    ours, theirs = pair.attrs, pair.theirs
    code = ours.get("list_code") or canonical_list(ours.get("list_kind"))
    other = theirs.get("list_code") or canonical_list(theirs.get("list_kind") or pair.list_name)
    if code != other and canonical_list(code) != canonical_list(other):
        return None
    day = "listed_on" in ours and same_date(ours["listed_on"], theirs.get("listed_on"))
    return 1.0 + day + 0.5 * same_amount(ours.get("amount"), theirs.get("amount"))


def _role(pair: _Pair) -> float | None:
    role, other = canonical_role(pair.attrs.get("role")), canonical_role(pair.theirs.get("role"))
    accepted = [role, *(canonical_role(r) for r in pair.others.get("role") or ())]
    if not pair.object or other not in accepted:
        return None
    return 1.0 + (overlap(pair.attrs.get("role_text"), pair.theirs.get("role_text") or pair.theirs.get("role")) if role == "其他" else 0.0)


def _ownership(pair: _Pair) -> float | None:
    wrong = "percent" in pair.attrs and not same_amount(pair.attrs["percent"], pair.theirs.get("percent"), 0.0051)
    return None if wrong or not pair.object else 1.0


def _judgment(pair: _Pair) -> float | None:
    named = plain_number(pair.attrs.get("case_no"))
    fits = pair.number("case_no", pair.theirs.get("case_no")) if named else pair.object
    return 1.0 if fits else None


def _measure(kind: str) -> Callable[[_Pair], float | None]:
    def rule(pair: _Pair) -> float | None:
        ours, theirs = pair.attrs, pair.theirs
        same_no = pair.number("case_no" if ours.get("case_no") else "doc_no", theirs.get("case_no") or theirs.get("doc_no"))
        named = theirs.get(kind) or theirs.get("measure") or theirs.get("measure_type")
        if canonical_measure(ours.get(kind)) != canonical_measure(named) and not same_no:
            return None
        return 1.0 + same_no + 0.5 * pair.object

    return rule


def _grade(pair: _Pair) -> float | None:
    one, other = (plain(attrs.get("grade")).translate(_NO_UNIT) for attrs in (pair.attrs, pair.theirs))
    return 1.0 if one == other else None


_NO_UNIT = str.maketrans("", "", "级色牌")
_RULES: Mapping[str, Callable[[_Pair], float | None]] = {
    "Penalty": _penalty, "ListMembership": _listing, "Role": _role, "Ownership": _ownership, "Judgment": _judgment,
    "Enforcement": _measure("measure"), "Measure": _measure("measure_type"), "CreditGrade": _grade,
}  # fmt: skip


# --- attributes of a matched pair ------------------------------------------------------------------------

_NOT_JUDGED = frozenset({"list_kind", "role_text", "grade_meaning", "tense", "relation", "case_type"})
_DATES = frozenset({"date", "listed_on", "removed_on", "as_of"})
_NUMBERS = frozenset({"decision_no", "doc_no", "case_no"})
_SUMS = frozenset({*_AMOUNTS, "amount", "percent", "group_percent", "shares", "term_years"})
_WITH_OBJECT = frozenset({"Penalty", "Measure", "Judgment", "Enforcement"})
_SPURIOUS = ("date", "listed_on", "fine_amount", "confiscated_amount", "amount", "percent", "decision_no")


def judge_attributes(gold: Passage, fact: Record, found: Passage, other: Record) -> tuple[dict[str, float], list[str]]:
    """How right each attribute of the gold fact is in the found one, and the values that the gold does not have."""
    pair = _Pair(gold, fact, found, other)
    judged = {key: _judge(pair, key, value) for key, value in pair.attrs.items() if key not in _NOT_JUDGED}
    if fact["type"] in _WITH_OBJECT and fact.get("object"):
        judged["object"] = float(pair.object)
    return judged, [key for key in _SPURIOUS if pair.theirs.get(key) not in (None, "", []) and key not in pair.attrs]


def _judge(pair: _Pair, key: str, value: Any) -> float:
    found = pair.theirs.get(key)
    if key in _DATES:
        return float(same_date(value, found))
    if key in _NUMBERS:
        return float(pair.number(key, found))
    if key in _SUMS:
        return float(same_amount(value, found) or key in _AMOUNTS and pair.other_amount())
    if key in _SPECIAL:
        return _SPECIAL[key](pair, value, found)
    likeness = overlap(value, found)
    return 1.0 if likeness >= 0.5 else likeness


def _kinds(_: _Pair, value: Any, found: Any) -> float:
    ours, theirs = set(value), set(found or ())
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0


def _basis(_: _Pair, value: Any, found: Any) -> float:
    cited = [found] if isinstance(found, str) else found or []
    share = float(sum(max([overlap(v, c) for c in cited] or [0.0]) for v in value) / len(value))
    return 1.0 if share >= 0.8 else share


def _same_role(pair: _Pair, value: Any, found: Any) -> float:
    return float(canonical_role(found) in [canonical_role(r) for r in (value, *(pair.others.get("role") or ()))])


def _same_organ(_: _Pair, value: Any, found: Any) -> float:
    one, other = plain(value), plain(found)
    return float(found is not None and (one in other or other in one and len(other) > 2))


def _same_measure(_: _Pair, value: Any, found: Any) -> float:
    return float(canonical_measure(value) == canonical_measure(found))


_SPECIAL: Mapping[str, Callable[[_Pair, Any, Any], float]] = {
    "penalty_types": _kinds, "legal_basis": _basis, "role": _same_role, "list_code": lambda *_: 1.0,
    "measure": _same_measure, "measure_type": _same_measure, "authority": _same_organ,
}  # fmt: skip
