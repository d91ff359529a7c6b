"""Where an organisation's name begins: leftwards from its head word over the tagger's words, then put right.

The tagger gives the words and calls some of them places or organisations; a name never runs on over the stop
words of `patterns/words.yml`, and a few rules mend what the tagger cut or joined wrongly.
"""

import re
from dataclasses import dataclass

from graph_model.names.tables import large_places, places
from nlp.heads import Head, type_of_name
from nlp.named import Tagged
from nlp.tagger import Word
from nlp.words import either, is_word, pattern, word_set

CONTENT = frozenset(["LOC", "ORG", "PER", "nz", "n", "nw", "vn", "an", "a", "s", "ns", "nt", "nr", "ad", "m", "f", "vd", "xc"])
ANCHOR = frozenset({"LOC", "ORG", "PER", "nz"})
LEVEL = re.compile(r"(?:自治区|[省市县区州旗镇乡])$")
_LONGEST = 50  # no name is longer: a text of nothing but names would be walked through from each of them
_MASKED = re.compile(r"某|[*×xX＊]{1,3}|[甲乙丙丁]")
_WHOLE_MASK = re.compile(r"某{1,3}[甲乙丙丁]?|[*×]{1,3}")


@dataclass(slots=True)
class _Walk:
    """How far a name has been followed to the left; `complete` while what is there is a whole name of the tagger's."""

    at: int
    left: int
    anchor: int | None
    complete: bool


def left_edge(tagged: Tagged, index: int, head: Head) -> tuple[int, bool]:
    """Where the name begins, and whether a place, a brand or the tagger says so."""
    walk = _begin(tagged, index, head)
    while walk.at >= 0 and head.end - walk.left <= _LONGEST and (_over_bracket(tagged, walk) or _over_word(tagged, walk, head)):
        pass
    if walk.anchor is not None and walk.anchor <= head.start:
        return walk.anchor, True
    return _by_place(tagged.text, walk.left, head.start)


def _begin(tagged: Tagged, index: int, head: Head) -> _Walk:
    """The walk at the word that holds the head."""
    words, text = tagged.words, tagged.text
    if words[index].start > head.start:
        index = tagged.word_at(head.start)
    word = words[index]
    left = word.start + (text[word.start] == "）")  # the tagger takes a bracket into the word
    anchor = word.start if word.tag in ANCHOR else None
    return _Walk(index - 1, left, anchor, word.tag == "ORG" and not _branch(text[left : head.end]))


def _branch(text: str) -> bool:
    return pattern("branch_ends", after="$").search(text) is not None


def _over_bracket(tagged: Tagged, walk: _Walk) -> bool:
    """One step over a short bracket inside a name: 中铜（上海）投资."""
    index = _before_bracket(tagged, walk.left)
    if index is None:
        return False
    walk.left, walk.complete = tagged.words[index].end, False
    if is_word("stop_words", tagged.text, tagged.words[index].start, walk.left):
        walk.at = -1
        return True
    walk.left = walk.anchor = tagged.words[index].start
    walk.at = index - 1
    return True


def _over_word(tagged: Tagged, walk: _Walk, head: Head) -> bool:
    """One step over a word that may belong to the name."""
    word, text = tagged.words[walk.at], tagged.text
    if word.end != walk.left or not _goes_on(tagged, word, walk):
        return False
    if word.tag == "PER" and tagged.words[walk.at + 1].tag in ("LOC", "ORG"):
        return False
    said = tagged.said(word)
    if word.tag == "ORG" and type_of_name(said) and not _branch(text[word.start : head.end]):
        return False
    walk.left = word.start
    if word.tag in ANCHOR or _MASKED.search(said) or said in places():
        walk.anchor = walk.left
        walk.complete = word.tag == "ORG" and walk.complete
    walk.at -= 1
    return True


def _goes_on(tagged: Tagged, word: Word, walk: _Walk) -> bool:
    """Whether a name may run on leftwards over this word."""
    said = tagged.said(word)
    if is_word("stop_words", said):
        return False
    if walk.complete:
        masked = _WHOLE_MASK.fullmatch(said) or LEVEL.fullmatch(said) and tagged.text[word.start - 1 : word.start] == "某"
        return masked is not None and bool(masked) or _place_before(tagged.text, word, walk.left)
    if word.tag == "v":
        return len(said) >= 4 or len(said) <= 2 and _brand_verb(tagged, word)
    return word.tag in CONTENT or bool(_MASKED.search(said)) or said in places() or said.isascii() and said.isalnum()


def _place_before(text: str, word: Word, left: int) -> bool:
    """Whether a place, or the front part of a name that the tagger cut in two, belongs before a whole name."""
    before = text[word.start : word.end]
    opening = next((size for size in range(9, 1, -1) if text[left : left + size] in places()), 0)
    if word.tag == "ORG":
        return not opening and type_of_name(before) is None
    if word.tag != "LOC" and before not in places():
        return False
    codes = places().get(text[left : left + opening], frozenset())
    large = any(len(code) <= 4 for code in codes)
    return not large or any(len(code) <= 2 for code in places().get(before, ()))


def _brand_verb(tagged: Tagged, word: Word) -> bool:
    """Whether a word the tagger calls a verb is a brand: a place stands right before it and opens the clause."""
    index = tagged.word_at(word.start) - 1
    if index < 0 or tagged.said(word) in word_set("common_verbs"):
        return False
    before = tagged.words[index]
    if before.tag not in ("LOC", "ORG", "nz") or before.end != word.start:
        return False
    return tagged.text[max(0, before.start - 1) : before.start] not in "在于到往从至"


