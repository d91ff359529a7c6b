"""One `linked` answer made by hand from the answer classes: what renderers and the page are tried on without a graph."""

from graph_model.claims import Clocks
from queries.answers.answer import (
    ORDER,
    Asked,
    Budget,
    Coverage,
    Evidence,
    Finding,
    Folded,
    Hub,
    LinkedQuestion,
    ListCoverage,
    ListSource,
    NodeRef,
    Path,
    Searched,
    Step,
    Subject,
    Timing,
    Verdict,
    Verdicts,
)
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked_law import NOBODY

_ZHANG, _ZHANG_2 = NodeRef("p-zhang", "Person", "示例张三"), NodeRef("p-zhang-2", "Person", "示例张三")
_JIA = NodeRef("cn-uscc-91360102XP000001X6", "Enterprise", "示例甲建设有限公司")
_YI = NodeRef("cn-uscc-91360102XP00000286", "Enterprise", "示例乙投资有限公司")
_GENG = NodeRef("cn-uscc-91130102XP0000079L", "Enterprise", "示例庚钢铁有限公司")
_SASAC = NodeRef("a-1", "Authority", "示例市国有资产监督管理委员会")


def _step(a: NodeRef, b: NodeRef, relation: str, term: str, claim: str, **more: object) -> Step:
    values = {"along": "out", "post": None, "percent": None, "valid_from": None, "valid_to": None, "as_of": None, "holds": "yes", "grade": None, "also": ()}
    return Step(from_=a.id, to=b.id, relation=relation, term=term, claims=(claim,), **{**values, **more})  # type: ignore[arg-type]


_SAME = _step(_ZHANG, _ZHANG_2, "SAME_AS", "同一主体", "c-same", grade="anchored")
_SHORT = Path(
    (_ZHANG, _ZHANG_2, _YI, _JIA),
    (
        _SAME,
        _step(_ZHANG_2, _YI, "DIRECTOR_OF", "董事", "c-board", post="董事", valid_from="2020-03-02"),
        _step(_YI, _JIA, "SHAREHOLDER_OF", "股东", "c-share", percent="65", valid_from="2018-01-25"),
    ), 2, "anchored", (),
)  # fmt: skip
_STATE = Path(
    (_ZHANG, _ZHANG_2, _YI, _SASAC, _GENG),
    (
        _SAME,
        _step(_ZHANG_2, _YI, "SHAREHOLDER_OF", "股东", "c-own", percent="60", valid_from="2016-03-10"),
        _step(_YI, _SASAC, "SHAREHOLDER_OF", "股东", "c-state-1", along="in", percent="10", as_of="2025-12-31"),
        _step(_SASAC, _GENG, "SHAREHOLDER_OF", "股东", "c-state-2", percent="70.5", as_of="2025-12-31"),
    ), 3, "anchored", ("hub", "state_parent"),
)  # fmt: skip


def _evidence(document: str, row: int, statement: str, raw: dict[str, str] | None) -> Evidence:
    return Evidence("example", "示例家族", 1, "0" * 64, document, None, row, None, "asserted", raw, statement)


EVIDENCE = {
    "c-list-1": _evidence("example_dishonest.csv", 2, "示例甲建设有限公司自2021-03-15起列入失信被执行人。", {"iname": "示例甲建设有限公司", "cardNum": "91360102XP000001X6", "caseCode": "（2020）示0100执1234号", "courtName": "示例市示例区人民法院", "publishDate": "2021年03月15日", "duty": "<b>支付工程款</b>186.5万元及利息"}),
    "c-list-2": _evidence("example_lists.csv", 4, "示例庚钢铁有限公司自2025-07-08起列入经营异常名录。", None),
    "c-same": Evidence("resolver", "身份判定", 5, None, None, None, None, None, "asserted", None, "两条记录的遮蔽证号与姓名相同，判为同一人。"),
    "c-board": _evidence("example_officers.csv", 6, "示例张三自2020-03-02起任示例乙投资有限公司董事。", {"企业名称": "示例乙投资有限公司", "姓名": "示例张三", "职务": "董事", "任职日期": "2020-03-02", "离任日期": ""}),
    "c-share": _evidence("example_shareholders.csv", 2, "示例乙投资有限公司持有示例甲建设有限公司65%股份。", {"企业名称": "示例甲建设有限公司", "股东名称": "示例乙投资有限公司", "持股比例": "65%", "认缴出资额(万元)": "650"}),
    "c-own": _evidence("example_shareholders.csv", 4, "示例张三持有示例乙投资有限公司60%股份。", None),
    "c-state-1": _evidence("example_shareholders.csv", 9, "示例市国有资产监督管理委员会持有示例乙投资有限公司10%股份。", None),
    "c-state-2": _evidence("example_shareholders.csv", 12, "示例市国有资产监督管理委员会持有示例庚钢铁有限公司70.5%股份。", None),
}  # fmt: skip


def _finding(name: str, subject: NodeRef, path: Path, listing: str, since: str, *, severe: bool) -> Finding:
    evidence = tuple(claim for step in path.steps for claim in step.claims)
    return Finding("path", name, "negative", severe, "displayed", since, None, None, "yes", subject, path.hops, path, path.flags, listing, (listing, *evidence))


LINKED = LinkedAnswer(
    LinkedQuestion("linked", Asked("示例张三", "示例甲建设有限公司"), "2026-01-01", "2026-02-01T08:00:00+00:00", "2026-01-01", None, None, None, 4, "anchored", 20, 10.0),
    Subject(Asked("示例张三", "示例甲建设有限公司"), "p-zhang", "Person", "示例张三", "anchored", None, (Folded("p-zhang-2", "anchored", ("c-same",)),), (), 3),
    Clocks("2026-01-01", 7, "2026-02-01T08:00:00+00:00", "2026-01-01"),
    Verdicts(
        Verdict("no", None, ()),
        Verdict("undetermined", "no rules loaded", ()),
        Verdict("yes", None, (_finding("失信被执行人", _JIA, _SHORT, "c-list-1", "2021-03-15", severe=True), _finding("经营异常名录", _GENG, _STATE, "c-list-2", "2025-07-08", severe=False))),
        Verdict("undetermined", "no rules loaded", ()),
    ),
    NOBODY,
    Coverage(
        (ListCoverage("失信被执行人", "negative", True, 3, (ListSource("example", "示例家族", "2026-01-01", "2026-02-01T08:00:00+00:00", True, 3),)),
         ListCoverage("经营异常名录", "negative", False, 12_500, (ListSource("amr", "市场监督管理部门", "2025-12-31", "2026-02-01T08:00:00+00:00", False, 12_500),))),
        ("严重违法失信名单", "重大税收违法失信主体", "拖欠农民工工资失信名单"), 4, False, (), ORDER, Budget(10.0, False),
        (Hub("a-1", "示例市国有资产监督管理委员会", 913),), 2, Searched(18, 41),
    ),
    EVIDENCE,
    Timing(0.031, 14),
)  # fmt: skip
