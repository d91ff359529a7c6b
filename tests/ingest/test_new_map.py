"""A first map made from a file's columns: it loads, it ingests, and it says what it guessed and left out."""

from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.stores.graph import Graph
from ingest.maps import parse_map
from ingest.new_map import first_map
from ingest.run import Home, Options, ingest
from tests.ingest.stating import told

SAMPLE = Path(__file__).resolve().parents[2] / "ingest" / "sample"
FILES = {
    "example_register": ("company-register", 12),
    "example_officers": ("officers", 23),
    "example_shareholders": ("shareholders", 16),
    "example_lists": ("list-membership", 5),
    "example_penalties": ("penalties", 6),
    "example_dishonest": ("dishonest-debtors", 3),
    "example_orders": ("enforcement-orders", 1),
}


@pytest.mark.parametrize("name", FILES)
def test_a_known_layout_is_recognised_and_every_row_is_used(name: str) -> None:
    path = SAMPLE / f"{name}.csv"
    text = first_map(path)
    out = told([path], parse_map(text, name))
    assert f"# Layout: {FILES[name][0]} " in text and "Guessed" not in text
    assert out.bad == [] and (out.events or out.links)


@pytest.mark.parametrize("name", ["example_register", "example_officers", "example_lists"])
def test_a_first_map_ingests(name: str, ladybug_graph: Graph, tmp_path: Path) -> None:
    path = SAMPLE / f"{name}.csv"
    report = ingest([path], parse_map(first_map(path), name), ladybug_graph, Home(tmp_path / "home"), options=Options(dry_run=True))
    assert report.rows == {"read": FILES[name][1], "loaded": FILES[name][1], "unchanged": 0, "quarantined": 0}


def test_columns_of_no_layout_are_told_by_their_values(tmp_path: Path) -> None:
    path = tmp_path / "新名录.csv"
    rows = ["示例甲建设有限公司,91360102XP000001X6,100,示例,2020-01-02", "示例乙投资有限公司,91360102XP00000286,200,示例,2020-01-03"]
    path.write_text("\n".join(["Firm,Nr,注册资本（万元）,备考,Tag", *rows]) + "\n", "utf-8")
    text = first_map(path)
    assert "# Guessed: Firm as firm.name" in text and "# Guessed: Nr as firm.uscc" in text
    assert "# Left out: Tag: looks like dates." in text and "# Left out: 备考: text" in text
    assert "name: Firm  # guessed from the values" in text
    [(name, record), _] = told([path], parse_map(text, "new")).records
    assert (name, record["uscc"], record["capital"]) == ("示例甲建设有限公司", "91360102XP000001X6", "1000000")


def test_headers_with_spaces_in_them_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业 名称,统一社会 信用代码,法定代 表人\n示例甲建设有限公司,91360102XP000001X6,示例张三\n", "utf-8")
    out = told([path], parse_map(first_map(path), "new"))
    assert out.roles == [("示例张三", "LEGAL_REPRESENTATIVE_OF", "示例甲建设有限公司")]


def test_a_file_that_names_nobody_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="the columns are x, y"):
        first_map(path)


def test_a_list_is_told_by_its_listing_dates_and_named_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "严重违法失信名单2021.csv"
    path.write_text("企业名称,统一社会信用代码,法定代表人,列入原因,列入日期\n示例甲建设有限公司,91360102XP000001X6,示例张三,虚假材料,2021-01-05\n", "utf-8")
    text = first_map(path)
    out = told([path], parse_map(text, "new"))
    assert "# Guessed: the file's name as entry.list: the list 严重违法失信名单 stands in it." in text
    assert out.bad == [] and out.roles == [("示例张三", "LEGAL_REPRESENTATIVE_OF", "示例甲建设有限公司")]
    [event] = out.events
    assert "列入日期" not in text.partition("Left out")[2] and "严重违法失信名单" in str(event)


def test_a_list_of_an_unknown_name_asks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("企业名称,列入日期\n示例甲建设有限公司,2021-01-05\n", "utf-8")
    assert "write the name of the list" in first_map(path)
