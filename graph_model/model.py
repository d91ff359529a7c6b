"""The model: what the graph is made of. Instances only; everything else is generated from them or checked against them.

English terms follow FollowTheMoney, BODS and GB/T 36107; the Chinese term stands beside each. To add a list,
a post or a property, add a line here: DDL, loader, maps, queries, API, page and README follow.
"""

from graph_model.schema import ListType, Model, NodeType, Property, RelType, RoleTerm

P = Property

ENTERPRISE = NodeType(
    "Enterprise", "企业", "subject",
    "A legal entity or business: 企业, 个体工商户, 社会组织, 事业单位, by the kind its records state.",
    "caption",
    (
        P("caption", "name", "Name shown, by the caption rule: newest record of the highest authority.", indexed=True),
        P("name_key", "key", "Comparison form of the name, where nothing but the name identifies the node.", indexed=True),
        P("uscc", "identifier", "统一社会信用代码, where it identifies the node.", indexed=True),
        P("orgcode", "identifier", "组织机构代码: characters 9 to 17 of the USCC, or the number that identifies the node.", indexed=True),
        P("regno", "identifier", "工商注册号, where it identifies the node.", indexed=True),
        P("ticker", "identifier", "证券代码, where it identifies the node.", indexed=True),
    ),
)  # fmt: skip

PERSON = NodeType(
    "Person", "自然人", "subject",
    "A natural person as one record names him: the same name in another record is another node until a SAME_AS joins them.",
    "caption",
    (
        P("caption", "name", "Name as the source has it.", indexed=True),
        P("name_key", "key", "Comparison form of the name.", indexed=True),
        P("anchor", "identifier", "The enterprise or document in whose record he is named.", indexed=True),
        P("id_masked", "identifier", "Identity number as masked by the source or by us; never whole."),
    ),
)  # fmt: skip

AUTHORITY = NodeType(
    "Authority", "机关", "subject",
    "A public body: 行政机关, 法院, or a state holder such as 国资委.",
    "caption",
    (
        P("caption", "name", "Name as the source has it.", indexed=True),
        P("name_key", "key", "Comparison form of the name.", indexed=True),
        P("kind", "text", "行政机关, 法院 or 国有资产管理机构."),
        P("state_holder", "boolean", "Whether it holds shares for the state (公司法 265: no tie by that alone)."),
    ),
)  # fmt: skip

RECORD = NodeType(
    "Record", "登记信息", "record",
    "What one source says of a subject itself: names, numbers, capital, state, dates; a newer edition is a newer record.",
    "name",
    (
        P("name", "name", "Name as the source has it."),
        P("name_key", "key", "Comparison form of the name.", indexed=True),
        P("former_names", "text", "曾用名, separated by 、."),
        P("short_name", "name", "简称."),
        P("alias_keys", "key", "Comparison forms of 曾用名 and 简称, each between | marks."),
        P("english_name", "name", "Name in English or another foreign language."),
        P("kind", "text", "企业类型: 有限责任公司, 个体工商户, 社会组织, 事业单位 …."),
        P("ownership", "text", "企业性质: 国资, 民营, 外资 …."),
        P("uscc", "identifier", "统一社会信用代码.", indexed=True),
        P("regno", "identifier", "工商注册号.", indexed=True),
        P("orgcode", "identifier", "组织机构代码.", indexed=True),
        P("ticker", "identifier", "证券代码.", indexed=True),
        P("lei", "identifier", "全球法人机构识别编码 (LEI)."),
        P("id_masked", "identifier", "Masked identity number of a person."),
        P("capital", "money", "注册资本."),
        P("capital_text", "text", "注册资本 as printed."),
        P("founded", "date", "成立日期."),
        P("place", "text", "省市 or 备案地区."),
        P("address", "text", "住所."),
        P("state", "text", "登记状态: 存续, 吊销, 注销, 迁出 …."),
        P("revoked", "date", "吊销日期: the licence was revoked; the entity goes on."),
        P("deregistered", "date", "注销日期: the entity ended."),
        P("liquidated", "text", "Whether it was liquidated before 注销: yes, no or unknown."),
        P("registration_annulled", "date", "撤销登记日期: the registration was annulled."),
        P("false_registration", "boolean", "Whether the registration was got by false papers or other deceit."),
        P("natural_persons_only", "boolean", "Whether every shareholder or partner is a natural person."),
        P("trade", "text", "行业类别 as rules of law name it (食品, 印刷 …), separated by 、."),
        P("registrar", "name", "登记机关."),
        P("filed", "date", "备案日期."),
        P("industry", "text", "行业."),
        P("scope", "text", "经营范围."),
        P("product", "text", "主营产品."),
        P("website", "text", "网址."),
        P("state_holder", "boolean", "Whether the subject holds shares for the state."),
        P("remark", "text", "Anything else the row says."),
        P("problems", "text", "What is wrong with the values as printed, for example a check character; never repaired."),
        P("proposals", "text", "Proposed repairs of damaged names with their evidence, as JSON; apart from the values."),
    ),
)  # fmt: skip

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

