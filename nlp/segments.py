"""A name's beginning at the start of its entry: back to 、 or a label, where only parts of a name lie between."""

import re

from graph_model.names.tables import places
from nlp.brands import generic
from nlp.heads import heads
from nlp.named import Tagged
from nlp.tagger import Word
from nlp.words import is_word, word_set

_STOP = re.compile(r"[、，。：；\n\t|（）“”《》 ！？]")
_FUNCTION = frozenset("对由向为在系该及与和被把经因等将于从给是的至到让使令以即并其各名")
_BARRED = frozenset({"w", "TIME", "m", "q", "p", "c", "u", "r", "PER"})
_LONGEST = 14
_BRACKETED = re.compile(r"（[^（）]{1,10}）")
_BRAND = 5


def from_entry(tagged: Tagged, left: int, head: int) -> int:
    """The left edge where the entry begins, if it begins with a place, or with the brand that the name still lacks."""
    start = _entry(tagged.text, left)
    if not 0 < left - start <= _LONGEST or not _parts_of_name(tagged, start, left):
        return left
    if _placed(tagged.text, start, left):
        return start
    core = _BRACKETED.sub("", tagged.text[left:head])
    return start if left - start <= _BRAND and len(core) > 3 and generic(core) else left


def _entry(text: str, left: int) -> int:
    for at in range(left - 1, max(-1, left - _LONGEST - 2), -1):
        if _STOP.match(text[at]):
            return at + 1
    return 0 if left <= _LONGEST else left


def _placed(text: str, start: int, left: int) -> bool:
    return any(text[start : start + size] in places() for size in range(2, min(9, left - start) + 1))


def _parts_of_name(tagged: Tagged, start: int, left: int) -> bool:
    """Whether no word in the stretch ends a name or begins a clause."""
    if next(heads(tagged.text, start, left), None) is not None:
        return False
    words = tagged.words[tagged.word_at(start) : tagged.word_at(left - 1) + 1]
    return all(_may_be_part(tagged, word) for word in words if word.end > start)


def _may_be_part(tagged: Tagged, word: Word) -> bool:
    said = tagged.said(word)
    if word.tag in _BARRED or said in _FUNCTION or len(said) > 1 and word.tag in ("v", "d", "vd", "ad"):
        return False
    return (
        len(said) == 1
        or said not in word_set("common_verbs")
        and not is_word("stop_words", said)
        and not is_word("run_on_words", said)
    )
