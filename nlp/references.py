"""What 当事人, 该公司, 你单位, 其, 我局 and 本院 mean inside one document.

A reference is resolved from the make of the document: the block of parties or the addressee for 当事人 and
你单位, letterhead, title and sign-off for 我局, the company that the document defines or is about for 本公司,
the nearest fitting name for 该公司 and 其. A reference that may mean several (上述当事人) gives one mention
for each, over the same place. What cannot be resolved gives none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nlp.extraction import Entity
from nlp.reading import Mention

_ORGANISED = frozenset({"Enterprise", "SocialOrg", "Institution"})
_ACTING = _ORGANISED | {"Person"}
_ORGANS = frozenset({"Authority", "Court"})

_REFERENCE = re.compile(
    r"(?P<parties>上述(?:当事人|被处罚人)|各当事人|当事人)"
    r"|(?P<addressee>[你贵](?:单位|公司|企业|厂|店|行(?![为政业动使])|所(?![有在述])|院|校|中心|协会|商会|营业部|部|场(?!所)|社|集团|分公司|支行|分行|户)|你们?)"
    r"|(?P<that>(?:该|前述|上述)(?:(?:分|支|子|总)?公司|企业|单位|集团|分行|支行|银行|厂|店|超市|餐厅|酒店|药房|公众号|网店|商户"
    r"|合作社|经营部|营业部|个体户|合伙企业|协会|商会|学会|社会组织|社会团体|社团|基金会|医院|学校|机构|研究院|中心|行(?![为政业动使程])|社(?!会|区)|校|项目部))"
    r"|(?P<person>该(?:人|男子|女子|负责人|法定代表人|董事长|实际控制人)|(?<![吉利维其])[他她](?!人|们|国|用|项))"
    r"|(?P<organ>[我本](?:市|省|区|县)?(?:局|厅|委|会|部|院|所|关|队|办|署|机关|支队|大队|总队|分局|中心支行)|本?该(?:局|厅|委|院|所|海关|机关))"
    r"|(?P<own>[本我](?:公司|集团|企业|单位|行|厂|店|基金|协会|发行人)|发行人)"
    r"|(?P<suit>(?:一审|二审|原审|再审)?(?:原告|被告人|被告单位|被告|上诉人|被上诉人|申请执行人|被执行人|被申请人|申请人|第三人|被处罚人|被处罚单位))"
    r"|(?P<its>其(?!他|它|中|余|次|实|间|后|前|一[，、]|二[，、]|三[，、]))"
    r"|(?P<company>(?<![^\W\d_])公司|(?<=[对由为在与向从和及将以任是因经使令给至但且并而如即])公司)(?!法|债|登记|制改|类型|名称|代码|简称|股票)"
)
_DEFINED = re.compile(r"(?:以下|下文|下|后文)?(?:统称|简称|称)(?:为|：|:)?[“”\"'‘’\w（）]{0,20}?[“\"]?(?:或者?|、|，|及)[“\"]?(?:本|该)?(?P<what>公司|发行人)")
_PARTY = re.compile(
    r"(?:当事人|被处罚(?:人|单位|对象|者)|行政(?:管理)?相对人|处罚对象|被责令改正人|被申请人|受处罚(?:人|单位))"
    r"(?:基本情况|姓名或者?名称|名称或者?姓名|名称|姓名|（名称）|（姓名）|（个人）|（单位）|[一二三四五六七八九十\d]{1,2})?"
    r"[ \t]*[：:|\t][ \t]*(?:名称|姓名)?[ \t：:|]*"
)
_BLOCK_END = re.compile(r"(?:依据|根据|经查|经调查|经我|本局|我局|本会|我会|本机关|\n\s*\n|一、|违法事实|\[…\])")
_INTRODUCED = re.compile(r"[ \t]*(?:[（(](?!以下简称.{1,40}股票)[^（）()]{0,80}[)）])?[ \t]*(?:[，,；;。：:\n|\t]|$)")
_ADDRESSEE = re.compile(r"^[ \t\u3000]*(?=\S)([^\n：:。；]{2,160})[：:]", re.MULTILINE)
_FIELD = re.compile(
    r"当事人|地址|住所|代码|代表人|负责人|证件|身份证|名称|编号|文号|日期|时间|来源|类型|经营|电话|联系|姓名|性别|年龄|案由|原告|被告|记者|编辑|通知|各"
)
_TITLE_PARTY = re.compile(r"关于(?:对|给予|责令)|决定书[（(]|对(?=.{2,40}(?:采取|作出|给予|予以|进行).{0,30}(?:决定|处罚|措施))")
_BINDING = re.compile(r"[ \t]*(?:（[^（）]{1,20}）)?[ \t]*[：:、]?[ \t]*")
_SENTENCE_END = re.compile(r"[。！？\n；]")
_ORG_AFTER = re.compile(r"(?:法定代表|法人|实际控制|控股|股东|全资|子公司|分公司|董事|监事|高管|高级管理|总经理|负责人|财务|下属|旗下|员工|公司|主要负责)")
_HEAD: Mapping[str, str] = {
    "局": "局", "分局": "分局", "厅": "厅", "委": "委", "会": "会", "部": "部", "院": "院", "所": "所", "关": "关", "海关": "关",
    "队": "队", "支队": "队", "大队": "队", "总队": "队", "办": "办", "署": "署", "中心支行": "行", "机关": "",
}  # fmt: skip
_KIND_HEADS: Mapping[str, str] = {
    "协会": "会", "商会": "会", "学会": "会", "基金会": "会", "分行": "行", "支行": "行", "银行": "行", "行": "行", "厂": "厂", "店": "店",
    "超市": "市超", "医院": "院", "学校": "校学", "校": "校学", "中心": "心", "合作社": "社", "研究院": "院所", "分公司": "分公司",
}  # fmt: skip


def references(text: str, entities: Mapping[str, Entity], date_context: str | None = None) -> tuple[Mention, ...]:
    """The places that mean an entity without naming it, in text order."""
    del date_context  # kept for finders that tell 去年 and 昨天 apart: no reference needs it
    document = _Document(text, entities)
    covered = document.covered
    found: list[Mention] = []
    for match in _REFERENCE.finditer(text):
        if not covered[match.start()]:
            meant = document.resolve(match)
            found += [Mention(match.start(), match.end(), key, coref=True) for key in meant]
    return tuple(found)


def parties(text: str, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """The ids of those the document is addressed to or decides on, in the order of the text."""
    return _Document(text, entities).parties


def issuer(text: str, entities: Mapping[str, Entity]) -> str | None:
    """The id of the authority or court that issued the document: what 我局 and 本院 mean."""
    return _Document(text, entities).organ("")


@dataclass(frozen=True)
class _Document:
    text: str
    entities: Mapping[str, Entity]

    @cached_property
    def named(self) -> list[Mention]:
        return sorted(Mention(a, b, key) for key, entity in self.entities.items() for a, b in entity.mentions)

    @cached_property
    def starts(self) -> list[int]:
        return [mention.start for mention in self.named]

    @cached_property
    def covered(self) -> bytearray:
        marks = bytearray(len(self.text) + 1)
        for mention in self.named:
            marks[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        return marks

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return {key: len(entity.mentions) for key, entity in self.entities.items()}

    def type_of(self, mention: Mention) -> str:
        return self.entities[mention.entity].type

    # --- who the document is about ----------------------------------------------------------------

    @cached_property
    def parties(self) -> tuple[str, ...]:
        keys = self._block_parties() or self._addressees() or self._title_parties()
        return tuple(dict.fromkeys(keys))

    def _block_parties(self) -> list[str]:
        found: list[str] = []
        for label in _PARTY.finditer(self.text):
            at = label.end()
            stop = _BLOCK_END.search(self.text, at)
            end = stop.start() if stop else len(self.text)
            found += [m.entity for m in self.between(at, end, _ACTING) if self._introduces(m, at)]
        return found

    def _introduces(self, mention: Mention, block: int) -> bool:
        """Whether the name begins its entry in the block: behind the label, a sentence end, or 、 after a first."""
        before = self.text[block : mention.start].rstrip(" \t")
        opens = not before or before[-1] in "。；\n、" and "，时任" not in self.text[max(block, mention.start - 4) : mention.start]
        return opens and _INTRODUCED.match(self.text, mention.end) is not None

    def _addressees(self) -> list[str]:
        """Those named in a line of names that ends with a colon, near the head of a letter."""
        for line in _ADDRESSEE.finditer(self.text, 0, 900):
            if _FIELD.search(line[1]) is None or line[1][-2:] in ("公司", "分行", "支行"):
                inside = self.between(line.start(1), line.end(1), _ACTING)
                if inside and not self.text[line.start(1) : inside[0].start].strip(" （(公司名称)）致：:0123456789一二三、．."):
                    return [m.entity for m in inside if m.end <= line.end(1)]
        return []

    def _title_parties(self) -> list[str]:
        head = self.text.lstrip().split("\n", 1)[0]
        offset = len(self.text) - len(self.text.lstrip())
        label = _TITLE_PARTY.search(head)
        if label is None:
            return []
        found = self.between(offset + label.start(), offset + min(len(head), 200), _ACTING)
        return [m.entity for m in found]

    @cached_property
    def company(self) -> str | None:
        """What 公司, 本公司 and 发行人 mean: the one so defined, the only party, or the one the document is about."""
        for match in _DEFINED.finditer(self.text):
            nearest = self.before(match.start() + 1, _ORGANISED, self.text.rfind("\n", 0, match.start()) + 1)
            if nearest is not None:
                return nearest.entity
        firms = [key for key in self.parties if self.entities[key].type in _ORGANISED]
        if firms:
            return firms[0]
        coded = [key for key, entity in self.entities.items() if entity.attrs.get("stock_code")]
        if len(coded) == 1:
            return coded[0]
        first = [m.entity for m in self.named if self.type_of(m) == "Enterprise"]
        return first[0] if first else None

    def organ(self, head: str, at: int | None = None) -> str | None:
        """The authority or court that speaks in the document, by the last character of what it calls itself."""
        def fits(mention: Mention) -> bool:
            entity = self.entities[mention.entity]
            return entity.type in _ORGANS and (not head or self._ends(entity, head))

        for candidates in (self._signers(), self._letterhead(), self._acting_organs(at)):
            fitting = [m.entity for m in candidates if fits(m)]
            if fitting:
                return fitting[0]
        return None

    def _ends(self, entity: Entity, head: str) -> bool:
        names = [entity.name, *entity.attrs.get("alias", ())]
        return any(name.endswith(head) or (head == "委" and name.endswith("委员会")) for name in names)

    def _signers(self) -> list[Mention]:
        """Organs that a date follows, from the end of the document: the sign-off."""
        signed = re.compile(r"\s*(?:（[^（）]{0,8}章[^（）]{0,4}）)?\s*(?:[12][09]\d\d\s*年|二[〇○零０0]|[12][09]\d\d[-.]\d)")
        found = [m for m in self.named if m.end > len(self.text) - 400 and signed.match(self.text, m.end)]
        return [m for m in reversed(found) if not self.text[max(0, m.start - 1) : m.start].strip()] or found[::-1]

    def _letterhead(self) -> list[Mention]:
        return [m for m in self.named if m.start < 120 and self._opens_line(m)]

    def _opens_line(self, mention: Mention) -> bool:
        before = self.text[: mention.start].rstrip(" \t")
        return not before or before[-1] in "\n:：|"

    def _acting_organs(self, at: int | None) -> list[Mention]:
        """The organs in the order of how likely they speak: a lone one, then the earliest of the most named."""
        organs = [m for m in self.named if self.type_of(m) in _ORGANS and (at is None or m.start < at or m.start < 200)]
        return sorted(organs, key=lambda m: (-self.counts[m.entity], m.start))

    # --- where a name stands ----------------------------------------------------------------------

    def between(self, start: int, end: int, types: Iterable[str]) -> list[Mention]:
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [m for m in self.named[low:high] if self.type_of(m) in types]

    def before(self, at: int, types: Iterable[str], floor: int = 0) -> Mention | None:
        """The nearest name of the types that ends before a place."""
        for index in range(bisect_left(self.starts, at) - 1, -1, -1):
            mention = self.named[index]
            if mention.start < floor:
                return None
            if mention.end <= at and self.type_of(mention) in types:
                return mention
        return None

    def sentence_start(self, at: int) -> int:
        for index in range(at - 1, max(-1, at - 400), -1):
            if self.text[index] in "。！？\n；":
                return index + 1
        return max(0, at - 400)

    def topic(self, at: int, types: Iterable[str], heads: str = "") -> str | None:
        """What a text goes on about: the nearest fitting name of this sentence, else the first of the one before."""
        wanted = [heads] if heads else []
        start = self.sentence_start(at)
        inside = self._fitting(start, at, types, wanted)
        if inside:
            return inside[-1].entity
        for _ in range(6):
            if start == 0:
                break
            previous = self.sentence_start(start - 1)
            inside = self._fitting(previous, start, types, wanted)
            if inside:
                return inside[0].entity
            start = previous
        return None

    def _fitting(self, start: int, end: int, types: Iterable[str], heads: list[str]) -> list[Mention]:
        inside = self.between(start, end, types)
        narrow = [m for m in inside if any(self.entities[m.entity].name[-1:] in h for h in heads)]
        return narrow or inside

    # --- one reference ----------------------------------------------------------------------------

    def resolve(self, match: re.Match[str]) -> tuple[str, ...]:
        """The ids that one reference means."""
        kind, at = match.lastgroup or "", match.start()
        if kind == "parties":
            return self._meant_parties(match)
        if kind == "addressee":
            return self._meant_addressee(match)
        if kind == "suit":
            return self._bound(match)
        return tuple(key for key in (self._single(kind, match, at),) if key is not None)

    def _single(self, kind: str, match: re.Match[str], at: int) -> str | None:
        if kind == "organ":
            return self._meant_organ(match[0], at)
        if kind in ("own", "company"):
            return self.company
        if kind == "person":
            return self.topic(at, {"Person"})
        if kind == "that":
            what = re.sub(r"^(?:该|前述|上述)", "", match[0])
            types = {"SocialOrg"} if what in ("社会组织", "社会团体", "社团") else _ORGANISED
            return self.topic(at, types, _KIND_HEADS.get(what, ""))
        return self._meant_its(match)

    def _meant_parties(self, match: re.Match[str]) -> tuple[str, ...]:
        if _PARTY.match(self.text, match.start()):
            return ()
        known = self.parties
        if known:
            return known
        key = self.topic(match.start(), _ACTING)
        return (key,) if key is not None else ()

    def _meant_addressee(self, match: re.Match[str]) -> tuple[str, ...]:
        firms = tuple(k for k in self.parties if self.entities[k].type in _ORGANISED)
        people = tuple(k for k in self.parties if self.entities[k].type == "Person")
        if match[0] in ("你", "你们"):
            return self.parties if match[0] == "你们" else (people or firms)[:1]
        if firms:
            return firms[:1]
        key = self._first_firm()
        return (key,) if key is not None else ()

    def _first_firm(self) -> str | None:
        return next((m.entity for m in self.named if self.type_of(m) in _ORGANISED), None)

    def _meant_organ(self, word: str, at: int) -> str | None:
        if word.startswith(("该", "本该")):
            nearest = self.before(at, _ORGANS)
            return nearest.entity if nearest else None
        head = _HEAD.get(re.sub(r"^[我本](?:市|省|区|县)?", "", word), "")
        return self.organ(head, at)

    def _meant_its(self, match: re.Match[str]) -> str | None:
        types = _ORGANISED if _ORG_AFTER.match(self.text, match.end()) else _ACTING
        return self.topic(match.start(), types)

    def _bound(self, match: re.Match[str]) -> tuple[str, ...]:
        """原告 and its like: the one that the document introduces by this word."""
        if self.starts_name(match.end()):
            return ()
        return self.suit_parties.get(_plain_suit(match[0]), ())

    def starts_name(self, at: int) -> bool:
        gap = _BINDING.match(self.text, at)
        place = gap.end() if gap else at
        index = bisect_left(self.starts, place)
        return index < len(self.starts) and self.starts[index] == place

    @cached_property
    def suit_parties(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for match in _REFERENCE.finditer(self.text):
            if match.lastgroup == "suit" and self.starts_name(match.end()):
                gap = _BINDING.match(self.text, match.end())
                place = gap.end() if gap else match.end()
                key = self.named[bisect_left(self.starts, place)].entity
                found.setdefault(_plain_suit(match[0]), {})[key] = None
        return {word: tuple(keys) for word, keys in found.items()}


def _plain_suit(word: str) -> str:
    return re.sub(r"^(?:一审|二审|原审|再审)", "", word)
