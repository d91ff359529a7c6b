"""Where a person's name really begins and ends, beside what the tagger or a pattern says."""

import re

from graph_model.names.tables import surnames
from nlp.named import Tagged
from nlp.personal import is_name
from nlp.tagger import begins_word
from nlp.words import pattern, word_set

STANDS_ALONE = re.compile(r"(?=[，。；、：）（\s|”]|$)")
_CARES = re.compile(r"(?:先生|女士|小姐|同志|老师)$")
_CALLED = re.compile(r"(?:小名|绰号|外号|化名|别名|曾用名|名)")
_SPEAKS = frozenset("说称则系均被将也都又道问答即")
_NO_SURNAME_HERE = frozenset("和与于从向经由为任时有名后前原区")
_POST_ENDS = frozenset("员长人事师手工理监")
_FUNCTION = frozenset({"w", "u", "p", "c", "r", "m", "xc", "q"})
_MARKS = "某*×＊xX"


def edges(tagged: Tagged, index: int) -> tuple[int, int]:
    """The edges of the person at a word that the tagger calls one."""
    text, word = tagged.text, tagged.words[index]
    start, end = word.start, _without_title(text, word.start, word.end)
    called = _CALLED.match(text, start, end)
    if called and end - called.end() >= 2:
        start = called.end()
    start = _with_surname(tagged, index, start, end)
    polite = _CARES.search(text[start:end])
    if polite and polite.start() == 2 and text[start + 1] in surnames() and text[start] not in surnames():
        return start + 1, word.end
    if polite and polite.start() >= 2:
        end = start + polite.start()
    return start, _without_verb(text, start, _with_rest(tagged, index, start, end))


def _without_title(text: str, start: int, end: int) -> int:
    if end - start <= 2:
        return end
    return start + len(pattern("titles", after="$").sub("", text[start:end]))


def _with_surname(tagged: Tagged, index: int, start: int, end: int) -> int:
    """The start one character earlier where that is a family name the tagger left out."""
    if index == 0 or len(_CARES.sub("", tagged.text[start:end])) > 2:
        return start
    before = tagged.words[index - 1]
    if before.end == start and tagged.text[start - 1 : start + 1] in surnames():
        return start - 1
    said = tagged.said(before)
    lost = tagged.text[start - 1]
    behind_post = lost in surnames() and lost not in _POST_ENDS and pattern("posts", after="$").search(tagged.text, max(0, start - 8), start - 1)
    if behind_post or before.tag == "PER" and len(said) == 1 and before.end == start and lost in surnames():
        return start - 1
    if before.end != start or len(said) != 1 or said not in surnames() or said in _NO_SURNAME_HERE or before.tag in _FUNCTION:
        return start
    return start if tagged.text[max(0, before.start - 1) : before.start].isdigit() else before.start


def _with_rest(tagged: Tagged, index: int, start: int, end: int) -> int:
    """The end one or two characters later where a short name is cut before what then stands alone."""
    if end != tagged.words[index].end or end - start > 2:
        return end
    for word in tagged.words[index + 1 : index + 3]:
        if word.end - start > 3 or word.tag in _FUNCTION and tagged.text[word.start] != "之" or _runs_on(tagged.text[word.start]):
            break
        if STANDS_ALONE.match(tagged.text, word.end) or tagged.text[word.end] in "被因于在的等":
            return word.end if tagged.text[end : word.end].strip() == tagged.text[end : word.end] else end
    return end


def _runs_on(char: str) -> bool:
    return char in word_set("after_masked") or char in _SPEAKS


def _without_verb(text: str, start: int, end: int) -> int:
    """The end before a verb that the tagger took into the name: 说, 受访."""
    name = text[start:end]
    if "·" in name or any(mark in name for mark in _MARKS):
        return end
    if len(name) == 3:
        alone = STANDS_ALONE.match(text, end) is not None
        verb = name[-1] in "说称" or not alone and (name[-1] in _SPEAKS or pattern("after_short").match(text, end - 1) is not None)
        return end - verb
    if len(name) == 4 and name[:2] not in surnames():
        return end - 2 if begins_word(text[start + 2 : end + 2]) else end - 1
    return end - (len(name) == 4 and name[-1] in _SPEAKS)


def masked_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a masked name begins (a compound family name, else one character before 某) and ends (no verb behind it)."""
    if text[start + 1 : start + 2] not in _MARKS and text[start : start + 2] not in surnames():
        start += 1
    if text[end - 1] in _MARKS or text[end - 1].isascii() or STANDS_ALONE.match(text, end):
        return start, end
    again = text.count(text[start:end]) > 1
    cut = text[end - 1] in word_set("after_masked") or not again and begins_word(text[end - 1 : end + 5])
    return start, end - cut


def told_start(tagged: Tagged, start: int, end: int) -> int:
    """Where a name before 男 or 女 begins: at the tagger's word, else three or two characters before its end."""
    word = tagged.words[tagged.word_at(end - 1)]
    if word.tag == "PER" and start <= word.start:
        return word.start
    sizes = (size for size in (3, 2, 4) if end - size >= start and is_name(tagged.text[end - size : end], told=True))
    return end - next(sizes, end - start)
