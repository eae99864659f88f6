"""Test that no public URL shows text of drafts or withdrawn meetings.

The URLs come from the program's URL configuration, so new ones are included. One with unknown parameters fails the
test until `VALUES` has them.
"""

import html
import io
import re
import zipfile
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.cache import cache
from django.urls import get_resolver
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle

from minutes.models import CitedText, Meeting, MeetingStatus, Organization, OrganizationAlias
from open_data.public import regenerate
from pages.citations.passages import Passage, keep_wording
from search.service import index_everything
from tests.pages.factory import ItemFacts, TaskFacts, keep_meeting, unit_of
from tests.pages.stories import HOUSING, PARKING_DRAFT

pytestmark = pytest.mark.slow


MARKER = "绝密雪鸮"
# Requested from every URL without parameters: what hidden and public meetings have in common.
QUESTIONS = (
    *("", "?q=老旧小区", "?year=2019", "?page_size=200", "?date_after=2019-01-01"),
    # The beginning of the names of hidden units and people, which an answer must not complete.
    *("?q=部门:绝密", "?q=人员:绝密", "?q=juemi", "?name=绝密", "?organization=绝密", "?leader=绝密"),
)
VALUES = {
    "position": ["1", "2"],
    "year": ["2019"],
    "name": ["minutes.jsonl", "minutes-csv.zip", "minutes.sqlite3", "manifest.json"],
    "section": ["lists", "meetings", "items", "documents", "organizations", "people", "bodies", "calendars"],
    "extension": ["xlsx", "docx"],
    "address": ["nothing"],
    "token": ["forged"],
    "ending": ["bib", "ris", "json"],
    "code": ["10", "10.2"],
}
# What Markdown can be asked of: /tasks/by-unit/
PAGE = re.compile(r"/[a-z0-9/-]+/")
# URLs that never show anything.
ALWAYS_REFUSED = {"api-v1-nothing", "metrics", "oembed", "search-alert-confirm", "search-alert-end"}
# Where a word of a meeting must be found once it is published: without these the test would prove nothing.
TELLING = {
    *("home", "meetings", "meeting", "item", "source", "original", "documents", "document", "organizations"),
    *("organization", "search", "data-file", "markdown"),
    *("tasks", "tasks-csv", "tasks-xlsx", "tasks-ics", "tasks-by-unit", "feed-tasks", "breakdown", "breakdown-file"),
    *("api-v1-task-list", "api-v1-task-detail"),
    *("items-csv", "embed-item", "documents-csv", "organizations-csv", "people-csv", "meetings-csv"),
    *("feed-meetings", "feed-organization", "feed-document", "feed-person"),
    *("api-v1-meeting-list", "api-v1-meeting-detail", "api-v1-item-list", "api-v1-item-detail"),
    *("api-v1-paragraph-list", "api-v1-decision-list", "api-v1-deadline-list", "api-v1-document-list"),
    *("api-v1-organization-list", "api-v1-person-list", "api-v1-attendance-list", "api-v1-body-list"),
}

SECRET = ItemFacts(
    title=f"审议《{MARKER}办法（草案）》",
    paragraphs=(f"原则同意《{MARKER}办法》。由{MARKER}局于{MARKER}日前报{MARKER}会议。老旧小区改造照办。",),
    outcome="原则同意",
    lead=f"{MARKER}局",
    next_step=f"报{MARKER}会议",
    deadline=(f"{MARKER}日前", timezone.localdate()),
    document=f"{MARKER}办法",
    stage=f"{MARKER}稿",
    tasks=(
        TaskFacts(
            f"由{MARKER}局于{MARKER}日前报{MARKER}会议。",
            lead=(f"{MARKER}局",),
            deadline=(f"{MARKER}日前", timezone.localdate()),
        ),
    ),
)


def keep_secret(number, status, body):
    """Create a meeting with the marker in each of its texts."""
    meeting = keep_meeting(number=number, items=(SECRET,), attendees=0, body=body, closing=MARKER, file_name=MARKER)
    texts = {name: f"{MARKER}{name}" for name in ("place", "chair_name", "chair_title", "recorder", "opening")}
    texts |= {name: f"{MARKER}{name}" for name in ("compiled_by", "issued_by", "disclosure")}
    published_at = timezone.now() if status == MeetingStatus.WITHDRAWN else None
    Meeting.objects.filter(pk=meeting.pk).update(
        status=status,
        published_at=published_at,
        withdrawn_at=published_at,
        distribution=[MARKER],
        kind_text=f"{MARKER}常务会议",
        part_of_day=MARKER,
        **texts,
    )
    unit = unit_of(meeting.body, f"{MARKER}局")
    OrganizationAlias.objects.create(body=meeting.body, organization=unit, name=f"{MARKER}委")
    person = meeting.body.people.create(name=MARKER, organization=unit)
    meeting.attendance.create(
        position=1, role="present", person=person, organization=unit, title=MARKER, note=MARKER, start=0, end=4
    )
    meeting.problems.create(code="unit-unknown", message=MARKER)
    for item in (None, meeting.items.get()):
        keep_wording(Passage(meeting, item))


