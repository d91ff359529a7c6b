"""The confidence of a fact is measured, never one, and every type has one."""

from nlp.evaluate import FACT_TYPES
from nlp.measured import confidence
from nlp.pipeline import extract


def test_every_type_has_a_measured_confidence_short_of_certainty() -> None:
    assert set(confidence()) == set(FACT_TYPES)
    assert all(0 < share < 1 for share in confidence().values())


def test_an_extracted_fact_carries_the_confidence_of_its_type() -> None:
    found = extract("示例甲建设有限公司因虚报注册资本，被示例市市场监督管理局罚款5万元。").facts
    assert found and all(fact.confidence == confidence()[fact.type] for fact in found)
