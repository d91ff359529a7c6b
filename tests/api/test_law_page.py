"""A subject's page tells the law under its verdicts: the article, the role, the dates, and why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.settings import Settings
from graph_model.stores import open_graph
from ingest.scenario import load_scenario
from queries.law.scenario import read_scenario
from tests.api.test_page import READY, browser
from tests.api.world import Served, serving

CASES = Path(__file__).resolve().parents[1] / "queries" / "law" / "given"
__all__ = ["browser"]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """The legal representative of a listed unit, served; his id."""
    settings = Settings(home=tmp_path_factory.mktemp("law"))
    graph = open_graph(settings.graph_url)
    graph.create()
    scenario = read_scenario(CASES / "T01-legal-representative-of-a-listed-unit.yml")
    names = load_scenario(graph, scenario.facts, scenario.name)
    graph.close()
    with serving(settings) as served:
        yield served, names.nodes["张三"]


@pytest.mark.browser
def test_measures_stand_with_article_role_dates_and_why_not(case: tuple[Served, str], browser: Browser, tmp_path: Path) -> None:
    served, person = case
    context = browser.new_context(base_url=served.url, viewport={"width": 1360, "height": 1700}, locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    page.wait_for_selector(READY)
    page.fill("#purpose", "案件 2026-001 核查")
    page.fill("#q", person)
    page.press("#q", "Enter")
    page.locator("#hits .card").first.click()
    page.fill("input[name=at]", "2021-06-01")
    page.click("#question button")
    page.wait_for_function("() => window.xinpu && window.xinpu.at === '2021-06-01'")
    expect(page.locator("[data-verdict=reached] .sign")).to_contain_text("是")
    law = page.locator(".law")
    for words in ("限制消费规定 3", "法定代表人（甲公司）", "2021-03-20", "未见终止", "失信被执行人：甲公司 在列，本人不在列", "不得扩及", "法发〔2019〕35号 16"):
        expect(law).to_contain_text(words)
    law.locator("summary").click()
    law.get_by_role("button", name="查看依据").first.click()
    expect(page.locator("#claims-body")).to_contain_text("张三任甲公司法定代表人")
    page.screenshot(path=tmp_path / "law.png", full_page=True)
    context.close()
    assert complaints == []
