"""Enforcement by courts: those against whom a sum is enforced, limits on consumption, frozen shares and accounts."""

import re
from collections.abc import Iterator

from nlp.extraction import Fact, Span, Status
from nlp.numbers import Number
from nlp.reading import Mention, Reading
from nlp.sanctions import Event
from nlp.status import quoted_law, status_in
from nlp.sufferers import Group, borne, programmatic
from nlp.view import View, keys

_HEAD_WORD = re.compile(r"消费|限高|限消|冻结|执行")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("限制消费", re.compile(r"限制(?:高)?消费|限制(?:其)?[^,。;]{0,16}?高消费|限高(?!层|度|架)|限消(?:令)?|不得(?:实施|有|进行)?(?:以下|下列)?高消费")),
    ("冻结", re.compile(r"(?:轮候|司法|全部)?冻结(?!期|的?风险|的情形)")),
    ("被执行", re.compile(
        r"(?<!失信)被执行人(?:信息|名单|案件|身份)|(?:列为|列入|成为|新增|被列为|成|为)(?:了)?[^,。;失信]{0,10}?(?<!失信)被执行人(?!为|是|系|:)|执行(?:总)?标的|被执行(?:总)?(?:金额|标的)"
        r"|被(?:法院|[^,。;]{0,20}法院)?[^,。;失信]{0,8}强制执行|申请(?:法院)?强制执行|立案执行(?:的)?(?:金额|标的)?")),
)  # fmt: skip
_SHARES = re.compile(r"(?P<num>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<scale>万|亿)?\s*(?:余)?股")
_LIFTED = re.compile(r"解除|取消|撤销|已终结|撤出|恢复|解冻|移出")
_LIFTED_AFTER = re.compile(r"[^,。;]{0,8}(?:措施|令|决定)?[^,。;被]{0,20}(?:解除|取消|撤销|解冻)")
_DECOY = re.compile(r"不适用|规定|可以|有权|应当|将(?:会|被|依法|对)|如(?:果)?(?!下|实|期)|若|可能|一旦")
_DONE = re.compile(r"被|采取|发布|发出|下达|下发|签发|新增|收到|遭|实施|予以|作出|列为|列入|成为|成|消费令|限消令|对|限制[^消高]|不得|申请|标的|金额|人员|信息|立案|已")
_COUNTED = re.compile(r"\d+(?:余|多)?(?:家|人|名|件|例)[^,。;]{0,6}$|^[^,。;]{0,8}?(?:令)?[\d,]+(?:余|多)?(?:家|人|名|件|例|份)|^[^,。;]{0,4}[\d,]+次")
_STARTS = re.compile(r"(?:冻结|限制)?(?:期限|起始日|开始日期|起始日期|日期|起日)(?:自|为|是|:|从)?\s*$")
_DEBTOR = re.compile(r"(?<!失信)(?:被执行人|限制消费(?:人员|对象)|限消对象|被限制对象)(?:为|是|系|包括|:)\s*")
_OFFICER = re.compile(r"(?:法定代表人|负责人|经营者|实际控制人|责任人员?|董事长|总经理)(?:[(][^()]{1,8}[)])?[:]?\s*$")
_APPLIES = re.compile(r"(?<!被)申请(?:执行)?人|债权人|出借人")


def find(reading: Reading) -> list[Fact]:
    """Every act of enforcement that the text tells of, one for each party, kind and case."""
    view = View(reading)
    if not _HEAD_WORD.search(view.text):
        return []
    return _once([*_order(view), *_told(view)])


def _once(found: list[Fact]) -> list[Fact]:
    """Each act once: places that differ in number or sum are two acts, a place without them repeats another."""
    kept: list[Fact] = []
    lifted = {(f.subject, f.attrs["measure"]): f.attrs.get("case_no") for f in found if f.status == "removed"}
    found = [f for f in found if f.status != "asserted" or lifted.get((f.subject, f.attrs["measure"]), 0) not in (None, f.attrs.get("case_no"))]
    for fact in sorted(found, key=lambda f: -len({"case_no", "amount"} & {*f.attrs})):
        if not any(_repeats(fact, known) for known in kept):
            kept.append(fact)
    return sorted(kept, key=lambda f: f.evidence)


