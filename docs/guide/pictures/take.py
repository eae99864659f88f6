"""Take the screenshots of the staff guide, from the samples: `make screenshots`.

An administrator uploads files, reviews, publishes and withdraws, with screenshots on the way.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
# The rows in a picture are queried between two steps in the browser.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from bench.search.website import served  # noqa: E402
from config.prepare import prepare  # noqa: E402
from minutes.models import Meeting, Organization  # noqa: E402
from tests.browser.chromium import chromium_program  # noqa: E402

HERE = Path(__file__).parent
ROOT = HERE.resolve().parents[2]
SAMPLES = ROOT / "samples"
PASSWORD = "云川的河水向东流-2019"  # noqa: S105
# Uploaded in the browser; all others are ingested before.
DRAFT = "yunchuan-2026-95.txt"
WITHOUT_NUMBER = "beizhu-2023-7.txt"
ANOTHER_VERSION = "yunchuan-2024-49.txt"


def main() -> None:
    """Take every screenshot of the guide."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES.glob("*.txt"):
            if sample.name not in (DRAFT, WITHOUT_NUMBER):
                shutil.copy(sample, folder)
        prepare(minutes=folder)
    administrator = User.objects.create_user("陆晚晴", password=PASSWORD, first_name="陆晚晴")
    administrator.groups.set(Group.objects.filter(name="管理员"))
    with served() as website, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program())
        window = chromium.new_page(
            viewport={"width": 1280, "height": 800},
            locale="zh-CN",
            reduced_motion="reduce",
            base_url=f"http://127.0.0.1:{website.port}",
        )
        sign_in(window)
        of_users(window)
        of_uploads(window)
        of_web_pages_and_archives(window)
        of_review(window)
        of_a_withdrawal(window)
        of_joining(window)
        of_reports(window)
        work_off()
        take(window, "start", "/admin/")
        chromium.close()


def take(window: Page, name: str, address: str = "") -> None:
    """Take a screenshot of the first screen of a page, by default of the current one."""
    if address:
        window.goto(address)
    window.screenshot(path=HERE / f"{name}.png")


