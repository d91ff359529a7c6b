"""Show: everything known of one subject as separate claims; of anything else with an id, what it says and where."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph_model.claims import ASSERTED, Clocks
from graph_model.errors import UnknownEntity
from graph_model.model import MODEL
from graph_model.names.clean import name_key
from graph_model.stores.graph import Reader, Row
from queries.answers.answer import Evidence, Folded, Grade, NodeRef
from queries.answers.candidates import candidates_of
from queries.answers.evidence import RawRows, Stated, evidence_of
from queries.answers.facts import Fact, Hung, Said, Value, View, caption, facts, said, values_of
from queries.answers.meant import one_subject
from queries.caption import UNRANKED, captions
from queries.catalogue import showing
from queries.catalogue.coverage import SOURCES_RANKED
from queries.clocks import read_clocks
from queries.folding import Fold, Identities, checked_identity
from queries.inquiry import Inquiry, Watch
from queries.network import Network

MOST_CLAIMS = 5_000
_CLAIM = re.compile(r"[0-9a-f]{20}-[0-9a-f]{10}(-\d+)?")
NameKind = Literal["name", "former", "short", "english", "used"]


@dataclass(frozen=True, slots=True)
class ShowQuestion:
    """The question in canonical form: every default filled in."""

    verb: Literal["show"]
    id: str
    at: str
    known_at: str
    history: bool
    identity: Grade


@dataclass(frozen=True, slots=True)
class NameSaid:
    """One name of the subject, of which kind, and the claims that use it."""

    name: str
    key: str
    kind: NameKind
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a claim's values as printed, or a repair proposed for them."""

    claim: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """One subject, its nodes that SAME_AS joins folded in; closed claims only where history was asked for.

    `candidates`: how many claims a machine read that nobody has decided on; they stand in no section.
    `names_differ`: two records give names that are not the same even in comparison form.
    """

    question: ShowQuestion
    clocks: Clocks
    subject: NodeRef
    same_as: tuple[Folded, ...]
    names: tuple[NameSaid, ...]
    names_differ: bool
    records: tuple[Fact, ...]
    posts: tuple[Fact, ...]
    persons: tuple[Fact, ...]
    shareholders: tuple[Fact, ...]
    holdings: tuple[Fact, ...]
    control: tuple[Fact, ...]
    ties: tuple[Fact, ...]
    trade: tuple[Fact, ...]
    listings: tuple[Fact, ...]
    penalties: tuple[Fact, ...]
    enforcements: tuple[Fact, ...]
    judgments: tuple[Fact, ...]
    grades: tuple[Fact, ...]
    responsible_in: tuple[Fact, ...]
    mentions: tuple[Fact, ...]
    identity: tuple[Fact, ...]
    problems: tuple[Remark, ...]
    proposals: tuple[Remark, ...]
    truncated: bool
    candidates: int
    evidence: dict[str, Evidence]


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """Anything else with an id: an event, a record, a document, a source, a run, a list, or one claim.

    `claim` is what the thing itself states, `source` and `target` the ends of a relationship, `attached` what
    hangs on a node.
    """

    question: ShowQuestion
    clocks: Clocks
    node: NodeRef
    term: str
    values: dict[str, Value]
    claim: Said | None
    source: NodeRef | None
    target: NodeRef | None
    attached: tuple[Fact, ...]
    truncated: bool
    evidence: dict[str, Evidence]


def show(
    reader: Reader, id: str, *, at: str | None = None, known_at: str | None = None, history: bool = False,
    identity: Grade = "anchored", raw: RawRows | None = None,
) -> ProfileAnswer | NodeAnswer:  # fmt: skip
    """Everything under an id, a number of an enterprise or a claim id. Raises `UnknownEntity` where nothing carries it."""
    watch = Watch(reader)
    clocks = read_clocks(watch, at=at, known_at=known_at)
    shown = _Show(Inquiry(watch, clocks), history, checked_identity(identity), raw)
    question = ShowQuestion("show", id.strip(), clocks.valid_at, clocks.known_at, history, identity)
    found = shown.node(question.id)
    if found is None and _CLAIM.fullmatch(question.id):
        return shown.claim(question)
    if found is None:
        found = shown.meant(question.id)
    return shown.profile(question, found) if found["_label"] in MODEL.subjects else shown.other(question, found)


