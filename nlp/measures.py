"""Measures that are no penalties: warning letters, supervisory talks, orders to correct, exchange discipline, investigations."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.casefile import deciding_organ, decision_date, labelled_date, read_casefile, signed_by, signed_date
from nlp.extraction import Fact, Span, Status
from nlp.numbers import Number
from nlp.reading import Reading
from nlp.references import issuer
from nlp.sanctions import Event
from nlp.status import listed_condition, quoted_law, status_at
from nlp.sufferers import Group, borne, carried_over, programmatic
from nlp.view import View, keys
from nlp.violations import measure_reason, violation_near

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("警示函", re.compile(r"(?:(?:采取|出具|收到|下发|下达|发出|签发|予以|给予|发来|送达)[^,。;、]{0,16}?)?警示函(?:的?(?:行政)?(?:监管|监督管理)措施)?(?:的决定)?")),
    ("纪律处分", re.compile(r"(?:(?:予以|给予|作出|实施)[^,。;、]{0,8}?)?(?:公开谴责|通报批评)(?:的?纪律处分)?(?:的决定)?|(?:予以|给予|作出|实施|被)[^,。;、]{0,16}?纪律处分(?:的决定)?")),
    ("责令改正", re.compile(r"(?:采取|作出|下达|下发|送达|发出)[^,。;]{0,24}?(?:责令(?:限期)?(?:改正|整改)|限期(?:改正|整改))(?:的?(?:行政)?(?:监管|监督管理)?(?:措施|指令书|决定书?|通知书))?|责令改正[^,。;]{0,10}(?:监管|监督管理)措施|(?:被|依法|已)?责令(?:其|该?[^,。;、]{0,24}?)?(?:限期|立即|停止违法行为,?)?(?:改正|整改)")),
    ("行政处理决定", re.compile(r"(?:作出|下达|送达)[^,。;]{0,30}?行政处理决定书?|(?<=号)》?行政处理决定书")),
    ("行政监管措施", re.compile(r"(?:采取|实施|给予|作出|予以)[^,。;]{0,40}?(?:监管谈话|限制业务|暂停[^,。;]{2,24}业务|限制股东权利|(?:行政)?监管措施|监督管理措施|监管警示|监管关注)(?:的?(?:行政)?(?:监管|监督管理)?措施)?(?:的决定)?|(?:收到|下发|出具)[^,。;]{0,30}?监管函|(?:采取|给予|予以|实施)[^,。;]{0,24}?(?:口头警示|书面警示|约见谈话|诫勉谈话)|约谈了?")),
    ("立案调查", re.compile(r"(?:(?:被|遭|遭到|决定|进行|依法|予以|对其|已|所)[^,。;]{0,6}?)?立案(?:调查|检查|稽查|查处|侦查)?(?!标准)|立案(?:调查)?(?:告知书|通知书)|(?:依法)?查处了?(?=[^,。;]{0,40}?(?:案|公司|企业))")),
)  # fmt: skip
_TITLE = re.compile(r"(?:关于|(?<![^\n]))(?:对|给予)(?P<who>[^\n]{2,400}?)(?:采取|予以|给予|实施|作出|出具|的监管函|公开谴责|通报批评|(?=的?(?:纪律处分|监管函|警示函)))(?P<what>[^\n]{2,80}?)(?:的决定|决定书|的公告|的通知|决定|$|\s)")
_CRIMINAL = re.compile(r"公安|警方|检察院|立案侦查|涉嫌[^,。;]{2,12}罪")
_PUBLIC = re.compile(r"证监会|证监局|证券监督|交易所|银保监|金融监管|外汇|人民银行|市场监管|市场监督|纪委|监察委|税务|稽查|环境|医保|药监|应急|人社|人力资源|发改|财政|住建|海关|总局|监管局|委员会|局")


def find(reading: Reading) -> list[Fact]:
    """Every measure that the text tells of, one for each addressee and kind."""
    view = View(reading)
    decided = bool(read_casefile(view).parties)  # what was investigated there ends in a penalty
    titled = list(_titled(view)) or list(_papers(view))
    every = told = [f for f in _told(view) if not (decided and f.attrs["measure_type"] == "立案调查")]
    if titled:  # an earlier measure that the paper tells of has a number of its own
        told = [f for f in told if f.attrs.get("doc_no", titled[0].attrs.get("doc_no")) != titled[0].attrs.get("doc_no")]
        titled = [replace(f, attrs={**f.attrs, "measure_type": _own_kind(view, f, every)}) for f in titled]
    found = [*titled, *told]
    once: dict[tuple[str, str], Fact] = {}
    for fact in found:
        once.setdefault((fact.subject, str(fact.attrs["measure_type"])), fact)
    specific = {(f.subject, f.attrs.get("doc_no")) for f in once.values() if f.attrs["measure_type"] in ("警示函", "责令改正", "纪律处分")}
    return [f for f in once.values() if f.attrs["measure_type"] != "行政监管措施" or (f.subject, f.attrs.get("doc_no")) not in specific]


def _own_kind(view: View, fact: Fact, told: list[Fact]) -> str:
    """The kind that the body decides for one whom the title names only as 责任主体; else the title's."""
    title = view.structure.headline or (0, 0)
    kinds = [str(f.attrs["measure_type"]) for f in told if f.subject == fact.subject and f.evidence[0] > title[1]]
    named = any(m.entity == fact.subject for m in view.subjects(0, fact.evidence[0] + 160) if m.start < title[1])
    return kinds[0] if len(set(kinds)) == 1 and not named else str(fact.attrs["measure_type"])


