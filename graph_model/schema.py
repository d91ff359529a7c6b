"""The shapes a model is declared in, and every cross-check at construction."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from graph_model.errors import ModelError
from graph_model.kinds import KINDS

# subject: whom facts are about. event: a fact with its own number and dates. record: what one source says
# of a subject. support: where facts come from; bears no claim itself.
NodeRole = Literal["subject", "event", "record", "support"]
Polarity = Literal["negative", "positive", "neutral"]
Category = Literal["role", "share", "control", "tie", "trade", "event", "source", "identity"]
# Categories that a path search walks; SAME_AS is crossed at no hop cost.
WALKED: tuple[Category, ...] = ("role", "share", "control", "tie")

_LABEL = re.compile(r"[A-Z][A-Za-z]*")
_TYPE = re.compile(r"[A-Z]+(_[A-Z]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship."""

    name: str
    kind: str
    description: str
    indexed: bool = False

    @property
    def column(self) -> str:
        """The column type on a typed store."""
        return KINDS[self.kind].column


# Every relationship and every event and record node carries these; set by the loader only.
CLAIM_PROPERTIES: tuple[Property, ...] = (
    Property("claim_id", "identifier", "Stable id of this claim: fact and content hashed, so the same file gives the same claims."),
    Property("source", "identifier", "The Source that says so."),
    Property("document", "identifier", "The Document (sha-256) it was read from."),
    Property("row", "integer", "Row in the document, the header being row 1; the sheet follows from the document's id."),
    Property("span_start", "integer", "First character in the document's text, when it came from text."),
    Property("span_end", "integer", "First character after it."),
    Property("position", "text", "Page with the box of its lines, or paragraph, when it came from a document."),
    Property("quote", "text", "The words it was read from, when it came from text; identity numbers masked."),
    Property("confidence", "text", "Measured share of right facts of the kind, 0.000 to 1.000; empty: no machine read it."),
    Property("method", "text", "The pattern, with its version, that read it."),
    Property("review", "text", "How it came to its status, as JSON: decision, who or which policy, when, why."),
    Property("status", "text", "asserted, candidate, disputed or closed; only asserted claims make an answer positive."),
    Property("valid_from", "date", "First day on which it holds; empty: not known."),
    Property("valid_to", "date", "Last day on which it holds; empty: no end known; unknown: ended, the day is not known."),
    Property("as_of", "date", "Day on which the source stated it as true."),
    Property("unknown_since", "date", "Day from which the source no longer shows it, without saying that it ended."),
    Property("known_from", "integer", "The run that published it: the answer to when we learnt it."),
    Property("known_to", "integer", "The run that closed it; the greatest integer while it is believed."),
)  # fmt: skip
RESERVED = frozenset(p.name for p in CLAIM_PROPERTIES) | {"id"}
STILL_KNOWN = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label: what it stands for, its properties beside `id`, and the one it is captioned by.

    An event says which of its dates begin it, which ends it (from that day it is over), and which values tell
    two events of one subject apart.
    """

    label: str
    term: str
    role: NodeRole
    description: str
    caption: str
    properties: tuple[Property, ...]
    identity: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: str | None = None

    @property
    def bears_claim(self) -> bool:
        """Whether the node is itself a dated claim."""
        return self.role in ("event", "record")

    @property
    def columns(self) -> tuple[Property, ...]:
        """All properties in storage order, `id` first."""
        key = Property("id", "identifier", "Stable id, the key of the node.", indexed=True)
        claim = tuple(p for p in CLAIM_PROPERTIES if p.name != "claim_id") if self.bears_claim else ()
        return (key, *self.properties, *claim)


@dataclass(frozen=True, slots=True)
class RelType:
    """A relationship type: which labels it joins, which property values make two of them different facts."""

    type: str
    term: str
    category: Category
    ends: tuple[tuple[str, str], ...]
    description: str
    properties: tuple[Property, ...] = ()
    identity: tuple[str, ...] = ()
    single: bool = False  # an enterprise has one at a time: a source that names a successor no longer shows the old one

    @property
    def columns(self) -> tuple[Property, ...]:
        """All properties in storage order, `claim_id` first."""
        return (CLAIM_PROPERTIES[0], *self.properties, *CLAIM_PROPERTIES[1:])

    @property
    def walked(self) -> bool:
        """Whether a path search follows it."""
        return self.category in WALKED


@dataclass(frozen=True, slots=True)
class RoleTerm:
    """A post as sources write it, and the relationship it is."""

    term: str
    type: str
    english: str


@dataclass(frozen=True, slots=True)
class ListType:
    """One published list: its name, whether it is bad or good to stand on it, and other names it goes by."""

    term: str
    english: str
    polarity: Polarity
    authority: str
    severe: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The key of its List node."""
        return f"list-{self.term}"


