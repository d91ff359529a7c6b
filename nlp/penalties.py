"""Penalties: decisions with their parties, news on decisions, tables and indexes of decisions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.casefile import (
    Casefile,
    deciding_organ,
    decision_date,
    labelled_behind,
    read_casefile,
    signed_by,
    signed_date,
    with_enclosed,
)
from nlp.drafts import Draft, as_fact, folded, summed
from nlp.extraction import Fact, Span, Status
from nlp.penalty_rows import row_drafts
from nlp.reading import Reading
from nlp.sanctions import Event
from nlp.status import listed_condition, quoted_law, status_at
from nlp.sufferers import Borne, Group, borne, carried_over, events_in, programmatic
from nlp.view import View, keys
from nlp.violations import case_name, legal_basis, own_violation, violation_near

_DECIDES = re.compile(r"(?:决定|作出|做出|给予)(?:对[^,。;]{0,60})?(?:如下|以下|下列)?[^,。;]{0,16}(?:处罚|处理|决定|如下)?\s*[::]|处罚如下|决定(?:对|给予|处|没收|责令|作出|如下|[::])|(?:本|我)(?:局|会|关|厅|委|支行)(?:现)?决定|处罚决定|作出如下|处理决定|责令.{0,20}并")
_FINAL = re.compile(r"综上|综合上述|综合以上|以上[^,。;]{0,12}(?:合计|共计)|上述[^。;]{0,20}合计|合并(?:处罚|执行)|合计(?:对|罚没?款)|两项合并|合并.{0,6}给予")
_BREAKDOWN = re.compile(r"其中(?![一二两三四五六七八九\d]+[项个家名]|的|部分|之一)[^。]*$")
_COUNTED = re.compile(r"最多|居前|数量|总额|同比|环比|排名|\d+(?:余)?[张份]|(?:上|下)半年|季度|(?<!\d)年内")
_PERIOD = re.compile(r"据(?:不完全)?统计|[一二三四前]季度|[上下]半年|全年|(?<!\d)年内|今年以来|年以来|罚单\d+(?:余)?张|\d+(?:余)?张(?:百万元?级?)?罚单|家次|人次")


def find(reading: Reading) -> list[Fact]:
    """Every penalty that the text tells of, one for each party and decision."""
    view = View(reading)
    casefile = read_casefile(view)
    taken, drafts = row_drafts(view)
    if casefile.parties:
        drafts.extend(_decided(view, casefile, taken))
    else:
        drafts.extend(_told(view, casefile, taken))
    return [as_fact(_overturned(view, d)) for d in folded(drafts)]


_OVERTURNED = re.compile(r"(?<!请求)(?<!要求)(?<!诉请)(?<!申请)(?:判决|裁定|决定|依法|二审|一审|终审)[^。;请驳]{0,24}?(?:撤销(?!登记|[^,。;]{0,12}登记)|变更|撤回)(?:了)?[^,。;]{0,50}?(?:处罚决定|决定书|罚款|处罚)|(?<=\n)\s*(?:[一二三四五六]、|\d[.、])?(?:撤销|将)[^,。;\n]{2,80}?处罚决定(?=[^。;\n]{0,30}变更|[;。\n])")


def _overturned(view: View, draft: Draft) -> Draft:
    """The penalty as removed where a court or the authority itself has quashed or varied it, and not another one."""
    for match in _OVERTURNED.finditer(view.text):
        line = view.text.rfind("\n", 0, match.start() + 1) + 1, view.text.find("\n", match.end()) % (len(view.text) + 1)
        named = [view.number_text(n) for n in view.numbers if n.kind == "decision" and line[0] <= n.start < line[1]]
        asked = re.search(r"请求|诉讼请求|要求", view.text[max(0, match.start() - 12) : match.end()])
        if draft.status == "asserted" and not asked and (not draft.number or not named or draft.number in named):
            draft.status = "removed"
    return draft


# --- a decision ------------------------------------------------------------------------------------


def _decided(view: View, casefile: Casefile, taken: list[Span]) -> Iterator[Draft]:
    """One draft for each party of a decision: its items, or only number and date where they are cut off."""
    by_party: dict[str, list[Draft]] = {key: [] for key in casefile.parties}
    for draft in _items(view, casefile, taken):
        by_party.setdefault(draft.subject, []).append(draft)
    for key, items in by_party.items():
        for whole in _by_violation(items) or [Draft(key, casefile.span, rule="penalty.party")]:
            yield _filled(casefile, whole)


def _by_violation(items: list[Draft]) -> list[Draft]:
    """One draft; but items for different acts stay apart where no total is given."""
    acts = list(dict.fromkeys((d.violation, d.item) for d in items if d.fine is not None or d.total is not None))
    if len(acts) < 2 or any(act is None for act, _ in acts) or any(d.final for d in items):
        return [summed(items)] if items else []
    return [summed([d for d in items if (d.violation, d.item) == act]) for act in acts]


def _filled(casefile: Casefile, draft: Draft) -> Draft:
    """The draft with what the document says of every party."""
    several = draft.violation is not None and "；" in draft.violation
    violation = casefile.general if several and casefile.general else draft.violation or casefile.violation
    return replace(
        draft, number=casefile.number, date=casefile.date, object=casefile.object, violation=violation,
        basis=draft.basis or list(casefile.basis), span=casefile.span, coref=False, status=casefile.status, rank=2,
    )  # fmt: skip


def _items(view: View, casefile: Casefile, taken: list[Span]) -> Iterator[Draft]:
    """The items of the operative part, each for its bearers."""
    start = _operative(view, casefile)
    carried: Group = tuple(m for m in view.reading.mentions if m.entity in casefile.parties and not m.coref)[:1] if len(casefile.parties) == 1 else ()
    act: str | None = None
    for span in view.structure.sentences:
        if span[1] <= start or _within(span, taken):
            continue
        for one in borne(view, (max(span[0], start), span[1]), carried):
            within = _BREAKDOWN.search(view.text[span[0] : one.event.start])
            part = within is not None and bool(one.group) and one.group[0].start >= span[0] + within.start()
            if within and within.start() and not _sum_before(view, span, within.start()):
                within, part = None, False
            if quoted_law(view.text, one.event.start) or within and not part or one.event.kind == "处罚":
                continue
            carried = one.group or carried
            for draft in _drafts_of(view, one, span, casefile):
                draft.exact, draft.violation = part, draft.violation or (act if part else None)
                act = draft.violation
                yield draft


def _operative(view: View, casefile: Casefile) -> int:
    """Where the operative part begins: at the first words that decide, behind the parties block."""
    floor = casefile.span[1]
    match = _DECIDES.search(view.text, floor)
    return match.start() if match else floor


def _drafts_of(view: View, one: Borne, span: Span, casefile: Casefile) -> Iterator[Draft]:
    """A draft for each bearer of one sanction; parties of the decision come before others."""
    bearers = keys(one.group)
    if not set(bearers) & set(casefile.parties) and not _addressed(view, one):
        bearers = list(casefile.parties) if len(casefile.parties) == 1 else []
    floor = max(span[0], view.text.rfind(";", span[0], one.event.start) + 1)
    final = bool(_FINAL.search(view.text[floor : one.event.start]))
    own = _own_violation(view, (span[0], one.event.start), tuple(bearers))
    item = view.structure.item_at(one.event.start)
    for key in bearers:
        yield _with_sum(Draft(key, span, violation=own, final=final, item=item.number if item else None, rule="penalty.item"), one)


def _addressed(view: View, one: Borne) -> bool:
    """Whether the item says 对 of its bearers, so that they count even where the block of parties leaves them out."""
    if not one.group or one.carried or one.event.amount is None:
        return False
    known = all(len(view.reading.entities[m.entity].mentions) > 1 for m in one.group)  # a name of its own, not a scrap of one
    return known and view.text[max(0, one.group[0].start - 1) : one.group[0].start] == "对"


def _own_violation(view: View, span: Span, bearers: tuple[str, ...]) -> str | None:
    """What this item is for, where it says so: 对甲某泄露内幕信息的行为，处以…."""
    start = max(span[0], *(view.text.rfind(c, *span) for c in ";。:"))
    return own_violation(view, (start, span[1]), bearers)


def _with_sum(draft: Draft, one: Borne) -> Draft:
    """The draft with kind and sum of a sanction."""
    kind, amount = one.event.kind, one.amount
    if kind == "罚没" or kind == "罚款" and one.total:
        draft.total = amount
    elif kind == "罚款":
        draft.fine = amount
    elif kind == "没收违法所得" and (len(keys(one.group)) == 1 or one.event.share == "each"):
        draft.seized = amount
    if kind not in ("罚没", "处罚"):
        draft.kinds.add(kind)
    return draft


# --- news and other prose ----------------------------------------------------------------------------


def _told(view: View, casefile: Casefile, taken: list[Span]) -> Iterator[Draft]:
    """What prose tells, sentence by sentence; sanctions of one sentence for one bearer are one penalty."""
    plaintiffs = casefile.plaintiffs
    named: Group = ()
    for span in _tellings(view):
        if _within(span, taken) or programmatic(view, span) or _operates(view, span):
            continue
        carried = plaintiffs or carried_over(view, span, named)
        by_key: dict[tuple[str, Status], list[Draft]] = {}
        for one in borne(view, span, carried):
            status = _status(view, span, one.event)
            if status is None or re.search(r"变更为?[^,。;]{0,4}$", view.text[span[0] : one.event.start]) or one.carried and not _may_carry(view, span, one.event):
                continue
            for draft in _prose_drafts(view, one, span, status):
                by_key.setdefault((draft.subject, status), []).append(draft)
        yield from _numbered(view, span, [_placed(view, casefile, span, summed(drafts)) for drafts in by_key.values()])
        groups = view.groups(*span)
        named = groups[0] if groups else named


def _numbered(view: View, span: Span, drafts: list[Draft]) -> list[Draft]:
    """The drafts of one sentence, each with its own of the numbers in a row (〔2021〕4、5、6号), where there are as many."""
    for number in view.numbers:
        alike = [d for d in drafts if number.joint and d.number == view.number_text(number)]
        if len(alike) == len(number.joint) + 1:
            for draft, other in zip(alike[1:], number.joint, strict=True):
                draft.number = other
    own = list(dict.fromkeys(view.number_text(n) for n in view.numbers if n.kind == "decision" and span[0] <= n.start < span[1]))
    if 1 < len(own) == len(drafts) and len({d.number for d in drafts}) == 1 and drafts[0].number in own:
        for draft, other in zip(drafts, own, strict=True):
            draft.number = other
    return drafts


def _operates(view: View, span: Span) -> bool:
    """Whether a sentence is the operative part of a judgment on an earlier penalty."""
    return bool(re.match(r"(?:[一二三四五六]、|\d[.、])?\s*(?:撤销|维持|将[^,。;]{4,60}变更)", view.text[slice(*span)])) and re.search(r"(?:判决|裁定)如下", view.text[: span[0]]) is not None


def _tellings(view: View) -> Iterator[Span]:
    """Sentences, parted where a new date begins another story: …罚没118万元；2022年1月，又被罚款10万元."""
    for start, end in view.structure.sentences:
        begin = start
        for cut in list(re.finditer(r";(?=(?:20)?\d\d年\d{1,2}月|此外,|另外,|同年)", view.text[start:end])):
            yield begin, start + cut.end()
            begin = start + cut.end()
        yield begin, end


def _may_carry(view: View, span: Span, event: Event) -> bool:
    """Whether a sanction without a bearer in its sentence may be the last one's."""
    words = view.text[span[0] : event.end]
    return bool(re.search(r"被|处以|罚款|没收|警告|决定|作出", words)) and not re.search(r"规定[:“]|可处|[元倍万]以[上下]|应当|\d+(?:家|起|件|户|人|例)|同比|累计|总(?:额|计)", view.text[slice(*span)])