DOCUMENT = NodeType(
    "Document", "文件", "support",
    "A file as we read it; its id is the sha-256 of its bytes, with #sheet where it has several.",
    "name",
    (
        P("name", "text", "File name."),
        P("sha256", "identifier", "sha-256 of the bytes."),
        P("kind", "text", "csv, excel, json, jsonl, parquet or text."),
        P("encoding", "text", "Encoding it was read in."),
        P("rows", "integer", "Rows read."),
        P("source", "identifier", "The Source it is an edition of."),
        P("as_of", "date", "Day its content is stated for."),
    ),
)  # fmt: skip

SOURCE = NodeType(
    "Source", "来源", "support",
    "Who publishes: a register, a list, a newspaper.",
    "name",
    (
        P("name", "name", "Name of the source."),
        P("authority", "name", "Who publishes it."),
        P("kind", "text", "信用中国, 国家企业信用信息公示系统, 地方信用平台, 执行信息公开网, 第三方网站 …, where it matters which prevails."),
        P("rank", "integer", "1 official register, 2 official list or decision, 3 other official, 4 third party, 5 our own inference."),
        P("licence", "text", "Licence of its data."),
        P("url", "text", "Where it is published."),
    ),
)  # fmt: skip

RUN = NodeType(
    "Run", "载入", "support",
    "One load: its claims become visible together at the moment it is published.",
    "id",
    (
        P("seq", "integer", "Number of the run: the known clock.", indexed=True),
        P("started", "text", "UTC instant at which it started."),
        P("published", "text", "UTC instant at which it was published; empty: it never was."),
        P("source", "identifier", "The Source it loaded."),
        P("document", "identifier", "The Documents it read, separated by a space."),
        P("map", "text", "The map it used, with its hash."),
        P("as_of", "date", "Day the edition is stated for."),
        P("complete", "boolean", "Whether the edition is complete, so that a missing fact means something."),
        P("counts", "text", "The run report as JSON."),
        P("lists", "text", "Lists of which the run loaded a complete edition, even where nobody stands on one, separated by 、."),
        P("uid", "identifier", "What ties the rows it put into quarantine to it."),
    ),
)  # fmt: skip

_POST = (P("post", "text", "职务 as the source has it."),)
_TO_FIRM = (("Person", "Enterprise"),)
_BOTH_TO_FIRM = (("Person", "Enterprise"), ("Enterprise", "Enterprise"))
_HOLDERS = (*_BOTH_TO_FIRM, ("Authority", "Enterprise"))
_EVENTS = ("Listing", "Penalty", "Enforcement", "Judgment", "Grade")
_OF_LAW = ("Debt", "Finding", "Dispute", "Sighting", "CreditItem", "Bid")
_SUBJECTS = ("Enterprise", "Person", "Authority")


def _role(
    type_: str, term: str, description: str, ends: tuple[tuple[str, str], ...] = _TO_FIRM, *, single: bool = False
) -> RelType:
    return RelType(type_, term, "role", ends, description, _POST, ("post", "valid_from"), single)