@dataclass(slots=True)
class _Show:
    """One showing: what was fetched so far."""

    inquiry: Inquiry
    history: bool
    weakest: str
    raw: RawRows | None
    truncated: bool = False
    ranks: dict[str, int] = field(default_factory=dict)
    source_names: dict[str, str] = field(default_factory=dict)

    def node(self, id_: str) -> Row | None:
        """The node with this id, of whatever label."""
        for label in MODEL.node:
            for row in self.inquiry.watch.rows(showing.NODE.replace("LABEL", label), {"id": id_}):
                node: Row = row["node"]
                if node.get("known_from", 0) <= self.inquiry.clocks.known_run:
                    return node
        return None

    def meant(self, text: str) -> Row:
        """The one subject that a number or full name singles out."""
        meant = one_subject(Network(self.inquiry, self.weakest), text)
        node: Row = self.inquiry.watch.rows(showing.NODE.replace("LABEL", meant.label), {"id": meant.id})[0]["node"]
        return node

    # --- subjects ---------------------------------------------------------------------------------------

    def profile(self, question: ShowQuestion, found: Row) -> ProfileAnswer:
        folds = self._folds(found)
        every_hung = _once(one for fold in sorted(folds) for one in self.hung(fold, found["_label"]))
        hung = [one for one in every_hung if self.history or one.row["status"] == ASSERTED]
        view = self.view([*folds, *(one.other for one in hung if one.label in MODEL.subjects)])
        section = _sections(hung, view)
        records = section["records"]
        names = _names(records, [f for name in _EVENT_SECTIONS for f in section[name]])
        same_as = tuple(Folded(f.id, _grade(f.grade), f.claims) for _, f in sorted(folds.items()) if f.id != found["id"])
        every = [fact for facts_ in section.values() for fact in facts_]
        return ProfileAnswer(
            question=question, clocks=self.inquiry.clocks,
            subject=NodeRef(found["id"], found["_label"], view.captions[found["id"]]), same_as=same_as,
            names=names, names_differ=len({n.key for n in names if n.kind == "name"}) > 1, **section,
            problems=_remarks(every, "problems"), proposals=_remarks(every, "proposals"),
            truncated=self.truncated, candidates=len(candidates_of(self.inquiry, dict.fromkeys(folds, str(found["_label"])))),
            evidence=self.evidence(hung, view),
        )  # fmt: skip

    def _folds(self, found: Row) -> dict[str, Fold]:
        return Identities(self.inquiry, self.weakest).fold(found["id"])

    def hung(self, id_: str, label: str) -> list[Hung]:
        """The claims on a node, in both directions."""
        texts: tuple[tuple[Literal["out", "in"], str], ...] = (("out", showing.RELATIONS_OUT), ("in", showing.RELATIONS_IN))
        return [one for along, text in texts for one in self._side(id_, label, along, text)]

    def _side(self, id_: str, label: str, along: Literal["out", "in"], text: str) -> Iterator[Hung]:
        known = self.inquiry.clocks.known_run
        given = {"id": id_, "run": known, "open": -1 if self.history else known, "limit": MOST_CLAIMS}
        rows = self.inquiry.watch.rows(text.replace("LABEL", label), given)
        self.truncated |= len(rows) == MOST_CLAIMS
        for row in rows:
            yield Hung(id_, row["type"], along, row["other"], row["label"], row["claim"], row["node"])

    def view(self, subjects: Iterable[str]) -> View:
        clocks, watch = self.inquiry.clocks, self.inquiry.watch
        for source in self.inquiry.ask(SOURCES_RANKED):
            self.ranks[source.id] = UNRANKED if source.rank is None else source.rank
            self.source_names[source.id] = source.name or source.id
        shown = captions(watch, subjects, run=clocks.known_run)
        return View(clocks.valid_at, clocks.known_run, self.ranks, shown)

    # --- anything else ----------------------------------------------------------------------------------

    def other(self, question: ShowQuestion, found: Row) -> NodeAnswer:
        label = found["_label"]
        hung = [] if MODEL.node[label].role == "support" else self.hung(found["id"], label)
        view = self.view(one.other for one in hung if one.label in MODEL.subjects)
        node = NodeRef(found["id"], label, caption(label, found, view.captions))
        claim = said({**found, "claim_id": found["id"]}, view) if MODEL.node[label].bears_claim else None
        own = [Hung(found["id"], "", "out", found["id"], label, {}, found)] if claim else []
        return NodeAnswer(
            question, self.inquiry.clocks, node, MODEL.node[label].term, values_of(found), claim, None, None,
            facts(hung, view), self.truncated, self.evidence([*own, *hung], view),
        )  # fmt: skip

    def claim(self, question: ShowQuestion) -> NodeAnswer:
        """One relationship by its claim id."""
        known = self.inquiry.clocks.known_run
        for rel in MODEL.rels:
            for row in self.inquiry.watch.rows(showing.CLAIM.replace("TYPE", rel.type), {"claim": question.id, "run": known}):
                return self._relation(question, row, rel.type)
        raise UnknownEntity(
            f"nothing in the graph carries the id, number or claim id {question.id!r}; for a name ask `xinpu search`"
        )

    def _relation(self, question: ShowQuestion, row: Row, type_: str) -> NodeAnswer:
        ends = [(row[side], row[f"{side}_label"], row[f"{side}_node"]) for side in ("source", "target")]
        view = self.view(id_ for id_, label, _ in ends if label in MODEL.subjects)
        source, target = (NodeRef(id_, label, caption(label, node, view.captions)) for id_, label, node in ends)
        one = Hung(source.id, type_, "out", target.id, target.label, row["claim"], row["target_node"])
        node = NodeRef(row["claim"]["claim_id"], type_, f"{source.caption} → {target.caption}")
        return NodeAnswer(
            question, self.inquiry.clocks, node, MODEL.rel[type_].term, values_of(row["claim"]), said(row["claim"], view),
            source, target, (), False, self.evidence([one], view),
        )  # fmt: skip

    def evidence(self, hung: Iterable[Hung], view: View) -> dict[str, Evidence]:
        """Where each claim comes from."""
        stated = [_stated(one, view) for one in hung if one.row]
        return evidence_of(self.inquiry.watch, stated, self.raw, names=self.source_names, ranks=self.ranks)


