"""Test that URLs and parameters of release 0.1 still work."""

import re
from contextlib import closing

import pytest
from django.core.cache import cache

from minutes.models import Document, Organization, Person
from open_data.public import regenerate
from search.service import index_everything
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING, LONG_AGENDA

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ADDRESSES = [
    "/",
    "/health/",
    "/help/",
    "/robots.txt",
    "/opensearch.xml",
    "/sitemap.xml",
    "/sitemap-meetings.xml",
    "/meetings/",
    "/meetings/meetings.csv",
    "/meetings/{meeting}/",
    "/meetings/{meeting}/items/2/",
    "/meetings/{meeting}/source/",
    "/meetings/{meeting}/original/",
    "/meetings/calendar/2019/",
    "/meetings/calendar/",
    "/documents/",
    "/documents/documents.csv",
    "/documents/{document}/",
    "/organizations/",
    "/organizations/organizations.csv",
    "/organizations/{organization}/",
    "/people/",
    "/people/people.csv",
    "/people/{person}/",
    "/deadlines/",
    "/deadlines/deadlines.csv",
    "/deadlines.ics",
    "/coverage/",
    "/bodies/{body}/",
    "/attendance/",
    "/attendance/attendance.csv",
    "/report/",
    "/report/thanks/",
    "/cite/{meeting}/",
    "/cite/{meeting}/2/",
    "/cite/{meeting}/2/1/",
    "/cite/{meeting}/2/1/1/",
    "/feeds/meetings/",
    "/feeds/organizations/{organization}/",
    "/feeds/documents/{document}/",
    "/feeds/people/{person}/",
    "/data/",
    "/data/manifest.json",
    "/data/minutes.jsonl",
    "/data/minutes-csv.zip",
    "/data/minutes.sqlite3",
    "/search/",
    "/search/results.csv?q=停车",
    "/search/results.jsonl?q=停车",
    "/search/feed/?q=停车",
    "/search/help/",
    "/search/suggest/?q=停车",
    "/search/trend/?term=停车",
    "/search/alerts/?q=停车",
    "/api/",
    "/api/docs/",
    "/api/schema/",
    "/api/v1/",
    "/api/search/?q=停车",
    "/api/v1/bodies/",
    "/api/v1/meetings/",
    "/api/v1/items/",
    "/api/v1/paragraphs/",
    "/api/v1/decisions/",
    "/api/v1/documents/",
    "/api/v1/organizations/",
    "/api/v1/people/",
    "/api/v1/attendance/",
    "/api/v1/deadlines/",
    "/api/v1/meetings/{meeting}/",
    "/api/v1/organizations/{organization}/",
    "/api/v1/people/{person}/",
    "/api/v1/documents/{document}/",
    "/admin/login/",
]

