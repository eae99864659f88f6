"""The pages of joining and parting on every screen: accessible, without scripts, under the strict content policy."""

import pytest
from playwright.sync_api import expect

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.merging import operations, rebuild
from minutes.models import Document, MergeOperation, Organization, Person
from tests.browser.accessibility import STANDARDS, violations_of
from tests.corrections.editing import SAMPLES
from tests.desk.staff import somebody
from tests.desk.windows import signed_in

pytestmark = pytest.mark.slow


LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture
def archive(live_server, monkeypatch):
    """Two meetings, an act that is done, one that the worker has not begun, and likely doubles."""
    for name in ("yunchuan-2018-24.txt", "yunchuan-2019-58.txt"):
        ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions())
    Document.objects.create(body=unit("市水务局").body, title=f"《{Document.objects.first().title}》")
    operations.merge("organization", unit("市水利局").pk, unit("市水务局").pk, None)
    monkeypatch.setattr(rebuild, "FEW", 0)
    operations.merge("organization", unit("市农委").pk, unit("市农业农村局").pk, None)
    return live_server


@pytest.fixture
def open_window(browser, archive):
    contexts = []

    def open_one(width=1280, **options):
        contexts.append(signed_in(browser, archive.url, somebody("温如故", "管理员"), width, **options))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def unit(name):
    return Organization.objects.get(name=name)


def pages():
    """Return the path of one page of each kind."""
    one, other = unit("市财政局").pk, unit("市审计局").pk
    person = next(each for each in Person.objects.all() if each.attendance.count() > 1)
    waiting, done = MergeOperation.objects.all()
    return {
        "overview": "/admin/join/",
        "units": "/admin/join/organization/",
        "others": f"/admin/join/organization/?record={one}&q=局",
        "unit": f"/admin/join/organization/{one}/",
        "preview": f"/admin/join/organization/{one}/into/{other}/",
        "names": f"/admin/join/organization/{one}/part/",
        "entries": f"/admin/join/person/{person.pk}/part/",
        "act done": f"/admin/join/acts/{done.pk}/",
        "act under way": f"/admin/join/acts/{waiting.pk}/",
        "undo": f"/admin/join/acts/{done.pk}/undo/",
    }


def choose_a_name(window, url):
    """Goes to the preview of a parting."""
    window.goto(f"{url}/admin/join/organization/{unit('市应急局').pk}/part/")
    window.get_by_role("checkbox", name="市安监局").check()
    window.get_by_role("button", name="看看结果").click()
    expect(window.get_by_role("heading", name="拆分前请核对")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_use_every_page(archive, open_window, width, scheme):
    window = open_window(width, color_scheme=scheme)
    wrong = {}

    def look_at(kind):
        wrong.update({(kind, rule): found for rule, found in violations_of(window, STANDARDS).items()})
        wrong.update({(kind, each): "policy" for each in window.evaluate("window.violations")})
        if (needed := window.evaluate("document.documentElement.scrollWidth")) > width:
            wrong[kind, "scrolls sideways"] = needed

    for kind, path in pages().items():
        assert window.goto(archive.url + path).status == 200
        look_at(kind)
    choose_a_name(window, archive.url)
    look_at("preview of parting")

    assert wrong == {}


def test_without_scripts_and_by_keyboard_records_are_joined_and_undone(archive, open_window):
    window = open_window(java_script_enabled=False)
    window.goto(f"{archive.url}/admin/join/organization/")
    window.get_by_label("按名称查找单位").fill("市财政")
    window.keyboard.press("Enter")
    window.get_by_role("link", name="市财政局").press("Enter")
    window.get_by_role("link", name="并入另一条记录").press("Enter")
    window.get_by_label("按名称查找单位").fill("审计")
    window.keyboard.press("Enter")
    window.get_by_role("link", name="并入“市审计局”").press("Enter")
    window.get_by_role("button", name="合并", exact=True).press("Enter")
    expect(window.get_by_text("已合并。")).to_be_visible()
    assert unit("市财政局").merged_into == unit("市审计局")
    window.get_by_role("link", name="撤销这一步").press("Enter")
    window.get_by_role("button", name="撤销这一步").press("Enter")
    expect(window.get_by_text("已撤销。")).to_be_visible()
    assert unit("市财政局").merged_into is None


def test_the_progress_is_followed_without_a_reload(archive, open_window):
    window = open_window()
    waiting = MergeOperation.objects.first()
    window.goto(f"{archive.url}/admin/join/acts/{waiting.pk}/")
    expect(window.get_by_text("已更新 0 次")).to_be_visible()
    rebuild.rebuild_meetings.call(waiting.pk)
    expect(window.get_by_text("都已更新")).to_be_visible()
