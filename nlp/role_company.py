"""Which company 公司, 本公司 and 发行人 mean beside a post or a holding.

A document that speaks for a company (a notice with its name in the title or the sign-off, a prospectus that
says 发行人为某某公司) means that company throughout; in a text about several firms the word means the one
that its sentence, or the sentence before, opened with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from nlp.extraction import Span
from nlp.reading import Mention, Reading
from nlp.references import parties
from nlp.structure import read_structure

_WORDS = frozenset({"公司", "本公司", "我公司", "发行人", "本发行人", "發行人", "我司"})
_ADDRESSED = frozenset({"你公司", "贵公司", "公司"})
_DEFINED = re.compile(
    r"(?:简称|称|簡稱|稱)(?:为|：|:)?[^（）()]{0,30}?[“\"「]?(?:本|该)?(?:公司|发行人|發行人)[”\"」]?(?=[）)、，或及])"
)
_IS = re.compile(r"(?:发行人|發行人|本公司)(?:全称|名称)?(?:为|是|系|：|:|即)?[“\"]?$")
_ISSUES = re.compile(
    r"[”\"]?(?:（[^（）]{0,30}）|\([^()]{0,30}\))?(?:董事会|监事会|董事會|監事會|(?:20\d\d年)?(?:第[一二三四]季度|半年度|年度)?(?:报告|公告)|(?:首次|公开|创业板|科创板|向)[^，。\n]{0,16}(?:说明书|发行|上市)|关于|關於|[:：](?:关于|關於)?)"
)
_THAT = re.compile(
    r"该(?P<what>[\u4e00-\u9fff]{0,5}?(?:场|站|馆|坊|铺|园|矿|库|吧|堂|部|屋|城|村|庄|室|房|楼))(?=[，。、；的]|作为|实际|经营|法定|负责|安全|主要|店主|业主|老板|从|在|未|存在|因|为|于)"
)
_FORMAL = re.compile(
    "发行人|發行人|募集说明书|招股说明书|报告期|本公告|本公司董事会|第[一二三四五六七八九十]节"
)
_HOLDS = re.compile("(?:系|为|是|直接|间接|合计|共|仍|现|所|的|持有|拥有|持|作为|持股)+")
_OPENS = re.compile(r"(?:^|[，：:。；;、\s”）)日月])$")


def settled(reading: Reading) -> Reading:
    """The reading whose 公司 and 发行人 mean what they mean in this kind of document."""
    company = _Company(reading)
    mentions = tuple(company.meant(m) for m in reading.mentions)
    places = tuple(sorted((*mentions, *company.places())))
    return replace(reading, mentions=places) if places != reading.mentions else reading


def speaker_of(reading: Reading) -> str | None:
    """The company that the document speaks for, if it does for one."""
    return _Company(reading).speaker


@dataclass(frozen=True)
class _Company:
    reading: Reading

    @cached_property
    def named(self) -> tuple[Mention, ...]:
        """The places that name firms, less a short name that only begins a longer one."""
        longest = {
            m.start: m
            for m in sorted(self.reading.mentions, key=lambda m: m.end)
            if not m.coref and self._is_firm(m)
        }
        return tuple(longest[start] for start in sorted(longest))

    def _is_firm(self, mention: Mention) -> bool:
        return self.reading.entities[mention.entity].type == "Enterprise"

    @cached_property
    def speaker(self) -> str | None:
        """The company that the document speaks for, if it does for one."""
        text = self.reading.text
        told = [m for m in self.named if _IS.search(text, max(0, m.start - 12), m.start)]
        if told:
            return told[0].entity
        title = read_structure(text).headline or (0, 0)
        issuing = [m for m in self.named if self._issues(m, title)]
        return max(issuing, key=lambda m: m.start).entity if issuing else None

    def _issues(self, mention: Mention, title: Span) -> bool:
        text = self.reading.text
        if not _ISSUES.match(text, mention.end):
            return False
        signs = mention.end > len(text) - 60 and text.startswith(("董事会", "监事会", "董事會"), mention.end)
        return signs or mention.start <= title[0] + 2 < mention.end + 2 <= title[1] + 3

    def places(self) -> Iterator[Mention]:
        """What 该加工场, 该站 mean: the name before that ends in the same words."""
        for match in _THAT.finditer(self.reading.text):
            before = [
                m
                for m in self.reading.mentions
                if m.end <= match.start() and not m.coref and self.reading.entities[m.entity].type != "Person"
            ]
            if not self.reading.within(*match.span()) and match.start() not in self.reading.starts:
                fitting = [m for m in before if self.reading.text[: m.end].endswith(match["what"])]
                if fitting:
                    yield Mention(*match.span(), fitting[-1].entity, coref=True)

    @cached_property
    def defined(self) -> bool:
        """Whether the document says whom it calls 公司 or 发行人."""
        return _DEFINED.search(self.reading.text) is not None

    def meant(self, mention: Mention) -> Mention:
        """The mention with the company that its word means."""
        word = self.reading.text[mention.start : mention.end]
        if mention.coref and word in _ADDRESSED and self._addressed:
            return replace(mention, entity=self._addressed)
        if not mention.coref or word not in _WORDS or self.defined:
            return mention
        key = (
            self.speaker
            or self._addressed
            or (self._limited if self._formal else None)
            or self._topic(mention)
            or self._limited
        )
        return replace(mention, entity=key) if key else mention

    @cached_property
    def _coded(self) -> bool:
        return sum(bool(e.attrs.get("stock_code")) for e in self.reading.entities.values()) == 1

    @cached_property
    def _addressed(self) -> str | None:
        """Of several firms that a letter is addressed to, the only one limited by shares: 你公司."""
        firms = [
            k
            for k in parties(self.reading.text, self.reading.entities)
            if self.reading.entities[k].type == "Enterprise"
        ]
        limited = [k for k in firms if self.reading.entities[k].name.endswith("股份有限公司")]
        return limited[0] if len(firms) > 1 and len(limited) == 1 else None

    @cached_property
    def _formal(self) -> bool:
        """Whether the text is one that a company issues about itself."""
        return _FORMAL.search(self.reading.text) is not None

    @cached_property
    def _limited(self) -> str | None:
        """The only company limited by shares that the text names, if it has officers or holders."""
        found = {
            m.entity for m in self.named if self.reading.entities[m.entity].name.endswith("股份有限公司")
        }
        return found.pop() if len(found) == 1 and not self._coded else None

    def _topic(self, mention: Mention) -> str | None:
        """The firm that the sentence of a 公司 opened with, or the sentence before it."""
        if self._coded or self.reading.text[mention.start : mention.end] != "公司":
            return None
        spans = [s for s in read_structure(self.reading.text).sentences if s[0] <= mention.start]
        for start, end in spans[-2:][::-1]:
            opening = [
                m
                for m in self.named
                if start <= m.start and m.end <= min(end, mention.start) and self._opens(m, start)
            ]
            opening = [m for m in opening if not _HOLDS.fullmatch(self.reading.text, m.end, mention.start)]
            if opening:
                return opening[-1 if start <= mention.start < end else 0].entity
        return None

    def _opens(self, mention: Mention, start: int) -> bool:
        """Whether a firm begins a sentence or a clause: what it speaks of."""
        return mention.start - start < 14 or bool(_OPENS.search(self.reading.text, start, mention.start))
