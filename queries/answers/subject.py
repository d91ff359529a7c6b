"""The subject of an answer: whom the text means, what is folded in, and the candidates where it singles out nobody."""

from typing import cast

from queries.answers.answer import Anchor, Asked, Candidate, Folded, Grade, NodeRef, Subject
from queries.caption import UNRANKED, caption_of
from queries.catalogue.paths import RECORDS_OF
from queries.folding import Fold, fold
from queries.match import Hit, Match, resolve
from queries.network import Network

MOST_CANDIDATES = 20


def grade(text: str) -> Grade:
    """A grade as the contract writes it."""
    return cast(Grade, text)


def ref(network: Network, id_: str) -> NodeRef:
    """A node with the caption its records give at the run; asked once a node."""
    label = network.labels[id_]
    if network.inquiry.newest and network.captions[id_] != id_:
        network.named.setdefault(id_, network.captions[id_])
    if id_ not in network.named:
        records = network.inquiry.ask(RECORDS_OF[label], id=id_)
        rows = [
            {"name": r.name, "rank": network.ranks.get(r.source, UNRANKED), "as_of": r.as_of, "id": r.id}
            for r in records
        ]
        network.named[id_] = caption_of(rows) or network.captions[id_]
        network.state_held[id_] = any(r.state_holder for r in records)
    return NodeRef(id_, label, network.named[id_])


def find_subject(network: Network, text: str, anchor: str | None) -> tuple[Subject, dict[str, Fold]]:
    """The subject that a text means and the nodes folded into it; no nodes where nobody is singled out."""
    match = resolve(network, text, anchor)
    asked = Asked(text, anchor)
    candidates = tuple(_candidate(network, hit) for hit in match.hits[:MOST_CANDIDATES])
    if match.id is None:
        return Subject(
            asked, None, None, None, grade(match.grade), match.reason, (), candidates, match.namesakes
        ), {}
    folds = fold(network, match.id)
    same = tuple(
        Folded(f.id, grade(f.grade), f.claims)
        for f in sorted(folds.values(), key=lambda f: f.id)
        if f.id != match.id
    )
    node = ref(network, match.id)
    return _found(asked, match, node, same, candidates), folds


def _found(
    asked: Asked, match: Match, node: NodeRef, same: tuple[Folded, ...], candidates: tuple[Candidate, ...]
) -> Subject:
    return Subject(
        asked,
        node.id,
        node.label,
        node.caption,
        grade(match.grade),
        match.reason,
        same,
        candidates,
        match.namesakes,
    )


def _candidate(network: Network, hit: Hit) -> Candidate:
    node = ref(network, hit.id)
    return Candidate(
        node.id, node.label, node.caption, grade(hit.grade), _anchor(network, hit.anchor), hit.reason
    )


def _anchor(network: Network, id_: str | None) -> Anchor | None:
    if not id_:
        return None
    if id_ not in network.labels:
        network.meet(id_)
    return Anchor(id_, ref(network, id_).caption if id_ in network.labels else id_)
