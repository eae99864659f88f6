"""Test metadata in page heads for browsers, search engines and link previews."""

import json
import re
from html.parser import HTMLParser

import pytest

from minutes.models import Document, Organization, Person
from search.service import index_everything
from tests.kept import kept
from tests.pages.factory import keep_meeting
from tests.pages.stories import FLOODS


@kept
def indexed(folder):
    """Index the meetings of the fixtures asked for before this one."""
    index_everything()


@pytest.fixture
def addresses(long_meeting, later_meeting, earlier_meeting, indexed):
    """One page of each kind."""
    unit = Organization.objects.get(name="市城管局").get_absolute_url()
    return {
        "home": "/",
        "results": "/search/?q=停车",
        "meetings": "/meetings/?year=2019",
        "meeting": long_meeting.get_absolute_url(),
        "item": f"/meetings/{long_meeting.pk}/items/2/",
        "source": f"/meetings/{long_meeting.pk}/source/?from=5&to=9",
        "documents": "/documents/?title=停车&utm_source=letter",
        "document": Document.objects.get(title="云川市公共停车场管理办法").get_absolute_url(),
        "organizations": "/organizations/",
        "organization": unit,
        "organization in one role": f"{unit}?role=lead",
        "people": "/people/",
        "person": Person.objects.get(name="闵若水").get_absolute_url(),
        "tasks": "/tasks/?deadline=past",
        "attendance": "/attendance/?year=2019",
        "coverage": "/coverage/",
        "calendar": "/meetings/calendar/2019/",
        "body": long_meeting.body.get_absolute_url(),
        "cite": f"/cite/{long_meeting.pk}/2/1/",
        "help": "/help/",
        "report": "/report/?place=/help/",
    }


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def one(pattern, html):
    (found,) = re.findall(pattern, html, re.DOTALL)
    return found


def structured_data(html):
    return json.loads(one(r'<script type="application/ld\+json">(.*?)</script>', html))


@pytest.mark.slow
def test_each_page_has_a_title_and_a_description_of_its_own(client, addresses):
    heads = {}
    for kind, address in addresses.items():
        html = html_of(client, address)
        title, description = one("<title>(.+?)</title>", html), one('<meta name="description" content="(.+?)">', html)
        assert one('<meta property="og:title" content="(.+?)">', html) == title
        assert one('<meta property="og:description" content="(.+?)">', html) == description
        heads[kind] = (title, description)

    assert len({title for title, _ in heads.values()}) == len(heads)
    assert len({description for _, description in heads.values()}) >= len(heads) - 2


@pytest.mark.slow
def test_each_page_names_its_one_address(client, addresses):
    for kind, address in addresses.items():
        html = html_of(client, address)
        link = one('<link rel="canonical" href="(.+?)">', html)
        assert link.startswith("http://testserver/")
        assert one('<meta property="og:url" content="(.+?)">', html) == link
        assert link.split("?")[0] == f"http://testserver{address.split('?')[0]}", kind


@pytest.mark.parametrize(
    ("kind", "query"),
    [("documents", "?title=%E5%81%9C%E8%BD%A6"), ("source", ""), ("report", ""), ("meetings", "?year=2019")],
)
def test_the_address_keeps_what_chooses_the_content_and_nothing_else(client, addresses, kind, query):
    link = one('<link rel="canonical" href="(.+?)">', html_of(client, addresses[kind]))

    assert link == f"http://testserver{addresses[kind].split('?')[0]}{query}"


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("home", {"@type": "WebSite"}),
        ("meeting", {"@type": "Event", "startDate": "2019-11-21", "identifier": "〔2019〕70号"}),
        ("item", {"@type": "Article", "headline": "审议《云川市公共停车场管理办法（草案）》", "position": 2}),
        ("document", {"@type": "CreativeWork", "name": "云川市公共停车场管理办法"}),
        ("organization", {"@type": "GovernmentOrganization", "name": "市城管局"}),
        ("person", {"@type": "Person", "name": "闵若水"}),
        ("body", {"@type": "GovernmentOrganization", "name": "云川市人民政府"}),
        ("help", {"@type": "WebPage", "url": "http://testserver/help/"}),
    ],
)
def test_each_page_tells_programs_what_it_is_about(client, addresses, kind, properties):
    data = structured_data(html_of(client, addresses[kind]))

    assert data["@context"] == "https://schema.org"
    assert data | properties == data


def own_styles_and_scripts(html):
    """Return inline styles and scripts, except for code shown as text."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            named = dict(attributes)
            runs = tag == "script" and "src" not in named and named.get("type") != "application/ld+json"
            if tag == "style" or runs or any(name == "style" or name.startswith("on") for name in named):
                found.append(self.get_starttag_text())

    Reader().feed(html)
    return found


@pytest.mark.slow
def test_no_page_holds_a_style_or_a_script_of_its_own(client, addresses):
    for kind, address in addresses.items():
        assert own_styles_and_scripts(html_of(client, address)) == [], kind


def test_error_pages_claim_no_address(client, db):
    html = client.get("/no/such/page/").content.decode()

    assert "canonical" not in html
    assert "noindex" in html


def test_an_item_describes_the_tasks_that_the_meeting_gave_and_claims_nothing_of_their_end(client, db):
    item = keep_meeting(number=88, items=(FLOODS,)).items.get()
    mentions = structured_data(html_of(client, item.get_absolute_url()))["mentions"]

    assert {each["@type"] for each in mentions} == {"AssignAction"}
    inspect = next(each for each in mentions if "险工险段" in each["description"])
    assert inspect["agent"]["name"] == "云川市人民政府"
    assert [unit["name"] for unit in inspect["participant"]] == ["市水务局", "市气象局"]
    assert inspect["participant"][0]["url"].startswith("http://testserver/organizations/")
    assert inspect["startTime"] == "2019-11-21"
    assert not any("endTime" in each or "actionStatus" in each for each in mentions)
    assert not any("各地各部门" in each["description"] for each in mentions)
