"""A small invented world that the tests of show, search, export and the catalogue share."""

from dataclasses import dataclass, replace

from graph_model.stores.graph import Graph
from tests.factory import COURT, THIRD, Facts

USCC = "91330100MA2H31531M"
DAY = "2021-06-01"
RED, BLACK, ODD = "红名单", "失信被执行人", "经营异常名录"


@dataclass(frozen=True, slots=True)
class Sample:
    """The ids of the world."""

    alpha: str
    alpha_named: str
    beta: str
    gamma: str
    zhang: str
    zhang_elsewhere: str
    state: str
    penalty: str
    listing: str
    share: str
    record: str


def publish_sample(graph: Graph) -> Sample:
    """Two runs: the register and the lists; then a rename and a corrected share."""
    facts = Facts()
    sample = _subjects(facts)
    _relations(facts, sample)
    sample = _events(facts, replace(sample, share=facts.share(sample.beta, sample.alpha, "60", "2015-01-01")))
    facts.document("doc-test", "register.csv")
    facts.publish(graph, "2021-01-01T00:00:00+00:00")
    _second_run(facts, sample).publish(graph, "2021-03-01T00:00:00+00:00")
    return sample


def _subjects(facts: Facts) -> Sample:
    alpha = facts.enterprise("示例甲建设有限公司", USCC, record=False)
    record = facts.record(
        alpha, "示例甲建设有限公司", uscc=USCC, former_names="示例老字号公司、示例旧名公司", short_name="甲建",
        capital="1000000", address="杭州市示例路1号", row=2,
    )  # fmt: skip
    facts.record(alpha, "示例甲建没有限公司", source=THIRD, problems="uscc: check character", proposals='[{"value": "示例甲建设有限公司"}]')
    named = facts.enterprise("示例甲建设集团", record=False)
    beta = facts.enterprise("示例乙投资有限公司", address="杭州市示例路1号")
    gamma = facts.enterprise("示例丙食品有限公司")
    zhang, elsewhere = facts.person("张示例", alpha), facts.person("张示例", gamma)
    state = facts.authority("示例市国资委", state_holder=True)
    return Sample(alpha, named, beta, gamma, zhang, elsewhere, state, "", "", "", record)


def _relations(facts: Facts, s: Sample) -> None:
    facts.same_as(s.alpha, s.alpha_named, "anchored", source=THIRD)
    facts.role(s.zhang, "LEGAL_REPRESENTATIVE_OF", s.alpha, "2015-01-01", post="法定代表人")
    facts.role(s.zhang, "LEGAL_REPRESENTATIVE_OF", s.alpha, "2015-01-01", post="法定代表人", source=THIRD, as_of="2019-01-01")
    facts.role(s.zhang, "DIRECTOR_OF", s.beta, "2016-01-01", "2018-12-31", post="董事")
    facts.role(s.zhang_elsewhere, "LEGAL_REPRESENTATIVE_OF", s.gamma, "2012")
    facts.share(s.beta, s.alpha, "55", "2015-01-01", source=THIRD)
    facts.share(s.state, s.beta, "100", "2010-01-01")


def _events(facts: Facts, s: Sample) -> Sample:
    number = "（2020）示0101执1号"
    listing = facts.listing(s.alpha, BLACK, "2020-03-01", number=number)
    facts.listing(s.alpha, BLACK, "2020-03-01", number=number, source=THIRD)
    facts.listing(s.alpha, RED, "2019-01-01")
    facts.listing(s.gamma, ODD, "2019-05-01", "2020-05-01", removed="2020-05-02")
    facts.listing(s.alpha_named, ODD, "2018-01-01", unknown_since="2020-01-01")
    told = {"fine": "50000", "authority": "示例市市场监督管理局", "source": COURT}
    first = {**told, "number": "示市监罚〔2020〕1号", "decided": "2020-02-02", "valid_from": "2020-02-02"}
    penalty = facts.event("Penalty", s.alpha, first)
    facts.event("Penalty", s.alpha, {"number": "示市监罚〔2020〕2号", "fine": "100000", "decided": "2020-04-02", "source": COURT})
    return replace(s, listing=listing, penalty=penalty)


def _second_run(before: Facts, s: Sample) -> Facts:
    facts = Facts(as_of="2021-02-01")
    facts.close(before, s.share)
    facts.share(s.beta, s.alpha, "65", "2015-01-01")
    facts.record(s.beta, "示例乙控股有限公司", former_names="示例乙投资有限公司")
    return facts
