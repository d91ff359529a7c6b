"""A reading with everything that finders of decisions ask of it: folded text, structure, numbers, dates, amounts."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from nlp.amounts import Amount, amounts
from nlp.dates import Day, dates
from nlp.extraction import Span
from nlp.fold import fold
from nlp.numbers import Number, numbers
from nlp.reading import Mention, Reading
from nlp.structure import Structure, read_structure

SUBJECTS = ("Enterprise", "Person", "SocialOrg", "Institution")
_BETWEEN = re.compile(
    r"^\s*(?:[(][^()]{0,30}[)])?(?:等)?\s*(?:[、,/]|和|及|以及|与|暨|并|或者|或|\s)?\s*(?:和|及|以及|与)?\s*"
    r"(?:其|该行|该公司|公司)?(?:时任|现任|原|前|的)?(?P<post>[\u4e00-\u9fff、()]{0,24}?)\s*$"
)
_VERBS = re.compile(r"[被因对]|处罚|处以|违反|持有|签署|给予|作出|罚款|涉及|采取|存在|决定|控制的|购买|投资|销售|向|为(?!直接)")
_JOINS = re.compile(r"^\s*(?:[(][^()]{0,30}[)])?\s*(?:[、,/]|和|及|以及|与|暨|\s)")
_BYLINE = re.compile(r"(?:记者|通讯员|责编|编辑|作者|撰文|文/|摄影|见习|律师|审核)[:/ ]?$")
_MODIFIES = re.compile(
    r"^(?!\s*[及和与、暨,]|以及)(?:的)?(?:时任|现任|原|前)?(?:[\u4e00-\u9fff、()]{0,16}?(?:长|经理|董事|监事|总裁|负责人|主任|秘书|总监|代表人|法人|控制人|会计师?|会计|主管|主管人员|责任人员|员工|职员|经营者|老板|CEO|专员|部员|主席|书记|助理|合伙人|人员|股东|投资者)"
    r"|(?:全资|控股|旗下|下属)?(?:孙|子|分)公司|旗下|下属|下辖|辖内|所属|控股股东|第[一二三四五]大股东)$"
)

_YOU = re.compile(r"[你贵](?:单位|公司|企业|厂|店|们|中心)?")
_SHEET = re.compile(r"(?:^|[\s;,。|、\d])(?:纳税人|单位|企业|公司|当事人|主体|机构)名称(?:[(][^()]{1,8}[)])?:\s*$")
_FIRM_WORD = re.compile(r"[你贵本该](?:单位|公司|企业|厂|店)")
_RELATED = re.compile(r"^(?:的)?(?:总部|总公司|分公司|门店|运营主体|运营公司|经营主体|关联公司|关联企业|关联方|母公司|控股股东|全资子公司|控股子公司|子公司|旗下公司|旗下的?|大股东|实际控制人|法定代表人|董事长|总经理|创始人|负责人)$")


@dataclass(frozen=True)
class View:
    """One reading, prepared for patterns; all offsets are those of the reading's text."""

    reading: Reading

    @cached_property
    def text(self) -> str:
        """The text for patterns."""
        return fold(self.reading.text)

    @cached_property
    def structure(self) -> Structure:
        """The parts of the document."""
        return read_structure(self.reading.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of decisions and cases; an organ named right before one is no part of it."""
        return numbers(self.reading.text)

    @cached_property
    def dates(self) -> tuple[Day, ...]:
        """The dates, completed by the date of the document."""
        return dates(self.reading.text, self.reading.date_context)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The sums of money."""
        return amounts(self.reading.text)

    @cached_property
    def addressed(self) -> tuple[str, ...]:
        """Those whom one line above the text addresses together (甲店(经营者:某)、乙公司:), which 你单位 then all means."""
        for start, end in self.structure.lines[:6]:
            if self.text[start:end].endswith(":"):
                named = [m for m in self.subjects(start, end) if not m.coref and not re.search(r"(?:经营者|代表人|负责人)[^、]*$", self.text[start : m.start])]
                if len(named) > 1 and named[0].start == start and all(self.text[m.start - 1] in "、,和及" for m in named[1:]):
                    return tuple(keys(named))
        return ()

    @cached_property
    def sheet_party(self) -> Mention | None:
        """The only organisation under the label of a sheet (纳税人名称:甲公司), whom 其 then means."""
        found = [m for m in self.reading.mentions if not m.coref and self.type_of(m) != "Person" and _SHEET.search(self.text[max(0, m.start - 16) : m.start])]
        return found[0] if len(keys(found)) == 1 else None

    def raw(self, span: Span) -> str:
        """The text as it stands, on one line."""
        return " ".join(self.reading.text[slice(*span)].split())

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.reading.mentions]

    def _between(self, start: int, end: int) -> list[Mention]:
        """The mentions inside a stretch of text; they stand in text order."""
        found = self.reading.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, max(start, end))]
        return [m for m in found if m.end <= end]

    def type_of(self, mention: Mention) -> str:
        """The type of the entity that a mention means."""
        return self.reading.entities[mention.entity].type

    def subjects(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of those who can be punished, in a stretch of text."""
        return tuple(m for m in self._between(start, end) if self.type_of(m) in SUBJECTS)

    def organs(self, start: int, end: int, kind: str = "Authority") -> tuple[Mention, ...]:
        """The mentions of authorities (or courts), in a stretch of text."""
        return tuple(m for m in self._between(start, end) if self.type_of(m) == kind)

    def groups(self, start: int, end: int) -> tuple[tuple[Mention, ...], ...]:
        """The subjects of a stretch in enumerations: 张三、李四和王五 is one group."""
        found: list[list[Mention]] = []
        named = self.subjects(start, end)
        for mention, following in zip_longest(named, named[1:]):
            if _BYLINE.search(self.text[max(0, mention.start - 6) : mention.start]):
                continue
            if following and self._modifies(mention, following):
                continue
            if mention.coref and mention.entity in self.addressed and _YOU.match(self.text, mention.start):
                firms = [k for k in self.addressed if self.reading.entities[k].type != "Person"]
                meant = firms if _FIRM_WORD.match(self.text, mention.start) and firms else self.addressed
                found.append([Mention(mention.start, mention.end, key, coref=True) for key in meant])
                continue
            if mention.coref and self.type_of(mention) == "Person" and _FIRM_WORD.match(self.text, mention.start) and found and found[-1][-1].span == mention.span:
                continue  # 你单位 is the firm, even where firm and person are addressed together
            if found and self._joined(found[-1][-1], mention):
                found[-1].append(mention)
            else:
                found.append([mention])
        return tuple(tuple(g) for g in found)

    def _modifies(self, mention: Mention, following: Mention) -> bool:
        """Whether an organisation only says whose officer, holder or branch the next one is: 甲银行行长张三."""
        between = self.text[mention.end : following.start]
        if mention.coref and _RELATED.match(between):
            return True
        return self.type_of(mention) != "Person" and bool(_MODIFIES.match(between)) and (self.type_of(following) == "Person" or bool(re.search(r"公司$|股东$|旗下$|下[属辖]$|辖内$|所属$|控制人$", between)))

    def _joined(self, left: Mention, right: Mention) -> bool:
        """Whether two neighbours belong to one enumeration, posts between them allowed."""
        if left.span == right.span:
            return True
        between = self.text[left.end : right.start]
        if re.fullmatch(r"(?:及其)?(?:实际)?控制的(?:企业|公司)?", between) and (left.coref or between.startswith("及其")):
            return True
        if len(between) > 40 or not _JOINS.match(between) or not between.strip():
            return False
        match = _BETWEEN.match(between)
        return bool(match and not _VERBS.search(match["post"]) and (not match["post"] or self.type_of(right) == "Person" or re.search(r"[、和及与]", between)))

    def number_in(self, start: int, end: int, kind: str = "decision") -> Number | None:
        """The first number of a kind in a stretch of text."""
        return next((n for n in self.numbers if start <= n.start < end and n.kind == kind), None)

    def number_text(self, number: Number) -> str:
        """The number as written, without the name of an organ in front of it."""
        year = re.search(r"[〔(<〈«]?(?:19|20)\d\d", self.text[number.start : number.end])
        stop = number.start + year.start() if year else number.end
        start = max((m.end for m in self.reading.mentions if not m.coref and number.start < m.end <= stop), default=number.start)
        return number.text if start == number.start else re.sub(r"\s+", "", self.reading.text[start : number.end])


def keys(mentions: Iterable[Mention]) -> list[str]:
    """The entities of mentions, each once, in their order."""
    return list(dict.fromkeys(m.entity for m in mentions))
