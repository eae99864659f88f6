"""Minutes from upload to withdrawal, with real servers and a real browser."""

from __future__ import annotations

import io
import re
import textwrap
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from config.probe import OWN_ADDRESS
from desk.uploads.forms import PASTED_TEXT_NAME
from tests.desk.served import Site
from tests.desk.staff import PASSWORD
from tests.extraction.all_formats import html_of, mht_of, saved_as
from tests.extraction.documents import docx_of, pdf_of
from tests.extraction.needed import needs_libreoffice, needs_recognition
from tests.extraction.ofd_files import ofd_of
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


UPLOADER, EDITOR, PUBLISHER = "阮知秋", "卓韬", "温如故"
MAKE_PEOPLE = f"""
from tests.desk.staff import somebody
for name, role in (("{UPLOADER}", "上传员"), ("{EDITOR}", "编辑"), ("{PUBLISHER}", "发布员")):
    somebody(name, role)
"""
# As a parser of long ago left the meeting: it had not learned yet to read who took the record.
READ_LONG_AGO = """
from minutes.corrections.changes import rebuild_rows
from minutes.models import Meeting
meeting = Meeting.objects.filter(number={number}).latest("pk")
meeting.reading.parsed["recorder"] = None
meeting.reading.parser_version = meeting.parser_version = "0.1"
meeting.reading.save()
meeting.save()
rebuild_rows(meeting)
"""
# Where a public meeting is shown, beside its own page.
PLACES = ["/meetings/?year=2021", "/feeds/meetings/", "/api/v1/meetings/", "/api/search/?q=青石渡船闸"]
ROUNDS = 300
LETTERS_OF_A_LINE = 34


def gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def printed(text: str) -> list[str]:
    """Return the lines of a text as on paper."""
    return [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, LETTERS_OF_A_LINE) or [""]]


def pdf(text: str) -> bytes:
    lines = printed(text)
    return pdf_of(lines[:30], lines[30:])


def scanned(text: str, kind: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    lines = [line for line in printed(text) if line]
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 40, index=2)
    page = Image.new("RGB", (1654, 200 + 72 * len(lines)), "white")
    for place, line in enumerate(lines):
        ImageDraw.Draw(page).text((140, 100 + 72 * place), line, font=font, fill="black")
    content = io.BytesIO()
    page.save(content, kind, resolution=200)
    return content.getvalue()


@dataclass(frozen=True)
class Minutes:
    """The invented minutes of one meeting: some of its characters are damaged, and it has deadlines without a date."""

    name: str
    number: int
    phrase: str
    made: Callable[[str], bytes] = str.encode

    @property
    def text(self) -> str:
        doubtful = f"锟斤拷锟斤拷入汛前完成{self.phrase}加固，主汛期前再查一遍。"
        return minutes_text(self.number, self.number % 20 + 1, doc_number="", extra_paragraph=doubtful)

    @property
    def title(self) -> str:
        return f"云川市人民政府第{self.number}次常务会议"


TEXT = Minutes("gb18030.txt", 21, "青石渡船闸", gb18030)
OTHERS = [
    pytest.param(Minutes("word.docx", 22, "白鹭洲泵站", docx_of), id="docx"),
    pytest.param(Minutes("text.pdf", 23, "松涛岭涵洞", pdf), id="pdf"),
    pytest.param(Minutes(PASTED_TEXT_NAME, 24, "柳叶湾堤防"), id="pasted"),
    pytest.param(Minutes("old.doc", 25, "望江台护坡", saved_as("doc")), id="doc", marks=needs_libreoffice),
    pytest.param(
        Minutes("scan.png", 26, "石桥镇水库", lambda text: scanned(text, "PNG")), id="png", marks=needs_recognition
    ),
    pytest.param(
        Minutes("scan.pdf", 27, "红旗渠闸门", lambda text: scanned(text, "PDF")), id="scan", marks=needs_recognition
    ),
]


OTHERS += [
    pytest.param(Minutes("page.html", 28, "金沙渡码头", html_of), id="html"),
    pytest.param(Minutes("page.mht", 29, "云溪口水闸", mht_of), id="mht"),
    pytest.param(Minutes("fixed.ofd", 30, "三岔河桥梁", ofd_of), id="ofd"),
    pytest.param(Minutes("office.wps", 31, "东篱里管网", saved_as("doc")), id="wps", marks=needs_libreoffice),
    pytest.param(Minutes("rich.rtf", 32, "乌桕坪道路", saved_as("rtf")), id="rtf", marks=needs_libreoffice),
    pytest.param(Minutes("open.odt", 33, "竹箩湾灯塔", saved_as("odt")), id="odt", marks=needs_libreoffice),
]


