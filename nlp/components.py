"""The steps of the pipeline as spaCy components: each reads what the one before left on the `Doc` and adds its own.

A `Doc` is the cleaned text with one token a character, so that token offsets are offsets into the cleaned text.
On it: `doc._.cleaned` (the way back to the original), `doc._.tagged`, `doc._.names`, `doc._.entities`,
`doc._.reading`, `doc._.facts`; `doc.ents` and the span groups "mentions" and "references" show the names, each
span with `span._.entity` (the id of what it means) and `span._.coref`.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from nlp.clean import clean
from nlp.entities import entities, mentions
from nlp.extraction import Fact
from nlp.mentions import names, tagged
from nlp.reading import Mention, Reading
from nlp.references import references
from nlp.tagger import tag

Finder = Callable[[Reading], list[Fact]]


def register() -> None:
    """The attributes that the components use, known to spaCy; again and again without harm."""
    for name in ("cleaned", "tagged", "names", "entities", "reading", "facts", "date_context"):
        Doc.set_extension(name, default=None, force=True)
    registry.tokenizers.register("xinpu.characters.v1", func=make_characters)
    Span.set_extension("entity", default=None, force=True)
    Span.set_extension("coref", default=False, force=True)


def make_characters() -> Callable[[Language], "Characters"]:
    """A tokenizer that cleans a text and makes each of its characters a token."""
    return lambda language: Characters(language.vocab)


class Characters:
    """The cleaned text as a `Doc` of characters."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        cleaned = clean(text)
        doc = Doc(self.vocab, words=list(cleaned.text), spaces=[False] * len(cleaned.text))
        doc._.cleaned = cleaned
        return doc

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to keep: the tables are in the package."""
        del kwargs
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> "Characters":
        """The same tokenizer."""
        del data, kwargs
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to keep."""

    def from_disk(self, path: object, **kwargs: object) -> "Characters":
        """The same tokenizer."""
        del path, kwargs
        return self


@Language.component("xinpu_tagger_v1", assigns=["doc._.tagged"])
def tag_words(doc: Doc) -> Doc:
    """Words, parts of speech and zones."""
    text = doc._.cleaned.text
    doc._.tagged = tagged(text, tag(text))
    return doc


@Language.component("xinpu_mentions_v1", requires=["doc._.tagged"], assigns=["doc._.names"])
def find_names(doc: Doc) -> Doc:
    """The names of organisations and persons, where they stand."""
    doc._.names = names(doc._.tagged)
    return doc


@Language.component("xinpu_entities_v1", requires=["doc._.names"], assigns=["doc._.entities", "doc.ents"])
def find_entities(doc: Doc) -> Doc:
    """One entity for each referent."""
    doc._.entities = entities(doc._.tagged, doc._.names)
    spans = [_span(doc, start, end, key) for start, end, key in mentions(doc._.entities)]
    doc.spans["mentions"] = spans
    doc.ents = filter_spans(spans)
    return doc


def _span(doc: Doc, start: int, end: int, key: str, *, coref: bool = False) -> Span:
    span = Span(doc, start, end, label=doc._.entities[key].type)
    span._.entity, span._.coref = key, coref
    return span


@Language.component("xinpu_references_v1", requires=["doc._.entities"], assigns=["doc._.reading"])
def resolve_references(doc: Doc) -> Doc:
    """What 当事人, 该公司, 我局 mean, and with it the reading that the finders of facts read."""
    text, found = doc._.cleaned.text, doc._.entities
    named = [Mention(start, end, key) for start, end, key in mentions(found)]
    meant = references(text, found, doc._.date_context)
    doc.spans["references"] = [_span(doc, m.start, m.end, m.entity, coref=True) for m in meant]
    doc._.reading = Reading(text, found, tuple(sorted((*named, *meant))), doc._.date_context)
    return doc


@Language.factory("xinpu_facts_v1", default_config={"finders": []}, requires=["doc._.reading"], assigns=["doc._.facts"])
def make_facts(nlp: Language, name: str, finders: Sequence[str]) -> Callable[[Doc], Doc]:
    """A component that runs the named finders, each a module of this room with a function `find`."""
    del nlp, name
    found = [_finder(module) for module in finders]

    def find_facts(doc: Doc) -> Doc:
        doc._.facts = [fact for find in found for fact in find(doc._.reading)]
        return doc

    return find_facts


def _finder(module: str) -> Finder:
    find: Finder = import_module(f"nlp.{module}").find
    return find


@Language.component("xinpu_status_v1", requires=["doc._.facts"], assigns=["doc._.facts"])
def judge_status(doc: Doc) -> Doc:
    """Asserted, planned, proposed, conditional, negated or removed, for each fact, and how far its type can be trusted."""
    from nlp.measured import confident
    from nlp.status import apply

    doc._.facts = confident(apply(doc._.reading, doc._.facts))
    return doc


def facts_of(doc: Doc) -> Iterable[Fact]:
    """The facts on a `Doc`; none where no finder ran."""
    return doc._.facts or ()
