"""A document on the page: pasted or dropped, its facts marked in it, each accepted, rejected or taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api import reading
from graph_model.stores import open_graph
from ingest.candidates.review import Wanted, candidates
from nlp.extraction import Extraction
from tests.api.test_page import READY, browser
from tests.api.world import FIRM_NAME, Served, build, serving
from tests.ingest import papers
from tests.ingest.reading import ENTITIES, FACTS, TEXT

__all__ = ["browser"]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A graph of its own, since the page writes here, and a perfect reader of the example."""
    monkeypatch.setattr(reading, "extractor", lambda: lambda text, date=None: Extraction(text, ENTITIES, FACTS, date, "t1") if TEXT in text else Extraction(text, (), (), date, "t1"))
    with serving(build(tmp_path)) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """The page with the reader opened; anything the browser complains of fails the test."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1360, "height": 1000}, locale="zh-CN")
    opened, complaints = context.new_page(), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    opened.goto("/")
    opened.wait_for_selector(READY)
    opened.click("#to-reader")
    expect(opened.locator("#reader-title")).to_be_focused()
    yield opened
    context.close()
    assert [c for c in complaints if not re.search(r"status of 422", c)] == []


def _states(server: Served) -> dict[str, str]:
    graph = open_graph(server.settings.graph_url)
    with graph.reading() as reader:
        found = {one.kind: one.state for one in candidates(reader, Wanted(state="all"))}
    graph.close()
    return found


@pytest.mark.browser
def test_paste_mark_accept_reject_and_take_back(page: Page, server: Served, tmp_path: Path) -> None:
    page.fill("#document-text", TEXT)
    page.click("#reader-form button")
    expect(page.locator("#reading-title")).to_be_focused()
    expect(page.locator(".document")).to_have_text(TEXT)
    expect(page.locator(".fact")).to_have_count(6)

    fine = page.locator("mark", has_text="罚款50000元")
    fine.click()
    expect(page.locator("#fact-0")).to_have_class(re.compile("open"))
    expect(page.locator("#fact-0")).to_contain_text(f"{FIRM_NAME} → 示例市市场监督管理局")
    expect(page.locator("mark.unsure").first).to_be_visible()

    page.fill("#why", "与公示核对")
    page.click("#decide-0 button:has-text('accept')")
    expect(page.locator("#decide-0")).to_contain_text("已采信", timeout=60_000)
    expect(page.locator("#decide-4")).to_contain_text("假设，不入图")
    page.click("#decide-1 button:has-text('reject')")
    expect(page.locator("#decide-1 .flag")).to_contain_text("不采信", timeout=60_000)
    page.screenshot(path=tmp_path / "document.png", full_page=True)
    assert (tmp_path / "document.png").stat().st_size > 20_000
    assert (_states(server)["Penalty"], _states(server)["LEGAL_REPRESENTATIVE_OF"]) == ("accepted", "rejected")

    page.click("#decide-0 button:has-text('take back')")
    expect(page.locator("#decide-0 button").first).to_contain_text("采信", timeout=60_000)
    assert _states(server)["Penalty"] == "waiting"


@pytest.mark.browser
def test_a_file_that_is_chosen_or_dropped(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(papers.word(TEXT.split("\n")))
    page.set_input_files("#document-file", path)
    expect(page.locator("#reading-title")).to_have_text("notice.docx")
    expect(page.locator(".fact")).to_have_count(6)

    moved = page.evaluate_handle("(text) => { const moved = new DataTransfer(); moved.items.add(new File([text], 'dropped.txt')); return moved; }", "没有事实。")
    page.dispatch_event("#drop", "drop", {"dataTransfer": moved})
    expect(page.locator("#reading-title")).to_have_text("dropped.txt")
    expect(page.locator("#reading")).to_contain_text("没有找到事实")


@pytest.mark.browser
def test_what_cannot_be_read_is_said(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"no pdf")
    page.set_input_files("#document-file", path)

    expect(page.locator("#notice")).to_contain_text("named like a PDF")


@pytest.mark.browser
def test_a_narrow_screen_and_letters_beyond_the_basic_plane(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.fill("#document-text", f"{TEXT}\n𠮷野家")
    page.click("#reader-form button")
    expect(page.locator("mark", has_text="罚款50000元")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
