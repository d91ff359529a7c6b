"""Word documents (.docx): paragraphs in order, a table's row as one line with its cells separated by tabs."""

import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table

from graph_model.errors import InputError
from ingest.documents.text import Document, paragraphs
from ingest.source import Source

# A zip may promise more than the memory holds; no office document unpacks to a hundred times this.
MOST_UNPACKED = 512 << 20


def read_docx(source: Source) -> Document:
    """The document's body. Raises `InputError` where it is no sound Word document."""
    try:
        _check_size(source)
        with source.open() as stream:
            body = docx.Document(stream)
        text, pieces = paragraphs(_lines(body))
    except InputError:
        raise
    except Exception as error:  # python-docx lets through whatever its zip and XML readers raise
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InputError(f"{source.path}: not a sound Word document ({reason}); open it in Word and save it again as .docx") from error
    return Document(source.sha256, source.name, "docx", text, pieces)


def _check_size(source: Source) -> None:
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        names = set(archive.namelist())
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise InputError(f"{source.path}: the document is encrypted; save it without a password")
    if unpacked > MOST_UNPACKED:
        raise InputError(f"{source.path}: unpacks to {unpacked:,} bytes, at most {MOST_UNPACKED:,} are read")
    if "word/document.xml" not in names:
        kind = "an Excel workbook; name its column of texts with --text-column" if "xl/workbook.xml" in names else "a zip archive, but no Word document"
        raise InputError(f"{source.path}: is {kind}")


def _lines(body: Any) -> Iterator[str]:
    for block in body.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from block.text.split("\n")


def _rows(table: Table) -> Iterator[str]:
    """Each row as a line; a cell that spans several columns is told once."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(" ".join(cell.text.split()))
            last = cell._tc
        yield "\t".join(cells)
