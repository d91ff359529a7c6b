"""How nodes are tied: roles, shares, families, and the links of events; each a dated claim."""

from graph_model.schema import Property as P
from graph_model.schema import RelType

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