@dataclass(frozen=True)
class Model:
    """The whole declaration; construction fails on any contradiction in it."""

    nodes: tuple[NodeType, ...]
    rels: tuple[RelType, ...]
    roles: tuple[RoleTerm, ...] = ()
    lists: tuple[ListType, ...] = ()

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ModelError("the model contradicts itself:\n  " + "\n  ".join(problems))

    @cached_property
    def node(self) -> Mapping[str, NodeType]:
        """Node types by label."""
        return MappingProxyType({n.label: n for n in self.nodes})

    @cached_property
    def rel(self) -> Mapping[str, RelType]:
        """Relationship types by name."""
        return MappingProxyType({r.type: r for r in self.rels})

    @cached_property
    def role(self) -> Mapping[str, RoleTerm]:
        """Posts by Chinese term."""
        return MappingProxyType({r.term: r for r in self.roles})

    @cached_property
    def list_named(self) -> Mapping[str, ListType]:
        """Lists by Chinese term and by each alias."""
        return MappingProxyType({name: entry for entry in self.lists for name in (entry.term, *entry.aliases)})

    @property
    def subjects(self) -> tuple[str, ...]:
        """Labels of subjects."""
        return tuple(n.label for n in self.nodes if n.role == "subject")

    @property
    def walked(self) -> tuple[str, ...]:
        """Relationship types that a path search follows."""
        return tuple(r.type for r in self.rels if r.walked)


def _problems(model: Model) -> Iterator[str]:
    labels = {n.label for n in model.nodes}
    yield from _twice("label", (n.label for n in model.nodes))
    yield from _twice("relationship type", (r.type for r in model.rels))
    yield from _twice("role", (r.term for r in model.roles))
    yield from _twice("list name", (n for entry in model.lists for n in (entry.term, *entry.aliases)))
    for node in model.nodes:
        yield from _node_problems(node)
    for rel in model.rels:
        yield from _rel_problems(rel, labels)
    for role in model.roles:
        if role.type not in {r.type for r in model.rels}:
            yield f"role {role.term}: no relationship {role.type}"


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{what} {name} is declared twice"
        seen.add(name)


def _node_problems(node: NodeType) -> Iterator[str]:
    if not _LABEL.fullmatch(node.label):
        yield f"label {node.label}: write it like Enterprise"
    if node.caption not in {"id"} | {p.name for p in node.properties}:
        yield f"{node.label}: its caption {node.caption} is no property"
    if node.role == "event" and not (node.identity and node.begins):
        yield f"{node.label}: an event needs identity and begins"
    for name in {*node.identity, *node.begins, *filter(None, (node.ends,))} - {p.name for p in node.properties}:
        yield f"{node.label}: {name} is no property of it"
    reserved = frozenset({"id"}) if node.role in ("subject", "support") else RESERVED
    yield from _property_problems(node.label, node.description, node.properties, reserved)


def _rel_problems(rel: RelType, labels: set[str]) -> Iterator[str]:
    if not _TYPE.fullmatch(rel.type):
        yield f"relationship {rel.type}: write it like DIRECTOR_OF"
    if not rel.ends:
        yield f"{rel.type}: it joins nothing"
    for end in {label for pair in rel.ends for label in pair} - labels:
        yield f"{rel.type}: unknown end {end}"
    for name in set(rel.identity) - {p.name for p in rel.properties} - {"valid_from", "valid_to"}:
        yield f"{rel.type}: identity {name} is no property"
    yield from _property_problems(rel.type, rel.description, rel.properties, RESERVED)


def _property_problems(
    owner: str, description: str, properties: tuple[Property, ...], reserved: frozenset[str]
) -> Iterator[str]:
    yield from _twice(f"{owner}: property", (p.name for p in properties))
    if not description.endswith("."):
        yield f"{owner}: its description is no sentence"
    for p in properties:
        if p.name in reserved:
            yield f"{owner}.{p.name}: the name is reserved"
        if not _NAME.fullmatch(p.name):
            yield f"{owner}.{p.name}: write it like listed_on"
        if p.kind not in KINDS:
            yield f"{owner}.{p.name}: unknown kind {p.kind}; known: {', '.join(KINDS)}"
        if not p.description.endswith("."):
            yield f"{owner}.{p.name}: its description is no sentence"
