"""Test user journeys by mouse and keyboard, with and without JavaScript."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.pages.factory import keep_meeting

pytestmark = pytest.mark.slow


WIDTHS = [360, 1280]
# On a telephone with JavaScript, at a desk without.
WAYS = [(360, True), (1280, False)]
MOST_TABS = 120
# The skip link, the name of the archive, eight entries of the menu, and then the search.
TABS_TO_THE_SEARCH = 11


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_search_filter_open_read_and_check_the_source(archive, open_window, width, scripts):
    window = open_window(width, java_script_enabled=scripts)
    window.goto(archive.url)

    window.get_by_label("检索会议纪要").fill("老旧小区")
    window.get_by_role("button", name="检索").click()
    results = window.get_by_role("region", name="找到")
    expect(results.get_by_text("第70次常务会议")).not_to_have_count(0)
    expect(results.get_by_text("第39次常务会议")).not_to_have_count(0)

    facets = window.get_by_label("筛选结果")
    if width < 960:
        facets.locator("summary").first.click()
    facets.get_by_role("link", name="2019年").click()
    expect(results.get_by_text("第39次常务会议")).to_have_count(0)

    results.get_by_role("link", name="审议《云川市城镇老旧小区改造三年行动方案》").first.click()
    decision = window.get_by_role("region", name="议定")
    for words in ("原则同意", "市住建局", "按程序印发实施", "2020年10月底前"):
        expect(decision.get_by_text(words, exact=True).first).to_be_visible()

    decision.get_by_role("link", name="2020年10月底前", exact=True).click()
    expect(window.locator("mark")).to_have_text("2020年10月底前")
    expect(window.locator("mark")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_decisions_are_seen_without_scrolling(archive, open_window, width):
    window = open_window(width)
    window.goto(archive.url + archive.meeting.get_absolute_url())

    expect(window.get_by_role("heading", name="本次会议议定")).to_be_in_viewport()


def test_the_first_tab_offers_to_skip_to_the_content(archive, open_window):
    window = open_window(360)
    window.goto(archive.url + archive.meeting.get_absolute_url())

    window.keyboard.press("Tab")
    expect(window.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(window.get_by_role("link", name="跳到正文")).to_be_in_viewport(ratio=1)

    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    expect(window.get_by_role("main").get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("start", ["first page", "meeting"])
def test_search_is_reached_and_sent_by_keyboard(archive, open_window, start):
    window = open_window(1280)
    window.goto(archive.url + archive.pages[start])

    for _ in range(TABS_TO_THE_SEARCH):
        window.keyboard.press("Tab")
    # A box that suggests is a combobox.
    expect(window.get_by_role("combobox", name="检索")).to_be_focused()
    window.keyboard.type("错时开放")
    window.keyboard.press("Enter")

    expect(window.get_by_role("link", name="审议《云川市公共停车场管理办法（草案）》").first).to_be_visible()


def test_a_paragraph_that_a_link_names_is_marked(archive, open_window):
    window = open_window(1280)
    window.goto(f"{archive.url}/meetings/{archive.meeting.pk}/items/2/#p3")

    named, other = window.locator("#p3"), window.locator("#p2")
    expect(named).to_be_in_viewport()
    background = "element => getComputedStyle(element).backgroundColor"
    assert named.evaluate(background) != other.evaluate(background)


def test_print_shows_the_minutes_and_not_the_site_around_them(archive, open_window):
    window = open_window(1280)
    window.emulate_media(media="print")
    window.goto(archive.url + archive.meeting.get_absolute_url())

    expect(window.get_by_text("市区机动车保有量已达58万辆")).to_be_visible()
    attendance = window.get_by_role("region", name="出席情况")
    expect(attendance.get_by_role("heading", name=re.compile("^出席"), level=3)).to_be_visible()
    # One line contains a role and who came, as on the original.
    role, first = (attendance.locator(each).first.bounding_box() for each in ("h3", ".person"))
    assert first["y"] < role["y"] + role["height"]
    expect(window.locator(".letterhead-name")).to_have_text("云川市人民政府常务会议纪要")
    expect(window.get_by_text("记录：侯鹤鸣")).to_be_visible()
    expect(window.get_by_text("云川市人民政府办公室整理")).to_be_visible()
    expect(window.get_by_text("2019年12月11日印发")).to_be_visible()
    letterhead = "getComputedStyle(document.querySelector('.letterhead-name')).color"
    assert window.evaluate(letterhead) == "rgb(170, 0, 0)"
    for around in (
        ".masthead",
        ".contents",
        ".neighbours",
        ".actions",
        ".at-a-glance",
        ".colophon",
    ):
        expect(window.locator(around)).not_to_have_count(0)
        expect(window.locator(f"{around}:visible")).to_have_count(0)


def test_a_list_on_paper_holds_its_rows_and_its_address_and_no_form(archive, open_window):
    window = open_window(1280)
    window.goto(archive.url + archive.pages["tasks with a deadline"])
    expect(window.locator(".on-paper")).to_be_hidden()

    window.emulate_media(media="print")

    expect(window.get_by_text("明年1月底前").first).to_be_visible()
    printed_from = f"打印自会议纪要档案：{archive.url}{archive.pages['tasks with a deadline']}"
    expect(window.get_by_text(printed_from)).to_be_visible()
    for around in (".masthead", ".narrow", ".more"):
        expect(window.locator(around).first).to_be_hidden()


def test_a_printed_item_names_its_government_and_meeting(archive, open_window):
    window = open_window(1280)
    window.goto(archive.url + archive.pages["item"])
    named = window.get_by_text("云川市人民政府第70次常务会议（〔2019〕70号）第 2 项", exact=True)
    expect(named).to_be_hidden()

    window.emulate_media(media="print")

    expect(named).to_be_visible()


def test_on_a_tablet_the_search_stands_in_the_line_of_the_menu(archive, open_window):
    window = open_window(820)
    window.goto(archive.url + archive.pages["meetings"])

    menu, search = (window.locator(f".masthead-{each}").bounding_box() for each in ("nav", "search"))

    assert menu["y"] - 10 < search["y"] < menu["y"] + menu["height"] / 2


def test_on_the_screen_the_letterhead_of_the_print_is_not_seen(archive, open_window):
    window = open_window(1280)
    window.goto(archive.url + archive.meeting.get_absolute_url())

    expect(window.locator(".letterhead")).to_be_hidden()
    expect(window.locator(".closing-lines")).to_be_hidden()


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_from_the_register_of_tasks_to_a_deadline_to_its_words_in_the_source(archive, open_window, width, scripts):
    window = open_window(width, java_script_enabled=scripts)
    window.goto(archive.url + "/tasks/?deadline=any")

    window.get_by_role("region", name="任务列表").get_by_role("link", name="2020年10月底前").first.click()

    expect(window.locator("mark")).to_have_text("2020年10月底前")
    expect(window.locator("mark")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_a_document_is_followed_through_two_meetings(archive, open_window, width, scripts):
    window = open_window(width, java_script_enabled=scripts)
    window.goto(archive.url + archive.pages["document"])

    window.get_by_role("region", name="经过").get_by_role("link", name="2020年3月6日").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("审议《云川市公共停车场管理办法（修订稿）》")
    window.get_by_label("文件与单位").get_by_role("link", name="云川市公共停车场管理办法").first.click()
    window.get_by_role("region", name="历次会议").get_by_role(
        "link", name="审议《云川市公共停车场管理办法（草案）》"
    ).click()
    expect(window.get_by_role("region", name="议定").get_by_text("提请市委常委会审议").first).to_be_visible()


def test_in_the_source_the_words_and_their_field_lead_to_one_another(archive, open_window):
    window = open_window(1280, java_script_enabled=False)
    window.goto(f"{archive.url}/meetings/{archive.meeting.pk}/source/")

    window.get_by_role("region", name="原文").get_by_role("link", name="〔2019〕70号").click()
    field = window.locator("li:target")
    expect(field).to_contain_text("文号")
    field.get_by_role("link").click()
    expect(window.locator("mark")).to_have_text("〔2019〕70号")
    window.get_by_role("link", name="回到字段").click()
    expect(window.locator("li:target")).to_be_in_viewport()


def test_the_matrix_of_many_meetings_stays_in_its_frame_and_tells_its_states_apart(archive, open_window):
    for number in range(1, 13):
        keep_meeting(number=number, date=datetime.date(2019, number, 2), attendees=9)
    window = open_window(360)
    window.goto(archive.url + archive.pages["attendance"])

    assert window.evaluate("document.documentElement.scrollWidth") == 360
    assert window.get_by_role("rowheader").first.bounding_box()["width"] > 100
    mark = "getComputedStyle(document.querySelector('.matrix .{}'), '::before').borderRadius"
    assert window.evaluate(mark.format("state-not-listed")) != window.evaluate(mark.format("state-listed"))


def test_the_matrix_keeps_its_heads_in_sight_while_it_is_scrolled(archive, open_window):
    window = open_window(360)
    window.goto(archive.url + archive.pages["attendance"])

    window.locator(".matrix-frame").evaluate("frame => frame.scrollTo(0, 600)")

    expect(window.get_by_role("columnheader", name="单位")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_an_error_is_reported_by_keyboard(archive, open_window, width, scripts):
    window = open_window(width, java_script_enabled=scripts)
    window.goto(archive.url + archive.meeting.get_absolute_url())

    window.get_by_role("link", name="报告错误").focus()
    window.keyboard.press("Enter")
    window.get_by_label("哪里错了，应当怎样").focus()
    window.keyboard.type("第二项的日期与原文不符。")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")

    expect(window.get_by_role("heading", name="已经收到，谢谢")).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_a_paragraph_is_cited_and_the_citation_opened(archive, open_window, width, scripts):
    window = open_window(width, java_script_enabled=scripts)
    window.goto(archive.url + archive.pages["item"])

    window.locator("#p1").get_by_role("link", name=re.compile("^引用")).click()
    expect(window.get_by_text("云川市人民政府常务会议纪要〔2019〕70号，第70次会议，第二项")).to_be_visible()
    link = window.get_by_label("固定链接").input_value()
    window.goto(link)

    expect(window.get_by_text("文字与引用时一致")).to_be_visible()
    window.get_by_role("link", name="在正文中阅读").click()
    expect(window.locator(".running:target")).to_be_in_viewport()


def tab_to(window, name: str) -> None:
    """Press Tab until the link of this name has the focus."""
    for _ in range(MOST_TABS):
        window.keyboard.press("Tab")
        if name in window.evaluate("document.activeElement.closest('main') ? document.activeElement.textContent : ''"):
            return
    raise AssertionError(f"{name} is not reached by {MOST_TABS} tabs")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_first_page_to_the_source_by_keyboard_alone(archive, open_window, scripts):
    window = open_window(1280, java_script_enabled=scripts)
    window.goto(archive.url)
    for _ in range(TABS_TO_THE_SEARCH):
        window.keyboard.press("Tab")
    window.keyboard.type("老旧小区")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="找到")).to_be_visible()

    tab_to(window, "2019年")
    window.keyboard.press("Enter")
    expect(window.get_by_role("link", name=re.compile(r"^去掉筛选：\s*2019年")).first).to_be_visible()
    tab_to(window, "审议《云川市城镇老旧小区改造三年行动方案》")
    window.keyboard.press("Enter")
    expect(window.get_by_role("region", name="议定")).to_be_visible()
    tab_to(window, "2020年10月底前")
    window.keyboard.press("Enter")

    expect(window.locator("mark")).to_have_text("2020年10月底前")
    expect(window.locator("mark")).to_be_in_viewport()


def test_a_citation_is_copied_by_a_button_that_needs_scripts(archive, open_window):
    citation = f"{archive.url}/cite/{archive.meeting.pk}/2/"
    window = open_window(360, permissions=["clipboard-read", "clipboard-write"])
    window.goto(citation)
    window.get_by_role("button", name="复制这一条", exact=True).click()
    expect(window.get_by_role("button", name="已复制")).to_be_visible()
    assert window.evaluate("navigator.clipboard.readText()") == window.locator("#citation-text").inner_text()

    plain = open_window(360, java_script_enabled=False)
    plain.goto(citation)
    expect(plain.get_by_role("button", name="复制")).to_have_count(0)


def test_a_page_is_handed_to_the_share_sheet_of_the_phone(archive, open_window):
    window = open_window(360)
    window.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); };")
    window.goto(f"{archive.url}{archive.meeting.get_absolute_url()}items/2/?marked=老旧")
    window.get_by_role("button", name="分享").click()
    assert window.evaluate("window.shared.url") == f"{archive.url}{archive.meeting.get_absolute_url()}items/2/"
