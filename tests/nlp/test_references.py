"""References: 当事人, 该公司, 本公司, 你单位, 其, 我局 and 本院 inside a document."""

from nlp.extraction import Entity, EntityType
from nlp.references import issuer, parties, references


def _entities(text: str, **named: tuple[EntityType, str]) -> dict[str, Entity]:
    """Entities by id, each at every place of its name in the text."""
    made = {}
    for key, (kind, name) in named.items():
        spans, at = [], text.find(name)
        while at >= 0:
            spans.append((at, at + len(name)))
            at = text.find(name, at + 1)
        made[key] = Entity(key, kind, name, tuple(spans))
    return made


def _meant(text: str, **named: tuple[EntityType, str]) -> set[tuple[str, str]]:
    found = references(text, _entities(text, **named))
    assert all(mention.coref for mention in found)
    return {(text[m.start : m.end], m.entity) for m in found}


_DECISION = (
    "示例市生态环境局行政处罚决定书\n示环罚〔2021〕1号\n当事人：示例水泥有限公司\n法定代表人：张三\n"
    "经查，当事人超标排放。我局决定对你单位罚款1万元。\n示例市生态环境局\n2021年3月4日"
)


def test_party_addressee_and_organ_of_a_decision() -> None:
    found = _meant(
        _DECISION, e1=("Enterprise", "示例水泥有限公司"), p1=("Person", "张三"), a1=("Authority", "示例市生态环境局")
    )
    assert found == {("当事人", "e1"), ("你单位", "e1"), ("我局", "a1")}


def test_the_parties_are_those_the_block_names_first() -> None:
    text = (
        "当事人：示例股份有限公司（以下简称示例股份或公司），住所：某市。李四，男，1970年出生，时任示例股份董事长。"
        "王五，女，时任示例股份总经理。依据《证券法》，我局对示例股份立案。本局对当事人进行了告知。"
    )
    made = _entities(text, e1=("Enterprise", "示例股份有限公司"), p1=("Person", "李四"), p2=("Person", "王五"))
    assert parties(text, made) == ("e1", "p1", "p2")
    assert {m.entity for m in references(text, made) if text[m.start : m.end] == "当事人"} == {"e1", "p1", "p2"}


def test_an_addressee_line_names_the_party() -> None:
    text = "关于对示例证券有限公司采取责令改正措施的决定\n示例证券有限公司：\n经查，你公司内控不完善，公司部分员工违规。"
    assert _meant(text, e1=("Enterprise", "示例证券有限公司")) == {("你公司", "e1"), ("公司", "e1")}


def test_you_is_the_person_addressed() -> None:
    text = "某市局：\n当事人：赵六\n我局调查了示例铸业有限公司，发现你单位有违法行为，你为直接负责的主管人员。"
    found = _meant(text, p1=("Person", "赵六"), e1=("Enterprise", "示例铸业有限公司"))
    assert ("你单位", "e1") in found
    assert ("你", "p1") in found


def test_that_company_is_the_one_before() -> None:
    text = "我局到示例部件有限公司检查，发现该公司预案未修订。该行为违法。"
    found = _meant(text, e1=("Enterprise", "示例部件有限公司"))
    assert ("该公司", "e1") in found
    assert not {word for word, _ in found if word.startswith("该行")}


def test_its_before_a_post_is_an_organisation() -> None:
    text = "张三任职的示例集团有限公司因欠薪被列入名单，其法定代表人一并列入。"
    assert _meant(text, p1=("Person", "张三"), e1=("Enterprise", "示例集团有限公司")) == {("其", "e1")}


def test_other_words_with_qi_mean_nobody() -> None:
    assert _meant("示例公司与其他企业，其中三家。", e1=("Enterprise", "示例公司")) == set()


def test_plaintiff_and_defendant_are_bound_by_their_introduction() -> None:
    text = "原告：示例门店\n被告：示例县应急管理局\n被告作出处罚，原告不服，向本院起诉。示例县人民法院"
    found = _meant(
        text, e1=("Enterprise", "示例门店"), a1=("Authority", "示例县应急管理局"), c1=("Court", "示例县人民法院")
    )
    assert found == {("被告", "a1"), ("原告", "e1"), ("本院", "c1")}


def test_the_signer_goes_before_other_organs() -> None:
    text = "某省财政厅转来线索。我局查明事实，决定处罚。\n示例县财政局\n2020年1月2日"
    made = _entities(text, a1=("Authority", "某省财政厅"), a2=("Authority", "示例县财政局"))
    assert issuer(text, made) == "a2"


def test_nothing_is_resolved_where_nobody_is_named() -> None:
    assert _meant("当事人应当履行，该公司应当改正，我局依法处理。") == set()