@pytest.fixture
def archive(db, settings, tmp_path, monkeypatch):
    """Create a published, a draft and a withdrawn meeting.

    The body of the draft is named by it alone.
    """
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None})
    cache.clear()
    keep_wording(Passage(keep_meeting(number=1, items=(HOUSING, PARKING_DRAFT), attendees=2)))
    keep_secret(2, MeetingStatus.DRAFT, f"{MARKER}市人民政府")
    keep_secret(3, MeetingStatus.WITHDRAWN, "云川市人民政府")
    prepare()


def prepare():
    """Run the worker's tasks."""
    index_everything()
    regenerate()


def ids_on_record():
    """Return the ids of all records, public or not."""
    return sorted({str(pk) for model in apps.get_app_config("minutes").get_models() for pk in ids_of(model)})


def ids_of(model):
    return model._base_manager.values_list("pk", flat=True)


def public_addresses():
    """Every address outside the admin, by its name, and each page as Markdown."""
    for name, address in addresses_of_the_table():
        yield name, address
        if PAGE.fullmatch(address):
            yield "markdown", f"{address.removesuffix('/')}.md"


def addresses_of_the_table():
    """Every address outside the admin but Markdown's, by its name, with every value of its parameters."""
    values = VALUES | dict.fromkeys(("pk", "meeting_pk"), ids_on_record())
    cited = CitedText.objects.order_by("pk").values_list("place", "fingerprint")
    values |= dict(zip(("place", "fingerprint"), map(list, zip(*cited, strict=True)), strict=True))
    table = get_resolver().reverse_dict
    for name in filter(lambda name: isinstance(name, str), table):
        for possibilities, *_ in table.getlist(name):
            for template, parameters in possibilities:
                # Who may open what of the desk: tests/desk/test_roles.py.
                if template.startswith("admin/") or name == "markdown":
                    continue
                unknown = [parameter for parameter in parameters if parameter not in values]
                assert not unknown, f"{name}: VALUES does not say what to fill in for {unknown}"
                yield from ((name, f"/{path}") for path in filled(template, parameters, values))


def filled(template, parameters, values):
    paths = [template]
    for parameter in parameters:
        paths = [path.replace(f"%({parameter})s", value) for path in paths for value in values[parameter]]
    return paths if parameters else [f"{template}{question}" for question in QUESTIONS]


def test_every_view_has_a_name_and_so_is_asked():
    nameless = [pattern for pattern in patterns_below(get_resolver()) if not pattern.name]

    assert nameless == []


def patterns_below(resolver):
    for pattern in resolver.url_patterns:
        if not hasattr(pattern, "url_patterns"):
            yield pattern
        elif pattern.namespace != "admin":
            yield from patterns_below(pattern)


def words_in(content):
    """Everything that can be read in an answer, however it is wrapped."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    # A workbook writes its words as numbers of characters.
    text = html.unescape(content.decode("utf-8", errors="replace"))
    # Long lines of a calendar are folded, and found words are in tags.
    return re.sub(r"\r\n |<[^>]*>", "", text) + text


def says_the_marker(content):
    words = words_in(content)
    return any(form in words for form in (MARKER, MARKER.encode("unicode_escape").decode(), quote(MARKER)))


def answers(client):
    """Yield name, URL and status of every public URL, and whether it has the marker."""
    for name, address in public_addresses():
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        yield name, address, response.status_code, says_the_marker(content)


def test_no_address_says_what_is_not_public(client, archive):
    asked = list(answers(client))

    assert [address for _, address, _, found in asked if found] == []
    assert [(address, status) for _, address, status, _ in asked if status >= 500] == []
    assert [address for _, address, status, _ in asked if status == 429] == []
    answered = {name for name, _, status, _ in asked if status in (200, 301, 302, 405)}
    assert {name for name, *_ in asked} - answered <= ALWAYS_REFUSED


def test_below_a_withdrawn_meeting_every_page_tells_that_it_went_and_of_a_draft_none_does(client, archive):
    gone = {name for name, _, status, _ in answers(client) if status == 410}

    assert gone == {
        "meeting",
        "item",
        "embed-item",
        "source",
        "original",
        "breakdown",
        "breakdown-file",
        "card-meeting",
        "card-item",
        "markdown",
        "citation-file",
        "cite",
        "cited",
        "api-v1-meeting-detail",
        "api-v1-item-detail",
        "api-v1-paragraph-detail",
        "api-v1-decision-detail",
        "api-v1-deadline-detail",
        "api-v1-task-detail",
        "api-v1-attendance-detail",
    }
    draft = Meeting.objects.get(status=MeetingStatus.DRAFT)
    below_draft = [address for _, address in public_addresses() if address.startswith(f"/meetings/{draft.pk}/")]
    assert {client.get(address).status_code for address in below_draft} == {404}


def test_the_same_addresses_say_it_once_it_is_public(client, archive):
    Meeting.objects.update(status=MeetingStatus.PUBLISHED, published_at=timezone.now())
    prepare()

    assert {name for name, _, _, found in answers(client) if found} >= TELLING
    assert Organization.objects.filter(name__contains=MARKER).exists()
