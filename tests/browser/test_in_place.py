"""Test choices that load their list in place: URL, focus and history."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from search.service import index_everything
from tests.browser.accessibility import violations_of
from tests.pages.factory import keep_meeting
from tests.pages.stories import LONG_AGENDA

pytestmark = pytest.mark.slow


@pytest.fixture
def window(archive, open_window):
    """Open search results in a window that records whether the page was left.

    It also checks that the content security policy is never violated.
    """
    window = open_window(1280)
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    window.goto(f"{archive.url}/search/?q=市")
    window.evaluate("window.stayed = true")
    yield window
    assert complaints == []


def stayed(window) -> bool:
    return window.evaluate("window.stayed === true")


def choose_year(window, year: str) -> None:
    window.get_by_label("筛选结果").get_by_role("link", name=year).first.press("Enter")


def test_a_facet_narrows_the_results_and_keeps_address_focus_and_form_in_step(window):
    choose_year(window, "2018年")

    results = window.get_by_role("region", name="找到")
    expect(results.get_by_text("第70次常务会议")).to_have_count(0)
    expect(results.get_by_text("第39次常务会议")).not_to_have_count(0)
    assert stayed(window)
    expect(window).to_have_url(re.compile(r"\?q=%E5%B8%82&year=2018$"))
    # The same choice again, which would now give it up.
    expect(window.locator(":focus")).to_have_accessible_name(re.compile(r"^去掉筛选：\s*2018年"))
    found = results.get_by_role("heading", level=2).text_content()
    expect(window.get_by_role("status").filter(has_text=found)).to_have_count(1)
    expect(window.locator("input[name=year]")).to_have_value("2018")
    expect(window.get_by_role("link", name="报告错误")).to_have_attribute("href", re.compile("year%3D2018"))
    said, loaded = window.content(), window.request.get(window.url).text()
    for pattern in (
        r'<link rel="(?:canonical|alternate)".*?>',
        r"<meta (?:name=.desc|prop).*?>",
        r"<script type.*?</script>",
    ):
        assert sorted(re.findall(pattern, said)) == sorted(re.findall(pattern, loaded))
    assert violations_of(window) == {}


def test_going_back_shows_the_list_of_that_address(window):
    found = window.get_by_role("heading", name="找到")
    before = found.text_content()
    choose_year(window, "2018年")
    expect(found).not_to_have_text(before)

    window.go_back()

    expect(window).to_have_url(re.compile(r"\?q=%E5%B8%82$"))
    expect(found).to_have_text(before)


def test_what_was_loaded_in_place_can_be_used_like_the_page_it_came_to(window):
    newest_first = window.get_by_role("list", name="排序").get_by_role("link", name="最新")
    newest_first.click()
    expect(newest_first).to_have_attribute("aria-current", "true")
    expect(window).to_have_url(re.compile("sort=newest$"))
    assert stayed(window)

    window.get_by_role("combobox").fill("")
    window.get_by_role("combobox").press_sequentially("市城管")
    window.get_by_role("option", name=re.compile("^市城管局")).first.click()

    expect(window.get_by_role("heading", level=1)).to_have_text("市城管局")


def test_the_next_page_begins_at_its_beginning(window):
    keep_meeting(number=71, date=datetime.date(2019, 12, 5), items=LONG_AGENDA)
    index_everything()
    window.reload()
    window.evaluate("window.stayed = true")

    window.get_by_role("link", name="下一页").press("Enter")

    expect(window.get_by_text("第 2 页")).to_have_count(1)
    assert stayed(window)
    expect(window.get_by_role("region", name="找到")).to_be_focused()
    expect(window.get_by_role("combobox", name="检索")).to_be_in_viewport()


def test_without_an_answer_the_browser_follows_the_link_itself(window):
    def lose_what_is_not_a_page(route):
        if route.request.is_navigation_request():
            route.continue_()
        else:
            route.abort()

    window.route("**/search/?*", lose_what_is_not_a_page)

    choose_year(window, "2018年")

    expect(window).to_have_url(re.compile("year=2018$"))
    expect(window.get_by_role("heading", name="找到")).to_be_visible()
    assert not stayed(window)


@pytest.mark.parametrize(
    ("page", "choice", "address", "heading"),
    [
        ("meetings", "2018", "year=2018", "2018年的会议"),
    ],
)
def test_lists_of_records_change_in_place(archive, window, page, choice, address, heading):
    window.goto(archive.url + archive.pages[page])
    window.evaluate("window.stayed = true")

    window.get_by_role("main").get_by_role("navigation").get_by_role("link", name=choice).press("Enter")

    expect(window.get_by_role("heading", name=heading)).to_have_count(1)
    expect(window).to_have_url(re.compile(address))
    expect(window.locator(":focus")).to_have_accessible_name(re.compile(choice))
    assert stayed(window)
