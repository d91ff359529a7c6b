"""Judgments: the court's own document with its parties, earlier judgments it tells of, and news of convictions."""

import re
from collections.abc import Iterator

from nlp.amounts import amounts
from nlp.casefile import signed_date
from nlp.extraction import Fact, Span, Status
from nlp.numbers import Number
from nlp.reading import Mention, Reading
from nlp.sanctions import Event
from nlp.status import status_in
from nlp.sufferers import Group, borne
from nlp.view import View, keys

_PAPER = re.compile(r"(?:判\s*决\s*书|裁\s*定\s*书|调\s*解\s*书)")
_PARTY = re.compile(
    r"(?P<role>(?:原审)?(?:被告单位|被告人|被告)|原告|上诉人|再审申请人|被上诉人|被申请人|(?:一审|原审)?(?:原告|被告|第三人))(?:[(][^()\n]{1,24}[)])?[:]?\s*"
)
_CONVICTED = re.compile(
    r"(?:判处|被判处?|判决[^。;]{0,12}?(?:犯|处|有罪)|获刑|以[^。;,]{2,30}罪(?:,)?(?:判处|追究|对)|(?<!涉嫌)犯[^,。;]{2,24}罪|判决(?:被告|驳回|责令|[^,。;]{0,20}(?:赔偿|支付|偿还|承担|维持|撤销))|判令[^,。;]{0,30}(?:赔偿|支付|停止|承担|返还)|(?:驳回|不予支持)[^,。;]{0,24}?(?:诉讼请求|起诉|上诉|再审申请))"
)
_CRIME = re.compile(r"(?:犯|因|以|构成|涉嫌)(?:犯)?(?P<what>[^,。;、()]{2,24}?罪)")
_CAUSE = re.compile(r"(?:因|与[^,。;]{2,60}?)(?P<what>[\u4e00-\u9fff]{3,24}(?:纠纷|争议))(?:一案)?")
_SENTENCE = re.compile(r"(?:[(][^()]*[)])?(?:被?判处?|各|分别|均|获刑)?(?:有期徒刑|无期徒刑|死刑|拘役|管制|罚金)")
_OUTCOME = re.compile(r"(?:(?:被|一审|二审|终审)?(?:判处|判决如下[::]?|判决[::]?|裁定如下[::]?|获刑)(?P<what>[^。\n]{4,120}))")
_PENALTY_SUM = re.compile(r"罚金(?:人民币|共计|合计|\s|:|各)*$")
_ORDER = re.compile(r"执|执行|保全")
_TYPES = (("刑", "刑事"), ("行", "行政"), ("民", "民事"), ("商", "民事"), ("知", "民事"))


def find(reading: Reading) -> list[Fact]:
    """Every judgment that the text tells of, one for each party and case."""
    view = View(reading)
    once: dict[tuple[str, str], Fact] = {}
    for fact in [*_own(view), *_earlier(view), *_told(view)]:
        key = (fact.subject, str(fact.attrs.get("case_no") or fact.object))
        known = once.get(key)
        if known is None and not (fact.rule == "judgment.told" and _says_the_same(once, fact)) or known and len(fact.attrs) > len(known.attrs):
            once[key] = fact
    return list(once.values())


def _says_the_same(once: dict[tuple[str, str], Fact], fact: Fact) -> bool:
    """Whether a sentence without a number only repeats the judgment that is known for this party and court."""
    return "case_no" not in fact.attrs and any(f.rule == "judgment.paper" and fact.object in (f.object, None) for f in once.values()) or "case_no" not in fact.attrs and any(f.subject == fact.subject and f.object in (fact.object, None) or fact.object is None and f.subject == fact.subject for f in once.values())


# --- the court's document ------------------------------------------------------------------------------


def _own(view: View) -> Iterator[Fact]:
    number = next((n for n in view.numbers if n.kind == "case" and n.start < 500), None)
    number = number if number and _is_paper(view, number) else _closing_number(view)
    if not number:
        return
    case_type = _type_of(number)
    court = _deciding_court(view, number)
    date = signed_date(view) or _labelled(view)
    attrs = {"case_no": number.text, "date": date, "case_type": case_type, "cause": _own_cause(view, case_type)}
    for key, place in _suit_parties(view, case_type):
        kept = {k: v for k, v in (attrs | {"outcome": _own_outcome(view, key)}).items() if v}
        yield Fact("Judgment", key, court, kept | _fine(view, key, view.text), (0, place), rule="judgment.paper")


