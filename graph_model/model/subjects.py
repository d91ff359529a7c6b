"""Whom the graph is about: enterprises, persons, authorities, and what a register says of them."""

from graph_model.schema import NodeType
from graph_model.schema import Property as P

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
