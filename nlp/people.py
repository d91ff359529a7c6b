"""Persons in a tagged text: those the tagger sees, those behind words for a post, before 男 or 女, and masked ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

from nlp.columns import under_persons
from nlp.heads import type_of_name
from nlp.named import Named, Tagged, longest
from nlp.person_edges import STANDS_ALONE, edges, masked_edges, told_start
from nlp.personal import HAN, is_minority_name, is_name
from nlp.tagger import tells_person
from nlp.words import either

Manner = Literal["post", "sex", "field", "masked", "glued", "polite", "latin", "foreign", "row"]

_CLAUSE_AFTER = (
    r"(?=[，。；、）（\s|”]|$|男|女|等|与|和|及|于|在|因|的|分别|到庭|作出|被|向|对|说|告诉|介绍|表示|认为|称|签"
    r"|间接|直接|实际|通过|持有|持股|控制|承担|负有)"
)  # fmt: skip
_POST = re.compile(r"(?:负责人|代表人|会长|局长|主任|经理|董事长|经营者|处长|科长|院长|理事长|秘书长)$")
_LIST_NEXT = re.compile(
    rf"、(?P<who>[{HAN}]{{2,4}})(?=[，。；、）：（\s|”]|$|等|与|和|及|分别|到庭|均|的|因|在|于|采取|给予|作出|被)"
)
_OPENS_NAME = re.compile(r"[：\s，。；、（|]$|^$")


@cache
def _manners() -> Mapping[Manner, re.Pattern[str]]:
    """The manners in which a text tells a person, by pattern."""
    return {
        "post": re.compile(
            rf"(?P<post>{either('posts')})(?:（[^（）]{{1,10}}）)?(?:姓名|名单|简介|为|是|系|：|:|、|\s|\||“)*(?P<who>[{HAN}]{{2,4}}){_CLAUSE_AFTER}"
        ),
        "sex": re.compile(
            rf"(?P<who>[{HAN}]{{2,4}}|[{HAN}]{{1,3}}·[{HAN}·]{{1,12}})(?:（[^（）\n]{{1,30}}）)?[，, ]?(?:男|女)(?=[，,。；、 ]|\d|汉)"
        ),
        "field": re.compile(
            rf"(?:法定代表人|负责人|法人代表|经营者|姓名)(?:（[^（）]{{1,6}}）)?[ ]*：[ ]*(?P<who>[{HAN}]{{2,5}})(?=[，。；\s|]|$)"
        ),
        "masked": re.compile(
            rf"(?P<who>[{HAN}]{{1,2}}(?:某{{1,3}}(?:[{HAN}](?![{HAN}]*(?:公司|局|市|省|县|区))|[A-Z\d甲-癸])?|[*×＊xX]{{1,3}}[{HAN}]?))"
            rf"(?![{HAN}]{{0,6}}(?:有限公司|公司|村|镇|路|街|小区))"
        ),
        "glued": re.compile(
            rf"(?<=[店厂司部社场馆行院所])(?P<who>[{HAN}]{{2,3}})(?=[{HAN}]{{1,3}}"
            rf"(?:市监|监|环|税|安监|应急|证监|财采|卫|人社|城管|消|烟|药监|食药监|银保监|综执)[{HAN}]{{0,5}}〔)"
        ),
        "polite": re.compile(rf"(?P<who>[{HAN}](?:先生|女士|小姐|老师))"),
        "latin": re.compile(r"(?P<who>[A-Z]{2,}[A-Z* ]*\*[A-Z*]*)(?=[，。；、（）\s与和及的在对]|$|男|女|先生|女士)"),
        "foreign": re.compile(
            rf"(?:[（、：]|{either('posts')}(?:为|是|：|、)?|当事人)(?P<who>[A-Z]{{2,12}}(?:[ ,][A-Z]{{2,12}}){{1,3}}|[A-Z][a-z]{{1,12}}(?: [A-Z]\.?)?(?: [A-Z][a-z]{{1,14}}){{1,2}})"
            rf"(?=[，、）。；]|及|和|与|先生|女士)"
        ),
        "row": re.compile(rf"(?:公司|[店厂社部行场所院]|中心)(?:[ \t]+|[ \t]*\|[ \t]*)(?P<who>[{HAN}]{{2,3}})(?=[ \t|]|$)", re.MULTILINE),
    }


def persons(tagged: Tagged) -> list[Named]:
    """The persons of the text."""
    found = _Found(_seen(tagged))
    glued: set[tuple[int, int]] = set()
    for manner in _manners():
        for name in _told(tagged, manner):
            numbered = manner == "masked" and tagged.text[name.end - 1].isascii()
            found.take(name, over=numbered or manner in ("field", "sex"))
            glued |= {(name.start, name.end)} if manner == "glued" else set()
    for name in _lists(tagged, {end for _, end in found}):
        if (name.start, name.end) not in found:
            found.put(name)
    for name in [*_in_columns(tagged), *_enclosed(tagged, found)]:
        found.take(name, over=True)
    kept = [name for span, name in found.items() if span in glued or _free(tagged, name)]
    return longest(_whole(tagged.text, kept))


def _in_columns(tagged: Tagged) -> Iterator[Named]:
    """The persons under a heading that speaks of persons."""
    for start, end in under_persons(tagged.text):
        if is_name(tagged.text[start:end], told=True):
            yield Named(start, end, "Person")


_ENCLOSED = re.compile(rf"、(?P<who>[{HAN}]{{2,5}})、")


def _enclosed(tagged: Tagged, found: Mapping[tuple[int, int], Named]) -> list[Named]:
    """What stands between two persons of an enumeration and is no organisation or place: 才让卓玛."""
    starts, ends = {a for a, _ in found}, {b for _, b in found}
    made = []
    for match in _ENCLOSED.finditer(tagged.text):
        start, end = match.span("who")
        between = match.start() in ends and match.end() in starts and (start, end) not in found
        if between and is_minority_name(match["who"]) and type_of_name(match["who"]) is None and not _one_word(tagged, start, end):
            made.append(Named(start, end, "Person"))
    return made


def _one_word(tagged: Tagged, start: int, end: int) -> bool:
    word = tagged.words[tagged.word_at(start)]
    return (word.start, word.end) == (start, end) and word.tag != "PER"


def _whole(text: str, names: list[Named]) -> Iterator[Named]:
    """Masked names with the last character that the text gives them elsewhere: 龚某 in 龚某中共同 is 龚某中."""
    known = {text[name.start : name.end] for name in names if name.end - name.start == 3}
    for name in names:
        cut = text[name.end - 1] == "某" and text[name.start : name.end + 1] in known
        yield Named(name.start, name.end + cut, "Person")


def _free(tagged: Tagged, name: Named) -> bool:
    return not tagged.zones.blocked(name.start) and not tagged.zones.titled(name.start, name.end)


class _Found(dict[tuple[int, int], Named]):
    """The names by their places, and which name covers each character."""

    def __init__(self, names: Iterable[Named]) -> None:
        super().__init__()
        self._cover: dict[int, tuple[int, int]] = {}
        for name in names:
            self.put(name)

    def put(self, name: Named) -> None:
        """One more name, beside those there."""
        self[(name.start, name.end)] = name
        self._cover |= dict.fromkeys(range(name.start, name.end), (name.start, name.end))

    def take(self, name: Named, *, over: bool) -> None:
        """Add a name where none is, or in place of those inside it where the text tells it plainly."""
        covers = {self._cover[at] for at in range(name.start, name.end) if at in self._cover}
        across = [span for span in covers if span in self]
        if not across or over and all(name.start <= a and b <= name.end for a, b in across):
            for span in across:
                del self[span]
            self.put(name)


def _seen(tagged: Tagged) -> Iterator[Named]:
    """The persons that the tagger sees, and what it calls otherwise right behind a post."""
    for index, word in enumerate(tagged.words):
        if word.tag == "PER":
            start, end = edges(tagged, index)
            if is_name(tagged.text[start:end]) or _other_people(tagged, word.start, word.end):
                yield Named(start, end, "Person")
        elif word.tag in ("ORG", "LOC", "nz") and word.end - word.start in (3, 4):
            name = tagged.text[word.start : word.start + 3]
            posted = _POST.search(tagged.text, max(0, word.start - 6), word.start)
            if posted and is_name(name) and (word.end - word.start == 3 or tells_person(name)):
                yield Named(word.start, word.start + 3, "Person")


_BOUND = re.compile(r"[、，。：；（\s]$|^$")
_BOUND_AFTER = re.compile(r"[、，）]|系|等|[二两三四五六]人|被")


def _other_people(tagged: Tagged, start: int, end: int) -> bool:
    """Whether a person for the tagger stands free and bears a name of another make: 古丽巴哈尔."""
    free = _BOUND.search(tagged.text[max(0, start - 1) : start]) and _BOUND_AFTER.match(tagged.text, end)
    said = tagged.text[start:end]
    return free is not None and 3 <= end - start <= 7 and is_minority_name(said) and re.fullmatch(f"[{HAN}]+", said) is not None


def _told(tagged: Tagged, manner: Manner) -> Iterator[Named]:
    for match in _manners()[manner].finditer(tagged.text):
        start, end = match.span("who")
        if manner == "sex":
            start = told_start(tagged, start, end)
        if manner == "masked":
            start, end = masked_edges(tagged.text, start, end)
        if _holds(tagged, manner, match, start, end):
            yield Named(start, end, "Person")


_FIRM_WORDS = re.compile(r"(?i)limited|ltd|hong kong|china|beijing|shanghai|york|united|inc|holding|group|company|\bco\b|corp|bank|fund|capital|international|trading")
_BEARS = re.compile(r"(?:[人：、]|被告|原告)$")


def _holds(tagged: Tagged, manner: Manner, match: re.Match[str], start: int, end: int) -> bool:
    """Whether what a pattern found is a name."""
    who = tagged.text[start:end]
    if manner in ("field", "sex"):
        opens = _OPENS_NAME.search(tagged.text[max(0, start - 1) : start]) is not None
        if is_name(who, told=True) or is_minority_name(who) and opens:
            return True
    if manner == "foreign":
        return _FIRM_WORDS.search(who) is None
    if manner == "masked" and who[0] in "向和" and _BEARS.search(tagged.text, max(0, start - 3), start):
        return STANDS_ALONE.match(tagged.text, end) is not None
    if not is_name(who) or _splits_word(tagged, start, end):
        return False
    if manner == "row":
        return tells_person(who)
    return manner != "post" or match.start("who") > match.end("post") or _alike(tagged, start, end)


def _alike(tagged: Tagged, start: int, end: int) -> bool:
    """Whether the tagger, asked about the characters alone, calls them a person, or took them for scraps."""
    inside = tagged.words[tagged.word_at(start) : tagged.word_at(end - 1) + 1]
    if len(inside) == 1 and (inside[0].start, inside[0].end) == (start, end) and end - start == 3:
        return True
    scraps = all(word.end - word.start == 1 or word.tag in ("PER", "nz", "LOC") for word in inside)
    return scraps or tells_person(tagged.text[start:end])


def _splits_word(tagged: Tagged, start: int, end: int) -> bool:
    """Whether the tagger sees here a place or an organisation that is longer or reaches over the name's edge."""
    for word in tagged.words[tagged.word_at(start) : tagged.word_at(end - 1) + 1]:
        reaches = word.start < start or word.end > end or word.end - word.start > 2
        if word.tag in ("LOC", "ORG", "TIME") and word.end > start and reaches:
            return True
    return False


def _lists(tagged: Tagged, ends: set[int]) -> Iterator[Named]:
    """The names that follow a known one behind 、."""
    queue = sorted(ends)
    while queue:
        match = _LIST_NEXT.match(tagged.text, queue.pop())
        if match and _next_name(tagged, match) and match.end("who") not in ends:
            ends.add(match.end("who"))
            queue.append(match.end("who"))
            yield Named(match.start("who"), match.end("who"), "Person")


def _next_name(tagged: Tagged, match: re.Match[str]) -> bool:
    word = tagged.words[tagged.word_at(match.start("who"))]
    if word.tag == "PER" and word.start == match.start("who") and word.end < match.end("who"):
        return False
    return is_name(match["who"]) and not match["who"].endswith("等") and not _splits_word(tagged, *match.span("who"))