ROLES_IN_FIRMS = (
    _role("LEGAL_REPRESENTATIVE_OF", "法定代表人", "The registered legal representative; 董事长 or 负责人 is not one.", single=True),
    _role("PRINCIPAL_OF", "主要负责人", "负责人, 经营者, 投资人, 执行事务合伙人: who leads a unit without being its 法定代表人.", _BOTH_TO_FIRM),
    _role("DIRECTOR_OF", "董事", "A member of the board, 董事长 and 独立董事 included.", _BOTH_TO_FIRM),
    _role("SUPERVISOR_OF", "监事", "A member of the board of supervisors.", _BOTH_TO_FIRM),
    _role("SENIOR_MANAGER_OF", "高级管理人员", "经理, 副经理, 董事会秘书 and others named by the articles."),
    _role("FINANCE_HEAD_OF", "财务负责人", "The head of finance, one of the 高级管理人员."),
    _role("DIRECTLY_RESPONSIBLE_OF", "直接责任人员", "A source calls the person 直接负责的主管人员, 其他直接责任人员 … of the enterprise, whatever the event."),
    _role("INVESTOR_OF", "投资人员", "A source names the person as an investor of a place or business, without saying which share."),
    RelType(
        "ACTUAL_CONTROLLER_OF", "实际控制人", "control", _HOLDERS,
        "Declared by a source to control the enterprise in fact.",
        (P("basis", "text", "投资关系, 协议 or 其他安排."),), ("valid_from",),
    ),
    RelType(
        "BENEFICIAL_OWNER_OF", "受益所有人", "control", _TO_FIRM,
        "Declared by a source as beneficial owner (令〔2024〕3号).",
        (P("basis", "text", "Which of the three tests, or the fallback."),), ("valid_from",),
    ),
)  # fmt: skip

SHAREHOLDER_OF = RelType(
    "SHAREHOLDER_OF", "股东", "share", _HOLDERS,
    "Holds shares of the enterprise; 认缴, 实缴 and 表决权 are kept apart.",
    (
        P("percent", "share", "持股比例 in percent, or min..max."),
        P("percent_text", "text", "持股比例 as printed."),
        P("votes", "share", "表决权比例 in percent, or min..max."),
        P("subscribed", "money", "认缴出资额."),
        P("paid", "money", "实缴出资额."),
        P("paid_due", "date", "认缴期限."),
        P("shares", "text", "持股数量."),
        P("holder_kind", "text", "股东类型 as the source has it."),
        P("name_used", "name", "Holder's name in this row, with the account it is held through."),
        P("round", "text", "融资轮次."),
    ),
    ("valid_from", "name_used", "round"),
)  # fmt: skip

TIES = (
    RelType("BRANCH_OF", "分支机构", "tie", (("Enterprise", "Enterprise"),), "A branch of the enterprise, without legal personality.", (), ("valid_from",)),
    RelType("SUCCESSOR_OF", "承继", "tie", (("Enterprise", "Enterprise"),), "Took over the rights and duties of the other by merger, division or conversion.", (P("basis", "text", "合并, 分立 or 改制."),), ("valid_from",)),
    RelType("GUARANTEES", "担保", "tie", (("Person", "Enterprise"), ("Enterprise", "Enterprise"), ("Enterprise", "Person"), ("Person", "Person")), "Stands surety for the other's debt.", (P("amount", "money", "担保金额."),), ("valid_from",)),
    RelType("FAMILY_OF", "亲属", "tie", (("Person", "Person"),), "Is family of the other.", (P("relation", "text", "配偶, 父子 …."),), ("relation",)),
    RelType("MANAGES", "管理关系", "control", (("Enterprise", "Enterprise"), ("Authority", "Enterprise"), ("Person", "Enterprise")), "Manages the other without holding its shares (管理关系).", (), ("valid_from",)),
    RelType("SUPPLIES", "供应", "trade", (("Enterprise", "Enterprise"), ("Person", "Enterprise"), ("Authority", "Enterprise"), ("Enterprise", "Authority")), "Sells to the other; business, not control, so a path search does not follow it.", (P("year", "text", "报告年度."), P("percent", "share", "占比 in percent."), P("rank", "text", "Position among the buyer's suppliers or the seller's customers."), P("name_used", "name", "Name in this row.")), ("year", "rank", "name_used")),
)  # fmt: skip

