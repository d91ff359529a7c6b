"""Why somebody was listed: the ground that a sentence gives by 因 or 情形, else the deed that the text tells before."""

import re
from collections.abc import Iterator

from nlp.extraction import Span
from nlp.shorthand import flat
from nlp.structure import read_structure

_STOP = r"(?=，|。|；|\n|\||\t|[”\"]|被(?:依法)?(?:列|纳|移|评|认|处|判|取)|而被|被[^，。；]{2,24}?(?:罚款|列入|处罚|吊销|查处)|$)"
_CAUSE = (
    re.compile(
        rf"(?:列入|移出|认定|失信)?(?:的)?(?:原因|事由|违法事实|失信行为|具体情形)(?:是|为|：|:)+\s*(?P<why>(?!《)[^。；\n|]{{4,80}}?){_STOP}"
    ),
    re.compile(rf"(?:因为?|由于|因其)(?P<why>[^。；，\n]{{3,80}}?){_STOP}"),
    re.compile(
        r"(?:属于|构成(?:了)?)[“\"]?(?P<why>(?!《)[^，。；”\"《》]{4,60}?)[”\"]?的?(?:情形|行为|违法行为)"
    ),
    re.compile(r"具体情形为(?P<why>[^，。；]{4,60})"),
)
_DEED = re.compile(
    r"(?P<why>(?:拖欠|克扣|虚开|对外虚开|骗取|偷税|逃税|提供虚假|提交虚假|弄虚作假|伪造|隐瞒|瞒报|谎报|拒不|恶意|擅自|违规|违法|非法|无证|未取得|未按|未依|未参加|未接受|未在|未经|未履行|无正当理由|中标后无正当理由|连续[一二两三四五\d]+年未|自\d{4}年起未"
    r"|通过登记的住所|通过登记的|销售|生产销售|经营超过|使用|以虚假|虚假|发生|累计行贿|行贿|给予(?=[^，。]{0,20}回扣)|在药品购销中|在药品购销活动中|造成(?=[^，。]{0,12}工资)|与其他供应商|围标|串通|提供的《[^》]{2,30}》(?=[^。]{0,30}伪造)|已?足额支付|(?<!迟延)已?履行|补报|完成信用修复|纠正)[^，。；\n|\t]{2,60}?(?=[，。；\n|\t]|被|$))"
)
_CUT = re.compile(r"(?:共计|合计|共(?=\d)|总计|金额|，|\s|\d[\d,.]*余?(?:万|亿)?余?元|人民币|一案|案件).*$")
_WHO = re.compile(r"^(?:该|其|本|你|此)?(?:公司|企业|单位|店|厂|机构|组织|协会)?(?:长期|存在|涉嫌)?")
_NO_DEED = re.compile(
    r"名单|违法失信|日期|机关|名录|罚款|处罚|《|公示|决定|通知|指令|依据|根据|办法|条例|规定》|行政"
)


def ground(text: str, span: Span, subject: str = "") -> str | None:
    """The ground of a listing whose evidence is the span; `subject` is how the listed one is named, which the ground leaves out."""
    plain = flat(text)
    return next((why for place in _near(text, span) for why in _told(plain, place, subject)), None)


def _told(text: str, place: Span, subject: str) -> Iterator[str]:
    """The grounds that one stretch gives: by 因 first, then deeds."""
    for pattern in _CAUSE:
        for match in pattern.finditer(text, *place):
            if why := _short(match["why"], subject):
                yield why
    for match in _DEED.finditer(text, *place):
        why = _CUT.sub("", match["why"])
        if len(why) >= 4 and not _NO_DEED.search(why):
            yield why


def _short(why: str, subject: str) -> str | None:
    """A ground without the name it begins with; None for a list's name or a law's."""
    why = why.strip('“”" ，')
    if subject and why.startswith(subject):
        why = why[len(subject) :]
    why = _WHO.sub("", why, count=1) if _WHO.match(why) and len(_WHO.sub("", why, count=1)) >= 3 else why
    why = re.sub(r"(?:的)?(?:行为|情形|问题|等原因|原因)$", "", why)
    listed = re.match(r"(?:被|已)?(?:列入|纳入)", why)
    if re.search("日期|机关|违法失信$|^情节", why):
        return None
    return why if len(why) >= 3 and (listed or not re.search("名单|名录", why)) else None


def _near(text: str, span: Span) -> Iterator[Span]:
    """The evidence, its sentence, then the sentences before it, nearest first."""
    sentences = read_structure(text).sentences
    yield span
    yield from (s for s in sentences if s[0] <= span[0] < s[1] and s != span)
    yield from [s for s in sentences if s[1] <= span[0]][-6:][::-1]
