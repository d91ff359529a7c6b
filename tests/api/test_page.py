"""The page as a person uses it: a real server, a real graph, headless Chromium."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.settings import Settings
from tests.api.world import DAY, FIRM, FIRM_NAME, PERSON, PURPOSE, Served, serving

CHROMIUM = os.environ.get("XINPU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READY = "html[data-ready]"
PAGE = Path(__file__).resolve().parents[2] / "api" / "page"
# A question asked again replaces the drawing: only one that is still mounted has a renderer.
DRAWN = "(day) => window.xinpu && window.xinpu.at === day && !window.xinpu.graph.destroyed() && window.xinpu.graph.renderer() && window.xinpu.graph.edges().length > 0"
FIRST_EDGE = "() => { const edge = window.xinpu.graph.edges('.same').empty() ? window.xinpu.graph.edges()[0] : window.xinpu.graph.edges().not('.same')[0]; const p = edge.renderedMidpoint(); return [p.x, p.y]; }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed under CI; install it or name it in XINPU_CHROMIUM")
        pytest.skip("no Chromium here (set XINPU_CHROMIUM)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A fresh page; anything the browser complains of fails the test."""
    context = browser.new_context(base_url=served.url, viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    opened, complaints = context.new_page(), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    yield opened
    context.close()
    # A refused question is answered with a status that the browser notes by itself.
    assert [c for c in complaints if not re.search(r"status of (401|404|422|503)", c)] == []


@pytest.mark.browser
def test_from_search_to_the_raw_row(page: Page) -> None:
    page.goto("/")
    page.wait_for_selector(READY)
    page.fill("#purpose", PURPOSE)
    page.fill("#q", PERSON)
    page.press("#q", "Enter")
    candidate = page.locator("#hits .card")
    expect(candidate).to_have_count(1)
    expect(candidate).to_contain_text(FIRM_NAME)
    expect(candidate).to_contain_text("仅同名")
    candidate.click()

    expect(page.locator("#subject-name")).to_have_text(PERSON)
    page.fill("input[name=at]", DAY)
    page.click("#question button")
    expect(page.locator("[data-verdict=listed] .sign")).to_contain_text("否")
    expect(page.locator("[data-verdict=associated] .sign")).to_contain_text("是")
    expect(page.locator("[data-verdict=reached] .sign")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"id=p-\w+.*at={DAY}"))
    expect(page.locator(".coverage")).to_contain_text("重大税收违法失信主体")

    page.wait_for_function(DRAWN, arg=DAY)
    box = page.locator("#graph").bounding_box()
    assert box is not None
    page.locator("#graph").scroll_into_view_if_needed()
    x, y = page.evaluate(FIRST_EDGE)
    page.locator("#graph").click(position={"x": x, "y": y})
    expect(page.locator("#claims .statement")).to_contain_text(f"{PERSON}任{FIRM_NAME}法定代表人")
    expect(page.locator("#claims")).to_contain_text("firms.csv，第 2 行")
    expect(page.locator("#claims table")).to_contain_text("<b>示例路1号</b>")
    assert page.locator("#claims b").count() == 0


@pytest.mark.browser
def test_a_shared_address_asks_the_same_question(page: Page) -> None:
    page.goto(f"/?id={FIRM}&at={DAY}&hops=2")
    page.wait_for_selector(READY)

    expect(page.locator("#subject-name")).to_have_text(FIRM_NAME)
    expect(page.locator("select[name=hops]")).to_have_value("2")
    expect(page.locator("input[name=at]")).to_have_value(DAY)
    expect(page.locator(".verdict")).to_have_count(4)
    expect(page.locator("[data-verdict=listed] .sign")).to_contain_text("是")
    page.get_by_role("button", name="查看依据").first.click()
    expect(page.locator("#claims .statement")).to_contain_text("失信被执行人")


@pytest.mark.browser
def test_a_person_needs_a_purpose_and_then_is_answered(page: Page) -> None:
    page.goto(f"/?name={PERSON}&anchor={FIRM_NAME}&at={DAY}")
    page.wait_for_selector(READY)

    expect(page.locator("#notice")).to_contain_text("请先填写用途")
    expect(page.locator("#purpose")).to_be_focused()
    page.keyboard.type(PURPOSE)
    page.keyboard.press("Enter")
    expect(page.locator("#subject-name")).to_have_text(PERSON)


@pytest.mark.browser
def test_by_keyboard_alone(page: Page) -> None:
    page.goto(f"/?id={FIRM}&at={DAY}")
    page.wait_for_selector(READY)
    expect(page.locator("#subject-name")).to_have_text(FIRM_NAME)

    link = page.get_by_role("button", name="查看依据").first
    link.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#claims-title")).to_be_focused()


@pytest.mark.browser
def test_nothing_runs_over_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 760})
    page.goto(f"/?id={FIRM}&at={DAY}")
    page.wait_for_selector(READY)
    expect(page.locator("#subject-name")).to_have_text(FIRM_NAME)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_an_unknown_subject_and_a_graph_that_is_not_there(page: Page, browser: Browser, tmp_path: Path) -> None:
    page.goto("/?id=cn-uscc-00")
    page.wait_for_selector(READY)
    expect(page.locator("#notice")).to_contain_text("没有找到这个主体")

    with serving(Settings(home=tmp_path)) as empty:
        other = browser.new_page()
        other.goto(empty.url)
        expect(other.locator("#notice")).to_contain_text("xinpu init")
        other.close()


@pytest.mark.browser
def test_a_key_is_asked_for(browser: Browser, built: Settings) -> None:
    with serving(replace(built, api_keys=(("test", "k-of-the-tests-0001"),))) as closed:
        page = browser.new_page(base_url=closed.url)
        page.goto(f"/?id={FIRM}")
        expect(page.locator("#notice")).to_contain_text("需要密钥")
        page.keyboard.type("k-of-the-tests-0001")
        page.keyboard.press("Enter")
        expect(page.locator("#subject-name")).to_have_text(FIRM_NAME)
        page.close()


def test_the_page_holds_nothing_inline_and_asks_nobody_else() -> None:
    text = (PAGE / "index.html").read_text("utf-8")
    own = [(PAGE / name).read_text("utf-8") for name in ("app.js", "answer.js", "client.js", "dom.js", "drawing.js")]

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", text)
    assert not any(re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", js) for js in own)
    assert not any(re.search(r"https?://", content) for content in (text, (PAGE / "app.css").read_text("utf-8"), *own))
    assert "MIT" in (PAGE / "vendor" / "cytoscape.LICENSE").read_text("utf-8") or "Permission is hereby granted" in (PAGE / "vendor" / "cytoscape.LICENSE").read_text("utf-8")
