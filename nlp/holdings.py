"""Ownership: who holds how much of which company, and which company is whose subsidiary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nlp.extraction import Fact
from nlp.holder_tables import tabled
from nlp.reading import Reading
from nlp.role_company import settled, speaker_of
from nlp.role_places import Places
from nlp.shorthand import FIRM, ORGAN, PERSON, Shorthand, layers, shorthand
from nlp.structure import read_structure

_NAME = rf"[{PERSON}{FIRM}{ORGAN}]"
_OTHER = rf"[^。；\n{PERSON}{FIRM}{ORGAN}]"
_NEAR = rf"[^，。；\n{PERSON}{FIRM}{ORGAN}]"
_AND = r"(?:、|和|及|与|以及)"
_PCT = r"(?<![\d.,])\d+(?:\.\d+)?%(?!以[上下]|以内)"
_PCTS = rf"(?P<pcts>{_PCT}(?:(?:、|和|及|与|，){_PCT})*)"
_SHARE = r"(?:股份|股权|股票|出资|份额|财产份额|权益|总股本|股本)"
_KIN = r"(?:配偶|妻子|丈夫|儿子|女儿|父亲|母亲|子女|父母|兄弟|姐妹|胞弟|胞妹|岳父|控制的|一致行动人)"
_WHO = rf"(?P<who>[{PERSON}{FIRM}{ORGAN}](?:{_AND}(?:(?:其|[{PERSON}{FIRM}])的?{_KIN})?[{PERSON}{FIRM}])*)(?P<etc>(?:的|及其他|和其他|及其)?一致行动人|等{_NEAR}{{0,10}}|{_AND}其{_NEAR}{{0,8}})?"
_ORG = rf"(?:{FIRM}(?:的)?{_NEAR}{{0,6}}股东)?(?P<org>{FIRM}(?:{_AND}{FIRM})*)"
_HOW = rf"(?P<how>(?:分别|各自|各|均|合计|共同|共计|共|总计|直接|间接|和|及|并|实际|目前|现|仍|仅|累计|个人|本人|曾|已|还|又|通过{_OTHER}{{0,12}}(?:{FIRM}(?:{_AND}{FIRM})*)?{_NEAR}{{0,6}}|截至{_NEAR}{{0,14}}|作为{_NEAR}{{0,8}}|，)*)"
_HOLD = r"(?:持有|拥有|占有|控制|认缴)(?:着|了)?"
_OF = rf"(?:，?(?:占比|剩余|其余|余下|另外|占|约占|合计占|分别占|持股比例|占股比例|持股|比例|为|达|达到|到|是|约|共|的|分别|各|（|总|其|该|公司|F|{FIRM}|{_SHARE}|注册资本|资本|发行|已|全部|总数|[\d,.]+(?:万|亿)?(?:股|元)(?:[AB]股)?|限售|流通|有限|人民币|普通|无|比例))*?"

_FORMS = (
    (
        "through",
        re.compile(
            rf"，(?:并|且|同时|另|还)+(?:通过|经由)(?P<who>{FIRM}(?:{_AND}{FIRM})*)(?P<how>间接){_HOLD}{_ORG}{_OF}{_PCTS}"
        ),
    ),
    ("held", re.compile(rf"{_WHO}{_HOW}{_HOLD}{_ORG}{_OF}{_PCTS}")),
    ("held", re.compile(rf"{_WHO}{_HOW}{_HOLD}{_OF}{_PCTS}(?:的)?{_SHARE}?的{_ORG}")),
    ("held", re.compile(rf"{_WHO}{_HOW}持股(?:比例)?(?:为|达|约)?{_PCTS}的{_ORG}")),
    (
        "held",
        re.compile(
            rf"(?:^|[：。；])(?:{_NEAR}{{0,14}}，)?{_NEAR}{{0,8}}(?P<who>[{PERSON}{FIRM}])[^。；]*?，(?:并|且|同时|另|还)*(?P<how>(?:直接|间接|合计|实际)*){_HOLD}{_ORG}{_OF}{_PCTS}"
        ),
    ),
    (
        "passive",
        re.compile(
            rf"{_ORG}(?:的)?{_PCTS}(?:的)?{_SHARE}(?:均|全部|实际)?(?:由|为|归|属于){_WHO}{_HOW}(?:持有|所有)"
        ),
    ),
    (
        "bare",
        re.compile(
            rf"{_WHO}{_HOW}(?:{_HOLD}(?!{_NEAR}{{0,20}}{FIRM}){_OF}|持股(?:，?(?:持股|出资|股权)?比例)?|占股(?:比例)?|出资(?:比例)?|(?:以{_NEAR}{{0,24}})?(?:认缴|实缴)?出资额?{_NEAR}{{0,20}}，?占{_NEAR}{{0,10}}|（(?:持股(?:比例)?|占股(?:比例)?|占比|持有)?)(?:分别|各|合计|共)?(?:为|达|约|：)?{_PCTS}"
        ),
    ),
    (
        "changed",
        re.compile(
            rf"{_WHO}(?:(?:及|和|与)其?他?一致行动人)?(?:(?:对|在|持有){_ORG}|持有公司|的)的?(?:合计)?(?:持股|股权|股份)?比例(?:已)?(?:(?:从|由)[\d.]+%{_NEAR}{{0,8}}(?:至|到|为)|(?:变更|增加|下降|上升)?(?:达到?|至|为)){_PCTS}"
        ),
    ),
    (
        "before",
        re.compile(
            rf"{_WHO}(?:的)?(?:持股|股权)比例(?:将|拟|预计|有望)(?:从|由){_PCTS}{_NEAR}{{0,8}}(?:增|升|降|减|变|提高|稀释)"
        ),
    ),
    (
        "rank",
        re.compile(
            rf"{_WHO}{_HOW}(?:成为|为|系|是|作为){_ORG}{_NEAR}{{0,14}}股东，(?:合计)?持股比例(?:分别)?(?:为|达){_PCTS}"
        ),
    ),
    (
        "count",
        re.compile(
            rf"{_WHO}{_HOW}{_HOLD}{_ORG}(?:股票|股份)?(?P<pcts>[\d,]+(?:\.\d+)?(?:万|亿)?股)(?![权份])"
        ),
    ),
    (
        "part",
        re.compile(
            rf"{_WHO}拟?将(?:其|各自|[{PERSON}{FIRM}])(?:所)?(?:合计|分别)?持有的(?:{FIRM}(?:的)?(?:控股)?股东)?{_ORG}{_PCTS}(?:的)?{_SHARE}中的"
        ),
    ),
)
_TOGETHER = re.compile(
    rf"(?:合计|共同|共计)(?:直接|间接)?{_HOLD}(?:{_ORG}|公司)?{_OF}(?P<pct>{_PCT})(?!的?表决权|有表决权)"
)
_WHO_END = rf"[{PERSON}{FIRM}](?:等{_NEAR}{{0,10}})?$"
_RELATION = r"(?P<relation>(?:重要|主要|核心|间接)?(?P<kind>全资|控股|参股|境外全资|一级全资|二级全资|二级)?(?:附属|下属)?(?:子|孙)公司)"
_SUBSIDIARY = (
    re.compile(rf"(?P<who>{FIRM})(?:的|之|旗下|下属|所属|及其|其)*{_RELATION}(?:——|：)?{_ORG}"),
    re.compile(
        rf"{_ORG}(?:分别|均|同)?(?:为|系|是)(?P<who>{FIRM})(?:的|之|旗下|下属|所属)*(?:一家)?{_RELATION}"
    ),
    re.compile(
        rf"{_ORG}(?:{_NEAR}{{0,30}}，)?(?:系|为)?由(?P<who>[{PERSON}{FIRM}])(?P<relation>全资(?:持股|控股|持有|所有|拥有))"
    ),
    re.compile(rf"(?P<who>[{PERSON}{FIRM}])(?P<relation>全资(?:持股|控股|持有|拥有))(?:的)?{_ORG}"),
    re.compile(
        rf"(?:^|[，：。；])(?:{_NEAR}{{0,14}}，)?(?P<who>{FIRM}){_NEAR}{{0,24}}(?:通过|利用|借助|以|与|向|由|经|指使|安排)其?(?P<relation>(?P<kind>全资|控股)?子公司)(?P<org>{FIRM}(?:、{FIRM})*)"
    ),
    re.compile(rf"{_ORG}[（，](?:为|系|是)?(?P<who>{FIRM})(?:的|之|旗下|下属)*{_RELATION}(?=[），。]|$)"),
)
_OWN = re.compile(
    rf"(?:^|[。；：、]){_NEAR}{{0,8}}{_ORG}(?:：|为|系|是|，为)(?P<relation>(?:境外)?(?P<kind>全资|控股)子公司)(?=[。；，]|$)"
)
_FURTHER = re.compile(rf"(?:{_AND}|，)(?:其)?{_RELATION}{_ORG}")
_MOVED_BEFORE = re.compile(
    r"(?:购买|收购|受让|取得|拍卖|竞得|竞拍|转让|出售|冻结|质押|划转|认购|增持|减持|变卖|查封|轮候|拟|欲|打算|计划|假设|如果|若|将(?=[^，。；转]{0,6}$))[^，。；至给]{0,14}$"
)
_MOVED_AFTER = re.compile(
    r"^[^，。；\n]{0,6}(?:转让|质押|冻结|过户|出售|拍卖|司法|被(?:司法|轮候|质押|查封|强制)|划转|变卖|解除|予以|进行|作价)"
)
_NAMED = re.compile(r"(?:核准|核名|设立|登记)[^。，]{0,10}(?:公司|企业|的)?名称[为是：:]{1,2}[“\"「]?\s*")
_CLOSED = re.compile(r"(?:已|于)[^，。；]{0,16}(?:注销|转让|出售|解散|吊销)")
_FORMER = re.compile(r"(?:原|前|曾为?)$")


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: str
    match: re.Match[str]


def find(reading: Reading) -> list[Fact]:
    """The holdings that a reading states, one for each holder and company."""
    reading = settled(reading)
    places = Places(reading)
    found: dict[tuple[str, str], Fact] = {}
    for fact in _all(reading, places):
        key = (fact.subject, str(fact.object))
        if fact.subject != fact.object:
            found[key] = _merged(found[key], fact) if key in found else fact
    return sorted(found.values(), key=lambda f: f.evidence)


def _all(reading: Reading, places: Places) -> Iterator[Fact]:
    recent: list[Fact] = []
    for span in read_structure(reading.text).sentences:
        if not re.search("[%％股]|子公司|全资", reading.text[slice(*span)]):
            continue
        for signs in layers(shorthand(reading, span)):
            if "%" in signs.text or "股" in signs.text:
                recent += (told := list(_percentages(signs, places)))
                yield from (*told, *_sums(signs, recent))
            if "子公司" in signs.text or "全资" in signs.text:
                yield from _subsidiaries(signs, speaker_of(reading))
    yield from tabled(reading, places)


def _sums(signs: Shorthand, recent: list[Fact]) -> Iterator[Fact]:
    """The sum that holders named before have together: …，二人合计持有公司19.59%."""
    for match in _TOGETHER.finditer(signs.text):
        orgs = (
            signs.entities(*match.span("org"))
            if match["org"]
            else tuple({str(f.object) for f in recent[-1:]})
        )
        for fact in recent if not re.search(_WHO_END, signs.text[: match.start()]) else ():
            if fact.object in orgs and "group_percent" not in fact.attrs:
                attrs = {**fact.attrs, "group_percent": float(match["pct"][:-1])}
                yield Fact(
                    "Ownership",
                    fact.subject,
                    fact.object,
                    attrs,
                    fact.evidence,
                    fact.status,
                    fact.coref,
                    rule="together",
                )


def _merged(first: Fact, second: Fact) -> Fact:
    """Two tellings of one holding as one: the first value told of each kind, save where it is told how it changed."""
    attrs = {**first.attrs, **second.attrs} if second.rule == "changed" else {**second.attrs, **first.attrs}
    return Fact(
        "Ownership",
        first.subject,
        first.object,
        attrs,
        first.evidence,
        first.status,
        first.coref,
        rule=first.rule,
    )


def _percentages(signs: Shorthand, places: Places) -> Iterator[Fact]:
    taken: list[tuple[int, int]] = []
    told: list[Fact] = []
    for kind, form in _FORMS:
        for match in form.finditer(signs.text):
            span = match.span("pcts")
            through = kind != "through" and signs.text[: match.start("who")].endswith(
                ("通过", "经由", "借助", "委托")
            )
            if (
                not through
                and not any(a < span[1] and span[0] < b for a, b in taken)
                and not _moved(signs.text, match, kind)
            ):
                facts = list(_facts(signs, kind, match, places, told))
                told += facts
                taken += [span] if facts else []
                yield from facts


def _moved(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether the shares change hands, are pledged or frozen, or only a change is told."""
    if kind == "part":
        return False
    before, after = (
        text[max(0, match.start() - 20) : match.start()],
        text[match.end("pcts") : match.end("pcts") + 16],
    )
    return bool(_MOVED_BEFORE.search(before) or _MOVED_AFTER.search(after)) or bool(
        re.match(r"(?:的)?(?:表决权|罚|利率|税|违约|利润|分红|投票权)", after)
    )


