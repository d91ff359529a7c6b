"""Makes small workbooks by hand, so that a test can have any cell a spreadsheet program would write."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STYLES = f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'


class Raw(str):
    """The XML of a cell after its reference: ` t="e"><v>#REF!</v></c>`, say."""


DATE, MOMENT = ' s="1"><v>{}</v></c>', ' s="2"><v>{}</v></c>'
ERROR = Raw(' t="e"><v>#REF!</v></c>')
FORMULA = Raw("><f>1+1</f></c>")
CALCULATED = Raw("><f>1+1</f><v>2</v></c>")
EMPTY_TEXT = Raw(' t="str"><f>T(9)</f><v></v></c>')
Value = str | int | float | bool | None
Rows = Sequence[Sequence[Value]]


def workbook(sheets: Mapping[str, Rows], *, merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """An .xlsx file; `merged` ranges apply to every sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets, hidden).items():
            archive.writestr(name, text)
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, merged))
    return buffer.getvalue()


def _parts(sheets: Mapping[str, Rows], hidden: Sequence[str]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _sheet(rows: Rows, merged: Sequence[str]) -> str:
    body = "".join(
        f'<row r="{number}">{"".join(_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    ranges = (
        f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(area)}/>' for area in merged)}</mergeCells>"
        if merged
        else ""
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{ranges}</worksheet>'


def _cell(reference: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return f'<c r="{reference}"{value}'
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def encrypted_workbook() -> bytes:
    """The shell of a workbook with a password: an OLE file with an EncryptedPackage stream."""
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (512 - len(header) - 4)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    return (
        header + table + _entry("Root Entry", 5, 1) + _entry("EncryptedPackage", 2, 0xFFFFFFFF) + bytes(256)
    )


def _entry(name: str, kind: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    start = (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    )
    return (start + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)).ljust(128, b"\0")