def _closing_number(view: View) -> Number | None:
    """The number of a judgment whose head is cut off: alone on the last line, under 裁定如下."""
    last = next((n for n in reversed(view.numbers) if n.kind == "case"), None)
    alone = last and not view.text[last.end :].strip(" \n") and view.text[: last.start].rstrip(" ").endswith("\n")
    return last if alone and re.search(r"(?:判决|裁定)如下", view.text) else None


def _deciding_court(view: View, number: Number) -> str | None:
    """The court of the paper: above its number, or the one that was asked, where the number closes the text."""
    courts = view.organs(0, 500, "Court")
    if number.start > 500 or not _is_paper(view, number):
        courts = tuple(c for c in view.organs(0, len(view.text), "Court") if view.text[max(0, c.start - 1) : c.start] == "向")
    return courts[0].entity if courts else None


def _earlier(view: View) -> Iterator[Fact]:
    """The judgment that is appealed against: 不服某法院(2023)…行初9号行政判决, removed where this one quashes it."""
    match = re.search(r"不服", view.text)
    court = next((c for c in view.organs(match.end(), match.end() + 60, "Court") if "。" not in view.text[match.end() : c.start]), None) if match else None
    number = view.number_in(court.end, court.end + 14, "case") if court else None
    if not court or not number or not re.search(r"上诉|再审", view.text):
        return
    quashed = any(number.text == n.text and re.search(r"撤销[^。;\n]{0,40}$", view.text[max(0, n.start - 44) : n.start]) and n.start > number.end for n in view.numbers)
    said = re.search(r"(?:原审|一审)(?:法院)?(?:判决|裁定)[:]?(?P<what>(?:驳回|撤销|维持|确认)[^。;]{2,40})", view.text)
    attrs = {"case_no": number.text, "case_type": _type_of(number)} | ({"outcome": view.raw(said.span("what"))} if said else {})
    for key, _ in _suit_parties(view, _type_of(number)):
        yield Fact("Judgment", key, court.entity, attrs, (court.start, number.end), status="removed" if quashed else "asserted", rule="judgment.earlier")


def _is_paper(view: View, number: Number) -> bool:
    """Whether the text is the paper itself: the kind of paper stands in its head, the number alone or under its label."""
    head = view.text[:500]
    alone = re.match(r"\s*(?:\n|$|原|经办|公诉)", view.text[number.end :]) is not None
    titled = re.search(r"(?:判\s*决\s*书|裁\s*定\s*书)\s*(?:\n|$)", head) is not None
    labelled = re.search(r"案号\s*[:]\s*$", view.text[max(0, number.start - 8) : number.start]) is not None
    return bool(_PAPER.search(head)) and bool(view.organs(0, 500, "Court")) and (alone or labelled or titled) and "执" not in number.text


def _type_of(number: Number) -> str:
    letters = re.sub(r"^[(〔（].*?[)〕）]", "", number.text)
    return next((name for sign, name in _TYPES if sign in letters), "民事")


def _suit_parties(view: View, case_type: str) -> Iterator[tuple[str, int]]:
    """Those the judgment is about: the plaintiff against an authority, the accused, the defendant of a civil suit."""
    wanted = {"行政": r"原告|上诉人|再审申请人|申请人|一审原告|原审原告", "刑事": r"被告人|被告单位|原审被告", "民事": r"被告|被上诉人|被申请人|一审被告"}[case_type]
    seen: set[str] = set()
    title = re.search(r"(?P<who>[^\n]{2,80}?)等?[^\n、]{2,60}(?:一审|二审|再审)[^\n]{0,6}(?:判决书|裁定书)", view.text[:300])
    if title and case_type == "刑事":
        for mention in (view.groups(*title.span("who")) or ((),))[0]:
            seen.add(mention.entity)
            yield mention.entity, mention.end
    for match in _PARTY.finditer(view.text):
        if not re.match(wanted, match["role"]) and not (case_type == "行政" and "原告" in match[0]):
            continue
        group = next((g for g in view.groups(match.end(), match.end() + 80) if g[0].start == match.end()), ())
        for mention in group:
            if mention.entity not in seen and not mention.coref and _is_party(view, mention, group):
                seen.add(mention.entity)
                yield mention.entity, mention.end


def _is_party(view: View, mention: Mention, group: Group) -> bool:
    """Whether a name in the row is a party and not the representative behind it."""
    return not re.search(r"法定代表|代表人|负责人|代理|经营者|辩护", view.text[group[0].start : mention.start])