def _facts(
    signs: Shorthand, kind: str, match: re.Match[str], places: Places, told: list[Fact]
) -> Iterator[Fact]:
    """One fact for each holder and company; 分别 deals the percentages out, 合计 gives all the sum."""
    groups = match.groupdict()
    holders = signs.entities(*match.span("who"))
    orgs = signs.entities(*match.span("org")) if groups.get("org") else ()
    if not set(orgs) - set(holders):
        orgs = _context(signs, match, holders, places, told)
    values = [float(v[:-1]) for v in re.findall(_PCT, match["pcts"])]
    evidence, coref = signs.span(*match.span()), signs.coref(*match.span()) or not groups.get("org")
    for at, holder in enumerate(holders):
        for place, org in enumerate(orgs):
            attrs = _shares(match[0]) | _value(values, at, place, (len(holders), len(orgs)), match)
            yield Fact("Ownership", holder, org, attrs, evidence, "asserted", coref, rule=kind)


def _value(
    values: list[float], at: int, place: int, counts: tuple[int, int], match: re.Match[str]
) -> dict[str, Any]:
    """The percentage of one holder in one company."""
    holders, orgs = counts
    together = bool(re.search("合计|共同|共计|总计|一致行动", match[0])) or (
        match.groupdict().get("etc") or ""
    ).endswith("一致行动人")
    if not values:
        return {}
    if len(values) == holders > 1:
        return {"percent": values[at]}
    if len(values) == orgs > 1:
        return {"percent": values[place]}
    several = holders > 1 and not re.search("各|均|分别", match[0])
    return {"group_percent" if together or several else "percent": values[0]}


