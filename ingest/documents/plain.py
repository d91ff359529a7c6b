"""Text files and web pages: bytes to characters, proven, and paragraphs."""

import codecs
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph_model.errors import InputError
from ingest.documents.text import Document, Piece, paragraphs
from ingest.encoding import find_encoding
from ingest.source import Source

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4096
_DROPPED = "script, style, noscript, template, head, iframe, svg, object"
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def read_plain(source: Source, encoding: str | None) -> Document:
    """A text file, its characters as they stand; lines are its paragraphs."""
    text, encoding = decoded(source, encoding)
    return Document(source.sha256, source.name, "text", text, _lines(text), encoding)


def plain_text(text: str, sha256: str, name: str) -> Document:
    """Text that was handed over, not read from a file."""
    return Document(sha256, name, "text", text, _lines(text), "utf-8")


def read_html(source: Source, encoding: str | None) -> Document:
    """A web page's text: a line a block, table cells of a row separated by tabs; scripts and styles left out."""
    markup, encoding = decoded(source, encoding or _stated(source))
    return Document(source.sha256, source.name, "html", *paragraphs(_blocks(markup)), encoding)


def decoded(source: Source, encoding: str | None) -> tuple[str, str]:
    """The file's characters and the encoding proven over all of it. Raises `InputError` at the first byte that does not fit."""
    found = find_encoding(source, encoding)
    with source.open() as stream:
        text = stream.read().decode(found)
    return text.removeprefix("\ufeff"), found


def _stated(source: Source) -> str | None:
    """The encoding a page states of itself, where Python knows it and the page has no mark of its own."""
    head = source.head(_HEAD)
    found = _META.search(head)
    if found is None or head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        return _fitting(source, codecs.lookup(found[1].decode("ascii")).name)
    except (LookupError, UnicodeDecodeError):
        return None


def _fitting(source: Source, name: str) -> str | None:
    """The stated encoding, unless the page is not in it: what pages say of themselves is often left from another time."""
    try:
        return find_encoding(source, name)
    except InputError:
        return None


def _lines(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        pieces.append(Piece(at, at + len(line), paragraph=number))
        at += len(line) + 1
    return tuple(pieces)


def _blocks(markup: str) -> list[str]:
    tree = LexborHTMLParser(markup)
    tree.strip_tags(_DROPPED.split(", "), recursive=True)
    root = tree.body or tree.root
    lines = "".join(_told(root)).split("\n") if root is not None else []
    return [line for line in (_tidy(line) for line in lines) if line]


def _tidy(line: str) -> str:
    """Blanks as one blank, cells (marked by \\v) by tabs."""
    return "\t".join(_BLANKS.sub(" ", cell).strip() for cell in line.strip("\v").split("\v")).strip(" ")


def _told(root: LexborNode) -> Iterator[str]:
    """The text in order, line ends around blocks; an explicit stack, since pages may nest without end.

    Inside a table's cell a block parts words, not lines: the row stays one line.
    """
    stack: list[tuple[LexborNode | str, bool]] = [(root, False)]
    while stack:
        node, in_cell = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield _BLANKS.sub(" ", node.text_content or "")
        elif node.is_element_node:
            cell = node.tag in _CELLS
            before, after = _around(str(node.tag), in_cell)
            inside = [(child, in_cell or cell) for child in node.iter(include_text=True)]
            stack += [(after, False), *reversed(inside), (before, False)]


def _around(tag: str, in_cell: bool) -> tuple[str, str]:
    """What stands before and after an element's text."""
    if tag in _CELLS:
        return "", "\v"
    if tag in _BLOCKS:
        return (" ", " ") if in_cell else ("\n", "\n")
    return "", ""