def work_off() -> None:
    """Run all queued tasks."""
    subprocess.run([sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay"], cwd=ROOT, check=True)


def sign_in(window: Page) -> None:
    window.goto("/admin/")
    window.get_by_label("用户名").fill("陆晚晴")
    window.get_by_label("密码").fill(PASSWORD)
    window.get_by_role("button", name="登录").click()


def of_users(window: Page) -> None:
    window.goto("/admin/auth/user/add/")
    window.get_by_label("用户名").fill("minruoshui")
    window.get_by_label("姓名").fill("闵若水")
    window.get_by_label("编辑", exact=True).check()
    take(window, "user")
    take(window, "second-factor", "/admin/second-factor/")


def of_uploads(window: Page) -> None:
    """Upload a draft, a file without a body, and another file of a known meeting."""
    changed = (SAMPLES / ANOTHER_VERSION).read_text().replace("162万亩", "168万亩")
    nameless = "2026年3月5日，召开第97次常务会议。\n\n一、审议《河道管理办法》\n\n（一）原则同意《河道管理办法》。\n"
    window.goto("/admin/uploads/")
    window.get_by_label("选择文件").set_input_files(
        [
            file("北渚市专题会议纪要.txt", (SAMPLES / WITHOUT_NUMBER).read_text()),
            file("第97次常务会议纪要.txt", nameless),
            file("第49次常务会议纪要（重印）.txt", changed),
            file("第95次常务会议纪要.txt", (SAMPLES / DRAFT).read_text()),
        ]
    )
    window.get_by_role("button", name="上传", exact=True).click()
    window.get_by_text("已收下，排队读取").nth(3).wait_for()
    work_off()
    window.reload()
    window.locator("#uploads").screenshot(path=HERE / "upload.png")
    window.get_by_role("link", name="第49次常务会议纪要（重印）.txt").click()
    take(window, "conflict")


def of_web_pages_and_archives(window: Page) -> None:
    """Upload a web page and a ZIP with an unreadable member; then show the groups."""
    lines = "".join(f"<p>{line}</p>" for line in later_meeting(101).splitlines())
    year = io.BytesIO()
    with zipfile.ZipFile(year, "w") as archive:
        for number in (102, 103):
            archive.writestr(f"第{number}次常务会议纪要.txt", later_meeting(number))
        archive.writestr("第104次常务会议纪要.docx", "传到一半断了")
    window.goto("/admin/uploads/")
    window.get_by_label("选择文件").set_input_files(
        [
            file("第101次常务会议纪要.html", f"<html><body><div class='article'>{lines}</div></body></html>"),
            {"name": "2026年下半年.zip", "mimeType": "application/zip", "buffer": year.getvalue()},
        ]
    )
    window.get_by_role("button", name="上传", exact=True).click()
    window.get_by_text("已收下，排队读取").nth(1).wait_for()
    work_off()
    take(window, "archive", "/admin/uploads/#uploads")
    take(window, "imports", "/admin/imports/")


def later_meeting(number: int) -> str:
    """Return the draft as the minutes of another meeting in the same summer."""
    minutes = (SAMPLES / DRAFT).read_text()
    for printed, instead in (
        ("第95次", f"第{number}次"),
        ("〔2026〕2号", f"〔2026〕{number}号"),
        ("1月29日", f"7月{number - 100}日"),
    ):
        minutes = minutes.replace(printed, instead)
    return minutes


def file(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def of_review(window: Page) -> None:
    """Show a draft's problems, a correction, its preview and its history."""
    take(window, "review", f"/admin/review/{Meeting.objects.get(source__name='北渚市专题会议纪要.txt').pk}/")
    meeting = Meeting.objects.get(source__name="第95次常务会议纪要.txt")
    window.goto(f"/admin/review/{meeting.pk}/")
    window.locator(".section", has_text="期限").locator("summary").first.click()
    window.locator(".entry", has_text="期限").get_by_role("link", name="改").first.click()
    deadline = window.locator(".place-form", has=window.get_by_label("日期")).first
    deadline.get_by_label("日期").fill("2026-02-17")
    deadline.get_by_role("button", name="保存").click()
    window.get_by_text("已保存").wait_for()
    while window.locator("[data-doubt]").count():
        doubt = window.locator("[data-doubt]").first.get_attribute("id")
        window.locator(f"#{doubt}").get_by_role("button", name="核实无误").click()
        window.get_by_text("已记下").wait_for()
        window.reload()
    window.get_by_role("button", name="标为已审核").click()
    window.get_by_role("link", name="发布……").click()
    take(window, "publish")
    window.get_by_role("button", name="发布", exact=True).click()
    window.get_by_text("已发布，公众几秒内可以检索到").wait_for()
    take(window, "history", f"/admin/review/{meeting.pk}/history/")


def of_a_withdrawal(window: Page) -> None:
    meeting = Meeting.objects.get(source__name="yunchuan-2018-39.txt")
    window.goto(f"/admin/review/{meeting.pk}/withdraw/")
    window.get_by_label("撤回原因").fill("附件误收，更正后重新公开。")
    window.get_by_role("button", name="撤回", exact=True).click()
    take(window, "withdrawn", meeting.get_absolute_url())


def of_joining(window: Page) -> None:
    """Merge two names of one bank."""
    former, present = (Organization.objects.get(name=name).pk for name in ("人行云川中支", "人行云川市分行"))
    take(window, "join", f"/admin/join/organization/{former}/into/{present}/")


def of_reports(window: Page) -> None:
    place = Meeting.objects.get(source__name=ANOTHER_VERSION).items.get(position=3).get_absolute_url()
    for words in ("老旧小区改造的数目，原件上是60个，这里少了一个零。", "民生实事的清单在哪里？找不到附件。"):
        window.goto(f"/report/?place={quote(place)}")
        window.locator("textarea").fill(words)
        window.get_by_role("button", name="提交").click()
    take(window, "reports", "/admin/minutes/errorreport/")


if __name__ == "__main__":
    main()
