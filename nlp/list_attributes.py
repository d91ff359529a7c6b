"""What a listing says beside its subject: organ, day, number, ground, sum owed, grade, term."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp.amounts import amounts
from nlp.dates import dates
from nlp.extraction import Span
from nlp.fold import fold
from nlp.list_grounds import ground
from nlp.list_names import NamedList
from nlp.numbers import numbers
from nlp.reading import Reading
from nlp.references import issuer
from nlp.structure import ONE_NOTICE, read_structure

_TERM = re.compile(
    r"(?P<n>[\d一二两三四五六七八九十]{1,3})\s*年(?:内|期)?(?:禁止|不得)|(?:期限|期间|为期|有效期|公示期|禁期|惩戒期|列入时间)[^，。；\d一二两三四五六]{0,6}(?P<n2>[\d一二两三四五六七八九十]{1,2})\s*(?:个)?年|(?P<n3>[一二三两\d])年(?:内)?(?:不得|禁止)|禁止[^，。；]{0,14}?(?P<n4>[一二三两\d])年"
)
_ROW_TERM = re.compile(r"(?<=[\s|\t日])([一二两三1-9])年(?=[\s|。；，]|$)")
_WHOLE_TERM = re.compile(
    r"(?:列入|公示|管理|惩戒|有效)?(?:期限|期)(?:均|一律)?(?:为|是|：|:)?([一二两三1-9])年"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_SINCE = re.compile(r"(?:列入(?:时间|日期)[：:为是]?|(?<!公示)自|从)\s*$")
_CENTRE = re.compile("(?:采购|集采|医药|医保|药械).{0,14}(?:中心|平台)$")
_OWED = re.compile(r"(?:拖欠|欠薪|欠付|克扣|涉及|欠)[^。；]{0,40}$")
_OWING = {
    "拖欠农民工工资": _OWED,
    "失信被执行人": re.compile(
        r"(?:執行|执行)(?:标的|標的|金额|金額)[^。；]{0,8}$|(?:涉案|欠款)(?:金额)?[^。；]{0,4}$"
    ),
}
_GRADE = re.compile(r"特别严重|严重(?!违法)|中等|一般(?=失信)")


@dataclass(frozen=True)
class Attributes:
    """The attributes of the listings of one reading."""

    reading: Reading

    @cached_property
    def issuer(self) -> str | None:
        """The name of the organ that speaks in the document."""
        key = issuer(self.reading.text, self.reading.entities)
        return self.reading.entities[key].name if key else None

    def of(self, subject: str, named: NamedList, span: Span, *, removed: bool) -> dict[str, Any]:
        """All attributes of one listing whose evidence is the span."""
        found: dict[str, Any] = {"list_kind": named.words, "list_code": named.code}
        text = self.reading.text[slice(*span)]
        told = {
            "authority": self._authority(subject, named, span),
            "removed_on" if removed else "listed_on": self._day(span),
            "doc_no": self._number(span),
            "reason": ground(self.reading.text, span, self.reading.entities[subject].name),
            "amount": self._amount(subject, span, _OWING[named.code]) if named.code in _OWING else None,
            "grade": m[0] if named.code == "医药价格和招采失信" and (m := _GRADE.search(text)) else None,
            "term_years": self._term(span),
        }
        return found | {key: value for key, value in told.items() if value is not None}

    def _authority(self, subject: str, named: NamedList, span: Span) -> str | None:
        """Who listed: the organ of the evidence, the centre that publishes a rating, who speaks in the document, who signs an honour."""
        centres = [
            m
            for m in self.reading.within(0, span[1], "Institution")
            if _CENTRE.search(self.reading.entities[m.entity].name)
        ]
        if named.code == "医药价格和招采失信" and centres:
            return self.reading.entities[centres[0].entity].name
        organs = self.reading.within(*span, "Authority", "Court")
        hosts = [m for m in self.reading.within(*span, "SocialOrg") if m.entity != subject and named.good]
        organs = organs or tuple(hosts)
        if organs:
            return self.reading.entities[organs[-1].entity].name
        return None if len(self.reading.text) > ONE_NOTICE else self.issuer or self._signer(subject)

    def _signer(self, subject: str) -> str | None:
        """The association or centre on the last line of the text."""
        end = len(self.reading.text.rstrip())
        last = [
            m
            for m in self.reading.within(max(0, end - 40), end, "SocialOrg", "Institution")
            if m.end == end and m.entity != subject
        ]
        return self.reading.entities[last[0].entity].name if last else None

    def _day(self, span: Span) -> str | None:
        """The day of the listing: after 列入日期 or 自, else the last told in the evidence, else that of the sign-off of a decision."""
        every = dates(self.reading.text, self.reading.date_context)
        days = [d for d in every if span[0] <= d.start < span[1] and len(d.iso) > 4]
        text = fold(self.reading.text)
        after = [
            d
            for d in every
            if span[0] <= d.start < span[1] + 40 and _SINCE.search(text, max(span[0], d.start - 12), d.start)
        ]
        if after or days:
            return (after or days)[-1 if not after else 0].iso
        signed = read_structure(self.reading.text).signoff if len(self.reading.text) <= ONE_NOTICE else None
        return next((d.iso for d in every if signed and d.start == signed.date[0]), None)

    def _number(self, span: Span) -> str | None:
        inside = [n.text for n in numbers(self.reading.text) if span[0] <= n.start < span[1]]
        decisions = [n.text for n in numbers(self.reading.text) if n.kind == "decision"]
        return inside[-1] if inside else decisions[0] if len(set(decisions)) == 1 else None

    def _amount(self, subject: str, span: Span, owed: re.Pattern[str]) -> float | None:
        """The wages or the debt owed: told in the evidence, or in a sentence about the subject."""
        text = self.reading.text
        spans = [span] + [
            s
            for s in read_structure(text).sentences
            if any(m.entity == subject for m in self.reading.within(*s))
        ]
        for start, end in spans:
            for amount in amounts(text):
                if start <= amount.start < end and owed.search(text[start : amount.start]):
                    return float(amount.value)
        return None

    def _term(self, span: Span) -> int | None:
        """The years of the listing: told with it, else in the only place of the text that tells a term."""
        match = _TERM.search(self.reading.text[span[0] : span[1] + 60]) or _ROW_TERM.search(
            fold(self.reading.text[slice(*span)])
        )
        if not match:
            every = list(_WHOLE_TERM.finditer(fold(self.reading.text)))
            match = every[0] if len({m[0] for m in every}) == 1 else None
        digits = next((g for g in match.groups() if g), "") if match else ""
        return int(digits) if digits.isdigit() else _DIGITS.get(digits)
