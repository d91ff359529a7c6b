"""Whether a fact is told as having happened: asserted, planned, proposed, conditional, negated or removed."""

import re
from collections.abc import Iterable
from dataclasses import replace

from nlp.extraction import Fact, Span, Status
from nlp.fold import fold
from nlp.reading import Reading
from nlp.structure import Structure, read_structure

_PLANNED = re.compile(
    r"拟(?:对|被|决定|作出|做出|处以?|给予|列入|将|罚|没收|纳入|认定|评|移出|予以|采取|吊销|撤销|发布|不|定|于|依法|按|以|的(?:行政)?处罚)|事先告知|处罚告知书|听证告知|预(?:先)?告知|即将(?:被|对)|将(?:于|在)[^,。;]{0,12}(?:列入|公布|移出|作出)|将(?:被|面临|依法)|征求意见|公示期|名单\(公示\)|拟定"
)
_PROPOSED = re.compile(r"建议(?!书)|提请|提议|推荐|倡议|呼吁|有望|申请(?:将|对|列入|解除|移出)|应予|(?<!诉讼)请求")
_CONDITIONAL = re.compile(
    r"(?:的|者)[,，](?:一律)?(?:由|处|并处|责令|给予|没收|可以|应当|依法|依照|按照|将其?|列入|纳入|予以|暂停|撤销|吊销|取消|不得|禁止|限制)|可以?(?:并)?处(?!罚决定)|应当(?:处|给予|列入|予以|责令)|(?:如果|如有|若|假如|一旦|凡|对于?有)[^。]{0,60}(?:将|应|则|一律|列入|纳入|就?会|要)|情节严重的|情节较重的|构成犯罪的|逾期不[^,。;]{1,16}(?:将|的,)|有下列[^,。;]{0,10}之一|符合[^,。;]{0,20}(?:情形|条件)(?:之一)?的|(?:可能|或将?|或面临|恐)(?:被|将|面临|受)|最高可(?:处|罚)"
)
_NEGATED = re.compile(
    r"(?:未|没有|从未|不曾|并未|尚未|无|均未)(?:因[^,。;]{0,20})?(?:被|受到?过?|遭|列入|纳入|发生|存在|收到|作出|予以)|不予(?:行政)?处罚|免予(?:行政)?处罚|免于(?:行政)?处罚|不再(?:给予|列入)|不存在|无需|不属于|未列入|不构成|不得被|未曾"
)
_REMOVED = re.compile(
    r"移出|解除(?!合同|劳动)|(?:撤销|撤回|变更)(?:了)?(?!登记|[^,。;]{0,20}登记)[^,。;]{0,40}(?:处罚决定|决定书|该处罚|名单)|撤回|清零|终止执行|恢复正常|退出[^,。;]{0,12}名单|已(?:信用)?修复|予以注销处罚|变更为罚款|失效|屏蔽|不再公示|取消限制|撤下|删除"
)
_GOVERNS = re.compile(r"拟(?:决定|作出|对|给予|处)|(?<!不)同意(?:对|给予|由)|建议(?!书)(?:由|对|给予|[^,。;]{0,20}(?:对|给予))")
_QUOTED_LAW = re.compile(r"(?:规定|条|款)[::,]?\s*[“\"‘](?:[^”\"’]*)$")
_TEACHING = re.compile(
    r"(?:单选|多选|判断|选择)题|正确答案|参考答案|【答案】|〔答案〕|试题|下列(?:说法|选项|关于|哪)|例题|(?:假设|假如|假定)(?:某|甲|有)|甲公司|乙公司|(?:^|[^\u4e00-\u9fff])[A-D][.、][^\n]{2,40}\s+[B-D][.、]|样本|范本|模板|示例[::]|格式文书|\(样式\)|填写说明"
)
_PLACEHOLDER = re.compile(
    r"(?:[甲乙丙丁戊]|[A-Z]{1,3}|[xX×*]{1,4})(?:股份|公司|银行|企业|集团|单位|店|厂|某|超市|食品厂|有限公司)?|[小老][王李张赵刘陈孙周吴郑明红强]|张三|李四|王五"
    r"|(?:全国性|国有|大型|股份制?|城市|农村|民营|外资)?(?:城商行|农商行|国有大行|大行|股份行|股份制银行|商业银行|村镇银行|农信社|信用社|银行|保险公司|财险公司|寿险公司|券商|支付机构|上市公司|中介机构|会计师事务所|消费金融公司)"
)
_EXAMPLE = re.compile(r"例如|比如|举个?例|假设|假如|譬如")
_ASKED = re.compile(r"问[::].*答[::]|Q\s?\d*[::]?.*A\s?\d*[::]|问答|解读", re.DOTALL)
_SAMPLE = re.compile(r"(?:x{2,}|X{2,}|×{2,}|_{3,}|\*{2,}|年\s+月\s+日|〇〇)")


