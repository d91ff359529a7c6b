"""The parts of a document, found in its text alone: lines, sentences, clauses, items, headline, head, parties, sign-off.

All spans are offsets into the text that was given. Tables and field lists are in `tables.py`.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nlp.extraction import Span
from nlp.fold import fold
from nlp.tables import Field, Table, fields, tables

ONE_NOTICE = 6_000  # characters: what is longer is a collection, with several speakers and subjects
_STOP = "。！？!?"
_CLOSERS = "”’」』）)》〉\"'"
_AFTER_QUOTE = "的之等，,、；;。和或及"
_CLAUSE_MARKS = "，,；;：:。！？!?"
_OPEN = {"（": "）", "(": ")", "《": "》", "【": "】", "〔": "〕", "[": "]", "“": "”", "「": "」"}
_MARKER = re.compile(
    r"(?:(?<=^)|(?<=[\n：:；;。，,、 \t\u3000|]))[ \t\u3000]*"
    r"(?P<mark>(?P<big>[一二三四五六七八九十]{1,3})(?:、|是(?=[\u4e00-\u9fff])|．|\.)"
    r"|[（(](?P<mid>[一二三四五六七八九十]{1,3})[）)]、?"
    r"|第(?P<ord>[一二三四五六七八九十]{1,2})[，,、：:]"
    r"|(?P<num>\d{1,2})(?:、|．|\.(?!\d))"
    r"|[（(](?P<par>\d{1,2})[）)]、?"
    r"|(?P<cir>[①-⑳]))"
)
_STYLES = ("big", "mid", "ord", "num", "par", "cir")
_DIGITS = {d: i for i, d in enumerate("一二三四五六七八九", start=1)}
_LABEL = re.compile(r"[ \t\u3000]*[（(]?[\u4e00-\u9fff][\u4e00-\u9fff（）()、/ \u3000]{0,18}[）)]?[：:]")
_DATE = r"(?:[12]\d{3}|[一二三四五六七八九〇○Ｏ零０ＯO]{4})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
_SIGNED = re.compile(rf"^[ \t\u3000]*(?P<by>[\u4e00-\u9fff（）() \u3000、]{{0,60}}?)[ \t\u3000，,：:]*(?P<date>{_DATE})[ \t\u3000。]*$")
_ORGAN_END = re.compile(r"(?:局|会|院|厅|部|署|所|委|办|关|行|队|府|处|章|）|\))$")
_PARTY_LABEL = re.compile(
    r"(?:(?<=\n)[ ]*(?:原告|被告|上诉人|被上诉人|原审被告人|被告人|被告单位|申请执行人|被执行人|第三人)(?:[(].{2,14}[)])?[:]?(?=[\u4e00-\u9fff*]{2,40}[,(。\n])(?!.{0,40}(?:诉|于\d))"
    r"|(?<=\n)[ ]*当事人(?=[\u4e00-\u9fff]{4,30}(?:公司|厂|店|行|社|中心|[(,]))"
    r"|(?:当事人|(?<=[\n(])(?:公司|单位|企业|字号)名称(?=[):])|被处罚人|被处罚单位|被处罚当事人|被处罚对象|违法行为人|原审被告人|被告单位|被告人|被告|原告|上诉人|被上诉人|申请执行人|被执行人|第三人|行政相对人|受处罚人|被罚单位|被罚人)"
    r"(?:[（(][^）)\n]{1,12}[）)])?(?:名称|姓名|基本情况|信息)?[ \t\u3000]*[)]?[：:])"
)
_ADDRESSEE = re.compile(r"^[ \t\u3000]*(?P<name>[^，。；：:\n]{2,90})[：:][ \t\u3000]*$")
_NO_NAME = re.compile(r"^(?:各|关于|一|二)|如下|下列|有关|情形|以下|决定|事实|依据|规定")
_BODY = re.compile(
    r"(?:依据|根据|经查|经我|经本|经调查|案由|我局|本局|我会|本会|本院|我关|我厅|我处|你单位|你公司|因你|因涉嫌|违法事实|一、|上列|上述当事人|〔…〕|现查明|执法人员|\d{4}年\d{1,2}月\d{1,2}日[，,])"
)
_HEADLINE_STOP = re.compile(r"[。；;！!]$|^[ \t\u3000]*(?:来源|时间|发布|字体|浏览|作者|编辑|索引号)")


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item: its style (一、 is big, （一） mid, 1. num …), its number, its content, its depth among the styles used."""

    style: str
    number: int
    mark: Span
    content: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Signoff:
    """The signature at the end: who signs (may be empty) and the date as it is written."""

    by: Span
    date: Span


