"""Documents become texts with a place for every stretch; what cannot be read says so and breaks nothing."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_model.errors import InputError
from ingest.documents import read as reading
from ingest.documents.read import Reading, Unread, document_of, read_document, read_documents, text_document
from ingest.documents.text import Document
from tests.ingest import papers

LINES = ["示例市市场监督管理局行政处罚决定书", "示监罚〔2024〕7号", "当事人：示例甲建设有限公司"]
PAGE = """<html><head><meta charset="gbk"><title>题</title><style>p{}</style></head><body><h1>处罚公示</h1>
<p>当事人：<b>示例甲</b>建设有限公司<br>罚款&nbsp;5万元</p><script>var x = "没有";</script>
<table><tr><th><p>名称</p></th><th>文号</th></tr><tr><td>示例乙</td><td>3号</td></tr></table></body></html>"""


def _written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- what can be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_in_any_chinese_encoding(tmp_path: Path, encoding: str) -> None:
    path = _written(tmp_path, "a.txt", "\n".join(LINES).encode(encoding))

    found = read_document(path, Reading(date="2024-05-06"))

    assert found.text.split("\n") == LINES
    assert (found.kind, found.name, found.date, len(found.sha256)) == ("text", "a.txt", "2024-05-06", 64)
    start = found.text.index("当事人")
    assert found.place(start, start + 3).paragraph == 3


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_web_page_is_its_text_whatever_it_says_of_its_encoding(tmp_path: Path, encoding: str) -> None:
    found = read_document(_written(tmp_path, "a.html", PAGE.encode(encoding)))

    assert found.text.split("\n") == ["处罚公示", "当事人：示例甲建设有限公司", "罚款\xa05万元", "名称\t文号", "示例乙\t3号"]


def test_a_page_nested_without_end(tmp_path: Path) -> None:
    assert read_document(_written(tmp_path, "a.html", "<div>" * 5000 + "示例" + "</div>" * 5000)).text == "示例"


def test_a_word_document_in_order_with_its_tables(tmp_path: Path) -> None:
    found = read_document(_written(tmp_path, "a.docx", papers.word(LINES, [["名称", "文号"], ["示例乙", "3号"]])))

    assert found.text.split("\n") == [*LINES, "名称\t文号", "示例乙\t3号"]
    assert str(found.place(0, 2)) == "paragraph 1"


def test_a_pdf_keeps_page_and_box(tmp_path: Path) -> None:
    found = read_document(_written(tmp_path, "a.pdf", papers.pdf([LINES[:2], LINES[2:]])))

    assert [line.strip() for line in found.text.split("\n")] == LINES
    start = found.text.index("当事人")
    first, later = found.place(0, 3), found.place(start, start + 3)
    assert (first.page, later.page) == (1, 2)
    assert first.box is not None and 70 < first.box[0] < 75 and first.box[1] > 700
    over = found.place(0, start + 3)
    assert over.page == 1 and over.box is not None and first.box[1] > over.box[1]


def test_a_scan_is_read_with_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    drawing, fonts = pytest.importorskip("PIL.ImageDraw"), pytest.importorskip("PIL.ImageFont")
    picture = pytest.importorskip("PIL.Image").new("L", (1240, 1754), 255)
    drawing.Draw(picture).text((150, 160), "No. 2024-0718", font=fonts.load_default(60), fill=0)

    found = read_document(_written(tmp_path, "scan.pdf", papers.scan(picture)))

    assert "2024-0718" in found.text and found.ocr
    place = found.place(0, 5)
    assert place.page == 1 and place.box is not None and place.box[1] > 700


def test_the_rows_of_a_table_are_documents(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.csv", "编号,正文,日期\n1,示例甲被罚款,2024-01-02\n2,,2024-01-03\n3,示例乙被列入,\n")

    found = list(read_documents([path], Reading(text_column="正文", date_column="日期", date="2020-01-01")))

    texts = [d for d in found if isinstance(d, Document)]
    assert [(d.text, d.row, d.date) for d in texts] == [("示例甲被罚款", 2, "2024-01-02"), ("示例乙被列入", 4, "2020-01-01")]
    assert [u.name for u in found if isinstance(u, Unread)] == ["a.csv, row 3"]
    assert str(texts[0].place(0, 2)) == "row 2, paragraph 1"


def test_a_folder_with_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    for name, content in (("b/2.txt", LINES[0]), ("b/1.txt", LINES[1]), ("b/.hidden.txt", "x"), ("a.pdf", "no pdf")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _written(tmp_path, name, content)

    found = list(read_documents([tmp_path]))

    assert [d.name for d in found if isinstance(d, Document)] == ["1.txt", "2.txt"]
    [bad] = [u for u in found if isinstance(u, Unread)]
    assert "a.pdf" in bad.name and "named like a PDF" in bad.reason


def test_standard_input() -> None:
    [found] = read_documents([Path("-")], stdin=io.BytesIO(LINES[0].encode()))
    [long] = read_documents([Path("-")], Reading(most_bytes=10), stdin=io.BytesIO(LINES[0].encode()))

    assert isinstance(found, Document) and found.text == LINES[0]
    assert isinstance(long, Unread) and "more than 10 bytes" in long.reason


# --- what cannot ----------------------------------------------------------------------------------------


def _zip(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


BAD = {
    "encrypted.pdf": (papers.pdf([LINES], encrypted=True), "encrypted"),
    "cut.pdf": (papers.pdf([LINES])[:200], "not a sound PDF"),
    "empty-page.pdf": (papers.pdf([[]]), "no text was found"),
    "zero.txt": (b"", "0 bytes"),
    "blank.txt": (b" \n\n ", "no text"),
    "nul.txt": ("示例公司\0".encode() * 20 + "示例".encode() * 500, "NUL"),
    "mixed.txt": ("示例公司".encode() * 30 + "示例公司".encode("gb18030") * 3, "damaged"),
    "word.txt": (papers.word(LINES), "named like a text file"),
    "pdf.docx": (papers.pdf([LINES]), "named like a Word document"),
    "text.docx": (LINES[0].encode(), "named like a Word document"),
    "empty.docx": (_zip(a__txt="x"), "no Word document"),
    "book.docx": (_zip(xl__workbook="x").replace(b"xl/workbook", b"xl/workbook"), "no Word document"),
    "broken.docx": (_zip(**{"word__document.xml": "<w:document"}), "not a sound Word document"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
    "picture.png": (b"\x89PNG\r\n" + b"\0" * 50, "picture"),
    "binary.txt": (bytes(range(256)) * 20, "binary data"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_what_is_wrong(tmp_path: Path, name: str) -> None:
    content, words = BAD[name]
    path = _written(tmp_path, name, content)

    with pytest.raises(InputError) as caught:
        read_document(path)

    assert name in str(caught.value) and words in str(caught.value)


def test_a_missing_file_a_folder_and_a_missing_column(tmp_path: Path) -> None:
    for wrong, words in ((tmp_path / "nowhere.txt", "cannot be read"), (tmp_path, "is a folder")):
        with pytest.raises(InputError, match=words):
            read_document(wrong)
    table = _written(tmp_path, "a.csv", "编号,正文\n1,x\n")
    [bad] = read_documents([table], Reading(text_column="内容"))
    assert isinstance(bad, Unread) and "'内容'" in bad.reason and "编号, 正文" in bad.reason


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 << 20)

    with pytest.raises(InputError, match=r"104,857,600 bytes, at most 67,108,864"):
        read_document(path)


def test_a_scan_without_the_extra_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pillow = pytest.importorskip("PIL.Image")
    monkeypatch.setattr(reading, "open_ocr", lambda: None)
    path = _written(tmp_path, "scan.pdf", papers.scan(pillow.new("L", (200, 280), 255)))

    with pytest.raises(InputError, match=r"page 1 is a scan .* pip install xinpu\[ocr\]"):
        read_document(path)


def test_a_zip_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.documents.office.MOST_UNPACKED", 1000)

    with pytest.raises(InputError, match="unpacks to"):
        document_of(_zip(**{"word__document.xml": "x" * 2000}), "bomb.docx")


HEADS = (b"", b"%PDF-1.5\n", b"PK\3\4", b"<html>", b"\xff\xfe", papers.pdf([LINES]), papers.word(LINES), PAGE.encode("gbk"), "示例".encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    head=st.sampled_from(HEADS), cut=st.integers(0, 4000), tail=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".html", ".docx", ".pdf", ".bin", ""]),
)  # fmt: skip
def test_any_bytes_are_read_or_refused(head: bytes, cut: int, tail: bytes, suffix: str) -> None:
    try:
        found = document_of(head[:cut] + tail, f"any{suffix}")
    except InputError as error:
        assert f"any{suffix}" in str(error)
    else:
        assert found.text.strip()
        assert all(0 <= p.start <= p.end <= len(found.text) for p in found.pieces)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_places(text: str) -> None:
    try:
        found = text_document(text)
    except InputError:
        assert not text.strip()
        return
    for start in range(0, len(text), 7):
        number = found.place(start, start + 1).paragraph
        assert number is not None and 1 <= number <= text.count("\n") + 1