_INNER = re.compile(r"[\u4e00-\u9fff]{2,8}")
_NOT_INNER = re.compile(r"以下|简称|下称|原|曾|单位|代表|负责|名称|公章|盖章|试行|个人|男|女")


def _before_bracket(tagged: Tagged, left: int) -> int | None:
    """The index of the word before a short bracket that ends where the name now begins."""
    text = tagged.text
    if left == 0 or text[left - 1] != "）":
        return None
    opening = text.rfind("（", 0, left)
    inside = text[opening + 1 : left - 1]
    if opening <= 0 or not _INNER.fullmatch(inside) or _NOT_INNER.search(inside):
        return None
    index = tagged.word_at(opening - 1)
    if index < 0 or tagged.words[index].end != opening:
        return None
    return index if tagged.said(tagged.words[index]) not in word_set("common_verbs") else None


def _by_place(text: str, left: int, end: int) -> tuple[int, bool]:
    """The first place name inside the stretch, where the tagger saw none."""
    known = places()
    for start in range(left, end - 1):
        if any(text[start : start + size] in known for size in range(9, 2, -1)):
            return start, True
    return left, LEVEL.fullmatch(text[left : left + 1]) is not None and left < end


# --- mending -----------------------------------------------------------------------------------------


def mended(tagged: Tagged, left: int, head: Head) -> int:
    """The left edge after the rules for what the tagger cut or joined wrongly."""
    text = tagged.text
    left = _balanced(tagged, _quoted(text, left), head)
    left = _after_copula(text, _after_stray(text, left, head), head)
    return _from_county(text, _joined_place(text, left))


def behind_stops(text: str, left: int, head: Head) -> int:
    """The left edge behind a word that no name contains (股东, 内幕交易), or a whole name and what follows it."""
    inside = pattern("inside_stops", before=".*").match(text, left, head.start)
    rest = inside.end() if inside else left
    for verb in _run_on().finditer(text, rest, head.start):
        before = text[rest : verb.start("verb")]
        if len(before) >= 4 and type_of_name(before):
            return verb.end()
    return rest


def _run_on() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff（）]{{3,30}}?(?P<verb>{either('run_on_words')})")


def _quoted(text: str, left: int) -> int:
    """The left edge before a brand in quotes: “蜜言奶茶”濉溪路店."""
    opening = text.rfind("“", max(0, left - 12), left)
    return opening if text[left - 1 : left] == "”" and opening >= 0 and left - opening > 3 else left


def _balanced(tagged: Tagged, left: int, head: Head) -> int:
    """The left edge before a bracket that the tagger cut across: 某某时代（北京）科技."""
    inside = tagged.text[left : head.start]
    opening = tagged.text.rfind("（", max(0, left - 8), left)
    if "）" not in inside or "（" in inside.partition("）")[0] or opening < 1:
        return left
    at = tagged.word_at(opening - 1)
    return tagged.words[at - _joins_back(tagged, at)].start


def _joins_back(tagged: Tagged, at: int) -> bool:
    """Whether the word before belongs to the same short brand."""
    if at < 1:
        return False
    before, word = tagged.words[at - 1], tagged.words[at]
    near = before.end == word.start and word.end - before.start <= 6 and before.tag in (*ANCHOR, "v", "n", "a", "vn")
    said = tagged.said(before)
    return near and said not in word_set("common_verbs") and not is_word("stop_words", said)


_COPULA = re.compile(r"[系为是由对向在与和及任]")


def _after_copula(text: str, left: int, head: Head) -> int:
    """The left edge behind 系, 对, 由 … and before a place, where the tagger took a clause for a name."""
    for match in _COPULA.finditer(text, left + 1, head.start):
        placed = any(text[match.end() : match.end() + size] in large_places() for size in (2, 3, 4))
        if placed and head.start - match.end() >= 2:
            left = match.end()
    return left


def _after_stray(text: str, left: int, head: Head) -> int:
    """The left edge behind a character that belongs to the word before: 股 + 东沈阳…公司."""
    stray = text[left : left + 1] not in "新老大小东西南北中" or is_word("stop_words", text, max(0, left - 1), left + 1)
    place = any(text[left + 1 : left + 1 + size] in large_places() for size in (3, 2))
    own = any(text[left : left + size] in places() for size in range(2, 8))
    return left + 1 if stray and place and not own and left + 3 < head.start else left


def _joined_place(text: str, left: int) -> int:
    """The left edge one character earlier where the tagger cut a place in two: 晋|中鼎阔煤炭."""
    cut = left and text[left - 1 : left + 1] in large_places() and text[left - 1] not in "在于对由向与和及为是"
    own = any(text[left : left + size] in places() for size in (2, 3, 4))
    return left - 1 if cut and not own else left


_TOWNSHIP = re.compile(r"(?:[\u4e00-\u9fff]{1,4}(?:镇|乡|街道|村))?")


def _from_county(text: str, left: int) -> int:
    """The left edge at a county or city right before the name that the tagger cut across: 开化|县池淮镇."""
    for start in range(max(0, left - 12), left - 2):
        for end in range(min(start + 9, left), start + 2, -1):
            if text[end - 1] in "县市区旗" and text[start:end] in places() and _TOWNSHIP.fullmatch(text, end, left):
                return start
    return left
