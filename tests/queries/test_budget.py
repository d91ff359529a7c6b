"""A question keeps to its time: the answer says that it is partial, and `no` is never said of half a search."""

import random
import time

from graph_model.stores.graph import Graph, Reader
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked
from tests.factory import Facts

AT = "2021-06-01"


def _timed(reader: Reader, who: str) -> tuple[float, LinkedAnswer]:
    """What a question with a budget of one second took, and its answer."""
    started = time.monotonic()
    answer = linked(reader, who, at=AT, max_hops=8, seconds=1.0)
    return time.monotonic() - started, answer


def test_a_dense_graph_is_searched_within_the_budget(ladybug_graph: Graph) -> None:
    graph = ladybug_graph  # the aim is for the embedded store
    luck, facts = random.Random(7), Facts()
    firms = [facts.enterprise(f"示例{i}号有限公司", record=False) for i in range(1500)]
    for firm in firms:
        for other in luck.sample(firms, 8):
            if other != firm:
                facts.share(other, firm, start="2015-01-01")
    for i in range(6000):
        facts.share(firms[0], facts.enterprise(f"示例星{i}有限公司", record=False), start="2015-01-01")
    alone = facts.enterprise("示例孤立有限公司")
    facts.listing(alone, "失信被执行人", start="2021-03-15")
    facts.publish(graph)

    with graph.reading() as reader:
        tries = [_timed(reader, firms[0]) for _ in range(4)]  # a cold server plans its queries in the first

    answer = tries[-1][1]
    verdict, coverage = answer.verdicts.associated, answer.coverage
    # the figure itself is a line of `make show` (1.2 s); here a search that never looks at the clock is caught
    assert min(taken for taken, _ in tries) <= 4.0
    assert (verdict.answer, verdict.findings) == ("undetermined", ())
    assert (coverage.truncated, coverage.budget.exhausted) == (True, True)
    assert any("the time was spent" in sentence for sentence in coverage.cut)
    assert any("too many" in sentence for sentence in coverage.cut)
    assert coverage.hops < 8
