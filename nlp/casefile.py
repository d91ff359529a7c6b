"""What a document says of its case as a whole: number, date, organ, parties, violation, basis."""

import re
from dataclasses import dataclass

from nlp.extraction import Span, Status
from nlp.numbers import Number
from nlp.reading import Mention
from nlp.references import issuer
from nlp.view import View, keys
from nlp.violations import course, decided_violation, legal_basis, titled_violation

_HEAD = re.compile(r"(?:行政)?处罚决定|处罚决定书|市场禁入决定书|行\s*政\s*处\s*罚\s*决\s*定\s*书|处理决定(?:书)?|撤销登记决定")
_NO_PENALTY = re.compile(r"责令(?:限期)?(?:改正|整改)[^\n]{0,10}(?:决定|通知|指令)书|警示函|监管措施|监督管理措施")
_COURT = re.compile(r"法院|判决书|裁定书|判\s*决\s*书")
_DATE_LABEL = re.compile(r"(?:作出[^\s|:]{0,12}决定(?:书)?(?:的)?(?:行政执法机关)?日期|处罚决定日期|处罚决定(?:的)?时间|处罚日期|决定日期|决定书日期|处罚时间|落款日期|作出日期)(?:均)?(?:为|是|系|在)?[\s|:]*$")
_DECIDED_BY = re.compile(r"^[,\s]*(?:[^,。;\n]{0,50}?)(?:对[^。;\n]{0,60}?)?(?:依法|正式)?(?:作出|做出|下达|出具|下发|开出|印发|制作|采取)")
_DECIDED_NOT = re.compile(r"公布|发布|披露|公告|收到|公示|公开|显示|获悉|检查|立案|调查|举报|告知|成立|购|签订|送达|听证|通报|发现|抽|注册")
_PUNISHED_ON = re.compile(r"^[,\s]*(?:[^。;\n]{0,80}?)(?:(?:被|遭|受到|领|获)[^。;\n]{0,40}?(?:罚|处|警告)|罚没|处以|处罚|罚款|给予[^。;]{0,20}(?:警告|处罚))")
_NOTICE_ONLY = re.compile(r"告知书")


@dataclass(frozen=True, slots=True)
class Casefile:
    """The case of a decision; without parties the document is no decision (news, list, judgment)."""

    parties: tuple[str, ...]
    span: Span
    number: str | None = None
    date: str | None = None
    object: str | None = None
    violation: str | None = None
    general: str | None = None
    basis: tuple[str, ...] = ()
    status: Status = "asserted"
    plaintiffs: tuple[Mention, ...] = ()


def read_casefile(view: View) -> Casefile:
    """The case of the document."""
    parties, span = _parties(view)
    number = _main_number(view, span)
    organ = issuer(view.reading.text, view.reading.entities) or signed_by(view)
    if not parties:
        return Casefile((), (0, 0), object=organ if _lone_organ(view) else None, plaintiffs=_plaintiffs(view))
    body = (span[1], len(view.text))
    violation = titled_violation(view, (0, body[0]), parties) or decided_violation(view, body, parties)
    date = labelled_date(view) or signed_date(view) or _told_date(view, body)
    return Casefile(parties, span, view.number_text(number) if number else None, date, organ, violation, course(view, body, parties), tuple(legal_basis(view, body)), _status(view))


def signed_by(view: View) -> str | None:
    """The authority that signs the document."""
    signed = view.structure.signoff
    organs = view.organs(*signed.by) if signed else ()
    return organs[-1].entity if organs else None


def _plaintiffs(view: View) -> tuple[Mention, ...]:
    """Who sues an authority in a judgment: the one that the decision in dispute punished."""
    if not _COURT.search(view.text[:200]):
        return ()
    for match in re.finditer(r"(?:原告|上诉人|申请人)(?:[(][^()]{1,16}[)])?[:]?\s*", view.text):
        group = next((g for g in view.groups(match.end(), match.end() + 60) if g[0].start == match.end()), None)
        if group:
            return group[:1]
    return ()


