"""A home for one graph, and a shorthand for loading rows written in the test."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph_model.stores.graph import Graph
from ingest.maps import Map, parse_map
from ingest.run import Home, Options, Report, ingest

REGISTER = """
name: test-register
source: {id: test-register, name: 测试登记, rank: 1}
subjects:
  firm:
    label: Enterprise
    name: 名称
    uscc: 代码?
    record:
      capital: 资本?
      founded: 成立?
  boss:
    label: Person
    name: 法人?
    within: firm
links:
  - type: LEGAL_REPRESENTATIVE_OF
    from: boss
    to: firm
"""

LISTS = """
name: test-list
source: {id: test-list, name: 测试名单, rank: 2}
edition: {complete: true}
subjects:
  firm:
    label: Enterprise
    name: 名称
    uscc: 代码?
events:
  listing:
    label: Listing
    of: firm
    list: 名单
    listed: 列入
    removed: 移出?
    number: 文号?
    authority: 机关?
"""

Ingest = Callable[..., Report]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def put(graph: Graph, home: Home, tmp_path: Path) -> Ingest:
    """Load rows (the first is the header) by a map's text; what the run reported."""

    def load(rows: Sequence[str], map_text: str, **options: object) -> Report:
        path = tmp_path / "rows.csv"
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return ingest([path], as_map(map_text), graph, home, options=Options(**options))  # type: ignore[arg-type]

    return load


def as_map(text: str) -> Map:
    return parse_map(text, "test map")