def kind_of(words: str) -> str | None:
    """The kind of a measure named in a title or a sentence."""
    if "警示函" in words:
        return "警示函"
    if re.search(r"公开谴责|通报批评|纪律处分", words):
        return "纪律处分"
    if re.search(r"(?:责令|限期)[^,。;]{0,6}(?:改正|整改|停止)", words):
        return "责令改正"
    if "行政处理" in words:
        return "行政处理决定"
    return "行政监管措施" if re.search(r"措施|监管|谈话|限制|暂停", words) else None


# --- a decision with its title ----------------------------------------------------------------------


def _titled(view: View) -> Iterator[Fact]:
    """The measures of a decision: those named in its title, for 有关责任人 also those that its body punishes."""
    match = _TITLE.search(view.text, 0, 1200)
    if match is None or not _is_own_title(view, match):
        return
    end = _document_end(view, match.end())
    number = next((n for n in view.numbers if match.start() - 120 <= n.start < match.end() + 80 and n.kind != "case" and not re.search(r"告", n.text)), None)
    attrs = {"doc_no": view.number_text(number) if number else None, "date": labelled_date(view) or signed_date(view), "reason": measure_reason(view, (match.end(), end))}
    kept = {k: v for k, v in attrs.items() if v}
    organ = issuer(view.reading.text, view.reading.entities) or signed_by(view)
    for kind, names in _title_parts(view, match):
        for key in names:
            yield Fact("Measure", key, organ, {"measure_type": kind} | kept, (match.start(), end), status=_title_status(view, match), rule="measure.title")


def _title_parts(view: View, match: re.Match[str]) -> Iterator[tuple[str, list[str]]]:
    """Kind and addressees of each part of a title: 对甲公司采取…并对乙某采取…."""
    cut = re.search(r"并对", match["what"])
    first = match["what"][: cut.start()] if cut else match["what"] + view.text[match.end() : match.end() + 6]
    named = keys(view.subjects(*match.span("who")))
    if not cut and (re.search(r"责任人|责任主体|当事人|相关人员|相关主体", match["who"]) or not named):
        named = list(dict.fromkeys([*named, *_addressees(view)]))
    if kind := kind_of(first):
        yield kind, named
    if cut:
        rest = match.start("what") + cut.end()
        others = view.subjects(rest, match.end("what"))
        tail = view.text[others[-1].end : match.end() + 6] if others else ""
        if others and (kind := kind_of(tail)):
            yield kind, keys(others)


