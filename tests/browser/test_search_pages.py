"""The pages around search: for everyone, on every screen, under the strict content policy, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations_of

pytestmark = pytest.mark.slow


PAGES = {
    "facets and years chosen": "/search/?q=市&year=2019&year=2020&sort=newest",
    "several hits of a meeting": "/search/?q=市",
    "meetings together": "/search/?q=公共停车场 灭火",
    "tasks": "/search/?q=市&view=tasks",
    "help": "/search/help/",
    "trend": "/search/trend/?term=改造&term=市城管局&by=month",
    "trend of nothing": "/search/trend/",
    "alert": "/search/alerts/?q=老旧小区",
    "alert asked for": "/search/alerts/asked/",
    "alert unknown": "/search/alerts/confirm/forged/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_barriers_no_sideways_scrolling_no_complaints(archive, open_window, width, scheme):
    window = open_window(width, color_scheme=scheme)
    complaints, barriers, widths = [], {}, {}
    window.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)

    for kind, path in PAGES.items():
        window.goto(archive.url + path)
        barriers |= {(kind, rule): found for rule, found in violations_of(window).items()}
        widths[kind] = window.evaluate("document.documentElement.scrollWidth")

    assert barriers == {}
    assert widths == dict.fromkeys(PAGES, width)
    assert complaints == []


def test_years_words_and_trend_are_followed_without_scripts(archive, open_window):
    window = open_window(360, java_script_enabled=False)
    window.goto(f"{archive.url}/search/?q=老旧小区")
    facets = window.get_by_label("筛选结果")
    facets.locator("summary").first.click()
    facets.get_by_role("link", name="2019年").click()
    expect(window.get_by_role("list", name="这样理解").get_by_role("link")).to_have_count(2)
    window.get_by_role("link", name="看这些词历年的走势").click()
    window.get_by_label("词 2").fill("公共停车场")
    window.get_by_role("button", name="比较").click()
    numbers = window.get_by_role("table")
    expect(numbers.get_by_role("columnheader", name="公共停车场")).to_be_visible()
    numbers.get_by_role("link").first.click()
    expect(window.get_by_role("heading", name="找到")).to_be_visible()


@pytest.mark.parametrize("words", ["老旧小区", "云川 老旧小区", "电瓶车", "市城管局"])
def test_the_first_result_is_seen_at_once_on_a_phone(archive, open_window, words):
    window = open_window(360)
    window.goto(f"{archive.url}/search/?q={words}")

    first = window.locator(".hits a, .offers .rows a").first
    assert first.bounding_box()["y"] < 400
