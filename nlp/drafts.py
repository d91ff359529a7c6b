"""Penalties under construction: what was read of each, folded into one per party and decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from nlp.extraction import Fact, Span, Status

ORDER = ("警告", "罚款", "没收违法所得", "没收非法财物", "吊销营业执照", "吊销许可证", "撤销登记", "市场禁入", "限制从业", "限制开展生产经营活动")


@dataclass(slots=True)
class Draft:
    """What one place says of one party's penalty; `final` sums (综上, 合计) and `exact` shares (其中，对甲…) replace the others."""

    subject: str
    span: Span
    object: str | None = None
    number: str | None = None
    date: str | None = None
    violation: str | None = None
    kinds: set[str] = field(default_factory=set)
    fine: Decimal | None = None
    seized: Decimal | None = None
    total: Decimal | None = None
    basis: list[str] = field(default_factory=list)
    status: Status = "asserted"
    coref: bool = False
    final: bool = False
    exact: bool = False
    item: int | None = None
    rule: str = ""
    rank: int = 0

    @property
    def sums(self) -> tuple[Decimal | None, ...]:
        """All sums, to compare two drafts."""
        return (self.fine, self.seized, self.total)


def folded(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft for each party and decision: places that say the same are one, the fuller place wins."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((k for k in kept if _same(k, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _merge(twin, draft)
    return kept


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell of the same penalty: one party, and nothing that sets them apart."""
    if one.subject != other.subject or _unreal(one) != _unreal(other):
        return False
    if one.number and other.number and one.number != other.number:
        return False
    if one.number and one.number == other.number:
        return one.rule != other.rule or one.rule != "penalty.item" or (one.violation, one.item) == (other.violation, other.item)
    if one.date and other.date and one.date != other.date and one.sums != other.sums:
        return False
    return _sums_agree(one, other)


def _unreal(draft: Draft) -> str:
    return {"asserted": "real", "removed": "removed"}.get(draft.status, "unreal")


def _sums_agree(one: Draft, other: Draft) -> bool:
    """Whether the sums are equal, or one of the two has none, or one only tells the total of the other."""
    if not any(one.sums) or not any(other.sums):
        return True
    for mine, theirs in zip(one.sums, other.sums, strict=True):
        if mine is not None and theirs is not None:
            return mine == theirs
    return _is_total(one, other) or _is_total(other, one) or (one.total is None and other.total is None)


def _is_total(whole: Draft, part: Draft) -> bool:
    """Whether a sum of several, or of fine and confiscation together, covers this fine."""
    return whole.total is not None and part.fine is not None and whole.total >= part.fine + (part.seized or 0)


def _merge(kept: Draft, new: Draft) -> None:
    """Fill what the kept draft lacks; the better place (`rank`) gives date, violation and organ."""
    if new.rank > kept.rank:
        kept.span, kept.coref = new.span, new.coref
        kept.date, kept.violation = new.date or kept.date, new.violation or kept.violation
        kept.object, kept.rank = new.object or kept.object, new.rank
    for name in ("object", "number", "date", "violation", "fine", "seized"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(new, name))
    if kept.fine is None and kept.seized is None and kept.total is None:
        kept.total = new.total
    kept.kinds |= new.kinds
    kept.basis = list(dict.fromkeys([*kept.basis, *new.basis]))


def as_fact(draft: Draft) -> Fact:
    """The draft as a fact."""
    attrs: dict[str, Any] = {
        "decision_no": draft.number, "date": draft.date, "violation": draft.violation,
        "penalty_types": [k for k in ORDER if k in draft.kinds], "fine_amount": _plain(draft.fine),
        "confiscated_amount": _plain(draft.seized), "group_total_amount": _plain(draft.total), "legal_basis": draft.basis,
    }  # fmt: skip
    kept = {k: v for k, v in attrs.items() if v not in (None, [], "")}
    return Fact("Penalty", draft.subject, draft.object, kept, draft.span, status=draft.status, coref=draft.coref, rule=draft.rule)


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def summed(drafts: list[Draft]) -> Draft:
    """The items of one decision for one party as one draft: a final sum replaces the others, else they add up."""
    best = replace(drafts[0], kinds=set(), basis=[])
    for draft in drafts:
        best.kinds |= draft.kinds
        best.basis = list(dict.fromkeys([*best.basis, *draft.basis]))
        best.span = (min(best.span[0], draft.span[0]), max(best.span[1], draft.span[1]))
    said = list(dict.fromkeys(d.violation for d in drafts if d.violation and not d.final))
    best.violation = "；".join(said) or None
    best.fine, best.seized, best.total = (_sum(drafts, name) for name in ("fine", "seized", "total"))
    return best


def _sum(drafts: list[Draft], name: str) -> Decimal | None:
    told = [d for d in drafts if getattr(d, name) is not None]
    better = [d for d in drafts if d.final] or [d for d in drafts if d.exact]
    told = [d for d in told if d in better] if better and (told or name != "total") else told
    if not told:
        return None
    if better:
        return Decimal(getattr(told[-1], name))
    plain = [Decimal(getattr(d, name)) for d in told]
    biggest = max(plain)
    rest = sum(plain) - biggest
    return biggest if rest in (0, biggest) or len(plain) == 1 else sum(plain, Decimal(0))