def status_at(text: str, sentence: Span, end: int) -> Status:
    """How a sentence tells what ends at a place: by its clause, and by a 拟 that governs the whole enumeration before it."""
    floor = max(sentence[0], text.rfind(";", sentence[0], end) + 1)
    status = status_in(text, (floor, end))
    governed = _GOVERNS.search(text[sentence[0] : end])
    if status in ("asserted", "removed") and governed:
        return "proposed" if "建议" in governed[0] else "planned"
    return status


def status_in(text: str, span: Span) -> Status:
    """How a stretch of folded text tells what it tells."""
    words = text[slice(*span)]
    if _NEGATED.search(words):
        return "negated"
    if _PLANNED.search(words):
        return "planned"
    if _PROPOSED.search(words):
        return "proposed"
    if _CONDITIONAL.search(words):
        return "conditional"
    return "removed" if _REMOVED.search(words) else "asserted"


def quoted_law(text: str, at: int) -> bool:
    """Whether a place stands inside a quoted rule: 规定：“…处五万元罚款…”."""
    return bool(_QUOTED_LAW.search(text[max(0, at - 400) : at].rsplit("\n", 1)[-1]))


def listed_condition(structure: Structure, at: int) -> bool:
    """Whether a place stands in an item under 有下列情形之一的: a condition, whatever it says."""
    item = structure.item_at(at)
    if item is None:
        return False
    row = [i for i in structure.items if i.style == item.style and i.mark[0] <= item.mark[0]]
    first = next((i for i in reversed(row) if i.number == 1), row[0])
    lead = structure.text[max(0, first.mark[0] - 90) : first.mark[0]].rstrip().rsplit("\n", 1)[-1]
    return bool(re.search(r"(?:下列|以下|如下)[^。\n]{0,24}(?:情形|条件|标准|行为之一|情况之一)|之一[^。\n]{0,12}[::]?$", lead))


def teaching(text: str) -> bool:
    """Whether the document teaches, examines or is a form: nothing in it happened to anybody."""
    folded = fold(text)
    blanks = len(_SAMPLE.findall(folded))
    return bool(_TEACHING.search(folded)) and not re.search(r"\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,4}$", folded) or blanks >= 4 and "公司名称" in folded


def rule_document(text: str) -> bool:
    """Whether the document is a rule, a notice of a rule or a template: articles in a row, a 办法 in the title."""
    folded = fold(text)
    articles = len(re.findall(r"(?:^|\n)\s*第[一二三四五六七八九十百\d]+条", folded))
    head = read_structure(text).headline
    title = folded[slice(*head)] if head else ""
    named = re.search(r"(?:办法|规定|条例|细则|规程|标准|指引|指南|目录|方案|解读|问答|政策)(?:[(][^()]*[)])?$", title)
    return articles >= 2 or bool(named)


def apply(reading: Reading, facts: Iterable[Fact]) -> list[Fact]:
    """The facts with their statuses set from the words around them; those of teaching texts are left out."""
    if teaching(reading.text):
        return []
    text = fold(reading.text)
    rule = rule_document(reading.text)
    return [_weighed(text, reading, fact) for fact in facts if not _made_up(text, reading, fact) and not (rule and _unplaced(fact))]


def _unplaced(fact: Fact) -> bool:
    """Whether a decision is told without a number and a day: in a rule or its explanation that is no case."""
    return fact.type in _OWN and not {"decision_no", "doc_no", "case_no", "date"} & {*fact.attrs}


def _made_up(text: str, reading: Reading, fact: Fact) -> bool:
    """Whether the fact is told of a placeholder (甲公司, 小王), of a whole class (城商行), or as an example in questions and answers."""
    if fact.type not in _OWN and fact.type != "ListMembership":
        return False
    if _PLACEHOLDER.fullmatch(fold(reading.entities[fact.subject].name)):
        return True
    start = max(text.rfind(c, 0, fact.evidence[0] + 1) for c in "。\n?!")
    return bool(_EXAMPLE.search(text[start + 1 : fact.evidence[1]]) and _ASKED.search(text))


_OWN = ("Penalty", "Measure", "Judgment", "Enforcement")  # their finders weigh the words at the trigger


def _weighed(text: str, reading: Reading, fact: Fact) -> Fact:
    """A fact that its finder took as asserted, weighed once more by the clause that says it."""
    if fact.status != "asserted" or fact.type in _OWN or fact.type in ("Role", "Ownership"):
        return fact
    sentence = read_structure(reading.text).sentence_at(fact.evidence[0])
    start, end = max(fact.evidence[0], sentence[0]), min(max(fact.evidence[1], sentence[0]), fact.evidence[1])
    if quoted_law(text, start):
        return replace(fact, status="conditional")
    status = status_in(text, (start, end))
    return replace(fact, status=status) if status in ("planned", "proposed", "conditional", "negated") else fact
