"""The words people read, Chinese beside English: one declaration for the tables on the terminal and for the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_model.model import MODEL


@dataclass(frozen=True, slots=True)
class Word:
    """A term in both languages, with a sentence where the term alone could mislead."""

    zh: str
    en: str
    means: str = ""


W = Word
WORDS: Mapping[str, Mapping[str, Word]] = {
    "verdict": {
        "listed": W("列入名单", "listed", "是否本身列入失信类名单。Does the subject itself stand on a negative list?"),
        "reached": W("措施所及", "reached", "名单或决定的惩戒措施是否及于该主体。Does a measure of a list or decision reach the subject?"),
        "associated": W("事实关联", "associated", "是否经股权、任职等事实与名单主体相连；关联不等于责任。Is it tied in fact to a listed subject? A tie is no liability."),
        "liable_if_ruled": W("经裁判可担责", "liable if ruled", "若法院裁判，是否可能承担责任。Could it be held liable if a court so ruled?"),
    },
    "answer": {
        "yes": W("是", "yes"),
        "no": W("否", "no", "在所查名单、层数与日期之内没有。None within the lists, hops and day searched."),
        "undetermined": W("未定", "undetermined", "依现有数据不能判定。The data at hand does not decide."),
    },
    "state": {
        "displayed": W("在列", "on the list"),
        "removed": W("已移出", "removed"),
        "unknown_since": W("去向不明", "no longer shown, end unknown"),
        "proposed": W("拟列入", "proposed"),
        "later": W("其后列入", "listed later"),
        "undated": W("日期不明", "dates do not decide"),
        "ended": W("期满", "its term is over"),
        "repaired": W("已修复", "repaired"),
        "annulled": W("已撤销", "annulled"),
        "repairable": W("可申请修复", "repair can be asked"),
        "never_displayed": W("不公示", "never shown"),
        "masked": W("屏蔽", "masked"),
        "disputed": W("异议处理中", "disputed"),
    },
    "grade": {
        "confirmed": W("已确认", "confirmed", "凭机关赋码或人工认定。By an authority's number or a person's judgement."),
        "anchored": W("已锚定", "anchored", "名称与锚定企业或遮蔽证号相符。By name and the record that names it."),
        "probable": W("很可能", "probable"),
        "name_only": W("仅同名", "name only", "仅姓名相同，不能认定为同一人。The name alone; not known to be the same."),
        "ambiguous": W("多个可能", "ambiguous"),
        "ruled_out": W("已排除", "ruled out"),
    },
    "flag": {
        "hub": W("经枢纽", "through a hub", "经过关系极多的节点，说明力弱。Through a node with very many relations; it says little."),
        "state_parent": W("仅因国有股东", "state holder", "仅因同受国家控股，不当然构成关联（公司法第265条）。By state holding alone: no related party by that."),
        "identity_probable": W("身份仅很可能", "identity only probable"),
        "candidate": W("候选", "candidate", "尚未认定的说法。A claim not yet asserted."),
    },
    "polarity": {"negative": W("失信类", "negative"), "positive": W("守信类", "positive"), "neutral": W("中性", "neutral")},
    "match": {
        "id": W("编号相符", "id"), "number": W("号码相符", "number"), "name": W("全名相符", "full name"),
        "other_name": W("曾用名或简称相符", "former or short name"), "prefix": W("名称开头", "begins with it"),
        "contains": W("名称包含", "contains it"), "other_contains": W("曾用名或简称包含", "former or short name contains it"),
    },
    "number": {
        "uscc": W("统一社会信用代码", "USCC"), "orgcode": W("组织机构代码", "organisation code"), "regno": W("注册号", "registration number"),
        "ticker": W("证券代码", "ticker"), "id_masked": W("证件号（遮蔽）", "masked id"),
    },
    "section": {
        "posts": W("任职", "posts held"), "persons": W("人员", "persons"), "shareholders": W("股东", "shareholders"), "holdings": W("对外投资", "holdings"),
        "control": W("控制", "control"), "ties": W("其他联系", "ties"), "trade": W("交易", "trade"), "listings": W("名单", "listings"),
        "penalties": W("行政处罚", "penalties"), "enforcements": W("执行", "enforcement"), "judgments": W("裁判文书", "judgments"), "grades": W("信用等级", "grades"),
        "responsible_in": W("直接责任", "directly responsible in"), "mentions": W("提及", "mentions"), "identity": W("同一认定", "identity"),
    },
    "reason": {
        "no rules loaded": W("未载入规则", "no rules loaded"),
        "no lists loaded": W("未载入名单", "no lists loaded"),
        "condition_unproved": W("条件未认定", "condition unproved"), "condition_not_met": W("条件不成立", "condition not met"),
        "role_not_covered": W("所任角色不在其列", "role not covered"), "role_not_held": W("该时点未任该角色", "role not held"),
        "clock_absent": W("起算事件未发生", "clock absent"), "term_ended": W("期限已满", "term ended"), "not_in_force": W("条文未施行", "not in force"),
        "not_triggered": W("没有触发的名单、处罚、命令或债务", "not triggered"), "other_post": W("其他职务", "other post"),
        "other_trade": W("其他行业", "other trade"), "other_place": W("其他地域", "other place"), "extension_forbidden": W("不得扩及", "extension forbidden"),
        "name_only": W("仅同名", "name only"), "not_a_decision": W("没有决定", "not a decision"), "state_parent_only": W("仅因同受国家控股", "state parent only"),
        "disputed": W("异议中", "disputed"), "not_known_yet": W("当时未知", "not known yet"), "unstated": W("原文未载", "unstated"),
        "unknown_bound": W("日期或数值不详", "unknown bound"), "unknown_fact": W("事实不详", "unknown fact"), "conflict": W("互相矛盾", "conflict"),
        "no_rule": W("没有规则", "no rule"),
    },
    "fact": {
        "Penalty": W("行政处罚", "penalty"), "Measure": W("监管措施", "measure"), "ListMembership": W("列入名单", "listing"), "Role": W("任职", "role"),
        "Ownership": W("持股", "ownership"), "Judgment": W("裁判", "judgment"), "Enforcement": W("执行", "enforcement"), "CreditGrade": W("信用等级", "credit grade"),
    },
    "stance": {
        "asserted": W("已发生", "asserted"), "removed": W("已解除", "removed"), "planned": W("拟作出", "planned"), "proposed": W("建议", "proposed"),
        "conditional": W("假设条件", "conditional"), "negated": W("否定", "negated"),
    },
    "held": {
        "planned": W("拟作出，不入图", "planned, no claim"), "proposed": W("建议，不入图", "proposed, no claim"), "conditional": W("假设，不入图", "conditional, no claim"),
        "negated": W("否定，不入图", "negated, no claim"), "not_in_the_model": W("模型未设", "not in the model"), "no_subject": W("主体不明", "no subject"),
        "unknown_list": W("名单未设", "unknown list"), "no_relationship": W("职务未设", "post not in the model"), "ends": W("两端不合", "ends do not fit"),
    },
    "attribute": {
        "decision_no": W("文号", "decision number"), "doc_no": W("文号", "number"), "case_no": W("案号", "case number"), "date": W("日期", "date"),
        "listed_on": W("列入日期", "listed on"), "removed_on": W("移出日期", "removed on"), "violation": W("违法行为", "violation"), "reason": W("事由", "reason"),
        "penalty_types": W("处罚种类", "kinds"), "fine_amount": W("罚款（元）", "fine, yuan"), "confiscated_amount": W("没收（元）", "confiscated, yuan"),
        "group_total_amount": W("合计（元）", "together, yuan"), "amount": W("金额（元）", "amount, yuan"), "legal_basis": W("处罚依据", "legal basis"),
        "measure_type": W("措施种类", "kind"), "measure": W("执行措施", "measure"), "list_code": W("名单", "list"), "list_kind": W("名单种类", "kind of list"),
        "authority": W("机关", "authority"), "grade": W("等级", "grade"), "previous_grade": W("原等级", "grade before"), "scheme": W("评价办法", "scheme"),
        "term_years": W("期限（年）", "term, years"), "role": W("职务", "post"), "role_text": W("原文职务", "post as printed"), "tense": W("时态", "tense"),
        "percent": W("持股比例（%）", "percent"), "group_percent": W("合计比例（%）", "percent together"), "shares": W("股数", "shares"), "relation": W("关系", "relation"),
        "case_type": W("案件类型", "kind of case"), "cause": W("案由", "cause"), "outcome": W("结果", "outcome"),
    },
    "decision": {"waiting": W("待审", "waiting"), "accepted": W("已采信", "accepted"), "rejected": W("不采信", "rejected")},
    "entity": {
        "Enterprise": W("企业", "enterprise"), "Person": W("人员", "person"), "Authority": W("机关", "authority"), "Court": W("法院", "court"),
        "SocialOrg": W("社会组织", "social organisation"), "Institution": W("机构", "institution"), "List": W("名单", "list"),
    },
    "label": {node.label: W(node.term, node.label) for node in MODEL.nodes},
}  # fmt: skip


def both(kind: str, key: str) -> str:
    """The term in both languages; the key itself where there is none."""
    word = WORDS[kind].get(key)
    return f"{word.zh} {word.en}" if word else key


def as_data() -> dict[str, Any]:
    """All words as JSON data, for the page."""
    return {kind: {key: {"zh": w.zh, "en": w.en, "means": w.means} for key, w in words.items()} for kind, words in WORDS.items()}