@dataclass(frozen=True)
class Structure:
    """The parts of one text, each computed when first asked for; `text` is in the form for patterns (`fold`)."""

    text: str

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Every line that has a character, without its line end and outer blanks."""
        return lines(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences: ended by 。！？ outside quotations, by the end of a paragraph, or around a table row."""
        return sentences(self.text)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Numbered items that stand in a row (一、二、…), at line starts or inside a sentence."""
        return items(self.text)

    @cached_property
    def headline(self) -> Span | None:
        """The title above the text, None where the text begins at once."""
        return headline(self.text)

    @cached_property
    def signoff(self) -> Signoff | None:
        """The signature with its date at the end of the document."""
        return signoff(self.text)

    @cached_property
    def parties(self) -> tuple[Span, ...]:
        """One span for each party of the parties block or for the addressee of a decision."""
        return parties(self.text)

    @cached_property
    def head(self) -> Span:
        """Everything before the parties block: issuing organ, title, number."""
        return (0, self.parties[0][0] if self.parties else 0)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Labelled values (法定代表人：…), in lines, in pipes or in two columns."""
        return fields(self.text)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables as header and rows."""
        return tables(self.text)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset, or the nearest one before it."""
        best = (0, len(self.text))
        for span in self.sentences:
            if span[0] > offset:
                break
            best = span
        return best

    def clauses(self, span: Span) -> tuple[Span, ...]:
        """The clauses of a stretch of text, parted by ，；：。 outside brackets."""
        return clauses(self.text, span)

    def item_at(self, offset: int) -> Item | None:
        """The innermost numbered item that holds an offset."""
        held = [i for i in self.items if i.content[0] <= offset < i.content[1]]
        return max(held, key=lambda i: i.content[0], default=None)


@lru_cache(maxsize=64)
def read_structure(text: str) -> Structure:
    """The structure of a text, the same object for the same text."""
    return Structure(fold(text))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lines(text: str) -> tuple[Span, ...]:
    """Every line that has a character, without its outer blanks."""
    found = (trimmed(text, m.start(), m.end()) for m in re.finditer(r"[^\n\r]+", text))
    return tuple(span for span in found if span[0] < span[1])


def paragraphs(text: str) -> tuple[Span, ...]:
    """Lines, where a line that breaks off inside a sentence is joined with the next one."""
    joined: list[Span] = []
    for span in lines(text):
        if joined and _goes_on(text[slice(*joined[-1])], text[slice(*span)]):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return tuple(joined)


def _goes_on(before: str, after: str) -> bool:
    """Whether a line that ends like this runs on in a line that begins like that."""
    if before[-1] in _STOP + "；;：:|…]】〕" or "\t" in before + after or "|" in before + after or _MARKER.match(after):
        return False
    if before[-1] in "，,、“《（(":
        return True
    prose = len(before) >= 15 and re.search(r"[，,。；]", before)
    return bool(prose and not _LABEL.match(after) and not _SIGNED.match(after) and re.match(r"[\u4e00-\u9fff\d“《）)，。、]", after) and _prose_tail(before, after))


