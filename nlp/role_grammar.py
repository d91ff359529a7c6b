"""The grammar of posts over shorthand: runs of posts, what stands left of them, what stands right."""

import re
from functools import cache

from nlp.posts import TENSE
from nlp.shorthand import FIRM, ORGAN, PERSON, POST

AND = r"(?:、|和|及|与|以及|暨|/|；(?=[\ue001]))"
_ORGS = rf"[{FIRM}{ORGAN}](?:{AND}[{FIRM}{ORGAN}])*"
_NOTE = rf"（[^（）{PERSON}{FIRM}{ORGAN}{POST}\n]{{1,30}}）"
POSTS = re.compile(
    rf"{TENSE}?{POST}(?:{_NOTE})?(?:(?:、|/|和|及|与|以及|暨|兼任?|并兼?任|，?同时(?:担)?任|（){TENSE}?{POST}(?:）(?!任))?(?:{_NOTE})?)*"
)
_DATE = r"(?:(?:自|从|于|在|至)?\d[\d年月日/.\-—–~至到起今、以来前后期间]*，?)"
_ADVERB = r"(?:分别|依次|均|皆|都|同时|也|亦|还|则|即|本|一度|长期|随后|后|又|仍|现|并|曾|一直|此前|此后|目前|当时|共同|先后|已经?|既|不仅|正式|继续|其间|期间|实际上?|第[一二三四五六七八九十\d]+届(?:董事会|监事会)|，)"
_LINK = r"(?:为|系|是|时任|现任|担任|出任|兼任|曾任|历任|任|作为|当选为?|被(?:选举|聘任|任命|推选|认定)为|履行|代行|升任|接任|就任|属于|(?<=[\ue001])即)"
LEAVES = r"(?:不再担任|辞去|卸任|辞任|被免去|免去|离任)"
_BIO = (
    r"(?:，(?:男|女|[\u4e00-\u9fff]{1,4}族|[\ue001]|[^，。；：\n\ue001-\ue004]{0,30}(?:出生|生)(?:于[^，。；]{0,12})?"
    r"|[^，。；\n\ue001-\ue004]{0,20}(?:身份证|通行证|护照|证件)[^，。；\n\ue001-\ue004]{0,40}|[^，。；\n\ue001-\ue004]{0,10}国?籍(?:人)?"
    r"|[^，。；\n\ue001-\ue004]{0,8}(?:文化|学历|文化程度|学位|岁)|(?:住址?|住所|户籍|现住|地址)[^，。；\n\ue001-\ue004]{0,40}))"
)
PEOPLE = rf"[{PERSON}](?:{AND}[{PERSON}])*"
HOLDERS = rf"[{PERSON}{FIRM}](?:{AND}[{PERSON}{FIRM}])*"
ORG_LEFT = re.compile(
    rf"(?P<tense>{TENSE})?(?P<orgs>{_ORGS})(?:{_NOTE})?(?:的|及其?|和其?|与其?|、其?|以及其?|，其|以及|新任|聘任的|时任的?|之)?$"
)
DEED_LEFT = re.compile(rf"(?P<orgs>{FIRM})[^，。；{PERSON}{FIRM}{ORGAN}{POST}]{{1,60}}$")
THEN_LEFT = re.compile(
    rf"(?P<orgs>{FIRM})(?:披露|在|信息|相关|发布)[^，。；{PERSON}{FIRM}{ORGAN}{POST}]{{1,24}}$"
)
BARE_LEFT = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[对向由给将和与及其经为是系任被让请把以同称等]|作为|委托|指派|授权|会同|伙同|联合|陪同|通过|安排|指使|公司|企业|单位|集团|银行|分别|认定|包括|追究|通报|约谈|警告|处罚|罚款|责令|拘留|逮捕|抓获|选举|聘任|聘请|任命|时任|年|月|日|报|期间|拍卖|冻结|收到|接到|获悉|知悉|查明|其中|目前|转让|变更|由于|要求|涉及|质押|解除|关于)$"
)
IN_OFFICE = re.compile(
    rf"(?:^|[，；])(?:{_ADVERB}|{_DATE}|[^，；。{PERSON}{FIRM}{ORGAN}]{{0,6}})*(?:任|担任|出任|兼任|现任|曾任|历任)$"
)
NEVER = re.compile(r"(?!)(?P<orgs>)")
UPPER = re.compile(r"上述(?:两家|三家|各|几家|\d家)?(?:公司|企业|单位)的?$")
SUBJECT_LEFT = re.compile(rf"[，；。]{_ADVERB}*{_LINK}{_DATE}?{_ADVERB}*$")
JOINED_LEFT = re.compile(rf"(?:，|,|；|（|、){_ADVERB}*{_DATE}?{_ADVERB}*(?:{_LINK})?$")
BRACKETED = re.compile(rf"{POST}（[^（）{PERSON}{FIRM}]*$")
DATED = re.compile(rf"(?:（[^（）{PERSON}{FIRM}\n]{{1,40}}）)?")
OPENING = re.compile(rf"^[^，。；{PERSON}{FIRM}{ORGAN}]{{0,14}}(?P<who>{PERSON})，")
RIGHT = re.compile(
    rf"(?:职务|一职)?(?:的|姓名：?|名称：?|：|为|是|系|即|由|\||\t|（(?=[{PERSON}{FIRM}][，）])|(?:已|依法)?变更(?:登记)?为)*(?P<who>{HOLDERS})"
)
CHANGED = re.compile(rf"(?:职务)?(?:由|从)(?P<old>[{PERSON}{FIRM}])(?:已|依法)?(?:变更|更换|调整)(?:登记)?为")
CANDIDATE = re.compile(r"(?:职务)?(?:的)?(?:候选人|人选)")
PLURAL = re.compile(r"分别|依次|均|皆|都|共同")


@cache
def left(people: str) -> re.Pattern[str]:
    """Holders, what is told of them, and what links them to the post that follows."""
    post = rf"{TENSE}?{POST}(?:（[^（）{PERSON}{FIRM}]{{1,40}}）)?"
    attributive = rf"(?:{TENSE}?(?:{_ORGS})?(?:的)?{post}(?:、{post})*(?:的)?)"
    more = rf"(?:(?:、|，|和|及|与|以及){attributive}?{people[: people.index(']') + 1]})*"
    gap = rf"(?:（|，)?(?:等[^，。]{{0,8}})?{_ADVERB}*{_DATE}?{_ADVERB}*(?P<link>{_LINK}|{LEAVES})?{_DATE}?{_ADVERB}*"
    return re.compile(
        rf"(?P<who>{people}(?P<more>{more}))(?P<bio>(?:{_BIO}(?:{_BIO}|，[^，。；：\n\ue001-\ue004]{{1,30}})*)?)(?P<gap>{gap})$"
    )
