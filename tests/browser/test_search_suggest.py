"""Suggestions as they are used: by keyboard, by mouse, and not at all."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations_of

pytestmark = pytest.mark.slow


BOXES = {"/": "检索会议纪要", "/meetings/": "检索会议纪要", "/search/": "检索词"}


@pytest.mark.parametrize("path", BOXES)
def test_a_suggestion_is_chosen_by_keyboard(archive, open_window, path):
    window = open_window(360)
    window.goto(archive.url + path)
    box = window.get_by_role("combobox", name=BOXES[path])

    box.press_sequentially("市城管")
    unit = window.get_by_role("group", name="单位").get_by_role("option", name=re.compile("^市城管局")).first
    expect(unit).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(window.get_by_role("status").filter(has_text="条建议")).to_have_count(1)

    box.press("ArrowUp")
    box.press("ArrowDown")
    expect(window.locator(".suggestion[aria-selected]")).to_have_count(0)
    while unit.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == unit.get_attribute("id")
    box.press("Enter")
    expect(window.get_by_role("heading", level=1)).to_have_text("市城管局")


def test_a_suggestion_is_chosen_by_mouse(archive, open_window):
    window = open_window(1280)
    window.goto(archive.url)
    window.get_by_role("combobox").press_sequentially("市城管")
    window.get_by_role("option", name=re.compile("^市城管局")).first.click()
    expect(window.get_by_role("heading", level=1)).to_have_text("市城管局")


def test_escape_closes_and_enter_searches_for_what_was_typed(archive, open_window):
    window = open_window(1280)
    window.goto(archive.url)
    box = window.get_by_role("combobox")
    box.press_sequentially("市城管")
    expect(window.locator(".suggestion").first).to_be_visible()
    box.press("Escape")
    expect(window.locator(".suggestion")).to_have_count(0)
    expect(box).to_have_value("市城管")
    box.press("Enter")
    expect(window.get_by_role("heading", name="找到")).to_be_visible()


def test_axe_finds_nothing_while_suggestions_are_open(archive, open_window):
    window = open_window(360)
    window.goto(archive.url)
    window.get_by_role("combobox").press_sequentially("市城管")
    expect(window.locator(".suggestion").first).to_be_visible()
    assert violations_of(window) == {}
    assert window.evaluate("document.documentElement.scrollWidth") == 360


def test_a_result_opens_where_it_was_found_and_shows_the_place(archive, open_window):
    window = open_window(1280, java_script_enabled=False)
    window.goto(f"{archive.url}/search/?q=“按程序印发实施”")
    window.locator(".snippet a[href*='#p']").first.click()
    paragraph = window.locator(".running:target")
    expect(paragraph).to_contain_text("按程序印发实施")
    expect(paragraph).to_be_in_viewport()
    ground = "each => getComputedStyle(each).backgroundColor"
    assert paragraph.evaluate(ground) != window.locator(".page-head").evaluate(ground)
