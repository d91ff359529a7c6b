"""Whose post it is when a sentence does not say: the party block, the sentence before, the document's subject."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from nlp.extraction import Span
from nlp.posts import MINOR, OWNERS, role_of
from nlp.reading import Mention, Reading
from nlp.references import parties
from nlp.role_company import speaker_of

_ORGANISED = ("Enterprise", "SocialOrg", "Institution")
_HEAD_BEFORE = re.compile(
    r"(?:^|[\n：:|\t。；（(]|当事人|被处罚人|被处罚单位|原告|被告|被告单位|上诉人|被上诉人|第三人|申请人|被申请人|被执行人|申请执行人|名称|纳税人|相对人)[ \t\u3000）)]*(?:\d{1,2}[.、])?[ \t\u3000]*$"
)
_ADDRESS = re.compile(r"(?:地址|住所|住址|经营场所|所在地)[^\n；。]{0,30}$")


@dataclass(frozen=True)
class Places:
    """Where organisations stand in a reading."""

    reading: Reading

    @cached_property
    def heads(self) -> tuple[Mention, ...]:
        """The organisations that begin a block, a field or a line."""
        types = (*_ORGANISED, "Authority", "Court")
        named = (
            m for m in self.reading.mentions if self.reading.entities[m.entity].type in types and not m.coref
        )
        return tuple(m for m in named if self._opens(m))

    def _opens(self, mention: Mention) -> bool:
        before = self.reading.text[max(0, mention.start - 50) : mention.start]
        return bool(_HEAD_BEFORE.search(before)) and not _ADDRESS.search(before)

    @cached_property
    def focus(self) -> str | None:
        """The organisation that the document is about: its first party, else the one named most."""
        firms = [
            k
            for k in parties(self.reading.text, self.reading.entities)
            if self.reading.entities[k].type in _ORGANISED
        ]
        if firms:
            return firms[0]
        if speaker := speaker_of(self.reading):
            return speaker
        counts = Counter(
            m.entity for m in self.reading.mentions if self.reading.entities[m.entity].type in _ORGANISED
        )
        return counts.most_common(1)[0][0] if counts else None

    def organisation(self, offset: int, *, label: bool) -> str | None:
        """The organisation of a post at a place: for a labelled value that of its block, in prose that of the text before."""
        if label:
            before = [m for m in self.heads if m.end <= offset]
            return before[-1].entity if before else self.focus
        return self.focus

    def role(self, text: str, evidence: Span) -> str:
        """The canonical role; the head of a one-man business under the heading 法定代表人（负责人） is its 经营者."""
        role = role_of(text)
        if (
            role == "法定代表人"
            and "负责人" in text
            and "个体工商户" in self.reading.text[max(0, evidence[0] - 300) : evidence[1] + 200]
        ):
            return "经营者"
        return role

    def tells(self, holder: str, org: str, role: str, named: bool) -> bool:
        """Whether the fact is one: a holder of the right kind, in an organisation that has such posts."""
        entities = self.reading.entities
        if entities[holder].type != "Person" and role not in OWNERS:
            return False
        if entities[org].type in ("Authority", "Court"):
            return role == "法定代表人"
        return named or role not in MINOR
