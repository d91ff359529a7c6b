"""One event that several sources report is one item of a status; two decisions of one source stay two."""

from graph_model.stores.graph import Graph
from queries.answers.law import status
from queries.answers.law_frame import Clocked
from tests.factory import COURT, THIRD, Facts

LIST = "失信被执行人"


def test_claims_of_several_sources_on_one_event_are_folded(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲建设有限公司")
    first = facts.listing(firm, LIST, "2021-03-15", number="（2021）示例执1号", source=COURT)
    second = facts.listing(firm, LIST, "2021-03-15", number="（2021）示例执1号", source=THIRD)
    facts.listing(firm, LIST, "2021-05-15", number="（2021）示例执2号", source=THIRD)
    facts.publish(graph)
    with graph.reading() as reader:
        found = status(reader, firm, Clocked("2021-06-01"))

    assert sorted((str(i.number), len(i.derivation.triggers)) for i in found.items) == [("（2021）示例执1号", 2), ("（2021）示例执2号", 1)]
    both = next(i for i in found.items if len(i.derivation.triggers) == 2)
    assert both.derivation.triggers == (first, second) and set(found.evidence) >= {first, second}


def test_two_decisions_of_one_source_stay_two(ladybug_graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲建设有限公司")
    facts.listing(firm, LIST, "2021-03-15", source=COURT, number="其一")
    facts.listing(firm, LIST, "2021-03-15", source=COURT, number="其二")
    facts.publish(ladybug_graph)
    with ladybug_graph.reading() as reader:
        assert len(status(reader, firm, Clocked("2021-06-01")).items) == 2
