"""Numbers of decisions, notices and cases, without the words in front of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numbers import numbers


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("中国证监会行政处罚决定书〔2019〕8号", "〔2019〕8号", "decision"),
        ("银保监会作出银保监罚决字〔2021〕12号行政处罚决定", "银保监罚决字〔2021〕12号", "decision"),
        ("（津保）应急罚[2023]k-39号", "（津保）应急罚[2023]k-39号", "decision"),
        ("文号：津滨市监罚〔2023〕危化-12号", "津滨市监罚〔2023〕危化-12号", "decision"),
        ("深市监罚字(2020)龙岗1234号", "深市监罚字(2020)龙岗1234号", "decision"),
        ("湘长税稽罚 〔 2021 〕 12 号", "湘长税稽罚〔2021〕12号", "decision"),
        ("甘银保监罚决字〔2021〕5、6、7号", "甘银保监罚决字〔2021〕5号", "decision"),
        ("川市监质罚2021第5号", "川市监质罚2021第5号", "decision"),
        ("无为市监罚字〔2023〕12号", "无为市监罚字〔2023〕12号", "decision"),
        ("沪市监罚〔2023〕***号", "沪市监罚〔2023〕***号", "decision"),
        ("行政处罚决定书 2017 88 号", "201788号", "decision"),
        ("榆财采处〔201702", "榆财采处〔201702", "decision"),
        ("穗天河市监罚告字〔2022〕8号", "穗天河市监罚告字〔2022〕8号", "notice"),
        ("《行政处罚事先告知书》（东环罚〔2022〕2号）", "东环罚〔2022〕2号", "notice"),
        ("(2020)苏1202行初85号", "(2020)苏1202行初85号", "case"),
        ("（2014）沂刑初字第75号", "（2014）沂刑初字第75号", "case"),
        ("（2021）最高法民终123号", "（2021）最高法民终123号", "case"),
        ("（2023）粤03执12345号之一", "（2023）粤03执12345号之一", "case"),
        ("国发〔2020〕10号", "国发〔2020〕10号", "other"),
    ],
)
def test_number_and_what_it_numbers(text: str, number: str, kind: str) -> None:
    assert [(n.text, n.kind) for n in numbers(text)] == [(number, kind)]


@pytest.mark.parametrize("text", ["电话88881234号", "2021年第3号楼", "批号200601", "第三十条"])
def test_other_figures_are_no_numbers(text: str) -> None:
    assert numbers(text) == ()


@given(st.sampled_from(["沪市监罚", "东环罚字", "银罚决字"]), st.integers(2000, 2029), st.integers(1, 99999), st.sampled_from(["〔〕", "[]", "()", "（）"]))
def test_any_bracket_and_figure_comes_back(issuer: str, year: int, figure: int, brackets: str) -> None:
    number = f"{issuer}{brackets[0]}{year}{brackets[1]}{figure}号"
    assert [n.text for n in numbers(f"作出{number}行政处罚决定")] == [number]


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(0 <= n.start < n.end <= len(text) for n in numbers(text))


def test_row_of_numbers_gives_each_of_them() -> None:
    (number,) = numbers("作出盐民罚字〔2023〕4、5、6号行政处罚决定")
    assert (number.text, number.joint) == ("盐民罚字〔2023〕4号", ("盐民罚字〔2023〕5号", "盐民罚字〔2023〕6号"))
    assert numbers("行政处罚（绵市监处罚〔2023〕216号、217号）")[0].joint == ("绵市监处罚〔2023〕217号",)
