"""Broken and odd files, each with what must come of it; made anew for every test, never stored."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.read import ReadOptions
from tests.ingest.workbooks import CALCULATED, ERROR, FORMULA, Rows, encrypted_workbook, workbook

Maker = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Broken:
    """A file no table can be read from, and what the message must say."""

    name: str
    make: Maker
    says: tuple[str, ...]
    options: ReadOptions = ReadOptions()

    def write(self, folder: Path) -> Path:
        """Makes the file in a folder."""
        path = folder / self.name
        path.write_bytes(self.make())
        return path


@dataclass(frozen=True, slots=True)
class Odd:
    """A file that is read, with the good rows it has, the codes of its bad rows and of its notes."""

    name: str
    make: Maker
    good: int
    bad: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    options: ReadOptions = ReadOptions()

    def write(self, folder: Path) -> Path:
        """Makes the file in a folder."""
        path = folder / self.name
        path.write_bytes(self.make())
        return path


HEADER = "企业名称,统一社会信用代码,成立日期,注册资本"
ROWS = (
    "示例甲有限公司,91330100MA2H31531M,2017年6月5日,118.68万元",
    "示例乙股份有限公司,91330100MA27Y5XM7R,20170605,1000",
    "示例丙合伙企业,,42891,五百万元整",
)
TEXT = "\n".join((HEADER, *ROWS)) + "\n"
UTF8, GB = TEXT.encode(), TEXT.encode("gb18030")
TITLES: Rows = [["名称", "号码", "日期"], ["甲公司", "1", "2017-06-05"], ["乙公司", "2", "2018-06-05"]]
RECORDS = [{"name": "示例甲有限公司", "code": 1}, {"name": "示例乙有限公司", "code": 2}]


def _text(content: str, encoding: str = "utf-8") -> Maker:
    return lambda: content.encode(encoding)


def _bytes(content: bytes) -> Maker:
    return lambda: content


def _book(rows: Rows, *merged: str) -> Maker:
    return lambda: workbook({"名单": rows}, merged=merged)


def _books(**sheets: Rows) -> Maker:
    return lambda: workbook(sheets)


def _zip(*names: str) -> Maker:
    def make() -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in names:
                archive.writestr(name, "<x/>")
        return buffer.getvalue()

    return make


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"名称": ["甲", "乙"], "号": [1, 2]}), buffer)
    return buffer.getvalue()


def _json(value: object) -> Maker:
    return _text(json.dumps(value, ensure_ascii=False))


def _noise(size: int) -> bytes:
    return bytes((value * value * 7 + value * 13 + (value >> 3)) % 256 for value in range(size))


BROKEN: tuple[Broken, ...] = (
    Broken("empty.csv", _bytes(b""), ("is empty",)),
    Broken("blank.csv", _text("\n \n\n"), ("no rows",)),
    Broken("header_only.csv", _text(HEADER + "\n"), ("no rows below the header",)),
    Broken("only_separators.csv", _text(HEADER + "\n,,,\n,,,\n"), ("no rows below the header",)),
    Broken("zeros.csv", _bytes(bytes(5000)), ("binary",)),
    Broken("noise.csv", lambda: _noise(9000), ("binary",)),
    Broken("one_nul.csv", _text(TEXT.replace("1000", "10\x0000")), ("NUL", "line 3, byte")),
    Broken("scan.csv", _bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), ("a PDF", "whatever the name")),
    Broken("page.csv", _text("<!DOCTYPE html>\n<html><body><table></table></body></html>"), ("HTML page",)),
    Broken(
        "export.xls",
        _text("\n<html><head></head><table><tr><td>名称</td></tr></table></html>"),
        ("HTML page",),
    ),
    Broken("old.xls", _text('<?xml version="1.0"?><Workbook/>'), ("XML document",)),
    Broken("photo.csv", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)), ("an image",)),
    Broken(
        "said_utf8.csv",
        _bytes(GB),
        ("not utf-8 (as stated)", "line 1, byte 1"),
        ReadOptions(encoding="utf-8"),
    ),
    Broken("said_gb18030.csv", _bytes(UTF8), ("gb18030",), ReadOptions(encoding="gb18030")),
    Broken("said_latin.csv", _bytes(GB), ("the text is GB18030",), ReadOptions(encoding="latin-1")),
    Broken("said_nonsense.csv", _bytes(UTF8), ("'utf-99'", "unknown"), ReadOptions(encoding="utf-99")),
    Broken(
        "damaged_utf8.csv", _bytes(UTF8.replace("乙".encode(), b"\xe4\xff")), ("damaged at line 3, byte",)
    ),
    Broken("cut_utf8.csv", _bytes(UTF8[:-2]), ("damaged at line 4, byte",)),
    Broken(
        "damaged_gb18030.csv",
        _bytes(GB.replace("乙".encode("gb18030"), b"\xff\xff")),
        ("damaged at line 3, byte",),
    ),
    Broken(
        "western.csv",
        lambda: "Firma,Ort\nMüller Söhne,Köln\nGroß,Füssen\n".encode("cp1252") * 9,
        ("cannot be told", "line 2, byte 12"),
    ),
    Broken("doubled_names.csv", _text("名称,号码,名称\n甲,1,乙\n"), ("'名称'", "columns 1 and 3")),
    Broken("unnamed_column.csv", _text("名称,,号码\n甲,1,2\n"), ("row 1", "column 2")),
    Broken(
        "title_row.csv",
        _text("某市失信企业名单\n" + TEXT),
        ("row 1", "Row 2 looks like the header", "`header: 2`"),
    ),
    Broken("reserved_name.csv", _text("名称,__row\n甲,1\n"), ("__row",)),
    Broken("header_beyond.csv", _bytes(UTF8), ("header: 99", "only 4 rows"), ReadOptions(header=99)),
    Broken("no_header_no_names.csv", _bytes(UTF8), ("header: 0", "columns:"), ReadOptions(header=0)),
    Broken(
        "too_few_names.csv",
        _bytes(UTF8),
        ("2 `columns:`", "has 4"),
        ReadOptions(header=0, columns=("a", "b")),
    ),
    Broken("wrong_separator.csv", _bytes(UTF8), ("';'", "looks like ','"), ReadOptions(separator=";")),
    Broken("long_separator.csv", _bytes(UTF8), ("'||'", "one ASCII character"), ReadOptions(separator="||")),
    Broken("open_quote.csv", _text('名称,号码\n甲,1\n"乙,2\n丙,3\n丁,4\n'), ("never closed", "row 3")),
    Broken("open_quote_at_end.csv", _text('名称,号码\n甲,1\n乙,"2\n丙,3\n丁,4\n'), ("never closed", "row 3")),
    Broken("header_only.xlsx", _book(TITLES[:1]), ("no rows below the header",)),
    Broken("empty.xlsx", _book([]), ("no visible sheet",)),
    Broken(
        "title_row.xlsx",
        _book([["黑名单", None, None], *TITLES], "A1:C1"),
        ("row 1", "merged", "`header: 2`"),
    ),
    Broken(
        "merged_header.xlsx",
        _book([["名称", "号码", None], *TITLES[1:]], "B1:C1"),
        ("row 1", "merged", "2 of 3"),
    ),
    Broken(
        "two_header_rows.xlsx",
        _book([["名称", "登记", None], [None, "号码", "日期"], *TITLES[1:]], "A1:A2", "B1:C1"),
        ("row 1", "`columns:`"),
    ),
    Broken(
        "doubled_names.xlsx",
        _book([["名称", "名称"], ["甲", "乙"]]),
        ("'名称'", "columns 1 and 2", "sheet '名单'"),
    ),
    Broken("no_such_sheet.xlsx", _book(TITLES), ("no sheet '黑名单'", "'名单'"), ReadOptions(sheet="黑名单")),
    Broken("no_such_sheet_number.xlsx", _book(TITLES), ("no sheet 3",), ReadOptions(sheet=3)),
    Broken("two_sheets.xlsx", _books(甲=TITLES, 乙=TITLES), ("several sheets", "'甲' (3 rows)", "'乙'")),
    Broken("header_beyond.xlsx", _book(TITLES), ("header: 9", "only 3 rows"), ReadOptions(header=9)),
    Broken("cut.xlsx", lambda: workbook({"名单": TITLES})[:900], ("damaged or cut short",)),
    Broken(
        "damaged.xlsx", lambda: workbook({"名单": TITLES}).replace(b"worksheet", b"workshoot"), ("damaged",)
    ),
    Broken(
        "renamed_member.xlsx",
        lambda: workbook({"名单": TITLES}).replace(b"sheets/sheet1", b"sheets/shoot1", 1),
        ("damaged",),
    ),
    Broken("letter.xlsx", _zip("word/document.xml"), ("Word document",)),
    Broken("archive.csv", _zip("a.csv", "b.csv"), ("zip archive",)),
    Broken("locked.xlsx", encrypted_workbook, ("password",)),
    Broken("damaged.xls", _bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)), ("damaged",)),
    Broken("renamed.xlsx", _bytes(UTF8), ("named .xlsx", "content is not")),
    Broken("said_csv.csv", _book(TITLES), ("the content is excel", "kind csv"), ReadOptions(kind="csv")),
    Broken("cut.json", lambda: _json(RECORDS)()[:-9], ("not valid JSON", "line 1")),
    Broken("error.json", _json({"error": "not found"}), ("one object, not a list", "lists in it: none")),
    Broken(
        "no_such_path.json",
        _json({"data": {"rows": RECORDS}}),
        ("no 'items'", "rows"),
        ReadOptions(records="data.items"),
    ),
    Broken("empty_list.json", _json([]), ("is empty",)),
    Broken("nan.json", _text('[{"a": NaN}]'), ("NaN",)),
    Broken("deep.json", _text("[" * 100_000), ("not valid JSON",)),
    Broken("scalars.json", _json([1, 2]), ("no JSON object",)),
    Broken("cut.parquet", lambda: _parquet()[:-20], ("cannot be read as a table",)),
    Broken("cut.csv.gz", lambda: gzip.compress(UTF8 * 50)[:-30], ("damaged or cut short",)),
    Broken("damaged.csv.gz", _bytes(b"\x1f\x8b" + b"\xff" * 90), ("damaged or cut short",)),
)

ODD: tuple[Odd, ...] = (
    Odd("plain.csv", _bytes(UTF8), 3),
    Odd("bom.csv", _bytes(b"\xef\xbb\xbf" + UTF8), 3),
    Odd("gb18030.txt", _bytes(GB), 3),
    Odd("said_gbk.csv", _bytes(GB), 3, options=ReadOptions(encoding="gbk")),
    Odd("utf16.csv", _text(TEXT, "utf-16"), 3),
    Odd("utf16_unmarked.csv", _text(TEXT, "utf-16-le"), 3),
    Odd(
        "big5.csv",
        _text(
            "公司名稱,負責人,說明\n示例貿易股份有限公司,張三,關於處罰決定書的說明\n"
            + "臺灣實業發展有限公司,李四,違規經營業務處罰\n" * 9,
            "big5",
        ),
        10,
    ),
    Odd("no_suffix", _bytes(UTF8), 3),
    Odd("tabs.csv", _text(TEXT.replace(",", "\t")), 3),
    Odd("bars.csv", _text(TEXT.replace(",", "|")), 3),
    Odd("crlf_blank_lines.csv", _text(TEXT.replace("\n", "\r\n\r\n")), 3),
    Odd("old_mac.csv", _text(TEXT.replace("\n", "\r")), 3),
    Odd("packed.csv.gz", lambda: gzip.compress(GB), 3),
    Odd(
        "ragged.csv", _text(TEXT + "示例丁有限公司,1\n示例戊,1,2,3,4\n"), 3, bad=("ragged_row", "ragged_row")
    ),
    Odd(
        "swallowed.csv", _text('名称,号码,日期\n甲,"1,2017\n乙,2,2"018\n丙,3,2019\n'), 1, bad=("ragged_row",)
    ),
    Odd("quoted_lines.csv", _text('名称,号码\n"甲\n公司",1\n乙,"2"\n'), 2),
    Odd("one_column.csv", _text("企业名称\n甲公司\n\n乙公司\n"), 2),
    Odd(
        "no_header.csv",
        _text("\n".join(ROWS)),
        3,
        options=ReadOptions(header=0, columns=("a", "b", "c", "d")),
    ),
    Odd("title_row_told.csv", _text("某市名单\n\n" + TEXT), 3, options=ReadOptions(header=3)),
    Odd("renamed_columns.csv", _text("名称,名称\n甲,1\n"), 1, options=ReadOptions(columns=("名称", "号码"))),
    Odd(
        "dates.xlsx",
        _book([["名称", "日期", "额"], ["甲", 42891, 118.68], ["乙", "2017年6月5日", 20170605]]),
        2,
    ),
    Odd(
        "formulas.xlsx",
        _book([["名称", "额"], ["甲", CALCULATED], ["乙", FORMULA]]),
        1,
        bad=("formula_without_value",),
    ),
    Odd("errors.xlsx", _book([["名称", "额"], ["甲", ERROR]]), 1, notes=("error_cell",)),
    Odd("long_number.xlsx", _book([["名称", "身份"], ["甲", 913302040933533733]]), 1, notes=("long_number",)),
    Odd(
        "merged_rows.xlsx",
        _book([["省", "名称"], ["浙江", "甲"], [None, "乙"]], "A2:A3"),
        2,
        notes=("merged_cells",),
    ),
    Odd("workbook_named.csv", _book(TITLES), 2),
    Odd("with_legend.xlsx", _books(说明=[["制表说明"]], 名单=TITLES), 2),
    Odd("list.json", _json(RECORDS), 2),
    Odd("wrapped.json", _json({"total": 2, "rows": RECORDS}), 2),
    Odd("mixed.json", _json([*RECORDS, 5]), 2, bad=("not_an_object",)),
    Odd("lines.jsonl", _text('{"a": 1}\n\n{"a": 2\n{"b": [1, 2]}\n'), 2, bad=("bad_json",)),
    Odd(
        "doubled.jsonl",
        _text('{"a": 1, "a": 2}\n{"a": 3}\n{"a.b": 1, "a": {"b": 2}}\n'),
        1,
        bad=("bad_json", "doubled_name"),
    ),
    Odd("table.parquet", _parquet, 2),
)
