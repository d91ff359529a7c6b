"""The sample question on the sample pack, asked on the page: the picture in docs/ is of this.

`XINPU_REFRESH=1 pytest tests/api/test_picture.py` takes it anew; look at it before committing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.settings import Settings
from graph_model.stores import open_graph
from ingest.pack import load_pack
from ingest.run import Home
from tests.api.test_page import READY, browser
from tests.api.world import Served, serving

DOCS = Path(__file__).resolve().parents[2] / "docs"
__all__ = ["browser"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample pack, served."""
    settings = Settings(home=tmp_path_factory.mktemp("picture"))
    graph = open_graph(settings.graph_url)
    graph.create()
    for _ in load_pack(graph, Home(settings.home)):
        pass
    graph.close()
    with serving(settings) as served:
        yield served


@pytest.mark.browser
def test_the_sample_question_is_answered_and_pictured(sample: Served, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(base_url=sample.url, viewport={"width": 1360, "height": 2050}, locale="zh-CN", device_scale_factor=1)
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector(READY)
    page.fill("#purpose", "案件 2026-001 核查")
    page.fill("#q", "示例卫五")
    page.press("#q", "Enter")
    page.locator("#hits .card").click()
    page.fill("input[name=at]", "2026-01-01")
    page.click("#question button")
    expect(page.locator("[data-verdict=associated] .sign")).to_contain_text("未定")
    # the answer for the day asked, not the one before it that it replaces
    page.wait_for_function("() => window.xinpu && window.xinpu.at === '2026-01-01' && window.xinpu.graph.edges().length > 0")
    page.locator(".trail button.step").first.click()
    expect(page.locator("#claims-body")).to_contain_text("example_officers.csv")
    page.evaluate("window.scrollTo(0, 0)")
    expect(page.locator("#claims-body")).to_contain_text("example_officers.csv")
    path = (DOCS if os.environ.get("XINPU_REFRESH") else tmp_path) / "page.png"
    page.screenshot(path=path)
    context.close()
    assert path.stat().st_size > 20_000
