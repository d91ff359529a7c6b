"""What somebody is punished for, short and nearly verbatim, and the articles that the punishment rests on."""

import re
from collections.abc import Iterator

from nlp.extraction import Span
from nlp.view import View

_NAMED = r"(?:违法违规|违法|违规|失信)"
_END = rf"(?:的)?(?:{_NAMED})?(?:的)?(?:行为|一案|案|事项|问题)"
_CAUSE = re.compile(
    r"(?:因为|由于|因|以)(?:其|该公司|该行|涉嫌|存在|在)?(?P<what>[^。;\n]{3,100}?)(?:等)?(?:的?(?:违法违规|违法|违规)?(?:行为|问题|事由))?"
    r"(?:,(?=(?:于|在)?[^,。;]{0,24}?(?:被|受到|收到|遭|领|吃|获|分别被|合计被|均被|拟被))|,?(?=(?:对|给予|依据|根据|依法)[^。]{0,40}(?:罚|处))"
    r"|(?=(?:于[^,。;]{0,14})?(?:分别|合计|均|拟)?(?:被|受到|收到|遭|领|吃)[^,。;]{0,34}?(?:罚|处以|处罚|警告|责令|没收|吊销|撤销|警示|谴责|批评|约谈|立案)))"
)
_FRAUD = re.compile(r"(?P<what>虚增(?:营业)?(?:收入|利润|资产|成本|业绩)|未按(?:规定|期|时)[^,。;\d]{0,4}(?:披露|报送|公告|申报)[^,。;:()]{2,16}|(?:虚开|骗取|少缴|偷逃|隐匿|虚列|虚报|编制虚假)[^,。;:()\d]{2,18}|内幕交易|操纵证券市场)(?=[\d,。;()的等]|$)")
_COURSE = re.compile(rf"(?:对|就)(?P<what>[^。;]{{4,120}}?){_END}(?:依法)?(?:一案)?(?:进行|立案|开展|展开|予以|的?(?:调查|审理|稽查))")
_COURSE_CASE = re.compile(r"(?P<what>[^。;\n]{4,60}?)一案,(?=[^。]{0,60}(?:调查|审理|审查|终结))")
_TITLE = re.compile(rf"关于(?:对)?(?P<what>[^。;\n《》]{{6,90}}?){_END}?(?:的|案)?(?:行政处罚|处罚|处理)(?:的)?决定")
_OF_PARTY = re.compile(rf"(?:当事人|你单位|你公司|你店|你厂|该公司|该单位|该店|该企业|其)(?P<what>[^,。;:]{{3,70}}?)的(?:上述)?(?:{_NAMED})?行为(?=,|违反|影响|构成|不符合|属|已|涉嫌|应)")
_IS = re.compile(rf"(?:构成|属于|系|属|涉嫌)(?:了)?(?:[^,。;]{{0,40}}?(?:规定|所指|所述)的)?(?P<what>[^,。;:]{{4,60}}?){_END}(?=[,。;(]|$)")
_FOR_ACT = re.compile(rf"(?:针对|对于?|就)(?P<what>[^,。;]{{4,70}}?)的?(?:{_NAMED})?(?:的)?行为(?=,|给予|处以|直接负责|予以)")
_LABELLED = re.compile(
    r"(?:主要违法违规事实(?:[(]案由[)])?|主要违法(?:违规)?事实|违法违规事实|违法行为类型|案由|处罚事由|事由|违法违规行为|违法行为|违规行为|违规事实|处罚原因)"
    r"(?:为|是|包括)?[ |\t]*[:为|\t ][ |\t]*(?P<what>[^。;\n|:]{4,90})"
)
_CASE_NAME = re.compile(r"(?P<what>[^,。;:\n|《>]{4,50}?)(?:违法)?(?<!立)案(?=[\s|,。;》)]|$)")
_FLAW = re.compile(
    r"未(?!提出|来|要求|申请|成|必|婚|满|公开)[\u4e00-\u9fff]|没有|存在[^,。;:]{2,24}(?:缺陷|不足|漏洞|错误|差错|记载|遗漏|陈述|情况)|不(?:健全|规范|完善|准确|完整|及时|到位|审慎|符合|真实|充分|一致|谨慎)|擅自|违规(?!行为|事实|问题|情形)|超(?:过|出|比例)|虚假|误导|占用|挪用|隐瞒|滞后|失实|缺失"
)
_GLUED_CASE = re.compile(r"(?P<what>[^,。;:\n|《>]{6,60}?)(?:违法)?案(?!件|由|号|发|值|情)")
_FOUND = re.compile(rf"(?:存在|有)(?:以下|下列|如下|着|涉嫌)?(?P<what>[^,。;:]{{4,70}}?)(?:等)?{_END}")
_PROBLEM = re.compile(r"(?:存在|有)(?:以下|如下|下列)[^,。;:]{0,12}[:]?\s*(?:[一1]、|[(]一[)]|1\.|一是|第一,)?\s*(?P<what>(?![^,。;]{0,16}\d{4}年)[^,。;\n]{6,60})")
_BREACH = re.compile(
    r"(?P<what>[^,。;:\n“”]{0,30}?(?:未(?!提出|来|要求|申请|成|必|申辩|陈述|婚|满|公开|提交陈述|行使)[\u4e00-\u9fff]|没有|不符合标准|擅自|违规(?!行为|事实|问题|情形)|非法(?!所得)|违法(?!经营额|行为|事实|问题|情形|违规|所得)|超过|超范围|虚假|提供虚假|经营超|销售(?:假冒|不合格|超|过期)|伪造|无证|不实|不合格|造假|围标|串通|挪用|侵占|瞒报|隐瞒)[^,。;:\n]{2,50})(?=[,。;]|$)"
)
_GOES = re.compile(r"^(?:[^,。;]{0,50}?(?:中存在|实施了|存在)(?=.{4})|发现|执法人员|其|该公司|该行|该店|该企业|公司|当事人|你公司|你单位|在[^,]{2,20}(?:期间|过程中),?|涉嫌|存在|以下|上述|了|为|:|,)+")
_TRAIL = re.compile(r"(?:,|，|的|等|一案|案|的?(?:行为|问题|情形|事项|事实|相关))$")
_NAME_GAP = re.compile(r"\s*\d{0,3}(?:[(][^()]*[)])?\s*(?:[、,和及与]|以及|时任)?[\u4e00-\u9fff]{0,10}\s*")
_ALIAS = re.compile(r"[（(](?:以下|下称|简称|下同)[^（）()]{0,40}[）)]")
_ACCOUNTS = re.compile(r"使用[^,，。;]{0,60}账户(?=.{4})")
_FORMULA = re.compile(
    r"[)）]|[\d.,]+(?:余|多)?[万亿]?元|属于《|大队|.{0,6}立$|.{0,3}对(?:上述|前述|此|该|其中)|.{0,12}负有?责|(?:实施|违反|发现|了|生态|环境|你|单位|公司|当事人|上述|以下|下列|该|其|本|有关|相关|行政|违法|违规|的|事实|行为|主体|情节|轻微|处罚|一|案|性质|法律|法规|证券|安全生产|规定|市场)+$|行政处罚|事实清楚|当事人的|违法事实|本案|依法|经查|根据|依据|上述|\d{4}年|以下|本局|我局|之日"
)
_LAW = r"(?:(?:19|20)\d\d年|原)?(?:修[订正]的)?《[^》]{2,50}》(?:[(][^()]{1,30}[)])?"
_ARTICLE = r"第\s*[一二三四五六七八九十百零〇\d]+\s*条(?:之[一二三四五])?(?:第\s*[一二三四五六七八九十\d]+\s*款)?(?:第?\s*[(]?[一二三四五六七八九十\d]+[)]?\s*[项目])?"
_PART = r"第\s*[一二三四五六七八九十百\d]+\s*[款条](?:第?\s*[(]?[一二三四五六七八九十\d]+[)]?\s*项)?|第?\s*[(]?[一二三四五六七八九十]+[)]?\s*项"
_BASIS = re.compile(rf"(?P<law>{_LAW})\s*(?P<first>{_ARTICLE})?(?P<more>(?:\s*(?:[、,和及]|以及|与|并)\s*(?:{_ARTICLE}|{_PART}))*)")
_APPLIED = re.compile(r"(?:依据|根据|依照|按照|适用)(?=[^。]{0,260}?(?:决定|作出|做出|给予|处以|予以|责令|处罚|罚款|没收))")
_BREACHED = re.compile(r"(?:违反了?|不符合|构成了?|属于)[^。]{0,10}$")


