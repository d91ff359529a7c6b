"""No ID number of a person reaches the graph, the archive or the quarantine, wherever in a row it stands."""

import json

import pyarrow.parquet as pq
import pytest

from graph_model.model import MODEL
from graph_model.stores.graph import Graph
from ingest.run import Home
from tests.ingest.conftest import Ingest

GOOD, SLIP = "33010219800101123X", "330102198001011231"
ENTRIES = """
name: test-entries
source: {id: test-entries, name: 测试名单, rank: 2}
subjects:
  debtor:
    label: any
    name: 名称
    uscc: 号码?
    id_masked: 号码?
    scope: 文号
events:
  entry:
    label: Listing
    of: debtor
    list: {constant: 失信被执行人}
    number: 文号
    listed: 列入
    ground: 事由?
"""


def _kept(graph: Graph, home: Home) -> str:
    """Everything that is kept of the rows, as one text."""
    with graph.reading() as reader:
        nodes = [row["n"] for node in MODEL.nodes for row in reader.rows(f"MATCH (n:{node.label}) RETURN n")]
    archived = [pq.read_table(path).to_pylist() for path in home.archive.folder.glob("*.parquet")]
    held = [row.as_dict() for row in home.quarantine.rows()]
    return json.dumps([nodes, archived, held], ensure_ascii=False)


@pytest.mark.parametrize("number", [GOOD, SLIP])
def test_an_id_number_is_masked_in_every_place(graph: Graph, home: Home, put: Ingest, number: str) -> None:
    rows = [
        "名称,号码,文号,列入,事由",
        f"示例孙九,{number},1号,2021-01-01,",
        f"示例小吃店,{number},2号,2021-01-01,",  # a sole trader under his owner's number
        f"示例丙有限公司,,3号,2021-01-01,法定代表人{number}失联",
        f"示例孙十身份证号{number},,4号,2021-01-01,",
        f"示例孙甲,{number},5号,2021-99-01,",
    ]
    report = put(rows, ENTRIES)
    assert report.rows == {"read": 5, "loaded": 4, "unchanged": 0, "quarantined": 1}
    kept = _kept(graph, home)
    assert number[6:17] not in kept and f"{number[:6]}********{number[-4:]}" in kept


def test_a_dry_run_keeps_no_rows(home: Home, put: Ingest) -> None:
    put(["名称,号码,文号,列入,事由", "示例丙有限公司,,3号,2021-01-01,"], ENTRIES, dry_run=True)
    assert not home.archive.folder.exists()