def _cause(view: View, span: Span, case_type: str) -> str | None:
    text = view.text[slice(*span)]
    match = (_CRIME if case_type == "刑事" else _CAUSE).search(text)
    if match:
        return re.sub(r"^(?:与|因|犯|以|其|涉嫌|的)+", "", match["what"])
    return None


def _own_cause(view: View, case_type: str) -> str | None:
    """The cause under its label, else as the text names it."""
    title = re.search(r"(?:等|犯)?(?P<what>[\u4e00-\u9fff、]{3,40}罪)(?:一审|二审|再审)", view.text[:300])
    if title and case_type == "刑事":
        return re.split(r"等|、(?=[^、]{2,4}、)", title["what"])[-1] if "等" in title["what"] else title["what"]
    label = re.search(r"案由\s*:\s*(?P<what>[\u4e00-\u9fff]{2,20})(?=\s|$)(?! [\u4e00-\u9fff]{2,20} )", view.text)
    return label["what"] if label else _cause(view, (0, len(view.text)), case_type)


def _labelled(view: View) -> str | None:
    """The day under 结案日期, 裁判日期 or 判决日期."""
    return next((d.iso for d in view.dates if d.full and re.search(r"(?:结案|裁判|判决|裁定)(?:日期|时间)\s*:\s*$", view.text[max(0, d.start - 10) : d.start])), None)


def _own_outcome(view: View, key: str) -> str | None:
    """What the operative part says of one party: the item that names it, else its first item."""
    match = re.search(r"(?:判\s*决|裁\s*定)\s*如\s*下\s*[:]?\s*", view.text)
    if not match:
        return None
    items = [(match.end() + m.start(), match.end() + m.end()) for m in re.finditer(r"[^;。\n]{4,200}", view.text[match.end() : match.end() + 600])]
    own = next(((a, b, m) for a, b in items for m in view.subjects(a, b) if m.entity == key and m.start - a < 14), None)
    if own is None:
        return view.raw(items[0]) if items else None
    said = re.search(r"判处|支付|赔偿|偿还|承担|停止|返还", view.text[own[2].end : own[1]])
    return view.raw((own[2].end + said.start() if said else own[0], own[1]))


def _fine(view: View, key: str, text: str) -> dict[str, int | float]:
    """The criminal fine that the sentence gives this one."""
    for amount in amounts(view.reading.text):
        if _PENALTY_SUM.search(text[max(0, amount.start - 14) : amount.start]):
            named = [m for m in view.reading.mentions if m.end <= amount.start and view.type_of(m) in ("Enterprise", "Person")]
            if named and named[-1].entity == key:
                return {"amount": amount.plain}
    return {}


# --- told in sentences -----------------------------------------------------------------------------------


def _told(view: View) -> Iterator[Fact]:
    carried: Group = ()
    for span in view.structure.sentences:
        text = view.text[slice(*span)]
        events = [Event("判决", span[0] + m.start(), span[0] + m.end()) for m in _CONVICTED.finditer(text)]
        near = bool(carried) and span[0] - carried[-1].end < 300
        if events and _is_case(view, span):
            seen: set[str] = set()
            for one in borne(view, span, carried if near else (), events):
                status = _status(view, span, one.event)
                group = _sentenced(view, one.event, span) or one.group
                for key in keys(group):
                    if status and key not in seen:
                        seen.add(key)
                        yield _told_fact(view, span, key, group, status)
            for group in _each_sentenced(view, span):
                for key in keys(group):
                    if key not in seen:
                        seen.add(key)
                        yield _told_fact(view, span, key, group, "asserted")
        carried = _topic(view, span) or carried
        if "\n\n" in view.text[span[1] : span[1] + 3]:
            carried = ()


def _sentenced(view: View, event: Event, span: Span) -> Group:
    """Whom 判处 names behind it: 判处甲公司原总经理乙某有期徒刑."""
    if not view.text[event.start : event.end].endswith("判处"):
        return ()
    group = next((g for g in view.groups(event.end, span[1]) if g[0].start - event.end < 30), ())
    return group if group and re.match(r"(?:[(][^()]*[)])?(?:各|分别)?(?:有期|无期|死刑|罚金|拘役|管制)", view.text[group[-1].end :]) else ()


