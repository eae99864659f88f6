"""The review page in a browser: on a tablet, in the dark, by keyboard, by two at once, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from minutes.corrections.changes import rebuild_rows
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import Correction, Meeting, Problem
from minutes.workflow import mark_reviewed, publish, withdraw
from tests.browser.accessibility import STANDARDS, violations_of
from tests.corrections.editing import SAMPLES, correct, seen_at
from tests.desk.staff import somebody
from tests.desk.windows import signed_in

pytestmark = pytest.mark.slow


LOOKS = [(1280, "light"), (1024, "dark")]
MARKED = "[...(CSS.highlights.get('field') ?? [])].map(String).join()"
# Where these words of the source are on the screen, once they are scrolled into view.
PLACE_OF = """(source, words) => {
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(words);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, start);
    range.setEnd(walker.currentNode, start + words.length);
    source.scrollTop += range.getBoundingClientRect().top - source.getBoundingClientRect().top - 100;
    const box = range.getBoundingClientRect();
    return { left: box.left + 1, right: box.right - 1, middle: box.top + box.height / 2 };
  }
}"""


@pytest.fixture
def draft(live_server) -> Meeting:
    """Create a draft with two doubtful deadlines.

    Before them is a character outside the BMP, which browsers count as two.
    """
    name = "yunchuan-2019-70.txt"
    text = (SAMPLES / name).read_text(encoding="utf-8").replace("入冬以来全市", "入冬以来𬭎山")
    meeting = Meeting.objects.get(pk=ingest_bytes(name, text.encode(), IngestOptions()).meeting)
    meeting.problems.exclude(code="deadline-unresolved").delete()
    # What the archive only says of a deadline is here something that must be settled.
    meeting.problems.update(code="name-unclear")
    return meeting


@pytest.fixture
def open_window(browser, live_server):
    """Return a function to open a window, by default as a publisher."""
    contexts = []

    def open_one(width=1280, name="贺鸣", role="发布员", **options):
        contexts.append(signed_in(browser, live_server.url, somebody(name, role), width, **options))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def page_of(meeting, asked=""):
    return f"/admin/review/{meeting.pk}/{asked}"


def opened(window, meeting, asked=""):
    window.goto(page_of(meeting, asked))
    return window


def meetings_in_every_state(draft):
    """By its state one meeting each; the draft has corrections of every kind and an older reading."""
    editor = somebody("卓韬", "编辑")
    others = {}
    for state, name in (
        ("reviewed", "yunchuan-2018-24.txt"),
        ("published", "yunchuan-2018-39.txt"),
        ("withdrawn", "yunchuan-2019-58.txt"),
    ):
        others[state] = Meeting.objects.get(
            pk=ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions(by=editor)).meeting
        )
        others[state].problems.all().delete()
        mark_reviewed(others[state], editor)
    publish(others["published"], editor)
    publish(others["withdrawn"], editor)
    withdraw(others["withdrawn"], "附件误收。", editor)
    for place in ("recorder", "items/0/title", "items/1/title"):
        seen = seen_at(draft, place)
        correct(draft, place, {**seen, "value": "更正过的文字"}, seen, editor)
    # Since then the parser has learned to read the recorder, and has lost an item.
    Correction.objects.filter(place="recorder").update(parsed=None)
    Correction.objects.filter(place="items/1/title").update(place="adrift/1/items/1/title")
    draft.reading.parsed["closing"], draft.reading.parser_version = {"text": "散会。", "span": [5, 9]}, "0.1"
    draft.reading.save()
    rebuild_rows(draft)
    problem = draft.problems.first()
    Problem.objects.filter(pk=problem.pk).update(settled_at=draft.source.received_at, settled_by=editor)
    return {"draft": draft, **others}


def pages_of(meetings):
    """Return the path of one page of each kind by name."""
    draft = meetings["draft"]
    return {
        "draft": page_of(draft, "?edit=date"),
        "units": page_of(draft, "?edit=items/1/decisions/0/lead"),
        "entry": page_of(draft, "?edit=attendance/1&from=100&to=120"),
        "new item": page_of(draft, "?edit=items/%2B1"),
        **{state: page_of(meetings[state]) for state in ("reviewed", "published", "withdrawn")},
        "publish": page_of(meetings["reviewed"], "publish/"),
        "publish a draft": page_of(draft, "publish/"),
        "withdraw": page_of(meetings["published"], "withdraw/"),
        "reparse": page_of(draft, "reparse/"),
        "reparse without differences": page_of(meetings["published"], "reparse/"),
        "history": page_of(draft, "history/"),
        "audit log": "/admin/minutes/auditentry/",
    }


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_use_every_page(draft, open_window, width, scheme):
    window = open_window(width, role="管理员", color_scheme=scheme)
    wrong = {}
    for kind, path in pages_of(meetings_in_every_state(draft)).items():
        assert window.goto(path).status == 200, kind
        wrong |= {(kind, rule): found for rule, found in violations_of(window, STANDARDS).items()}
        wrong |= {(kind, each): "policy" for each in window.evaluate("window.violations")}
        for narrow in (width, 360):
            window.set_viewport_size({"width": narrow, "height": 740})
            if (needed := window.evaluate("document.documentElement.scrollWidth")) > narrow:
                wrong[kind, f"scrolls sideways at {narrow}"] = needed
        window.set_viewport_size({"width": width, "height": 740})

    assert wrong == {}


def test_n_and_p_go_from_one_doubtful_place_to_the_next(draft, open_window):
    window = opened(open_window(), draft)

    def doubt_after(key):
        window.keyboard.press(key)
        return window.locator(".doubt:has(:focus)").inner_text().partition("”")[0].rpartition("“")[2]

    assert [doubt_after(key) for key in "nnnp"] == ["元旦前", "春节前", "元旦前", "春节前"]
    assert window.evaluate(MARKED) == "春节前"
    window.locator("#at-items-0--title").click()
    expect(window.get_by_text("期限“元旦前”无法换算为日期")).to_be_hidden()
    assert doubt_after("n") == "元旦前"
    expect(window.get_by_text("期限“元旦前”无法换算为日期")).to_be_in_viewport()

    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_have_text("已记下。")
    assert doubt_after("n") == "春节前"
    window.keyboard.press("Enter")
    expect(window.get_by_text("没有待核的问题。")).to_be_visible()
    assert draft.problems.filter(settled_by__username="贺鸣").count() == 2
    window.keyboard.press("n")
    expect(window.get_by_role("status")).to_have_text("没有待核的问题了。")


def test_a_letter_that_is_typed_leads_nowhere(draft, open_window):
    window = opened(open_window(), draft, "?edit=place")
    window.get_by_label("内容", exact=True).press_sequentially("n")
    expect(window.get_by_label("内容", exact=True)).to_have_value("n")
    expect(window.get_by_label("内容", exact=True)).to_be_focused()


def test_the_keys_can_be_turned_off_for_good(draft, open_window):
    window = opened(open_window(), draft)
    window.get_by_role("checkbox", name="快捷键").uncheck()
    opened(window, draft)
    expect(window.get_by_role("checkbox", name="快捷键")).not_to_be_checked()
    window.keyboard.press("n")
    expect(window.locator("body")).to_be_focused()
    window.get_by_role("checkbox", name="快捷键").check()
    window.keyboard.press("n")
    expect(window.locator(".doubt:has(:focus)")).to_contain_text("元旦前")


def test_clicking_a_field_marks_its_characters_and_brings_them_into_view(draft, open_window):
    window = opened(open_window(), draft)
    window.locator("#end--title").click()
    window.locator("#at-issued_on .value").click()

    place = window.locator("#source").evaluate(PLACE_OF, "印发")
    assert window.evaluate(MARKED) == draft.source.text[slice(*draft.spans["issued_on"])]
    frame = window.locator("#source").bounding_box()
    assert frame["y"] < place["middle"] < frame["y"] + frame["height"]


def test_selected_characters_go_into_a_field_with_their_place(draft, open_window):
    window = opened(open_window(), draft, "?edit=closing")
    words = "办实事要少而精"
    place = window.locator("#source").evaluate(PLACE_OF, words)
    window.mouse.move(place["left"], place["middle"])
    window.mouse.down()
    window.mouse.move(place["right"], place["middle"])
    window.mouse.up()
    window.locator("#at-closing").get_by_role("button", name="用选中的文字").click()

    expect(window.get_by_role("status")).to_have_text("已保存。")
    expect(window.locator("#at-closing").get_by_label("文字")).to_have_value(words)
    draft.refresh_from_db()
    assert draft.closing == words
    start, end = Correction.objects.get().value["span"]
    assert draft.source.text[start:end] == words


def test_what_is_typed_is_saved_on_the_way_and_the_rest_of_the_page_stays(draft, open_window):
    window = opened(open_window(), draft)
    window.evaluate("window.isTheSamePage = true")
    window.locator("#end--title").click()
    window.locator("#attendance--title").click()
    window.locator("#at-attendance-1--edit").press("Enter")
    expect(window.get_by_label("出席情况")).to_be_focused()
    window.keyboard.press("Tab")
    expect(window.get_by_label("姓名")).to_be_focused()
    window.keyboard.type("闻弢")
    scrolled = window.evaluate("scrollY")
    window.keyboard.press("Tab")

    expect(window.get_by_role("status")).to_have_text("已保存。")
    expect(window.locator("#at-attendance-1")).to_contain_text("人工更正，原读作“出席　闻韬”")
    expect(window.locator("#at-attendance-1").get_by_label("单位")).to_be_focused()
    expect(window.locator("#end")).to_have_attribute("open", "")
    assert window.evaluate("window.isTheSamePage")
    assert window.evaluate("scrollY") == pytest.approx(scrolled, abs=20)
    assert draft.attendance.filter(person__name="闻弢").count() == 1


def test_nothing_leads_away_from_what_is_not_saved_yet(draft, open_window):
    window = opened(open_window(), draft, "?edit=attendance/%2B1")
    window.get_by_label("姓名").fill("屈怀远")
    window.get_by_role("link", name="变更记录").click()
    expect(window.get_by_role("status")).to_contain_text("还没有保存")
    window.locator("#at-attendance-n1").get_by_role("button", name="保存").click()
    expect(window.get_by_role("status")).to_have_text("已保存。")
    window.get_by_role("link", name="变更记录").click()
    expect(window.get_by_role("heading", name="变更记录")).to_be_visible()


def test_what_cannot_be_saved_is_told_and_stays_in_its_field(draft, open_window):
    window = opened(open_window(), draft, "?edit=place")
    window.context.clear_cookies()
    window.get_by_label("内容", exact=True).fill("云川宾馆")
    window.keyboard.press("Tab")
    expect(window.get_by_role("status")).to_contain_text("没有保存：服务器没有照常回答")
    expect(window.get_by_label("内容", exact=True)).to_have_value("云川宾馆")


def test_the_second_of_two_editors_is_told_and_sees_both(draft, open_window):
    first, second = open_window(name="卓韬", role="编辑"), open_window(name="闵若水", role="编辑")
    for window in (first, second):
        opened(window, draft, "?edit=number")
    first.get_by_label("数字").fill("71")
    first.keyboard.press("Tab")
    expect(first.get_by_role("status")).to_have_text("已保存。")

    second.get_by_label("数字").fill("72")
    second.keyboard.press("Tab")
    expect(second.get_by_role("status")).to_contain_text("没有保存：您打开之后，卓韬在")
    expect(second.locator("#at-number")).to_contain_text("现在是：71")
    expect(second.get_by_label("数字")).to_have_value("72")
    draft.refresh_from_db()
    assert draft.number == 71
    second.locator("#at-number").get_by_role("button", name="保存").click()
    expect(second.get_by_role("status")).to_have_text("已保存。")
    draft.refresh_from_db()
    assert draft.number == 72


def test_without_scripts_links_and_forms_do_the_same(draft, open_window):
    window = opened(open_window(java_script_enabled=False), draft)
    window.get_by_role("link", name="下一处待核").click()
    expect(window.get_by_text("期限“元旦前”无法换算为日期")).to_be_in_viewport()
    window.locator(".doubt").first.get_by_role("link", name="看原文").click()
    expect(window.locator("#mark")).to_have_text("元旦前")
    expect(window.locator("#mark")).to_be_in_viewport()
    window.locator(".doubt").first.get_by_role("button", name="核实无误").click()
    expect(window.get_by_text("必须核实 1 处")).to_be_visible()

    window.locator("#head--title").click()
    window.locator("#at-place--edit").click()
    window.get_by_label("内容", exact=True).fill("云川宾馆")
    window.locator("#at-place").get_by_role("button", name="保存").click()
    expect(window.locator(".messagelist")).to_contain_text("已保存。")
    expect(window.locator("#at-place")).to_be_in_viewport()
    draft.refresh_from_db()
    assert draft.place == "云川宾馆"
    window.locator("#attendance--title").click()
    window.locator("#at-attendance-0--edit").click()
    window.locator("#at-attendance-0").get_by_role("button", name="移除").click()
    expect(window.locator(".messagelist")).to_contain_text("已移除，可以随时恢复。")


TEN_ITEMS = "".join(
    f"{number}、会议同意市水务局提出的第{number}段堤防加固方案，由市水务局负责，2021年12月底前完成。\n"
    for number in "一二三四五六七八九十"
)
WITHOUT_TITLES = f"""云川市人民政府常务会议纪要
〔2021〕5号