def _status(view: View, span: Span, event: Event) -> Status | None:
    """How the sentence tells of the sanction; None where it tells of no case at all."""
    if quoted_law(view.text, event.start) or listed_condition(view.structure, event.start):
        return None
    if (event.kind == "罚没" or event.share == "total") and _PERIOD.search(view.text[slice(*span)]):
        return None
    if event.kind == "处罚" and _COUNTED.search(view.text[slice(*span)]):
        return None
    status = status_at(view.text, span, min(event.end + 12, span[1]))
    if status == "asserted" and _only_announced(view, span):
        return "planned"
    return None if status == "conditional" else status


def _only_announced(view: View, span: Span) -> bool:
    """Whether the paragraph speaks of a prior notice and of no decision."""
    words = view.text[slice(*_paragraph(view, span))]
    return "事先告知书" in words and not re.search(r"处罚决定书|正式|现(?:依据|根据|依法|决定)|(?<!拟)决定(?:对|给予)|(?:作出|下达)[^,。;]{0,12}处罚决定(?!的)", words)


def _sum_before(view: View, span: Span, cut: int) -> bool:
    """Whether a sum stands before 其中, so that what follows is a part of it: 并处0.6倍罚款,其中罚款143万元 has none."""
    return any(e.amount is not None and e.end <= span[0] + cut for e in events_in(view, span))