def _shares(text: str) -> dict[str, Any]:
    """The number of shares between 持有 and the percentage, if it is told."""
    found = re.search(r"(?<![\d.,])([\d,]+(?:\.\d+)?)(万|亿)?股(?!权|份|东)", text)
    if not found or len(re.findall(r"\d股", text)) > 1:
        return {}
    number = float(found[1].replace(",", "") or 0) * {"万": 1e4, "亿": 1e8, None: 1}[found[2]]
    return {"shares": round(number)} if number else {}


def _context(
    signs: Shorthand, match: re.Match[str], holders: tuple[str, ...], places: Places, told_of: list[Fact]
) -> tuple[str, ...]:
    """The company whose shares are meant where none is named beside them: of the sentence before the holders, of the document."""
    before = [
        s
        for s in signs.signs[: match.start()]
        if s.char == FIRM and not {m.entity for m in s.mentions} & set(holders)
    ]
    if founded := _founded(signs, match, places):
        return (founded,)
    named = [f for f in told_of if f.object not in holders and f.subject not in holders]
    if named and re.search("剩余|其余|余下|另外", match[0]):
        return (str(named[-1].object),)
    same = [f for f in told_of if f.coref and f.object not in holders]
    if same and before and same[-1].subject in {m.entity for m in before[-1].mentions}:
        return (str(same[-1].object),)
    told = re.search(r"持股|股东|股权|股份|出资|注册资本|股比|\d(?:万|亿)?股|持有公司", signs.text)
    if before:
        topic = re.match(rf"[^，。；：]{{0,14}}{FIRM}", signs.text)
        sign = (
            signs.signs[topic.end() - 1]
            if topic and topic.end() <= match.start() and signs.signs[topic.end() - 1] in before
            else before[-1]
        )
        return (sign.mentions[0].entity,) if told else ()
    after = re.match(rf"{_NEAR}{{0,12}}，?(?:为|是|系){FIRM}", signs.text[match.end() :])
    if after:
        return signs.entities(match.end(), match.end() + after.end())
    focus = places.focus
    if focus in holders:
        others = [
            k for k, e in places.reading.entities.items() if e.type == "Enterprise" and k not in holders
        ]
        focus = others[0] if len(others) == 1 else None
    return (focus,) if focus and told else ()


