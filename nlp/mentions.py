"""All names of a tagged text, organisations and persons, none across another."""

from collections.abc import Sequence

from nlp.named import Named, Tagged, longest
from nlp.organs import organisations
from nlp.people import persons
from nlp.tagger import Word
from nlp.zones import zones


def tagged(text: str, words: Sequence[Word]) -> Tagged:
    """The text with its words and zones."""
    return Tagged(text, words, zones(text))


def names(read: Tagged) -> list[Named]:
    """The names of the text in order; where two overlap the surer and longer one stays."""
    return longest([*organisations(read), *persons(read)])
