"""Script that came in with a file, a report, a name or a reason stays text: on public pages, in lists, in review."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from minutes.models import AuditAction, AuditEntry, Correction, Document, ErrorReport, Meeting, Organization, Person
from open_data.public import regenerate
from search.service import index_everything
from tests.desk.addresses import MODELS
from tests.pages.factory import ItemFacts, keep_meeting

pytestmark = pytest.mark.slow


# Each breaks out of another place: text, an attribute, a script, a comment.
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>--></title>{{7*7}}"
LINK = "javascript:alert(4)"
# What was withdrawn is gone, and what it alone spoke of.
SHOWN_OR_GONE = (200, 404, 410)


@pytest.fixture
def infested(live_server):
    """Create meetings with script in all external data, one of them withdrawn."""
    keep_infested(70, "云川市人民政府")
    withdrawn = keep_infested(71, f"云川市{SCRIPT}政府")
    Meeting.objects.filter(pk=withdrawn.pk).update(status="withdrawn", withdrawal_reason=SCRIPT)
    index_everything()
    regenerate()
    return live_server.url


def keep_infested(number, body):
    facts = ItemFacts(
        title=f"审议《{SCRIPT}办法》",
        paragraphs=(f"原则同意《{SCRIPT}办法》，由市{SCRIPT}局牵头。{LINK}",),
        outcome="原则同意",
        lead=f"市{SCRIPT}局",
        document=f"{SCRIPT}办法",
    )
    meeting = keep_meeting(number=number, items=(facts,), body=body, file_name=f"{SCRIPT}.txt", closing=SCRIPT)
    Meeting.objects.filter(pk=meeting.pk).update(chair_name=SCRIPT[:60], place=SCRIPT, recorder=SCRIPT)
    Person.objects.filter(attendance__meeting=meeting, attendance__position=1).update(name=SCRIPT[:60])
    meeting.problems.create(code="unit-unknown", message=SCRIPT, start=0, end=5)
    user = User.objects.create_user(f"{number}{SCRIPT}", first_name=SCRIPT)
    Correction.objects.create(meeting=meeting, place="place", parsed=SCRIPT, value=SCRIPT, made_by=user)
    ErrorReport.objects.create(place=f"/meetings/{meeting.pk}/", text=SCRIPT)
    AuditEntry.note(AuditAction.WITHDRAWN, user, SCRIPT, SCRIPT)
    return meeting


def public_pages():
    for model in (Meeting, Organization, Person, Document):
        yield from (record.get_absolute_url() for record in model.objects.all()[:3])
    meeting = Meeting.objects.order_by("pk").first()
    yield reverse("item", args=[meeting.pk, 1])
    yield reverse("source", args=[meeting.pk])
    yield from ("/", "/meetings/", "/documents/", "/organizations/", "/people/", "/search/?q=办法")
    yield "/search/?q=%3Cscript%3Ealert(5)%3C/script%3E"
    yield "/report/?place=%22%3E%3Cscript%3Ealert(6)%3C/script%3E"


def pages_of_staff():
    yield "/admin/"
    for name in MODELS:
        try:
            yield reverse(f"{name}_changelist")
        except NoReverseMatch:
            continue
    for meeting in Meeting.objects.all():
        yield reverse("admin:minutes_meeting_change", args=[meeting.pk])
        yield from (reverse(f"desk-{page}", args=[meeting.pk]) for page in ("review", "history", "reparse"))
    yield from map(reverse, ("desk-merge", "desk-uploads", "desk-second-factor"))
    for kind, model in (("organization", Organization), ("person", Person), ("document", Document)):
        yield reverse("desk-merge-record", args=[kind, model.objects.order_by("pk").first().pk])
    yield reverse("desk-publish", args=[Meeting.objects.order_by("pk").first().pk])
    yield reverse("desk-withdraw", args=[Meeting.objects.order_by("pk").first().pk])
    yield from (reverse("admin:auth_user_change", args=[user.pk]) for user in User.objects.all()[:2])
    yield reverse("admin:minutes_auditentry_change", args=[AuditEntry.objects.first().pk])


def as_superuser(context, url):
    """Give a browser window the session of a superuser."""
    client = Client()
    client.force_login(User.objects.create_superuser("掌印"))
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": f"{url}/admin/"}])


def complaints_of(window, url, paths):
    """Return dialogs, policy violations and errors of these pages in a window."""
    said = []
    window.on("dialog", lambda box: (said.append(f"dialog {box.message}"), box.dismiss()))
    window.on("console", lambda line: said.append(line.text) if "Content Security Policy" in line.text else None)
    shown = 0
    for path in paths:
        status = window.goto(url + path).status
        if status not in SHOWN_OR_GONE:
            said.append(f"{path}: {status}")
        shown += "onerror=alert(2)" in window.inner_text("body")
    return said, shown


def test_the_public_pages_show_it_as_text(browser, infested):
    context = browser.new_context()

    said, shown = complaints_of(context.new_page(), infested, list(public_pages()))

    context.close()
    assert said == []
    assert shown > 5


def test_the_pages_of_staff_show_it_as_text(browser, infested):
    context = browser.new_context()
    as_superuser(context, infested)

    said, shown = complaints_of(context.new_page(), infested, list(pages_of_staff()))

    context.close()
    assert said == []
    assert shown > 5