def _prose_drafts(view: View, one: Borne, span: Span, status: Status) -> Iterator[Draft]:
    within = _BREAKDOWN.search(view.text[span[0] : one.event.start])
    if within and within.start() and one.group and one.group[0].start < span[0] + within.start() and _sum_before(view, span, within.start()):
        return
    sheet = view.sheet_party
    if sheet and all(m.coref and view.type_of(m) == "Person" for m in one.group):
        one = replace(one, group=(sheet,))
    for key in with_enclosed(view, keys(one.group)):
        coref = all(m.coref for m in one.group if m.entity == key)
        place = (min(one.group[0].start, one.event.start), max(one.event.end, one.group[-1].end))
        yield _with_sum(Draft(key, place, status=status, coref=coref, rule="penalty.told"), one)


def _placed(view: View, casefile: Casefile, span: Span, draft: Draft) -> Draft:
    """The draft with number, date, organ, violation and basis from its sentence, then from its paragraph."""
    paragraph = _paragraph(view, span)
    headline = view.structure.headline
    draft.rank = 0 if headline and headline[0] <= span[0] < headline[1] else 1
    draft.number = _number(view, span, draft) or _only_number(view, paragraph) or _number_above(view, span)
    draft.date = decision_date(view, span) or labelled_behind(view, paragraph, draft.span[1]) or _announced_on(view, paragraph) or decision_date(view, paragraph, draft.span[1]) or (signed_date(view) if signed_by(view) else None)
    draft.object = deciding_organ(view, span, draft.span[1]) or deciding_organ(view, paragraph, draft.span[1]) or casefile.object
    first = (span[0], draft.span[1])
    heading = _case_heading(view, paragraph)
    draft.violation = case_name(view, heading, (draft.subject,)) if heading else None
    draft.violation = draft.violation or violation_near(view, draft.span, (draft.subject,)) or violation_near(view, first, (draft.subject,)) or violation_near(view, paragraph, (draft.subject,))
    draft.basis = legal_basis(view, span) or legal_basis(view, paragraph)
    return draft