EVENT_LINKS = (
    RelType("SUBJECT_OF", "当事人", "event", tuple((s, e) for s in _SUBJECTS for e in (*_EVENTS, *_OF_LAW)), "The person or enterprise that the event is about.", (P("capacity", "text", "当事人, 被执行人, 被处罚人 …."),), ("capacity",)),
    RelType("DIRECTLY_RESPONSIBLE_IN", "直接责任人员", "event", tuple(("Person", e) for e in _EVENTS), "The person whom the decision names as responsible: 直接负责的主管人员, 其他直接责任人员, 影响债务履行的直接责任人员.", _POST, ("post",)),
    RelType("POST_IN_EVENT", "事件中的职务", "event", _TO_FIRM, "The post the person had in the enterprise in one event, which may have been long ago.", (*_POST, P("event", "identifier", "The event: the fact part of that claim's id, or the enterprise whose registration was annulled.")), ("post", "event")),
    RelType("ISSUED_BY", "作出机关", "event", tuple((e, "Authority") for e in _EVENTS), "The authority that decided the event."),
    RelType("ON_LIST", "所属名单", "event", (("Listing", "List"),), "The list that the membership is in."),
    RelType("DESCRIBES", "登记信息所属", "source", tuple(("Record", s) for s in _SUBJECTS), "The subject that the record is about."),
    RelType("MENTIONED_IN", "提及", "source", tuple((s, "Document") for s in _SUBJECTS), "The document that names the subject.", (P("text", "text", "The words themselves."),), ("text",)),
    RelType(
        "SAME_AS", "同一主体", "identity", (("Enterprise", "Enterprise"), ("Person", "Person"), ("Authority", "Authority")),
        "Two nodes are judged to be one subject; a judgement can be taken back by closing it.",
        (
            P("grade", "text", "confirmed, anchored, probable, name_only, ambiguous or ruled_out."),
            P("rule", "text", "The rule that judged, or decision for a person's."),
            P("evidence", "text", "What speaks for it, in words."),
            P("decided_by", "text", "Who or what decided."),
            P("decided_at", "text", "When."),
        ),
        ("rule",),
    ),
)  # fmt: skip

R = RoleTerm
ROLES = (
    R("法定代表人", "LEGAL_REPRESENTATIVE_OF", "legal representative"),
    R("主要负责人", "PRINCIPAL_OF", "principal"),
    R("负责人", "PRINCIPAL_OF", "person in charge"),
    R("单位负责人", "PRINCIPAL_OF", "head of the unit"),
    R("分支机构负责人", "PRINCIPAL_OF", "person in charge of a branch"),
    R("经营者", "PRINCIPAL_OF", "operator of an individual business"),
    R("投资人", "PRINCIPAL_OF", "investor of a sole proprietorship"),
    R("执行事务合伙人", "PRINCIPAL_OF", "managing partner"),
    R("首席代表", "PRINCIPAL_OF", "chief representative"),
    R("董事长", "DIRECTOR_OF", "chair of the board"),
    R("副董事长", "DIRECTOR_OF", "vice chair of the board"),
    R("执行董事", "DIRECTOR_OF", "executive director"),
    R("独立董事", "DIRECTOR_OF", "independent director"),
    R("董事", "DIRECTOR_OF", "director"),
    R("职工董事", "DIRECTOR_OF", "employee director"),
    R("监事会主席", "SUPERVISOR_OF", "chair of the supervisors"),
    R("监事", "SUPERVISOR_OF", "supervisor"),
    R("职工监事", "SUPERVISOR_OF", "employee supervisor"),
    R("高级管理人员", "SENIOR_MANAGER_OF", "senior manager"),
    R("总经理", "SENIOR_MANAGER_OF", "general manager"),
    R("副总经理", "SENIOR_MANAGER_OF", "deputy general manager"),
    R("经理", "SENIOR_MANAGER_OF", "manager"),
    R("副经理", "SENIOR_MANAGER_OF", "deputy manager"),
    R("总裁", "SENIOR_MANAGER_OF", "president"),
    R("副总裁", "SENIOR_MANAGER_OF", "vice president"),
    R("总工程师", "SENIOR_MANAGER_OF", "chief engineer"),
    R("董事会秘书", "SENIOR_MANAGER_OF", "secretary of the board"),
    R("财务负责人", "FINANCE_HEAD_OF", "head of finance"),
    R("财务总监", "FINANCE_HEAD_OF", "chief financial officer"),
    R("实际控制人", "ACTUAL_CONTROLLER_OF", "actual controller"),
    R("受益所有人", "BENEFICIAL_OWNER_OF", "beneficial owner"),
    R("股东", "SHAREHOLDER_OF", "shareholder"),
    R("投资人员", "INVESTOR_OF", "investor"),
    R("影响债务履行的直接责任人员", "DIRECTLY_RESPONSIBLE_IN", "directly responsible for the debt not being paid"),
    R("直接负责的主管人员", "DIRECTLY_RESPONSIBLE_IN", "manager directly in charge"),
    R("其他直接责任人员", "DIRECTLY_RESPONSIBLE_IN", "other person directly responsible"),
    R("直接责任人", "DIRECTLY_RESPONSIBLE_IN", "person directly responsible"),
)

