"""What happened to a subject: lists and listings, penalties, enforcement, judgments, grades, and what the law counts beside them."""

from graph_model.schema import NodeType
from graph_model.schema import Property as P

LIST = NodeType(
    "List", "名单", "support",
    "One published list, each its own, with its polarity.",
    "name",
    (
        P("name", "name", "Name of the list.", indexed=True),
        P("english", "text", "Name in English."),
        P("polarity", "text", "negative, positive or neutral."),
        P("severe", "boolean", "Whether it is a list of severe dishonesty (严重失信主体名单)."),
        P("authority", "name", "Who keeps it."),
    ),
)  # fmt: skip

LISTING = NodeType(
    "Listing", "列入", "event",
    "One membership of one subject in one list.",
    "list",
    (
        P("list", "name", "Name of the list."),
        P("polarity", "text", "negative, positive or neutral, as the list."),
        P("listed", "date", "列入日期."),
        P("removed", "date", "移出日期: from that day it is over."),
        P("annulled", "date", "撤销日期: from that day the decision is void."),
        P("corrected", "date", "Day on which the conduct was corrected."),
        P("repaired", "date", "信用修复日期: from that day it is over."),
        P("fixed_until", "date", "Last day of the term that the decision itself fixes."),
        P("head", "integer", "Which of the statutory heads (失信被执行人: 1 to 6)."),
        P("extended_years", "integer", "Years by which the term was extended."),
        P("debt", "text", "数额较大债务到期未清偿, where the listing rests on such a debt, or 其他."),
        P("because_of", "identifier", "The penalty it rests on: the fact part of that claim's id."),
        P("removal_ground", "text", "移出原因."),
        P("removal_number", "identifier", "移出决定书文号."),
        P("stage", "text", "列入, or 拟列入 when it is only announced."),
        P("number", "identifier", "列入决定书文号 or 案号."),
        P("basis_number", "identifier", "执行依据文号."),
        P("basis_issuer", "name", "作出执行依据单位."),
        P("ground", "text", "列入事由 or 失信行为情形."),
        P("duty", "text", "生效法律文书确定的义务."),
        P("performance", "text", "履行情况."),
        P("performed", "text", "已履行部分."),
        P("unperformed", "text", "未履行部分."),
        P("filed", "date", "立案日期."),
        P("published", "date", "发布日期."),
        P("area", "text", "省份 or 地域."),
        P("authority", "name", "列入机关 or 执行法院."),
        P("name_used", "name", "Name of the subject in this row."),
        P("remark", "text", "Anything else the row says."),
        P("problems", "text", "What is wrong with the values as printed; never repaired."),
    ),
    identity=("list", "number", "listed"), begins=("listed", "published"), ends="removed",
)  # fmt: skip

