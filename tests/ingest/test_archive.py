"""Archived rows come back as they were read, but for ID numbers, and only once they are complete."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_model.errors import InputError
from ingest.archive import RowArchive, group_rows, mask_rows
from ingest.read import ROW, Batch, open_table
from tests.ingest.workbooks import workbook

DIGEST = "ab" * 32
USCC, REGNO = "91330100MA2H31531M", "330214000048633"
IDNO = "11010519491231002X"  # the example number of GB 11643


def batch(numbers: range, *, sheet: str | None = None, text: str = "示例公司") -> Batch:
    """Rows with these numbers."""
    columns = {"名称": [f"{text}{n}" for n in numbers], "备注": [None for _ in numbers]}
    table = pa.table({**columns, ROW: list(numbers)}).cast(
        pa.schema([("名称", "string"), ("备注", "string"), (ROW, "int64")])
    )
    return Batch("a.csv", sheet, numbers.start, table)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[RowArchive]:
    yield RowArchive(tmp_path / "rows")


def test_a_row_comes_back_by_its_number(archive: RowArchive) -> None:
    with archive.writer(DIGEST) as writer:
        writer.add(batch(range(2, 30_000)))
        writer.add(batch(range(30_005, 50_000)))
    assert archive.row(DIGEST, 2) == {"名称": "示例公司2", "备注": ""}
    assert archive.row(DIGEST, 49_999) == {"名称": "示例公司49999", "备注": ""}
    assert [archive.row(DIGEST, number) for number in (1, 30_001, 50_000)] == [None, None, None]
    assert archive.row("cd" * 32, 2) is None
    assert (archive.has(DIGEST), archive.has("cd" * 32)) == (True, False)


def test_nothing_is_kept_of_a_document_that_broke_off(archive: RowArchive) -> None:
    with pytest.raises(RuntimeError), archive.writer(DIGEST) as writer:
        writer.add(batch(range(2, 10)))
        raise RuntimeError("stopped")
    assert list(archive.folder.iterdir()) == []


def test_an_older_reading_stays_until_the_newer_is_complete(archive: RowArchive) -> None:
    with archive.writer(DIGEST) as writer:
        writer.add(batch(range(2, 4), text="旧"))
    with archive.writer(DIGEST) as writer:
        writer.add(batch(range(2, 4), text="新"))
        assert archive.row(DIGEST, 2) == {"名称": "旧2", "备注": ""}
    assert archive.row(DIGEST, 2) == {"名称": "新2", "备注": ""}


def test_a_document_without_rows_leaves_nothing(archive: RowArchive) -> None:
    with archive.writer(DIGEST):
        pass
    assert list(archive.folder.iterdir()) == []


def test_the_sheets_of_a_workbook_are_kept_apart(archive: RowArchive) -> None:
    for sheet in ("甲", "乙"):
        with archive.writer(DIGEST) as writer:
            writer.add(batch(range(2, 4), sheet=sheet, text=sheet))
    assert archive.row(DIGEST, 3, "甲") == {"名称": "甲3", "备注": ""}
    assert archive.row(DIGEST, 3, "乙") == {"名称": "乙3", "备注": ""}
    assert archive.row(DIGEST, 3, "丙") is None


def test_the_only_sheet_is_found_without_its_name(archive: RowArchive, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook({"名单": [["名称"], ["示例公司"]]}))
    opened = open_table(tmp_path / "a.xlsx")
    with archive.writer(opened.sha256) as writer:
        for each in opened.batches():
            writer.add(each)
    assert archive.row(opened.sha256, 2) == {"名称": "示例公司"}


def test_only_id_numbers_of_persons_are_masked(archive: RowArchive) -> None:
    values = [f"身份证号{IDNO}", USCC, REGNO, "短 123", None]
    with archive.writer(DIGEST) as writer:
        writer.add(Batch("a.csv", None, 2, pa.table({"值": values, ROW: range(2, 7)})))
    kept = [archive.row(DIGEST, number) for number in range(2, 7)]
    assert kept[0] is not None and IDNO not in kept[0]["值"] and "********" in kept[0]["值"]
    assert kept[1:] == [{"值": USCC}, {"值": REGNO}, {"值": "短 123"}, {"值": ""}]


def test_the_columns_name_says_what_a_number_is() -> None:
    slip = IDNO[:-1] + "1"  # a wrong check character: no ID by itself, one in a column of IDs
    rows = mask_rows(pa.table({"身份证号": [slip], "注册号": [REGNO], ROW: [2]})).to_pylist()
    assert rows == [{"身份证号": f"{IDNO[:6]}********0021", "注册号": REGNO, ROW: 2}]


def test_masking_leaves_other_cells_as_they_are() -> None:
    rows = pa.table({"值": ["甲", None], ROW: [2, 3]})
    assert mask_rows(rows).equals(rows)


def test_wide_rows_make_small_groups() -> None:
    assert group_rows(pa.table({"a": ["x"] * 10})) == 20_000
    assert group_rows(pa.table({"a": ["字" * 10_000] * 10})) < 100


def test_a_digest_that_is_none_is_refused(archive: RowArchive) -> None:
    with pytest.raises(InputError, match="SHA-256"):
        archive.row("../secret", 2)


def test_one_row_needs_one_row_group(archive: RowArchive) -> None:
    with archive.writer(DIGEST) as writer:
        for start in range(2, 200_002, 100_000):
            writer.add(batch(range(start, start + 100_000)))
    (path,) = archive.folder.iterdir()
    metadata = pq.ParquetFile(path).metadata
    groups = [metadata.row_group(number).column(2).statistics for number in range(metadata.num_row_groups)]
    assert [(group.min, group.max) for group in groups] == [
        (n, n + 19_999) for n in range(2, 200_002, 20_000)
    ]
    assert archive.row(DIGEST, 123_456) == {"名称": "示例公司123456", "备注": ""}
