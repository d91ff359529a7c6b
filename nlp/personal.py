"""Whether characters can be a person's name."""

import re
from functools import lru_cache

from graph_model.names.tables import large_places, places, surnames
from nlp.words import is_word, pattern

HAN = "\u4e00-\u9fff"
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:·[{HAN}A-Za-z]{{1,12}}){{1,4}}")
_POLITE = re.compile(rf"[{HAN}]{{1,2}}(?:先生|女士|小姐|老师)|[小老阿][{HAN}]")
_LATIN = re.compile(r"[A-Z]{2,}[A-Z* ]*\*[A-Z*]*")
_MASK = re.compile(r"某|[*×＊xX]")
_ORGAN = re.compile(r"公司|局|市|县")
_PLAIN = re.compile(rf"[{HAN}]{{2,4}}")
_NO_MINORITY = re.compile(r"[的或及和、无]|代表|单位|公司|身份|登记|信息|职务|人$")


@lru_cache(maxsize=16384)
def is_name(text: str, *, told: bool = False) -> bool:
    """Whether the characters can be a person's name: a family name and one or two more, a masked or a · name.

    `told` says that the text itself calls it a person's, so that a name may begin like a word (黄金梅, 高新宇).
    """
    if is_label(text):
        return False
    if "·" in text or text.isascii():
        return _DOTTED.fullmatch(text) is not None or _LATIN.fullmatch(text) is not None
    if _POLITE.fullmatch(text):
        return has_surname(text) or text[0] in "小老阿" and text[1] in surnames()
    if _MASK.search(text):
        return text[0] not in "某第及和与或对由等将被向据" and has_surname(text) and not _ORGAN.search(text)
    if not _PLAIN.fullmatch(text) or text in places() or text in large_places():
        return False
    word = is_word("words_not_persons", text) if told else like_word(text)
    return not word and _built_like_name(text)


def _built_like_name(text: str) -> bool:
    if len(text) == 4:
        return text[:2] in surnames() or text[0] in surnames() and text[1] in surnames()
    return text[0] in surnames() or len(text) == 3 and text[:2] in surnames()


def has_surname(text: str) -> bool:
    """Whether the text begins with a known family name."""
    return text[:1] in surnames() or text[:2] in surnames()


def is_label(text: str) -> bool:
    """Whether the text is a field's name or a post, whatever it begins with."""
    return is_word("labels", text) or is_word("posts", text)


def like_word(text: str) -> bool:
    """Whether the text begins like a common word, or has in it what no name has."""
    return pattern("never_persons").search(text) is not None or pattern("words_not_persons").match(text) is not None


def is_minority_name(text: str) -> bool:
    """Whether a name without a known family name may stand behind 法定代表人：, as names of other peoples do."""
    plain = not is_label(text) and not like_word(text) and _NO_MINORITY.search(text) is None
    return plain and pattern("posts").match(text) is None
