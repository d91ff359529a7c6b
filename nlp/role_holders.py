"""Who holds the posts of a sentence, and where: by what stands right of a post, left of it, or before in the sentence."""

import re
from dataclasses import dataclass, field

from nlp.extraction import Span, Status
from nlp.posts import BLAMED, OWNERS, SINGLE, TENSE, role_of
from nlp.role_grammar import (
    AND,
    BRACKETED,
    CANDIDATE,
    CHANGED,
    DATED,
    DEED_LEFT,
    HOLDERS,
    JOINED_LEFT,
    LEAVES,
    NEVER,
    ORG_LEFT,
    PEOPLE,
    PLURAL,
    POSTS,
    RIGHT,
    SUBJECT_LEFT,
    THEN_LEFT,
    UPPER,
    left,
)
from nlp.shorthand import FIRM, ORGAN, PERSON, POST, Shorthand


@dataclass(slots=True)
class Group:
    """A run of posts in one sentence and what was found out about it."""

    start: int
    end: int
    posts: list[tuple[int, str, str]]
    orgs: tuple[str, ...] = ()
    holders: tuple[tuple[str, ...], ...] = ()
    org_span: Span | None = None
    link: bool = False
    paired: bool = False
    status: Status = "asserted"
    tense: str = ""
    former: tuple[str, ...] = field(default=())
    first: int = 0
    last: int = 0


def groups_of(signs: Shorthand, posts: tuple[str, ...]) -> list[Group]:
    """The runs of posts of a sentence, each post with its own 时任, 原."""
    words = iter(posts)
    found = []
    for match in POSTS.finditer(signs.text):
        inside, tense = [], ""
        for piece in re.finditer(rf"(?P<tense>{TENSE})?{POST}", match[0]):
            tense = piece["tense"] or tense
            inside.append((match.start() + piece.end() - 1, next(words), tense))
        found.append(Group(*match.span(), inside, first=match.start(), last=match.end()))
    return found


def resolve(signs: Shorthand, groups: list[Group], at: int) -> None:
    """Who holds the posts of a group, and where: by what stands right, left, or before in the sentence."""
    group = groups[at]
    _organisation(signs, groups, at)
    if _candidates(signs, group):
        return
    if not _from_right(signs, group) and not _from_left(signs, group):
        _from_before(signs, groups, at)


def _organisation(signs: Shorthand, groups: list[Group], at: int) -> None:
    group = groups[at]
    floor = groups[at - 1].end if at else 0
    match = ORG_LEFT.search(signs.text, 0, group.start) if floor < group.start else None
    if (
        match
        and at
        and floor <= match.start("orgs") < groups[at - 1].last
        and not match[0].endswith(("其", "的"))
        and match.end("orgs") < group.start
    ):
        group.orgs = groups[at - 1].orgs
    elif match and match.start("orgs") >= floor and not signs.text[: match.start("orgs")].endswith("以"):
        group.orgs = signs.entities(*match.span("orgs"))
        group.org_span, group.first = match.span("orgs"), match.start()
        group.tense = match["tense"] or ""
    elif match := _far_left(group).search(signs.text, floor, group.start):
        group.orgs = signs.entities(*match.span("orgs"))
        group.org_span, group.first = match.span("orgs"), match.start()
    elif upper := UPPER.search(signs.text, 0, group.start):
        group.first = upper.start()
        group.orgs = tuple(
            m.entity for s in signs.signs[: upper.start()] if s.char == FIRM for m in s.mentions
        )


def _far_left(group: Group) -> re.Pattern[str]:
    """How far before a post its organisation may stand: 某公司披露年报时任总裁, 某公司违法行为直接负责的主管人员."""
    if role_of(group.posts[0][1]) in BLAMED:
        return DEED_LEFT
    return THEN_LEFT if group.posts[0][2] == "时任" else NEVER


def _candidates(signs: Shorthand, group: Group) -> bool:
    """Marks a post that somebody is only a candidate for."""
    if not CANDIDATE.match(signs.text, group.end):
        return False
    group.status = "planned"
    _from_left(signs, group)
    return True


def _from_right(signs: Shorthand, group: Group) -> bool:
    """Holders that follow the posts: 董事长张三, 法定代表人：李四, 控股股东某某公司."""
    changed = CHANGED.match(signs.text, group.end)
    if changed:
        group.former = signs.entities(*changed.span("old"))
    match = RIGHT.match(signs.text, changed.end() if changed else _after_note(signs, group))
    if not match:
        return bool(changed)
    begin, end = match.span("who")
    kept = _fitting(signs, begin, end, group)
    if not kept:
        return bool(changed)
    group.holders, group.last = kept, end
    _narrow(signs, group, begin)
    return True


def _after_note(signs: Shorthand, group: Group) -> int:
    """Where the text goes on behind a note in brackets: 副总经理（2012年起任董事）张三 gives both posts to 张三."""
    at = group.end
    if signs.text[at : at + 1] == "）" and BRACKETED.search(signs.text, 0, group.start):
        return at + 1
    note = DATED.match(signs.text, at)
    end = note.end() if note else at
    return end if signs.text[end : end + 1] == PERSON else at


