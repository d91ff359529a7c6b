"""Show: separate claims on one line, names side by side, problems, history, and anything else with an id."""

from typing import Any

import pytest

from graph_model.errors import UnknownEntity, UsageError
from graph_model.stores.graph import Graph
from queries.answers.profile import NodeAnswer, ProfileAnswer, show
from queries.caption import caption_of, captions
from tests.factory import Facts
from tests.queries.sample import BLACK, DAY, USCC, Sample, publish_sample


class _Rows:
    """A row archive of one row."""

    def row(self, sha256: str, row_number: int, sheet: str | None = None) -> dict[str, str] | None:
        return {"企业名称": sha256[:4], "行": str(row_number), "表": sheet or ""}


@pytest.fixture
def sample(graph: Graph) -> Sample:
    return publish_sample(graph)


def _profile(graph: Graph, id_: str, **given: Any) -> ProfileAnswer:
    with graph.reading() as reader:
        answer = show(reader, id_, **{"at": DAY, **given})
    assert isinstance(answer, ProfileAnswer)
    return answer


def _node(graph: Graph, id_: str, **given: Any) -> NodeAnswer:
    with graph.reading() as reader:
        answer = show(reader, id_, **{"at": DAY, **given})
    assert isinstance(answer, NodeAnswer)
    return answer


def test_two_sources_that_agree_are_two_claims_on_one_line(graph: Graph, sample: Sample) -> None:
    (legal,) = [f for f in _profile(graph, sample.alpha).persons if f.relation == "LEGAL_REPRESENTATIVE_OF"]
    assert legal.other.id == sample.zhang
    assert [c.source for c in legal.claims] == ["src-register", "src-third"]
    assert (legal.holds, legal.differ) == ("yes", ())


def test_two_sources_that_differ_show_it(graph: Graph, sample: Sample) -> None:
    (share,) = _profile(graph, sample.alpha).shareholders
    assert share.values["percent"] == "65"
    assert share.differ == ("percent",)
    assert {c.values["percent"] for c in share.claims} == {"65", "55"}


def test_a_listing_two_sources_report_is_one_line(graph: Graph, sample: Sample) -> None:
    listings = _profile(graph, sample.alpha).listings
    (black,) = [f for f in listings if f.values["list"] == BLACK]
    assert [c.source for c in black.claims] == ["src-court", "src-third"]
    folded = [f for f in listings if f.subject == sample.alpha_named]
    assert [f.holds for f in folded] == ["undetermined"]


def test_names_stand_side_by_side_with_problems_and_proposals(graph: Graph, sample: Sample) -> None:
    answer = _profile(graph, sample.alpha)
    assert answer.subject.caption == "示例甲建设有限公司"
    assert answer.names_differ
    assert {n.name for n in answer.names if n.kind == "name"} == {"示例甲建设有限公司", "示例甲建没有限公司"}
    assert {n.name for n in answer.names if n.kind == "former"} == {"示例老字号公司", "示例旧名公司"}
    assert [p.text for p in answer.problems] == ["uscc: check character"]
    assert len(answer.proposals) == 1
    assert [f.id for f in answer.same_as] == [sample.alpha_named]
    assert len(answer.identity) == 1


def test_closed_claims_only_in_history(graph: Graph, sample: Sample) -> None:
    def claims(answer: ProfileAnswer) -> dict[str, int | None]:
        return {c.claim: c.known_to for f in answer.shareholders for c in f.claims}

    assert sample.share not in claims(_profile(graph, sample.alpha))
    assert claims(_profile(graph, sample.alpha, history=True))[sample.share] == 2
    earlier = _profile(graph, sample.alpha, known_at="2021-01-31", history=True)
    assert claims(earlier)[sample.share] is None
    assert len(claims(earlier)) == 2


