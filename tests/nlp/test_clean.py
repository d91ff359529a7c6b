"""Cleaning: what it takes away and changes, and the way back to the original."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clean import Cleaned, clean, simplify

_PIECES = st.sampled_from(
    ["當(dāng)事人", "價(jia) 格", "行 政 处 罚", "<p>一</p>", "\u200b", "：", ":", "（2020）", "[2019]", " and ", "和",
     "某某有限公司", "\n", "\n\n", "，", "。", "12,345.6元", "Ａ１", "\t", "|", "凯发k8官网下载的", "《关于", "》", "x", "- 3 -\n"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=80)


@given(_TEXTS)
@settings(deadline=None)
def test_every_character_stands_for_one_of_the_original(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned.origin) == len(cleaned.text)
    assert list(cleaned.origin) == sorted(set(cleaned.origin))
    assert all(0 <= at < len(text) for at in cleaned.origin)
    assert cleaned.printed(0, len(cleaned.text)) == "".join(text[at] for at in cleaned.origin)


@given(_TEXTS, st.data())
@settings(deadline=None)
def test_a_span_goes_back_and_forth_unchanged(text: str, data: st.DataObject) -> None:
    cleaned = clean(text)
    if not cleaned.text:
        return
    start = data.draw(st.integers(0, len(cleaned.text) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned.text)))

    assert cleaned.forward(*cleaned.back(start, end)) == (start, end)


@given(_TEXTS)
@settings(deadline=None)
def test_cleaning_never_adds(text: str) -> None:
    assert len(clean(text).text) <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("當(dāng)事人", "当事人"),
        ("市場(chǎng)監(jiān)管局", "市场监管局"),
        ("藥價(jia) 格", "药价格"),
        ("統(tǒng)一社會(huì)信用代碼", "统一社会信用代码"),
        ("第(一)项", "第（一）项"),
        ("行 政 处 罚 决 定 书", "行政处罚决定书"),
        ("地 址：某路", "地址：某路"),
        ("处罚决定书 沪〔2020〕1号", "处罚决定书 沪〔2020〕1号"),
        ("第一条  本办法", "第一条  本办法"),
        ("表率 and 导向", "表率和导向"),
        ("<p>第一段</p>", "第一段"),
        ("罚款12,345元,并警告:无", "罚款12,345元，并警告：无"),
        ("14:51 发布", "14:51 发布"),
        ("穗环罚[2019]12号", "穗环罚〔2019〕12号"),
        ("【2023】30号", "〔2023〕30号"),
        ("(2020)苏01行初1号", "（2020）苏01行初1号"),
        ("ＡＢＣ１２", "ABC12"),
        ("推动凯发k8官网下载的合作", "推动合作"),
        ("公\u200b司", "公司"),
        ("│甲公司│", "|甲公司|"),
    ],
)
def test_what_cleaning_makes_of_damage(text: str, expected: str) -> None:
    assert clean(text).text.strip() == expected


def test_a_line_said_twice_stays_once() -> None:
    line = "关于对示例公司作出处罚的公告"
    assert clean(f"{line}\n\n{line}\n正文").text.count(line) == 1


def test_a_short_line_said_twice_stays_twice() -> None:
    assert clean("合格\n合格").text == "合格\n合格"


def test_a_sentence_cut_by_a_page_is_joined() -> None:
    text = "经查，示例科技有限公司在生产经营过程中存在未按照规定披\n\n露信息的行为，违反了有关规定。"
    assert "未按照规定披露信息的行为" in clean(text).text


@pytest.mark.parametrize(
    "text",
    [
        "某市市场监督管理局\n行政处罚决定书",
        "一、示例甲有限公司，罚款一万元整并没收违法所得，\n二、示例乙有限公司，罚款两万元。",
        "北京示例甲科技发展有限公司、上海示例乙商贸发展有限公司\n天津示例丙实业有限公司，均为被处罚单位",
        "当事人：示例公司\n法定代表人：张三",
        "甲\t乙\n丙\t丁",
    ],
)
def test_lines_of_their_own_are_not_joined(text: str) -> None:
    assert clean(text).text.count("\n") == text.count("\n")


def test_a_bracket_open_over_a_line_end_is_joined() -> None:
    assert clean("越南示例公司（以下简称“越南\n示例”）").text == "越南示例公司（以下简称“越南示例”）"


def test_the_place_of_an_empty_span() -> None:
    cleaned = Cleaned("ab", "a-b", (0, 2))
    assert cleaned.back(1, 1) == (2, 2)
    assert cleaned.back(2, 2) == (3, 3)
    assert cleaned.forward(1, 2) is None


def test_simplify_is_one_character_for_one() -> None:
    assert simplify("開設臺灣銀行") == "开设台湾银行"
