"""A stretch of text in shorthand: one sign for each name, the rest verbatim, so that a pattern reads structure.

`某某公司（以下简称某某）时任董事长张三、总经理李四` becomes FIRM 时任 POST PERSON 、 POST PERSON. Blanks, quotation
marks and the brackets that only give a short name or a number are left out; every sign knows its place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from nlp.extraction import Span
from nlp.fold import fold
from nlp.reading import Mention, Reading

PERSON, FIRM, ORGAN, POST = "\ue001", "\ue002", "\ue003", "\ue004"
_SIGN = {
    "Person": PERSON,
    "Enterprise": FIRM,
    "SocialOrg": FIRM,
    "Institution": FIRM,
    "Authority": ORGAN,
    "Court": ORGAN,
}
_DROPPED = frozenset(" \n\u3000\xa0\r“”\"「」『』‘’'")
_NAMES = rf"[{PERSON}{FIRM}{ORGAN}]"
_ALIAS = re.compile(
    rf"(?<={_NAMES})[（(](?:(?:以下|下文?|下面|后文)?(?:均|统|合|简|并)?称|简称|曾用名|原名|又名|别名|小名|证券(?:代码|简称)|股票(?:代码|简称)|统一社会信用代码|社会信用代码|代码|注册号)"
    rf"[^（）()，；]*(?:[（(][^（）()]*[）)][^（）()，；]*)*(?P<end>[）)]|[，；,;])"
)
_MARKS = str.maketrans({";": "；", ":": "：", "(": "（", ")": "）", "％": "%", "｜": "|"})
_COMMA = re.compile(r",(?!\d{3})|(?<!\d),")
_MANY = re.compile("(?:上述|以上|前述)(?!当事人|被处罚)")
_CODE = re.compile(rf"(?<={_NAMES})[（(](?:[SZHBJ]{{2}}[:：]?)?[\d.A-Z:：/]{{4,20}}(?:[SZHBJ]{{2}})?[)）]")
_LATE_ALIAS = re.compile(r"，(?:以下)?(?:简|统|合|并)?称(?:为|：)?[^（）()，；。]{1,30}(?=[）)])")
_TOLD = re.compile(rf"{_NAMES}（(?P<told>[^（）\n]{{2,120}})）")
_OF_ALL = re.compile(r"分别|依次|均|都|[二两三四五]人")
_ROW = re.compile(rf"{_NAMES}(?:(?:、|和|及|与){_NAMES})*")
_CLAUSE = re.compile(rf"系|为|是|持|由|直接|间接|现|曾|原为|占|其|{_NAMES}")
_HOLDING = re.compile(
    "控股(?=股东|子公司)"
)  # 某某控股股东: the word belongs to the post, wherever a name was ended
_HONORIFIC = re.compile(
    rf"(?<={PERSON})(?:先生|女士|同志|父女|父子|母子|母女|夫妇|夫妻|兄弟|姐妹|兄妹|姐弟|姊妹|[二两三四五](?=人(?:分别|合计|共同))人|等(?:[\d一二两三四五六七八九十]+[名位人]+)?(?=[，。；、任为系均是]))"
)


class Sign(NamedTuple):
    """One sign: a character of the text, or a name or post with all that it may mean."""

    char: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Shorthand:
    """The signs of a stretch and their text; offsets into `text` are indexes of `signs`."""

    signs: tuple[Sign, ...]

    @cached_property
    def text(self) -> str:
        """The signs as one string."""
        return "".join([sign.char for sign in self.signs])

    def entities(self, start: int, end: int) -> tuple[str, ...]:
        """The ids of all that is named between two indexes, in order, each once."""
        return tuple(dict.fromkeys(m.entity for sign in self.signs[start:end] for m in sign.mentions))

    def named(self, start: int, end: int) -> tuple[tuple[str, ...], ...]:
        """What each name between two indexes may mean."""
        return tuple(
            tuple(m.entity for m in sign.mentions) for sign in self.signs[start:end] if sign.mentions
        )

    def coref(self, start: int, end: int) -> bool:
        """Whether something between two indexes is meant without its name."""
        return any(m.coref for sign in self.signs[start:end] for m in sign.mentions)

    def span(self, start: int, end: int) -> Span:
        """The place in the cleaned text of the signs between two indexes."""
        inside = self.signs[start:end]
        return (inside[0].start, inside[-1].end) if inside else (0, 0)

    def without(self, pattern: re.Pattern[str]) -> "Shorthand":
        """The shorthand less what a pattern finds; a comma that the pattern names `end` is kept."""
        found = list(pattern.finditer(self.text))
        if not found:
            return self
        kept = list(self.signs)
        for match in reversed(found):
            stays = match.start("end") if match.groupdict().get("end") in ("，", "；", ",", ";") else None
            opens = [self.signs[match.start()]._replace(char="（")] if stays is not None else []
            kept[match.start() : match.end()] = opens
        return Shorthand(tuple(kept))

    def marked(self, places: Sequence[Span], char: str) -> "Shorthand":
        """The shorthand with one sign in place of each stretch of signs."""
        if not places:
            return self
        kept = list(self.signs)
        for start, end in sorted(places, reverse=True):
            kept[start:end] = [Sign(char, *self.span(start, end))]
        return Shorthand(tuple(kept))


def shorthand(reading: Reading, span: Span) -> Shorthand:
    """A stretch of a reading in shorthand."""
    signs = Shorthand(tuple(_signs(reading, span)))
    return signs.without(_ALIAS).without(_CODE).without(_LATE_ALIAS).without(_HONORIFIC)


def layers(signs: Shorthand) -> tuple[Shorthand, ...]:
    """The text without the brackets that tell something of a name, and what each of those brackets tells."""
    outer: list[Sign] = []
    inner: list[Shorthand] = []
    at = 0
    for match in _TOLD.finditer(signs.text):
        link = Sign("，" if _is_clause(match) else "的", *signs.span(match.start() + 1, match.start() + 2))
        names = signs.signs[_run_start(signs.text, match) : match.start() + 1]
        inner.append(Shorthand((*names, link, *signs.signs[slice(*match.span("told"))])))
        outer += signs.signs[at : match.start() + 1]
        at = match.end()
    return (Shorthand((*outer, *signs.signs[at:])), *inner)


def _run_start(text: str, match: re.Match[str]) -> int:
    """Where the names begin that a bracket tells of: all of a row for 分别… and 均…, else the one before it."""
    if not _OF_ALL.match(match["told"]):
        return match.start()
    return next(m.start() for m in _ROW.finditer(text, 0, match.start() + 1) if m.end() == match.start() + 1)


def _is_clause(match: re.Match[str]) -> bool:
    """Whether a bracket tells of the name as a clause does (系…, 持有…, 时任…), and not by a label (法定代表人：…)."""
    return match[0][0] == PERSON or bool(_CLAUSE.match(match["told"]))


def _signs(reading: Reading, span: Span) -> list[Sign]:
    """The signs one by one: at each place the longest name that begins there, else the character."""
    names, text = _names(reading, span), flat(reading.text)
    signs: list[Sign] = []
    at = span[0]
    for start in (*sorted(names), span[1]):
        if start < at:
            continue
        signs += [Sign(text[i], i, i + 1) for i in range(at, start) if text[i] not in _DROPPED]
        at = start
        if start in names:
            found = names[start]
            at = found[0].end - (2 if _HOLDING.match(text, found[0].end - 2) else 0)
            signs.append(Sign(_SIGN[reading.entities[found[0].entity].type], start, at, found))
    return signs


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text as shorthand writes it: folded, without blanks and quotation marks, with full-width marks."""
    return "".join(char for char in flat(text) if char not in _DROPPED)


