"""One reading on its way through the finders of lists, and the words that they share."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from nlp.enumerations import NAMES, top_level
from nlp.extraction import Fact, Span, Status
from nlp.fold import fold
from nlp.list_attributes import Attributes
from nlp.list_names import NamedList, named_lists, printed
from nlp.posts import mark_posts
from nlp.reading import Reading
from nlp.references import parties
from nlp.shorthand import plain, shorthand
from nlp.structure import ONE_NOTICE, read_structure

REMOVE = r"(?:移出|移除|退出|撤出|删除|解除|撤销|移离|剔除|撤下|屏蔽|调出|清出|取消)"
CONDITION = re.compile(
    r"应当|(?<![对响反供适相])应(?![急用])|可以|可将|不得|如果|(?<![例假诸])如(?!下|期|实)|(?<!般)若|凡是?|一旦|逾期(?!后?仍|未|拒|后)|否则|情形(?:之一)?的|行为的|规定的，|期间内|有权|才能|须|必须|需要?|要(?:依法|严格|及时|把|将)|拒不.{2,20}的，|满.{1,6}的，|未.{2,20}的，|对(?:于)?[^，。]{2,20}的，|直至|以及其他"
)
SPOKEN = re.compile("名单|名录|失信|异常|诚信|守信|信用|A级|纳税|记录|红榜|老赖|惩戒|采购|黑榜|目录")
_ADDRESS = re.compile(rf"{NAMES}：")
_GLUED = re.compile(
    r"\s*(?:附件\d{0,2}[:：]?\s*)?(?:[^。；\n]{4,80}?(?:公告|公示|通知|通报|决定书?|名单|告知书|通告|公布|曝光|一览表)(?:[(（〔][^()（）〔〕]{1,24}[)）〕])?(?=\s)|(?<=附件)[:：]?[^。；\n]{4,60}(?=\n))"
)


@dataclass(frozen=True)
class Case:
    """One reading on its way through the finder."""

    reading: Reading

    @cached_property
    def title(self) -> str:
        """The headline, also where it stands under 附件： or runs on into the text."""
        span = read_structure(self.reading.text).headline
        if span:
            return plain(self.reading.text[slice(*span)])
        glued = _GLUED.match(fold(self.reading.text))
        return plain(self.reading.text[: glued.end()]) if glued else ""

    def lists(self, span: Span) -> tuple[NamedList, ...]:
        """The lists that a stretch names."""
        text = plain(self.reading.text[slice(*span)])
        found = named_lists(text, self.title, text) if SPOKEN.search(text) else ()
        return tuple(printed(named, self.reading.text[slice(*span)]) for named in found)

    @cached_property
    def focus(self) -> str | None:
        """The organisation named most, where one is."""
        counts = Counter(
            m.entity
            for m in self.reading.mentions
            if self.reading.entities[m.entity].type in ("Enterprise", "SocialOrg")
        )
        return counts.most_common(1)[0][0] if counts else None

    @cached_property
    def announces(self) -> NamedList | None:
        """The list that the headline names; none in a collection, whose headline speaks for no single piece."""
        if len(self.reading.text) > ONE_NOTICE:
            return None
        return next(iter(named_lists(self.title, self.title)), None)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Those that the document addresses or decides on."""
        known = parties(self.reading.text, self.reading.entities)
        return known or next(
            (k for s in read_structure(self.reading.text).lines[:8] if (k := self._addressed(s))), ()
        )

    def _addressed(self, span: Span) -> tuple[str, ...]:
        """Those named in a line that holds names only and ends with a colon."""
        if not self.reading.text[: span[1]].endswith((":", "：")):
            return ()
        signs, _ = mark_posts(shorthand(self.reading, span))
        return top_level(signs, 0, len(signs.signs)) if _ADDRESS.fullmatch(signs.text) else ()

    @cached_property
    def attributes(self) -> Attributes:
        return Attributes(self.reading)

    def fact(
        self,
        subject: str,
        named: NamedList,
        span: Span,
        status: Status,
        *,
        coref: bool,
        rule: str,
        about: Span | None = None,
    ) -> Fact:
        """One membership; its attributes are read in the evidence, or in the longer stretch that is `about` it."""
        if named.code == "严重违法失信名单" and self.reading.entities[subject].type in (
            "SocialOrg",
            "Institution",
        ):
            named = replace(named, code="社会组织严重违法失信")
        attrs = self.attributes.of(subject, named, about or span, removed=status == "removed")
        if status == "planned":
            attrs.pop("listed_on", None)
        return Fact("ListMembership", subject, self._list(named), attrs, span, status, coref, rule=rule)

    def _list(self, named: NamedList) -> str | None:
        """The entity of the list, where the reading has it."""
        lists = [e for e in self.reading.entities.values() if e.type == "List"]
        return next((e.id for e in lists for n in named_lists(plain(e.name)) if n.code == named.code), None)