def _repeats(fact: Fact, known: Fact) -> bool:
    same = (fact.subject, fact.attrs["measure"], fact.status) == (known.subject, known.attrs["measure"], known.status)
    both = [name for name in ("case_no", "amount", "shares") if name in fact.attrs and name in known.attrs]
    return same and (all(fact.attrs[n] == known.attrs[n] for n in both) if both else fact.attrs["measure"] != "被执行" or not {"case_no", "amount"} & {*fact.attrs})


# --- the court's own order -----------------------------------------------------------------------------


def _order(view: View) -> Iterator[Fact]:
    """A consumption order: its addressee, and the officer that it names with it."""
    title = re.search(r"限\s*制\s*(?:高\s*)?消\s*费\s*令", view.text[:160])
    number = view.number_in(0, 260, "case")
    if not title or not number or number.start - title.end() > 12:
        return
    firm = next((g for g in view.groups(number.end, number.end + 160) if re.match(r"\s*:", view.text[g[-1].end :]) and not g[0].coref), None)
    if firm is None:
        return
    courts = view.organs(0, len(view.text), "Court")
    days = [d.iso for d in view.dates if d.full]
    attrs = {"measure": "限制消费", "case_no": number.text, **({"date": days[-1]} if days else {})}
    officers = [m for m in view.subjects(firm[-1].end, len(view.text)) if view.type_of(m) == "Person" and _OFFICER.search(view.text[max(0, m.start - 20) : m.start])]
    for key in keys([*firm, *officers]):
        yield Fact("Enforcement", key, courts[0].entity if courts else None, attrs, (title.start(), len(view.text)), rule="enforcement.order")


# --- told in sentences -----------------------------------------------------------------------------------


def _told(view: View) -> Iterator[Fact]:
    named: Group = ()
    creditors = {m.entity for m in view.reading.mentions if not m.coref and _applies(view, m)}
    for span in view.structure.sentences:
        found = list(_events(view, span))
        debtor = _debtor(view, span)
        if debtor is None:
            continue
        near = named if named and span[0] - named[-1].end < 200 and "\n\n" not in view.text[named[-1].end : span[0]] else ()
        for one in borne(view, span, near, found):
            group = debtor or _behind(view, one.event, span) or one.group
            group = tuple(m for m in group if m.entity not in creditors) or _firms(view, near)
            status = _status(view, span, one.event, group)
            if status == "asserted" and _reaches_all(view, one.event, span):
                yield from _listed(view, one.event, span)
            elif status is not None and group:
                yield from _facts(view, span, one.event, group, status)
        groups = [g for g in view.groups(*span) if g[0].entity not in creditors]
        named = debtor or (groups[0] if groups else named)


def _reaches_all(view: View, event: Event, span: Span) -> bool:
    """Whether the act reaches all of the list above: 对上述名单中的被执行人,本院发出限制消费令."""
    return event.kind == "限制消费" and bool(re.search(r"(?:上述|以上|名单)[^,。;]{0,10}被执行人", view.text[span[0] : event.end]))


def _listed(view: View, event: Event, span: Span) -> Iterator[Fact]:
    """The act for each debtor of the list, with the number of its own row."""
    labels = [m.end() for m in re.finditer(r"被执行人(?:姓名|名称)?:\s*", view.text[: span[0]])]
    for at, end in zip(labels, [*labels[1:], span[0]], strict=True):
        group = next((g for g in view.groups(at, end) if g[0].start == at), ())
        number = view.number_in(at, end, "case")
        attrs = {"measure": event.kind, **({"case_no": number.text} if number else {})}
        for key in keys(group[:1]):
            yield Fact("Enforcement", key, _court(view, span, event), attrs, (at, event.end), rule="enforcement.list")


def _firms(view: View, group: Group) -> Group:
    """The organisations of an enumeration, or all of it where it has only persons: a sum is enforced against the firm."""
    return tuple(m for m in group if view.type_of(m) != "Person") or group


def _applies(view: View, mention: Mention) -> bool:
    """Whether a name is that of the creditor, who enforces and suffers nothing."""
    return bool(_APPLIES.search(view.text[max(0, mention.start - 6) : mention.start]))