@pytest.fixture(scope="module")
def site(new_archive, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site") / "var")
    site.prepare(new_archive)
    site.manage("index")
    site.manage("shell", "-v0", "-c", MAKE_PEOPLE)
    site.start_web()
    site.start_worker()
    site.wait_until_open()
    yield site
    site.close()


@pytest.fixture(scope="module")
def open_window(browser, site):
    """Return a function to open a window, signed in by password or anonymous."""
    contexts = []
    # Two servers and a browser share this machine with whatever else it does.
    expect.set_options(timeout=20_000)

    def open_one(name: str = "") -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="zh-CN", base_url=f"http://{OWN_ADDRESS}:{site.port}"
        )
        contexts.append(context)
        window = context.new_page()
        if name:
            sign_in(window, name)
        return window

    yield open_one
    expect.set_options(timeout=5_000)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def uploader(open_window):
    return open_window(UPLOADER)


@pytest.fixture(scope="module")
def editor(open_window):
    return open_window(EDITOR)


@pytest.fixture(scope="module")
def publisher(open_window):
    return open_window(PUBLISHER)


@pytest.fixture
def citizen(open_window):
    return open_window()


def sign_in(window: Page, name: str) -> None:
    window.goto("/admin/login/")
    window.get_by_label("用户名").fill(name)
    window.get_by_label("密码").fill(PASSWORD)
    window.get_by_role("button", name="登录").click()
    expect(window.locator("#user-tools")).to_contain_text(name)


def bring(window: Page, minutes: Minutes) -> None:
    """Upload the minutes on the form, and wait until the list shows them as ingested."""
    window.goto("/admin/uploads/")
    if minutes.name == PASTED_TEXT_NAME:
        window.get_by_label("或粘贴纪要全文").fill(minutes.text)
    else:
        content = minutes.made(minutes.text)
        window.set_input_files("#bring-files", {"name": minutes.name, "mimeType": "", "buffer": content})
    window.get_by_role("button", name="上传", exact=True).click()
    expect(window.locator("#uploads li").filter(has_text=minutes.name)).to_contain_text(
        f"已收录为“{minutes.title}”的草稿", timeout=60_000
    )


def go_to_review(window: Page, waiting: str, minutes: Minutes) -> None:
    """Open the review of a meeting from the dashboard."""
    window.goto("/admin/")
    window.get_by_role("link", name=waiting).click()
    row = window.get_by_role("row").filter(has_text=minutes.title)
    row.get_by_role("link", name=re.compile("^审核")).click()
    expect(window.get_by_role("heading", level=1)).to_have_text(f"审核 {minutes.title}")
    # What comes below the heading may not have arrived yet.
    window.wait_for_load_state()


def resolve_all(window: Page) -> None:
    """Enter a missing date, settle the other problems, mark as reviewed."""
    doubts = window.locator("[data-doubt]")
    expect(doubts).not_to_have_count(0)
    doubtful = window.locator(".entry").filter(has_text="期限“入汛前”无法换算为日期")
    # A section without anything that must be settled is closed.
    if not doubtful.is_visible():
        window.locator("#at-items-0--title").click()
    # Found by its id, since the page may save the date by itself, with which the problem is gone.
    entry = window.locator(f"#{doubtful.get_attribute('id')}")
    entry.get_by_role("link", name="改").click()
    entry.get_by_label("日期", exact=True).fill("2021-04-15")
    entry.get_by_role("button", name="保存").click()
    expect(window.get_by_role("status")).to_have_text("已保存。")
    expect(window.get_by_text("期限“入汛前”无法换算为日期")).to_have_count(0)
    for left in range(doubts.count(), 0, -1):
        window.keyboard.press("n")
        window.keyboard.press("Enter")
        expect(doubts).to_have_count(left - 1)
    window.get_by_role("button", name="标为已审核").click()
    expect(window.locator(".messagelist")).to_contain_text("已标为“已审核”")


def publish(window: Page, minutes: Minutes) -> None:
    window.get_by_role("link", name="发布……").click()
    expect(window.get_by_role("heading", name="公众将看到")).to_be_visible()
    expect(window.locator("#content")).to_contain_text(minutes.phrase)
    window.get_by_role("button", name="发布", exact=True).click()
    expect(window.locator(".messagelist")).to_contain_text("已发布")


def bring_into_public(minutes: Minutes, uploader: Page, editor: Page, publisher: Page) -> None:
    bring(uploader, minutes)
    go_to_review(editor, "份草稿有必须核实的问题", minutes)
    resolve_all(editor)
    go_to_review(publisher, "次会议已审核", minutes)
    publish(publisher, minutes)


