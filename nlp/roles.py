"""Roles: who holds which post in which organisation."""

import re
from collections.abc import Iterable, Iterator, Mapping

from nlp.control import controllers
from nlp.extraction import Fact, Span, Status
from nlp.posts import SILENT, any_post, mark_posts
from nlp.reading import Reading
from nlp.role_company import settled
from nlp.role_grammar import BARE_LEFT, IN_OFFICE, OPENING
from nlp.role_holders import Group, groups_of, resolve
from nlp.role_places import Places
from nlp.role_tables import tabled
from nlp.shorthand import FIRM, PERSON, Shorthand, has_names, layers, plain, shorthand
from nlp.structure import read_structure

_EXAMPLE = re.compile(r"(?:例如|比如|譬如|举例|假设|假如|假定)")


def find(reading: Reading) -> list[Fact]:
    """The roles that a reading states, each once."""
    reading = settled(reading)
    places = Places(reading)
    found: dict[tuple[str, str, str, str], Fact] = {}
    for fact in _all(reading, places):
        other = str(fact.attrs["role_text"]) if fact.attrs["role"] == "其他" else ""
        found.setdefault((fact.subject, str(fact.object), str(fact.attrs["role"]), other), fact)
    named = {(f.subject, f.object) for f in found.values() if f.attrs["role"] == "法定代表人"}
    kept = (f for f in found.values() if f.attrs["role"] != "经营者" or (f.subject, f.object) not in named)
    return sorted(kept, key=lambda f: f.evidence)


def _all(reading: Reading, places: Places) -> Iterator[Fact]:
    yield from tabled(reading, places)
    subject: tuple[tuple[str, ...], ...] = ()
    last = 0
    if not any_post(plain(reading.text)):
        return
    for span in (s for s in read_structure(reading.text).sentences if has_names(reading, s)):
        signs = shorthand(reading, span)
        if _EXAMPLE.match(signs.text):
            continue
        for layer in layers(signs):
            marked, posts = mark_posts(layer)
            if posts:
                yield from _sentence(marked, posts, places, subject)
            if "控制" in layer.text:
                yield from controllers(layer)
        opening = OPENING.search(signs.text)
        if opening or PERSON in signs.text or "\n" in reading.text[last : span[0]]:
            subject = signs.named(*opening.span("who")) if opening else ()
        last = span[1]


def _sentence(
    signs: Shorthand, posts: tuple[str, ...], places: Places, subject: tuple[tuple[str, ...], ...]
) -> Iterator[Fact]:
    """The roles of one sentence; one that begins with 时任 goes on about the person that the sentence before opened with."""
    groups = groups_of(signs, posts)
    for at in range(len(groups)):
        resolve(signs, groups, at)
    if subject and PERSON not in signs.text:
        _of_subject(signs, groups, subject)
    for at, group in enumerate(groups):
        if group.holders or group.former:
            group.orgs = group.orgs or (
                _borrowed(signs, groups, at, places) if _open_left(signs, group) else ()
            )
            yield from _facts(signs, group, places)


def _of_subject(signs: Shorthand, groups: list[Group], subject: tuple[tuple[str, ...], ...]) -> None:
    """Gives the posts of a sentence without a person to the person that the text goes on about: 2009年起任某公司董事，现任….

    Only posts that a verb of office, or 现任 and its like, introduces."""
    for group in groups:
        if not group.holders and (
            group.tense or group.posts[0][2] or IN_OFFICE.search(signs.text, 0, group.first)
        ):
            group.holders = subject


def _borrowed(signs: Shorthand, groups: list[Group], at: int, places: Places) -> tuple[str, ...]:
    """The organisation of a post that names none: of the post before, of the sentence, of the block, of the document."""
    group = groups[at]
    for earlier in reversed(groups[:at]):
        if earlier.orgs and earlier.holders:
            return earlier.orgs
    offset = signs.signs[group.start].start
    label = group.last > group.end and (
        signs.text[group.end : group.end + 1] in ("：", "|", "\t") or group.start == 0
    )
    inside = _subject_firm(signs, group.start)
    if inside and not label:
        return inside
    key = places.organisation(offset, label=label) or (inside[0] if inside else None)
    return (key,) if key else ()


def _open_left(signs: Shorthand, group: Group) -> bool:
    """Whether a post may take its organisation from elsewhere: not behind letters that look like a name unseen (房天下董事长)."""
    return signs.text[group.end : group.end + 1] in ("：", "|", "\t") or bool(
        BARE_LEFT.search(signs.text, 0, group.first)
    )


def _subject_firm(signs: Shorthand, end: int) -> tuple[str, ...]:
    """The firm that the sentence speaks of before a place: not one that something is done to, not one of an address."""
    floor = signs.text.rfind("；", 0, end) + 1
    pattern = re.compile(rf"(?<![向与对从给托用和、的]){FIRM}")
    found = list(pattern.finditer(signs.text, floor, end)) or list(pattern.finditer(signs.text, 0, end))
    return signs.entities(*found[0].span()) if found else ()


def _facts(signs: Shorthand, group: Group, places: Places) -> Iterator[Fact]:
    """One fact for each holder, post and organisation; 分别 pairs them in order."""
    evidence = signs.span(min(group.first, group.start), max(group.last, group.end))
    pairs = list(_pairs(group))
    coref = group.org_span is None or signs.coref(min(group.first, group.start), max(group.last, group.end))
    for holder, (_, text, tense), orgs in pairs:
        for org in orgs:
            yield from _one(holder, org, text, tense or group.tense, group, evidence, coref, places)
    for holder in group.former:
        for org in group.orgs:
            yield from _one(holder, org, group.posts[0][1], "前", group, evidence, coref, places)


def _pairs(group: Group) -> Iterator[tuple[str, tuple[int, str, str], tuple[str, ...]]]:
    count = len(group.holders)
    for at, holder in enumerate(group.holders):
        posts, orgs = group.posts, group.orgs
        if group.paired and count > 1:
            posts = [group.posts[at]] if len(group.posts) == count else posts
            orgs = group.orgs[at : at + 1] if len(group.orgs) == count else orgs
        for one in holder:
            yield from ((one, post, orgs) for post in posts)


def _one(
    holder: str, org: str, text: str, tense: str, group: Group, evidence: Span, coref: bool, places: Places
) -> Iterable[Fact]:
    role = places.role(text, evidence)
    if role == SILENT or holder == org or not places.tells(holder, org, role, group.org_span is not None):
        return
    attrs: Mapping[str, str] = {"role": role, "role_text": text, "tense": _tense(tense)}
    status: Status = "planned" if tense in ("拟任", "候任") else group.status
    yield Fact("Role", holder, org, attrs, evidence, status, coref, rule="post")


def _tense(word: str) -> str:
    if word in ("原", "前", "前任", "原任", "曾任", "历任", "曾"):
        return "former"
    return "then" if word == "时任" else "current"