def _facts(view: View, span: Span, event: Event, group: Group, status: Status) -> Iterator[Fact]:
    place = (min(group[0].start, event.start), max(event.end, group[-1].end))
    court, attrs = _court(view, span, event), _attrs(view, span, event)
    if event.kind == "冻结" and court is None and not {"shares", "amount"} & {*attrs}:
        return
    for key in keys(group):
        yield Fact("Enforcement", key, court, attrs, place, status=status, coref=all(m.coref for m in group if m.entity == key), rule="enforcement.told")


def _events(view: View, span: Span) -> Iterator[Event]:
    """The acts named in a sentence; 执行标的 behind a limit only gives its sum."""
    text = view.text[slice(*span)]
    if not _HEAD_WORD.search(text) or programmatic(view, span) or re.search(r"被执行人(?:应|须|必须)|办法|规定了|符合[^。，；]{0,6}条件的|(?:惩戒|措施)[^。]{0,12}(?:包括|是指)", text):
        return
    found = [Event(kind, span[0] + m.start(), span[0] + m.end()) for kind, pattern in _KINDS for m in pattern.finditer(text)]
    if any(e.kind == "冻结" for e in found) and not re.search(r"法院|股|账户|资产|存款|司法", text):
        found = [e for e in found if e.kind != "冻结"]
    yield from sorted(found, key=lambda e: e.start)


def _debtor(view: View, span: Span) -> Group | None:
    """Whom the sentence calls the debtor: 被执行人为该公司股东卓某; None where that is nobody whom we know."""
    match = _DEBTOR.search(view.text, *span)
    group = next((g for g in view.groups(match.end(), span[1]) if g[0].start - match.end() < 16), ()) if match else ()
    return None if group and group[0].coref and re.match(r"(?:的)?(?:[^,。;]{0,4}股东|法定代表人|实际控制人|实控人|董事|原)", view.text[group[-1].end :]) else group


def _behind(view: View, event: Event, span: Span) -> Group:
    """Whom an order names behind it: 限制某某公司及其法定代表人…不得高消费, 解除对某某的限制消费措施."""
    group = next((g for g in view.groups(event.end, span[1]) if g[0].start - event.end < 8), ())
    if group and event.kind == "限制消费" and re.search(r"^(?:了|令)?[对:]?\s*$", view.text[event.end : group[0].start]):
        return group
    if event.kind == "冻结":
        held = next((g for g in view.groups(event.end, span[1]) if g[0].start - event.end < 12), ())
        lead = view.text[event.end : held[0].start] if held else ""
        return held if held and not re.search(r"[,。;的]", lead) and re.match(r"(?:[(][^()]*[)])?(?:所|直接|合计|名下)?(?:持|名下|的)", view.text[held[-1].end :]) else ()
    inside = next((g for g in view.groups(event.start, event.end)), ())
    return inside if event.kind == "限制消费" else ()


def _status(view: View, span: Span, event: Event, group: Group) -> Status | None:
    """The status; None where the clause states a rule, a count or a risk."""
    floor = _clause_start(view, span, event, group)
    clause = view.text[floor : event.end]
    after = view.text[event.end : min(event.end + 30, span[1])]
    if quoted_law(view.text, event.start) or re.search(r"建议|允许|提议|呼吁", view.text[span[0] : event.start]) or _COUNTED.search(view.text[max(span[0], event.start - 16) : event.start]) or _COUNTED.search(after) and not re.match(r"[^,。;]{0,4}\d+(?:条|则)", after):
        return None
    if _LIFTED.search(view.text[max(floor, view.text.rfind(",", span[0], event.start)) : event.end]) or _LIFTED_AFTER.match(after):
        return "removed"
    if _DECOY.search(clause) or re.search(r"(?:^|[,。;])(?:若|如果|假如|倘若)", view.text[span[0] : event.start]) or event.kind != "冻结" and not _DONE.search(clause + after[:3]):
        return None
    status = status_in(view.text, (floor, event.end))
    return None if status == "conditional" else status


def _clause_start(view: View, span: Span, event: Event, group: Group) -> int:
    """Where the statement begins that holds the act: the clause of the one who bears it, if that stands before it."""
    at = event.start
    before = [m.start for m in group if span[0] <= m.start < event.start]
    start = max(view.text.rfind(c, span[0], at) for c in ",;:") + 1
    start = min(start, max(view.text.rfind(c, span[0], before[-1]) for c in ",;:") + 1) if before else start
    return max(span[0], start, view.text.rfind(";", span[0], at) + 1)