def _each_sentenced(view: View, span: Span) -> list[Group]:
    """Those whose sentence stands right behind their name in a row: 判处甲有期徒刑十年;乙有期徒刑七年."""
    return [g for g in view.groups(*span) if _SENTENCE.match(view.text, g[-1].end) and re.search(r"判处|判决", view.text[span[0] : g[0].start])]


def _topic(view: View, span: Span) -> Group:
    """Who a sentence is about: the accused or the first one named in it."""
    groups = view.groups(*span)
    return groups[0] if groups else ()


def _is_case(view: View, span: Span) -> bool:
    """Whether a sentence tells of a judgment: a court or a crime stands in it or right before."""
    text = view.text[slice(*span)]
    around = view.text[max(0, span[0] - 200) : span[1] + 120]
    return bool(re.search(r"判处|获刑|判决|判令|犯[^,。;]{2,24}罪|被判|驳回", text)) and bool(re.search(r"法院|罪|有期徒刑|罚金|缓刑", around)) and not re.search(r"依照|根据.{0,30}《[^》]*刑法|处[^,。;]{1,10}以[上下]有期徒刑|的,处", text)


def _status(view: View, span: Span, event: Event) -> Status | None:
    floor = max(span[0], view.text.rfind(";", span[0], event.start) + 1)
    status = status_in(view.text, (floor, event.end))
    return "asserted" if status in ("asserted", "removed") else None


def _told_fact(view: View, span: Span, key: str, group: Group, status: Status) -> Fact:
    start = max(0, span[0] - 160)
    number = _near_number(view, span)
    text = view.text[slice(*span)]
    courts = view.organs(*span, "Court") or (number and view.organs(span[1], number.start, "Court")) or view.organs(start, min(len(view.text), span[1] + 160), "Court")
    case_type = _type_of(number) if number else "刑事" if re.search(r"罪|有期徒刑|罚金", text) else "民事"
    outcome = _OUTCOME.search(text)
    own = _own_sentence(view, span, group)
    crimes = _cause(view, span, case_type) or _cause(view, (start, span[1]), case_type)
    day = next((d.iso for d in view.dates if span[0] <= d.start < span[1] and len(d.iso) >= 7 and not re.match(r"[^,。;]{0,20}(?:被[^判]{0,8}(?:逮捕|拘|取保)|出生|注册|成立)", view.text[d.end : d.end + 30])), None)
    attrs = {
        "case_no": number.text if number else None, "date": day, "case_type": case_type, "cause": crimes,
        "outcome": view.raw(own) if own else view.raw((span[0] + outcome.start(), span[0] + outcome.end())) if outcome else None,
    }  # fmt: skip
    kept = {k: v for k, v in attrs.items() if v} | _fine_in(view, span, key)
    place = (min(span[0], group[0].start), max(span[1], group[-1].end))
    return Fact("Judgment", key, courts[0].entity if courts else None, kept, place, status=status, rule="judgment.told")


def _own_sentence(view: View, span: Span, group: Group) -> Span | None:
    """What this one got, where it stands right behind the name, or behind 判处 up to the next ；."""
    at = group[-1].end
    if not span[0] <= at < span[1]:
        return None
    stop = next((at + m.start() for m in re.finditer(r"[;。]", view.text[at : span[1]])), span[1])
    if _SENTENCE.match(view.text, at):
        return at, stop
    told = re.search(r"(?:被判处?|获刑|驳回|判令)", view.text[at:stop])
    return (at + told.start(), stop) if told else None


def _near_number(view: View, span: Span) -> Number | None:
    """The case number in the sentence, or in the next one where that speaks of the same judgment."""
    inside = [n for n in view.numbers if n.kind == "case" and span[0] <= n.start < span[1]]
    if inside:
        return inside[0]
    after = [n for n in view.numbers if n.kind == "case" and span[1] <= n.start < span[1] + 160 and (n.start - span[1] < 4 or re.search(r"作出", view.text[max(0, n.start - 16) : n.start]))]
    return after[0] if after else None


def _fine_in(view: View, span: Span, key: str) -> dict[str, int | float]:
    """The criminal fine of the sentence that is nearest behind this one's name."""
    named = [m for m in view.reading.mentions if m.entity == key and span[0] <= m.start < span[1]]
    floor = named[-1].end if named else span[0]
    for amount in amounts(view.reading.text):
        if floor <= amount.start < span[1] and _PENALTY_SUM.search(view.text[max(0, amount.start - 14) : amount.start]):
            return {"amount": amount.plain}
    return {}