def _lone_organ(view: View) -> bool:
    return len(set(keys(view.organs(0, len(view.text))))) == 1


def _status(view: View) -> Status:
    """A prior notice is planned, a decision is asserted."""
    head = view.text[: max(view.structure.head[1], 120)]
    return "planned" if re.search(r"告知书", head) and not _HEAD.search(head) else "asserted"


def _parties(view: View) -> tuple[tuple[str, ...], Span]:
    """The parties of a decision on punishment and the stretch from its head to the end of their block."""
    spans = view.structure.parties or _bare_addressee(view)
    start = spans[0][0] if spans else 0
    head = view.text[:start]
    number = view.number_in(0, start)
    decided = _HEAD.search(head) or number and re.search(r"罚|缉违", number.text)
    if not spans or not decided or _COURT.search(head[:80]) or (_NO_PENALTY.search(head) and not re.search(r"处罚决定", head)):
        return (), (0, 0)
    found: list[str] = []
    for a, b in spans:
        found.extend(_named_first(view, a, b))
    return tuple(dict.fromkeys([*found, *_titled(view, start), *_attached(view, spans)])), (_begin(view, start), spans[-1][1])


def _attached(view: View, spans: tuple[Span, ...]) -> list[str]:
    """The parties in a list at the end, where the block says 甲公司等56户企业(名单附后)."""
    block = view.text[spans[0][0] : spans[-1][1]]
    return enclosed(view) if re.search(r"等\s*\d*[^,。\n]{0,10}[(][^()]{0,10}(?:名单|清单|附|详见)", block) else []


def with_enclosed(view: View, keys_of: list[str]) -> list[str]:
    """The bearers, with all of the list at the end where one of them stands for it: 甲公司等56户企业."""
    stands = any(m.entity in keys_of and re.match(r"等\s*\d+(?:余|多)?[户家个名]", view.text[m.end :]) for m in view.reading.mentions)
    return list(dict.fromkeys([*keys_of, *enclosed(view)])) if stands else keys_of


def enclosed(view: View) -> list[str]:
    """The organisations of a list at the end (附件：1.甲公司 2.乙公司), each at the start of its row."""
    label = list(re.finditer(r"(?:^|\n)\s*附(?:件|表|录)?[^\n。]{0,16}[:\n]", view.text))
    if not label:
        return []
    firms = [m for m in view.subjects(label[-1].end() - 1, len(view.text)) if view.type_of(m) != "Person" and not m.coref]
    return keys(m for m in firms if re.search(r"(?:^|\n|附件?:?)[\s\d.、()|]*$", view.text[max(0, m.start - 12) : m.start]))


def _bare_addressee(view: View) -> tuple[Span, ...]:
    """The addressee where its colon is lost: a line that is only a name, under the title of a decision."""
    for a, b in view.structure.lines[:14]:
        named = [m for m in view.subjects(a, b) if m.span == (a, b)]
        if named and a and _HEAD.search(view.text[:a]):
            return ((a, b),)
    return ()


def _titled(view: View, end: int) -> list[str]:
    """The parties that the title names in brackets: …决定书(甲公司、乙某等12名责任主体)."""
    match = re.search(r"处罚决定书?\s*[(](?P<who>[^()\n]{2,80})", view.text[:end])
    groups = view.groups(*match.span("who")) if match else ()
    return keys(groups[0]) if match and groups and groups[0][0].start == match.start("who") else []


def _begin(view: View, start: int) -> int:
    """Where the head of this decision begins."""
    number = next((n for n in reversed(view.numbers) if n.end <= start and n.kind == "decision"), None)
    match = list(_HEAD.finditer(view.text, 0, start))
    first = min([n for n in (number.start if number else None, match[0].start() if match else None) if n is not None], default=0)
    return view.text.rfind("\n", 0, first) + 1