@lru_cache(maxsize=64)
def flat(text: str) -> str:
    """A text with full-width marks, so that one pattern reads both; a comma inside 1,000 stays; offsets stay."""
    return _COMMA.sub("，", fold(text).translate(_MARKS))


def _inside(reading: Reading, span: Span) -> Iterator[Mention]:
    """The mentions inside a stretch, found by bisection: a long text has thousands."""
    for at in range(bisect_left(reading.mentions, span[0], key=lambda m: m.start), len(reading.mentions)):
        mention = reading.mentions[at]
        if mention.start >= span[1]:
            return
        if mention.end <= span[1] and reading.entities[mention.entity].type in _SIGN:
            yield mention


def has_names(reading: Reading, span: Span) -> bool:
    """Whether a stretch names anyone."""
    return next(_inside(reading, span), None) is not None


def _names(reading: Reading, span: Span) -> dict[int, tuple[Mention, ...]]:
    """For each place where names begin, those of the longest extent."""
    found: dict[int, list[Mention]] = {}
    for mention in _inside(reading, span):
        if mention.coref and (
            _MANY.match(reading.text, mention.start) or reading.text[: mention.start].endswith("失信")
        ):
            continue
        held = found.get(mention.start, [])
        longest = held[0].end if held else 0
        if mention.end > longest:
            found[mention.start] = [mention]
        elif mention.end == longest:
            held.append(mention)
    return {at: tuple(mentions) for at, mentions in found.items()}
