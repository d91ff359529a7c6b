"""Reading gives every row as text with its place, whatever the kind of file."""

import datetime
import gzip
import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.errors import InputError
from ingest.encoding import find_encoding, scan
from ingest.read import ROW, Opened, ReadOptions, open_table
from ingest.read_excel import cell_text, number_text
from ingest.read_json import value_text
from ingest.sheet_xml import column_letters, column_number
from ingest.source import CHUNK, open_source
from tests.ingest.workbooks import CALCULATED, DATE, EMPTY_TEXT, ERROR, FORMULA, MOMENT, Raw, Value, workbook
from tests.shared import needs_shared, shared

Row = dict[str, str | int | None]


def rows_of(opened: Opened) -> list[Row]:
    """All good rows with their numbers."""
    return [row for batch in opened.batches() for row in batch.rows.to_pylist()]


def read(path: Path, content: bytes | str, options: ReadOptions | None = None) -> tuple[Opened, list[Row]]:
    """The table in a file that is written first."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    opened = open_table(path, options)
    return opened, rows_of(opened)


def test_a_csv_row_keeps_its_text_and_its_number(tmp_path: Path) -> None:
    content = '\ufeff名称,号\r\n 甲 ,007\r\n\r\n"乙\r\n公司",\r\n1,2,3\r\n丁,""\r\n'
    opened, rows = read(tmp_path / "a.csv", content)
    assert rows == [
        {"名称": " 甲 ", "号": "007", ROW: 2},
        {"名称": "乙\r\n公司", "号": None, ROW: 4},
        {"名称": "丁", "号": None, ROW: 6},
    ]
    (bad,) = opened.bad_rows
    assert (bad.row, bad.code, bad.raw, bad.file) == (5, "ragged_row", "1,2,3", "a.csv")
    assert (opened.kind, opened.encoding, opened.separator, opened.sheet) == ("csv", "utf-8", ",", None)
    assert (opened.columns, opened.rows_read) == (("名称", "号"), 4)


def test_a_table_knows_its_document(tmp_path: Path) -> None:
    opened, _ = read(tmp_path / "a.csv.gz", gzip.compress(b"a,b\n1,2\n"))
    content = (tmp_path / "a.csv.gz").read_bytes()
    assert (opened.sha256, opened.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_batches_have_the_size_asked_for_and_can_be_read_again(tmp_path: Path) -> None:
    content = "a,b\n" + "".join(f"{n},x\n" if n % 10 else "bad\n" for n in range(1, 101))
    opened, first = read(tmp_path / "a.csv", content, ReadOptions(batch_rows=40))
    batches = list(opened.batches())
    assert [batch.rows.num_rows for batch in batches] == [40, 40, 10]
    assert [batch.first_row for batch in batches] == [2, 46, 90]
    assert (opened.rows_read, len(opened.bad_rows)) == (100, 10)
    assert first == rows_of(opened)
    assert all(row[ROW] == int(str(row["a"])) + 1 for row in first)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be", "utf-32"])
def test_numbers_hold_across_blocks(encoding: str, tmp_path: Path) -> None:
    lines = ["说明", "", "号,名称"]
    lines += [f"{n},{'企业' * 20}" if n % 1000 else "坏" for n in range(1, 120_001)]
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    opened, rows = read(tmp_path / "a.csv", (mark + "\n".join(lines)).encode(encoding), ReadOptions(header=3))
    assert len(rows) == 119_880 and all(row[ROW] == int(str(row["号"])) + 3 for row in rows)
    assert [bad.row for bad in opened.bad_rows] == [n + 3 for n in range(1000, 120_001, 1000)]


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",;|\t\ufeff'), min_size=1
).map(lambda text: text.replace("\u2028", "x").replace("\u2029", "x").replace("\x85", "x"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1), st.sampled_from([",", "\t", ";", "|"]))
def test_any_text_comes_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], separator: str
) -> None:
    content = "\n".join(separator.join(row) for row in [("a", "b"), *cells])
    options = ReadOptions(separator=separator, encoding="utf-8")
    _, rows = read(tmp_path_factory.mktemp("t") / "a.csv", content, options)
    assert [(row["a"], row["b"]) for row in rows] == cells


def test_a_record_swallowed_by_stray_quotes_is_noted(tmp_path: Path) -> None:
    opened, rows = read(tmp_path / "a.csv", 'a,b,c\n1,2,"3\n4,5,6\n7,8,"\n9,9,9\n')
    assert [row[ROW] for row in rows] == [2, 3]
    assert [(note.code, note.row, note.column) for note in opened.notes] == [("swallowed_lines", 2, "c")]


def test_the_first_fault_is_found_beyond_the_first_chunk(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    line = "企业名称\n".encode()
    path.write_bytes(line * (CHUNK // len(line) + 5) + b"\xe4\xbc\n")
    fault = scan(open_source(path), "utf-8")
    assert fault is not None
    assert (fault.line, fault.offset, fault.found) == (
        CHUNK // len(line) + 6,
        path.stat().st_size - 3,
        b"\xe4",
    )


def test_gb18030_is_found_where_the_first_chinese_is_far_down(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n" * 200_000 + "企业,名称\n".encode("gb18030"))
    assert find_encoding(open_source(path), None) == "gb18030"


SHEET: list[list[Value]] = [
    [None, None, None],
    [None, "名称", "值"],
    [None, "数", 42891],
    [None, "小数", 0.30000000000000004],
    [None, "日期", Raw(DATE.format(42891))],
    [None, "时刻", Raw(MOMENT.format(42891.5))],
    [None, None, None],
    [None, "真", True],
    [None, "错", ERROR],
    [None, "算", CALCULATED],
    [None, "空", EMPTY_TEXT],
    [None, "未算", FORMULA],
    [None, "文本", " 007 "],
]


def test_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    opened, rows = read(tmp_path / "a.xlsx", workbook({"名单": SHEET}))
    assert [(row[ROW], row["名称"], row["值"]) for row in rows] == [
        (3, "数", "42891"), (4, "小数", "0.3"), (5, "日期", "2017-06-05"), (6, "时刻", "2017-06-05 12:00:00"),
        (8, "真", "TRUE"), (9, "错", None), (10, "算", "2"), (11, "空", None), (13, "文本", " 007 "),
    ]  # fmt: skip
    (bad,), (note,) = opened.bad_rows, opened.notes
    assert (bad.row, bad.column, bad.code, bad.sheet) == (12, "值", "formula_without_value", "名单")
    assert "C12" in bad.message
    assert (note.row, note.column, note.value, note.code) == (9, "值", "#REF!", "error_cell")


def test_a_hidden_sheet_is_read_only_by_name(tmp_path: Path) -> None:
    content = workbook({"旧": [["a", "b"], [1, 2]], "新": [["c", "d"], [3, 4]]}, hidden=["旧"])
    opened, rows = read(tmp_path / "a.xlsx", content)
    assert (opened.sheet, rows) == ("新", [{"c": "3", "d": "4", ROW: 2}])
    assert open_table(tmp_path / "a.xlsx", ReadOptions(sheet="旧")).columns == ("a", "b")
    assert open_table(tmp_path / "a.xlsx", ReadOptions(sheet=1)).columns == ("a", "b")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", None), (True, "TRUE"), (1.0, "1"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (123456789012345.0, "123456789012345"),
        (913302040933533733.0, "913302040933534000"), (datetime.date(2017, 6, 5), "2017-06-05"),
        (datetime.datetime(2017, 6, 5), "2017-06-05"), (datetime.time(1, 2, 3), "01:02:03"),
        (datetime.timedelta(hours=36), "1 day, 12:00:00"),
    ],
)  # fmt: skip
def test_cell_text(cell: str | float | datetime.date, text: str | None) -> None:
    assert cell_text(cell) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_keep_all_digits(number: int) -> None:
    assert number_text(float(number)) == str(number)


@given(st.integers(0, 16383))
def test_column_letters_and_numbers_agree(column: int) -> None:
    assert column_number(column_letters(column)) == column


def test_json_values_become_text_and_lose_nothing(tmp_path: Path) -> None:
    record = {
        "a": "x",
        "n": 1,
        "list": ["甲", "乙"],
        "odd": ["甲、乙", "丙"],
        "in": {"b": {"c": True}},
        "rows": [{"d": 1}],
        "no": None,
    }
    content = json.dumps({"data": {"items": [record]}}, ensure_ascii=False).replace('"n": 1', '"n": 1.50')
    opened, rows = read(tmp_path / "a.json", content, ReadOptions(records="data.items"))
    assert rows == [{
        "a": "x", "n": "1.50", "list": "甲、乙", "odd": '["甲、乙", "丙"]', "in.b.c": "true", "rows": '[{"d": 1}]', "no": None, ROW: 1,
    }]  # fmt: skip
    assert opened.kind == "json"


def test_an_object_can_be_the_one_record(tmp_path: Path) -> None:
    _, rows = read(tmp_path / "a.json", '{"a": 1, "b": {"c": 2}}', ReadOptions(records="."))
    assert rows == [{"a": "1", "b.c": "2", ROW: 1}]


def test_json_lines_have_the_columns_of_all_lines(tmp_path: Path) -> None:
    opened, rows = read(tmp_path / "a.json", '{"a": 1}\n\n{"b": 2}\n{"a": }\n')
    assert (opened.kind, opened.columns) == ("jsonl", ("a", "b"))
    assert rows == [{"a": "1", "b": None, ROW: 1}, {"a": None, "b": "2", ROW: 3}]
    assert [(bad.row, bad.code, bad.raw) for bad in opened.bad_rows] == [(4, "bad_json", '{"a": }')]


@pytest.mark.parametrize(
    ("value", "text"), [(None, None), ("", None), ([], None), ({}, None), (False, "false"), (0, "0")]
)
def test_value_text(value: object, text: str | None) -> None:
    assert value_text(value) == text


def test_parquet_columns_become_text(tmp_path: Path) -> None:
    day, moment = datetime.date(2017, 6, 5), datetime.datetime(2017, 6, 5, 1, 2, 3)
    table = pa.table({
        "s": ["甲", ""], "i": [1, None], "f": [2017.0, 1e22], "d": [day, None], "t": [datetime.datetime(2017, 6, 5), moment],
        "l": [["a", "b"], []], "c": pa.array(["x", "y"]).dictionary_encode(), "b": [True, False],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1)
    opened = open_table(tmp_path / "a.parquet", ReadOptions(batch_rows=1))
    assert [batch.first_row for batch in opened.batches()] == [1, 2]
    assert rows_of(opened) == [
        {
            "s": "甲",
            "i": "1",
            "f": "2017",
            "d": "2017-06-05",
            "t": "2017-06-05",
            "l": "a、b",
            "c": "x",
            "b": "true",
            ROW: 1,
        },
        {
            "s": None,
            "i": None,
            "f": "1" + "0" * 22,
            "d": None,
            "t": "2017-06-05 01:02:03",
            "l": None,
            "c": "y",
            "b": "false",
            ROW: 2,
        },
    ]


def test_a_record_larger_than_a_block_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n3,"' + "4,5\n" * 6_000_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.csv: a quote .* never closed"):
        rows_of(open_table(path))


SHARED_COUNTS = {
    "lists/ecommerce_blacklist_2017.xlsx": 500,
    "lists/transport_dishonest_2017.xls": 270,
    "lists/illegal_fundraising_2017_ocr.xlsx": 144,
    "lists/pollution_penalties_2017.xlsx": 86,
    "lists/substandard_herbs_2017.xlsx": 39,
    "registry/registered_companies_10k.xlsx": 10_000,
    "registry/investment_events_2k.xlsx": 2_000,
    "a_share_2020/company_basic_info.csv": 3_873,
    "a_share_2020/customer_info.csv": 12_340,
    "a_share_2020/industry_info.csv": 3_873,
    "a_share_2020/keydirector_info.csv": 119_731,
    "a_share_2020/product_info.csv": 39_732,
    "a_share_2020/shareholder_info.csv": 33_296,
    "a_share_2020/supplier_info.csv": 38_657,
    "holders_2020/company.csv": 3_829,
    "holders_2020/holder.csv": 26_865,
    "holders_2020/holder_company.csv": 39_534,
    "csrc_penalties/penalty_decisions.csv": 272,
    "csrc_penalties/regulatory_measures.csv": 928,
}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), SHARED_COUNTS.items())
def test_published_files_are_read_whole_without_a_hint(name: str, count: int) -> None:
    opened = open_table(shared("data", *name.split("/")))
    numbers = [row for batch in opened.batches() for row in batch.rows.column(ROW).to_pylist()]
    assert numbers == list(range(2, count + 2))
    assert (opened.rows_read, opened.bad_rows, opened.notes) == (count, [], [])