_PAPER = re.compile(r"(?:^|\n)[^\n,。;]{0,40}?(?P<what>责令(?:限期)?(?:改正|整改|停止)[^\n,。;]{0,12}(?:决定书|通知书|指令书)|(?:劳动保障监察)?限期(?:改正|整改)(?:指令书|通知书)|行政处理决定书|警示函|监管函)\s*(?:\n|[(〔\[]|$|[\u4e00-\u9fff]{1,12}[〔(])")


def _papers(view: View) -> Iterator[Fact]:
    """A measure that is a paper of its own: 责令改正违法行为决定书 with its addressee."""
    match = _PAPER.search(view.text, 0, 400)
    kind = kind_of(match["what"]) if match else None
    if not match or not kind or re.search(r"处罚决定", view.text[: match.end()]):
        return
    number = next((n for n in view.numbers if n.start < 500 and n.kind in ("decision", "other")), None)
    attrs = {"measure_type": kind, "doc_no": view.number_text(number) if number else None, "date": labelled_date(view) or signed_date(view), "reason": measure_reason(view, (match.end(), len(view.text)))}
    kept = {k: v for k, v in attrs.items() if v}
    for key in _addressees(view):
        yield Fact("Measure", key, issuer(view.reading.text, view.reading.entities), kept, (match.start("what"), _document_end(view, match.end())), rule="measure.paper")