OF_MEETING = "year=2019 date_after=2019-01-01 date_before=2019-12-31 body={body} kind=executive number=70"
OF_ITEM = f"{OF_MEETING} meeting={{meeting}} organization={{organization}} role=lead"
PARAMETERS = {
    "/meetings/": "year=2019 body={body} kind=executive",
    "/documents/": "title=停车 body={body} state=sent-on stage=草案 page=1",
    "/organizations/": "name={organization} body={body} page=1",
    "/people/": "name=陆 body={body} organization={organization} page=1",
    "/deadlines/": "when=past organization={organization} answerable={organization} year=2019 body={body} page=1",
    "/attendance/": "body={body} year=2019",
    "/deadlines.ics": "lead={organization} date_after=2019-01-01 date_before=2020-12-31 body={body}",
    "/feeds/meetings/": "body={body} year=2019",
    "/meetings/{meeting}/source/": "from=0&to=4",
    "/organizations/{organization}/": "role=lead",
    "/search/": "q=停车 date_after=2019-01-01 date_before=2019-12-31 year=2019 action=deliberate body={body} page=1 "
    "outcome=approved_in_principle kind=executive department={organization} role=lead sort=newest exact=1",
    "/api/search/": "q=停车 year=2019 department={organization} role=lead person={person} sort=oldest page=1",
    "/api/v1/bodies/": "name=云川",
    "/api/v1/meetings/": f"{OF_MEETING} doc_number=〔2019〕70号 fields=id,date page_size=5",
    "/api/v1/items/": f"{OF_ITEM} lead={{organization}} supporting={{organization}} reporting={{organization}} "
    "action=deliberate outcome=approved_in_principle title=停车 document={document}",
    "/api/v1/paragraphs/": f"{OF_MEETING} meeting={{meeting}} text=停车",
    "/api/v1/decisions/": f"{OF_ITEM} outcome=approved_in_principle lead={{organization}}",
    "/api/v1/documents/": "title=停车 body={body} state=sent-on",
    "/api/v1/organizations/": "name={organization} body={body}",
    "/api/v1/people/": "name=陆 body={body} organization={organization}",
    "/api/v1/attendance/": f"{OF_MEETING} meeting={{meeting}} organization={{organization}} person={{person}} "
    "role=present",
    "/api/v1/deadlines/": "year=2019 body={body} meeting={meeting} organization={organization} role=lead "
    "lead={organization} answerable={organization}",
}


@pytest.fixture
def numbers(settings, tmp_path):
    """Create one of everything; return the ids in its URLs."""
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    cache.clear()
    meeting = keep_meeting(items=(*LONG_AGENDA[:3], HOUSING), attendees=12)
    index_everything()
    regenerate()
    yield {
        "meeting": meeting.pk,
        "body": meeting.body.pk,
        "document": Document.objects.published().first().pk,
        "organization": Organization.objects.filter(involvements__role="lead").first().pk,
        "person": Person.objects.published().first().pk,
    }
    cache.clear()


def refused(client, addresses: list[str]) -> list[tuple[str, int]]:
    refusals = []
    for address in addresses:
        with closing(client.get(address, follow=True)) as response:
            if response.status_code != 200:
                refusals.append((address, response.status_code))
    return refusals


def test_every_address_of_the_release_answers(client, numbers):
    assert refused(client, [address.format(**numbers) for address in ADDRESSES]) == []


def test_every_parameter_of_the_release_is_taken(client, numbers):
    addresses = [
        f"{path}?{parameter}".format(**numbers)
        for path, parameters in PARAMETERS.items()
        for parameter in parameters.split()
    ]

    assert refused(client, addresses) == []


@pytest.mark.parametrize(
    "path", ["/search/", "/api/search/", "/api/v1/search/", "/search/results.jsonl", "/search/feed/", "/search/alerts/"]
)
def test_department_is_organization(client, numbers, path):
    """Both parameters lead to the same records, and the answer leads on by the present one alone."""
    answers = {}
    for name in ("department", "organization"):
        with closing(client.get(path, {name: numbers["organization"], "role": "lead"})) as response:
            assert response.status_code == 200
            answers[name] = response.getvalue().decode()

    found = {name: re.findall(r"/meetings/[0-9/items]+", answer) for name, answer in answers.items()}
    assert found["department"] == found["organization"]
    assert found["organization"] or path == "/search/alerts/"
    if path not in ("/search/results.jsonl", "/search/feed/"):  # these repeat the address they were asked at
        assert "department=" not in answers["department"]


def test_the_unversioned_search_still_calls_its_facet_department(client, numbers):
    facets = client.get("/api/search/").json()["facets"]

    assert facets["department"] == facets["organization"] != []


def test_the_query_word_department_is_organization(client, numbers):
    unit = Organization.objects.get(pk=numbers["organization"]).name
    totals = {
        client.get("/api/v1/search/", {"q": f"{word}:{unit}"}).json()["total"]
        for word in ("部门", "department", "organization")
    }

    assert len(totals) == 1
    assert totals != {0}
