"""Bringing files as it looks and feels: dragged in, without scripts, narrow, dark, and heard."""

import base64
import re

import pytest
from playwright.sync_api import expect

from config.probe import OWN_ADDRESS
from tests.browser.accessibility import violations_of
from tests.desk.bringing import UPLOADS
from tests.desk.served import Site
from tests.extraction.documents import docx_of
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HOSTILE_NAME = "<img src=x onerror=alert(1)>.txt"
DRAG_IN = """(form, files) => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  for (const type of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def site(new_archive, tmp_path_factory):
    """Create uploads: two of one meeting, one without body, one unreadable."""
    site = Site(tmp_path_factory.mktemp("site") / "var")
    site.prepare(new_archive)
    (site.person,) = site.people("鲁一苇")
    site.start_web()
    site.wait_until_open()
    first, second = minutes_text(), minutes_text(extra_paragraph="市财政局予以保障。")
    unnamed = minutes_text(50, 20, head="常务会议纪要", doc_number="").replace("云川市人民政府办公室", "")
    for name, text in (("first.txt", first), ("second.txt", second), ("unnamed.txt", unnamed), ("bad.txt", "")):
        assert site.person.bring(name, text.encode())[0] == 302
    site.start_worker("--batch").wait()
    yield site
    site.close()


@pytest.fixture
def open_window(browser, site):
    contexts = []

    def open_one(width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 740}, locale="zh-CN", **options)
        cookies = dict(cookie.split("=") for cookie in site.person.cookies.split("; "))
        context.add_cookies([{"name": name, "value": value, "url": address(site)} for name, value in cookies.items()])
        contexts.append(context)
        window = context.new_page()
        window.goto(address(site) + UPLOADS)
        return window

    yield open_one
    for context in contexts:
        context.close()


def address(site):
    return f"http://{OWN_ADDRESS}:{site.port}"


def drag_in(window, *files):
    encoded = [(name, base64.b64encode(content).decode()) for name, content in files]
    window.locator("form.bring").evaluate(DRAG_IN, encoded)


def press_upload(window):
    window.get_by_role("button", name="上传", exact=True).click()


def test_files_are_dragged_in_sent_one_by_one_and_become_drafts_without_a_reload(open_window, site):
    window = open_window()
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    window.on("dialog", lambda dialog: complaints.append(dialog.message) or dialog.dismiss())
    window.evaluate("window.isTheSamePage = true")

    drag_in(
        window, ("三.docx", docx_of(minutes_text(3, 3, doc_number=""))), (HOSTILE_NAME, b"<script>alert(1)</script>")
    )
    press_upload(window)

    expect(window.locator("#sending li p")).to_have_text(["已收下，排队读取"] * 2)
    expect(window.locator("#uploads li").nth(0)).to_contain_text("等待读取")
    site.start_worker("--batch")
    expect(window.locator("#uploads li").nth(1)).to_contain_text("已收录", timeout=30_000)
    expect(window.locator("#uploads li").nth(0)).to_contain_text("未能收录", timeout=30_000)
    expect(window.locator("#uploads li").nth(0)).to_contain_text(HOSTILE_NAME)
    expect(window.get_by_role("status")).to_have_text(re.compile(r"^没有文件在排队，\d+ 份等人处理。$"), timeout=30_000)
    assert window.evaluate("window.isTheSamePage")
    assert complaints == []


def test_a_file_that_was_not_received_stays_chosen(open_window):
    window = open_window()
    window.context.clear_cookies()

    drag_in(window, ("四.txt", b"x"))
    press_upload(window)

    expect(window.locator("#sending li p")).to_contain_text("没有收下")
    expect(window.get_by_role("status")).to_have_text("已收下 0 份，1 份没有收下。")
    assert window.locator("#bring-files").evaluate("input => input.files[0].name") == "四.txt"


def test_a_file_that_is_too_large_is_not_sent_at_all(open_window, tmp_path):
    window = open_window()
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    sent = []
    window.on("request", lambda request: sent.append(request.method))

    window.set_input_files("#bring-files", large)
    press_upload(window)

    expect(window.locator("#sending li p")).to_contain_text("超过 50 MB，没有发送")
    assert "POST" not in sent


def test_without_scripts_it_is_a_form_like_any_other(open_window, tmp_path):
    window = open_window(java_script_enabled=False)
    for name in ("five.txt", "six.txt"):
        (tmp_path / name).write_bytes(b"")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(51_000_000)

    window.set_input_files("#bring-files", [tmp_path / "five.txt", tmp_path / "six.txt"])
    press_upload(window)
    expect(window.locator(".messagelist")).to_contain_text("已收下 2 份文件")
    expect(window.locator("#uploads li").nth(0)).to_contain_text("six.txt")
    window.set_input_files("#bring-files", large)
    press_upload(window)

    expect(window.get_by_role("heading", level=1)).to_have_text("提交的内容太大")


def pages_of(window):
    names = {"list": UPLOADS}
    for name in ("first.txt", "second.txt", "unnamed.txt", "bad.txt"):
        names[name] = window.locator(f"#uploads a:has-text('{name}')").first.get_attribute("href")
    return names


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_use_it_on_every_screen(open_window, site, width, scheme):
    window = open_window(width, color_scheme=scheme)

    found = {}
    for kind, path in pages_of(window).items():
        window.goto(address(site) + path)
        # The frame around it, with its sidebar, is Django's.
        violations = violations_of(window, STANDARDS, within="#content")
        found |= {(kind, rule): elements for rule, elements in violations.items()}
        if window.evaluate("document.documentElement.scrollWidth") != width:
            found[kind, "scrolls sideways"] = [window.evaluate("document.documentElement.scrollWidth")]

    assert found == {}


PASTE = """(field, [plain, rich]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", plain);
  clipboardData.setData("text/html", rich);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  // What a browser does after the event, which a script cannot bring about.
  field.value = plain;
}"""


@pytest.mark.parametrize(("changed", "name"), [(False, "粘贴的网页.html"), (True, "粘贴的文字.txt")])
def test_what_is_pasted_from_a_page_is_sent_as_the_page(open_window, changed, name):
    window = open_window()
    text = window.locator("#bring-text")
    text.evaluate(PASTE, ["会议纪要", "<p>会议纪要，原则同意。</p>"])
    window.wait_for_function("() => document.querySelector('[name=html]').value")
    if changed:
        text.press_sequentially("改")

    press_upload(window)

    expect(window.locator("#uploads li").nth(0)).to_contain_text(name)