def _court(view: View, span: Span, event: Event) -> str | None:
    """The court of the clause, of the sentence, else the nearest of the paragraph."""
    courts = view.organs(*span, "Court")
    if courts:
        return min(courts, key=lambda m: (m.start > event.end, abs(m.start - event.start))).entity
    start, end = view.text.rfind("\n", 0, span[0]) + 1, view.text.find("\n", span[1])
    courts = view.organs(start, end if end >= 0 else len(view.text), "Court") or view.organs(max(0, span[0] - 200), min(len(view.text), span[1] + 200), "Court")
    return min(courts, key=lambda m: abs(m.start - event.start)).entity if courts else None


def _attrs(view: View, span: Span, event: Event) -> dict[str, str | int | float]:
    start, end = _reach(view, span, event)
    number = view.number_in(start, end, "case") or view.number_in(span[1], min(len(view.text), span[1] + 60), "case") or _own_number(view)
    day = _day(view, start, event)
    attrs: dict[str, str | int | float | None] = {"measure": event.kind, "case_no": number.text if number else None, "date": day}
    if event.kind == "冻结" and (shares := _shares(view, (start, end))):
        attrs["shares"] = shares
    else:
        attrs["amount"] = _amount(view, (start, end), event)
    return {k: v for k, v in attrs.items() if v}


def _own_number(view: View) -> Number | None:
    """The number at the head of a court's own notice."""
    return view.number_in(0, 120, "case") if "本院" in view.text else None


def _reach(view: View, span: Span, event: Event) -> Span:
    """What belongs to one act: its sentence, cut where 其中 or 最近一笔 begins another sum, and at ；."""
    cuts = [span[0] + m.end() for m in re.finditer(r";|,(?=其中|最近|另|此外|同时)", view.text[slice(*span)])]
    return max([span[0], *(c for c in cuts if c <= event.start)]), min([span[1], *(c for c in cuts if c > event.end)])


def _day(view: View, start: int, event: Event) -> str | None:
    """The day of the act: the last full date before it that stands for no report and no other step."""
    begun = [d for d in view.dates if event.end <= d.start < event.end + 120 and d.full and _STARTS.search(view.text[max(0, d.start - 10) : d.start])]
    if begun and "。" not in view.text[event.end : begun[0].start]:
        return begun[0].iso
    days = [d for d in view.dates if start <= d.start < event.start and d.full]
    days = [d for d in days if not re.match(r"[^,。;]{0,12}(?:消息|讯|日电|晚|公告|发布|声明|披露|报道|显示|查询)", view.text[d.end : d.end + 16]) and not re.search(r"(?:截至|截止)\S{0,4}$", view.text[max(0, d.start - 4) : d.start])]
    return days[-1].iso if days else None


def _amount(view: View, span: Span, event: Event) -> int | float | None:
    """The sum enforced: behind 执行标的 or 金额, else the only sum of the stretch."""
    inside = [a for a in view.amounts if span[0] <= a.start < span[1] and not a.bound and not a.price]
    if event.kind == "冻结":
        close = [a for a in inside if re.match(r"(?:的)?(?:股权|出资|存款|资金|资产|财产)", view.text[a.end :]) or re.search(r"(?:存款|资金|账户|资产|财产)[^,。;]{0,6}$|(?:数额|金额|额度|冻结)(?:为|:|约|合计|共计|共)?$", view.text[max(0, a.start - 8) : a.start])]
        return close[0].plain if close else None
    for amount in inside:
        if re.search(r"(?:标的|金额|执行|总额|涉及|欠款)[^,。;]{0,10}$", view.text[max(0, amount.start - 16) : amount.start]):
            return amount.plain
    return inside[0].plain if len(inside) == 1 and not re.search(r"注册资本|罚款|投资|股权", view.text[slice(*span)]) else None


def _shares(view: View, span: Span) -> int | float | None:
    for match in _SHARES.finditer(view.text[slice(*span)]):
        value = float(match["num"].replace(",", "")) * {"万": 10**4, "亿": 10**8}.get(match["scale"] or "", 1)
        return int(round(value)) if abs(value - round(value)) < 1e-6 else value
    return None


