"""The names of lists and what each is called in the graph (`patterns/lists.yml`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

from nlp.fold import fold

_RATED = re.compile("环[保境](?:诚信|良好|警示|不良)")  # a grade, no list
_OPEN = "其他:黑名单"


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: its canonical name, whether it honours, what a text about it says, how it is named."""

    code: str
    good: bool
    about: re.Pattern[str]
    names: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list named at a place: the words, the kind, and whether it honours."""

    start: int
    end: int
    words: str
    code: str
    good: bool


@cache
def kinds() -> tuple[ListKind, ...]:
    """Every kind of list, in the order in which they are tried."""
    text = files("nlp").joinpath("patterns", "lists.yml").read_text("utf-8")
    return tuple(
        ListKind(
            entry["code"],
            entry.get("good", False),
            re.compile(entry["about"]),
            re.compile("|".join(entry["names"])),
        )
        for entry in yaml.safe_load(text)
    )


def named_lists(text: str, *context: str) -> tuple[NamedList, ...]:
    """The lists that a text names, without overlaps; a bare 黑名单 takes its kind from the context."""
    kept: list[NamedList] = []
    for group in (_found(text, context, own=True), _found(text, context, own=False)):
        for named in sorted(group, key=lambda n: (n.start, -n.end)):
            if not any(k.start < named.end and named.start < k.end for k in kept):
                kept.append(named)
    return tuple(sorted(kept, key=lambda n: n.start))


def printed(named: NamedList, text: str) -> NamedList:
    """A list with its words as a text prints them, quotation marks and all; one without a code of its own is coded by them."""
    match = re.search('[“”"\\s]*'.join(map(re.escape, named.words)) + "”?", fold(text))
    words = " ".join(text[slice(*match.span())].split()) if match else named.words
    words = words if words.count("“") == words.count("”") else words.rstrip("”")
    code = f"其他:{_norm(words)}" if named.code.startswith("其他:") else named.code
    return replace(named, words=words, code=code)


def _norm(words: str) -> str:
    return "".join(fold(words).split()).replace("“", '"').replace("”", '"').lower()


def _found(text: str, context: tuple[str, ...], *, own: bool) -> Iterator[NamedList]:
    for kind in kinds():
        for match in kind.names.finditer(text) if own != (kind.code == _OPEN) else ():
            if _RATED.search(match[0]):
                continue
            code, good = (kind.code, kind.good) if own else _by_context(match[0], *context)
            yield NamedList(*match.span(), match[0], code, good)


def _by_context(*texts: str) -> tuple[str, bool]:
    """The kind of a list by what its own words say, then the headline, then the sentence."""
    for text in texts:
        for kind in kinds()[:-1]:
            if not kind.good and kind.about.search(text):
                return kind.code, False
    return f"其他:{texts[0]}", False
