"""`read_documents`: files, folders, tables and standard input as texts, one at a time; what cannot be read is told, not lost."""

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from graph_model.errors import InputError
from ingest.documents.ocr import Ocr, open_ocr
from ingest.documents.office import read_docx
from ingest.documents.pdf import read_pdf
from ingest.documents.plain import plain_text, read_html, read_plain
from ingest.documents.text import Document
from ingest.read import ROW, ReadOptions, open_table
from ingest.source import OLE, Source, naming

MOST_BYTES = 64 << 20
STDIN = "-"
_SUFFIXES = {".txt": "text", ".text": "text", ".md": "text", ".htm": "html", ".html": "html", ".xhtml": "html", ".docx": "docx", ".pdf": "pdf"}
_TERMS = {"text": "a text file", "html": "a web page", "docx": "a Word document or another zip archive", "pdf": "a PDF"}
_PDF = re.compile(rb"[\s\0]{0,64}%PDF-|.{0,1000}?\n%PDF-", re.DOTALL)
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|script|div|p)\b", re.IGNORECASE | re.DOTALL)
_FOREIGN = (
    (re.compile(re.escape(OLE)), "an old Word or Excel file; save it as .docx (or a table as .xlsx)"),
    (re.compile(rb"\{\\rtf"), "an RTF document; save it as .docx"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*"), "a picture; put its pages into a PDF"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "an archive; unpack it"),
    (re.compile(rb"PAR1"), "a Parquet table; name its column of texts with --text-column"),
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file (or a row of one) that gave no text, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """How documents are read."""

    text_column: str | None = None
    date_column: str | None = None
    encoding: str | None = None
    date: str | None = None
    most_bytes: int = MOST_BYTES

    @cached_property
    def ocr(self) -> Ocr | None:
        """The recogniser of scans, opened at the first use."""
        return open_ocr()


def read_documents(paths: Sequence[Path], how: Reading | None = None, *, stdin: BinaryIO | None = None) -> Iterator[Document | Unread]:
    """Each document in the order given, folders in the order of their names; `-` is standard input."""
    how = how or Reading()
    for path in paths:
        for file in _files(path):
            try:
                yield from _texts(file, how, stdin)
            except InputError as error:
                yield Unread(_shown(file), str(error))


def read_document(path: Path, how: Reading | None = None) -> Document:
    """The text of one file. Raises `InputError` naming it and why it cannot be read."""
    how = how or Reading()
    with naming(path):
        if path.is_dir():
            raise InputError(f"{path}: is a folder; expected a file")
        return _dated(_read(_source(path, how.most_bytes), how), how)


def document_of(content: bytes, name: str, how: Reading | None = None) -> Document:
    """The text of a file that was handed over as bytes under this name."""
    how = how or Reading()
    return _dated(_read(_Held(Path(name), _sha256(content), len(content), False, content), how), how)


def text_document(text: str, name: str = "text", date: str | None = None) -> Document:
    """Text that was handed over as such. Raises `InputError` where there is none."""
    if not text.strip():
        raise InputError(f"{name}: the text is empty")
    made = plain_text(text, _sha256(text.encode("utf-8", "surrogatepass")), name)
    return Document(made.sha256, name, "text", text, made.pieces, "utf-8", date=date)


@dataclass(frozen=True, slots=True)
class _Held(Source):
    """A source whose bytes are in memory."""

    content: bytes = b""

    def open(self) -> BinaryIO:
        """A stream of the content."""
        return io.BytesIO(self.content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _files(path: Path) -> Iterator[Path]:
    """The file, or every file below the folder that is not hidden."""
    if str(path) == STDIN or not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$")))


def _shown(path: Path) -> str:
    return "standard input" if str(path) == STDIN else str(path)


def _texts(path: Path, how: Reading, stdin: BinaryIO | None) -> Iterator[Document | Unread]:
    if how.text_column is not None:
        yield from _cells(path, how)
    elif str(path) == STDIN:
        content = (stdin or io.BytesIO()).read(how.most_bytes + 1)
        if len(content) > how.most_bytes:
            raise InputError(f"standard input: more than {how.most_bytes:,} bytes; split the document (XINPU_MAX_DOCUMENT sets the limit)")
        yield document_of(content, "standard input", how)
    else:
        yield read_document(path, how)


def _source(path: Path, most: int) -> Source:
    size = path.stat().st_size
    if size > most:
        raise InputError(f"{path}: has {size:,} bytes, at most {most:,} are read as one document; split it (XINPU_MAX_DOCUMENT sets the limit)")
    return _held(path) if size else Source(path, "", 0, False)


def _held(path: Path) -> Source:
    """The file in memory: it was found small enough, and nothing can change it between two looks."""
    content = path.read_bytes()
    return _Held(path, _sha256(content), len(content), False, content)


def _read(source: Source, how: Reading) -> Document:
    if not source.size:
        raise InputError(f"{source.path}: the file is empty (0 bytes)")
    kind = _kind(source)
    readers: dict[str, Callable[[], Document]] = {
        "pdf": lambda: read_pdf(source, how.ocr), "docx": lambda: read_docx(source),
        "html": lambda: read_html(source, how.encoding), "text": lambda: read_plain(source, how.encoding),
    }  # fmt: skip
    found = readers[kind]()
    if not found.text.strip():
        raise InputError(f"{source.path}: there is no text in it")
    return found


def _kind(source: Source) -> str:
    """What the file is, by its first bytes; a name that says otherwise is refused, since one of the two is wrong."""
    head = source.head(4096)
    plain = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, advice in _FOREIGN:
        if pattern.match(plain):
            raise InputError(f"{source.path}: is {advice}")
    found = "pdf" if _PDF.match(plain) else "docx" if plain.startswith(b"PK\3\4") else "html" if _HTML.match(plain) else "text"
    named = _SUFFIXES.get(source.path.suffix.lower())
    if named is None or named == found or {named, found} == {"text", "html"}:
        return found if named is None else named
    raise InputError(f"{source.path}: is named like {_TERMS[named]}, but its content is {_TERMS[found]}; name it by what it is")


def _dated(document: Document, how: Reading) -> Document:
    if how.date is None:
        return document
    return Document(document.sha256, document.name, document.kind, document.text, document.pieces, document.encoding, document.row, how.date, document.ocr)


def _cells(path: Path, how: Reading) -> Iterator[Document | Unread]:
    """The texts of a table's column, a document a row, read batch by batch."""
    table = open_table(path, ReadOptions(encoding=how.encoding, batch_rows=1000))
    for column in filter(None, (how.text_column, how.date_column)):
        if column not in table.columns:
            raise InputError(f"{path}: there is no column {column!r}; it has {', '.join(table.columns)}")
    for batch in table.batches():
        yield from _rows(batch.rows, table.sha256, table.file, how)
    for bad in table.bad_rows:
        yield Unread(f"{table.file}, row {bad.row}", bad.message)


def _rows(rows: pa.Table, sha256: str, name: str, how: Reading) -> Iterator[Document | Unread]:
    dates = rows[how.date_column].to_pylist() if how.date_column else [None] * rows.num_rows
    for text, date, row in zip(rows[how.text_column].to_pylist(), dates, rows[ROW].to_pylist(), strict=True):
        if text is None or not text.strip():
            yield Unread(f"{name}, row {row}", f"the column {how.text_column} is empty")
            continue
        made = plain_text(text, sha256, name)
        yield Document(sha256, name, "table", text, made.pieces, None, row, date or how.date)