def _prose_tail(before: str, after: str) -> bool:
    """Whether the two halves look like one sentence: the first has begun a clause, the second ends one."""
    return not re.search(r"[。！？]", before[-1]) and bool(re.search(r"[，,。；]", after))


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, without outer blanks."""
    found: list[Span] = []
    for start, end in paragraphs(text):
        begin = start
        for stop in _stops(text, start, end):
            found.append(trimmed(text, begin, stop))
            begin = stop
        found.append(trimmed(text, begin, end))
    return tuple(span for span in found if span[0] < span[1])


def _stops(text: str, start: int, end: int) -> list[int]:
    """The offsets after each sentence end inside a paragraph."""
    return [stop for at in range(start, end) if text[at] in _STOP and (stop := _after_closers(text, at, end))]


def _after_closers(text: str, at: int, end: int) -> int | None:
    """Where the sentence that stops here ends, or None when the quotation goes on in it (…。”的规定)."""
    stop = at + 1
    while stop < end and text[stop] in _CLOSERS:
        stop += 1
    closed = stop > at + 1
    if closed and stop < end and text[stop] in _AFTER_QUOTE:
        return None
    return stop


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """The clauses of a stretch of text: parted by ，；：。 outside brackets and quotations, never inside 1,000."""
    found: list[Span] = []
    begin, depth = span[0], [""]
    for at in range(*span):
        char = text[at]
        if char in _OPEN and _closes(text, at, span[1]):
            depth.append(_OPEN[char])
        elif char == depth[-1]:
            depth.pop()
        elif len(depth) == 1 and char in _CLAUSE_MARKS and not _in_number(text, at):
            found.append(trimmed(text, begin, at + 1))
            begin = at + 1
    found.append(trimmed(text, begin, span[1]))
    return tuple(s for s in found if s[0] < s[1])


def _closes(text: str, at: int, end: int) -> bool:
    """Whether the bracket opened here is closed soon: damaged text loses brackets."""
    return text.find(_OPEN[text[at]], at, min(end, at + 60)) > 0


def _in_number(text: str, at: int) -> bool:
    return text[at] in ",:：，" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and bool(re.match(r"\d{3}(?!\d)|\d\d(?!\d)", text[at + 1 : at + 5])) and text[at] in ",:"


def items(text: str) -> tuple[Item, ...]:
    """The numbered items of a text that stand in a row beginning with one (or at a cut beginning, with any two in order)."""
    marks = [(style, _value(m[style]), m.span("mark")) for m in _MARKER.finditer(text) for style in _STYLES if m[style]]
    kept = [m for at, m in enumerate(marks) if _in_row(marks, at)]
    styles = list(dict.fromkeys(style for style, _, _ in kept))
    return tuple(Item(style, number, span, _content(text, kept, at), styles.index(style)) for at, (style, number, span) in enumerate(kept))


def _value(numeral: str) -> int:
    """The number that an item's mark means."""
    if numeral.isdigit():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _in_row(marks: list[tuple[str, int, Span]], at: int) -> bool:
    """Whether a mark has its predecessor before it or its successor after it in the same style."""
    style, number, _ = marks[at]
    before = any(s == style and n == number - 1 for s, n, _ in marks[:at])
    after = any(s == style and n == number + 1 for s, n, _ in marks[at + 1 :])
    return before or after


def _content(text: str, marks: list[tuple[str, int, Span]], at: int) -> Span:
    """From the mark to the next mark of its style or of an outer one; the last of a row inside a line ends with the line."""
    style, _, (start, end) = marks[at]
    outer = {s for s, _, _ in marks[: at + 1]} - _inner(marks, at)
    following = (m for m in marks[at + 1 :] if m[0] in outer)
    stop = next((m[2][0] for m in following), None)
    if stop is None:
        line_end = text.find("\n", end)
        own_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        stop = len(text) if own_line or line_end < 0 else line_end
    return trimmed(text, end, stop)


def _inner(marks: list[tuple[str, int, Span]], at: int) -> set[str]:
    """The styles that were first used after the style of this mark."""
    order = list(dict.fromkeys(style for style, _, _ in marks))
    return set(order[order.index(marks[at][0]) + 1 :])


def headline(text: str) -> Span | None:
    """The title at the head of a text: one to three short lines without a full stop, with text after them."""
    found: Span | None = None
    spans = lines(text)
    for at, span in enumerate(spans[:4]):
        line = text[slice(*span)]
        if _HEADLINE_STOP.search(line) or "。" in line[:-1] or len(line) > 150 or _LABEL.match(line) or "|" in line or "\t" in line:
            break
        if found and (text.count("\n", found[1], span[0]) > 1 or not _title_goes_on(text[slice(*found)], line)):
            break
        found = span if found is None else (found[0], span[1])
        if at == len(spans) - 1:
            return None
    return found


def _title_goes_on(before: str, line: str) -> bool:
    """Whether a second line still belongs to the title: a short one that ends as titles do."""
    ends = re.compile(r"(?:决定|决定书|公告|通知|通报|公示|名单|函|办法|规定|通告|判决书|裁定书|信息|意见|措施|报告)(?:[（(].{1,30}[）)])?$")
    return len(line) <= 40 and not re.search(r"[，,。：:]", line) and not ends.search(before) and bool(ends.search(line))