def test_caption_as_of_a_run(graph: Graph, sample: Sample) -> None:
    assert _profile(graph, sample.beta).subject.caption == "示例乙控股有限公司"
    assert _profile(graph, sample.beta, known_at="2021-01-31").subject.caption == "示例乙投资有限公司"
    with graph.reading() as reader:
        assert captions(reader, [sample.beta, sample.zhang, "nobody"]) == {sample.beta: "示例乙控股有限公司", sample.zhang: "张示例"}
        assert captions(reader, []) == {}


def test_many_captions_are_asked_at_once(graph: Graph) -> None:
    facts = Facts()
    ids = {facts.enterprise(f"多名示例{i}"): f"多名示例{i}" for i in range(120)}
    facts.publish(graph)
    with graph.reading() as reader:
        assert captions(reader, ids) == ids


def test_the_caption_rule() -> None:
    records: list[dict[str, Any]] = [
        {"id": "3", "rank": 4, "as_of": "2024-01-01", "name": "third party"},
        {"id": "2", "rank": 1, "as_of": None, "name": "undated"},
        {"id": "1", "rank": 1, "as_of": "2020-01-01", "name": "older"},
        {"id": "0", "rank": None, "as_of": "2025-01-01", "name": "unranked"},
        {"id": "5", "rank": 1, "as_of": "2022-01-01", "name": "newest b"},
        {"id": "4", "rank": 1, "as_of": "2022-01-01", "name": "newest a"},
        {"id": "6", "rank": 1, "as_of": "2023-01-01", "name": None},
    ]
    assert caption_of(records) == "newest a"
    assert caption_of([]) is None


def test_everything_shown_has_evidence(graph: Graph, sample: Sample) -> None:
    answer = _profile(graph, sample.zhang, raw=_Rows())
    shown = {c.claim for f in answer.posts for c in f.claims}
    assert shown and shown <= answer.evidence.keys()
    assert {answer.evidence[c].source_name for c in shown} == {"企业登记（示例）", "第三方数据（示例）"}
    assert {answer.evidence[c].document_name for c in shown} == {"register.csv"}


def test_a_number_and_a_full_name_lead_to_the_subject(graph: Graph, sample: Sample) -> None:
    assert _profile(graph, USCC).subject.id == sample.alpha
    assert _profile(graph, "示例丙食品有限公司").subject.id == sample.gamma


def test_an_event_says_what_it_states_and_what_hangs_on_it(graph: Graph, sample: Sample) -> None:
    penalty = _node(graph, sample.penalty)
    assert (penalty.term, penalty.values["fine"], penalty.node.caption) == ("行政处罚", "50000", "示市监罚〔2020〕1号")
    assert penalty.claim is not None and penalty.claim.source == "src-court"
    assert [f.other.id for f in penalty.attached] == [sample.alpha]
    listing = _node(graph, sample.listing)
    assert {f.relation for f in listing.attached} == {"SUBJECT_OF", "ON_LIST"}


def test_a_claim_says_its_ends(graph: Graph, sample: Sample) -> None:
    share = _node(graph, sample.share)
    assert share.source is not None and share.target is not None and share.claim is not None
    assert (share.source.id, share.target.id, share.values, share.claim.known_to) == (sample.beta, sample.alpha, {"percent": "60"}, 2)
    assert share.evidence.keys() == {sample.share}


@pytest.mark.parametrize(("id_", "label"), [("doc-test", "Document"), ("src-court", "Source"), (f"list-{BLACK}", "List"), ("run-00000001", "Run")])
def test_support_nodes_are_shown(graph: Graph, sample: Sample, id_: str, label: str) -> None:
    assert sample
    assert _node(graph, id_).node.label == label


@pytest.mark.parametrize(
    ("id_", "error"),
    [("cn-uscc-x", UnknownEntity), ("0" * 20 + "-" + "0" * 10, UnknownEntity), ("没有这个名字公司", UnknownEntity), ("张示例", UsageError)],
)
def test_nothing_and_a_bare_name_are_refused(graph: Graph, sample: Sample, id_: str, error: type[Exception]) -> None:
    assert sample
    with graph.reading() as reader, pytest.raises(error):
        show(reader, id_)
