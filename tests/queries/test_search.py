"""Search: what a text finds, in which order, how sure it is, and page by page."""

import pytest

from graph_model.errors import UsageError
from graph_model.stores.graph import Graph
from queries.answers.search import Hit, SearchAnswer, search
from tests.factory import Facts
from tests.queries.sample import USCC, Sample, publish_sample


@pytest.fixture
def sample(graph: Graph) -> Sample:
    return publish_sample(graph)


def _search(graph: Graph, text: str, *, label: str | None = None, known_at: str | None = None) -> SearchAnswer:
    with graph.reading() as reader:
        return search(reader, text, label=label, known_at=known_at)


def _first(graph: Graph, text: str) -> Hit:
    return _search(graph, text).hits[0]


@pytest.mark.parametrize(
    ("text", "match", "identity"),
    [
        (USCC, "number", "confirmed"),
        ("９１３３０１００ＭＡ２Ｈ３１５３１Ｍ", "number", "confirmed"),
        ("MA2H31531", "number", "confirmed"),
        (f"cn-uscc-{USCC}", "id", "confirmed"),
        ("示例甲建设有限公司", "name", "anchored"),
        ("示例甲建設有限公司", "name", "anchored"),
        (" 示例甲建设(有限公司) ", "name", "anchored"),
        ("示例旧名公司", "other_name", "probable"),
        ("甲建", "other_name", "name_only"),
        ("示例甲建设有", "prefix", "name_only"),
        ("甲建设有限", "contains", "name_only"),
        ("老字号", "other_contains", "name_only"),
    ],
)
def test_one_enterprise_by_every_way_it_is_called(
    graph: Graph, sample: Sample, text: str, match: str, identity: str
) -> None:
    hit = _first(graph, text)
    assert (hit.id, hit.match, hit.identity) == (sample.alpha, match, identity)
    assert hit.numbers["uscc"] == USCC
    assert hit.same_as == (sample.alpha_named,)


def test_order_is_match_then_length_then_id(graph: Graph, sample: Sample) -> None:
    hits = _search(graph, "示例").hits
    assert [h.match for h in hits] == ["prefix"] * 5 + ["contains"] * 2
    assert hits[0].id == sample.state
    assert {h.id for h in hits[5:]} == {sample.zhang, sample.zhang_elsewhere}


def test_a_person_comes_with_his_anchor_and_the_count_of_the_name(graph: Graph, sample: Sample) -> None:
    answer = _search(graph, "張示例")
    assert answer.persons_of_name == 2
    assert {h.identity for h in answer.hits} == {"ambiguous"}
    anchors = {h.id: {a.id for a in h.anchors} for h in answer.hits}
    assert anchors == {sample.zhang: {sample.alpha, sample.beta}, sample.zhang_elsewhere: {sample.gamma}}


def test_label_narrows(graph: Graph, sample: Sample) -> None:
    assert {h.label for h in _search(graph, "示例", label="Person").hits} == {"Person"}
    assert [h.id for h in _search(graph, "示例", label="Authority").hits] == [sample.state]
    assert _search(graph, USCC, label="Person").hits == ()


def test_as_known_earlier(graph: Graph, sample: Sample) -> None:
    before, after = (_search(graph, "示例乙控股", known_at=day) for day in ("2021-01-31", "2021-12-31"))
    assert before.hits == ()
    assert [h.id for h in after.hits] == [sample.beta]
    assert _search(graph, "示例乙", known_at="2021-01-31").hits[0].caption == "示例乙投资有限公司"


def test_pages_join_without_gap_or_repetition(graph: Graph) -> None:
    facts = Facts()
    for i in range(17):
        firm = facts.enterprise(f"翻页{'长' * (i % 4)}示例{i}", record=i % 3 > 0)
        if i % 5 == 0:
            facts.record(firm, f"另名翻页{i}")
        facts.person(f"翻页{'某' * (i % 2)}", firm)
    facts.publish(graph)
    with graph.reading() as reader:
        whole = [h.id for h in search(reader, "翻页", limit=200).hits]
        paged, after = [], None
        while True:
            page = search(reader, "翻页", limit=4, after=after)
            paged += [h.id for h in page.hits]
            if page.next is None:
                break
            after = page.next
    assert len(whole) == len(set(whole)) == 34
    assert paged == whole


@pytest.mark.parametrize(("text", "after", "label"), [("  ", None, None), ("示例", "x", None), ("示例", None, "Firm")])
def test_a_bad_question_is_refused(graph: Graph, sample: Sample, text: str, after: str | None, label: str | None) -> None:
    assert sample
    with graph.reading() as reader, pytest.raises(UsageError):
        search(reader, text, after=after, label=label)
