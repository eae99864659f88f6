"""What a category is for a reader: a condition in the address, compared with minutes taken in from files."""

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from minutes.models import Organization, Person
from search.index.facet_fields import next_steps_in, stages_in
from search.query.form import SearchForm
from search.query.params import new_search
from search.service import search
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

HOUSING = (
    "审议《云川市老旧小区改造实施办法（草案）》",
    "原则同意《云川市老旧小区改造实施办法》。由市住建局会同市财政局作进一步修改完善后提请市委常委会审议。",
)
ROADS = ("研究道路养护事宜", "会议听取了市交通局关于道路养护的汇报。")


@kept
def archive(folder):
    take_in = into(folder)
    meetings = [take_in(31, HOUSING, ROADS), take_in(58, ROADS, date="2020年7月2日")]
    bring_up_to_date()
    return meetings


def titles(archive, **conditions) -> list[str]:
    """Return the titles of the results for these parameters, by meeting."""
    form = SearchForm(QueryDict(urlencode(conditions, doseq=True)))
    assert form.is_valid(), form.errors
    names = {item.pk: item.title for meeting in archive for item in meeting.items.all()}
    return [names[key.pk] for key in search(new_search("", form.filters())).response.keys]


def test_items_are_narrowed_by_what_was_done_and_decided(archive):
    assert titles(archive, action=["deliberate"]) == [HOUSING[0]]
    assert titles(archive, outcome=["approved_in_principle"]) == [HOUSING[0]]
    assert titles(archive, next_step=["party"]) == [HOUSING[0]]
    assert titles(archive, next_step=["congress"]) == []
    assert titles(archive, stage=["draft"]) == [HOUSING[0]]
    assert titles(archive, action=["deliberate", "study"], year=["2019"]) == [HOUSING[0], ROADS[0]]


def test_people_and_units_that_came_lead_to_the_items_of_their_meetings(archive):
    education = Organization.objects.get(name="市教育局").pk
    person = Person.objects.get(name="季敏").pk
    assert titles(archive, person=[person], year=["2019"]) == [HOUSING[0], ROADS[0]]
    assert titles(archive, organization=[education]) == []
    assert len(titles(archive, organization=[education], role=["attending"])) == 3


def test_people_known_from_drafts_alone_cannot_be_asked_for(archive, take_in):
    take_in(77, ROADS, date="2021年7月2日", publish=False)
    body = Person.objects.get(name="季敏").body
    draft_only = Person.objects.create(body=body, name="楚遥")
    assert SearchForm(QueryDict(f"person={draft_only.pk}")).errors["person"]


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("修改完善后提请市委常委会审议", {"party", "revision"}),
        ("按程序报市人大常委会备案", {"congress", "filing"}),
        ("提请市政府常务会议审议", {"government"}),
        ("抓好落实", {"other"}),
        ("", set()),
    ],
)
def test_next_steps_are_grouped_by_their_words(written, groups):
    assert set(next_steps_in(written)) == groups


@pytest.mark.parametrize(
    ("written", "groups"),
    [("修订草案", {"draft", "revision"}), ("试行", {"trial"}), ("某某版", {"other"}), ("", set())],
)
def test_stages_are_grouped_by_their_words(written, groups):
    assert set(stages_in(written)) == groups


def test_a_topic_narrows_page_files_feed_and_interface_alike(archive, client):
    assert titles(archive, topic=["10.2"]) == [HOUSING[0]]
    assert titles(archive, topic=["10"]) == [HOUSING[0]]
    assert client.get("/search/", {"topic": "99"}).status_code == 400

    asked = {"topic": "10.2"}
    assert client.get("/api/v1/search/", asked).json()["total"] == 1
    assert client.get("/search/feed/", asked).content.count(b"<entry>") == 1
    lines = b"".join(client.get("/search/results.jsonl", asked).streaming_content).splitlines()
    assert len(lines) == 2
    assert client.get("/search/alerts/", asked).status_code == 200


def test_sub_classes_are_offered_once_their_class_is_chosen(archive, client):
    assert "城市建设、住房" not in client.get("/search/").content.decode()
    assert "城市建设、住房" in client.get("/search/", {"topic": "10"}).content.decode()


def test_units_are_counted_in_the_role_that_is_chosen(archive, client):
    page = client.get("/search/", {"q": "云川市"}).content.decode()
    assert "单位的角色" in page
    assert "单位（牵头）" not in page

    in_roles = client.get("/search/", {"role": ["lead", "supporting"]}).content.decode()
    assert "单位（牵头、配合）" in in_roles