PENALTY = NodeType(
    "Penalty", "行政处罚", "event",
    "One administrative penalty decision against one subject (双公示 layouts, new and old).",
    "number",
    (
        P("number", "identifier", "行政处罚决定书文号 (CF_WSH)."),
        P("case_name", "text", "案件名称 (CF_CFMC)."),
        P("violation", "text", "违法行为类型."),
        P("facts", "text", "违法事实 (CF_SY)."),
        P("basis", "text", "处罚依据 (CF_YJ)."),
        P("kinds", "text", "处罚类别 (CF_CFLB1), separated by 、."),
        P("content", "text", "处罚内容 (CF_JG)."),
        P("fine", "money", "罚款金额."),
        P("fine_text", "text", "罚款金额 as printed."),
        P("confiscated", "money", "没收违法所得、没收非法财物的金额."),
        P("confiscated_text", "text", "没收金额 as printed."),
        P("licence", "text", "暂扣或吊销证照名称及编号."),
        P("decided", "date", "处罚决定日期 (CF_JDRQ)."),
        P("effective_to", "date", "处罚有效期."),
        P("published_to", "date", "公示截止期."),
        P("authority", "name", "处罚机关 (CF_XZJG)."),
        P("authority_uscc", "identifier", "处罚机关统一社会信用代码."),
        P("supplier", "name", "数据来源单位."),
        P("supplier_uscc", "identifier", "数据来源单位统一社会信用代码."),
        P("party_kind", "text", "行政相对人类别."),
        P("party_representative", "name", "法定代表人 as the decision names him (CF_FR)."),
        P("party_document", "text", "证件类型."),
        P("state", "text", "当前状态 (CF_ZT)."),
        P("area_code", "identifier", "地方编码 (DFBM)."),
        P("updated", "text", "数据更新时间 (SJC)."),
        P("procedure", "text", "一般程序 (普通程序) or 简易程序."),
        P("under", "text", "The instrument, and article, the penalty was given under."),
        P("ground", "text", "Words of the decision on how serious the conduct was."),
        P("amount", "money", "罚没款: fines and confiscations together."),
        P("basis_ordinary", "text", "Range of fines for ordinary conduct in the article applied, min..max yuan."),
        P("basis_serious", "text", "Range of fines for serious conduct in the article applied, min..max yuan."),
        P("conduct_from", "date", "First day of the conduct."),
        P("conduct_to", "date", "Last day of the conduct."),
        P("published", "date", "公示日期."),
        P("fulfilled", "date", "Day on which the penalty was fulfilled."),
        P("corrected", "date", "Day on which the conduct was corrected."),
        P("repair_applied", "date", "Day on which repair was asked for."),
        P("repaired", "date", "信用修复日期: from that day it is no longer shown."),
        P("restricted_until", "date", "Last day of a ban that the penalty imposes."),
        P("early_stop_conditions", "text", "Whether the conditions of an early stop (市监45号令 14) are met: met or not_met."),
        P("shown_on", "text", "Whose record it is: 信用中国, 国家企业信用信息公示系统, 地方信用平台, 第三方网站."),
        P("severity", "text", "轻微, 一般, 严重 or 特定严重, where the source grades it."),
        P("correction", "text", "整改情况."),
        P("annulled", "date", "撤销日期: from that day it is void."),
        P("name_used", "name", "行政相对人名称 in this row (CF_XDR_MC)."),
        P("remark", "text", "备注."),
        P("problems", "text", "What is wrong with the values as printed; never repaired."),
    ),
    identity=("number", "decided"), begins=("decided",), ends="annulled",
)  # fmt: skip

ENFORCEMENT = NodeType(
    "Enforcement", "执行", "event",
    "One measure of a court's enforcement: 被执行, 限制高消费, 限制消费, 终结本次执行, 限制出境 are kept apart by kind.",
    "number",
    (
        P("kind", "text", "被执行, 限制高消费, 限制消费, 终本 or 限制出境."),
        P("number", "identifier", "案号."),
        P("filed", "date", "立案日期."),
        P("issued", "date", "发布 or 裁定日期."),
        P("closed", "date", "解除 or 结案日期: from that day it is over."),
        P("fixed_until", "date", "Last day of the term that the order itself fixes."),
        P("insufficient", "text", "财产不足清偿: yes, no or unknown."),
        P("amount", "money", "执行标的."),
        P("unpaid", "money", "未履行金额."),
        P("authority", "name", "执行法院."),
        P("name_used", "name", "Name of the subject in this row."),
        P("remark", "text", "Anything else the row says."),
        P("problems", "text", "What is wrong with the values as printed; never repaired."),
    ),
    identity=("kind", "number"), begins=("issued", "filed"), ends="closed",
)  # fmt: skip

JUDGMENT = NodeType(
    "Judgment", "裁判文书", "event",
    "One judgment or ruling that names the subject.",
    "number",
    (
        P("number", "identifier", "案号."),
        P("cause", "text", "案由 or 罪名."),
        P("decided", "date", "裁判日期."),
        P("capacity", "text", "诉讼地位."),
        P("outcome", "text", "裁判结果."),
        P("authority", "name", "作出判决的法院."),
        P("name_used", "name", "Name of the subject in this row."),
        P("area", "text", "省份."),
        P("remark", "text", "Anything else the row says."),
        P("problems", "text", "What is wrong with the values as printed; never repaired."),
        P("proposals", "text", "Proposed repairs of damaged values with their evidence, as JSON."),
    ),
    identity=("number", "capacity"), begins=("decided",),
)  # fmt: skip

