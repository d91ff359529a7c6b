"""Which encoding a text file is in: proven over the whole file, so that nothing is read as mojibake."""

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from graph_model.errors import InputError
from ingest.source import Source

_BOMS = (  # the longer first: a UTF-32 mark begins like a UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB18030 holds all of these byte for byte, and files said to be in one often use the larger set.
_WITHIN_GB18030 = {"gb2312", "gbk", "cp936"}
_ANY_BYTES = ("iso8859", "cp125", "cp437", "cp850", "mac", "latin")
# A guess is taken only where wrong bytes would show: the single-byte encodings take any bytes.
_EAST_ASIAN = {
    "big5",
    "big5hkscs",
    "cp950",
    "gb18030",
    "gbk",
    "gb2312",
    "cp932",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp949",
}
# Measured on Chinese registers: of the characters beyond ASCII, GB18030 text has 52 % (traditional) to 99 %
# (simplified) in the common set of GB 2312; UTF-8 read as GB18030 has at most 15 %, Big5 at most 34 %.
_PLAUSIBLE = 0.45
_SAMPLE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a file does not fit an encoding."""

    offset: int
    line: int
    found: bytes

    def __str__(self) -> str:
        return f"line {self.line}, byte {self.offset + 1} (0x{self.found.hex().upper()})"


def find_encoding(source: Source, stated: str | None) -> str:
    """The encoding the whole file fits, stated or found; an InputError names the first place that does not fit."""
    head = source.head(_SAMPLE)
    if stated is not None:
        return _check_stated(source, stated, head)
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None) or _unmarked_utf16(head)
    if marked:
        return _insist(source, marked, "by its first bytes")
    fault = scan(source, "utf-8")
    if fault is None:
        return "utf-8"
    _refuse_binary(source, head)
    _refuse_nul(source, fault)
    sample = _around(source, fault)
    if _mostly_utf8(sample):
        raise InputError(
            f"{source.path}: UTF-8 text damaged at {fault}; repair that line, or fetch the file again"
        )
    return _beyond_utf8(source, sample)


def _around(source: Source, fault: Fault) -> bytes:
    """Whole lines about the first byte that is not UTF-8: the part of the file that tells encodings apart."""
    with source.open() as stream:
        stream.seek(max(0, fault.offset - _SAMPLE // 4))
        sample = stream.read(_SAMPLE)
    return sample if fault.offset < _SAMPLE // 4 else sample[sample.find(b"\n") + 1 :]


def _check_stated(source: Source, stated: str, head: bytes) -> str:
    try:
        name = codecs.lookup(stated).name
    except LookupError:
        raise InputError(
            f"{source.path}: the map states encoding {stated!r}, which is unknown; e.g. utf-8, gb18030"
        ) from None
    if name.startswith("utf-16-") and head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    name = {"utf-8-sig": "utf-8"}.get(name, "gb18030" if name in _WITHIN_GB18030 else name)
    encoding = _insist(source, name, "as stated")
    _refuse_other(source, encoding, head)
    return encoding


def _refuse_other(source: Source, encoding: str, head: bytes) -> None:
    """Some encodings take any bytes: a statement that fits is still wrong when the text is plainly another's."""
    if encoding.startswith("utf-") or scan(source, "ascii") is None:
        return
    if scan(source, "utf-8") is None:
        raise InputError(
            f"{source.path}: the map states encoding {encoding}, but the text is UTF-8; state `encoding: utf-8`"
        )
    if encoding.startswith(_ANY_BYTES) and _plausible_gb18030(head) and scan(source, "gb18030") is None:
        raise InputError(
            f"{source.path}: the map states encoding {encoding}, but the text is GB18030; state `encoding: gb18030`"
        )


def _insist(source: Source, encoding: str, why: str) -> str:
    if (fault := scan(source, encoding)) is None:
        return encoding
    _refuse_nul(source, fault)
    raise InputError(
        f"{source.path}: not {encoding} ({why}): {fault} does not fit; state the right `encoding:`"
    )


def _refuse_nul(source: Source, fault: Fault) -> None:
    if fault.found == b"\0":
        raise InputError(
            f"{source.path}: a NUL byte at {fault}: this is binary data, or text with holes; clean it first"
        )


def _beyond_utf8(source: Source, head: bytes) -> str:
    fault = scan(source, "gb18030")
    if fault is None and _plausible_gb18030(head):
        return "gb18030"
    if fault is not None and _plausible_gb18030(head):
        raise InputError(
            f"{source.path}: GB18030 text damaged at {fault}; repair that line, or fetch the file again"
        )
    best = from_bytes(head).best()
    guess = best.encoding if best is not None else None
    if guess in _EAST_ASIAN and scan(source, guess) is None:
        return guess
    place = scan(source, "utf-8")
    raise InputError(
        f"{source.path}: the encoding cannot be told: neither UTF-8 ({place}) nor plausible GB18030"
        f"{f' (perhaps {guess})' if guess else ''}; state `encoding:`"
    )


def scan(source: Source, encoding: str) -> Fault | None:
    """The first place where the file does not decode strictly, or holds a NUL; None when there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = lines = 0
    pending = b""
    for chunk in source.chunks():
        data = pending + chunk
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return _fault(data, error.start, offset - len(pending), lines, encoding)
        if "\0" in text:
            at = text.index("\0")
            return Fault(
                offset - len(pending) + len(text[:at].encode(encoding)),
                lines + text.count("\n", 0, at) + 1,
                b"\0",
            )
        lines += text.count("\n")
        offset += len(chunk)
        pending = decoder.getstate()[0]
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return Fault(offset - len(pending), lines + 1, pending[:1])
    return None


def _fault(data: bytes, start: int, base: int, lines: int, encoding: str) -> Fault:
    before = data[:start].decode(encoding, "replace")
    return Fault(base + start, lines + before.count("\n") + 1, data[start : start + 1])


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows as NULs in every second place where text is ASCII."""
    sample = head[: 4096 & ~1]
    if b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > 4 * min(even, odd) and max(even, odd) >= len(sample) // 20:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _refuse_binary(source: Source, head: bytes) -> None:
    controls = sum(head.count(code) for code in range(32) if code not in b"\t\n\r\f\v\x1a\x01")
    if controls > len(head) / 100:
        raise InputError(
            f"{source.path}: binary data, not text; expected text, or one of the kinds of file that are known by their first bytes"
        )


def _mostly_utf8(head: bytes) -> bool:
    text = head.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - damaged > 4 * damaged


def _plausible_gb18030(head: bytes) -> bool:
    beyond = [char for char in head.decode("gb18030", "ignore") if char > "\x7f"]
    return bool(beyond) and sum(map(_common, beyond)) / len(beyond) >= _PLAUSIBLE


def _common(char: str) -> bool:
    """Symbols, full-width forms and the 3,755 first-level characters of GB 2312."""
    code = char.encode("gb18030", "replace")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xD7 and not 0xAA <= code[0] <= 0xAF and code[1] >= 0xA1
