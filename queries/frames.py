"""Results as pandas frames, networkx graphs and py2neo objects: the only door to those libraries in this room."""

import dataclasses
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import pandas as pd
from networkx.readwrite.gexf import GEXFWriter

from graph_model.errors import UsageError
from queries.answers.answer import Path, PathAnswer, as_data
from queries.answers.facts import Fact
from queries.answers.law_answer import LinkedAnswer
from queries.answers.neighbourhood import NeighbourhoodAnswer
from queries.answers.profile import NodeAnswer, ProfileAnswer
from queries.answers.search import SearchAnswer

Result = LinkedAnswer | PathAnswer | NeighbourhoodAnswer | ProfileAnswer | NodeAnswer | SearchAnswer
# What XML 1.0 cannot carry at all.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class _Drawn:
    """A result as nodes by id and edges by claim: attributes without nulls."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[str, tuple[str, str, dict[str, Any]]] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def node(self, id_: str, **values: Any) -> None:
        self.nodes.setdefault(id_, {}).update(_told(values))

    def edge(self, claim: str, a: str, b: str, values: Mapping[str, Any]) -> None:
        self.edges.setdefault(claim, (a, b, _told({**values, "claim": claim})))


# --- pandas -----------------------------------------------------------------------------------------


def to_pandas(result: Result | Iterable[Any]) -> pd.DataFrame:
    """One row a finding, path step, edge, claim or hit; of a catalogue question one row each of its rows."""
    rows = list(_rows(result))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return pd.DataFrame(rows, columns=columns)


def _rows(result: Any) -> Iterator[dict[str, Any]]:
    if isinstance(result, LinkedAnswer):
        for verdict, told in as_data(result)["verdicts"].items():
            yield from ({"verdict": verdict, "answer": told["answer"], **_flat(finding)} for finding in told["findings"])
    elif isinstance(result, PathAnswer):
        for number, path in enumerate(as_data(result)["paths"], 1):
            yield from ({"path": number, "step": at, **step} for at, step in enumerate(path["steps"], 1))
    elif isinstance(result, NeighbourhoodAnswer):
        yield from ({**edge, **edge.pop("values")} for edge in as_data(result)["edges"])
    elif isinstance(result, SearchAnswer):
        yield from ({**hit, **hit.pop("numbers")} for hit in as_data(result)["hits"])
    elif isinstance(result, (ProfileAnswer, NodeAnswer)):
        yield from _claims(result)
    else:
        yield from (_row(row) for row in result)


def _claims(result: ProfileAnswer | NodeAnswer) -> Iterator[dict[str, Any]]:
    for section, facts in _sections(result):
        for fact in facts:
            head = {"section": section, "relation": fact.relation, "term": fact.term, "along": fact.along}
            other = {"other": fact.other.id, "other_label": fact.other.label, "other_caption": fact.other.caption}
            for claim in fact.claims:
                said = dataclasses.asdict(claim)
                yield {**head, **other, **said, **said.pop("values")}


def _sections(result: ProfileAnswer | NodeAnswer) -> Iterator[tuple[str, Sequence[Fact]]]:
    for f in dataclasses.fields(result):
        value = getattr(result, f.name)
        if isinstance(value, tuple) and value and isinstance(value[0], Fact):
            yield f.name, value


def _row(row: Any) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return dataclasses.asdict(row)
    raise UsageError(f"{type(row).__name__} is no row; expected an answer, or the rows of a question")


def _flat(finding: Mapping[str, Any]) -> dict[str, Any]:
    subject = finding["subject"]
    kept = {k: v for k, v in finding.items() if k not in ("subject", "path", "evidence", "flags")}
    lists = {"flags": " ".join(finding["flags"]), "evidence": " ".join(finding["evidence"])}
    return {**kept, "subject": subject["id"], "caption": subject["caption"], **lists}


# --- networkx ---------------------------------------------------------------------------------------


def to_networkx(result: Result) -> "nx.MultiDiGraph[str]":
    """A directed multigraph: nodes by id, edges keyed by claim id; `graph.graph` tells the clocks and the coverage."""
    drawn = _drawn(result)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(drawn.about)
    graph.add_nodes_from(sorted(drawn.nodes.items()))
    for claim, (a, b, values) in sorted(drawn.edges.items()):
        graph.add_edge(a, b, key=claim, **values)
    return graph


def _drawn(result: Result) -> _Drawn:
    drawn = _Drawn()
    if isinstance(result, NeighbourhoodAnswer):
        _draw_neighbourhood(drawn, result)
    elif isinstance(result, PathAnswer):
        _draw_paths(drawn, result.paths, result.a.id, result.b.id)
    elif isinstance(result, LinkedAnswer):
        findings = [f for v in (result.verdicts.listed, result.verdicts.associated) for f in v.findings]
        _draw_paths(drawn, [f.path for f in findings if f.path is not None], result.subject.id)
        for finding in findings:
            drawn.node(finding.subject.id, label=finding.subject.label, caption=finding.subject.caption, listed=finding.list)
    elif isinstance(result, ProfileAnswer):
        _draw_profile(drawn, result)
    else:
        raise UsageError(f"a {type(result).__name__} has no graph; expected an answer of linked, path, show or export")
    drawn.about |= {name: as_data(result)[name] for name in ("question", "clocks", "coverage") if hasattr(result, name)}
    return drawn


def _draw_neighbourhood(drawn: _Drawn, result: NeighbourhoodAnswer) -> None:
    for node in result.nodes:
        drawn.node(node.id, **{**node.values, "label": node.label, "caption": node.caption, "hop": node.hop})
    for edge in result.edges:
        said = {k: v for k, v in dataclasses.asdict(edge).items() if k not in ("from_", "to", "values")}
        drawn.edge(edge.claim, edge.from_, edge.to, {**edge.values, **said})


def _draw_paths(drawn: _Drawn, paths: Iterable[Path], *ends: str | None) -> None:
    for id_ in ends:
        if id_ is not None:
            drawn.node(id_)
    for path in paths:
        for node in path.nodes:
            drawn.node(node.id, label=node.label, caption=node.caption)
        for step in path.steps:
            a, b = (step.from_, step.to) if step.along == "out" else (step.to, step.from_)
            said = {k: v for k, v in dataclasses.asdict(step).items() if k not in ("from_", "to", "along", "claims", "relation")}
            drawn.edge(step.claims[0], a, b, {**said, "type": step.relation, "claims": " ".join(step.claims)})


def _draw_profile(drawn: _Drawn, result: ProfileAnswer) -> None:
    drawn.node(result.subject.id, label=result.subject.label, caption=result.subject.caption)
    for _, facts in _sections(result):
        for fact in facts:
            drawn.node(fact.other.id, label=fact.other.label, caption=fact.other.caption)
            drawn.node(fact.subject)
            a, b = (fact.subject, fact.other.id) if fact.along == "out" else (fact.other.id, fact.subject)
            for claim in fact.claims:
                said = {k: v for k, v in dataclasses.asdict(claim).items() if k != "values"}
                drawn.edge(claim.claim, a, b, {**claim.values, **said, "type": fact.relation, "term": fact.term})


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def graphml_text(result: NeighbourhoodAnswer) -> str:
    """The neighbourhood as GraphML; clocks and coverage are attributes of the graph."""
    return "\n".join(nx.generate_graphml(_plain(to_networkx(result)), named_key_ids=True)) + "\n"


def gexf_text(result: NeighbourhoodAnswer) -> str:
    """The neighbourhood as GEXF 1.2; clocks and coverage are its description."""
    drawn = to_networkx(result)
    graph, about = _plain(drawn), json.dumps(drawn.graph, ensure_ascii=False)
    graph.graph = {}
    for _, values in graph.nodes(data=True):
        values["kind"] = values.pop("label")  # GEXF has a label of its own: what is drawn beside the node
        values["label"] = values["caption"]
    writer = GEXFWriter(graph, version="1.2draft")
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", result.clocks.known_at[:10])
    description = type(meta)("description", {})
    description.text = about
    meta.append(description)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue().decode("utf-8") + "\n"


def _plain(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """A copy whose attributes are text, numbers and truth values that XML can carry."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    plain.graph.update({k: json.dumps(v, ensure_ascii=False) for k, v in graph.graph.items()})
    plain.add_nodes_from((id_, _xml(values)) for id_, values in graph.nodes(data=True))
    for a, b, key, values in graph.edges(keys=True, data=True):
        plain.add_edge(a, b, key=key, **_xml(values))
    return plain


