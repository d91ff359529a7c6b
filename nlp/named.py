"""A name in a text, and the tagged text in which names are looked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.extraction import EntityType
from nlp.tagger import Word
from nlp.zones import Zones


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A name in a text and what it names; `sure` where more than its shape speaks for it."""

    start: int
    end: int
    type: EntityType
    sure: bool = True


@dataclass(frozen=True)
class Tagged:
    """A cleaned text with its words and zones: what the name finders read."""

    text: str
    words: Sequence[Word]
    zones: Zones

    @cached_property
    def starts(self) -> list[int]:
        return [word.start for word in self.words]

    def word_at(self, place: int) -> int:
        """The index of the word that covers a place, or the one before it."""
        return bisect_right(self.starts, place) - 1

    def said(self, word: Word) -> str:
        """The characters of a word."""
        return self.text[word.start : word.end]


def longest(names: Iterable[Named]) -> list[Named]:
    """The names in order, without those that lie in or across another, longer one."""
    kept: list[Named] = []
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, not n.sure, n.start)):
        index = bisect_left(taken, (name.start, name.end))
        if not any(a < name.end and name.start < b for a, b in taken[max(0, index - 1) : index + 1]):
            taken.insert(index, (name.start, name.end))
            kept.append(name)
    return sorted(kept)