def _named_first(view: View, start: int, end: int) -> list[str]:
    """The party that a span of the block opens with; several where names stand in a row before the colon or comma."""
    groups = view.groups(start, end)
    if not groups or groups[0][0].start - start > 14:
        return []
    first = groups[0]
    return keys(m for m in first if not re.search(r"法定代表|负责人|委托", view.text[first[0].end : m.start]))


def _main_number(view: View, span: Span) -> Number | None:
    """The number of this decision: in its head, else the first number of a decision."""
    found = [n for n in view.numbers if n.kind == "decision"]
    head = [n for n in found if n.start < span[1]]
    return head[0] if head else found[0] if found else None


def labelled_date(view: View) -> str | None:
    """The date under a label such as 处罚决定日期."""
    for day in view.dates:
        if day.full and _DATE_LABEL.search(view.text[max(0, day.start - 30) : day.start]):
            return day.iso
    return None


def signed_date(view: View) -> str | None:
    """The date of the signature at the end."""
    signed = view.structure.signoff
    if not signed:
        return None
    return next((d.iso for d in view.dates if signed.date[0] <= d.start < signed.date[1] + 1), None)


def _told_date(view: View, body: Span) -> str | None:
    """The day on which the text says that this decision was made, where no signature gives it."""
    for day in view.dates:
        said = re.match(r"(?:依法)?(?:作出|做出)[^。;]{0,60}?处罚决定", view.text[day.end : day.end + 80])
        if day.full and body[0] <= day.start and said:
            return day.iso
    return None


def decision_date(view: View, span: Span, before: int | None = None) -> str | None:
    """The day on which the decision of this stretch was made: 于某日作出, 处罚日期, or the day at which somebody 被罚."""
    days = [d for d in view.dates if span[0] <= d.start < span[1] and len(d.iso) >= 7 and (before is None or d.start < before)]
    for day in days:
        if _DATE_LABEL.search(view.text[max(0, day.start - 30) : day.start]):
            return day.iso
    for pattern in (_DECIDED_BY, _PUNISHED_ON):
        for day in days:
            rest = view.text[day.end : min(span[1], day.end + 110)]
            match = pattern.match(rest)
            if match and not _DECIDED_NOT.search(match[0]) and not re.search(r"(?:截至|自|从|至|期间|公布|发布)\s*$", view.text[max(0, day.start - 6) : day.start]):
                return day.iso
    return None


def labelled_behind(view: View, paragraph: Span, start: int) -> str | None:
    """The day that a later sentence gives all decisions of its paragraph: 上述处罚决定日期为6月14日."""
    for day in view.dates:
        if start <= day.start < paragraph[1] and len(day.iso) >= 7 and _DATE_LABEL.search(view.text[max(0, day.start - 30) : day.start]):
            return day.iso
    return None


def deciding_organ(view: View, span: Span, before: int | None = None) -> str | None:
    """The authority that decides in this stretch: who 对 … 作出, by whom one 被罚, whose 罚单 it is."""
    organs = view.organs(*span)
    if not organs:
        return None
    for organ in organs:
        lead = view.text[max(span[0], organ.start - 8) : organ.start]
        after = view.text[organ.end : organ.end + 70]
        if re.search(r"(?:被|经|由|受到|收到|遭)(?:了)?[^,。;]{0,4}$", lead) and re.match(r"[^。;]{0,40}(?:罚|处|警告|责令|没收|吊销|立案|采取|出具)", after):
            return organ.entity
        if re.match(r"(?:[^,。;]{0,24},?)?(?:依法|决定|依据|根据|对|于|给予|作出|开出|下发|责令|在|因)", after) and re.search(r"处|罚|警告|没收|吊销|撤销|措施|函", after):
            return organ.entity
    earlier = [o for o in organs if before is None or o.start <= before]
    return (earlier or list(organs))[0].entity
