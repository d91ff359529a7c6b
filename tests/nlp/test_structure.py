"""Lines, sentences, items, headline, parties, sign-off, fields and tables of texts as they come."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.extraction import Span
from nlp.fold import fold
from nlp.structure import read_structure

_DECISION = """东州市生态环境局
行政处罚决定书
东环罚〔2023〕8号
当事人：东州市远方电镀厂
统一社会信用代码：91330000MA0000000A
法定代表人：方远
2023年3月3日我局对当事人进行检查，发现“未按规定贮存危险废物。”的情况，依据《固废法》第一百一十二条，我局决定：
一、责令改正；
二、罚款人民币贰万元。
东州市生态环境局
2023年3月28日"""


def _texts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def test_sentence_goes_on_behind_a_quotation() -> None:
    text = "违反了第二条“不得排放。”的规定。罚款。"
    assert _texts(text, read_structure(text).sentences) == ["违反了第二条“不得排放。”的规定。", "罚款。"]


def test_sentence_cut_by_a_page_is_one() -> None:
    text = "甲公司于去年在未取得许可证的情况下擅自\n\n开工建设，被处以罚款五万元。"
    assert len(read_structure("甲公司，" + text).sentences) == 1


def test_clauses_keep_brackets_and_figures_whole() -> None:
    text = "对甲（以下称甲,简称）罚款1,000元，对乙警告"
    assert _texts(text, read_structure(text).clauses((0, len(text)))) == ["对甲（以下称甲,简称）罚款1,000元，", "对乙警告"]


def test_decision_has_its_parts() -> None:
    structure = read_structure(_DECISION)
    assert structure.signoff is not None
    assert _texts(_DECISION, (structure.signoff.by, structure.signoff.date)) == ["东州市生态环境局", "2023年3月28日"]
    assert _DECISION[slice(*structure.parties[0])].startswith("东州市远方电镀厂")
    assert "检查" not in _DECISION[slice(*structure.parties[0])]
    assert [(i.style, i.number) for i in structure.items] == [("big", 1), ("big", 2)]
    fields = {f.label: _DECISION[slice(*f.value)] for f in structure.fields}
    assert fields["法定代表人"] == "方远"


def test_parties_of_one_label_are_told_apart() -> None:
    text = "行政处罚决定书\n当事人：甲股份有限公司（以下简称甲公司），住所：东州。张某，男，1970年出生。李某，女，1980年出生。依据《证券法》，我局决定"
    assert [p[:2] for p in _texts(text, read_structure(text).parties)] == ["甲股", "张某", "李某"]


def test_items_inside_a_sentence() -> None:
    text = "决定：1.对甲罚款2.5万元；2.对乙警告。"
    structure = read_structure(text)
    assert _texts(text, tuple(i.content for i in structure.items)) == ["对甲罚款2.5万元；", "对乙警告。"]
    item = structure.item_at(text.index("乙"))
    assert item is not None and item.number == 2


def test_headline_is_the_title_and_not_the_first_sentence() -> None:
    assert read_structure("甲公司被罚5万元\n近日，甲公司被罚款。").headline == (0, 8)
    assert read_structure("近日，甲公司被罚款。该公司不服。").headline is None


def test_pipes_and_tabs_are_tables() -> None:
    tabs = "单位名称\t处罚文号\t处罚结果\n甲店\t东罚〔2023〕1号\t罚款1000元\n乙店\t东罚〔2023〕2号\t警告"
    pipes = tabs.replace("\t", " | ")
    for text in (tabs, pipes):
        (table,) = read_structure(text).tables
        assert table.header == ("单位名称", "处罚文号", "处罚结果")
        cell = table.cell(table.rows[1], "结果")
        assert cell is not None and cell.text == "警告"
        assert text[cell.start : cell.end] == "警告"


def test_drawn_box_gathers_the_lines_of_a_cell() -> None:
    text = "┌──┬────┬───┐\n│序号│股东名称│比例 │\n├──┼────┼───┤\n│1  │甲控股 │35% │\n│   │集团  │   │\n├──┼────┼───┤\n│2  │王某  │5%  │\n└──┴────┴───┘"
    (table,) = read_structure(text).tables
    assert [[c.text for c in r.cells] for r in table.rows] == [["1", "甲控股集团", "35%"], ["2", "王某", "5%"]]


def test_columns_of_blanks_are_a_table() -> None:
    text = "序号 企业名称 处罚决定书文号 罚款金额（万元）\n1 甲化工有限公司 东应急罚〔2023〕1号 5\n2 乙矿业有限公司 东应急罚〔2023〕2号 12.5"
    (table,) = read_structure(text).tables
    assert [c.text for c in table.rows[1].cells][-1] == "12.5"


def test_two_columns_are_fields() -> None:
    text = "处罚决定书文号 | 东罚〔2023〕1号 |\n作出决定日期 | 2023年1月2日 |"
    assert {f.label for f in read_structure(text).fields} == {"处罚决定书文号", "作出决定日期"}


@given(st.text(alphabet="甲乙公司罚款。，：；|\t\n 一、1.（）“”│─2023年日〔〕当事人", max_size=120))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    structure = read_structure(text)
    assert len(fold(text)) == len(text)
    spans = [*structure.sentences, *structure.lines, *(f.value for f in structure.fields), *(i.content for i in structure.items)]
    spans += [s for t in structure.tables for r in t.rows for c in r.cells for s in c.spans]
    assert all(0 <= a <= b <= len(text) for a, b in spans)
    assert structure.headline is None or structure.headline[1] <= len(text)
    assert all(a <= b for a, b in structure.parties)
