"""What calamine does not tell of an .xlsx sheet: formulas without a stored value, and error cells."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from ingest.source import CHUNK, Source

# By row number, then 0-based column: the error's text, or None for a formula that was never calculated.
Oddities = dict[int, dict[int, str | None]]
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SIGNS = re.compile(rb"<(?:\w+:)?f[\s/>]|t=[\"']e[\"']")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)$")


def unpacked_size(source: Source) -> int:
    """The bytes a zipped workbook unpacks to; 0 for the old binary kind."""
    if not source.zipped:
        return 0
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        return sum(info.file_size for info in archive.infolist())


def find_oddities(source: Source, sheet: str) -> Oddities:
    """The odd cells of a sheet; the XML is parsed only where a quick look shows a formula or an error."""
    if not source.zipped:
        return {}
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        member = _member(archive, sheet)
        if member is None or not _has_signs(archive, member):
            return {}
        return _odd_cells(archive, member)


def _member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The zip member of a sheet; None in workbooks that are not XML."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    wanted = next(
        (e.get(_RELATION) for e in book.iter() if e.tag.endswith("}sheet") and e.get("name") == sheet), None
    )
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next((e.get("Target", "") for e in relations if e.get("Id") == wanted), "")
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return path if path in names else None


def _has_signs(archive: zipfile.ZipFile, member: str) -> bool:
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            if _SIGNS.search(tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _odd_cells(archive: zipfile.ZipFile, member: str) -> Oddities:
    found: Oddities = {}
    with archive.open(member) as stream:
        for row, column, cell in _cells(ElementTree.iterparse(stream, events=("start", "end"))):
            parts = {child.tag.rpartition("}")[2]: child for child in cell}
            if cell.get("t") == "e":
                value = parts.get("v")
                found.setdefault(row, {})[column] = (value.text if value is not None else None) or "#ERROR"
            elif "f" in parts and "v" not in parts and "is" not in parts:
                found.setdefault(row, {})[column] = None
    return found


def _cells(
    events: Iterator[tuple[str, ElementTree.Element]],
) -> Iterator[tuple[int, int, ElementTree.Element]]:
    """Every cell with its row number and 0-based column, which the file may leave out."""
    row = column = 0
    for event, element in events:
        tag = element.tag.rpartition("}")[2]
        if tag == "row" and event == "start":
            row, column = int(element.get("r", row + 1)), 0
        elif tag == "c" and event == "end":
            if match := _REFERENCE.match(element.get("r", "")):
                column = column_number(match[1])
            yield row, column, element
            column += 1
        elif tag == "row":
            element.clear()


def column_number(letters: str) -> int:
    """The 0-based column of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """The letters of a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
