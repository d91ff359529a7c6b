"""What a machine read waits as candidates, on both stores: nothing positive rests on it until somebody, or a policy, accepts it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.errors import InputError, UnknownEntity
from graph_model.stores.graph import Graph
from ingest.candidates.find import Waiting, machine_claims
from ingest.candidates.load import load_candidates
from ingest.candidates.policy import read_policy
from ingest.candidates.review import Wanted, candidates, decide, shown
from ingest.documents.read import text_document
from ingest.maps import load_map
from ingest.run import Home, ingest
from nlp.extraction import Extraction
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked
from queries.answers.profile import ProfileAnswer, show
from tests.ingest.reading import ENTITIES, FACTS, TEXT, USCC, entity, example, fact

FIRM = f"cn-uscc-{USCC}"


def _all(graph: Graph, state: str = "all") -> list[Waiting]:
    with graph.reading() as reader:
        return candidates(reader, Wanted(state=state))  # type: ignore[arg-type]


def _linked(graph: Graph, subject: str = FIRM) -> LinkedAnswer:
    with graph.reading() as reader:
        return linked(reader, subject, at="2024-06-01")


def _show(graph: Graph, subject: str = FIRM, **more: bool) -> ProfileAnswer:
    with graph.reading() as reader:
        found = show(reader, subject, at="2024-06-01", **more)  # type: ignore[arg-type]
    assert isinstance(found, ProfileAnswer)
    return found


def test_a_reading_becomes_claims_that_carry_all_of_their_origin(graph: Graph) -> None:
    report, [loaded] = load_candidates(graph, [example()])

    found = {one.kind: one for one in _all(graph)}
    penalty = shown(found["Penalty"])
    assert report.as_dict()["new"] == {"LEGAL_REPRESENTATIVE_OF": 1, "Listing": 2, "Penalty": 1, "Record": 1}
    assert report.as_dict()["held"] == {"conditional": 1, "not_in_the_model": 1}
    assert sorted(loaded.held.values()) == ["conditional", "not_in_the_model"]
    assert penalty["values"] == {
        "number": "示监罚〔2024〕7号", "decided": "2024-03-05", "fine": "50000", "kinds": "罚款", "authority": "示例市市场监督管理局", "name_used": "示例甲建设有限公司",
    }  # fmt: skip
    start = TEXT.index("罚款50000元")
    assert (penalty["state"], penalty["subject"]["id"], penalty["span"]) == ("waiting", FIRM, {"start": start, "end": start + 8})
    assert (penalty["quote"], penalty["confidence"], penalty["method"], penalty["position"]) == ("罚款50000元", 0.9, "test@t1", "paragraph 3")
    assert loaded.claims[0] == penalty["id"] and penalty["document"]["name"] == "decision.txt"


def test_no_answer_rests_on_a_candidate_but_it_says_how_many_there_are(graph: Graph) -> None:
    load_candidates(graph, [example()])

    answer, profile = _linked(graph), _show(graph)

    assert {v.answer for v in (answer.verdicts.listed, answer.verdicts.associated)} == {"undetermined"}  # no lists loaded
    assert answer.verdicts.listed.findings == () and answer.coverage.lists == ()
    assert answer.coverage.candidates_excluded == 4  # penalty, role, listing, record
    assert profile.candidates == 4
    assert not (profile.penalties or profile.persons or profile.listings or profile.records or profile.mentions)


def test_accepted_it_counts_rejected_it_does_not_and_both_can_be_taken_back(graph: Graph) -> None:
    load_candidates(graph, [example()])
    [listing] = [w for w in _all(graph) if w.kind == "Listing" and w.start == FIRM]
    [role] = [w for w in _all(graph) if w.kind == "LEGAL_REPRESENTATIVE_OF"]

    accepted = decide(graph, Wanted((listing.claim,)), "accept", why="与公示一致", who="os:tester")
    rejected = decide(graph, Wanted((role.claim[:12],)), "reject", why="另有其人", who="os:tester")

    assert _linked(graph).verdicts.listed.answer == "yes"
    assert (accepted["changed"], rejected["changed"]) == (1, 1)
    states = {w.kind: (w.state, shown(w)["review"]) for w in _all(graph) if w.start == FIRM or w.kind == role.kind}
    assert states["Listing"][0] == "accepted" and states["Listing"][1]["by"] == "os:tester" and states["Listing"][1]["at"]
    assert states[role.kind][0] == "rejected" and states[role.kind][1]["why"] == "另有其人"
    assert _show(graph).candidates == 2 and _show(graph).listings and not _show(graph).persons
    assert decide(graph, Wanted((listing.claim.rpartition("-")[0][:20],), "all"), "accept", why="again", who="x")["changed"] == 0

    decide(graph, Wanted(type="Listing", subject=FIRM, state="accepted"), "reopen", why="看错了", who="os:tester")
    assert _linked(graph).verdicts.listed.answer == "undetermined"
    assert [w.state for w in _all(graph) if w.kind == "Listing" and w.start == FIRM] == ["waiting"]
    assert _show(graph, history=True).listings[0].claims  # every version stays to be seen


def test_reading_a_document_again_asks_nothing_anew(graph: Graph) -> None:
    load_candidates(graph, [example()])
    decide(graph, Wanted(type="行政处罚"), "reject", why="重复", who="os:tester")

    again, [loaded] = load_candidates(graph, [example(version="t2")])

    assert (again.new, again.closed, again.decided, again.unchanged) == ({}, 0, 1, 4)
    assert loaded.claims[0].endswith("-2")  # the rejected version
    fewer, _ = load_candidates(graph, [example(facts=FACTS[:2])])
    assert fewer.closed == 2  # listings that this reading no longer gives
    assert sorted(w.kind for w in _all(graph, "waiting")) == ["LEGAL_REPRESENTATIVE_OF", "Record"]
    anew, _ = load_candidates(graph, [example()])
    assert anew.as_dict()["new"] == {"Listing": 2}


def test_a_decision_outlives_a_reading_that_says_otherwise(graph: Graph) -> None:
    load_candidates(graph, [example()])
    decide(graph, Wanted(type="Penalty"), "accept", why="核对原件", who="os:tester")
    other = replace(FACTS[0], attrs={**FACTS[0].attrs, "fine_amount": 60000.0})

    report, _ = load_candidates(graph, [example(facts=(other, *FACTS[1:]))])

    assert report.decided == 1
    [penalty] = [w for w in _all(graph) if w.kind == "Penalty"]
    assert (penalty.state, penalty.values["fine"]) == ("accepted", "50000")


def test_two_documents_that_say_the_same_are_two_claims(graph: Graph) -> None:
    document, extraction = example()
    copy = text_document(TEXT + "\n", "copy.txt")

    load_candidates(graph, [(document, extraction), (copy, extraction)])

    assert len([w for w in _all(graph) if w.kind == "Penalty"]) == 2
    with graph.reading() as reader:
        assert {w.name for w in machine_claims(reader, [copy.sha256])} == {"copy.txt"}


def test_names_mean_subjects_by_the_grades_of_identity(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text(f"企业名称,统一社会信用代码,法定代表人\n示例甲建设有限公司,{USCC},示例卫五\n", "utf-8")
    ingest([file], load_map("company-register"), graph, Home(tmp_path / "home"))
    text = "示例甲建设有限公司法定代表人示例卫五、示例甲公司、某某建材有限公司与示例卫五。"
    names = (
        entity("e1", "Enterprise", "示例甲建设有限公司", text), entity("e2", "Person", "示例卫五", text), entity("e3", "Person", "示例卫", text),
        entity("e4", "Enterprise", "某某建材有限公司", text),
    )  # fmt: skip
    role = fact("Role", "e2", "e1", "法定代表人示例卫五", text, role="法定代表人")

    _, _ = load_candidates(graph, [(text_document(text), Extraction(text, names, (role,)))])

    with graph.reading() as reader:
        [same] = reader.rows("MATCH (a:Enterprise)-[s:SAME_AS]->(b:Enterprise) RETURN a.id AS a, b.id AS b, s.grade AS grade")
        persons = reader.rows("MATCH (p:Person)-[r:MENTIONED_IN]->(:Document) RETURN p.caption AS name, p.anchor AS anchor")
        judged = reader.rows("MATCH (p:Person)-[s:SAME_AS]->(q:Person) RETURN p.caption AS name, s.grade AS grade")
        masked = reader.rows("MATCH (e:Enterprise) WHERE e.caption = '某某建材有限公司' RETURN e.id AS id")
    assert FIRM in (same["a"], same["b"]) and same["grade"] == "anchored"
    assert judged == [{"name": "示例卫五", "grade": "anchored"}]
    anchors = {p["name"]: p["anchor"] for p in persons}
    assert anchors["示例卫五"].startswith("cn-name-") and len(anchors["示例卫"]) == 64  # a bare name: this document's own
    assert len(masked) == 1
    load_candidates(graph, [(text_document(text + " "), Extraction(text, names, (role,)))])
    with graph.reading() as reader:
        assert len(reader.rows("MATCH (e:Enterprise) WHERE e.caption = '某某建材有限公司' RETURN e.id AS id")) == 2


def test_a_number_in_a_text_joins_nobody_before_it_is_accepted(graph: Graph) -> None:
    load_candidates(graph, [example()])
    other = "示例甲建设有限公司地址在示例路。"
    load_candidates(graph, [(text_document(other), Extraction(other, (entity("e1", "Enterprise", "示例甲建设有限公司", other),), ()))])

    def judgements() -> int:
        with graph.reading() as reader:
            return len(reader.rows("MATCH (:Enterprise)-[s:SAME_AS]->(:Enterprise) RETURN s.grade AS grade"))

    assert judgements() == 0
    decide(graph, Wanted(type="Record"), "accept", why="代码无误", who="os:tester")
    assert judgements() == 1


def test_a_measured_policy_accepts_and_says_so_on_the_claim(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_text("accept:\n  Penalty: {precision: 0.99, facts: 240, measured_on: 示例集, confidence: 0.9}\n  Role: {precision: 0.99, facts: 240, measured_on: 示例集, confidence: 0.95}\n", "utf-8")

    report, _ = load_candidates(graph, [example()], policy=read_policy(path))

    assert report.as_dict()["accepted"] == {"Penalty": 1}
    [penalty] = _all(graph, "accepted")
    said = json.loads(penalty.values["review"])
    assert (said["decision"], said["by"], said["why"]) == ("accepted", "policy", "Penalty: precision 0.99 of 240 facts on 示例集")
    assert _show(graph).penalties
    decide(graph, Wanted((penalty.claim,), "accepted"), "reopen", why="复核", who="os:tester")
    assert not _show(graph).penalties


def test_nothing_is_accepted_unmeasured(tmp_path: Path) -> None:
    assert read_policy().accept == {}
    for text, words in (
        ("accept: {Penalty: yes}", "unmeasured"), ("accept: {Penalty: {precision: 0.5, facts: 900, measured_on: x}}", "below the least"),
        ("accept: {Fine: {precision: 1, facts: 900, measured_on: x}}", "no type of fact"), ("accept: [Penalty]", "mapping"), ("accept: {", "cannot be read"),
        ("accept: {Penalty: {precision: high, facts: 900, measured_on: x}}", "expected a number"), ("always: true", "expected the keys"),
    ):  # fmt: skip
        path = tmp_path / "policy.yml"
        path.write_text(text, "utf-8")
        with pytest.raises(InputError, match=words):
            read_policy(path)


def test_wrong_decisions_are_refused(ladybug_graph: Graph) -> None:
    load_candidates(ladybug_graph, [example()])

    with pytest.raises(UnknownEntity, match="review list"):
        decide(ladybug_graph, Wanted(("0123456789",)), "accept", why="x", who="x")
    with pytest.raises(InputError, match="say which"):
        decide(ladybug_graph, Wanted(), "accept", why="x", who="x")
    assert len(_all(ladybug_graph, "waiting")) == 5
    assert len(ENTITIES) == 6


def test_a_row_of_a_table_is_told_apart(ladybug_graph: Graph) -> None:
    document, extraction = example()
    rows = [replace(document, row=2), replace(document, row=3)]

    load_candidates(ladybug_graph, [(row, extraction) for row in rows])

    assert sorted(shown(w)["row"] for w in _all(ladybug_graph) if w.kind == "Penalty") == [2, 3]
    assert "row 2, paragraph 3" in {shown(w)["position"] for w in _all(ladybug_graph)}