def _fitting(signs: Shorthand, begin: int, end: int, group: Group) -> tuple[tuple[str, ...], ...]:
    """The holders of the right kind, up to the first that is not, and only one for a post that one person holds."""
    roles = {role_of(text) for _, text, _ in group.posts}
    allowed = PERSON + FIRM if roles <= OWNERS else PERSON
    kept: list[tuple[str, ...]] = []
    for sign in signs.signs[begin:end]:
        if not sign.mentions:
            continue
        if sign.char not in allowed:
            break
        kept.append(tuple(m.entity for m in sign.mentions))
    return tuple(kept[:1] if roles & SINGLE else kept)


def _narrow(signs: Shorthand, group: Group, begin: int) -> None:
    """Before a name only the nearest organisation is meant: 甲公司、乙公司董事长张三."""
    joined = signs.text[slice(*group.org_span)] if group.org_span else ""
    apart = re.search("和|与|及|以及", joined) or (
        "、" in joined and role_of(group.posts[0][1]) not in OWNERS
    )
    if apart and signs.text[begin] == PERSON:
        group.orgs = group.orgs[-1:]


def _from_left(signs: Shorthand, group: Group) -> bool:
    """Holders that stand before: 张三任某公司董事长, 李四（某公司总经理）, 甲公司为乙公司控股股东."""
    roles = {role_of(text) for _, text, _ in group.posts}
    people = HOLDERS if roles <= OWNERS else PEOPLE
    match = left(people).search(signs.text, 0, group.first)
    if not match or not _linked(signs, group, match):
        return False
    begin, end = match.span("who")
    if match["more"] and not (roles & BLAMED or PLURAL.search(match["gap"])):
        begin = _last_run(signs.text, begin, end)
    group.holders = signs.named(begin, end)
    group.link, group.paired = bool(match["link"] or group.tense), bool(re.search("分别|依次", match["gap"]))
    if re.search(LEAVES, match["gap"]):
        group.tense = "前"
    elif not group.tense and re.search(r"\d[年日月]?(?:至|到|-|—|~)\d", match["gap"]):
        group.tense = "时任"
    group.first = begin
    return True


def _last_run(text: str, begin: int, end: int) -> int:
    """Where the last run of names joined by 、 and 和 begins."""
    runs = list(re.finditer(rf"[{PERSON}{FIRM}](?:{AND}[{PERSON}{FIRM}])*", text[begin:end]))
    return begin + runs[-1].start() if runs else begin


def _linked(signs: Shorthand, group: Group, match: re.Match[str]) -> bool:
    """Whether the gap truly links: a verb, a bracket, an apposition that ends, or the bare 张三董事长."""
    gap, after = match["gap"], signs.text[group.end : group.end + 1]
    ends = after in ("", "，", "。", "；", "）", "\n", "、", "（") or signs.text.startswith(
        ("等", "职务", "的身份", "一职", "期间", "候选", "人选", "时"), group.end
    )
    if match["link"] or group.tense or re.search("分别|依次|均|共同", gap):
        return True
    if signs.text[match.end("who") - 1] == FIRM:
        return False
    if gap.startswith("（"):
        return True
    if gap or match["bio"]:
        return ends or bool(match["bio"] and group.org_span)
    return group.org_span is None and after not in (PERSON, "的")


def _from_before(signs: Shorthand, groups: list[Group], at: int) -> None:
    """Holders told earlier in the sentence: ，法定代表人（2012年起任总经理）; ，并担任某公司董事."""
    group = groups[at]
    before = groups[at - 1] if at else None
    if (
        before
        and before.holders
        and (gap := JOINED_LEFT.search(signs.text, before.last, group.first))
        and gap.start() == before.last
    ):
        group.holders, group.last = before.holders, group.end
        group.orgs = group.orgs or before.orgs
        group.tense = group.tense or (before.tense if gap[0].startswith("（") else "")
        return
    if SUBJECT_LEFT.search(signs.text, 0, group.first):
        blamed = {role_of(text) for _, text, _ in group.posts} <= BLAMED
        leading = [g for g in groups[:at] if g.holders and (g.link or blamed)]
        subject = leading[-1].holders if leading else _opening(signs, group)
        group.holders = subject if group.orgs or leading else ()


def _opening(signs: Shorthand, group: Group) -> tuple[tuple[str, ...], ...]:
    """Who the sentence begins with: a person, for a controlling holder also a firm, or several."""
    owners = {role_of(text) for _, text, _ in group.posts} <= OWNERS
    who = rf"[{PERSON}{FIRM}](?:{AND}[{PERSON}{FIRM}])*" if owners else PERSON
    match = re.match(
        rf"(?:截[至止][^，]{{2,24}}，)?[^，。；：{PERSON}{FIRM}{ORGAN}]{{0,12}}(?P<who>{who})", signs.text
    )
    return signs.named(*match.span("who")) if match and match.end() <= group.first else ()