2021年3月5日上午，市长王岚在市政府三楼会议室主持召开市政府第12次常务会议。会议议定以下事项：
{TEN_ITEMS}出席：王岚  沈一舟
列席：市水务局林望
记录：何青
云川市人民政府办公室整理
2021年3月9日
"""
COUNT_CLICKS = """
addEventListener("click", () => sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks"))), true);
"""


def test_a_meeting_without_titles_takes_two_clicks_from_the_list_to_reviewed(live_server, open_window):
    meeting = Meeting.objects.get(pk=ingest_bytes("a.txt", WITHOUT_TITLES.encode(), IngestOptions()).meeting)
    assert meeting.problems.filter(code="title-derived").count() == 10
    window = open_window(role="编辑")
    window.add_init_script(COUNT_CLICKS)
    window.goto("/admin/minutes/meeting/?status__exact=draft")

    window.get_by_role("link", name=re.compile("^审核.*第12次常务会议")).click()
    expect(window.get_by_text("另有说明 10 处，不用处理")).to_be_visible()
    window.get_by_role("button", name="标为已审核").click()

    expect(window.locator(".messagelist")).to_contain_text("已标为“已审核”")
    assert window.evaluate("sessionStorage.getItem('clicks')") == "2"
    meeting.refresh_from_db()
    assert meeting.status == "reviewed"


def test_a_kind_is_settled_and_undone_without_leaving_the_page(draft, open_window):
    window = opened(open_window(), draft)
    window.evaluate("window.isTheSamePage = true")

    window.get_by_role("button", name=re.compile("^这一类都无误")).click()
    expect(window.get_by_role("status")).to_contain_text("已核实2处")
    expect(window.locator("[data-doubt]")).to_have_count(0)
    expect(window.get_by_role("button", name="标为已审核")).to_be_enabled()

    window.get_by_role("button", name=re.compile("^撤销 ?：名单中")).click()
    expect(window.get_by_role("status")).to_contain_text("2处重新列为待核")
    expect(window.get_by_role("button", name="标为已审核")).to_be_disabled()
    assert window.evaluate("window.isTheSamePage")


def test_what_is_no_part_of_the_minutes_is_greyed_and_counted_beside_the_fields(live_server, open_window):
    text = WITHOUT_TITLES.replace("六、", "— 1 —\n\f六、")
    meeting = Meeting.objects.get(pk=ingest_bytes("a.txt", text.encode(), IngestOptions()).meeting)
    window = opened(open_window(), meeting)

    expect(window.locator("#source .noise")).to_have_text("— 1 —")
    expect(window.locator("#source .noise")).to_have_attribute("title", "页码，不属正文")
    expect(window.get_by_text("灰色的文字不属正文：页码 1 处。")).to_be_visible()
    # The marks around it move no character.
    window.locator("#end--title").click()
    window.locator("#at-recorder .value").click()
    assert window.evaluate(MARKED) == "何青"
