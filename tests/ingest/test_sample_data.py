"""The sample pack: row counts, check characters, and an invented family that agrees with itself."""

import csv
from pathlib import Path

import pytest

from graph_model.identifiers import read_orgcode, read_regno, read_uscc
from graph_model.kinds import clean_date, clean_end, clean_money, clean_money_wan, clean_share

SAMPLE = Path(__file__).resolve().parents[2] / "ingest" / "sample"
Row = dict[str, str]
COUNTS = {
    "rating_agencies_market": 57,
    "rating_agencies_filed": 57,
    "ecommerce_list_2017": 20,
    "transport_list_2017": 20,
    "pollution_2017": 20,
    "example_register": 12,
    "example_officers": 23,
    "example_shareholders": 16,
    "example_penalties": 6,
    "example_dishonest": 3,
    "example_lists": 5,
    "example_orders": 1,
}
EXAMPLES = [name for name in COUNTS if name.startswith("example_")]
NAME_COLUMNS = {
    "企业名称", "法定代表人", "姓名", "股东名称", "iname", "businessEntity", "行政相对人名称", "处罚机关", "数据来源单位",
    "登记机关", "列入机关", "一并列入人员", "被限制人", "执行法院", "courtName", "gistUnit",
}  # fmt: skip
PARTY = {
    "行政相对人名称": "行政相对人代码_1（统一社会信用代码）",
    "iname": "cardNum",
    "被限制人": "统一社会信用代码",
}


def rows(name: str) -> list[Row]:
    """All rows of one sample file."""
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def enterprises() -> dict[str, str]:
    """USCC by name of the invented enterprises."""
    return {row["企业名称"]: row["统一社会信用代码"] for row in rows("example_register")}


def persons() -> set[tuple[str, str]]:
    """The invented persons as (enterprise, name), from roles and holdings."""
    officers = {(row["企业名称"], row["姓名"]) for row in rows("example_officers")}
    holders = {
        (r["企业名称"], r["股东名称"]) for r in rows("example_shareholders") if r["股东类型"] == "自然人股东"
    }
    return officers | holders


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_row_counts_and_rectangular_rows(name: str, count: int) -> None:
    found = rows(name)
    assert len(found) == count
    assert all(None not in row and None not in row.values() for row in found)


@pytest.mark.parametrize("name", COUNTS)
def test_files_are_utf8_without_bom_and_with_line_feeds(name: str) -> None:
    raw = (SAMPLE / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
    raw.decode("utf-8")


def test_no_other_data_file_is_in_the_pack() -> None:
    assert {path.stem for path in SAMPLE.glob("*.csv")} == set(COUNTS)


def test_45_of_57_filed_agencies_have_a_valid_uscc() -> None:
    found = [read_uscc(row["统一社会信用代码"]) for row in rows("rating_agencies_filed")]
    assert sum(number is not None and number.valid for number in found) == 45


def test_market_table_has_exact_capital_and_dates() -> None:
    found = rows("rating_agencies_market")
    amounts = [clean_money(row["注册资本(人民币)"]) for row in found]
    assert amounts[2] == "18000000 USD" and amounts[1] == "60857917"
    assert all(clean_date(row["成立日期"]) == row["成立日期"] for row in found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_invented_name_is_marked(name: str) -> None:
    for row in rows(name):
        for column in NAME_COLUMNS & row.keys():
            assert not row[column] or "示例" in row[column], (name, column, row[column])


def test_invented_enterprises_have_valid_numbers() -> None:
    for row in rows("example_register"):
        uscc, regno = read_uscc(row["统一社会信用代码"]), read_regno(row["注册号"])
        assert uscc is not None and uscc.valid, row
        orgcode = read_orgcode(uscc.value[8:17])
        assert orgcode is not None and orgcode.valid and orgcode.value.startswith("XP")
        assert regno is None or regno.valid, row


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_uscc_belongs_to_its_enterprise(name: str) -> None:
    known = enterprises()
    for row in rows(name):
        party = next((column for column in PARTY if column in row), "企业名称")
        if row[party] in known:
            assert row[PARTY.get(party, "统一社会信用代码")] == known[row[party]], row
        else:
            assert party != "企业名称", row


def test_penalty_numbers_agree() -> None:
    for row in rows("example_penalties"):
        uscc = row["行政相对人代码_1（统一社会信用代码）"]
        assert row["行政相对人代码_3（组织机构代码）"] == uscc[8:17]
        for column in ("处罚机关统一社会信用代码", "数据来源单位统一社会信用代码"):
            authority = read_uscc(row[column])
            assert authority is not None and authority.valid
        assert not row["罚款金额（万元）"] or clean_money_wan(row["罚款金额（万元）"])


def test_register_names_the_legal_representative_of_today() -> None:
    today = {
        row["企业名称"]: row["姓名"]
        for row in rows("example_officers")
        if row["职务"] == "法定代表人" and not row["离任日期"]
    }
    assert today == {row["企业名称"]: row["法定代表人"] for row in rows("example_register")}


def test_every_date_and_share_can_be_read() -> None:
    for name in EXAMPLES:
        for row in rows(name):
            for column, value in row.items():
                if value and column.endswith(("日期", "有效期", "截止期", "Date")):
                    clean_end(value)
    shares = [row["持股比例"] for row in rows("example_shareholders")]
    assert [clean_share(share) for share in shares if "-" in share] == ["10..30"]
    assert shares.count("") == 1


def test_shares_add_up_to_at_most_a_hundred() -> None:
    total: dict[str, float] = {}
    for row in rows("example_shareholders"):
        least = clean_share(row["持股比例"] or "0").split("..")[0]
        total[row["企业名称"]] = total.get(row["企业名称"], 0) + float(least)
    assert all(value <= 100 for value in total.values()) and total.keys() == enterprises().keys()


def test_the_story_has_its_size_and_its_namesakes() -> None:
    names = {name for _, name in persons()}
    assert (len(enterprises()), len(names)) == (12, 16)
    assert sorted(firm for firm, name in persons() if name == "示例陈明") == [
        "示例壬物流有限公司",
        "示例癸运输有限公司",
    ]


def test_readme_speaks_of_every_person_and_every_file() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    unnamed = {name for _, name in persons() if name not in text} - {"示例吴十", "示例韩八"}
    assert not unnamed
    assert all(f"`{name}.csv`" in text for name in COUNTS if not name.startswith("example_"))