def signoff(text: str) -> Signoff | None:
    """The last line that is only an organ and a date, or a date under the line of an organ."""
    spans = lines(text)
    for at in range(len(spans) - 1, -1, -1):
        match = _SIGNED.match(text[slice(*spans[at])])
        if match and (by := _signer(text, spans, at, match)) is not None:
            base = spans[at][0]
            return Signoff(by, (base + match.start("date"), base + match.end("date")))
    return _signed_in_line(text)


def _signer(text: str, spans: tuple[Span, ...], at: int, match: re.Match[str]) -> Span | None:
    """Who signs: on the line of the date or on the line above; None where the line stands for something else."""
    base = spans[at][0]
    own = match["by"].strip()
    if own:
        return (base + match.start("by"), base + match.end("by")) if _ORGAN_END.search(own) else None
    above = text[slice(*spans[at - 1])] if at else ""
    if above and len(above) <= 60 and _ORGAN_END.search(above) and not re.search(r"[。，：:；]", above):
        return spans[at - 1]
    return (base, base) if at > 1 else None


def _signed_in_line(text: str) -> Signoff | None:
    """A signature glued to the end of the last line: …。某某局2024年1月2日."""
    match = re.search(rf"(?:[。\s…\]])(?P<by>[\u4e00-\u9fff（）()]{{3,40}}(?:局|委员会|部|厅|处|办公室|关|院|会))\s*(?P<date>{_DATE})\s*$", text)
    if match:
        return Signoff(match.span("by"), match.span("date"))
    bare = re.search(rf"[。\]〕]\s+(?P<date>{_DATE})\s*$", text)
    return Signoff((bare.start("date"), bare.start("date")), bare.span("date")) if bare else None


def parties(text: str) -> tuple[Span, ...]:
    """One span for each party: after 当事人： and the like, or the addressee line of a decision."""
    labels = list(_PARTY_LABEL.finditer(text))
    if not labels:
        return _addressees(text)
    ends = [*(m.start() for m in labels[1:]), len(text)]
    return tuple(part for m, end in zip(labels, ends, strict=True) for part in _party_parts(text, m.end(), end))


def _party_parts(text: str, start: int, end: int) -> list[Span]:
    """The parties after one label: each sentence of the block that begins with a name and a comma."""
    block = trimmed(text, start, _block_end(text, start, end))
    parts: list[Span] = []
    for span in sentences(text[slice(*block)]) or ((0, 0),):
        sentence = (block[0] + span[0], block[0] + span[1])
        words = text[slice(*sentence)]
        opens = re.match(r"[^，,。：:]{2,60}[（(，,]", words) and not re.match(r"(?:住址|地址|住所|法定|统一|身份证|营业|类型|经营|现住|户籍|性别|系|时任|为)", words)
        if not parts or opens:
            parts.append(sentence)
        else:
            parts[-1] = (parts[-1][0], sentence[1])
    return parts


def _block_end(text: str, start: int, end: int) -> int:
    """Where the parties block ends: at the first sentence or line that tells the case."""
    for match in re.finditer(r"[。\n][ \t\u3000\n]*", text[start:end]):
        at = start + match.end()
        if _BODY.match(text, at) or "\n" in match[0] and _prose(text[at : text.find("\n", at) % (len(text) + 1)]):
            return at
    return end


def _prose(line: str) -> bool:
    """Whether a line of a parties block tells something rather than naming or labelling."""
    return len(line) > 50 and not _LABEL.match(line) and not re.match(r"\s*(?:法定代表人|负责人|委托代理人|住所|住址|经营者)", line) and "出生" not in line


def _addressees(text: str) -> tuple[Span, ...]:
    """The addressee of a decision (某某公司：), if a decision's title or number stands above."""
    for span in lines(text)[:12]:
        match = _ADDRESSEE.match(text[slice(*span)])
        if match and re.search(r"决定书|告知书|决定|警示函|罚[字决]*[〔(]", text[: span[0]]) and not _NO_NAME.search(match["name"]):
            return ((span[0], _block_end(text, span[1], len(text))),)
    return ()
