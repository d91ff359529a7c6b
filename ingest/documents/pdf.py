"""PDF: the text layer line by line with page and box; a page without one by OCR where the extra `ocr` is there."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2 as pdfium

from graph_model.errors import InputError
from ingest.documents.ocr import Ocr
from ingest.documents.text import Box, Document, Piece, join
from ingest.source import Source

Line = tuple[str, Piece]
_PASSWORD = 4  # FPDF_ERR_PASSWORD
# A page with fewer characters than this and a picture on it is a scan that somebody stamped.
_LEAST = 8


def read_pdf(source: Source, ocr: Ocr | None) -> Document:
    """The document's text. Raises `InputError` where it is encrypted, damaged, or a scan that cannot be read here."""
    with source.open() as stream:
        content = stream.read()
    with closing(_opened(source, content)) as pdf:
        if not len(pdf):
            raise InputError(f"{source.path}: the PDF has no pages")
        pages = [_page(source, pdf, number, ocr) for number in range(1, len(pdf) + 1)]
    text, pieces = join([line for lines, _ in pages for line in lines])
    if not text.strip():
        raise InputError(f"{source.path}: no text was found on its {len(pages)} page(s)")
    return Document(source.sha256, source.name, "pdf", text, pieces, ocr=any(read for _, read in pages))


def _opened(source: Source, content: bytes) -> Any:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise InputError(f"{source.path}: the PDF is encrypted; save it without a password") from error
        raise InputError(f"{source.path}: not a sound PDF ({error}); fetch it again, or print it to a new PDF") from error


def _page(source: Source, pdf: Any, number: int, ocr: Ocr | None) -> tuple[list[Line], bool]:
    """The lines of a page, and whether they were read by OCR."""
    try:
        with closing(pdf[number - 1]) as page:
            lines = list(_layer(page, number))
            if sum(len(text.strip()) for text, _ in lines) >= _LEAST or not _pictured(page):
                return lines, False
            if ocr is None:
                raise InputError(
                    f"{source.path}: page {number} is a scan without a text layer; to read scans: pip install xinpu[ocr]"
                )
            return list(ocr.lines(page, number)), True
    except pdfium.PdfiumError as error:
        raise InputError(f"{source.path}: page {number} cannot be read ({error}); print the file to a new PDF") from error


def _pictured(page: Any) -> bool:
    """Whether anything is drawn on the page: an empty page is not a scan."""
    return next(page.get_objects(max_depth=2), None) is not None


def _layer(page: Any, number: int) -> Iterator[Line]:
    with closing(page.get_textpage()) as layer:
        text = str(layer.get_text_range()).replace("\0", "\ufffd")
        at = 0
        for line in text.split("\n"):
            shown = line.rstrip("\r")
            yield shown, Piece(0, 0, page=number, box=_box(layer, at, len(shown)))
            at += len(line) + 1


def _box(layer: Any, start: int, length: int) -> Box | None:
    """The box around some characters of a text layer; None for a line that draws nothing."""
    if not length:
        return None
    rects = [layer.get_rect(i) for i in range(layer.count_rects(start, length))]
    if not rects:
        return None
    left, bottom, right, top = zip(*rects, strict=True)
    return (round(min(left), 1), round(min(bottom), 1), round(max(right), 1), round(max(top), 1))