L = ListType
LISTS = (
    L("失信被执行人", "dishonest judgment debtors", "negative", "最高人民法院", True, ("失信被执行人名单", "全国法院失信被执行人名单")),
    L("严重违法失信名单", "list of severe violations and dishonesty (market regulation)", "negative", "市场监督管理部门", True, ("严重违法失信企业名单", "市场监督管理严重违法失信名单")),
    L("严重违法企业名单", "list of enterprises in severe violation (2014 rules)", "negative", "工商行政管理部门", True),
    L("经营异常名录", "list of abnormal operations", "negative", "市场监督管理部门", False, ("企业经营异常名录", "经营异常企业名单")),
    L("重大税收违法失信主体", "subjects of major tax violations", "negative", "税务机关", True, ("重大税收违法案件", "重大税收违法失信主体名单", "重大税收违法案件当事人名单", "税务违法企业名单")),
    L("拖欠农民工工资失信名单", "list of wage arrears to migrant workers", "negative", "人力资源和社会保障部门", True, ("拖欠农民工工资失信联合惩戒对象名单", "拖欠农民工工资黑名单")),
    L("安全生产严重失信主体名单", "severe dishonesty in work safety", "negative", "应急管理部门", True, ("安全生产失信联合惩戒对象名单", "安全生产黑名单")),
    L("政府采购严重违法失信行为记录", "records of severe violations in public procurement", "negative", "财政部门", True, ("政府采购严重违法失信行为记录名单",)),
    L("建筑市场主体黑名单", "blacklist of the building market", "negative", "住房和城乡建设部门", True),
    L("环保失信黑名单", "environmental dishonesty blacklist", "negative", "生态环境部门", True),
    L("严重失信主体名单", "subjects of severe dishonesty", "negative", "信用管理部门", True, ("严重失信名单", "黑名单", "失信联合惩戒对象名单")),
    L("涉金融严重失信人名单", "severe dishonesty in finance", "negative", "国家发展和改革委员会", True, ("涉金融领域非法集资名单", "非法集资失信名单")),
    L("电子商务领域严重失信企业黑名单", "severe dishonesty in e-commerce", "negative", "国家发展和改革委员会", True, ("电子商务黑名单",)),
    L("运输物流行业严重违法失信黑名单", "severe violations in transport and logistics", "negative", "国家发展和改革委员会", True, ("运输物流黑名单", "涉运输物流领域严重违法失信名单")),
    L("吊销企业名单", "enterprises whose licence was revoked", "negative", "市场监督管理部门", False, ("工商吊销企业名单",)),
    L("产品质量不合格名单", "substandard products", "negative", "药品监督管理部门", False, ("药材质量不合格名单",)),
    L("国家重点监控企业超标名单", "monitored enterprises above emission limits", "negative", "生态环境部门", False),
    L("红名单", "red list", "positive", "信用管理部门", False, ("守信联合激励对象名单", "守信红名单")),
    L("A级纳税人", "taxpayers graded A", "positive", "税务机关", False, ("纳税信用A级纳税人", "A级纳税人名单")),
    L("海关高级认证企业", "authorised economic operators, advanced", "positive", "海关"),
    L("诚信达标企业", "honest enterprise, standard", "positive", "信用管理部门"),
    L("诚信示范企业", "honest enterprise, model", "positive", "信用管理部门"),
    L("诚信标杆企业", "honest enterprise, benchmark", "positive", "信用管理部门"),
    L("信用评级机构备案名单", "filed credit rating agencies", "neutral", "中国人民银行"),
    L("海关失信认证企业名单", "enterprises graded dishonest by customs", "negative", "海关", False, ("海关失信企业",)),
)  # fmt: skip

MODEL = Model(
    nodes=(ENTERPRISE, PERSON, AUTHORITY, RECORD, LISTING, PENALTY, ENFORCEMENT, JUDGMENT, GRADE, DEBT, FINDING, DISPUTE, SIGHTING, CREDIT_ITEM, BID, LIST, DOCUMENT, SOURCE, RUN),
    rels=(*ROLES_IN_FIRMS, SHAREHOLDER_OF, *TIES, *EVENT_LINKS),
    roles=ROLES,
    lists=LISTS,
)  # fmt: skip
