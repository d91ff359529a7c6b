"""The bytes of one file: its digest, its content unpacked from gzip, and what kind of table it looks like."""

import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree import ElementTree

from pyarrow import ArrowException
from python_calamine import CalamineError

from graph_model.errors import InputError
from ingest.tables import Kind

CHUNK = 1 << 20
_GZIP, _ZIP, OLE, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
_FOREIGN = (
    (re.compile(rb"\s*%PDF-"), "a PDF"),
    (
        re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|script)\b", re.I | re.S),
        "an HTML page",
    ),
    (re.compile(rb"\s*<\?xml\b"), "an XML document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "an image"),
    (re.compile(rb"Rar!|7z\xbc\xaf"), "an archive"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
)
_SUFFIXES: dict[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".ijson": "jsonl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read any number of times."""

    path: Path
    sha256: str
    size: int
    gzipped: bool

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @property
    def zipped(self) -> bool:
        """Whether the content is a zip archive, as the newer workbooks are."""
        return self.head(4) == _ZIP

    def open(self) -> BinaryIO:
        """A stream of the content, unpacked."""
        return cast(BinaryIO, gzip.open(self.path)) if self.gzipped else self.path.open("rb")

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces of one mebibyte."""
        with self.open() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def head(self, size: int = CHUNK) -> bytes:
        """The first bytes of the content."""
        with self.open() as stream:
            return stream.read(size)


def open_source(path: Path) -> Source:
    """The file with its digest; refuses one that is empty."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
        stream.seek(0)
        magic = stream.read(2)
    source = Source(path, digest, size, magic == _GZIP)
    if not source.head(1):
        raise InputError(f"{path}: the file is empty; expected a table with a header row")
    return source


def find_kind(source: Source, stated: Kind | None) -> Kind:
    """The kind of table by content first, by name second; refuses what is no table, and a wrong statement."""
    head = source.head(4096)
    packed = _packed_kind(source, head)
    if packed is None:
        _refuse_foreign(source, head)
    kind = packed or _text_kind(source, head, stated)
    if stated and stated != kind and not {stated, kind} <= {"csv", "json", "jsonl"}:
        raise InputError(f"{source.path}: the content is {kind}, but the map states kind {stated}")
    return stated or kind


def _packed_kind(source: Source, head: bytes) -> Kind | None:
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith(OLE):
        return "excel"
    if head.startswith(_ZIP):
        return _zip_kind(source)
    return None


def _zip_kind(source: Source) -> Kind:
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise InputError(
            f"{source.path}: the workbook is damaged or cut short ({error}); fetch it again"
        ) from error
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return "excel"
    if "word/document.xml" in names:
        raise InputError(
            f"{source.path}: this is a Word document, not a table; save its table as .xlsx or .csv"
        )
    raise InputError(f"{source.path}: this is a zip archive; unpack it and give the files inside")


def _refuse_foreign(source: Source, head: bytes) -> None:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, what in _FOREIGN:
        if pattern.match(plain):
            raise InputError(
                f"{source.path}: the content is {what}, whatever the name says; "
                "expected CSV, Excel, JSON, JSON Lines or Parquet: open it and save the table as one of these"
            )


def _text_kind(source: Source, head: bytes, stated: Kind | None) -> Kind:
    suffixes = [suffix.lower() for suffix in source.path.suffixes if suffix.lower() != ".gz"]
    named = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if (
        named is None
        and suffixes
        and suffixes[-1] in (".xlsx", ".xls", ".xlsm", ".parquet")
        and stated is None
    ):
        raise InputError(
            f"{source.path}: named {suffixes[-1]} but its content is not; it is damaged, or text with a wrong name"
        )
    if named != "csv" and (found := _json_kind(source.head())):
        return (
            "jsonl" if named == "jsonl" and found == "json" and not head.lstrip().startswith(b"[") else found
        )
    return named or "csv"


def _json_kind(head: bytes) -> Kind | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"["):
        return "json"
    if not text.startswith(b"{"):
        return None
    first, _, rest = text.partition(b"\n")
    return "jsonl" if first.rstrip().endswith(b"}") and rest.strip().startswith(b"{") else "json"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turns what the libraries raise over a bad file into an InputError that names the file."""
    try:
        yield
    except CalamineError as error:
        raise InputError(
            f"{path}: the workbook is damaged, protected by a password, or no workbook: {error}"
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, ElementTree.ParseError) as error:
        raise InputError(f"{path}: the workbook is damaged: {error}; fetch it again") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path}: the compressed data is damaged or cut short: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ArrowException as error:
        raise InputError(f"{path}: cannot be read as a table: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file changed while it was read: {error}") from error