def search_until(window: Page, phrase: str, found: bool) -> None:
    """Repeat an exact search until the worker has updated the index."""
    pause = threading.Event()
    window.goto("/")
    window.get_by_label("检索会议纪要").fill(f"“{phrase}”")
    window.get_by_role("button", name="检索").click()
    results = window.locator("#results")
    for _ in range(ROUNDS):
        # Servers of a busy machine may be late, and the page then says that there is no search.
        if results.is_visible() and (results.inner_text() != "没有找到") == found:
            return
        pause.wait(0.1)
        window.reload()
    raise AssertionError(f"“{phrase}” is {'not found' if found else 'found still'}")


def open_what_was_found(window: Page, minutes: Minutes) -> None:
    """From the results by way of the item to its meeting."""
    window.get_by_role("region", name="找到").get_by_role("link", name="河道管理办法").first.click()
    expect(window.locator("main")).to_contain_text(minutes.phrase)
    window.get_by_role("link", name=minutes.title).first.click()
    expect(window.get_by_role("heading", level=1)).to_contain_text(minutes.title)


@pytest.mark.parametrize("minutes", OTHERS)
def test_minutes_of_every_format_come_to_be_found_by_a_citizen(minutes, uploader, editor, publisher, citizen):
    bring_into_public(minutes, uploader, editor, publisher)

    search_until(citizen, minutes.phrase, found=True)
    open_what_was_found(citizen, minutes)


def test_what_is_public_is_corrected_read_again_and_withdrawn(site, uploader, editor, publisher, citizen):
    bring_into_public(TEXT, uploader, editor, publisher)
    search_until(citizen, TEXT.phrase, found=True)
    open_what_was_found(citizen, TEXT)
    expect(citizen.locator("main")).to_contain_text("贺明舟")
    address = urlsplit(citizen.url).path

    correct_a_name(editor)
    expect_corrected(citizen)

    site.manage("shell", "-v0", "-c", READ_LONG_AGO.format(number=TEXT.number))
    citizen.reload()
    expect(citizen.locator("main")).not_to_contain_text("侯鹤鸣")
    read_again(editor)
    expect_corrected(citizen)
    expect(citizen.locator("main")).to_contain_text("侯鹤鸣")

    assert places_that_tell_of(address, citizen) == PLACES
    withdraw(publisher, "附件误收，换过再发。")
    search_until(citizen, TEXT.phrase, found=False)
    assert places_that_tell_of(address, citizen) == []
    assert citizen.goto(address).status == 410
    expect(citizen.locator("main")).to_contain_text("附件误收，换过再发。")
    expect(citizen.locator("main")).not_to_contain_text("贺鸣舟")


def correct_a_name(window: Page) -> None:
    """On the review page of the public meeting; saved as soon as the field is left."""
    window.get_by_text("出席", exact=True).click()
    entry = window.locator("#at-attendance-2")
    entry.get_by_role("link", name="改").click()
    entry.get_by_label("姓名").fill("贺鸣舟")
    window.keyboard.press("Tab")
    expect(window.get_by_role("status")).to_have_text("已保存。")
    expect(entry).to_contain_text("人工更正，原读作“出席　贺明舟”")


def read_again(window: Page) -> None:
    """Preview what the newer parser reads differently, and reparse."""
    window.get_by_role("link", name="重新解析……").click()
    expect(window.get_by_role("row").filter(has_text="侯鹤鸣")).to_have_count(1)
    expect(window.get_by_role("row").filter(has_text="贺")).to_have_count(0)
    window.get_by_role("button", name="重新解析").click()
    expect(window.locator(".messagelist")).to_contain_text("1处不同。人工更正都已保留。")


def expect_corrected(window: Page) -> None:
    window.reload()
    expect(window.locator("main")).to_contain_text("贺鸣舟")
    expect(window.locator("main")).not_to_contain_text("贺明舟")


def withdraw(window: Page, reason: str) -> None:
    window.reload()
    window.get_by_role("link", name="撤回……").click()
    window.get_by_label("撤回原因").fill(reason)
    window.get_by_role("button", name="撤回", exact=True).click()
    expect(window.locator(".messagelist")).to_contain_text("已撤回")


def places_that_tell_of(address: str, window: Page) -> list[str]:
    """Return lists, feed and API URLs that include the meeting while it is public."""
    return [place for place in PLACES if address in text_of(place, window)]


def text_of(place: str, window: Page) -> str:
    for _ in range(ROUNDS):
        answer = window.request.get(place)
        if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
            return answer.text()
    raise AssertionError(f"{place} is never available")