def _once(hung: Iterable[Hung]) -> list[Hung]:
    """Each claim once: one between two nodes of the subject is met from both."""
    found: dict[str, Hung] = {}
    for one in hung:
        found.setdefault(one.claim["claim_id"], one)
    return list(found.values())


def _stated(one: Hung, view: View) -> Stated:
    """The claim as a sentence about its own start: a relation is told from where it points from."""
    near, far = view.captions.get(one.subject, one.subject), caption(one.label, one.node, view.captions)
    claims = MODEL.node[one.label].bears_claim
    kind = one.label if claims else one.type
    first, second = (near, far) if one.along == "out" or claims else (far, near)
    return Stated(one.row["claim_id"], kind, one.row, first, second)


_EVENT_SECTIONS = ("listings", "penalties", "enforcements", "judgments", "grades")
_EVENT_OF: Mapping[str, str] = dict(zip(("Listing", "Penalty", "Enforcement", "Judgment", "Grade"), _EVENT_SECTIONS, strict=True))
_SECTIONS = (
    "records", "posts", "persons", "shareholders", "holdings", "control", "ties", "trade", *_EVENT_SECTIONS,
    "responsible_in", "mentions", "identity",
)  # fmt: skip


def _sections(hung: Iterable[Hung], view: View) -> dict[str, tuple[Fact, ...]]:
    by_section: dict[str, list[Hung]] = {name: [] for name in _SECTIONS}
    for one in hung:
        by_section[_section(one)].append(one)
    return {name: facts(members, view) for name, members in by_section.items()}


def _section(one: Hung) -> str:
    """Where a claim is shown, by what the model says its relationship is."""
    fixed = {"DESCRIBES": "records", "MENTIONED_IN": "mentions", "SAME_AS": "identity", "DIRECTLY_RESPONSIBLE_IN": "responsible_in"}
    if one.type in fixed:
        return fixed[one.type]
    if one.type == "SUBJECT_OF":
        return _EVENT_OF.get(one.label, "ties")
    category, out = MODEL.rel[one.type].category, one.along == "out"
    sides = {"role": ("posts", "persons"), "share": ("holdings", "shareholders"), "control": ("control",) * 2, "trade": ("trade",) * 2}
    return sides.get(category, ("ties", "ties"))[not out]


def _names(records: Iterable[Fact], events: Iterable[Fact]) -> tuple[NameSaid, ...]:
    """Every name side by side: by kind, then the one most claims use."""
    found: dict[tuple[NameKind, str], set[str]] = {}
    columns: tuple[tuple[NameKind, str], ...] = (("name", "name"), ("former", "former_names"), ("short", "short_name"), ("english", "english_name"))
    for claim in (claim for fact in records for claim in fact.claims):
        for kind, column in columns:
            for name in str(claim.values.get(column, "")).split("、" if kind == "former" else "\0"):
                found.setdefault((kind, name), set()).add(claim.claim)
    for claim in (claim for fact in events for claim in fact.claims):
        found.setdefault(("used", str(claim.values.get("name_used", ""))), set()).add(claim.claim)
    order: tuple[NameKind, ...] = ("name", "former", "short", "english", "used")
    names = [NameSaid(name, name_key(name), kind, tuple(sorted(said_by))) for (kind, name), said_by in found.items() if name]
    return tuple(sorted(names, key=lambda n: (order.index(n.kind), -len(n.claims), n.name)))


def _remarks(every: Iterable[Fact], column: str) -> tuple[Remark, ...]:
    found = {
        Remark(claim.claim, claim.source, str(claim.values[column]))
        for fact in every for claim in fact.claims if claim.values.get(column)
    }  # fmt: skip
    return tuple(sorted(found, key=lambda r: (r.claim, r.text)))


def _grade(grade: str) -> Grade:
    known: Mapping[str, Grade] = {"confirmed": "confirmed", "anchored": "anchored", "probable": "probable"}
    return known[grade]