def violation_near(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """The shortest good statement in a stretch of text of what was done wrong."""
    return _first_of(view, span, (_LABELLED, _CAUSE, _FRAUD, _COURSE, _FOR_ACT, _OF_PARTY, _IS, _CASE_NAME, _FOUND, _BREACH), avoid)


def course(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """What a decision says it investigated: 对甲公司信息披露违法违规行为进行了立案调查."""
    return _first_of(view, span, (_COURSE, _COURSE_CASE), avoid)


def decided_violation(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """What a decision of any bureau is about: the investigated act, the act of the party, what it constitutes, what was found."""
    found = _first_of(view, span, (_COURSE, _OF_PARTY, _IS, _FOR_ACT, _COURSE_CASE, _LABELLED, _BREACH, _FOUND), avoid)
    if found is None and (general := re.search(r"违反[^,。;]{2,16}(?:法律法规|管理规定|规定)(?=[^,。;]{0,8}行为)", view.text[slice(*span)])):
        return general[0]
    return found


def titled_violation(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """What the title of a decision is about: 关于甲公司申报不实的行政处罚决定书."""
    return _first_of(view, span, (_TITLE,), avoid)


def own_violation(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """What one item of a decision is for: 对甲某泄露内幕信息的行为，处以…."""
    return _first_of(view, span, (_FOR_ACT,), avoid)


def measure_reason(view: View, span: Span) -> str | None:
    """What a measure answers: the first problem that its text names."""
    listed = _first_of(view, span, (_PROBLEM,), ())
    if listed:
        return listed
    for clause in view.structure.clauses(span):
        if _FLAW.search(view.text[slice(*clause)]) and (words := _tidy(view, clause, ())) and _says_something(words):
            return words
    return _first_of(view, span, (_FOUND, _IS), ())


def case_name(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """The act in the name of a case, cells glued to it or not: 甲店经营过期食品案."""
    return _first_of(view, span, (_GLUED_CASE,), avoid)


def cell_violation(view: View, span: Span, avoid: tuple[str, ...] = ()) -> str | None:
    """What a cell or a row names: the case's name, a short cell as it stands, else the first act in it."""
    words = _tidy(view, span, avoid)
    if words and len(words) <= 60 and not re.search(r"[。;；|\t\n]", view.text[slice(*span)]) and _says_something(words):
        return words
    return _first_of(view, span, (_CASE_NAME, _LABELLED, _CAUSE, _OF_PARTY, _IS, _BREACH, _FOUND), avoid)


def _first_of(view: View, span: Span, patterns: tuple[re.Pattern[str], ...], avoid: tuple[str, ...]) -> str | None:
    text = view.text[slice(*span)]
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span("what")
            words = _tidy(view, (span[0] + start, span[0] + end), avoid)
            if words and _says_something(words):
                return words
    return None


def _says_something(words: str) -> bool:
    """Whether the words name an act and not only a formula."""
    return 4 <= len(words) <= 90 and not _FORMULA.match(words)


def _tidy(view: View, span: Span, avoid: tuple[str, ...]) -> str:
    """The words without the names in front (甲某、乙某…), without 简称 in brackets, and without 的行为 behind."""
    start, end = _after_names(view, span, avoid)
    words = view.text[start:end]
    suspected = re.match(r"[^,。;]{0,30}涉嫌(?=.{4})", words)
    head = suspected or _GOES.match(words)
    start += head.end() if head else 0
    start += len(mark[0]) if (mark := re.match(r"〔[^〕]{1,8}〕|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、]", view.text[start:end])) else 0
    words = _ACCOUNTS.sub("", _ALIAS.sub("", _without_issuer(view, (start, end))))
    previous = None
    while previous != words:
        previous, words = words, _TRAIL.sub("", words)
    return words.strip(" ,，、:：“”\"")


def _without_issuer(view: View, span: Span) -> str:
    """The words without the company whose shares are traded: 内幕交易甲公司(以下简称…)股票."""
    for mention in view.subjects(*span):
        behind = re.compile(r"\s*(?:[(][^()]*[)])?(?=股票|股份|债券|证券)").match(view.text, mention.end)
        if behind and mention.start > span[0] and behind.end() <= span[1]:
            return view.raw((span[0], mention.start)) + view.raw((behind.end(), span[1]))
    return view.raw(span)


def _after_names(view: View, span: Span, avoid: tuple[str, ...]) -> Span:
    """The span behind the names that it opens with."""
    start, end = span
    for mention in view.reading.mentions:
        gap = view.text[start : mention.start]
        if start <= mention.start and mention.end < end and len(gap) < 24 and _NAME_GAP.fullmatch(gap) and (mention.entity in avoid or not re.search(r"[\u4e00-\u9fff]{3}", gap)):
            start = mention.end
    tail = re.match(r"\s*(?:[(][^()]*[)])?(?:等)?(?:的)?", view.text[start:end]) if start > span[0] else None
    return (start + tail.end() if tail else start), end


def legal_basis(view: View, span: Span) -> list[str]:
    """The articles that a sanction in this stretch rests on: each law with its article, further articles as written."""
    found: list[str] = []
    text = view.text[slice(*span)]
    for applied in _APPLIED.finditer(text):
        end = _clause_end(text, applied.end())
        for match in _BASIS.finditer(text, applied.end(), end):
            if _BREACHED.search(text[applied.end() : match.start()][-12:]):
                continue
            if match["first"]:
                found.extend(_articles(match))
            elif re.search(r"(?:裁量|基准|标准)[^》]*》$", match["law"]):
                found.append(match["law"])
    return list(dict.fromkeys(found))


def _clause_end(text: str, start: int) -> int:
    """Where the list of laws ends: at the verb of the decision or at the full stop."""
    stop = re.compile(r"。|;|\n\n|(?:本|我)?(?:局|会|关|厅|机关|委|支行|分局)?(?:现)?(?:决定|作出如下|拟)|处以|给予|责令").search(text, start)
    return stop.start() if stop else len(text)


def _articles(match: re.Match[str]) -> Iterator[str]:
    law = re.sub(r"^修[订正]的", "", match["law"])
    yield law + re.sub(r"\s+", "", match["first"])
    for part in re.finditer(rf"{_ARTICLE}|{_PART}", match["more"] or ""):
        yield re.sub(r"\s+", "", part[0])


def cell_basis(view: View, span: Span) -> list[str]:
    """The articles in a cell that holds nothing but the legal basis."""
    text = view.text[slice(*span)]
    applied = legal_basis(view, span)
    plain = [a for m in _BASIS.finditer(text) if m["first"] and not _BREACHED.search(text[: m.start()][-12:]) for a in _articles(m)]
    return applied or list(dict.fromkeys(plain))