def _is_own_title(view: View, match: re.Match[str]) -> bool:
    """Whether the title stands at the head of its line and the document decides, not reports."""
    before = view.text[view.text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return len(before.strip()) < 40 and not re.search(r"[,。;《“]", before) and not re.search(r"收到|发布|公布|下发|披露|公告", before)


def _document_end(view: View, start: int) -> int:
    signed = view.structure.signoff
    return signed.date[1] if signed and signed.date[0] > start else len(view.text)


def _title_status(view: View, match: re.Match[str]) -> Status:
    return "planned" if re.search(r"拟|告知书", view.text[max(0, match.start() - 30) : match.end() + 20]) else "asserted"


def _addressees(view: View) -> list[str]:
    found: list[str] = []
    for a, b in view.structure.parties:
        groups = view.groups(a, b)
        for at, group in enumerate(groups):
            if at == 0 and group[0].start - a < 14 or view.text[a : group[0].start].rstrip().endswith(";"):
                found.extend(keys(group))
    return list(dict.fromkeys(found))


# --- sentences ---------------------------------------------------------------------------------------


def _told(view: View) -> Iterator[Fact]:
    named: Group = ()
    for span in view.structure.sentences:
        found = list(_events(view, span))
        for one in borne(view, span, carried_over(view, span, named), found):
            group = _after(view, one.event, span) or one.group
            status = _status(view, span, one.event)
            if status is None or not group:
                continue
            for key in keys(group):
                coref = all(m.coref for m in group if m.entity == key)
                place = (min(group[0].start, one.event.start), max(one.event.end, group[-1].end))
                yield Fact("Measure", key, _organ(view, span), _attrs(view, span, one.event, key), place, status=status, coref=coref, rule="measure.told")
        groups = view.groups(*span)
        named = groups[0] if groups else named


def _events(view: View, span: Span) -> Iterator[Event]:
    text = view.text[slice(*span)]
    taken: list[Span] = []
    if re.search(r"立案(?:案件|\d+|查处[^,。;]{0,12}案件)", text):
        return
    found: list[Event] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            place = (span[0] + match.start(), span[0] + match.end())
            if any(a < place[1] and place[0] < b for a, b in taken) or not _is_measure(kind, text, match):
                continue
            taken.append(place)
            found.append(Event(kind, *place))
    yield from sorted(found, key=lambda e: e.start)


def _is_measure(kind: str, text: str, match: re.Match[str]) -> bool:
    """Whether the words are the measure of an authority and not police work, a rule or a mere talk."""
    if kind == "立案调查":
        police = _CRIMINAL.search(text[max(0, match.start() - 40) : match.end() + 8]) and not re.search(r"联合|会同|配合", text)
        return not police and bool(_PUBLIC.search(text))
    if kind == "责令改正":
        start, end = text.rfind(";", 0, match.start()) + 1, text.find(";", match.end()) % (len(text) + 1)
        return not re.search(r"罚款|没收|警告|处罚|吊销|罚没", text[start:end])
    return "约谈" not in match[0]


def _after(view: View, event: Event, span: Span) -> Group:
    """Whom 查处了 names behind it."""
    if event.kind != "立案调查" or not view.text[event.start : event.end].rstrip("了").endswith("查处"):
        return ()
    return next((g for g in view.groups(event.end, span[1]) if g[0].start - event.end < 12), ())


def _status(view: View, span: Span, event: Event) -> Status | None:
    if re.search(r"要求[^。;]{0,80}组织|要求(?:相关|有关|各|省|当地|属地|所在地)|责成|督促|部署", view.text[span[0] : event.start]) and event.kind in ("立案调查", "责令改正"):
        return None
    if event.kind == "责令改正" and not re.search(r"措施|指令书|决定书|通知书", view.text[event.start : event.end]) and _fined_near(view, span, event.start):
        return None
    if quoted_law(view.text, event.start) or listed_condition(view.structure, event.start) or programmatic(view, span):
        return None
    status = status_at(view.text, span, min(event.end + 4, span[1]))
    return None if status == "conditional" else status


def _fined_near(view: View, span: Span, at: int) -> bool:
    """Whether the paragraph goes on to a penalty: there the order to correct is a part of it."""
    row = view.text.rfind(";", span[0], at)
    if row > 0 and view.subjects(row, at):  # one of several firms: 甲…罚款5000元;乙…责令限期改正
        return False
    start, end = view.text.rfind("\n", 0, span[0]) + 1, view.text.find("\n", span[1])
    around = view.text[start : span[0]] + view.text[span[1] : end if end >= 0 else len(view.text)]
    return bool(re.search(r"罚款|罚没|没收|处罚决定|行政处罚|警告", around)) and not re.match(r"\s*(?:同时|此外|另外)?,?其?(?:总部|总公司|母公司|分公司)", view.text[span[0] :])


def _organ(view: View, span: Span) -> str | None:
    paragraph = (view.text.rfind("\n", 0, span[0]) + 1, span[1])
    found = deciding_organ(view, span) or deciding_organ(view, paragraph)
    if found:
        return found
    organs = set(keys(view.organs(0, len(view.text))))
    return next(iter(organs)) if len(organs) == 1 else None


def _number(view: View, span: Span, event: Event) -> Number | None:
    """The number of the measure: in the sentence, the nearest to its words."""
    inside = [n for n in view.numbers if span[0] <= n.start < span[1] and n.kind in ("decision", "other") and not n.text.startswith("国")]
    if inside:
        return min(inside, key=lambda n: min(abs(n.end - event.start), abs(n.start - event.end)))
    return next((n for n in view.numbers if span[1] <= n.start < span[1] + 24 and n.kind != "case" and re.search(r"(?:文号|编号):\s*$", view.text[max(0, n.start - 8) : n.start])), None)


def _effective(view: View) -> str | None:
    """The day under 生效日期 or 作出日期 in a notice of the addressee."""
    return next((d.iso for d in view.dates if d.full and re.search(r"(?:生效|作出|决定|处罚)日期:\s*$", view.text[max(0, d.start - 8) : d.start])), None)


def _attrs(view: View, span: Span, event: Event, key: str) -> dict[str, str]:
    number = _number(view, span, event)
    attrs = {
        "measure_type": event.kind,
        "doc_no": view.number_text(number) if number else None,
        "date": decision_date(view, span) or _effective(view),
        "reason": violation_near(view, (span[0], event.end), (key,)) or violation_near(view, span, (key,)),
    }
    return {k: v for k, v in attrs.items() if v}
