"""May this person take this post? Every ban that bears on it, until when, by which article; and every one that does not, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph_model.kinds import UNKNOWN
from queries.law.case import Case, joined
from queries.law.clocks import NO, YES, Truth, When, every, negation, some
from queries.law.facts import is_post
from queries.law.reach import Reached, reached_by
from queries.law.rules import LIFE, OPEN, OWN_TRADE

# Posts that exist in any trade; the others name their trade themselves.
GENERAL = frozenset({
    "法定代表人", "主要负责人", "负责人", "单位负责人", "分支机构负责人", "董事长", "董事", "监事", "高级管理人员", "经理", "财务负责人",
    "实际控制人", "影响债务履行的直接责任人员", "直接负责的主管人员", "其他直接责任人员", "直接责任人", "投资人员",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ban:
    """One measure as it bears on the post asked for."""

    reached: Reached
    truth: Truth
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleConflict:
    """Two articles that decide the same ground differently, and how they rank."""

    between: tuple[str, str]
    prevails: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Qualification:
    """Whether the person may; `barred_until` over all bans."""

    allowed: Truth
    reasons: tuple[str, ...]
    bans: tuple[Ban, ...]
    undetermined: tuple[Ban, ...]
    not_bans: tuple[Ban, ...]
    barred_until: str | None
    conflicts: tuple[RuleConflict, ...]
    flags: tuple[str, ...]


def qualify(case: Case, person: str, post: str, of: str | None) -> Qualification:
    """May the person take the post, in the enterprise where one is named?"""
    found = [_ban(case, one, post, of) for one in reached_by(case, person) if one.effect.posts]
    by = {word: tuple(b for b in found if b.truth.value == word) for word in ("yes", "undetermined", "no")}
    barred = some(b.truth for b in found)
    conflicts = tuple(_conflicts(case, found, post))
    near = [b for b in by["no"] if b.reached.fact is not None and not {"not_in_force", "other_post"} & set(b.reasons)]
    told = by["yes"] or by["undetermined"] or tuple(near)
    reasons = joined(b.reasons for b in told) or (() if barred.value == "yes" else ("not_triggered",))
    flags = joined((*(b.reached.flags for b in (*by["yes"], *by["undetermined"])), ("conflict_of_rules",) if conflicts else ()))
    return Qualification(
        negation(barred), reasons, by["yes"], by["undetermined"], by["no"], latest_of(b.reached for b in by["yes"]), conflicts, flags
    )


def _ban(case: Case, one: Reached, post: str, of: str | None) -> Ban:
    parts = [(one.truth, one.reasons), *_scope(case, one, post, of)]
    truth = every(t for t, _ in parts)
    return Ban(one, truth, () if truth.value == "yes" else joined(r for t, r in parts if t.value == truth.value))


def _scope(case: Case, one: Reached, post: str, of: str | None) -> Iterable[tuple[Truth, tuple[str, ...]]]:
    effect = one.effect
    yield _yes(any(is_post(post, wanted) for wanted in effect.posts)), ("other_post",)
    yield _yes(_trade_fits(case, one, post, of)), ("other_trade",)
    kinds = {case.world.unit(node).get("kind") for node in case.world.nodes(of)} if of else set()
    known = {k for k in kinds if k}
    fits = bool(known & set(effect.target_kinds)) if known else not effect.needs_unit
    yield _yes(fits or not effect.target_kinds), ("other_post",)
    same = of is not None and one.through in case.world.nodes(of)
    yield _yes(not (effect.other_units and same)), ("other_post",)


def _yes(fits: bool) -> Truth:
    return YES if fits else NO


def _trade_fits(case: Case, one: Reached, post: str, of: str | None) -> bool:
    if one.effect.trade is None:
        return True
    if of is None:
        return post not in GENERAL
    barred = _trades(case, one.through) if one.effect.trade == OWN_TRADE else {one.effect.trade}
    return bool(barred & _trades(case, of))


def _trades(case: Case, unit: str) -> set[str]:
    return {trade for node in case.world.nodes(unit) for trade in case.world.unit(node).get("trade") or ()}


def latest_of(bans: Iterable[Reached]) -> str | None:
    """Until when the last of several bans runs: life before open before unknown before the latest day."""
    found = list(bans)
    if not found:
        return None
    words = {b.until_text for b in found}
    for word in (LIFE, OPEN, UNKNOWN):
        if word in words:
            return word
    days = [w for w in words if _is_day(w)]
    return max(days) if len(days) == len(words) else UNKNOWN


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _conflicts(case: Case, found: Sequence[Ban], post: str) -> Iterable[RuleConflict]:
    """Articles declared to conflict that are both in force and decide the person's case differently, the post set aside."""
    by_article: dict[str, list[Ban]] = {}
    for ban in found:
        if ban.reached.rule.in_force(case.rules_at):
            by_article.setdefault(ban.reached.rule.cited, []).append(ban)
    for cited, bans in sorted(by_article.items()):
        for other in {name for b in bans for name in b.reached.rule.conflicts}:
            against = by_article.get(other, [])
            posts = {p for b in (*bans, *against) for p in b.reached.effect.posts}
            if not against or not any(is_post(post, p) for p in posts):
                continue
            ours, theirs = some(b.reached.truth for b in bans), some(b.reached.truth for b in against)
            if {ours.value, theirs.value} == {"yes", "no"}:
                yield RuleConflict((cited, other), None, "法律与行政法规就同一情形规定不同，各适用于其所列职务，两条并列显示")


__all__ = ["Ban", "Qualification", "RuleConflict", "When", "qualify"]