GRADE = NodeType(
    "Grade", "信用等级", "event",
    "One credit grade that somebody issued: scheme, level, issuer, period.",
    "level",
    (
        P("scheme", "text", "评价办法."),
        P("level", "text", "等级."),
        P("score", "text", "得分."),
        P("period", "text", "评价年度."),
        P("basis", "text", "得分, 直接判级 or 评定."),
        P("issued", "date", "发布日期."),
        P("authority", "name", "评价机关."),
        P("name_used", "name", "Name of the subject in this row."),
        P("remark", "text", "Anything else the row says."),
        P("problems", "text", "What is wrong with the values as printed; never repaired."),
    ),
    identity=("scheme", "period"), begins=("issued",),
)  # fmt: skip

DEBT = NodeType(
    "Debt", "债务", "event",
    "One debt that somebody owes, by itself: no listing and no enforcement.",
    "size",
    (
        P("size", "text", "数额较大 or 数额不大."),
        P("due", "date", "到期日."),
        P("paid", "date", "清偿日期: from that day it is over."),
        P("number", "identifier", "Number of the instrument it rests on."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("number", "due"), begins=("due",), ends="paid",
)  # fmt: skip

FINDING = NodeType(
    "Finding", "认定", "event",
    "What an authority or court found of a person on a condition that a rule of law names.",
    "condition",
    (
        P("condition", "text", "负有个人责任, 负有责任, 负有直接责任 or 财产独立于股东."),
        P("found", "text", "yes, no or unproved."),
        P("event", "identifier", "The event it was found for: the fact part of that claim's id."),
        P("decided", "date", "Day of the finding."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("condition", "event"), begins=("decided",),
)  # fmt: skip

DISPUTE = NodeType(
    "Dispute", "异议", "event",
    "One objection, review or lawsuit against another fact.",
    "kind",
    (
        P("kind", "text", "异议处理中, 撤销登记公示, 行政复议 or 行政诉讼."),
        P("about", "identifier", "The fact it is about: the fact part of that claim's id."),
        P("opened", "date", "Day on which it was opened."),
        P("concluded", "date", "Day on which it was concluded: from that day it is over."),
        P("upheld", "text", "Whether it was upheld: yes or no."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("about", "kind", "opened"), begins=("opened",), ends="concluded",
)  # fmt: skip

SIGHTING = NodeType(
    "Sighting", "来源所示", "event",
    "What one source was seen to show of another source's fact on a day.",
    "says",
    (
        P("about", "identifier", "The fact it shows: the fact part of that claim's id."),
        P("says", "text", "The state it shows the fact in."),
        P("seen", "date", "Day on which it was seen."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("about", "seen"), begins=("seen",),
)  # fmt: skip

CREDIT_ITEM = NodeType(
    "CreditItem", "信用事项", "event",
    "One matter that a scheme of credit grading looks at: a promise, a check, a score, a document with its validity.",
    "kind",
    (
        P("kind", "text", "What it is, in the words of the scheme."),
        P("item", "integer", "Number of the item in the scheme's catalogue."),
        P("value", "text", "Its value: a number or a text."),
        P("year", "integer", "Year it is about."),
        P("date", "date", "Day of it."),
        P("since_day", "date", "First day on which it is valid."),
        P("until_day", "date", "Last day on which it is valid."),
        P("established_by", "text", "法院判决, 行政处罚决定, 税务部门查处 or 无."),
        P("penalised", "identifier", "The penalty it led to: the fact part of that claim's id."),
        P("good_faith", "boolean", "Whether it was done in good faith (善意取得)."),
        P("place", "text", "Place it belongs to."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("kind", "item", "date", "since_day", "year"), begins=("date", "since_day"),
)  # fmt: skip

BID = NodeType(
    "Bid", "投标", "event",
    "One procedure of procurement or tendering, with those who bid in it.",
    "project",
    (
        P("kind", "text", "政府采购 or 招标投标."),
        P("project", "text", "项目."),
        P("lot", "text", "标段 or 合同包."),
        P("date", "date", "Day of the bid."),
        P("remark", "text", "Anything else the row says."),
    ),
    identity=("kind", "project", "lot", "date"), begins=("date",),
)  # fmt: skip