def _founded(signs: Shorthand, match: re.Match[str], places: Places) -> str | None:
    """The company that founders put their money into, where the text goes on to say its name."""
    if "出资" not in match[0] or "注册资本" not in signs.text:
        return None
    text = places.reading.text
    named = _NAMED.search(text, signs.signs[0].start)
    mention = places.reading.starts.get(named.end()) if named else None
    return mention.entity if mention else None


def _subsidiaries(signs: Shorthand, focus: str | None) -> Iterator[Fact]:
    for form in _SUBSIDIARY:
        for match in form.finditer(signs.text):
            if _FORMER.search(signs.text[: match.start("relation")]) or _CLOSED.match(
                signs.text, match.end()
            ):
                continue
            attrs = _kin(match["relation"])
            holder, span, coref = (
                signs.entities(*match.span("who"))[0],
                signs.span(*match.span()),
                signs.coref(*match.span()),
            )
            for org in signs.entities(*match.span("org")):
                yield Fact("Ownership", holder, org, attrs, span, "asserted", coref, rule="subsidiary")
            yield from _more(signs, match.end(), holder)
    for match in _OWN.finditer(signs.text) if focus else ():
        for org in signs.entities(*match.span("org")):
            yield Fact(
                "Ownership",
                str(focus),
                org,
                _kin(match["relation"]),
                signs.span(*match.span()),
                "asserted",
                True,
                rule="own",
            )


def _kin(relation: str) -> dict[str, Any]:
    """What 全资子公司 and its like say: the relation, and the whole for one that is wholly owned."""
    whole: dict[str, Any] = {"percent": 100.0} if "全资" in relation and "孙" not in relation else {}
    return {"relation": re.sub("重要|主要|核心|下属|附属", "", relation), **whole}


def _more(signs: Shorthand, at: int, holder: str) -> Iterator[Fact]:
    """Further subsidiaries of the same parent: 全资子公司甲、控股子公司乙."""
    while match := _FURTHER.match(signs.text, at):
        for org in signs.entities(*match.span("org")):
            yield Fact(
                "Ownership",
                holder,
                org,
                _kin(match["relation"]),
                signs.span(*match.span()),
                "asserted",
                True,
                rule="subsidiary",
            )
        at = match.end()