def _xml(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: _NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in values.items()}


# --- py2neo -----------------------------------------------------------------------------------------


def to_py2neo(result: Result) -> Any:
    """The result's nodes and relationships as a `py2neo.Subgraph`, nodes merged on `id`. Needs the extra `py2neo`."""
    try:
        from py2neo import Node, Relationship, Subgraph
    except ModuleNotFoundError as error:
        raise UsageError("py2neo is not installed; install the extra: pip install 'xinpu[py2neo]'") from error
    drawn = _drawn(result)
    nodes = {id_: _py2neo_node(Node, id_, values) for id_, values in drawn.nodes.items()}
    relationships = []
    for claim, (a, b, values) in sorted(drawn.edges.items()):
        kept = {k: v for k, v in values.items() if k not in ("type", "claim", "claims")}
        relationships.append(Relationship(nodes[a], str(values["type"]), nodes[b], claim_id=claim, **kept))
    return Subgraph(nodes.values(), relationships)


def _py2neo_node(make: Any, id_: str, values: Mapping[str, Any]) -> Any:
    label = str(values.get("label", "Node"))
    node = make(label, id=id_, **{k: v for k, v in values.items() if k not in ("label", "hop")})
    node.__primarylabel__, node.__primarykey__ = label, "id"
    return node