def _announced_on(view: View, paragraph: Span) -> str | None:
    """The day of the signature, where the paragraph itself decides: 现依据…决定对你单位给予…."""
    decides = re.search(r"现(?:依据|根据|依法|决定)|(?:本|我)(?:局|机关|厅|委|会)(?:依法|现)?决定(?:对|给予)", view.text[slice(*paragraph)])
    return signed_date(view) if decides and signed_by(view) else None


def _case_heading(view: View, paragraph: Span) -> Span | None:
    """The line above a paragraph, if it is the name of a case: 二、某店经营过期食品案."""
    line = next(((a, b) for a, b in reversed(view.structure.lines) if b <= paragraph[0]), None)
    return line if line and line[1] - line[0] <= 60 and re.search(r"案\s*(?:[(][^()]*[)])?$", view.text[slice(*line)]) else None


def _number(view: View, span: Span, draft: Draft) -> str | None:
    """The number in the sentence that is nearest before the end of the sanction."""
    inside = [n for n in view.numbers if span[0] <= n.start < span[1] and n.kind == "decision"]
    own = [n for n in inside if view.text.rfind(";", *span) < 0 or ";" not in view.text[min(n.start, draft.span[0]) : max(n.start, draft.span[0])]]
    inside = own or inside
    before = [n for n in inside if n.start < draft.span[1]]
    chosen = before[-1] if before else inside[0] if inside else None
    return view.number_text(chosen) if chosen else None


def _only_number(view: View, paragraph: Span) -> str | None:
    inside = [n for n in view.numbers if paragraph[0] <= n.start < paragraph[1] and n.kind == "decision"]
    return view.number_text(inside[0]) if len({n.text for n in inside}) == 1 else None


def _number_above(view: View, span: Span) -> str | None:
    """The only decision number of the document, if it stands shortly above: 作出《行政处罚决定书》(某号): 1、罚款…."""
    found = [n for n in view.numbers if n.kind == "decision"]
    near = len({n.text for n in found}) == 1 and 0 <= span[0] - found[-1].end < 240
    return view.number_text(found[0]) if near else None


def _paragraph(view: View, span: Span) -> Span:
    start = view.text.rfind("\n", 0, span[0]) + 1
    end = view.text.find("\n", span[1])
    return start, end if end >= 0 else len(view.text)


def _within(span: Span, taken: list[Span]) -> bool:
    """Whether most of a span was read already as a row."""
    return any(a <= (span[0] + span[1]) // 2 < b for a, b in taken)
