"""Documents made on the spot: PDFs written by hand, Word documents, pictures of text."""

import io
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import docx


def pdf(pages: Iterable[Sequence[str]], *, encrypted: bool = False) -> bytes:
    """A PDF with a text layer: each page its lines, from the top, in an unembedded Chinese font."""
    return _pdf([_page_text(lines) for lines in pages], encrypted=encrypted)


def scan(picture: Any) -> bytes:
    """A PDF of one page that is only a picture (PIL)."""
    grey = picture.convert("L")
    image = zlib.compress(grey.tobytes())
    head = f"<< /Type /XObject /Subtype /Image /Width {grey.width} /Height {grey.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length {len(image)} >>"
    return _pdf([b"q 595 0 0 842 0 0 cm /Im0 Do Q"], image=head.encode() + b"\nstream\n" + image + b"\nendstream")


def _page_text(lines: Sequence[str]) -> bytes:
    parts = ["BT /F1 12 Tf 72 770 Td"]
    parts += [f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines]
    return "\n".join([*parts, "ET"]).encode()


def _pdf(contents: Sequence[bytes], *, image: bytes | None = None, encrypted: bool = False) -> bytes:
    first = 6
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
        image or b"null",
    ]
    for i, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * i + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 5 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _written(objects, encrypted)


def _written(objects: Sequence[bytes], encrypted: bool) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010d} 00000 n \n".encode())
    lock = f" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<{'43' * 16}> <{'43' * 16}>]" if encrypted else ""
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{lock} >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def word(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document: paragraphs, then a table."""
    made, out = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    made.save(out)
    return out.getvalue()
