"""The dashboard in Debian's Chromium: no outside request, no error, filters in place, theme, keyboard."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.api.dashboard.test_routes import CLAIM, article_of

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; `apt-get install chromium` brings it"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Watched:
    """A tab, the hosts that it asked and the errors that it met."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=server, locale="en-GB", color_scheme="light")
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext, server: str) -> Iterator[Watched]:
    """Whatever a test does, it asks nothing of another host and meets no error, those of the policy included."""
    watched = Watched(context)
    yield watched
    assert watched.hosts == {urlsplit(server).netloc}
    assert watched.errors == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_loads_from_here_only(tab: Watched, lang: str, client: httpx.Client) -> None:
    article = article_of(client, "wrong")
    for path in ("/", article, "/figures", "/claims", CLAIM, "/sources", "/analyse", "/method"):
        tab.page.goto(f"{path}?hl={lang}")
        expect(tab.page.locator("html")).to_have_attribute("lang", lang)
        expect(tab.page.locator("h1")).to_be_visible()


def test_a_filter_changes_chart_and_list_in_place(tab: Watched) -> None:
    page = tab.page
    page.goto("/")
    before = page.locator(".chart-wide .line").first.get_attribute("d")
    page.locator("summary", has_text="Language").click()
    page.get_by_label("Dutch").check()
    expect(page.locator(".chip")).to_have_text("Language Dutch – remove this filter")
    assert page.locator(".chart-wide .line").first.get_attribute("d") != before
    assert set(page.locator(".outlet").all_text_contents()) <= {"Dagblad Noord", "De Polder", "Beurspost"}
    assert urlsplit(page.url).query == "lang=nl"
    expect(page.get_by_label("Dutch")).to_be_focused()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)


def test_filters_work_without_script(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("summary", has_text="Thema").click()
    page.get_by_label("Energie").check()
    page.get_by_role("search").get_by_role("button", name="Toepassen").click()
    expect(page.locator(".chip")).to_contain_text("Energie")
    assert "theme=energy" in page.url
    context.close()


def test_the_chart_is_read_by_pointer_and_by_keys(tab: Watched) -> None:
    page = tab.page
    page.goto("/")
    chart, tip = page.locator(".chart-wide"), page.locator("[data-tip]")
    chart.locator("[data-row='stance-2025-Q3']").hover()
    expect(tip).to_contain_text("Q3 2025")
    chart.locator("[data-row='capex-2025-Q3']").hover()
    expect(tip).to_contain_text("Amazon")
    chart.focus()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("Q1 2024")


def test_an_article_leads_from_a_figure_to_its_check(tab: Watched, client: httpx.Client) -> None:
    page = tab.page
    page.goto(article_of(client, "wrong"))
    page.locator(".figure-mark").click()
    expect(page.locator("tr:target")).to_contain_text("does not hold")
    expect(page.locator(".ribbon rect")).to_have_count(6)


def test_the_theme_is_switched_and_remembered(tab: Watched) -> None:
    page = tab.page

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.goto("/")
    light = ground()
    page.get_by_role("button", name="Use the dark theme").click()
    dark = ground()
    assert dark != light
    page.goto("/method")
    assert ground() == dark
    page.get_by_role("button", name="Use the light theme").click()
    assert ground() == light


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(tab: Watched) -> None:
    page = tab.page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1600])
def test_no_page_scrolls_sideways(tab: Watched, width: int, client: httpx.Client) -> None:
    tab.page.set_viewport_size({"width": width, "height": 800})
    for path in (
        "/",
        article_of(client, "wrong"),
        "/figures",
        "/claims",
        CLAIM,
        "/sources",
        "/analyse",
        "/method?hl=nl",
    ):
        tab.page.goto(path)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
