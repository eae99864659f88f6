"""Django's admin under the strict content policy, with our pages in it: in Chinese, and for everyone."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from desk.models import Upload
from minutes.models import ErrorReport, Meeting, Organization, Problem
from tests.browser.accessibility import STANDARDS, violations_of
from tests.desk.staff import somebody
from tests.desk.test_start_page import fail_a_job

pytestmark = pytest.mark.slow


WIDTHS = [820, 1280]
REMEMBER_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(
    event.violatedDirective + " " + event.sourceFile + ":" + event.lineNumber));
"""


@pytest.fixture
def busy(archive):
    """Create an archive with something to do in every list."""
    user = somebody("闵若水", "管理员")
    archive.meeting.status = "draft"
    archive.meeting.save()
    Problem.objects.create(meeting=archive.meeting, code="date-missing", message="没有读到会议日期")
    ErrorReport.objects.create(text="写错了", place=archive.meeting.get_absolute_url()).save()
    Upload.objects.create(by=user, name="a.txt", sha256="0" * 64, size=1, content=b"a", state="failed")
    Organization.objects.get(name="市城管局").save()
    fail_a_job()
    return archive


@pytest.fixture
def open_admin(busy, open_window):
    """Return a function to open a window signed in as an administrator."""

    def open_one(width: int, **options):
        client = Client()
        client.force_login(type(Upload.objects.get().by).objects.get(username="闵若水"))
        window = open_window(width, **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        window.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": busy.url + "/admin/"}]
        )
        window.add_init_script(REMEMBER_VIOLATIONS)
        return window

    return open_one


def pages():
    """Return the path of one page of each kind in the admin."""
    unit = Organization.objects.get(name="市城管局").pk
    report = ErrorReport.objects.get().pk
    lists = ("meeting", "problem", "sourcefile", "errorreport", "organization", "person", "document", "correction")
    return {
        "start": reverse("admin:index"),
        "app": reverse("admin:app_list", args=["minutes"]),
        **{f"list of {name}": reverse(f"admin:minutes_{name}_changelist") for name in lists},
        "list of uploads": reverse("admin:desk_upload_changelist"),
        "list of jobs": reverse("admin:desk_job_changelist"),
        "audit log": reverse("admin:minutes_auditentry_changelist"),
        "narrowed list": reverse("admin:minutes_meeting_changelist") + "?problems=open&date__year=2019&q=停车",
        "unit": reverse("admin:minutes_organization_change", args=[unit]),
        "new unit": reverse("admin:minutes_organization_add"),
        "history of unit": reverse("admin:minutes_organization_history", args=[unit]),
        "earlier version": reverse(
            "admin:minutes_organization_simple_history",
            args=[unit, Organization.history.filter(id=unit).latest().history_id],
        ),
        "meeting": reverse("admin:minutes_meeting_change", args=[Meeting.objects.latest("pk").pk]),
        "report": reverse("admin:minutes_errorreport_change", args=[report]),
        "history of report": reverse("admin:minutes_errorreport_history", args=[report]),
        "guide": reverse("desk-guide", args=["README"]),
        "guide with pictures": reverse("desk-guide", args=["upload"]),
    }


def ask_to_withdraw(window, url):
    """Select every published meeting, open the withdrawal form; return their number."""
    window.goto(url + reverse("admin:minutes_meeting_changelist") + "?status__exact=published")
    boxes = window.locator("input.action-select").all()
    for box in boxes:
        box.check()
    window.get_by_label("动作").select_option(label="撤回")
    window.get_by_role("button", name=re.compile("执行")).click()
    expect(window.get_by_role("heading", name="撤回所选会议")).to_be_visible()
    return len(boxes)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_admin_breaks_the_content_policy_or_scrolls_sideways(busy, open_admin, width):
    window = open_admin(width)
    wrong = {}
    for kind, path in pages().items():
        answer = window.goto(busy.url + path)
        assert answer.status == 200, path
        wrong |= {(kind, each): 1 for each in window.evaluate("window.violations")}
    ask_to_withdraw(window, busy.url)
    wrong |= {("withdrawal", each): 1 for each in window.evaluate("window.violations")}

    assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_our_pages_in_the_admin(busy, open_admin, width, scheme):
    window = open_admin(width, color_scheme=scheme)
    window.goto(busy.url + reverse("admin:index"))
    found = violations(window, "start")
    window.goto(busy.url + reverse("desk-guide", args=["upload"]))
    found |= violations(window, "guide")
    ask_to_withdraw(window, busy.url)

    assert found | violations(window, "withdrawal") == {}


def violations(window, kind):
    return {(kind, rule): found for rule, found in violations_of(window, STANDARDS).items()}


def test_the_admin_speaks_chinese_alone(busy, open_admin):
    window = open_admin(1280)
    english = {}
    for kind, path in pages().items():
        window.goto(busy.url + path)
        shown = window.evaluate(VISIBLE_WORDS)
        # Changes, Task Results; what the archive itself says in Latin letters is no sentence
        if words := [text for text in shown if re.fullmatch(r"[A-Z][a-z]+(?: [A-Za-z]+)*[.:…]?", text.strip())]:
            english[kind] = words

    assert english == {}


VISIBLE_WORDS = """
() => [...document.querySelectorAll("#container *")].flatMap(
    element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data)
).filter(text => text.trim())
"""


def test_meetings_are_withdrawn_with_a_reason_from_the_list(busy, open_admin):
    window = open_admin(1280)
    count = ask_to_withdraw(window, busy.url)
    window.get_by_label("撤回的原因").fill("附件有误")
    window.get_by_role("button", name="撤回").click()

    expect(window.get_by_text(f"{count}次会议已撤回。")).to_be_visible()
    assert Meeting.objects.filter(status="withdrawn", withdrawal_reason="附件有误").count() == count > 1


def test_the_list_of_meetings_uses_the_width_of_a_tablet_and_keeps_names_in_lines(busy, open_admin):
    window = open_admin(820)
    window.goto(busy.url + reverse("admin:minutes_meeting_changelist"))

    assert window.evaluate("document.querySelector('#content').getBoundingClientRect().right") > 780
    assert window.evaluate("document.querySelector('#result_list tbody th').getBoundingClientRect().width") >= 140
