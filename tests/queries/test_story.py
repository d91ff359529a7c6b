"""The sample family told in ingest/sample/README.md: each expected verdict that needs no rule of law."""

from collections.abc import Iterator

import pytest

from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from ingest.pack import load_pack
from ingest.run import Home
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked

甲, 乙, 丙, 丁, 子, 壬, 癸 = (f"示例{n}有限公司" for n in ("甲建设", "乙投资", "丙餐饮", "丁劳务", "子装饰", "壬物流", "癸运输"))
CASES = [
    (甲, None, "2021-06-01", "yes", "no"),
    ("示例张三", 甲, "2021-06-01", "no", "yes"),
    ("示例张三", 乙, "2026-01-01", "no", "yes"),
    ("示例张三", 甲, "2026-01-01", "no", "undetermined"),
    ("示例张三", None, "2021-06-01", "undetermined", "undetermined"),
    ("示例李四", 甲, "2021-06-01", "no", "no"),
    ("示例李四", 甲, "2026-01-01", "no", "yes"),
    ("示例王五", 甲, "2026-01-01", "no", "yes"),
    ("示例赵六", 乙, "2026-01-01", "no", "yes"),
    (丙, None, "2025-01-01", "yes", None),
    ("示例钱七", 丙, "2026-01-01", "no", "yes"),
    ("示例孙八", 丙, "2026-01-01", "no", "yes"),
    ("示例蒋六", 丙, "2025-01-01", "no", "yes"),
    ("示例蒋六", 丙, "2026-01-01", "no", "no"),
    (丁, None, "2026-01-01", "yes", None),
    ("示例周九", 丁, "2026-01-01", "yes", None),
    ("示例冯二", 子, "2026-01-01", "undetermined", None),
    ("示例卫五", 子, "2026-01-01", "no", "undetermined"),
    ("示例陈明", None, "2026-01-01", "undetermined", "undetermined"),
    ("示例陈明", 壬, "2026-01-01", "no", "no"),
    ("示例陈明", 癸, "2026-01-01", "no", None),
    ("示例戊商贸有限公司", None, "2022-09-01", "yes", None),
    ("示例朱二", 癸, "2022-09-01", "no", "yes"),
    ("示例戊商贸有限公司", None, "2022-12-01", "no", None),
    ("示例朱二", 癸, "2022-12-01", "no", "no"),
    ("示例庚钢铁有限公司", None, "2026-01-01", "yes", None),
    ("示例己科技有限公司", None, "2026-01-01", "no", "no"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("sample")
    graph = open_graph(str(folder / "graph"))
    graph.create()
    reports = [report for _, report in load_pack(graph, Home(folder))]
    assert len(reports) == 12 and not any(r.rows["quarantined"] for r in reports)
    yield graph
    graph.close()


def ask(graph: Graph, who: str, anchor: str | None, at: str) -> LinkedAnswer:
    with graph.reading() as reader:
        return linked(reader, who, anchor=anchor, at=at, seconds=60.0)


@pytest.mark.parametrize(("who", "anchor", "at", "listed", "associated"), CASES)
def test_the_story(sample: Graph, who: str, anchor: str | None, at: str, listed: str, associated: str | None) -> None:
    verdicts = ask(sample, who, anchor, at).verdicts
    assert verdicts.listed.answer == listed
    assert associated is None or verdicts.associated.answer == associated
    assert "no rules loaded" not in (verdicts.reached.reason, verdicts.liable_if_ruled.reason)


def test_the_state_alone_is_marked(sample: Graph) -> None:
    verdict = ask(sample, "示例辛电力有限公司", None, "2026-01-01").verdicts.associated
    assert [finding.flags for finding in verdict.findings] == [("state_parent",)]


def test_a_red_list_is_good_and_shown(sample: Graph) -> None:
    [finding] = ask(sample, "示例己科技有限公司", None, "2026-01-01").verdicts.listed.findings
    assert (finding.list, finding.polarity) == ("红名单", "positive")
